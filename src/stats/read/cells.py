"""What a published file holds once it is open: sheets of rows of cells, as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from stats.errors import CheckFailed, counted
from stats.registers.places import shown

Kind = Literal["csv", "xlsx", "ods"]


class CellError(str):
    """What a spreadsheet shows where a formula failed: '#REF!', '#DIV/0!'. It is no value, and no text either."""

    __slots__ = ()


ERRORS = {
    word: CellError(word)
    for word in (
        "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A", "#SPILL!", "#CALC!", "#FIELD!",
        "#BLOCKED!", "#CONNECT!", "#GETTING_DATA", *(f"Err:{number}" for number in range(501, 541)),
    )
}  # fmt: skip
"""The errors that spreadsheet programs print, by their words."""

UNSAVED = CellError("a formula that was never calculated")
"""A cell whose formula was written by a program that does not calculate: it holds no value, and is not blank."""

CALCULATE = (
    "A program wrote the formula and never calculated it: open the file in a spreadsheet program, save it, and give "
    "that file."
)
"""What to do about such a cell."""

Cell = str | float | int | bool | date | datetime | None
"""A cell as printed; text that is one of `ERRORS` is a `CellError`."""


@dataclass(frozen=True)
class Sheet:
    """One sheet. Row 1 of the file is `rows[0]`: empty rows above the table are kept; an empty cell is None."""

    name: str
    rows: list[list[Cell]]
    hidden: bool = False


@dataclass(frozen=True)
class Workbook:
    """A file that was opened, and its sheets in the order of the file; a CSV file is one sheet named ''.

    `ends_open` says that the last line of a CSV file has no end: it may have been cut short.
    """

    path: Path
    kind: Kind
    sheets: Sequence[Sheet]
    ends_open: bool = False


def without_errors(sheet: Sheet, path: Path) -> Sheet:
    """Return the sheet, or stop if a cell shows that a formula failed.

    Raises
    ------
    CheckFailed
        With the first such cells, by column letter and row.
    """
    found = [
        (f"cell {letters(column)}{row}", cell)
        for row, cells in enumerate(sheet.rows, 1)
        for column, cell in enumerate(cells, 1)
        if isinstance(cell, CellError)
    ]
    if found:
        raise CheckFailed(
            f"{counted(len(found), 'cell')} without the value of a formula.",
            [("file", shown(path)), ("sheet", repr(sheet.name)), *found[:5]],
            CALCULATE
            if any(cell == UNSAVED for _, cell in found)
            else "Tell the publisher. If these cells are known and not needed, the layout may list the word as a "
            "marker.",
        )
    return sheet


def letters(column: int) -> str:
    """Return a column as spreadsheets name it: 1 is A, 27 is AA.

    Examples
    --------
    >>> letters(3), letters(28)
    ('C', 'AB')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
