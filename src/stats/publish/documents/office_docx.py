"""What makes pandoc's DOCX a document of ours: its styles, page, footer and properties, and what reads tables aloud."""

from __future__ import annotations

from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from stats.publish.documents.ending import tables_in_full
from stats.publish.documents.model import Document, Grid, Picture
from stats.publish.documents.office_parts import AUTHOR, SPACES, Parts, closed, element, opened, q, style_part
from stats.publish.documents.office_tree import FIRST_ROWS, TEXT_WIDTH_CM, is_whole, one_line, picture_size

_EMU_PER_CM = 360_000
_TEXT_WIDTH = round(TEXT_WIDTH_CM / 2.54 * 1440)
"""In twentieths of a point, as Word measures tables."""

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def docx_parts(parts: Parts, document: Document) -> Parts:
    """Return the parts of a DOCX that pandoc wrote, finished.

    Parameters
    ----------
    parts : dict of str to bytes
        As pandoc wrote them, from the tree of the document.
    document : Document
    """
    added = {
        "word/document.xml": closed(_body(opened(parts["word/document.xml"]), document)),
        "word/styles.xml": style_part("office_docx.xml", LANGUAGE=document.language),
        "word/settings.xml": _settings(document),
        "word/footer1.xml": _footer(document),
        "docProps/core.xml": _core(document),
        "docProps/app.xml": f'{_XML}<Properties xmlns="{_OFFICE}/extended-properties">'
                            f"<Application>{AUTHOR}</Application></Properties>".encode(),
        "word/_rels/document.xml.rels": _before_end(
            parts["word/_rels/document.xml.rels"],
            f'<Relationship Type="{_OFFICE}/relationships/footer" Id="rIdFooter" Target="footer1.xml"/>',
        ),
        "[Content_Types].xml": _before_end(
            parts["[Content_Types].xml"], f'<Override PartName="/word/footer1.xml" ContentType="{_FOOTER_TYPE}"/>'
        ),
    }  # fmt: skip
    return parts | added


def _before_end(part: bytes, words: str) -> bytes:
    start, end, rest = part.rpartition(b"</")
    return start + words.encode() + end + rest


def _body(tree: Element, document: Document) -> Element:
    for table, grid in zip(
        tree.iter(q("w:tbl")), tables_in_full(document), strict=False
    ):  # a figure by itself has none
        _finish_table(table, grid)
    drawn = zip(tree.iter(q("w:drawing")), document.pictures, strict=True)
    for order, (drawing, picture) in enumerate(drawn, 1):
        _finish_picture(drawing, f"Figure {order}", picture)
    body = tree.find(q("w:body"))
    assert body is not None
    for section in body.findall(q("w:sectPr")):
        body.remove(section)
    body.append(_page())
    return tree


def _finish_table(table: Element, grid: Grid) -> None:
    """Its first column heads the rows, it is as wide as the text, and no row is torn or alone at the end of a page."""
    for look in table.iter(q("w:tblLook")):
        look.attrib.update({q("w:firstColumn"): "1", q("w:val"): "00A0"})
    columns = list(table.iter(q("w:gridCol")))
    widths = [int(column.attrib[q("w:w")]) for column in columns]
    widths = [width * _TEXT_WIDTH // sum(widths) for width in widths]
    for column, width in zip(columns, widths, strict=True):
        column.set(q("w:w"), str(width))
    rows = list(table.iter(q("w:tr")))
    is_together = is_whole(grid) or len(rows) <= FIRST_ROWS + 1
    for row in rows[:-1] if is_together else (*rows[:FIRST_ROWS], rows[-2]):
        for told in row.iter(q("w:pPr")):
            told.insert(1, element("w:keepNext"))
    for row in rows:
        if row.find(q("w:trPr")) is None:
            row.insert(0, element("w:trPr"))
        row[0].insert(0, element("w:cantSplit"))
        for cell, width in zip(row.iter(q("w:tcPr")), widths, strict=True):
            cell.insert(0, element("w:tcW", w__w=str(width), w__type="dxa"))


def _finish_picture(drawing: Element, name: str, picture: Picture) -> None:
    """Its size is ours, and its file has no name of its own that a reader would meet."""
    width, height = (str(round(cm * _EMU_PER_CM)) for cm in picture_size(picture))
    for extent in (*drawing.iter(q("wp:extent")), *drawing.iter(q("a:ext"))):
        extent.attrib.update({"cx": width, "cy": height})
    for told in drawing.iter(q("wp:docPr")):
        told.set("name", name)
        told.attrib.pop("title", None)
    for told in drawing.iter(q("pic:cNvPr")):
        told.attrib.update({"name": name, "descr": ""})


def _page() -> Element:
    made = element("w:sectPr")
    made.append(element("w:footerReference", w__type="default", r__id="rIdFooter"))
    made.append(element("w:pgSz", w__w="11906", w__h="16838"))
    edges = dict.fromkeys(("w__left", "w__right"), "1417") | {"w__top": "1077", "w__bottom": "1134"}
    made.append(element("w:pgMar", w__header="709", w__footer="624", w__gutter="0", **edges))
    return made


def _settings(document: Document) -> bytes:
    """Word opens the file as one of its own, and not in the mode for old ones."""
    return (
        f'{_XML}<w:settings xmlns:w="{SPACES["w"]}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{document.language}"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    ).encode()


def _footer(document: Document) -> bytes:
    page, pages = (f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
                   for field in ("PAGE", "NUMPAGES"))  # fmt: skip
    said = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return (
        f'{_XML}<w:ftr xmlns:w="{SPACES["w"]}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{said.format(escape(one_line(document.title)))}<w:r><w:tab/></w:r>"
        f"{said.format('Page ')}{page}{said.format(' of ')}{pages}</w:p></w:ftr>"
    ).encode()


def _core(document: Document) -> bytes:
    when = f"{document.as_at.isoformat()}T00:00:00Z"
    dates = "".join(f'<dcterms:{what} xsi:type="dcterms:W3CDTF">{when}</dcterms:{what}>'
                    for what in ("created", "modified"))  # fmt: skip
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(one_line(document.title))}</dc:title><dc:creator>{AUTHOR}</dc:creator>"
        f"<cp:lastModifiedBy>{AUTHOR}</cp:lastModifiedBy><dc:language>{document.language}</dc:language>"
        f"{dates}</cp:coreProperties>"
    ).encode()
