"""The parts of an office file: XML read and written with the prefixes that office programs know, and the archive."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

Parts = dict[str, bytes]
"""What stands in an office file, by its name in the archive."""

AUTHOR = "Plain Figures"

_WORD = "http://schemas.openxmlformats.org"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = {
    "w": f"{_WORD}/wordprocessingml/2006/main",
    "r": f"{_WORD}/officeDocument/2006/relationships",
    "a": f"{_WORD}/drawingml/2006/main",
    "pic": f"{_WORD}/drawingml/2006/picture",
    "wp": f"{_WORD}/drawingml/2006/wordprocessingDrawing",
    "office": f"{_OASIS}:office:1.0",
    "style": f"{_OASIS}:style:1.0",
    "text": f"{_OASIS}:text:1.0",
    "table": f"{_OASIS}:table:1.0",
    "draw": f"{_OASIS}:drawing:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
"""Prefixes of both formats, and what each stands for."""

_FIRST = ("mimetype", "[Content_Types].xml", "_rels/.rels")
"""What programs look for at the beginning of the archive."""


def q(name: str) -> str:
    """Return a name with what its prefix stands for, as the tree of a part has it.

    Examples
    --------
    >>> q("xlink:href")
    '{http://www.w3.org/1999/xlink}href'
    """
    prefix, _, rest = name.partition(":")
    return f"{{{SPACES[prefix]}}}{rest}"


def element(name: str, text: str = "", **attributes: str) -> Element:
    """Return an element; an attribute's prefix is parted from its name by two underscores."""
    made = Element(q(name), {q(key.replace("__", ":").replace("_", "-")): value for key, value in attributes.items()})
    made.text = text or None
    return made


def opened(part: bytes) -> Element:
    """Return a part that pandoc wrote as a tree."""
    return ElementTree.fromstring(part)  # noqa: S314 - pandoc wrote it a moment ago, from our own tree


def closed(tree: Element) -> bytes:
    """Return a tree as a part."""
    for prefix, space in SPACES.items():
        ElementTree.register_namespace(prefix, space)
    made: bytes = ElementTree.tostring(tree, "UTF-8", xml_declaration=True)
    return made


def style_part(name: str, **values: str) -> bytes:
    """Return a file of styles of this folder, with the values of one document in the places of their names."""
    from xml.sax.saxutils import escape  # only escapes

    text = (Path(__file__).parent / name).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(key, escape(value))
    return text.encode()


def unpacked(path: Path) -> Parts:
    """Return the parts of an archive."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts) -> bytes:
    """Return an archive whose bytes depend on its parts alone."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name in sorted(parts, key=lambda name: (name not in _FIRST, name != "mimetype", name)):
            entry = ZipInfo(name)
            entry.create_system = 0
            entry.compress_type = ZIP_STORED if name == "mimetype" or name.endswith(".png") else ZIP_DEFLATED
            archive.writestr(entry, parts[name])
    return made.getvalue()
