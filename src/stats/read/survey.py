"""Survey answers, one row a person, as they came: text, with the line of the file."""

from __future__ import annotations

import pandas as pd

from stats.check import LINE
from stats.errors import CheckFailed
from stats.read.cells import without_errors
from stats.read.opening import Workbook
from stats.read.published import as_text


def read_survey(workbook: Workbook) -> pd.DataFrame:
    """Return the answers of a survey as text, an empty cell as missing; the index is the line of the file.

    Raises
    ------
    CheckFailed
        If there is more than one sheet, no row, or a row with another number of cells than the header.
    """
    filled = [s for s in workbook.sheets if any(as_text(cell).strip() for row in s.rows for cell in row)]
    if len(filled) != 1:
        raise _stop(workbook, "the answers must be one sheet.", ("sheets", ", ".join(s.name for s in filled)))
    sheet = without_errors(filled[0], workbook.path)
    texts = [[as_text(cell).strip() or None for cell in row] for row in sheet.rows]
    header, rows = texts[0], {at: row for at, row in enumerate(texts[1:], start=2) if any(row)}
    if not rows or None in header:
        raise _stop(workbook, "the first line must name every column, and rows must follow.", ("rows", len(rows)))
    slipped = [line for line, row in rows.items() if len(row) != len(header)]
    if slipped:
        raise _stop(workbook, f"rows have not {len(header)} cells, so their columns have slipped.",
                    ("lines", ", ".join(map(str, slipped[:12]))))  # fmt: skip
    return pd.DataFrame(
        list(rows.values()), columns=header, index=pd.Index(list(rows), name=LINE, dtype="int64"), dtype="str"
    )


def _stop(workbook: Workbook, wrong: str, evidence: tuple[str, object]) -> CheckFailed:
    return CheckFailed(wrong, [("file", workbook.path.name), evidence], "Export the answers again: one row a person.")
