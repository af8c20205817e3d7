"""What a person tells of a file is used where the file does not tell it, and never against the file."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from made_layouts import made
from made_tables import workbook

from stats.clean.told_periods import Told
from stats.errors import BadPeriod, UsageMistake
from stats.home import home
from stats.period import Period
from stats.run.reading import Reading, read_workbook

FILES = made()


def read(name: str, *above: list[object], told: Told) -> Reading:
    """Read a made file with lines over it."""
    kind, rows = FILES[name]
    return read_workbook(workbook(("", [*above, *rows]), kind=kind), home(), told)


@pytest.mark.parametrize("words", ["2024", "2024-06-30", " 2024 "])
def test_the_middle_of_a_year_is_30_june(words: str) -> None:
    """As a year or as its day."""
    assert Told.of(None, words).mid_year == date(2024, 6, 30)


@pytest.mark.parametrize("words", ["2024-07-01", "mid-2024", "24", "June 2024"])
def test_another_day_is_refused(words: str) -> None:
    """Estimates are of 30 June."""
    with pytest.raises(UsageMistake, match="not the middle of a year"):
        Told.of(None, words)


def test_a_bare_year_is_no_period_and_both_flags_are_too_many() -> None:
    """Calendar and financial years differ."""
    with pytest.raises(BadPeriod):
        Told.of("2024", None)
    with pytest.raises(UsageMistake, match="not both"):
        Told.of("2024/25", "2024")


def test_what_is_told_stands_in_every_row_and_in_the_summary() -> None:
    """Beside the place, as in a file that tells it."""
    reading = read("ons_population_mid_year", told=Told.of(None, "2024"))
    assert reading.table.columns.tolist()[:4] == ["area_code", "area_name", "area_kind", "mid_year"]
    assert set(reading.table["mid_year"]) == {pd.Timestamp("2024-06-30")}
    assert dict(reading.summary)["told"] == "the period, the middle of 2024, was told by the person who read the file"
    assert dict(reading.summary)["span"] == "June 2024 to June 2024"


def test_nothing_told_is_said() -> None:
    """The table has no period, and the summary says which flag gives it."""
    reading = read("ons_population_mid_year", told=Told())
    assert "mid_year" not in reading.table
    assert "--mid-year" in dict(reading.summary)["span"]
    assert "told" not in dict(reading.summary)


@pytest.mark.parametrize(
    ("name", "told", "wrong"),
    [
        ("ons_population_mid_year", Told.of("2024/25", None), "wants the other"),
        ("cps_case_outcomes", Told.of(None, "2014"), "wants the other"),
        ("home_office_recorded_crime", Told.of("2022/23", None), "tells its period itself"),
        ("home_office_recorded_crime", Told.of(None, "2023"), "tells its period itself"),
        ("cps_flagged_outcomes", Told.of("2021/22", None), "name another year"),
    ],
)
def test_a_flag_that_goes_against_the_file_is_refused(name: str, told: Told, wrong: str) -> None:
    """Its own column, its kind, or its title."""
    with pytest.raises(UsageMistake, match=wrong) as refused:
        read(name, told=told)
    assert dict(refused.value.evidence)["told"] == told.words


def test_a_title_that_names_another_year_refuses_the_flag() -> None:
    """And one that names the same year lets it pass."""
    with pytest.raises(UsageMistake, match="name another year"):
        read("ons_population_mid_year", ["Population, mid-2023"], told=Told.of(None, "2024"))
    assert len(read("ons_population_mid_year", ["Population, mid-2024"], told=Told.of(None, "2024")).table) == 43


def test_a_flag_that_says_what_the_file_says_changes_nothing() -> None:
    """A file of one period, told as that period."""
    whole = read("cps_case_outcomes", told=Told.of("January 2014", None)).table
    kind, rows = FILES["home_office_outcomes_before_2014"]
    told = read_workbook(workbook(("", rows), kind=kind), home(), Told(period=Period.financial_year(2012)))
    assert set(told.table["period_end"]) == {pd.Timestamp("2013-03-31")}
    assert "told" not in dict(told.summary)
    assert set(whole["period_end"]) == {pd.Timestamp("2014-01-31")}
