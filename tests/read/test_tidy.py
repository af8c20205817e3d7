from pathlib import Path

import pandas as pd
import pytest

from stats.errors import NotToHand, RegisterError, UnknownName
from stats.read.tidy import read_tidy
from stats.run.data import write_tables


@pytest.mark.parametrize("name", ["recorded_offences", "outcomes", "population", "published_figures"])
def test_committed_table_reads_back_as_it_was_made(registers, tables, name):
    """A tidy table read from disk has the values and types that it was made with."""
    pd.testing.assert_frame_equal(read_tidy(name, registers), tables[name])


def test_missing_stays_missing_and_codes_stay_text(broken, drawn):
    """An empty date or count is missing, not nought, and a code keeps its characters."""
    registers = broken.load()
    columns = registers.tables["population"].columns
    population = drawn("""
        area_code | area_name | mid_year   | residents_n | source_id
        0012      | NA        |            |             | 8E1
        0013      | Kent      | 2024-06-30 | 1578500     | 4.10
    """)
    assert list(population) == list(columns)
    write_tables({"population": population}, registers, registers.root / "data" / "tidy")
    table = read_tidy("population", registers)
    assert table[["area_code", "area_name", "source_id"]].to_numpy().tolist() == [
        ["0012", "NA", "8E1"],
        ["0013", "Kent", "4.10"],
    ]
    assert table[["mid_year", "residents_n"]].isna().to_numpy().tolist() == [[True, True], [False, False]]
    assert table.loc[1, "mid_year"] == pd.Timestamp("2024-06-30")
    assert table["residents_n"].dtype == "Int64"


def test_table_that_was_not_made_says_how_to_make_it(broken):
    """Without data/tidy the command to run is named, and nothing is filled in."""
    with pytest.raises(
        NotToHand, match=r"(?s)the table outcomes has not been made.*data/tidy/outcomes\.csv.*Run: make data"
    ):
        read_tidy("outcomes", broken.load())


def test_unknown_table_suggests_the_nearest(registers):
    """A misspelt table is answered with the one that was meant."""
    with pytest.raises(UnknownName, match=r"(?s)no table is called 'outcome'.*nearest:\s+outcomes"):
        read_tidy("outcome", registers)


def test_table_without_a_column_of_its_register_is_refused(broken, tables):
    """A column renamed in the register stops with the register's file, line and entry, and not with a KeyError."""
    broken.damage("registers/columns.yml", "    mid_year: {", "    mid_yaer: {")
    registers = broken.load()
    write_tables({"population": tables["population"]}, registers, registers.root / "data" / "tidy")
    with pytest.raises(RegisterError, match=r"(?s)columns\.yml.*line:\s+\d+.*entry:\s+population.*mid_yaer.*mid_year"):
        read_tidy("population", registers)


def test_table_that_changed_is_read_again(registers, monkeypatch):
    """A table is remembered by its bytes: one that was made anew is never the old one."""
    from stats.read import tidy

    before = read_tidy("population", registers)
    first, _, *rest = (registers.root / "data" / "tidy" / "population.csv").read_bytes().split(b"\n")
    monkeypatch.setattr(tidy, "must_be_as_made", lambda names, registers: None)
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"\n".join([first, *rest]))
    assert len(read_tidy("population", registers)) == len(before) - 1


def test_table_that_somebody_changed_is_as_it_was_for_the_next(registers):
    """What one reader does to a table, the next does not see."""
    changed = read_tidy("population", registers)
    before = changed.copy(deep=True)
    changed.iloc[0, 0] = changed.iloc[1, 0]
    changed["new"] = 1
    changed.attrs["sources"] = ("somebody's",)
    again = read_tidy("population", registers)
    pd.testing.assert_frame_equal(again, before)
    assert again.attrs == {}
