import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.rate_changes import rate_difference, rate_ratio, rate_ratio_test

events = st.integers(1, 400)
exposures = st.floats(1, 1e5)


@pytest.mark.parametrize("method", ["exact", "score"])
@given(x1=events, t1=exposures, x2=events, t2=exposures)
def test_ratio_turned_round_is_one_over_it(method, x1, t1, x2, t2):
    """Which rate comes first is a choice, and changes nothing."""
    one, other = (
        rate_ratio(x1, t1, x2, t2, basis="sample", method=method),
        rate_ratio(x2, t2, x1, t1, basis="sample", method=method),
    )
    assert one.lower <= one.value <= one.upper
    assert one.lower == pytest.approx(1 / other.upper, rel=1e-6)


@given(x1=st.integers(0, 400), t1=exposures, x2=st.integers(0, 400), t2=exposures)
def test_difference_turned_round_is_its_mirror(x1, t1, x2, t2):
    """Less and more by the same amount; the interval holds the difference."""
    one, other = (rate_difference(*numbers, basis="sample") for numbers in ((x1, t1, x2, t2), (x2, t2, x1, t1)))
    near = 1e-9 * (1000 + abs(one.lower) + abs(one.upper))
    assert one.lower - near <= one.value <= one.upper + near
    assert one.lower == pytest.approx(-other.upper, abs=1e-6 * (abs(one.lower) + 1))


def test_exact_interval_and_test_agree():
    """The interval holds 1 just where the one-sided halves of the test do not reject."""
    assert rate_ratio_test(30, 40, 7, 30, basis="sample").p_value < 0.05
    assert rate_ratio(30, 40, 7, 30, basis="sample").lower > 1
    same = rate_ratio_test(12, 100, 12, 100, basis="sample")
    assert (same.p_value, same.statistic, same.n) == (1, 12, 24)


def test_difference_of_none_and_none_has_limits():
    """No events on either side: zero, between the two most that zero allows."""
    found = rate_difference(0, 100, 0, 200, basis="sample", per=1)
    assert found.value == 0
    assert found.lower == pytest.approx(-(1.959964**2) / 200)
    assert found.upper == pytest.approx(1.959964**2 / 100)


def test_full_counts_get_no_interval_unless_asked_as_if():
    """Recorded counts of two years: the ratio alone."""
    assert math.isnan(rate_ratio(12, 100, 8, 100, basis="full count").lower)
    assert "as if" in rate_difference(12, 100, 8, 100, basis="full count", as_if=True).method


def test_ratio_to_none_is_refused():
    """Twelve to none is not infinitely many times more."""
    with pytest.raises(BadCount, match="second count must be above 0"):
        rate_ratio(12, 100, 0, 100, basis="full count")


def test_test_of_none_against_none_is_refused():
    """There is nothing to test."""
    with pytest.raises(BadCount, match="one of the two counts"):
        rate_ratio_test(0, 10, 0, 10, basis="sample")


@pytest.mark.parametrize("numbers", [(-1, 10, 3, 10), (1, 0, 3, 10), (1, 10, 3, -1), (1.5, 10, 3, 10)])
def test_bad_counts_are_refused(numbers):
    """In a ratio, a difference and a test alike."""
    for ask in (rate_ratio, rate_difference):
        with pytest.raises(BadCount, match="exposure above 0"):
            ask(*numbers, basis="sample")
    with pytest.raises(BadCount, match="exposure above 0"):
        rate_ratio_test(*numbers, basis="sample")


def test_wald_is_refused():
    """Neither a ratio nor a difference is published with it."""
    for ask in (rate_ratio, rate_difference):
        with pytest.raises(NotHonest, match="not published"):
            ask(3, 10, 5, 10, basis="sample", method="wald")


@pytest.mark.parametrize("basis", ["full count", "self-selected", "case audit"])
def test_rates_that_were_not_sampled_get_no_test(basis):
    """Recorded counts of two areas are tested only as if chance alone moved them, and the method says so."""
    with pytest.raises(NotHonest, match=f"a {basis} gets no test"):
        rate_ratio_test(30, 40, 7, 30, basis=basis)
    found = rate_ratio_test(30, 40, 7, 30, basis="full count", as_if=True)
    assert found.method == "exact conditional, as if chance alone moved a full count"
