from __future__ import annotations

import pandas as pd
import pytest

from stats.read.tidy import read_tidy


@pytest.fixture(scope="session")
def published(registers) -> pd.DataFrame:
    """The tidy published figures, as committed."""
    return read_tidy("published_figures", registers)


@pytest.fixture(scope="session")
def offences(registers) -> pd.DataFrame:
    """The tidy recorded offences, as committed."""
    return read_tidy("recorded_offences", registers)
