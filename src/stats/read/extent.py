"""How much an XLSX or ODS file would grow when it is read, and which of its cells show an error.

A few bytes may ask for billions of cells: one at A1 and one at XFD1048576, or one repeated a million times. The reader
would make room for all of them. So each part is searched, as it is unpacked, for anything but the ordinary forms that
cannot grow. Only a part that has some is walked through element by element, and then counted exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

import numpy as np

from stats.read.archive import AGAIN, DISTRUST, Archive
from stats.read.recognise import refuse
from stats.read.walk import Grown, OdsWalk, TextWalk, XlsxWalk, walk

MOST_CELLS = 30_000_000
"""Of a workbook: a decade of outcomes by force, quarter, offence and type has five million rows of a few columns."""

MOST_TEXT = 1_000_000_000
"""Letters in all cells of a sheet together, a text counted as often as it is shown."""

CELL_BYTES = 20
"""The shortest cell that shows a shared text: <c t="s"><v>1</v></c>."""

Errors = dict[str, dict[tuple[int, int], str]]
"""By sheet, the word that each erroneous cell shows, by row and column from 1."""

_SHAPES = {1: 6, 2: 4, 3: 3}
"""How many digits a row may have beside a column of so many letters: 26 x 999,999 cells are within the limit."""

_DIMENSION = re.compile(rb'<dimension ref="[A-Z]+\d+:([A-Z]{1,3})\d+"')
_OTHER_PREFIX = re.compile(rb":c[>/\s]")
_REPEATED = re.compile(
    rb'-repeated(?!(?<=columns-repeated)="\d"|(?<=<table:table-cell table:number-columns-repeated)="\d+"/>)'
)
_LOOK = rb'(?: table:(?:style-name|number-(?:columns|rows)-repeated|default-cell-style-name|visibility)="[^"]*")*'
_NOTHING = re.compile(
    rb"<table:(?:covered-)?table-cell" + _LOOK + rb"/>|<table:table-column" + _LOOK + rb"/?>"
    rb"|<table:table-row" + _LOOK + rb">(?:<table:table-cell" + _LOOK + rb"/>)+</table:table-row>"
)  # fmt: skip
_NUMBERED = re.compile(rb"(?:text:c|table:formula)\s*=")
_TEXT = re.compile(rb"</(?:\w+:)?si>")


def check_xlsx(archive: Archive) -> Errors:
    """Look through every part of an XLSX file; return the cells that show an error, or stop."""
    sheets, errors, longest, doubtful = _sheet_parts(archive), {}, 0, []
    for name in _xml_parts(archive):
        for number, (buffer, end) in enumerate(archive.xml(name)):
            if not number:
                odd, is_text = _odd_cell(buffer, archive.parts[name].file_size), b"<sst" in buffer or b":sst" in buffer
            if is_text:
                longest = max(longest, *map(len, _TEXT.split(buffer[:end])))
            elif name not in doubtful and _is_doubtful(odd, buffer, end):
                doubtful.append(name)
    lengthy = [name for name in sheets if archive.parts[name].file_size // CELL_BYTES * longest > MOST_TEXT]
    texts = _text_lengths(archive) if lengthy else []
    for name in dict.fromkeys([*doubtful, *lengthy]):
        found = _counted(archive, name, XlsxWalk(MOST_CELLS, MOST_TEXT, texts))
        errors[sheets.get(name, "")] = found.errors.get("", {})
    return errors


def check_ods(archive: Archive) -> Errors:
    """Look through every part of an ODS file; return the cells that show an error, or stop."""
    doubtful = False
    for name in _xml_parts(archive):
        for buffer, end in archive.xml(name):
            doubtful = doubtful or (name == "content.xml" and _may_grow(buffer, end))
    if not doubtful:
        return {}
    return _counted(archive, "content.xml", OdsWalk(MOST_CELLS, MOST_TEXT)).errors


def _xml_parts(archive: Archive) -> Iterator[str]:
    """Every part that is XML; the others are unpacked once to see that they are what they say."""
    for name in archive.parts:
        if name.endswith((".xml", ".rels")):
            yield name
        else:
            for _ in archive.pieces(name):
                pass


def _odd_cell(start: bytes, size: int) -> re.Pattern[bytes]:
    """What finds a cell of any but the ordinary form within the size that the sheet states."""
    stated = _DIMENSION.search(start)
    wide = len(stated[1]) if stated else 1
    digits = min(_SHAPES[wide], 6 if size > 1_000_000 else 5)
    return re.compile(rb'<c[>/\s](?!r="[A-Z]{1,%d}\d{1,%d}")' % (wide, digits))


def _is_doubtful(odd: re.Pattern[bytes], buffer: bytes, end: int) -> bool:
    """Whether a piece of a sheet holds an odd cell, one under a prefix of its own, or an error."""
    found = odd.search(buffer, 0, end) or _OTHER_PREFIX.search(buffer, 0, end)
    return found is not None or buffer.find(b't="e"', 0, end) >= 0


def _may_grow(buffer: bytes, end: int) -> bool:
    """Whether a piece holds a formula, a run of blanks with a number, or anything but nothing many times over."""
    if _may_hold(buffer, end) and _NUMBERED.search(buffer, 0, end):
        return True
    return any(
        not _NOTHING.match(buffer, buffer.rfind(b"<", 0, found.start())) for found in _REPEATED.finditer(buffer, 0, end)
    )


def _may_hold(buffer: bytes, end: int) -> bool:
    """Whether any attribute's name ends as `text:c` and `table:formula` do: several times as fast as a search."""
    letters = np.frombuffer(buffer, np.uint8, end)
    before = letters[:-1]
    ends = (before == ord("c")) | (before == ord("a")) | (before == ord(" "))
    return bool(np.any(ends & (letters[1:] == ord("="))))


