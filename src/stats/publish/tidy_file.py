"""A tidy table that was read from a published file, as CSV and in short."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from stats.publish.files import as_csv

SHOWN = 5
"""How many rows of the table follow a summary."""

FORMULA = r"^([=+\-@\t\r])"
"""How a text begins that a spreadsheet would run as a formula."""


def as_safe_csv(table: pd.DataFrame) -> bytes:
    """Return a tidy table as CSV; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    texts = {name: table[name].str.replace(FORMULA, r"'\1", regex=True) for name in table.select_dtypes("str")}
    return as_csv(table.assign(**texts))


def as_file(table: pd.DataFrame, path: Path) -> bytes:
    """Return a table as the name of its file says: Parquet if it ends in .parquet, else CSV."""
    if path.suffix.casefold() == ".parquet":
        from stats.publish.parquet_file import as_parquet

        return as_parquet(table)
    return as_safe_csv(table)


def in_short(summary: Iterable[tuple[str, str]], table: pd.DataFrame) -> str:
    """Return a summary, a line each, and the first rows of the table."""
    lines = list(summary)
    width = max(len(label) for label, _ in lines)
    said = "\n".join(f"{label:<{width}}  {words}" for label, words in lines)
    return f"{said}\n\n{table.head(SHOWN).to_string(index=False)}"
