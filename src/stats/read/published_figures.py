"""Figures that somebody printed, as transcribed."""

from __future__ import annotations

import pandas as pd

from stats.read.table import read_exact
from stats.registers.sources import Source

COLUMNS = [
    "figure_id", "measure", "offence", "area_code", "place", "period_start", "period_end", "period_words",
    "value", "bound", "unit", "numerator_n", "base_words", "base_n",
    "publisher", "title", "url", "published", "quote", "note",
]  # fmt: skip


def read_published_figures(source: Source) -> pd.DataFrame:
    """Return the file as text: one row a printed figure."""
    return read_exact(source, COLUMNS)
