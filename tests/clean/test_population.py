import pandas as pd
import pytest

from stats.clean.population import clean_population
from stats.errors import CheckFailed
from stats.read.population import COLUMNS

NATIONS = {"K04000001": "ENGLAND AND WALES", "E92000001": "ENGLAND", "W92000004": "WALES"}


@pytest.fixture
def published(registers):
    """Mid-2024 as it is published: 43 forces of 10,000 residents, and the nations they make."""
    forces = [(a.code, a.name, "2024", "10000") for a in registers.areas.forces if a.kind == "force"]
    totals = zip(NATIONS, NATIONS.values(), ["2024"] * 3, ["430000", "390000", "40000"], strict=True)
    return pd.DataFrame([*totals, *forces], columns=COLUMNS).astype("str")


def _clean(published, registers):
    return clean_population(published, "a_release", registers)


def _with(published, code, value):
    return published.assign(population=published["population"].mask(published["area_code"] == code, value))


def test_published_populations_become_tidy(registers, published):
    """Forces and nations have a row each, on 30 June, under their names in use."""
    tidy = _clean(published, registers)
    assert list(tidy) == list(registers.tables["population"].columns)
    assert len(tidy) == 46
    assert set(tidy["mid_year"]) == {pd.Timestamp("2024-06-30")}
    assert tidy.set_index("area_code").loc["K04000001", ["area_name", "residents_n"]].tolist() == [
        "England and Wales",
        430_000,
    ]


def test_nations_need_not_be_printed(registers, published):
    """A table of forces alone is whole."""
    assert len(_clean(published[~published["area_code"].isin(NATIONS)], registers)) == 43


def test_missing_force_is_refused(registers, published):
    """A force without residents makes a hole, and is shown by its code and year."""
    gone = published[published["area_code"] != "E23000030"]
    with pytest.raises(
        CheckFailed, match=r"(?s)population of forces does not cover its grid.*E23000030\s+2024-06-30\s+missing"
    ):
        _clean(gone, registers)


def test_force_missing_from_one_year_is_refused(registers, published):
    """Each year wants all its forces."""
    later = published[published["area_code"] != "W15000002"].assign(mid_year="2025")
    with pytest.raises(
        CheckFailed, match=r"(?s)does not cover its grid.*rows:\s+1\n.*W15000002\s+2025-06-30\s+missing"
    ):
        _clean(pd.concat([published, later], ignore_index=True), registers)


@pytest.mark.parametrize(("code", "printed"), [("E92000001", "England"), ("W92000004", "Wales")])
def test_nation_that_does_not_add_up_is_refused(registers, published, code, printed):
    """A digit lost in a total is found by its forces."""
    wrong = _with(published, code, "93000")
    with pytest.raises(CheckFailed, match=rf"(?s)population of {printed} does not add up.*2024-06-30.*93000"):
        _clean(wrong, registers)


def test_wrong_force_is_found_by_its_nation(registers, published):
    """A digit lost in a force is found by the total."""
    with pytest.raises(CheckFailed, match=r"(?s)population of England and Wales does not add up.*510000\s+430000"):
        _clean(_with(published, "E23000032", "90000"), registers)


def test_rounding_is_allowed_and_no_more(registers, published):
    """Four forces and their total, each rounded to 100, may differ by 250; 251 is an error."""
    assert len(_clean(_with(published, "W92000004", "40250"), registers)) == 46
    with pytest.raises(CheckFailed, match=r"population of Wales does not add up \(tolerance 250\)"):
        _clean(_with(published, "W92000004", "40251"), registers)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("10,000", "'population' is not a whole number.*'10,000'"),
        ("4000", r"residents_n: greater_than_or_equal_to\(5000.*4000"),
        (None, "population does not fit its columns.*not_nullable"),
    ],
)
def test_impossible_population_is_refused(registers, published, value, words):
    """A comma, a force of 4,000 residents or an empty cell stops with the row."""
    with pytest.raises(CheckFailed, match="(?s)" + words):
        _clean(_with(published, "E23000032", value), registers)


def test_repeated_area_is_refused(registers, published):
    """An area printed twice for a year is shown twice."""
    with pytest.raises(CheckFailed, match=r"(?s)population has rows with the same area_code, mid_year.*Kent.*Kent"):
        _clean(pd.concat([published, published[published["area_name"] == "Kent"]], ignore_index=True), registers)


@pytest.mark.parametrize("year", ["mid-2024", "24", "2024-06-30"])
def test_year_written_another_way_is_refused(registers, published, year):
    """A year has four digits, and its day is ours to add."""
    with pytest.raises(CheckFailed, match=rf"(?s)'mid_year' is not a date.*{year}"):
        _clean(published.assign(mid_year=year), registers)
