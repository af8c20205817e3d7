"""A parsed copy of a file that was opened, so that opening it again takes a moment.

A copy is a plain file under `build/cache/opened`, named by the hash of the bytes it was made from and by `reader()`.
Its first line is the hash of the rest; the second is JSON: the sheets, and the different cells of each column. Then
come, column by column, the numbers of the cells, two or four bytes a row. A copy that is cut short or changed is made
again, and so is one of another reader. A file that is refused leaves none. The folder may be removed at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from sys import byteorder
from typing import Any

import numpy as np

from stats.home import home
from stats.read.cells import Cell, CellError, Sheet, Workbook
from stats.read.opening import no_collector, opened
from stats.read.recognise import kind_of, read_whole

MOST_KEPT = 1_000_000_000
"""Bytes of all copies together. Beyond it, those that were used longest ago go; a large release takes 6 MB."""

OPENED_BY = ("archive", "cells", "delimited", "extent", "kept", "opening", "recognise", "walk")
"""The modules of this package that make cells of a file. A copy that other code made is not used."""

GAP = ("gap", "")
"""Stands where a row is shorter than the widest: not the same as an empty cell."""

_NO_CELL = object()


def open_kept(
    path: Path, *, wanted: Callable[[str], bool] | None = None, folder: Path | None = None,
    worth: Callable[[Workbook], bool] = lambda _: True,
) -> Workbook:  # fmt: skip
    """Return the sheets of a file, from the copy of an earlier reading if its bytes are the same.

    Parameters
    ----------
    path : Path
    wanted : callable, optional
        Whether a sheet of this name is returned; every sheet is read and kept.
    folder : Path, optional
        Where the copies lie; `build/cache/opened` by default. If nothing can be written there, nothing is kept.
    worth : callable, optional
        Whether a file may be kept, by what is in it.

    Raises
    ------
    CannotOpen, NoAccess
        As `open_sheets`.
    """
    return kept(path, read_whole(path), folder or home() / "build" / "cache" / "opened", wanted=wanted, worth=worth)


def kept(
    path: Path, data: bytes, copies: Path, *, wanted: Callable[[str], bool] | None = None,
    worth: Callable[[Workbook], bool] = lambda _: True,
) -> Workbook:  # fmt: skip
    """Return the sheets of a file whose bytes were read already, as `open_kept` does with copies in a folder."""
    copy = copies / f"{hashlib.sha256(data).hexdigest()}-{reader(kind_of(data))}.{byteorder}"
    book = _read(copy, path, wanted)
    if book is None:
        whole = opened(path, data)
        if worth(whole):
            with suppress(OSError):
                _write(copy, whole)
                _clear(copies, MOST_KEPT)
        book = replace(whole, sheets=[s for s in whole.sheets if not s.name or wanted is None or wanted(s.name)])
    return book


@cache
def reader(kind: str) -> str:
    """Return what the cells and guards of a copy rest on: our code of reading, and of an archive calamine too."""
    code = b"".join(Path(__file__).with_name(f"{name}.py").read_bytes() for name in OPENED_BY)
    other = version("python-calamine") if kind == "archive" else ""
    return hashlib.sha256(code + other.encode()).hexdigest()[:16]


def _write(copy: Path, book: Workbook) -> None:
    """Write beside, then rename: two processes at once each leave a whole file, and the same."""
    told, blocks = [], []
    for sheet in book.sheets:
        columns = [_column(sheet.rows, place) for place in range(max(map(len, sheet.rows), default=0))]
        told.append({"name": sheet.name, "hidden": sheet.hidden, "rows": len(sheet.rows),
                     "cells": [cells for cells, _ in columns]})  # fmt: skip
        blocks += [numbers.tobytes() for _, numbers in columns]
    rest = {part.name: getattr(book, part.name) for part in fields(book) if part.name not in ("path", "sheets")}
    body = b"".join([json.dumps({"book": rest, "sheets": told}).encode(), b"\n", *blocks])
    copy.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=copy.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_sum(body) + b"\n" + body)
        os.replace(beside, copy)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _clear(copies: Path, most: int) -> None:
    """Remove the copies that were used longest ago, and what a killed process left, until the rest is within `most`."""
    found = sorted(((entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in os.scandir(copies)),
                   reverse=True)  # fmt: skip
    room = most
    for _, size, path in found:
        room -= size
        if room < 0:
            Path(path).unlink(missing_ok=True)


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
    "date": date.fromisoformat, "datetime": datetime.fromisoformat, "CellError": CellError, "gap": lambda _: _NO_CELL,
}  # fmt: skip


def _read(copy: Path, path: Path, wanted: Callable[[str], bool] | None) -> Workbook | None:
    """Return the workbook of a copy; None if there is none, or it is not as it was written."""
    try:
        stated, _, body = copy.read_bytes().partition(b"\n")
    except OSError:
        return None
    if stated != _sum(body):
        return None
    with suppress(OSError):
        os.utime(copy)
    end = body.index(b"\n")
    told, at, sheets = json.loads(body[:end]), end + 1, []
    with no_collector():
        for about in told["sheets"]:
            if not about["name"] or not wanted or wanted(about["name"]):
                sheets.append(Sheet(about["name"], _rows(about, body, at), hidden=about["hidden"]))
            at += sum(_width(len(cells)) for cells in about["cells"]) * about["rows"]
    return Workbook(path=path, sheets=sheets, **told["book"])


def _rows(about: dict[str, Any], body: bytes, at: int) -> list[list[Cell]]:
    """Return the rows of a sheet whose columns begin at `at`."""
    count, has_gaps = about["rows"], False
    table = np.empty((count, len(about["cells"])), object)
    for place, told in enumerate(about["cells"]):
        cells = np.empty(len(told), object)
        cells[:] = [_MADE[kind](cell) for kind, cell in told]
        numbers = np.frombuffer(body, _code(len(told)), count, at)
        table[:, place] = cells[numbers]
        has_gaps = has_gaps or list(GAP) in told
        at += numbers.nbytes
    rows: list[list[Cell]] = table.tolist()
    return [[cell for cell in row if cell is not _NO_CELL] for row in rows] if has_gaps else rows


def _width(different: int) -> int:
    return array(_code(different)).itemsize


def _sum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).hexdigest().encode()
