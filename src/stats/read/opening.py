"""Open a published file safely, whatever its name says: its sheets, cell by cell as printed."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import time, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from stats.read.archive import AGAIN, DISTRUST, Archive, open_archive
from stats.read.cells import ERRORS, Cell, CellError, Kind, Sheet, Workbook, without_errors
from stats.read.delimited import rows_of
from stats.read.extent import MOST_CELLS, Errors, check_ods, check_xlsx
from stats.read.recognise import kind_of, read_whole, refuse

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

__all__ = ["Cell", "CellError", "Kind", "Sheet", "Workbook", "open_sheets", "opened", "without_errors"]

ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_WORDS: dict[str, Cell] = {"": None, **ERRORS}


def open_sheets(path: Path, *, wanted: Callable[[str], bool] | None = None) -> Workbook:
    """Return the sheets of an XLSX, ODS or CSV file.

    Values are read, formulas and links to other files are not followed. A cell whose formula failed is a `CellError`;
    `without_errors` stops at one. Whole numbers are `int`, times are text, empty cells are None.

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
    errors = check_xlsx(archive) if kind == "xlsx" else check_ods(archive)
    with _no_collector():
        return Workbook(path, kind, tuple(_sheets(archive, errors, wanted or (lambda _: True))))


def _kind(archive: Archive) -> Kind:
    """Whether an archive is XLSX or ODS; stop if it is anything else, or locked."""
    parts = archive.parts
    if "mimetype" in parts and archive.text("mimetype").strip() == ODS:
        if "encrypted-package" in parts or b"encryption-data" in archive.text("META-INF/manifest.xml"):
            refuse(archive.path, "the workbook is encrypted with a password.", "encryption-data in its manifest",
                   "Open it with the password, save it without one, and give that file.")  # fmt: skip
        return "ods"
    if "[Content_Types].xml" in parts and any(re.fullmatch(r"xl/workbook\d*\.xml", name) for name in parts):
        return "xlsx"
    named = ", ".join(sorted(parts)[:5]) or "nothing"
    if "xl/workbook.bin" in parts:
        refuse(archive.path, "this is a binary workbook (.xlsb).", named, "Save it as .xlsx or .ods.")
    refuse(archive.path, "this is an archive, not a workbook.", named,
           "If it is a bundle, unpack it and give the file inside.")  # fmt: skip


def _sheets(archive: Archive, errors: Errors, wanted: Callable[[str], bool]) -> Iterator[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    book = _told(archive, partial(load_workbook, BytesIO(archive.data)))
    names = [about.name for about in book.sheets_metadata]
    if len(set(names)) < len(names):
        refuse(archive.path, "two sheets of the workbook have one name.", ", ".join(names), "Tell the publisher.")
    room = MOST_CELLS
    for number, about in enumerate(book.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet or not wanted(about.name):
            continue
        found = _told(archive, partial(book.get_sheet_by_index, number))
        room -= (found.total_height + 1) * (found.total_width + 1)
        if room < 0:
            refuse(archive.path, "the workbook has too many cells.", f"more than {MOST_CELLS:,}", DISTRUST)
        rows = _told(archive, partial(_rows, found))
        _show_errors(rows, errors.get(about.name, {}))
        yield Sheet(about.name, rows, hidden=about.visible != SheetVisibleEnum.Visible)


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
        kinds = set(map(type, column))
        if kinds != {str} or _may_hold_words(column):
            for row, cell in zip(rows, _mended(column, kinds), strict=True):
                row[place] = cell
    return rows


def _may_hold_words(column: Sequence[str]) -> bool:
    """Whether an empty text or a sign of an error is among many texts, without looking each of them up."""
    joined = "\n".join(column)
    return "" in column or "#" in joined or "Err:" in joined


def _mended(column: Sequence[Any], kinds: set[type]) -> Sequence[Any]:
    if kinds == {float}:
        return [int(cell) if cell.is_integer() else cell for cell in column]
    if float in kinds:
        column = [int(cell) if type(cell) is float and cell.is_integer() else cell for cell in column]
    if str in kinds:
        column = [_WORDS.get(cell, cell) if type(cell) is str else cell for cell in column]
    if not kinds.isdisjoint((time, timedelta)):
        column = [str(cell) if isinstance(cell, time | timedelta) else cell for cell in column]
    return column


def _show_errors(rows: list[list[Any]], errors: dict[tuple[int, int], str]) -> None:
    for (row, column), word in errors.items():
        rows.extend([] for _ in range(row - len(rows)))
        cells = rows[row - 1]
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = ERRORS.get(word) or CellError(word)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Keep the collector of cycles from walking through millions of cells that hold none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
