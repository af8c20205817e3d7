"""How much an XLSX or ODS file would grow when it is read, and which of its cells show an error.

A few bytes may ask for billions of cells: one at A1 and one at XFD1048576, or one repeated a million times. The reader
would make room for all of them. So each part is searched, as it is unpacked, for anything but the ordinary forms that
cannot grow. Only a part that has some is walked through element by element, and then counted exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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

Check = Callable[[int, str], dict[tuple[int, int], str]]
"""Takes the place and name of a sheet before it is read; returns the word of each erroneous cell by row and column."""

_SHAPES = {1: 6, 2: 4, 3: 3}
"""How many digits a row may have beside a column of so many letters: 26 x 999,999 cells are within the limit."""

_DIMENSION = re.compile(rb'<dimension ref="[A-Z]+\d+:([A-Z]{1,3})\d+"')
_ANYWHERE = re.compile(rb'<c[>/\s](?!r="[A-Z]\d{1,5}")')
_OTHER_PREFIX = re.compile(rb":c[>/\s]")
_UNSAVED = re.compile(
    rb"(?:</(?:\w+:)?f|<(?:\w+:)?f(?:\s[^<>]*)?/)>\s*(?:<(?:\w+:)?v\s*(?:/|>\s*</(?:\w+:)?v)>)?\s*(?:</(?:\w+:)?c>|\Z)"
)
"""A formula that no value follows, or that may go on in the next piece."""

_REPEATED = re.compile(
    rb'-repeated(?!(?<=columns-repeated)="\d"|(?<=<table:table-cell table:number-columns-repeated)="\d+"/>)'
)
_LOOK = rb'(?: table:(?:style-name|number-(?:columns|rows)-repeated|default-cell-style-name|visibility)="[^"]*")*'
_NOTHING = re.compile(
    rb"<table:(?:covered-)?table-cell" + _LOOK + rb"/>|<table:table-column" + _LOOK + rb"/?>"
    rb"|<table:table-row" + _LOOK + rb">(?:<table:table-cell" + _LOOK + rb"/>)+</table:table-row>"
)  # fmt: skip
_FILLER = re.compile(rb'<table:table-cell table:number-columns-repeated="\d+"/>')
_NUMBERED = re.compile(rb"(?:text:c|table:formula)\s*=")
_TEXT = re.compile(rb"</(?:\w+:)?si>")


def check_xlsx(archive: Archive) -> Check:
    """Look through every part of an XLSX file that is no sheet, or stop; return what does the same for each sheet."""
    sheets, longest = _sheet_parts(archive), 0
    for name in _xml_parts(archive):
        if name not in sheets:
            longest = max(longest, _longest_text(archive, name))
    texts = _text_lengths(archive) if any(_is_lengthy(archive, part, longest) for part in sheets) else []
    return lambda number, _: _errors_of(archive, sheets[number : number + 1], longest, texts)


def check_ods(archive: Archive) -> Check:
    """Look through every part of an ODS file, or stop; return what tells the errors of each sheet."""
    doubtful, usual = False, b""
    for name in _xml_parts(archive):
        for buffer, end in archive.xml(name):
            if name == "content.xml" and not doubtful:
                usual = usual or _usual(buffer)
                doubtful = _may_grow(buffer, end, usual)
    errors = _counted(archive, "content.xml", OdsWalk(MOST_CELLS, MOST_TEXT)).errors if doubtful else {}
    return lambda _, name: errors.get(name, {})


def _longest_text(archive: Archive, name: str) -> int:
    """Look through a part that is no sheet; return the length of the longest shared text, if it holds those."""
    longest, doubtful, is_text = 0, False, None
    for buffer, end in archive.xml(name):
        if is_text is None:
            is_text = b"<sst" in buffer or b":sst" in buffer
        if is_text:
            longest = max(longest, *map(len, _TEXT.split(buffer[:end])))
        doubtful = doubtful or _is_doubtful(_ANYWHERE, buffer, end)
    if doubtful:
        _counted(archive, name, XlsxWalk(MOST_CELLS, MOST_TEXT, []))
    return longest


def _errors_of(archive: Archive, parts: list[str], longest: int, texts: list[int]) -> dict[tuple[int, int], str]:
    """Look through a sheet, or stop; return its errors."""
    if not parts:
        refuse(archive.path, "the workbook holds a sheet that it does not list.", "one more sheet", DISTRUST)
    (name,), odd = parts, None
    doubtful = _is_lengthy(archive, name, longest)
    for buffer, end in archive.xml(name):
        odd = odd or _odd_cell(buffer, archive.parts[name].file_size)
        doubtful = doubtful or _is_doubtful(odd, buffer, end)
    return _counted(archive, name, XlsxWalk(MOST_CELLS, MOST_TEXT, texts)).errors.get("", {}) if doubtful else {}


def _is_lengthy(archive: Archive, name: str, longest: int) -> bool:
    """Whether a sheet could show its longest text so often that it grows beyond measure."""
    return archive.parts[name].file_size // CELL_BYTES * longest > MOST_TEXT


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
    """Whether a piece of a sheet holds an odd cell, one under a prefix of its own, an error, or an unsaved formula."""
    found = odd.search(buffer, 0, end) or _OTHER_PREFIX.search(buffer, 0, end)
    return (
        found is not None
        or _has_e(buffer, end)
        or (buffer.find(b"f", 0, end) >= 0 and _UNSAVED.search(buffer, 0, end) is not None)
    )


def _has_e(buffer: bytes, end: int) -> bool:
    """Whether a piece holds `"e"`, the type of an error."""
    letters = np.frombuffer(buffer, np.uint8, end)
    quotes = letters == ord('"')
    return bool(np.any(quotes[:-2] & (letters[1:-1] == ord("e")) & quotes[2:]))


def _usual(buffer: bytes) -> bytes:
    """Return the cell of nothing that fills up the rows here, if there is one: most repeats are of it alone."""
    found = _FILLER.search(buffer)
    return found[0] if found else b""


def _may_grow(buffer: bytes, end: int, usual: bytes) -> bool:
    """Whether a piece holds a formula, a run of blanks with a number, or anything but nothing many times over."""
    is_numbered, repeats = _attributes(buffer, end)
    if is_numbered and _NUMBERED.search(buffer, 0, end):
        return True
    if usual and not is_numbered and repeats == buffer.count(usual, 0, end):
        return False
    return any(
        not _NOTHING.match(buffer, buffer.rfind(b"<", 0, found.start())) for found in _REPEATED.finditer(buffer, 0, end)
    )


def _attributes(buffer: bytes, end: int) -> tuple[bool, int]:
    """Whether any attribute's name ends as `text:c` and `table:formula` do, or before a blank; how many end in `d`.

    Several times as fast as a search. Every repeat ends in `d`, unless a blank follows it.
    """
    letters = np.frombuffer(buffer, np.uint8, end)
    before = letters[np.flatnonzero(letters == ord("=")) - 1]
    ends = (before == ord("c")) | (before == ord("a")) | (before <= ord(" "))
    return bool(np.any(ends)), int(np.count_nonzero(before == ord("d")))


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


def _sheet_parts(archive: Archive) -> list[str]:
    """Return the part of each sheet in turn, through the same links that the reader follows."""
    top = _links(archive, "_rels/.rels", "")
    book = next((part for kind, part in top.values() if kind.endswith("/officeDocument")), "xl/workbook.xml")
    folder, _, name = book.rpartition("/")
    links = _links(archive, f"{folder}/_rels/{name}.rels".removeprefix("/"), f"{folder}/".removeprefix("/"))
    found = []
    for sheet in (element for element in _tree(archive, book).iter() if element.tag.rpartition("}")[2] == "sheet"):
        link = next((value for key, value in sheet.items() if key.rpartition("}")[2] == "id"), "")
        _, part = links.get(link, ("", "no part"))
        if part not in archive.parts or not part.endswith(".xml"):
            refuse(archive.path, "a sheet of the workbook is missing.", f"{sheet.get('name')!r} in {part}", AGAIN)
        found.append(part)
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
