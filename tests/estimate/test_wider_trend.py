import pytest

from stats.estimate.trend import AS_IF_UNEVEN
from stats.estimate.wider_trend import wider_trend
from stats.period import Period

QUARTERS = Period.parse("2018/19 Q1").through(Period.parse("2021/22 Q4"), by="quarter")
Y = [52, 61, 48, 57, 60, 66, 55, 63, 71, 79, 60, 68, 77, 82, 70, 79]
RISING = [703, 686, 800, 696, 1047, 1068, 1061, 1116, 1046, 1245, 1383, 1750, 1932, 2356, 2908, 3200]


@pytest.mark.parametrize(("y", "wider"), [(Y, "quasi"), (RISING, "hac")])
def test_the_wider_interval_is_published_and_both_are_named(y, wider):
    """The same ratio by both; the interval is the wider, the line is its own, and the method names both."""
    both = wider_trend(y, QUARTERS, breaks=[])
    assert both.quasi.ratio.value == both.hac.ratio.value == both.ratio.value
    assert both.ratio.lower == min(both.quasi.ratio.lower, both.hac.ratio.lower)
    assert both.ratio.upper == max(both.quasi.ratio.upper, both.hac.ratio.upper)
    for name in ("quasi-Poisson with t", "Poisson with Newey-West errors, lag 4"):
        assert name in both.ratio.method
    assert both.ratio.method.endswith(AS_IF_UNEVEN)
    assert both.line is getattr(both, wider).line
