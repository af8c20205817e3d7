import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.odds import LIMITS, odds_ratio
from stats.estimate.shape import WHY_NONE

methods = st.sampled_from(list(LIMITS))
groups = st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
pairs = st.builds(lambda one, two: (*one, *two), groups, groups)


def test_conditional_is_the_default_and_has_its_own_estimate():
    """28 of 51 against 71 of 230: 2.716 given both margins, 2.726 of the counts."""
    found = odds_ratio(28, 51, 71, 230, basis="sample")
    assert (found.method, found.n, found.unit) == ("conditional-exact", 281, "odds ratio")
    score = odds_ratio(28, 51, 71, 230, basis="sample", method="miettinen-nurminen")
    assert 1 < found.value < score.value == (28 * 159) / (71 * 23)


def test_conditional_upper_end_is_exact():
    """19 of 20 against 4 of 187 at 99%: 183,427.386 by hand in 50 digits, where R's search stops at 4.5e15."""
    assert odds_ratio(19, 20, 4, 187, basis="sample", level=0.99).upper == pytest.approx(183427.38605167339, rel=1e-9)


@pytest.mark.parametrize("method", LIMITS)
@pytest.mark.parametrize(("x1", "x2"), [(0, 0), (10, 20)])
def test_nobody_or_everybody_in_both_has_no_odds_ratio_and_says_so(method, x1, x2):
    """It may be anything from 0 to infinity."""
    found = odds_ratio(x1, 10, x2, 20, basis="sample", method=method)
    assert math.isnan(found.value)
    assert (found.lower, found.upper) == (0, math.inf)
    assert "so there is no odds ratio" in found.method


@pytest.mark.parametrize("method", LIMITS)
def test_edges_have_one_end(method):
    """None of the second group, or all of the first: no upper end; the other way round: from 0."""
    for counts in ((5, 56, 0, 29), (56, 56, 5, 29), (56, 56, 0, 29)):
        found = odds_ratio(*counts, basis="sample", method=method)
        assert 0 < found.lower < found.value == found.upper == math.inf
    for counts in ((0, 56, 5, 29), (5, 56, 29, 29), (0, 56, 29, 29)):
        found = odds_ratio(*counts, basis="sample", method=method)
        assert found.lower == found.value == 0 < found.upper < math.inf


# What is refused


@pytest.mark.parametrize("method", ["wald", "logit"])
def test_unknown_methods_are_refused(method):
    """Those that are published are named."""
    with pytest.raises(NotHonest, match=f"the method '{method}' is not published here"):
        odds_ratio(5, 56, 3, 29, basis="sample", method=method)


@pytest.mark.parametrize("basis", WHY_NONE)
def test_other_bases_have_an_odds_ratio_without_interval(basis):
    """That of the counts, and with no margin of error."""
    found = odds_ratio(28, 51, 71, 230, basis=basis)
    assert found.value == (28 * 159) / (71 * 23)
    assert math.isnan(found.upper)
    assert found.method == WHY_NONE[basis]
    with pytest.raises(NotHonest, match=f"a {basis} gets no conditional-exact interval"):
        odds_ratio(28, 51, 71, 230, basis=basis, method="conditional-exact")


def test_anything_but_whole_counts_of_their_bases_is_refused():
    """As for a difference."""
    with pytest.raises(BadCount, match="x1 of n1 and x2 of n2 must be whole counts"):
        odds_ratio(3, 2, 1, 2, basis="sample")


# Properties


@given(counts=pairs, method=methods, level=st.sampled_from([0.8, 0.95, 0.99]))
def test_interval_holds_the_odds_ratio(counts, method, level):
    """Whatever the counts; where there is none there is nothing to hold."""
    found = odds_ratio(*counts, basis="sample", method=method, level=level)
    assert 0 <= found.lower < found.upper <= math.inf
    assert math.isnan(found.value) or found.lower <= found.value <= found.upper


@given(counts=pairs, method=methods)
def test_larger_samples_give_a_narrower_interval(counts, method):
    """The same odds in twice the people: the lower end rises and the upper end falls, unless it cannot."""
    small = odds_ratio(*counts, basis="sample", method=method)
    large = odds_ratio(*(2 * number for number in counts), basis="sample", method=method)
    assert small.lower < large.lower or large.lower == 0
    assert large.upper < small.upper or large.upper == math.inf


@given(counts=pairs, method=methods)
def test_groups_and_answers_can_be_swapped(counts, method):
    """Either swap turns the odds ratio over."""
    x1, n1, x2, n2 = counts
    one = odds_ratio(*counts, basis="sample", method=method)
    for turned in ((x2, n2, x1, n1), (n1 - x1, n1, n2 - x2, n2)):
        other = odds_ratio(*turned, basis="sample", method=method)
        for end, opposite in ((one.lower, other.upper), (one.upper, other.lower)):
            assert opposite == pytest.approx(1 / end if end else math.inf, rel=1e-6)


def test_the_exact_odds_ratio_of_very_many_people_is_refused():
    """It would take minutes; the score interval says the same."""
    with pytest.raises(BadCount, match="miettinen-nurminen"):
        odds_ratio(40_000, 50_000, 30_000, 50_000, basis="sample")


def test_score_limits_of_great_odds_keep_their_digits():
    """All but one against one, of 100,000 each, as the definition gives it with 60 digits."""
    found = odds_ratio(99_999, 100_000, 1, 100_000, basis="sample", method="miettinen-nurminen")
    assert (found.lower, found.upper) == pytest.approx((752026325.006006, 132968749543.7091), rel=1e-9)
