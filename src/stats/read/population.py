"""Mid-year population estimates by police force area, as published."""

from __future__ import annotations

import pandas as pd

from stats.read.table import read_exact
from stats.registers.sources import Source

COLUMNS = ["area_code", "area_name", "mid_year", "population"]


def read_population(source: Source) -> pd.DataFrame:
    """Return the file as text: one row an area and year."""
    return read_exact(source, COLUMNS)
