"""Answers to freedom of information (FOI) requests, in the template of `data/foi`: as published, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from stats.check import LINE
from stats.errors import CheckFailed, nearest
from stats.read.cells import without_errors
from stats.read.opening import Cell, Sheet, Workbook
from stats.read.published import as_text
from stats.registers.printed_words import fold_heading

HEADER = (
    "force", "question", "period_from", "period_to", "value", "unit", "definition", "status", "url", "rights",
    "received", "note",
)  # fmt: skip
"""The columns of the template."""

TOLD_BY = {"force", "question", "definition", "status"}
"""The columns by which the template is known, whatever became of the others."""

TEMPLATE = "data/foi/template.csv"


def is_foi(workbook: Workbook) -> bool:
    """Whether a file was made from the template for FOI returns: whether a sheet has its header."""
    return any(set(_header(sheet)) >= TOLD_BY for sheet in workbook.sheets)


def read_foi(workbook: Workbook) -> pd.DataFrame:
    """Return FOI returns as text, an empty cell as missing; the index is the line of the file.

    Columns may stand in any order, and blank rows are left out. Nothing else may be missing or added.

    Raises
    ------
    CheckFailed
        If a column is missing, unknown or there twice, a row has cells beyond the header, a second sheet holds
        anything, or there is no row.
    """
    filled = [sheet for sheet in workbook.sheets if any(map(_filled, sheet.rows))]
    if len(filled) != 1:
        raise _stop(workbook, "the returns must be one sheet.", [("sheets", ", ".join(sheet.name for sheet in filled))],
                    "Put all rows into one sheet, and take other words to the column note.")  # fmt: skip
    sheet = without_errors(filled[0], workbook.path)
    header = _header(sheet)
    _must_be_the_template(workbook, header)
    top = next(at for at, row in enumerate(sheet.rows) if _filled(row))
    rows = {at: row for at, row in enumerate(sheet.rows[top + 1 :], start=top + 2) if _filled(row)}
    _must_have_rows(workbook, header, rows)
    texts = [[as_text(cell).strip() or None for cell in row[: len(header)]] for row in rows.values()]
    return pd.DataFrame(
        [row + [None] * (len(header) - len(row)) for row in texts], columns=header,
        index=pd.Index(list(rows), name=LINE, dtype="int64"), dtype="str",
    )[list(HEADER)]  # fmt: skip


def _header(sheet: Sheet) -> list[str]:
    """The first row that holds anything, as names of columns."""
    first = next((row for row in sheet.rows if _filled(row)), [])
    names = [fold_heading(as_text(cell)).replace(" ", "_") for cell in first]
    while names and not names[-1]:
        names.pop()
    return names


def _filled(row: Sequence[Cell]) -> bool:
    return any(as_text(cell).strip() for cell in row)


def _must_be_the_template(workbook: Workbook, header: list[str]) -> None:
    missing = [name for name in HEADER if name not in header]
    unknown = [name or "(blank)" for name in header if name not in HEADER]
    twice = sorted({name for name in header if header.count(name) > 1})
    if missing or unknown or twice:
        close = {name: ", ".join(nearest(name, unknown)) for name in missing}
        raise _stop(
            workbook, "the columns are not those of the template for FOI returns.",
            [
                *(("missing", f"{name}; nearest found: {close[name] or 'none'}") for name in missing),
                *(("unknown", name) for name in unknown), *(("twice", name) for name in twice),
            ],
            f"Start from {TEMPLATE}: {', '.join(HEADER)}.",
        )  # fmt: skip


def _must_have_rows(workbook: Workbook, header: list[str], rows: dict[int, list[Cell]]) -> None:
    if not rows:
        raise _stop(workbook, "the returns hold no row.", [("found", "a header alone")], "Write a row for each force.")
    beyond = {line: row for line, row in rows.items() if _filled(row[len(header) :])}
    if beyond:
        raise _stop(
            workbook, "rows have cells beyond the header, so their columns have slipped.",
            [(f"line {line}", " | ".join(map(as_text, row))) for line, row in list(beyond.items())[:8]],
            "A comma inside a text is the usual cause: put the text between double quotes.",
        )  # fmt: skip


def _stop(workbook: Workbook, wrong: str, evidence: list[tuple[str, object]], mend: str) -> CheckFailed:
    return CheckFailed(wrong, [("file", workbook.path.name), *evidence], mend)
