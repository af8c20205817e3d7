import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.paired import mcnemar, paired_difference
from stats.estimate.shape import WHY_NONE

few = st.integers(0, 60)
tables = st.tuples(few, few, few, few).filter(any)


def test_n_is_the_number_of_pairs():
    """69 of 86 the first time less 61 of 86 the second (Agresti and Min 2005)."""
    found = paired_difference(53, 16, 8, 9, basis="sample")
    assert found.value == 8 / 86
    assert (found.method, found.n, found.unit) == ("tango", 86, "change in share")


def test_pairs_that_never_changed_have_limits():
    """None of 20 changed: 0, and up to z^2 / (n + z^2) either way, as Wilson has for none of n."""
    found = paired_difference(5, 0, 0, 15, basis="sample")
    assert found.value == 0
    assert found.upper == -found.lower == pytest.approx(3.8414588 / 23.8414588)


@pytest.mark.parametrize(("b", "c", "p_value"), [(0, 0, 1), (5, 5, 1), (5, 0, 2 * 0.5**5), (0, 6, 2 * 0.5**6)])
def test_mcnemar_is_twice_the_tail_and_never_above_1(b, c, p_value):
    """Heads and tails among those who changed."""
    found = mcnemar(b, c, basis="sample")
    assert found.p_value == pytest.approx(p_value)
    assert math.isnan(found.statistic)


def test_full_count_says_what_it_supposes():
    """Interval and test alike."""
    words = "as if chance alone moved a full count"
    assert paired_difference(53, 16, 8, 9, basis="full count", as_if=True).method == f"tango, {words}"
    assert mcnemar(16, 8, basis="full count", as_if=True).method == f"mcnemar exact, {words}"


# What is refused


@pytest.mark.parametrize("basis", WHY_NONE)
def test_other_bases_have_no_interval_and_no_test(basis):
    """The share that changed, and with no margin of error."""
    found = paired_difference(53, 16, 8, 9, basis=basis)
    assert found.value == 8 / 86
    assert math.isnan(found.lower)
    with pytest.raises(NotHonest, match=f"a {basis} gets no tango interval"):
        paired_difference(53, 16, 8, 9, basis=basis, method="tango")
    with pytest.raises(NotHonest, match=f"a {basis} gets no test"):
        mcnemar(16, 8, basis=basis)


def test_wald_is_refused():
    """Pairs that never changed would differ by 0 to 0."""
    with pytest.raises(NotHonest, match="the method 'wald' is not published here"):
        paired_difference(5, 0, 0, 15, basis="sample", method="wald")


@pytest.mark.parametrize("counts", [(-1, 1, 1, 1), (1.0, 1, 1, 1), (1, 1, 1, True), (0, 0, 0, 0)])
def test_anything_but_whole_counts_of_pairs_is_refused(counts):
    """No pair at all is refused too."""
    with pytest.raises(BadCount, match="must"):
        paired_difference(*counts, basis="sample")


def test_changes_that_are_not_whole_counts_are_refused():
    """Neither a fraction nor less than none."""
    for b, c in ((1.5, 2), (-1, 2)):
        with pytest.raises(BadCount, match="b, c must be whole counts of pairs"):
            mcnemar(b, c, basis="sample")


# Properties


@given(table=tables, level=st.sampled_from([0.8, 0.95, 0.999]))
def test_interval_holds_the_difference_and_stays_between_minus_1_and_1(table, level):
    """Whatever the counts."""
    found = paired_difference(*table, basis="sample", level=level)
    assert -1 <= found.lower <= found.value <= found.upper <= 1


@given(table=tables)
def test_more_pairs_give_a_narrower_interval(table):
    """The same answers of twice the people."""
    small = paired_difference(*table, basis="sample")
    large = paired_difference(*(2 * count for count in table), basis="sample")
    assert large.upper - large.lower < small.upper - small.lower


@given(table=tables)
def test_times_and_answers_can_be_swapped(table):
    """After less before is the difference turned round; so is the difference of those who said no."""
    a, b, c, d = table
    found = paired_difference(a, b, c, d, basis="sample")
    for turned in ((a, c, b, d), (d, c, b, a)):
        other = paired_difference(*turned, basis="sample")
        assert (other.lower, other.upper) == pytest.approx((-found.upper, -found.lower), abs=1e-9)
    assert mcnemar(b, c, basis="sample") == mcnemar(c, b, basis="sample") or b == c


@given(table=tables, share=st.floats(0, 1))
def test_who_said_the_same_twice_only_counts_in_all(table, share):
    """Yes twice or no twice: it makes no difference to the change."""
    a, b, c, d = table
    moved = round(share * (a + d))
    assert paired_difference(moved, b, c, a + d - moved, basis="sample") == paired_difference(
        a, b, c, d, basis="sample"
    )
