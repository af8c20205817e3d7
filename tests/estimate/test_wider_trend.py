import pytest

from stats.estimate.trend import AS_IF_UNEVEN, trend
from stats.estimate.wider_trend import wider_trend
from stats.period import Period

QUARTERS = Period.parse("2018/19 Q1").through(Period.parse("2021/22 Q4"), by="quarter")
Y = [52, 61, 48, 57, 60, 66, 55, 63, 71, 79, 60, 68, 77, 82, 70, 79]
RISING = [703, 686, 800, 696, 1047, 1068, 1061, 1116, 1046, 1245, 1383, 1750, 1932, 2356, 2908, 3200]


@pytest.mark.parametrize(("y", "is_wider"), [(Y, False), (RISING, True)])
def test_the_wider_interval_is_published_and_both_are_named(y, is_wider):
    """The ratio of both; the interval is quasi-Poisson's or a wider one, and the method names both."""
    both, quasi = wider_trend(y, QUARTERS, breaks=[]), trend(y, QUARTERS, breaks=[])
    assert both.ratio.value == quasi.ratio.value
    assert (both.ratio.lower < quasi.ratio.lower) == (quasi.ratio.upper < both.ratio.upper) == is_wider
    assert both.line.equals(quasi.line) != is_wider
    for name in ("quasi-Poisson with t", "Poisson with Newey-West errors, lag 4"):
        assert name in both.ratio.method
    assert both.ratio.method.endswith(AS_IF_UNEVEN)
