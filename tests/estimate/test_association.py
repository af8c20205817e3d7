import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.association import chi_square, k_by_two, pearson_chi_square, two_by_two
from stats.estimate.shape import WHY_NONE

groups = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
pairs = st.builds(lambda one, two: (*one, *two), groups, groups)


@pytest.mark.parametrize(
    ("counts", "method"),
    [
        ((5, 56, 1, 29), "n-1 chi-square"),  # expected 2.05 at least
        ((1, 50, 1, 50), "n-1 chi-square"),  # exactly 1
        ((1, 51, 1, 49), "fisher exact"),  # 0.98
        ((3, 10, 0, 4), "fisher exact"),
        ((50, 51, 48, 49), "fisher exact"),  # too few who did not
        ((0, 10, 0, 20), "fisher exact"),
    ],
)
def test_fisher_is_chosen_where_an_expected_count_is_below_1(counts, method):
    """Campbell's rule, at its edge, for those who did and those who did not."""
    assert two_by_two(*counts, basis="sample").method == method


def test_exact_test_has_no_statistic():
    """A p-value, and nothing to be compared with a table of chi-squares."""
    found = two_by_two(3, 10, 0, 4, basis="sample")
    assert math.isnan(found.statistic)
    assert math.isnan(found.df)
    assert 0 < found.p_value <= 1


def test_nobody_at_all_is_no_evidence():
    """0 of 10 and 0 of 20 are as alike as can be."""
    assert two_by_two(0, 10, 0, 20, basis="sample").p_value == 1


def test_three_groups_have_two_degrees_of_freedom():
    """A list of counts and a list of bases."""
    assert k_by_two([40, 40, 110], [1082, 1254, 1500], basis="sample").df == 2


def test_test_of_full_counts_says_what_it_supposes():
    """Two forces' totals are tested only as if chance alone moved them."""
    for found in (
        two_by_two(1_913, 10_023, 2_736, 18_915, basis="full count", as_if=True),
        k_by_two([1_913, 2_736], [10_023, 18_915], basis="full count", as_if=True),
    ):
        assert found.method.endswith("chi-square, as if chance alone moved a full count")


# What is refused


@pytest.mark.parametrize("basis", WHY_NONE)
def test_numbers_that_chance_did_not_move_are_not_tested(basis):
    """A p-value of people who chose to answer says nothing about anybody else."""
    for test, counts in ((two_by_two, (79, 122, 60, 122)), (k_by_two, ([79, 60], [122, 122]))):
        with pytest.raises(NotHonest, match=f"a {basis} gets no test") as refusal:
            test(*counts, basis=basis)
        assert WHY_NONE[basis] in str(refusal.value)
        assert ("as_if=True" if basis == "full count" else "Give the counts") in str(refusal.value)


def test_as_if_does_not_help_people_who_chose_to_answer():
    """It is for full counts alone."""
    with pytest.raises(NotHonest, match="a self-selected gets no test"):
        two_by_two(79, 122, 60, 122, basis="self-selected", as_if=True)


def test_unknown_tests_and_bases_are_refused():
    """Those there are, are named."""
    with pytest.raises(NotHonest, match="the test 'wald' is not published here") as refusal:
        two_by_two(5, 56, 3, 29, basis="sample", method="wald")
    assert "n-1 chi-square, fisher exact, pearson chi-square" in str(refusal.value)
    with pytest.raises(ValueError, match="self-selected"):
        two_by_two(5, 56, 3, 29, basis="survey")


@pytest.mark.parametrize("x", [(0, 0), (10, 20)])
def test_chi_square_of_nobody_or_everybody_is_refused(x):
    """It would be 0 over 0."""
    with pytest.raises(BadCount, match="somebody who is a case and somebody who is none"):
        two_by_two(x[0], 10, x[1], 20, basis="sample", method="n-1 chi-square")
    with pytest.raises(BadCount, match="somebody who is a case and somebody who is none"):
        k_by_two(x, (10, 20), basis="sample")
    assert math.isnan(chi_square(x, (10, 20)).p_value)


@pytest.mark.parametrize(
    ("x", "n"), [([1], [2]), ([1, 3], [2, 2]), ([1.0, 1.0], [2, 2]), ([1, 1], [2, 0]), ([1, 1, 1], [2, 2])]
)
def test_groups_that_are_not_whole_counts_are_refused(x, n):
    """One group alone, more than all, fractions, an empty group, a base too few."""
    with pytest.raises(BadCount, match="whole counts of two groups or more"):
        k_by_two(x, n, basis="sample")


def test_two_groups_that_are_not_whole_counts_are_refused():
    """As for a difference."""
    with pytest.raises(BadCount, match="x1 of n1 and x2 of n2 must be whole counts"):
        two_by_two(3, 2, 1, 2, basis="sample")


# Properties


@given(counts=pairs, method=st.sampled_from([None, "fisher exact"]))
def test_swaps_do_not_change_the_evidence(counts, method):
    """Of groups, or of those who did and those who did not."""
    x1, n1, x2, n2 = counts
    p_value = two_by_two(*counts, basis="sample", method=method).p_value
    assert 0 <= p_value <= 1
    for turned in ((x2, n2, x1, n1), (n1 - x1, n1, n2 - x2, n2)):
        assert two_by_two(*turned, basis="sample", method=method).p_value == pytest.approx(p_value, rel=1e-6)


@given(counts=pairs)
def test_n_minus_1_is_the_milder_test_and_two_groups_are_k_groups(counts):
    """(N - 1) / N of Pearson's chi-square, which is that of two groups in a list."""
    x1, n1, x2, n2 = counts
    if 0 < x1 + x2 < n1 + n2:
        pearson = pearson_chi_square(*counts)
        milder = two_by_two(*counts, basis="sample", method="n-1 chi-square")
        assert milder.p_value >= pearson.p_value
        assert k_by_two([x1, x2], [n1, n2], basis="sample") == pearson
