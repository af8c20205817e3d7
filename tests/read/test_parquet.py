"""A Parquet file is asked through an engine that is shut in."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest

import stats.read.parquet
from stats.errors import CannotOpen, NotToHand, UsageMistake
from stats.publish.parquet_file import as_parquet
from stats.read.parquet import open_parquet, quoted


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A small table under a name that DuckDB would take for a pattern."""
    table = pd.DataFrame({"code": pd.Series(["4.10", None], dtype="str"), "n": pd.Series([None, 3], dtype="Int64"),
                          "day": pd.to_datetime(["2025-03-31", None]), "share": [0.5, None]})  # fmt: skip
    (tmp_path / "b.parquet").write_bytes(as_parquet(table))
    made = tmp_path / "o'clock [1] *.parquet"
    made.write_bytes(as_parquet(table))
    return made


def test_an_answer_has_its_types_and_what_is_missing_stays_missing(path: Path) -> None:
    """Codes are text, whole numbers stay whole beside a gap, days are days."""
    with open_parquet(path) as tidy:
        assert tidy.columns == {"code": "VARCHAR", "n": "BIGINT", "day": "DATE", "share": "DOUBLE"}
        found = tidy.ask("SELECT * FROM {}")
    assert [str(kind) for kind in found.dtypes] == ["str", "Int64", "datetime64[us]", "Float64"]
    assert found["code"].iloc[0] == "4.10"
    assert found.isna().to_numpy().tolist() == [[False, True, False, False], [True, False, True, True]]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('{other}')", "SELECT * FROM read_parquet('{other}')", "SELECT * FROM '{other}'",
        "SELECT * FROM read_parquet('http://localhost/a.parquet')", "COPY (SELECT 1) TO '{new}'", "INSTALL httpfs",
        "LOAD httpfs", "ATTACH '{new}'", "SET memory_limit = '9GB'", "SET enable_external_access = true",
    ],
)  # fmt: skip
def test_the_engine_reaches_nothing_but_its_file(path: Path, query: str) -> None:
    """No other file, no network, no extension, no setting."""
    other, new = path.with_name("b.parquet"), path.with_name("new")
    with open_parquet(path) as tidy, pytest.raises(import_module("duckdb").Error):
        tidy._engine.execute(query.format(other=other, new=new))
    assert not new.exists()


@pytest.mark.parametrize("data", [b"", b"PAR1", b"a,b\n1,2\n", b"PAR1" + b"\0" * 90 + b"PAR1", None])
def test_what_is_no_parquet_file_is_refused(tmp_path: Path, data: bytes | None) -> None:
    """Empty, cut short, another kind, damaged, or not there."""
    path = tmp_path / "a.parquet"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(CannotOpen, match=r"a\.parquet"), open_parquet(path):
        pass


def test_a_damaged_page_is_refused_when_it_is_reached(path: Path) -> None:
    """The end of the file is whole, its middle is not."""
    data = path.read_bytes()
    path.write_bytes(data[:4] + b"\xff" * 60 + data[64:])
    with pytest.raises(CannotOpen, match="cannot be read"), open_parquet(path) as tidy:
        tidy.ask("SELECT * FROM {}")


def test_more_memory_than_allowed_is_refused(tmp_path: Path) -> None:
    """Nothing is spilt onto the disk, and the machine is not filled."""
    path = tmp_path / "a.parquet"
    path.write_bytes(as_parquet(pd.DataFrame({"n": range(2_000_000)})))
    with pytest.raises(UsageMistake, match="more memory"), open_parquet(path, memory="40MB") as tidy:
        tidy.ask("SELECT n, count(*) AS rows_n FROM {} GROUP BY n ORDER BY n")


def test_without_the_extra_an_error_says_what_to_install(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of the extra is in it."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(NotToHand, match=r"pip install 'plainfigures\[scale\]'"), open_parquet(path):
        pass
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(NotToHand, match="pyarrow"):
        as_parquet(pd.DataFrame({"n": [1]}))


def test_the_default_path_does_without_the_extra(tmp_path: Path) -> None:
    """Reading a file and writing it as CSV imports neither DuckDB nor Arrow by itself."""
    root = Path(stats.read.parquet.__file__).parents[3]
    code = (
        "import sys; sys.modules['duckdb'] = None\n"
        "import stats.run.reading, stats.publish.tidy_file, stats.cli, stats.run.build, stats.run.grouping\n"
        "print([name for name in ('stats.read.parquet', 'stats.publish.parquet_file') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path,
                          env={**os.environ, "PYTHONPATH": str(root / "src")})  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_names_cannot_leave_their_quotes() -> None:
    """A column may be called anything."""
    assert quoted('a" FROM x; --{}') == '"a"" FROM x; --{{}}"'
