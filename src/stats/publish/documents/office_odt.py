"""What makes pandoc's ODT a document of ours: styles, page, footer and properties, and the alt texts that it drops."""

from __future__ import annotations

from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from stats.publish.documents.ending import tables_in_full
from stats.publish.documents.model import Document, Picture
from stats.publish.documents.office_parts import AUTHOR, Parts, closed, element, opened, q, style_part
from stats.publish.documents.office_tree import is_whole, one_line, picture_size

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_TYPES = {"xml": "text/xml", "png": "image/png", "rdf": "application/rdf+xml"}
_RULE, _ACCENT = "0.5pt solid #BFC5CA", "1pt solid #12436D"


def odt_parts(parts: Parts, document: Document) -> Parts:
    """Return the parts of an ODT that pandoc wrote, finished.

    Parameters
    ----------
    parts : dict of str to bytes
        As pandoc wrote them, from the tree of the document.
    document : Document
    """
    language, _, country = document.language.partition("-")
    done = parts | {
        "content.xml": closed(_content(opened(parts["content.xml"]), document)),
        "styles.xml": style_part(
            "office_odt.xml", TITLE=one_line(document.title), LANGUAGE=language, COUNTRY=country or "none"
        ),
        "meta.xml": _meta(document),
    }
    return done | {"META-INF/manifest.xml": _manifest(done)}


def _content(tree: Element, document: Document) -> Element:
    drawn = zip(tree.iter(q("draw:frame")), document.pictures, strict=True)
    for order, (frame, picture) in enumerate(drawn, 1):
        _finish_picture(frame, f"Figure {order}", picture)
    for span in list(tree.iter(q("text:span"))):
        if span.get(q("text:style-name")) == "Definition":  # what pandoc calls a link
            span.set(q("text:style-name"), "Internet_20_link")
    tables = list(zip(tree.iter(q("table:table")), tables_in_full(document), strict=True))
    for table, grid in tables:
        _finish_table(table, grid.name)
    together = {table.get(q("table:style-name")) for table, grid in tables if is_whole(grid)}
    _finish_styles(tree, together)
    return tree


def _finish_picture(frame: Element, name: str, picture: Picture) -> None:
    """The alt text is its title, which is read in its stead; the description is there for who asks for more."""
    width, height = picture_size(picture)
    frame.attrib.update({
        q("draw:name"): name, q("draw:style-name"): "Graphics", q("text:anchor-type"): "as-char",
        q("svg:width"): f"{width:.2f}cm", q("svg:height"): f"{height:.2f}cm",
    })  # fmt: skip
    frame.append(element("svg:title", one_line(picture.alt)))
    frame.append(element("svg:desc", one_line(picture.description)))


def _finish_table(table: Element, name: str) -> None:
    """Its first column heads the rows, and no row is torn apart by the end of a page."""
    table.set(q("table:name"), name)
    first = table.find(q("table:table-column"))
    if first is not None:
        heads = element("table:table-header-columns")
        table.remove(first)
        heads.append(first)
        table.insert(0, heads)
    for row in table.iter(q("table:table-row")):
        row.set(q("table:style-name"), "Row")


def _finish_styles(tree: Element, together: set[str | None]) -> None:
    automatic = tree.find(q("office:automatic-styles"))
    assert automatic is not None
    looks = {"TableHeaderRowCell": (_ACCENT, _ACCENT, "bottom"), "TableRowCell": ("none", _RULE, "top")}
    for style in list(automatic):
        name = style.get(q("style:name"), "")
        if name in looks or style.get(q("style:parent-style-name")) == "Formula":  # ours, and frames that none is in
            automatic.remove(style)
        for told in style.iter(q("style:table-properties")):
            told.set(q("table:align"), "margins")
            told.set(q("style:may-break-between-rows"), "false" if name in together else "true")
    for name, (top, bottom, at) in looks.items():
        automatic.append(_style(name, "table-cell", element(
            "style:table-cell-properties", fo__border_left="none", fo__border_right="none", fo__border_top=top,
            fo__border_bottom=bottom, fo__padding_left="0.2cm", fo__padding_right="0.2cm", fo__padding_top="0.02cm",
            fo__padding_bottom="0.02cm", style__vertical_align=at,
        )))  # fmt: skip
    automatic.append(_style("Row", "table-row", element("style:table-row-properties", fo__keep_together="always")))


def _style(name: str, family: str, inner: Element) -> Element:
    made = element("style:style", style__name=name, style__family=family)
    made.append(inner)
    return made


def _meta(document: Document) -> bytes:
    when = f"{document.as_at.isoformat()}T00:00:00Z"
    return (
        f'{_XML}<office:document-meta xmlns:office="{_OASIS}:office:1.0" xmlns:meta="{_OASIS}:meta:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta>'
        f"<meta:generator>{AUTHOR}</meta:generator><dc:title>{escape(one_line(document.title))}</dc:title>"
        f"<dc:subject>{escape(one_line(document.subtitle))}</dc:subject>"
        f"<meta:initial-creator>{AUTHOR}</meta:initial-creator><dc:creator>{AUTHOR}</dc:creator>"
        f"<meta:creation-date>{when}</meta:creation-date><dc:date>{when}</dc:date>"
        f"<dc:language>{document.language}</dc:language></office:meta></office:document-meta>"
    ).encode()


def _manifest(parts: Parts) -> bytes:
    entries = {"/": parts["mimetype"].decode()}
    entries |= {name: _TYPES[name.rpartition(".")[2]] for name in sorted(parts)
                if name != "mimetype" and not name.startswith("META-INF/")}  # fmt: skip
    listed = "".join(f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
                     for name, kind in entries.items())  # fmt: skip
    return (
        f'{_XML}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">{listed}'
        "</manifest:manifest>"
    ).encode()