def _counted(archive: Archive, name: str, counter: XlsxWalk | OdsWalk) -> XlsxWalk | OdsWalk:
    try:
        walk(archive.xml(name), counter)
    except Grown as found:
        refuse(
            archive.path, "the workbook would grow beyond all measure when it is read.", f"{name}: {found}", DISTRUST
        )
    except (ExpatError, ValueError) as problem:
        refuse(archive.path, "a part of the workbook is damaged.", f"{name}: {problem}", AGAIN)
    return counter


def _text_lengths(archive: Archive) -> list[int]:
    counter = TextWalk()
    for name in archive.parts:
        if name.lower().endswith("sharedstrings.xml"):
            walk(archive.xml(name), counter)
    return counter.lengths


def _sheet_parts(archive: Archive) -> dict[str, str]:
    """Name the sheet that each part holds, through the same links that the reader follows."""
    top = _links(archive, "_rels/.rels", "")
    book = next((part for kind, part in top.values() if kind.endswith("/officeDocument")), "xl/workbook.xml")
    folder, _, name = book.rpartition("/")
    links = _links(archive, f"{folder}/_rels/{name}.rels".removeprefix("/"), f"{folder}/".removeprefix("/"))
    found = {}
    for sheet in (element for element in _tree(archive, book).iter() if element.tag.rpartition("}")[2] == "sheet"):
        link = next((value for key, value in sheet.items() if key.rpartition("}")[2] == "id"), "")
        _, part = links.get(link, ("", "no part"))
        if part not in archive.parts or not part.endswith(".xml"):
            refuse(archive.path, "a sheet of the workbook is missing.", f"{sheet.get('name')!r} in {part}", AGAIN)
        found[part] = sheet.get("name", "")
    return found


def _links(archive: Archive, name: str, folder: str) -> dict[str, tuple[str, str]]:
    """Return the kind and part of each link in a list of links."""
    links = {}
    for link in _tree(archive, name):
        target = link.get("Target", "")
        part = target[1:] if target.startswith("/") else target if target.startswith(folder) else folder + target
        links[link.get("Id", "")] = (link.get("Type", ""), part)
    return links


def _tree(archive: Archive, name: str) -> ElementTree.Element:
    archive.text(name)
    whole = b"".join(buffer[:end] for buffer, end in archive.xml(name))
    try:
        return ElementTree.fromstring(whole)  # noqa: S314 - a part that declares a document type was refused above
    except ElementTree.ParseError as problem:
        refuse(archive.path, "a part of the workbook is damaged.", f"{name}: {problem}", AGAIN)
