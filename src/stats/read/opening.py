"""Open a published file safely, whatever its name says: its sheets, cell by cell as printed."""

from __future__ import annotations

import gc
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import time, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, NoReturn

from stats.read.archive import AGAIN, DISTRUST, Archive, must_not_be_locked, open_archive
from stats.read.cells import ERRORS, Cell, CellError, Kind, Sheet, Workbook
from stats.read.delimited import rows_of
from stats.read.extent import MOST_CELLS, Check, check_ods, check_xlsx
from stats.read.recognise import kind_of, read_whole, refuse

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

__all__ = ["Cell", "CellError", "Kind", "Sheet", "Workbook", "open_sheets", "opened"]

ODS = b"application/vnd.oasis.opendocument.spreadsheet"
READERS = 2
"""Sheets of an XLSX file that are read at a time; more would need more memory."""

_Found = tuple["SheetMetadata", "CalamineSheet", dict[tuple[int, int], str]]
_WORDS: dict[str, Cell] = {"": None, **ERRORS}


def open_sheets(path: Path, *, wanted: Callable[[str], bool] | None = None) -> Workbook:
    """Return the sheets of an XLSX, ODS or CSV file.

    Values are read, formulas and links to other files are not followed. A cell whose formula failed is a `CellError`.
    Whole numbers are `int`, times are text, empty cells are None.

    Parameters
    ----------
    path : Path
    wanted : callable, optional
        Whether to read a sheet of this name (as spelt in the file); every sheet by default.

    Raises
    ------
    CannotOpen
        If the file is missing, empty, damaged, cut short, locked, unsafe, too large, or no table.
    NoAccess
        If this computer does not let us read it.
    """
    return opened(path, read_whole(path), wanted=wanted)


def opened(path: Path, data: bytes, *, wanted: Callable[[str], bool] | None = None) -> Workbook:
    """Return the sheets of a file whose bytes were read already."""
    if kind_of(data) == "text":
        return Workbook(path, "csv", (Sheet("", rows_of(path, data)),), ends_open=not data.endswith((b"\n", b"\r")))
    archive = open_archive(path, data)
    kind = _kind(archive)
    check = check_xlsx(archive) if kind == "xlsx" else check_ods(archive)
    with no_collector():
        return Workbook(path, kind, tuple(_sheets(archive, check, wanted or (lambda _: True))))


def _kind(archive: Archive) -> Kind:
    """Whether an archive is XLSX or ODS; stop if it is anything else, or locked."""
    parts = archive.parts
    if "mimetype" in parts and archive.text("mimetype").strip() == ODS:
        must_not_be_locked(archive)
        return "ods"
    if "[Content_Types].xml" in parts and any(re.fullmatch(r"xl/workbook\d*\.xml", name) for name in parts):
        return "xlsx"
    named = ", ".join(sorted(parts)[:5]) or "nothing"
    if "xl/workbook.bin" in parts:
        refuse(archive.path, "this is a binary workbook (.xlsb).", named, "Save it as .xlsx or .ods.")
    refuse(archive.path, "this is an archive, not a workbook.", named,
           "If it is a bundle, unpack it and give the file inside.")  # fmt: skip


def _sheets(archive: Archive, check: Check, wanted: Callable[[str], bool]) -> Iterator[Sheet]:
    from python_calamine import SheetVisibleEnum

    room = MOST_CELLS
    for about, found, errors in _found(archive, check, wanted):
        room -= (found.total_height + 1) * (found.total_width + 1)
        if room < 0:
            refuse(archive.path, "the workbook has too many cells.", f"more than {MOST_CELLS:,}", DISTRUST)
        rows = _told(archive, partial(_rows, found))
        _show_errors(rows, errors)
        yield Sheet(about.name, rows, hidden=about.visible != SheetVisibleEnum.Visible)


def _found(archive: Archive, check: Check, wanted: Callable[[str], bool]) -> Iterator[_Found]:
    """Yield the sheets in turn: each is checked before it is read, and read while the next ones are checked."""
    from python_calamine import SheetTypeEnum

    books = _books(archive)
    listed = books[0].sheets_metadata
    names = [about.name for about in listed]
    if len(set(names)) < len(names):
        refuse(archive.path, "two sheets of the workbook have one name.", ", ".join(names), "Tell the publisher.")
    free: SimpleQueue[CalamineWorkbook] = SimpleQueue()
    for book in books:
        free.put(book)
    coming: deque[tuple[SheetMetadata, Future[CalamineSheet], dict[tuple[int, int], str]]] = deque()
    with ThreadPoolExecutor(len(books)) as readers:
        for number, about in enumerate(listed):
            errors = check(number, about.name)
            if about.typ == SheetTypeEnum.WorkSheet and wanted(about.name):
                coming.append((about, readers.submit(_read, free, number), errors))
            if len(coming) > len(books):
                yield _done(archive, *coming.popleft())
        while coming:
            yield _done(archive, *coming.popleft())


def _books(archive: Archive) -> list[CalamineWorkbook]:
    """Open a workbook once for each thread; an ODS file is one part, and is read whole when it is opened."""
    from python_calamine import load_workbook

    times = 1 if "content.xml" in archive.parts else READERS
    return [_told(archive, partial(load_workbook, BytesIO(archive.data))) for _ in range(times)]


def _read(free: SimpleQueue[CalamineWorkbook], number: int) -> CalamineSheet:
    book = free.get()
    try:
        return book.get_sheet_by_index(number)
    finally:
        free.put(book)


def _done(
    archive: Archive, about: SheetMetadata, reading: Future[CalamineSheet], errors: dict[tuple[int, int], str]
) -> _Found:
    return about, _told(archive, reading.result), errors


def _told(archive: Archive, work: Callable[[], Any]) -> Any:
    """Do a piece of reading; what the reader says of a damaged file, or its panic, becomes our error."""
    from python_calamine import CalamineError

    try:
        return work()
    except CalamineError as problem:
        _damaged(archive, problem)
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":
            raise
        _damaged(archive, problem)


def _damaged(archive: Archive, problem: BaseException) -> NoReturn:
    refuse(archive.path, "the workbook is damaged.", problem, AGAIN)


def _rows(sheet: CalamineSheet) -> list[list[Any]]:
    """Rows with whole numbers whole, empty cells None and errors typed; only columns that need it are touched."""
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    for place, column in enumerate(zip(*rows, strict=True)):
        different = set(column)
        if set(map(type, different)) == {str} and different.isdisjoint(_WORDS):
            continue
        for row, cell in zip(rows, _mended(column, different), strict=True):
            row[place] = cell
    return rows


def _mended(column: Sequence[Any], different: set[Any]) -> Iterable[Any]:
    """Mend each different cell once; but each by itself where cells may be equal and not the same, as 1 and True."""
    if set(map(type, column)) <= {str, float}:
        return map({cell: _as_cell(cell) for cell in different}.__getitem__, column)
    return map(_as_cell, column)


def _as_cell(cell: Any) -> Any:
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, str):
        return _WORDS.get(cell, cell)
    return str(cell) if isinstance(cell, time | timedelta) else cell


def _show_errors(rows: list[list[Any]], errors: dict[tuple[int, int], str]) -> None:
    for (row, column), word in errors.items():
        rows.extend([] for _ in range(row - len(rows)))
        cells = rows[row - 1]
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = ERRORS.get(word) or CellError(word)


@contextmanager
def no_collector() -> Iterator[None]:
    """Keep the collector of cycles from walking through millions of cells that hold none, now and right afterwards.

    Frozen and let go at once, what was made is old: the next young collection does not look at it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
