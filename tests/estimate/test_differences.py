import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.association import n_minus_1_chi_square
from stats.estimate.differences import LIMITS, counts_of, share_difference, wald_limits
from stats.estimate.proportions import proportion
from stats.estimate.shape import WHY_NONE

methods = st.sampled_from(list(LIMITS))
groups = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
pairs = st.builds(lambda one, two: (*one, *two), groups, groups)


def test_newcombe_is_the_default_and_n_is_both_bases():
    """56 of 70 less 48 of 80 is 20 percentage points, of 150 people (Newcombe 1998, example a)."""
    found = share_difference(56, 70, 48, 80, basis="sample")
    assert (found.method, found.n, found.unit) == ("newcombe", 150, "change in share")
    assert found.value == pytest.approx(0.2)


def test_table_says_row_by_row_what_numbers_say():
    """Forty-three forces in one call: a row each, with the same limits as alone."""
    table = pd.DataFrame({"x1": [5, 0, 10], "n1": [56, 10, 10], "x2": [0, 0, 0], "n2": [29, 20, 20]})
    found = share_difference(table, "x1", "n1", "x2", "n2", basis="sample", method="miettinen-nurminen")
    for row in found.itertuples():
        one = share_difference(row.x1, row.n1, row.x2, row.n2, basis="sample", method="miettinen-nurminen")
        assert (row.lower, row.upper, row.n) == (one.lower, one.upper, one.n)


def test_base_called_n_that_is_not_both_bases_is_refused():
    """The estimate's own n is n1 + n2, and would stand under the name of another number."""
    table = pd.DataFrame({"x1": [5], "n1": [56], "x2": [0], "n": [29]})
    with pytest.raises(ValueError, match="not the base of this estimate"):
        share_difference(table, "x1", "n1", "x2", "n", basis="sample")


@pytest.mark.parametrize("method", LIMITS)
def test_empty_table_stays_empty(method):
    """No rows in, no rows out."""
    table = pd.DataFrame({name: pd.Series(dtype="int64") for name in ("x1", "n1", "x2", "n2")})
    assert share_difference(table, "x1", "n1", "x2", "n2", basis="sample", method=method).empty


def test_wald_would_say_that_none_and_none_are_certainly_alike():
    """What the methodology shows of Wald: 0 of 10 less 0 of 20 from 0 to 0, and beyond 1 unless it is cut off."""
    none, three, all_ = np.array([0]), np.array([3]), np.array([4])
    assert np.concatenate(wald_limits(none, np.array([10]), none, np.array([20]), 0.95)).tolist() == [0, 0]
    assert wald_limits(three, all_, none, all_, 0.95)[1] == 1
    assert wald_limits(three, all_, none, all_, 0.95, clip=(-9, 9))[1] > 1


# Limits of Mee's interval by bisection on 45 digits, the second share by bisection on its own score.
FAR_APART = [
    ((0, 5, 7, 9_000_000), -1.6056207689433907e-06, 0.43448168700572903),
    ((5, 5, 8_999_999, 9_000_000), -0.43448235367211113, 6.294368633370891e-07),
    ((9, 9, 4_999_998, 5_000_000), -0.2991446484198514, 1.4585961247290857e-06),
    ((2, 17_378_831, 1, 1), -0.9999999684402162, -0.20654919929467275),
    ((0, 8, 0, 5_000_000), -7.682911738669763e-07, 0.3244075648838803),
    ((5_948, 118_411, 3, 12), -0.482076353081944, -0.038702882254507034),
]


@pytest.mark.parametrize(("counts", "lower", "upper"), FAR_APART)
def test_a_few_against_millions_keep_all_their_digits(counts, lower, upper):
    """Shares near 0 or 1 of a group that is far larger than the other, whichever stands first."""
    x1, n1, x2, n2 = counts
    found = share_difference(*counts, basis="sample", method="mee")
    assert (found.lower, found.upper) == pytest.approx((lower, upper), rel=0, abs=1e-13)
    turned = share_difference(x2, n2, x1, n1, basis="sample", method="mee")
    assert (turned.upper, turned.lower) == pytest.approx((-lower, -upper), rel=0, abs=1e-13)


# What is refused


@pytest.mark.parametrize("method", ["wald", "score", "newcombe_cc"])
def test_wald_and_unknown_methods_are_refused(method):
    """Wald is reached by no public function."""
    with pytest.raises(NotHonest, match=f"the method '{method}' is not published here"):
        share_difference(5, 56, 0, 29, basis="sample", method=method)


