"""What a published file holds once it is open: sheets of rows of cells, as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

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
    """A file that was opened, and its sheets in the order of the file; a CSV file is one sheet named ''."""

    path: Path
    kind: Kind
    sheets: Sequence[Sheet]
