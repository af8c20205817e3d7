"""Small workbooks made in a test, whole or broken in one place."""

from __future__ import annotations

import zipfile
from pathlib import Path

TYPES = "application/vnd.oasis.opendocument.spreadsheet"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def archive(path: Path, parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write an archive of these parts."""
    with zipfile.ZipFile(path, "w", method) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return path


def xlsx_parts(rows: str = "", *, sheet: str = "", texts: str = "", name: str = "Table 1") -> dict[str, str | bytes]:
    """Return the parts of an XLSX file of one sheet, its rows given as XML."""
    return {
        "[Content_Types].xml": f'<Types xmlns="t"><Default Extension="xml" ContentType="{MAIN[7:-1]}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{LINKS}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {MAIN}>{texts}<si><t>Kent</t></si></sst>",
        "xl/worksheets/sheet1.xml": sheet or f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>",
    }


def xlsx(path: Path, rows: str = '<row r="1"><c r="A1"><v>1</v></c></row>', **options: str) -> Path:
    """Write an XLSX file of one sheet."""
    return archive(path, xlsx_parts(rows, **options))


def ods_parts(rows: str = "", *, content: str = "", manifest: str = "") -> dict[str, str | bytes]:
    """Return the parts of an ODS file of one sheet, its rows given as XML."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in {"office": "office", "table": "table", "text": "text", "style": "style"}.items()
    )
    return {
        "mimetype": TYPES,
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="m">{manifest}</manifest:manifest>',
        "content.xml": content
        or f'<office:document-content {spaces} xmlns:calcext="c"><office:body><office:spreadsheet>'
        f'<table:table table:name="Table 1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>",
    }


def ods(path: Path, rows: str, **options: str) -> Path:
    """Write an ODS file of one sheet."""
    return archive(path, ods_parts(rows, **options))


def ods_row(*cells: str, repeated: int = 1) -> str:
    """Return a row of an ODS sheet."""
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def ods_text(words: str, more: str = "") -> str:
    """Return a cell of text of an ODS sheet."""
    return f'<table:table-cell office:value-type="string"{more}><text:p>{words}</text:p></table:table-cell>'


def ods_number(value: object, more: str = "") -> str:
    """Return a cell with a number of an ODS sheet."""
    typed = f'office:value-type="float" office:value="{value}"{more}'
    return f"<table:table-cell {typed}><text:p>{value}</text:p></table:table-cell>"
