"""Layouts of the courts, the prosecutors and the older outcomes, on small made files."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from made_layouts import TOLD, Rows, made, outcomes_as_published
from made_releases import NAMES
from made_tables import FORCES, workbook

from stats.clean.told_periods import Told
from stats.errors import CheckFailed, NotRecognised
from stats.home import home
from stats.run.reading import Reading, read_workbook

FILES = made()


def read(name: str, rows: Rows | None = None) -> Reading:
    """Read a made file, or rows in its place."""
    kind, whole = FILES[name]
    asked = TOLD.get(name, {})
    return read_workbook(
        workbook(("Table 1", rows or whole), kind=kind), home(), Told.of(asked.get("period"), asked.get("mid_year"))
    )


def changed(name: str, row: int, column: int, value: object) -> Rows:
    """A made file with one cell changed."""
    rows = [list(cells) for cells in FILES[name][1]]
    rows[row][column] = value
    return rows


def notes(reading: Reading) -> str:
    """What the summary notes."""
    return " / ".join(words for label, words in reading.summary if label == "note")


def test_persons_are_counted_by_calendar_year_and_stage() -> None:
    """The three stages and the sentences are kept apart; a company is not a person, and its row says so."""
    table = read("moj_outcomes_by_offence").table
    assert set(table["unit"]) == {"persons"}
    assert set(table["period_start"]) == {pd.Timestamp("2019-01-01"), pd.Timestamp("2020-01-01")}
    assert set(table["period_end"]) == {pd.Timestamp("2019-12-31"), pd.Timestamp("2020-12-31")}
    people = table[table["defendant_type"] == "01: Person"]
    sums = people[people["period_start"] == "2019-01-01"].groupby("stage")["value"].sum()
    assert sums.to_dict() == {"proceeded against": 47, "convicted": 37, "sentenced": 36, "fine": 9}


def test_codes_of_the_courts_are_text_and_a_year_without_a_quarter_is_said() -> None:
    """'00865' keeps its noughts; the last year holds one quarter of the two that the year before has."""
    reading = read("moj_outcomes_by_offence_year_ending")
    assert set(reading.table["ho_offence_code"]) == {"00865"}
    assert set(reading.table["period_end"]) == {pd.Timestamp("2025-03-31"), pd.Timestamp("2026-03-31")}
    assert "year to 31 March 2026 is without quarter Q2: not a whole year" in notes(reading)
    assert "not known" in set(reading.table["area_code"])


def test_an_earlier_year_without_a_quarter_stops() -> None:
    """Only the last year may be under way."""
    rows = [
        row for row in FILES["moj_outcomes_by_offence_year_ending"][1] if row[:2] != ["Year ending March 2025", "Q2"]
    ]
    rows.append(["Year ending March 2026", "Q2", *rows[-1][2:]])
    with pytest.raises(CheckFailed, match="a part of a year is missing"):
        read("moj_outcomes_by_offence_year_ending", rows)


@pytest.mark.parametrize(
    ("name", "row", "column", "value", "wrong"),
    [
        ("moj_outcomes_by_offence", 1, 0, "201", "a period cannot be read"),
        ("moj_outcomes_by_offence", 1, 7, "-1", "negative where none belongs"),
        ("moj_outcomes_by_offence", 1, 7, "*", "neither a number nor a marker"),
        ("moj_sentence_outcomes", 1, 3, "Scotland", "name of a place is not known"),
        ("cps_flagged_outcomes", 4, 1, 41, "a total does not add up"),
        ("home_office_detections", 3, 3, 99, "a total does not add up"),
        ("home_office_outcomes_before_2014", 3, 6, "Charged", "outcome: a text is not known"),
        ("cps_case_outcomes", 3, 5, 1, "a total does not add up"),
    ],
)
def test_what_does_not_belong_stops(name: str, row: int, column: int, value: Any, wrong: str) -> None:
    """A year that is none, a place outside, a total that is not its parts."""
    with pytest.raises(CheckFailed, match=wrong):
        read(name, changed(name, row, column, value))


def test_two_rows_of_one_combination_stop() -> None:
    """Whether the second is more persons or the same ones again cannot be known."""
    rows = FILES["moj_court_outcomes"][1]
    with pytest.raises(CheckFailed, match="rows have the same key"):
        read("moj_court_outcomes", [*rows, rows[1]])


def test_case_outcomes_of_a_month_read_under_no_heading() -> None:
    """The first column has none; London's two forces are one area, and all areas add up to the national row."""
    reading = read("cps_case_outcomes")
    table = reading.table
    assert set(table["period_start"]) == {pd.Timestamp("2014-01-01")}
    assert set(table["period_end"]) == {pd.Timestamp("2014-01-31")}
    assert {"K04000001", "Metropolitan and City"} < set(table["area_code"])
    nobody = table[(table["offence_category"] == "homicide") & table["unit"].str.startswith("per cent")]
    assert set(nobody["status"]) == {"z"}
    assert nobody["value"].isna().all()
    assert ("told", "the period, January 2014, was told by the person who read the file") in reading.summary
    assert "printed together with the City of London" in notes(reading)


def test_an_area_that_is_missing_stops_the_month() -> None:
    """Whoever cut the file."""
    rows = [row for row in FILES["cps_case_outcomes"][1] if row[0] != "Kent"]
    with pytest.raises(CheckFailed, match=r"a total does not add up|of 44 forces, 1 is missing"):
        read("cps_case_outcomes", rows)


