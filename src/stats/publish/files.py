"""Write a file whole or not at all."""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_STARTS = ("=", "+", "-", "@", "\t", "\n")
_HARMLESS = re.compile(r"[-+]?(?:\d[\d,]*(?:\.\d+)?%?)? ?")
"""A number printed as text, such as '-2' or '-00 ', or the lone '-' of an ONS table: no program runs these."""


def write(path: Path, data: bytes) -> Path:
    """Write to a temporary file beside `path`, then rename: a failure leaves the old file as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def as_csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV: dates as year-month-day, missing as an empty cell, the same bytes on every system.

    Text that a spreadsheet program would run as a formula gets an apostrophe before it, as those programs write text.
    """
    plain = table.apply(_plain).rename(columns=unrun)
    text: str = plain.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")
    return text.encode("utf-8")


def _plain(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column without text that would be run; numbers and dates are as they were."""
    if column.dtype.kind in "biufcmM":
        return column
    different = {cell: safe for cell in column.dropna().unique() if (safe := unrun(cell)) != cell}
    return column.replace(different) if different else column


def unrun(cell: Any) -> Any:
    """Return a cell as it may stand in a CSV file.

    Examples
    --------
    >>> unrun("=1+1"), unrun("-2"), unrun("-"), unrun("Kent")
    ("'=1+1", '-2', '-', 'Kent')
    """
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\r\n", "\n").replace("\r", "\n")  # a bare CR would end the row, and begin a cell of its own
    return f"'{text}" if text.startswith(_STARTS) and not _HARMLESS.fullmatch(text) else text


def as_json(value: Any) -> bytes:
    """Return a value as JSON that reads well and never changes its order."""
    return (json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")
