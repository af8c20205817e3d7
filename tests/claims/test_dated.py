"""Dates, spans of years and directions beside events and the same months before."""

from __future__ import annotations

import pytest

from stats.claims.facts import Facts
from stats.claims.verdict import verdict
from stats.registers.claims import Span


@pytest.fixture(scope="module")
def facts(registers, offences, outcomes, published):
    """All that is to hand."""
    return Facts(registers, offences, outcomes, published)


@pytest.mark.parametrize(
    ("claim", "fields", "expected"),
    [
        ("C004-09", {"value": "2010"}, "contradicted"),
        ("C004-09", {"value": "2012-11"}, "supported"),
        ("C004-09", {"value": "2012-10"}, "contradicted"),
        ("C003-02", {"value": "15"}, "contradicted"),
        ("C002-12", {"value": "2012-01-13"}, "contradicted"),
        ("C004-11", {"words": "falling"}, "contradicted"),
    ],
)
def test_another_date_span_or_direction_is_contradicted(claim, fields, expected, registers, facts):
    """The verdict follows the event, the page or the counts, and not the entry."""
    assert verdict(registers.claim(claim).model_copy(update=fields), facts).verdict == expected


def test_direction_across_a_break_is_not_comparable(registers, facts):
    """From the year ending March 2020 to 2021 former partners' conduct became stalking."""
    period = Span(words="year ending March 2021", start="2020-04-01", end="2021-03-31")
    claim = registers.claim("C004-11").model_copy(update={"offence": "stalking", "period": period, "words": "rose"})
    found = verdict(claim, facts)
    assert found.verdict == "not-comparable"
    assert "April 2020" in found.reason