@pytest.mark.parametrize("basis", WHY_NONE)
def test_other_bases_have_a_difference_without_interval(basis):
    """79 of 122 and 60 of 122 who chose to answer differ, with no margin of error; asking for one is refused."""
    found = share_difference(79, 122, 60, 122, basis=basis)
    assert found.value == 79 / 122 - 60 / 122
    assert math.isnan(found.lower)
    assert found.method == WHY_NONE[basis]
    with pytest.raises(NotHonest, match=f"a {basis} gets no newcombe interval"):
        share_difference(79, 122, 60, 122, basis=basis, method="newcombe")


def test_interval_of_full_counts_says_what_it_supposes():
    """Two forces' totals get an interval only as if chance alone moved them."""
    found = share_difference(1_913, 10_023, 2_736, 18_915, basis="full count", as_if=True)
    assert found.method == "newcombe, as if chance alone moved a full count"
    assert found.lower > 0


@pytest.mark.parametrize(
    "counts", [(1.0, 2, 1, 2), (3, 2, 1, 2), (1, 2, 3, 2), (1, 2, -1, 2), (0, 0, 1, 2), (1, 2, 0, 0), (1, 2, True, 2)]
)
def test_anything_but_whole_counts_of_their_bases_is_refused(counts):
    """In either group."""
    with pytest.raises(BadCount, match="x1 of n1 and x2 of n2 must be whole counts"):
        share_difference(*counts, basis="sample")


def test_level_of_95_is_refused():
    """0.95 is meant."""
    with pytest.raises(ValueError, match="level"):
        share_difference(5, 56, 0, 29, basis="sample", level=95)


def test_counts_are_told_from_a_share_only_if_it_is_one_of_counts():
    """X / n gives x back; a share that was weighted or rounded does not."""
    assert counts_of(proportion(5_948, 118_411, basis="sample")) == (5_948, 118_411)
    with pytest.raises(NotHonest, match="cannot be told") as refusal:
        counts_of(share_difference(5, 56, 0, 29, basis="sample"))
    assert "Use share_difference or share_ratio with the counts" in str(refusal.value)


# Properties


@given(counts=pairs, method=methods, level=st.sampled_from([0.8, 0.95, 0.999]))
def test_interval_holds_the_difference_and_stays_between_minus_1_and_1(counts, method, level):
    """No limit says that a share is below 0% or above 100%."""
    found = share_difference(*counts, basis="sample", method=method, level=level)
    assert -1 <= found.lower <= found.value <= found.upper <= 1


@given(counts=pairs, method=methods)
def test_larger_samples_give_a_narrower_interval(counts, method):
    """The same shares of twice the people differ by something known more closely."""
    small = share_difference(*counts, basis="sample", method=method)
    large = share_difference(*(2 * number for number in counts), basis="sample", method=method)
    assert large.upper - large.lower < small.upper - small.lower


@given(counts=pairs, method=methods)
def test_groups_and_answers_can_be_swapped(counts, method):
    """The second less the first is the difference turned round; so is the difference of those who did not."""
    x1, n1, x2, n2 = counts
    found = share_difference(*counts, basis="sample", method=method)
    for turned in ((x2, n2, x1, n1), (n1 - x1, n1, n2 - x2, n2)):
        other = share_difference(*turned, basis="sample", method=method)
        expected = (-found.value, -found.upper, -found.lower)
        assert (other.value, other.lower, other.upper) == pytest.approx(expected, abs=1e-9)


@given(counts=pairs, level=st.sampled_from([0.8, 0.95, 0.99]))
def test_interval_without_0_and_test_agree(counts, level):
    """Miettinen and Nurminen leave 0 out exactly when the N - 1 chi-square rejects."""
    x1, n1, x2, n2 = counts
    if 0 < x1 + x2 < n1 + n2:
        found = share_difference(*counts, basis="sample", method="miettinen-nurminen", level=level)
        p_value = n_minus_1_chi_square(*counts).p_value
        if abs(p_value - (1 - level)) > 1e-9:
            assert (found.lower > 0 or found.upper < 0) == (p_value < 1 - level)


@given(counts=pairs)
def test_wider_by_the_correction_in_this_order(counts):
    """Mee lies inside Miettinen and Nurminen, and Newcombe inside its continuity correction."""
    found = {method: share_difference(*counts, basis="sample", method=method) for method in LIMITS}
    widths = {method: one.upper - one.lower for method, one in found.items()}
    assert widths["mee"] <= widths["miettinen-nurminen"]
    assert widths["newcombe"] <= widths["newcombe-cc"]
