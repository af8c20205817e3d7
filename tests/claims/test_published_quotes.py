"""Every figure that somebody printed and we quote is found in its quote, and read as what was printed."""

import csv
from fractions import Fraction

import pytest

from stats.claims.quantities import Quantity, quantities
from stats.home import home

_NOT_PRINTED = {
    "persons for whom these offences were the principal offences": "the quote is the note of the table, not its cell",
    "Each offender is only counted once in each year": "the quote is the note of the table, not its cell",
    "Stalking and harassment": "the quote is the row of the table, not its cell",
    "IOPC cases are not representative": "the number of files stands elsewhere in the report",
    "coercive control offences in England and Wales": "the quote stops before the number",
    "Inspectors reviewed 112 cases": "'not a single one' stands elsewhere; the base is here",
    "a rate of just 5 per": "the quote stops within 'per cent'",
}
"""Quotes that do not print the value, and why."""


def _rows() -> list[dict[str, str]]:
    with (home() / "data" / "tidy" / "published_figures.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _says(one: Quantity, row: dict[str, str]) -> bool:
    """Whether a quantity is the printed value: inside what it can mean, or the end of 'nearly' and 'more than'."""
    value = Fraction(row["value"]) / (100 if row["unit"] == "percent" else 1)
    if one.reading.holds(value) and one.kind in ("count", "share", "change"):
        return True
    ends = {"more than": one.reading.low, "nearly": one.reading.high}
    return value == ends.get(row["bound"]) or value in (one.count, one.base)


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["figure_id"])
def test_printed_value_is_found_in_its_quote_and_read_right(row):
    """All but the quotes that print no value, each with its reason."""
    if any(part in row["quote"] for part in _NOT_PRINTED):
        assert not any(_says(one, row) for one in quantities(row["quote"]))
        return
    assert any(_says(one, row) for one in quantities(row["quote"]))


def test_every_exception_is_still_needed():
    """A quote that no row has is no exception."""
    quotes = [row["quote"] for row in _rows()]
    assert [part for part in _NOT_PRINTED if not any(part in quote for quote in quotes)] == []
