"""`stats read --out x.parquet`, then `stats group`."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from click.testing import CliRunner
from made_tables import OUTCOMES, outcome_rows, write_csv

from stats.cli import cli
from stats.home import home
from stats.run.reading import read_file


def stats(*words: object):
    """Run the command in this process."""
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_a_published_file_becomes_parquet_and_its_groups_a_table(tmp_path: Path) -> None:
    """The totals are those of the table as read; two bases are not added up."""
    path, tidy, out = write_csv(tmp_path / "a.csv", [OUTCOMES, *outcome_rows()]), tmp_path / "a.parquet", "g.csv"
    assert stats("read", path, "--out", tidy).exit_code == 0
    refused = stats("group", tidy, "--by", "offence_code")
    assert (refused.exit_code, "two bases are two measures" in refused.output) == (3, True)
    words = ("--by", "area_code, period_end", "--where", "basis=assigned", "--where", "offence_code=8Q")
    assert "E23000036" in stats("group", tidy, *words).output
    assert stats("group", tidy, *words, "--out", tmp_path / out).exit_code == 0
    table = read_file(path, home()).table
    chosen = table[(table["basis"] == "assigned") & (table["offence_code"] == "8Q")]
    expected = chosen.groupby(["area_code", "period_end"])["offences_n"].sum()
    found = pd.read_csv(tmp_path / out, parse_dates=["period_end"])
    assert found.set_index(["area_code", "period_end"])["offences_n"].tolist() == expected.tolist()
    assert list(found) == ["area_code", "period_end", "offences_n", "rows_n", "missing_n"]


def test_a_mistake_prints_no_traceback_and_writes_nothing(tmp_path: Path) -> None:
    """The file must be Parquet."""
    path = write_csv(tmp_path / "a.csv", [OUTCOMES, *outcome_rows()])
    result = stats("group", path, "--by", "offence_code", "--out", tmp_path / "g.csv")
    assert result.exit_code == 5
    assert "this is no Parquet file" in result.output
    assert not (tmp_path / "g.csv").exists()
