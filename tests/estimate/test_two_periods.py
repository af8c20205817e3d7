import math
from datetime import date

import numpy as np
import pytest

from stats.errors import BadCount, BreakCrossed, NotComparable, NotHonest
from stats.estimate.two_periods import two_period
from stats.period import Period

BEFORE, AFTER = [112, 98, 104, 121], [130, 118, 109, 139, 128, 121, 117, 142]
DATES = (
    Period.parse("2020/21 Q1").through(Period.parse("2020/21 Q4"), by="quarter"),
    Period.parse("2021/22 Q1").through(Period.parse("2022/23 Q4"), by="quarter"),
)


def test_ratio_is_that_of_the_mean_quarters():
    """Periods of unlike length are compared by their mean quarter, and the interval is that of the logs."""
    found = two_period(BEFORE, AFTER)
    assert found.ratio.value == pytest.approx(np.mean(AFTER) / np.mean(BEFORE))
    assert found.ratio.lower * found.ratio.upper == pytest.approx(found.ratio.value**2)
    assert (found.ratio.unit, found.ratio.n, found.ratio.basis) == ("ratio", 12, "full count")
    assert found.ratio.method.startswith("quasi-Poisson with t, as if")
    assert found.df_resid == 10


def test_ratio_the_other_way_round_is_its_reciprocal():
    """Before over after turns value and limits round."""
    there, back = two_period(BEFORE, AFTER).ratio, two_period(AFTER, BEFORE).ratio
    assert (back.value, back.lower, back.upper) == pytest.approx((1 / there.value, 1 / there.upper, 1 / there.lower))


def test_t_is_wider_than_normal():
    """With ten quarters to spare Student's t is the honest one."""
    assert two_period(BEFORE, AFTER).ratio.lower < two_period(BEFORE, AFTER, interval="normal").ratio.lower


def test_estimates_bring_their_quarters_and_breaks(count):
    """Recorded stalking before and after April 2020 is refused; two years after it are compared."""
    years = ("2019/20", "2020/21", "2021/22")
    before, first, second = ([count("Kent", "stalking", f"{year} Q{q}") for q in range(1, 5)] for year in years)
    with pytest.raises(NotComparable, match="across April 2020"):
        two_period(before, first)
    found = two_period(first, second)
    assert found.ratio.contract == second[-1].contract
    assert not math.isnan(found.ratio.lower)


def test_estimates_of_two_areas_are_refused(count):
    """A change over time is of one area."""
    kent = [count("Kent", "stalking", f"2020/21 Q{q}") for q in range(1, 5)]
    essex = [count("Essex", "stalking", f"2021/22 Q{q}") for q in range(1, 5)]
    with pytest.raises(NotComparable, match="area and in period"):
        two_period(kent, essex)


def test_dates_show_a_break_between_or_inside(a_break):
    """Between the periods, or inside one of them."""
    for day in (date(2021, 4, 1), date(2022, 1, 1), date(2020, 5, 1)):
        with pytest.raises(BreakCrossed):
            two_period(BEFORE, AFTER, dates=DATES, breaks=[a_break(day)])
    assert two_period(BEFORE, AFTER, dates=DATES, breaks=[a_break(date(2020, 4, 1))]) == two_period(BEFORE, AFTER)


def test_unlike_seasons_are_refused():
    """A year against seven quarters holds one winter less in every two."""
    with pytest.raises(NotComparable, match="unlike seasons"):
        two_period(BEFORE, AFTER[:7], dates=(DATES[0], DATES[1][:7]), breaks=[])
    with pytest.raises(NotComparable, match="must start after"):
        two_period(AFTER, BEFORE, dates=DATES[::-1], breaks=[])
    with pytest.raises(ValueError, match="every registered break"):
        two_period(BEFORE, AFTER, dates=DATES)


def test_less_than_a_year_is_too_short_to_say():
    """Three quarters are no period to compare."""
    with pytest.raises(NotHonest, match="too short to say"):
        two_period(BEFORE[:3], AFTER)


def test_no_offences_and_no_counts_are_refused():
    """Nothing can be set in ratio to nothing, and minus one is no count."""
    with pytest.raises(NotHonest, match="no ratio"):
        two_period([0, 0, 0, 0], AFTER)
    with pytest.raises(BadCount):
        two_period([1, 2, 3, -1], AFTER)


@pytest.mark.parametrize("options", [{"interval": "wald"}, {"level": 95}])
def test_options_that_are_none_are_refused(options):
    """A misspelt interval and a percentage for a level."""
    with pytest.raises(ValueError, match=r"interval|level"):
        two_period(BEFORE, AFTER, **options)
