"""The parameters of the notebook on trends."""

from __future__ import annotations

from pathlib import Path

import pytest

from stats.errors import BadParameter, BadPeriod, NotToHand, UnknownName
from stats.period import Period
from stats.run.is_it_changing import IsItChanging
from stats.run.parameters import model_of
from stats.run.plan import defaults

ASKED = defaults("is_it_changing", Path(__file__).parents[2])


def test_years_are_read_as_their_quarters() -> None:
    """From the first quarter of one year to the last of another, or from quarter to quarter."""
    asked = IsItChanging.ask(**{**ASKED, "start": "2020/21", "end": "year ending March 2023"})
    assert len(asked.periods) == 12
    assert asked.span == Period.parse("April 2020 to March 2023")
    assert {period.kind for period in asked.periods} == {"quarter"}
    assert model_of("is_it_changing") is IsItChanging


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        ({"area": "Linconshire"}, UnknownName, "Lincolnshire"),
        ({"offence": "8S"}, UnknownName, "assault with injury on a constable"),
        ({"start": "2013/14 Q1"}, NotToHand, "class begins"),
        ({"end": "2026/27 Q1"}, NotToHand, "to hand"),
        ({"start": "2024"}, BadPeriod, "bare year"),
        ({"start": "May 2020"}, BadPeriod, "whole number of quarters"),
        ({"start": "2025/26 Q3", "end": "2020/21 Q1"}, BadPeriod, "before it starts"),
        ({"start": 2020}, BadParameter, "start"),
        ({"by": "quarter"}, BadParameter, "no parameter of this name"),
    ],
)
def test_what_is_wrong_stops_before_anything_runs(wrong: dict[str, object], error: type[Exception], said: str) -> None:
    """A wrong name, class, quarter, type or parameter is named."""
    with pytest.raises(error, match=said):
        IsItChanging.ask(**{**ASKED, **wrong})
