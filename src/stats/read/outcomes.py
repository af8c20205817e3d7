"""Crime outcomes by force, quarter, offence code and outcome type, recorded basis, as published."""

from __future__ import annotations

import pandas as pd

from stats.read.table import read_exact
from stats.registers.sources import Source

COLUMNS = ["force_code", "force_name", "quarter_start", "quarter_end", "offence_code", "outcome_type", "offences"]


def read_outcomes(source: Source) -> pd.DataFrame:
    """Return the file as text: one row a force, quarter, offence code and outcome type."""
    return read_exact(source, COLUMNS)
