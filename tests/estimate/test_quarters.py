from datetime import date

import pandas as pd
import pytest

from stats.errors import BadCount, BreakCrossed, NotComparable, NotHonest
from stats.estimate.quarters import counts_of, enough, first_quarter_of, position, quarters, uncrossed
from stats.period import Period

TWO_YEARS = Period.parse("2020/21 Q1").through(Period.parse("2021/22 Q4"), by="quarter")


def test_quarters_are_named_by_themselves_or_by_any_day_in_them():
    """A period, its first day and its last lead to the same quarter."""
    assert quarters(TWO_YEARS) == TWO_YEARS
    assert quarters([p.start for p in TWO_YEARS]) == TWO_YEARS
    assert quarters([p.end for p in TWO_YEARS]) == TWO_YEARS
    assert [first_quarter_of([p]) for p in TWO_YEARS] == [2, 3, 4, 1, 2, 3, 4, 1]


@pytest.mark.parametrize("wrong", [[0, 2, 3], [0, 0, 1], [1, 0, 2]], ids=["hole", "twice", "backwards"])
def test_a_hole_in_the_quarters_is_refused(wrong):
    """A missing quarter is not filled in, and one given twice is not two."""
    with pytest.raises(NotComparable, match="without a hole"):
        quarters([TWO_YEARS[at] for at in wrong])


def test_a_year_is_no_quarter():
    """A financial year among quarters would count four times."""
    with pytest.raises(NotComparable, match="is not a quarter"):
        quarters([Period.financial_year(2020)])


@pytest.mark.parametrize("wrong", [-1, 2.5, float("nan"), "3", None])
def test_counts_that_are_none_are_refused(wrong):
    """A share, a correction below zero, a missing count and text stop; whole floats from a table do not."""
    with pytest.raises(BadCount, match="whole and not below zero"):
        counts_of([1, 2, wrong], 3)
    assert counts_of([1.0, 2.0], 2).tolist() == [1, 2]
    with pytest.raises(ValueError, match="one count for each of the 3 quarters"):
        counts_of([1, 2], 3)


def test_too_short_a_series_says_so():
    """Eleven quarters are too short to say, twelve are not."""
    enough(12)
    with pytest.raises(NotHonest, match="too short to say"):
        enough(11)


def test_a_break_inside_is_refused_by_name(a_break):
    """A break at the first day of the span is not inside; a notice never is."""
    uncrossed(TWO_YEARS, [a_break(TWO_YEARS[0].start), a_break(date(2021, 4, 1), kind="notice")], what="a trend")
    inside = a_break(date(2021, 4, 1))
    with pytest.raises(BreakCrossed, match=r"(?s)a trend from .* crosses a registered break.*April 2021"):
        uncrossed(TWO_YEARS, [inside], what="a trend")
    uncrossed(TWO_YEARS, [inside], what="a trend", but=[inside])


def test_a_step_inside_a_quarter_has_no_place():
    """May 2021 lies inside a quarter, which is neither before nor after."""
    assert position(date(2021, 4, 1), TWO_YEARS, name="the step") == 4
    with pytest.raises(NotComparable, match="first day of a quarter"):
        position(date(2021, 5, 1), TWO_YEARS, name="the step")


@pytest.mark.parametrize("day", ["2020/21 Q1", None, pd.NaT, 2020])
def test_what_is_no_day_is_no_quarter(day):
    """Words and missing days are told, row for row, and not guessed at."""
    with pytest.raises(NotComparable, match="is no quarter"):
        quarters([day])
