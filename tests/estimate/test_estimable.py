from datetime import date

import numpy as np
import pytest

from stats.errors import NotComparable, NotHonest
from stats.estimate.estimable import BEYOND, bounded, enough_offences, no_more_than_poisson, steps_at, told_apart
from stats.estimate.trend_models import design, poisson
from stats.period import Period

QUARTERS = Period.parse("2018/19 Q1").through(Period.parse("2021/22 Q4"), by="quarter")


def test_five_offences_a_quarter_are_enough_and_fewer_are_not():
    """On average: one quarter may have none."""
    enough_offences(np.array([0, 10, 0, 10]))
    with pytest.raises(NotHonest, match="too few to say: a level wants 5 offences a quarter") as refusal:
        enough_offences(np.array([0, 10, 0, 9]), what="a level")
    assert "19 in 4 quarters" in str(refusal.value)


@pytest.mark.parametrize(
    ("lower", "upper"), [(0.5, BEYOND), (1 / BEYOND, 2.0), (0, 2), (0.5, np.inf), (np.nan, np.nan)]
)
def test_interval_that_reaches_a_thousand_times_says_nothing(lower, upper):
    """Nor one that reaches a thousandth, nor none at all; one inside says something."""
    bounded(1.001 / BEYOND, 0.999 * BEYOND)
    with pytest.raises(NotHonest, match="no bound on a step"):
        bounded(lower, upper, what="a step")


def test_levels_begin_at_their_breaks(a_break):
    """In the order given, a year from both ends and from each other."""
    assert steps_at([a_break(date(2021, 4, 1)), a_break(date(2019, 4, 1))], QUARTERS) == [12, 4]
    assert steps_at([], QUARTERS) == []


def test_levels_of_less_than_a_year_are_refused(a_break):
    """At an end, between two breaks in either order, or between a break and itself; both breaks are named."""
    with pytest.raises(NotHonest, match="the level on either side of a break"):
        steps_at([a_break(date(2021, 7, 1))], QUARTERS)
    with pytest.raises(NotComparable, match="first day of a quarter"):
        steps_at([a_break(date(2020, 5, 1))], QUARTERS)
    one, other = a_break(date(2019, 10, 1)), a_break(date(2020, 7, 1))
    for pair in ([one, other], [other, one]):
        with pytest.raises(NotHonest, match="within a year of each other") as refusal:
            steps_at(pair, QUARTERS)
        assert str(refusal.value).index("October 2019") < str(refusal.value).index("July 2020")
        assert "cannot be told from season" in str(refusal.value)
    with pytest.raises(NotHonest, match="within a year of each other"):
        steps_at([one, one], QUARTERS)


def test_terms_that_are_one_cannot_be_told_apart():
    """A level for each year of three is a trend with its season; four quarters are fewer than the terms."""
    told_apart(design(16, steps=[4, 8]))
    for x in (design(12, steps=[4, 8]), design(4)):
        with pytest.raises(NotHonest, match="too few to tell trend, season and steps apart"):
            told_apart(x)


def test_counts_that_vary_more_than_poisson_counts_are_no_poisson_counts():
    """The same counts a hundredfold vary a hundred times more."""
    y = np.array([52.0, 61, 48, 57, 60, 66, 55, 63, 71, 79, 60, 68])
    x = design(12, season=False)
    no_more_than_poisson(poisson(y, x))
    with pytest.raises(NotHonest, match="too narrow"):
        no_more_than_poisson(poisson(100 * y, x))
