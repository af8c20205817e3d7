"""Documents that leave the repository: one template, one model, and a writer for each format."""

FORMATS = {
    "html": ("page", "as_html"), "docx": ("office", "as_docx"), "odt": ("office", "as_odt"), "pdf": ("pdf", "as_pdf"),
    "xlsx": ("workbook", "as_xlsx"),
}  # fmt: skip
"""By suffix: the module of this folder that writes it, and its function."""
