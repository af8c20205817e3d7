import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.ratios import LIMITS, share_ratio
from stats.estimate.shape import WHY_NONE

guarded = [method for method in LIMITS if method != "katz-log"]
methods = st.sampled_from(guarded)
groups = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
pairs = st.builds(lambda one, two: (*one, *two), groups, groups)


def test_mover_is_the_default_and_n_is_both_bases():
    """24 of 73 over 53 of 65 (Fagerland and Newcombe 2013)."""
    found = share_ratio(24, 73, 53, 65, basis="sample")
    assert (found.method, found.n, found.unit) == ("mover-wilson", 138, "ratio")
    assert found.value == pytest.approx((24 / 73) / (53 / 65))


def test_table_says_row_by_row_what_numbers_say():
    """Rows at the edge do not disturb the others."""
    table = pd.DataFrame({"x1": [5, 0, 0, 10], "n1": [56, 10, 10, 10], "x2": [0, 5, 0, 20], "n2": [29, 20, 20, 20]})
    for method in guarded:
        found = share_ratio(table, "x1", "n1", "x2", "n2", basis="sample", method=method)
        for row in found.itertuples():
            one = share_ratio(row.x1, row.n1, row.x2, row.n2, basis="sample", method=method)
            assert (row.lower, row.upper, row.method) == (one.lower, one.upper, one.method)


# The edges


@pytest.mark.parametrize("method", guarded)
def test_all_of_the_second_group_gives_real_numbers(method):
    """29 of 55 over 11 of 11, where statsmodels gives complex numbers."""
    found = share_ratio(29, 55, 11, 11, basis="sample", method=method)
    assert {type(found.lower), type(found.upper)} == {float}
    assert 0 < found.lower < found.value < found.upper < 1


@pytest.mark.parametrize("method", guarded)
def test_none_of_the_second_group_has_no_upper_end(method):
    """5 of 56 over 0 of 29 is at least so many times, and infinitely many."""
    found = share_ratio(5, 56, 0, 29, basis="sample", method=method)
    assert found.value == found.upper == math.inf
    assert 0 < found.lower < math.inf


@pytest.mark.parametrize("method", guarded)
def test_none_of_the_first_group_starts_at_0(method):
    """0 of 29 over 5 of 56 is at most so many times."""
    found = share_ratio(0, 29, 5, 56, basis="sample", method=method)
    assert found.value == found.lower == 0
    assert 0 < found.upper < math.inf


@pytest.mark.parametrize("method", guarded)
def test_none_of_either_is_no_number_and_says_so(method):
    """0 over 0 may be anything from 0 to infinity."""
    found = share_ratio(0, 10, 0, 20, basis="sample", method=method)
    assert math.isnan(found.value)
    assert (found.lower, found.upper) == (0, math.inf)
    assert found.method == f"{method}; none in either group, so there is no ratio"


@pytest.mark.parametrize("method", guarded)
def test_all_of_both_is_1_within_limits(method):
    """10 of 10 over 20 of 20 is 1, and not surely so."""
    found = share_ratio(10, 10, 20, 20, basis="sample", method=method)
    assert found.lower < found.value == 1 < found.upper


# What is refused


@pytest.mark.parametrize("counts", [(0, 10, 5, 20), (5, 10, 0, 20), (0, 10, 0, 20), (10, 10, 20, 20)])
def test_katz_is_refused_at_the_edges(counts):
    """It has no limits there, or says of 10 of 10 over 20 of 20 that it is 1 to 1."""
    with pytest.raises(BadCount, match=r"katz-log has no limits .* and mover-wilson has"):
        share_ratio(*counts, basis="sample", method="katz-log")


@pytest.mark.parametrize("method", ["wald", "log", "score"])
def test_unknown_methods_are_refused(method):
    """Those that are published are named."""
    with pytest.raises(NotHonest, match=f"the method '{method}' is not published here") as refusal:
        share_ratio(5, 56, 3, 29, basis="sample", method=method)
    assert "mover-wilson, koopman, miettinen-nurminen, katz-log" in str(refusal.value)


@pytest.mark.parametrize("basis", WHY_NONE)
def test_other_bases_have_a_ratio_without_interval(basis):
    """Of people who chose to answer, and with no margin of error."""
    found = share_ratio(79, 122, 60, 122, basis=basis)
    assert found.value == pytest.approx(79 / 60)
    assert math.isnan(found.upper)
    assert found.method == WHY_NONE[basis]
    with pytest.raises(NotHonest, match=f"a {basis} gets no koopman interval"):
        share_ratio(79, 122, 60, 122, basis=basis, method="koopman")


@pytest.mark.parametrize("counts", [(1.0, 2, 1, 2), (3, 2, 1, 2), (1, 2, 3, 2), (0, 0, 1, 2), (1, 2, 0, 0)])
def test_anything_but_whole_counts_of_their_bases_is_refused(counts):
    """In either group."""
    with pytest.raises(BadCount, match="x1 of n1 and x2 of n2 must be whole counts"):
        share_ratio(*counts, basis="sample")


# Properties


@given(counts=pairs, method=methods, level=st.sampled_from([0.8, 0.95, 0.999]))
def test_interval_holds_the_ratio_and_stays_between_0_and_infinity(counts, method, level):
    """Whatever the counts; where there is no ratio there is nothing to hold."""
    found = share_ratio(*counts, basis="sample", method=method, level=level)
    assert 0 <= found.lower < found.upper <= math.inf
    assert math.isnan(found.value) or found.lower <= found.value <= found.upper


@given(counts=pairs, method=methods)
def test_larger_samples_give_a_narrower_interval(counts, method):
    """The same shares of twice the people: the lower end rises and the upper end falls, unless it cannot."""
    small = share_ratio(*counts, basis="sample", method=method)
    large = share_ratio(*(2 * number for number in counts), basis="sample", method=method)
    assert small.lower < large.lower or large.lower == 0
    assert large.upper < small.upper or large.upper == math.inf


@given(counts=pairs, method=methods)
def test_groups_can_be_swapped(counts, method):
    """The second over the first is the first over the second turned over."""
    x1, n1, x2, n2 = counts
    one = share_ratio(x1, n1, x2, n2, basis="sample", method=method)
    other = share_ratio(x2, n2, x1, n1, basis="sample", method=method)
    for end, opposite in ((one.lower, other.upper), (one.upper, other.lower)):
        assert opposite == pytest.approx(1 / end if end else math.inf, rel=1e-9)


def test_score_limits_of_a_great_ratio_keep_their_digits():
    """All of a million against one in a hundred million, as the definition gives it with 60 digits."""
    found = share_ratio(10**6, 10**6, 1, 10**8, basis="sample", method="koopman")
    assert (found.lower, found.upper) == pytest.approx((17652456.19343732, 566493425.8759751), rel=1e-12)