def test_flagged_outcomes_need_their_flag_in_the_title() -> None:
    """Without it nobody knows what was flagged; another flag is another table."""
    rows = FILES["cps_flagged_outcomes"][1]
    for title in ("Prosecutions, 2017-18", "Prosecutions flagged as domestic abuse, 2017-18"):
        with pytest.raises(NotRecognised):
            read("cps_flagged_outcomes", [[title], *rows[1:]])


def test_offences_reaching_a_first_hearing_have_financial_years() -> None:
    """Three offences, two years; the law and the words stand under no heading."""
    table = read("cps_offences_first_hearing").table
    assert table.groupby("period_end")["value"].sum().to_dict() == {
        pd.Timestamp("2013-03-31"): 91, pd.Timestamp("2014-03-31"): 743
    }  # fmt: skip
    assert table["law"].str.startswith("Protection from Harassment Act 1997").all()


@pytest.mark.parametrize(
    ("printed", "status"),
    [("N/A", "x"), ("NA", "x"), (" n/a ", "x"), ("N / A", "x"), ("#N/A", "x"), ("N/A - data not provided", "x"),
     ("N/A - Offence code expired", "z"), ("N/A  -  offence code expired", "z")],
)  # fmt: skip
def test_every_spelling_of_not_available_and_not_applicable(printed: str, status: str) -> None:
    """Not supplied is not available; a code that has expired is not applicable; neither is zero."""
    rows = outcomes_as_published()
    rows[1][-2] = printed
    table = read("home_office_outcomes", rows).table
    cell = table[(table["line"] == 2) & (table["basis"] == "recorded")].iloc[0]
    assert pd.isna(cell["offences_n"])
    assert cell["status"] == status


@pytest.mark.parametrize("printed", ["-", "N/A - pending", "n.k."])
def test_a_spelling_that_nobody_explained_stops(printed: str) -> None:
    """A dash in a table of the Home Office is not known to mean anything."""
    rows = outcomes_as_published()
    rows[1][-2] = printed
    with pytest.raises(CheckFailed, match="neither a number nor a marker"):
        read("home_office_outcomes", rows)


def test_a_code_out_of_use_counts_where_the_publisher_marks_it_so() -> None:
    """Outcomes are still assigned to codes that have expired; without the mark the code or the year is wrong."""
    table = read("home_office_outcomes").table
    assert table.loc[table["offence_code"] == "65", "offences_n"].sum() == 4 * len(FORCES)
    rows = outcomes_as_published()
    rows[2][7] = None
    with pytest.raises(CheckFailed, match="not in use") as stopped:
        read("home_office_outcomes", rows)
    assert dict(stopped.value.evidence)["expected"] == "a year from the first to 2012/13"


@pytest.mark.parametrize(
    ("year", "code", "stops"),
    [("2013/14", "8Q", True), ("2014/15", "8Q", False), ("2019/20", "8U", True), ("2020/21", "8U", False),
     ("2016/17", "8R", True), ("2013/14", "8L", False)],
)  # fmt: skip
def test_a_code_counts_only_in_its_years(year: str, code: str, stops: bool) -> None:
    """Stalking since April 2014; before that a row of it is a slip."""
    header, *rows = FILES["home_office_recorded_crime"][1]
    rows = [[year, *row[1:3], NAMES[code], *row[4:6], code, row[7]] for row in rows if row[6] == "8L"]
    if stops:
        with pytest.raises(CheckFailed, match="not in use"):
            read("home_office_recorded_crime", [header, *rows])
        none = [[*row[:7], "0"] for row in rows]
        assert read("home_office_recorded_crime", [header, *none]).table["offences_n"].sum() == 0
        return
    assert set(read("home_office_recorded_crime", [header, *rows]).table["offence_code"]) == {code}


def test_outcomes_before_april_2014_have_years_and_words() -> None:
    """No quarter and no number of a type; the two layouts of them make one kind of table."""
    long, across = (read(name).table for name in ("home_office_outcomes_before_2014", "home_office_detections"))
    assert set(long["period_end"]) == {pd.Timestamp("2013-03-31")}
    assert set(long["outcome"]) == {"Charge/Summons", "Cautions", "TICs", "PNDs", "Cannabis Warnings", "Other"}
    assert set(across["outcome"]) == {*long["outcome"], "Total"}


def test_partnerships_keep_the_offences_of_none() -> None:
    """The name of the force stands where an offence has no partnership; British Transport Police has none."""
    reading = read("home_office_partnerships")
    assert reading.table["csp_name"].nunique() == 3 * 43
    assert reading.table["offences_n"].sum() == sum(range(3 * 43 * 4))
    assert "has no partnerships" in notes(reading)


def test_a_force_that_lacks_a_whole_rolling_year_stops_and_a_special_force_is_told_of() -> None:
    """It has rows in another year, so the file was cut."""
    header, *rows = FILES["home_office_rolling_year"][1]
    with pytest.raises(CheckFailed, match="1 is missing that other forces"):
        read("home_office_rolling_year", [header, *(row for row in rows if row[:2] != ["31/12/2017", "Kent"])])
    reading = read(
        "home_office_rolling_year",
        [header, *(row for row in rows if row[:2] != ["31/12/2017", "British Transport Police"])],
    )
    assert "2017-12-31 is without British Transport Police" in notes(reading)
