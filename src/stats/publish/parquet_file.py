"""A tidy table as a Parquet file, with its types: the extra `scale`."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pandas as pd

from stats.read.parquet import of_the_extra

ROWS = 122_880
"""Rows of a group: as many as DuckDB gives to a core at a time."""


def as_parquet(table: pd.DataFrame) -> bytes:
    """Return a tidy table as Parquet: codes are text, days are dates, a missing number is missing and never zero.

    Parameters
    ----------
    table : DataFrame
        As `stats.run.reading.read_file` makes it.

    Raises
    ------
    NotToHand
        If the extra is not installed.
    """
    parquet, written = of_the_extra("pyarrow.parquet"), BytesIO()
    parquet.write_table(as_arrow(table), written, compression="zstd", row_group_size=ROWS)
    return written.getvalue()


def as_arrow(table: pd.DataFrame) -> Any:
    """Return a tidy table as Arrow holds it, the types as above."""
    arrow = of_the_extra("pyarrow")
    made = arrow.Table.from_pandas(table, preserve_index=False)
    for place, name in enumerate(table.columns):
        if table[name].dtype.kind == "M" and _are_days(table[name]):
            made = made.set_column(place, name, made.column(place).cast(arrow.date32()))
    return made


def _are_days(column: pd.Series[Any]) -> bool:
    return bool((column.dropna() == column.dropna().dt.normalize()).all())
