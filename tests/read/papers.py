"""Small documents made in a test, as Word, LibreOffice and printers of PDF write them."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{REL}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>A brief</dc:title>'
    "<dcterms:created>2022-11-01T09:00:00Z</dcterms:created><dcterms:modified>2022-11-25T09:00:00Z</dcterms:modified>"
    "<dc:language>en-GB</dc:language></cp:coreProperties>"
)
ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODF_SPACES = " ".join(
    f'xmlns:{short}="{ODF}:{long}:1.0"'
    for short, long in {
        "office": "office", "table": "table", "text": "text", "style": "style", "draw": "drawing", "meta": "meta",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip


def packed(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of these parts."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", method) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return held.getvalue()


def run(words: str, looks: str = "") -> str:
    """Return a run of a DOCX paragraph."""
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def p(*runs: str, style: str = "") -> str:
    """Return a DOCX paragraph of runs, or of words."""
    inner = "".join(r if r.startswith("<") else run(r) for r in runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>' if style else f"<w:p>{inner}</w:p>"


def docx_parts(body: str, links: str = "", **more: str | bytes) -> dict[str, str | bytes]:
    """Return the parts of a DOCX document; `more` are parts under word/ by their stem."""
    linked = "".join(
        f'<Relationship Id="rId{stem}" Type="{REL}/{stem.rstrip("0123456789")}" Target="{stem}.xml"/>' for stem in more
    )
    return {
        "[Content_Types].xml": '<Types xmlns="t"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"/>',
        "docProps/core.xml": CORE,
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{linked}{links}</Relationships>',
        **{
            f"word/{stem}.xml": f"<w:{stem.rstrip('0123456789')} {SPACES}>{text}</w:{stem.rstrip('0123456789')}>"
            for stem, text in more.items()
        },
    }


def docx(body: str, links: str = "", **more: str | bytes) -> bytes:
    """Return a DOCX document."""
    return packed(docx_parts(body, links, **more))


def odt_parts(body: str, styles: str = "", margins: str = "", manifest: str = "") -> dict[str, str | bytes]:
    """Return the parts of an ODT document."""
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="m">{manifest}</manifest:manifest>',
        "meta.xml": f"<office:document-meta {ODF_SPACES}><office:meta><dc:title>A brief</dc:title>"
        "<dc:date>2022-11-25T10:00:00.5</dc:date><dc:language>en-GB</dc:language></office:meta></office:document-meta>",
        "styles.xml": f"<office:document-styles {ODF_SPACES}><office:master-styles><style:master-page>{margins}"
        "</style:master-page></office:master-styles></office:document-styles>",
        "content.xml": f"<office:document-content {ODF_SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
    }


def odt(body: str, **options: str) -> bytes:
    """Return an ODT document."""
    return packed(odt_parts(body, **options))


def pdf(*pages: list[str] | bytes, more: str = "", trailer: str = "", pack: bool = False) -> bytes:
    """Return a PDF document; a page is lines of text, or the bytes of its stream."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        f"<</Type/Catalog/Pages 2 0 R/Lang(en-GB){more}>>".encode(),
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, page in enumerate(pages):
        stream = page if isinstance(page, bytes) else _stream(page)
        stream, filtered = (zlib.compress(stream, 9), "/Filter/FlateDecode") if pack else (stream, "")
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {5 + 2 * number} 0 R>>".encode(),
            f"<</Length {len(stream)}{filtered}>>\nstream\n".encode() + stream + b"\nendstream",
        ]  # fmt: skip
    objects.append(b"<</Title(A brief)/CreationDate(D:20221125090000Z)>>")
    return _joined(objects, trailer)


def _stream(lines: list[str]) -> bytes:
    said = "".join(f"({line}) Tj T*\n" for line in lines)
    return f"BT /F1 11 Tf 14 TL 50 780 Td\n{said}ET".encode("cp1252")


def _joined(objects: list[bytes], trailer: str) -> bytes:
    held, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(held))
        held += f"{number} 0 obj\n".encode() + text + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return held + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
        f"<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R{trailer}>>\nstartxref\n{len(held)}\n%%EOF\n"
    ).encode()  # fmt: skip
