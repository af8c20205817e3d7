"""A parsed copy of a file that was opened, so that opening it again takes a moment.

A copy is a plain file under `build/cache/opened`, named by the hash of the bytes it was made from and by `SCHEMA`. Its
first line is the hash of the rest; the second is JSON: the sheets, and the different cells of each column. Then come,
column by column, the numbers of the cells, two or four bytes a row. A copy that is cut short or changed is made again.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import tempfile
from array import array
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from sys import byteorder
from typing import Any

from stats.errors import NoAccess
from stats.home import home
from stats.read.cells import Cell, CellError, Sheet, Workbook
from stats.read.opening import opened
from stats.read.recognise import read_whole

SCHEMA = 2
"""Rises whenever opening reads a cell differently, so that no older copy is used."""

KEPT = Path("build", "cache", "opened")
"""Where the copies lie in a repository."""

GAP = ("gap", "")
"""Stands where a row is shorter than the widest: not the same as an empty cell."""


def open_kept(path: Path, *, wanted: Callable[[str], bool] | None = None, folder: Path | None = None) -> Workbook:
    """Return the sheets of a file, from the copy of an earlier reading if its bytes are the same.

    Parameters
    ----------
    path : Path
    wanted : callable, optional
        Whether a sheet of this name is returned; every sheet is read and kept.
    folder : Path, optional
        Where the copies lie; `build/cache/opened` by default. It may be removed at any time.

    Raises
    ------
    CannotOpen, NoAccess
        As `open_sheets`.
    """
    return opened_or_kept(path, read_whole(path), folder or home() / KEPT, wanted=wanted)


def opened_or_kept(path: Path, data: bytes, copies: Path, *, wanted: Callable[[str], bool] | None = None) -> Workbook:
    """Return the sheets of a file whose bytes were read already, from its copy in `copies` if there is one."""
    copy = copies / f"{hashlib.sha256(data).hexdigest()}-{SCHEMA}.{byteorder}"
    book = _read(copy, path, wanted)
    if book is None:
        whole = opened(path, data)
        _write(copy, whole)
        sheets = [s for s in whole.sheets if not s.name or wanted is None or wanted(s.name)]
        book = Workbook(path, whole.kind, sheets, whole.ends_open)
    return book


def _write(copy: Path, book: Workbook) -> None:
    """Write beside, then rename: two processes at once each leave a whole file, and the same."""
    told, blocks = [], []
    for sheet in book.sheets:
        columns = [_column(sheet.rows, place) for place in range(max(map(len, sheet.rows), default=0))]
        told.append({"name": sheet.name, "hidden": sheet.hidden, "rows": len(sheet.rows),
                     "cells": [cells for cells, _ in columns]})  # fmt: skip
        blocks += [numbers.tobytes() for _, numbers in columns]
    head = {"kind": book.kind, "ends_open": book.ends_open, "sheets": told}
    body = b"".join([json.dumps(head).encode(), b"\n", *blocks])
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=copy.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(_sum(body) + b"\n" + body)
        os.replace(beside, copy)
    except OSError as problem:
        raise NoAccess.of(problem) from None


def _column(rows: Sequence[list[Cell]], place: int) -> tuple[list[tuple[str, Any]], array[int]]:
    """Return the different cells of a column in the order they come, and which of them each row has."""
    known: dict[tuple[str, Any], int] = {}
    numbers = [known.setdefault(_told(row[place]) if place < len(row) else GAP, len(known)) for row in rows]
    return list(known), array(_code(len(known)), numbers)


def _code(different: int) -> str:
    return "H" if different <= 1 << 16 else "I"


def _told(cell: Cell) -> tuple[str, Any]:
    """Return a cell as JSON can hold it, with its type: 1, 1.0 and True are three things."""
    if isinstance(cell, date):
        return type(cell).__name__, cell.isoformat()
    if isinstance(cell, float):
        return "float", cell.hex()
    return type(cell).__name__, cell


_MADE: dict[str, Callable[[Any], Any]] = {
    "NoneType": lambda _: None, "str": str, "int": int, "bool": bool, "float": float.fromhex,
    "date": date.fromisoformat, "datetime": datetime.fromisoformat, "CellError": CellError, "gap": lambda _: GAP,
}  # fmt: skip


def _read(copy: Path, path: Path, wanted: Callable[[str], bool] | None) -> Workbook | None:
    """Return the workbook of a copy; None if there is none, or it is not as it was written."""
    try:
        stated, _, body = copy.read_bytes().partition(b"\n")
    except OSError:
        return None
    if stated != _sum(body):
        return None
    end = body.index(b"\n")
    told, at, sheets = json.loads(body[:end]), end + 1, []
    was_on = gc.isenabled()
    gc.disable()
    try:
        for about in told["sheets"]:
            rows, at = _rows(
                about, memoryview(body), at, is_wanted=not about["name"] or not wanted or wanted(about["name"])
            )
            if rows is not None:
                sheets.append(Sheet(about["name"], rows, hidden=about["hidden"]))
    finally:
        if was_on:
            gc.enable()
    return Workbook(path, told["kind"], sheets, told["ends_open"])


def _rows(about: dict[str, Any], body: memoryview, at: int, *, is_wanted: bool) -> tuple[list[list[Cell]] | None, int]:
    """Return the rows of a sheet, and where the next one begins."""
    count, columns, has_gaps = about["rows"], [], False
    for told in about["cells"]:
        numbers = array(_code(len(told)))
        end = at + numbers.itemsize * count
        if is_wanted:
            numbers.frombytes(body[at:end])
            cells = [_MADE[kind](cell) for kind, cell in told]
            columns.append(map(cells.__getitem__, numbers))
            has_gaps = has_gaps or GAP in cells
        at = end
    if not is_wanted:
        return None, at
    rows = list(map(list, zip(*columns, strict=True))) if columns else [[] for _ in range(count)]
    return ([[cell for cell in row if cell is not GAP] for row in rows] if has_gaps else rows), at


def _sum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).hexdigest().encode()
