"""What a word for an area, an offence or a period stands for in a matrix."""

from __future__ import annotations

import pytest

from stats.errors import BadParameter, BadPeriod, NotCovered, UnknownName
from stats.registers import load
from stats.run.axes import resolved
from stats.run.parameters import MODELS

REGISTERS = load()


def of(axis: str, *words: str, notebook: str | None = None):
    """What words of an axis stand for."""
    return resolved(axis, words, REGISTERS, MODELS[notebook] if notebook else None)


def test_all_areas_are_the_forces_that_make_up_england_and_wales() -> None:
    """43 and British Transport Police: no area is in another, and together they are the whole."""
    whole = REGISTERS.areas.members(REGISTERS.areas.find("England and Wales"))
    assert set(of("area", "all")) == {area.name for area in whole}
    assert len(of("area", "all")) == 44
    assert set(of("area", "all")) - set(of("area", "forces")) == {"British Transport Police"}
    assert of("area", "nations") == ("England", "England and Wales", "Wales")


def test_names_aliases_and_codes_of_one_thing_are_one() -> None:
    """Written as the register writes it, in the order in which they were first named."""
    assert of("area", "Heddlu Gwent", "lincs", "E23000020", "Gwent") == ("Gwent", "Lincolnshire")
    assert of("offence", "stalking offences", "8q", "8Q", "stalking") == ("stalking", "8Q")
    assert of("period", "year ending March 2025", "2024/25", "2024-04-01 to 2025-03-31") == ("2024/25",)


def test_a_code_stays_text() -> None:
    """8E1 is no number, and an offence's code is found by itself again."""
    assert all(REGISTERS.offences.find(code).codes == (code,) for code in of("offence", "codes"))
    with pytest.raises(UnknownName):
        of("offence", "8E1")


def test_groups_of_offences_and_periods() -> None:
    """Every group of the register; every whole year, or quarter, that the notebook's table covers."""
    assert of("offence", "all") == tuple(REGISTERS.offences.groups)
    assert of("period", "all", notebook="charge_share") == ("2024/25",)
    assert len(of("period", "quarters", notebook="charge_share")) == 4
    years = of("period", "all", notebook="recorded_offences")
    assert (years[0], years[-1], len(years)) == ("2012/13", "2024/25", 13)


def test_a_span_of_two_periods_is_kept_as_one() -> None:
    """For a notebook that draws a series; months from one to another are one period by themselves."""
    assert of("period", "year ending March 2015 to 2024/25") == ("2014/15 to 2024/25",)
    assert of("period", "April to June 2024") == ("2024/25 Q1",)


@pytest.mark.parametrize(
    ("axis", "word", "error"),
    [("area", "Lincon", UnknownName), ("area", "Scotland", NotCovered), ("offence", "burglary", UnknownName),
     ("period", "2024", BadPeriod), ("period", "2014/15 to 2024", BadPeriod), ("period", "2024/26", BadPeriod)],
)  # fmt: skip
def test_a_wrong_word_stops(axis: str, word: str, error: type[Exception]) -> None:
    """With the nearest right one."""
    with pytest.raises(error):
        of(axis, word)


def test_a_notebook_without_a_table_has_no_periods_of_its_own() -> None:
    """They have to be named."""
    with pytest.raises(BadParameter, match="no table"):
        of("period", "all", notebook="people_and_case_files")
