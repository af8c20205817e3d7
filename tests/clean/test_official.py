"""What a file as published holds for our tables."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from made_tables import GROUP, OUTCOMES, RECORDED, outcome_rows, recorded_rows, workbook

from stats.clean.official import outcomes_as_ours, population_as_ours, recorded_as_ours
from stats.errors import CheckFailed
from stats.home import home
from stats.run.reading import read_workbook


def _read(*rows):
    return read_workbook(workbook(("", [list(row) for row in rows]), kind="csv"), home()).table


def test_recorded_offences_are_those_of_forces_and_of_classes_counted_here(registers):
    """Other offences and other bodies are left out; British Transport Police has no code."""
    robbery = [[*row[:3], "Robbery", "Robbery", "Robbery", "34B", "7"] for row in recorded_rows()[::2]]
    fraud = ["2023/24", "1", "Action Fraud", "Fraud", "Fraud offences", "Fraud: action fraud", "AF", "66776"]
    ours = recorded_as_ours(_read(RECORDED, *recorded_rows(), *robbery, fraud), registers)
    assert len(ours) == 2 * 4 * 44
    assert set(ours["offence_code"]) == {"8L", "8Q"}
    assert ours.loc[ours["force_code"].isna(), "force_name"].unique().tolist() == ["British Transport Police"]
    kent = ours[ours["force_name"] == "Kent"].iloc[-1].drop(["status", "offences"])
    assert kent.to_dict() == {
        "force_code": "E23000032", "force_name": "Kent", "quarter_start": "2024-01-01", "quarter_end": "2024-03-31",
        "offence_code": "8Q",
    }  # fmt: skip
    assert ours["status"].isna().all()
    assert ours["offences"].tolist() == [row[7] for row in recorded_rows()]


def test_a_file_without_our_offences_stops(registers):
    """What was found is named."""
    rows = [[*row[:3], "Robbery", "Robbery", "Robbery", "34B", "7"] for row in recorded_rows()[::2]]
    with pytest.raises(CheckFailed, match=r"(?s)does not hold offences 8L.*offence_code found:.*34B"):
        recorded_as_ours(_read(RECORDED, *rows), registers)


def test_our_offences_beside_a_body_stop(registers):
    """Action Fraud records no stalking: the columns have slipped."""
    strange = ["2023/24", "1", "Action Fraud", "Stalking", *GROUP, "8Q", "1"]
    with pytest.raises(CheckFailed, match=r"(?s)beside a body that is no police force.*Action Fraud"):
        recorded_as_ours(_read(RECORDED, *recorded_rows(), strange), registers)


def test_outcomes_are_those_of_the_recorded_basis_without_noughts(registers):
    """The other basis counts other offences; a type that no offence has is no row of ours."""
    rows = [[*row[:10], str(at % 2)] for at, row in enumerate(outcome_rows())]
    ours = outcomes_as_ours(_read(OUTCOMES, *rows), registers)
    assert len(ours) == len(rows) // 2
    assert set(ours["offences"]) == {"1"}
    assert set(ours["outcome_type"]) == {"16"}


def test_outcomes_of_the_other_basis_alone_stop(registers):
    """Outcomes assigned in the quarter are never taken for those of offences recorded in it."""
    rows = [row[:10] for row in outcome_rows()]
    with pytest.raises(CheckFailed, match=r"(?s)does not hold outcomes on the recorded basis.*assigned"):
        outcomes_as_ours(_read(OUTCOMES[:10], *rows), registers)


def _people(**columns):
    people = {
        "area_code": ["E23000032", "E12000008", "K04000001"],
        "area_name": ["Kent", "South East", "England and Wales"],
        "area_kind": ["force", "region", "nations"],
    }
    return pd.DataFrame(people).assign(unit="residents", value=pd.array([1, 2, 3], dtype="Int64"), **columns)


def test_a_population_takes_its_year_from_the_entry_where_the_file_has_none():
    """Regions are left out; without a year it stops, and the flag is named."""
    ours = population_as_ours(_people(), mid_year=date(2024, 6, 30))
    assert ours[["area_name", "mid_year", "population"]].to_numpy().tolist() == [
        ["Kent", "2024", "1"], ["England and Wales", "2024", "3"],
    ]  # fmt: skip
    with pytest.raises(CheckFailed, match=r"(?s)neither the file nor its entry.*--mid-year"):
        population_as_ours(_people(), mid_year=None)


def test_a_population_keeps_the_years_of_its_file():
    """A column a year."""
    told = _people(mid_year=pd.to_datetime(["2017-06-30", "2017-06-30", "2018-06-30"]))
    assert population_as_ours(told, mid_year=None)["mid_year"].tolist() == ["2017", "2018"]
