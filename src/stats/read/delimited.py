"""Delimited text into rows of cells, each exactly as printed.

The letters are UTF-8 where the whole file is UTF-8; else Windows-1252, as older Excel writes. A file that holds both is
damaged. The delimiter is the one of comma, semicolon and tab that cuts the most rows into the same number of cells.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from io import StringIO
from pathlib import Path

from stats.read.cells import ERRORS, Cell
from stats.read.recognise import refuse

DELIMITERS = (",", ";", "\t")
LOOKED_AT = 200
"""Rows that tell the delimiter."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]")


def rows_of(path: Path, data: bytes) -> list[list[Cell]]:
    """Return the rows of a CSV file: text as printed, an empty cell as None.

    Raises
    ------
    CannotOpen
        If it is no text, mixes two encodings, or a quote is left open.
    """
    text = text_of(path, data)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True))
    except csv.Error as problem:
        refuse(path, "the text cannot be cut into cells.", problem,
               "A quote may be left open, or the file cut short: download it again.")  # fmt: skip
    errors = {"": None, **ERRORS}
    return [[errors.get(cell, cell) for cell in row] for row in rows]


def text_of(path: Path, data: bytes) -> str:
    """Return the letters of a file, by the rule above."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        text = _older(path, data, problem)
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        refuse(path, "this is no text, so no table.", f"the character {control[0]!r} in line {line}",
               "Give the file as it was published: XLSX, ODS or CSV.")  # fmt: skip
    return text


def delimiter_of(text: str) -> str:
    r"""Return what stands between cells.

    Examples
    --------
    >>> delimiter_of('force;share\n"London; City of";1,5\nKent;2,5')
    ';'
    """
    return max(DELIMITERS, key=lambda mark: _agreement(text, mark))


def _agreement(text: str, mark: str) -> tuple[int, int]:
    """How many rows have the usual number of cells, and that number; nothing where that is one."""
    counts: Counter[int] = Counter()
    try:
        for number, row in enumerate(csv.reader(StringIO(text, newline=""), delimiter=mark)):
            if number == LOOKED_AT:
                break
            counts[len(row)] += len(row) > 1
    except csv.Error:
        return 0, 0
    return max(((rows, cells) for cells, rows in counts.items()), default=(0, 0))


def _older(path: Path, data: bytes, problem: UnicodeDecodeError) -> str:
    mixed = re.sub("[\udc80-\udcff]", "", data.decode("utf-8", "surrogateescape")).removeprefix("\ufeff")
    line = data.count(b"\n", 0, problem.start) + 1
    if data.startswith(b"\xef\xbb\xbf") or not mixed.isascii():
        refuse(path, "the text is UTF-8 in one place and not in another, so it is damaged.",
               f"byte {data[problem.start]:#04x} in line {line}", "Download it again.")  # fmt: skip
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as other:
        refuse(path, "the text is neither UTF-8 nor Windows-1252.", f"byte {data[other.start]:#04x}",
               "Open it in the program that made it, and save it as CSV UTF-8.")  # fmt: skip
