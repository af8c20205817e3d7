"""A tidy table as Parquet."""

from __future__ import annotations

from io import BytesIO

import pandas as pd
import pytest

from stats.publish.files import as_csv
from stats.publish.parquet_file import as_parquet
from stats.publish.tidy_file import as_file


@pytest.fixture
def table() -> pd.DataFrame:
    """Two rows, one without a number."""
    return pd.DataFrame({
        "offence_code": pd.Series(["4.10", "8E1"], dtype="str"),
        "period_end": pd.to_datetime(["2025-03-31", None]),
        "offences_n": pd.Series([None, 0], dtype="Int64"),
        "status": pd.Series(["x", None], dtype="str"),
    })  # fmt: skip


def test_codes_stay_text_days_are_days_and_missing_is_not_zero(table) -> None:
    """Every column has its type in the file itself."""
    parquet = pytest.importorskip("pyarrow.parquet")
    file = parquet.read_table(BytesIO(as_parquet(table)))
    assert [str(field.type) for field in file.schema] == ["large_string", "date32[day]", "int64", "large_string"]
    assert file.column("offence_code").to_pylist() == ["4.10", "8E1"]
    assert file.column("offences_n").to_pylist() == [None, 0]
    assert file.column("period_end").to_pylist() == [pd.Timestamp("2025-03-31").date(), None]


def test_the_same_table_is_the_same_bytes(table) -> None:
    """Nothing of the clock or the machine is in the file."""
    assert as_parquet(table) == as_parquet(table.copy())


def test_a_time_of_day_is_kept(table) -> None:
    """Only a column of whole days is written as days."""
    timed = table.assign(period_end=pd.to_datetime(["2025-03-31 12:30", None]))
    back = pd.read_parquet(BytesIO(as_parquet(timed)))
    assert back["period_end"].iloc[0] == pd.Timestamp("2025-03-31 12:30")


def test_the_name_of_a_file_tells_its_kind(table, tmp_path) -> None:
    """Parquet by its ending; all else is CSV."""
    assert as_file(table, tmp_path / "a.Parquet").startswith(b"PAR1")
    assert as_file(table, tmp_path / "a.txt") == as_csv(table)
