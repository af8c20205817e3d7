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


def found(before=BEFORE, after=AFTER, **options):
    """The ratio of two periods that no break parts; seasons alike, so `before` may be the longer."""
    n = len(before), len(after)
    days = Period.parse("2010/11 Q1").through(Period.parse("2025/26 Q3"), by="quarter")
    return two_period(before, after, **{"dates": (days[: n[0]], days[n[0] : sum(n)]), "breaks": [], **options})


def test_ratio_is_that_of_the_mean_quarters():
    """Periods of unlike length are compared by their mean quarter, and the interval is that of the logs."""
    one = found()
    assert one.ratio.value == pytest.approx(np.mean(AFTER) / np.mean(BEFORE))
    assert one.ratio.lower * one.ratio.upper == pytest.approx(one.ratio.value**2)
    assert (one.ratio.unit, one.ratio.n, one.ratio.basis) == ("ratio", 12, "full count")
    assert one.ratio.method.startswith("quasi-Poisson with t, as if")
    assert one.df_resid == 10


def test_ratio_the_other_way_round_is_its_reciprocal():
    """Before over after turns value and limits round."""
    there, back = found().ratio, found(AFTER, BEFORE).ratio
    assert (back.value, back.lower, back.upper) == pytest.approx((1 / there.value, 1 / there.upper, 1 / there.lower))


def test_t_is_wider_than_normal():
    """With ten quarters to spare Student's t is the honest one."""
    assert found().ratio.lower < found(interval="normal").ratio.lower


def test_estimates_bring_their_quarters_and_breaks(count):
    """Recorded stalking before and after April 2020 is refused; two years after it are compared."""
    years = ("2019/20", "2020/21", "2021/22")
    before, first, second = ([count("Kent", "stalking", f"{year} Q{q}") for q in range(1, 5)] for year in years)
    with pytest.raises(NotComparable, match="across April 2020"):
        two_period(before, first)
    one = two_period(first, second)
    assert one.ratio.contract == second[-1].contract
    assert not math.isnan(one.ratio.lower)


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
    assert two_period(BEFORE, AFTER, dates=DATES, breaks=[a_break(date(2020, 4, 1))]) == found()


def test_unlike_seasons_are_refused():
    """A year against seven quarters holds one winter less in every two."""
    with pytest.raises(NotComparable, match="unlike seasons"):
        two_period(BEFORE, AFTER[:7], dates=(DATES[0], DATES[1][:7]), breaks=[])
    with pytest.raises(NotComparable, match="must start after"):
        two_period(AFTER, BEFORE, dates=DATES[::-1], breaks=[])


def test_less_than_a_year_is_too_short_to_say():
    """Three quarters are no period to compare."""
    with pytest.raises(NotHonest, match="too short to say"):
        found(BEFORE[:3], AFTER)


def test_no_offences_and_no_counts_are_refused():
    """Nothing can be set in ratio to nothing, and minus one is no count."""
    with pytest.raises(NotHonest, match="no ratio"):
        found([0, 0, 0, 0], AFTER)
    with pytest.raises(BadCount):
        found([1, 2, 3, -1], AFTER)


@pytest.mark.parametrize("options", [{"interval": "wald"}, {"level": 95}])
def test_options_that_are_none_are_refused(options):
    """A misspelt interval and a percentage for a level."""
    with pytest.raises(ValueError, match=r"interval|level"):
        found(**options)


@pytest.mark.parametrize("given", [{}, {"dates": DATES}, {"breaks": []}])
def test_counts_without_their_quarters_and_breaks_are_refused(given):
    """Nothing would show a rule that changed between them; what is missing is named, and what to pass."""
    with pytest.raises(NotComparable, match="counts without their quarters and breaks") as refusal:
        two_period(BEFORE, AFTER, **given)
    for name in {"dates", "breaks"} - set(given):
        assert f"{name}:" in str(refusal.value)
    assert "Pass dates=(before, after) and every registered break" in str(refusal.value)


def test_every_quarter_has_its_count():
    """A date more than there are counts would name a span that nobody counted."""
    with pytest.raises(ValueError, match="one count for each of the 8 quarters"):
        two_period(BEFORE, AFTER[:4], dates=DATES, breaks=[])


def test_estimates_mixed_with_counts_or_other_dates_are_refused(count):
    """They bring their own quarters and breaks, which nothing overrides."""
    first, second = (
        [count("Kent", "stalking", f"{year} Q{q}") for q in range(1, 5)] for year in ("2020/21", "2021/22")
    )
    for options in ({"dates": DATES}, {"breaks": []}):
        with pytest.raises(ValueError, match="estimates alone"):
            two_period(first, second, **options)
    with pytest.raises(ValueError, match="estimates alone"):
        two_period(first, [one.value for one in second])


def test_counts_that_bound_no_ratio_are_refused():
    """One offence in a year against a hundred a quarter: four times, or four thousand."""
    with pytest.raises(NotHonest, match="no bound on a ratio"):
        found([0, 0, 0, 1], [100] * 4)
