"""Police recorded crime by force, quarter and offence code, as published in the open data tables."""

from __future__ import annotations

import pandas as pd

from stats.read.table import read_exact
from stats.registers.sources import Source

COLUMNS = ["force_code", "force_name", "quarter_start", "quarter_end", "offence_code", "offences"]


def read_recorded_crime(source: Source) -> pd.DataFrame:
    """Return the file as text: one row a force, quarter and offence code."""
    return read_exact(source, COLUMNS)
