"""Offence codes that publishers print: each in use from one financial year to another."""

from __future__ import annotations

import pytest

from stats.errors import RegisterError
from stats.home import home
from stats.period import Period
from stats.registers.published_codes import load_published_codes


@pytest.fixture(scope="module")
def codes():
    """The codes of this repository."""
    return load_published_codes(home() / "data" / "registers").offences


@pytest.mark.parametrize(
    ("code", "words", "used"),
    [
        ("8Q", "2013/14", False),
        ("8Q", "Jan-Mar 2014", False),
        ("8Q", "Apr-Jun 2014", True),
        ("8Q", "year ending September 2014", True),
        ("65", "2012/13", True),
        ("65", "2013/14", False),
        ("8L", "2003/04", True),
    ],
)
def test_a_code_was_used_in_a_period_that_shares_a_year_with_it(codes, code, words, used) -> None:
    """A year that lies across its first day counts; a code without a bound has always been used."""
    assert codes[code].was_used(Period.parse(words)) is used


def test_first_years_never_come_after_last_ones(codes) -> None:
    """Nor does a code end before it begins."""
    bounded = [code for code in codes.values() if code.first_year and code.last_year]
    assert all(code.first_year <= code.last_year for code in bounded)


def test_codes_of_stalking_and_harassment_begin_as_in_the_register_of_offences(codes, registers) -> None:
    """Two registers, one history: a code starts with the year of its first day, unless that is where the data begin."""
    for offence in registers.offences.by_code.values():
        first = codes[offence.code].first_year
        assert first is None or Period.parse(first).start == offence.valid_from


def test_every_english_force_has_one_region(registers) -> None:
    """The forces of Wales and British Transport Police have none."""
    regions = load_published_codes(home() / "data" / "registers").regions.values()
    inside = sorted(code for region in regions for code in region.forces)
    assert inside == sorted(force.code for force in registers.areas.forces if force.part_of == "E92000001")


def test_a_name_of_two_codes_is_known_for_each(codes) -> None:
    """Code 72 was once printed under the name of threats to kill; that is a spelling of it, and no more its name."""
    known = load_published_codes(home() / "data" / "registers").codes_named
    assert known["threats to kill"] == {"3B", "72"}
    assert codes["72"].name == "Trafficking for sexual exploitation"
    assert known["stalking"] == {"8Q"}


def test_a_bound_that_is_no_financial_year_stops(broken) -> None:
    """With the file and the entry."""
    broken.damage("registers/offence_codes.csv", "8Q,Stalking,2014/15,", "8Q,Stalking,2014,")
    with pytest.raises(RegisterError, match=r"financial year|does not fit") as stopped:
        load_published_codes(broken.root / "data" / "registers")
    assert "offence_codes.csv" in str(stopped.value)
