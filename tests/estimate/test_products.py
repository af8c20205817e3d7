import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.products import share_product
from stats.estimate.proportions import proportion
from stats.estimate.shape import WHY_NONE

groups = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
pairs = st.builds(lambda one, two: (*one, *two), groups, groups).filter(lambda p: p[0] or p[2])


def product(*counts, basis="sample", **options):
    """Return the product of two samples that are said to be two."""
    return share_product(*counts, basis=basis, independent_samples=True, **options)


def test_share_of_a_share_has_the_unit_of_one():
    """15% of half is 7.5%, from 1,400 people in two samples."""
    found = product(150, 1000, 200, 400)
    assert found.value == pytest.approx(0.075)
    assert (found.method, found.n, found.unit) == ("log-mover-wilson", 1400, "share")


def test_all_of_a_sample_leaves_the_other_share_as_it_is():
    """Times 400 of 400 the upper end is that of the other share; the lower end allows that not all may be."""
    found, alone = product(150, 1000, 400, 400), proportion(150, 1000, basis="sample")
    assert found.upper == pytest.approx(alone.upper)
    assert found.lower < alone.lower


def test_none_of_one_sample_is_0_up_to_its_own_limit():
    """0 of 10 times a half is at most half of what 0 of 10 can be."""
    found = product(0, 10, 200, 400)
    assert found.value == found.lower == 0
    assert found.upper == pytest.approx(proportion(0, 10, basis="sample").upper / 2)
    assert product(200, 400, 0, 10).upper == found.upper


# What is refused


def test_nested_shares_are_refused():
    """'15% of them, and half of these' is one binomial."""
    with pytest.raises(NotHonest, match="a share of a share of one sample is not a product") as refusal:
        share_product(150, 1000, 75, 150, basis="sample", independent_samples=False)
    assert "Give the last count over the first base as one proportion" in str(refusal.value)


def test_independence_has_to_be_said():
    """There is no default to fall into."""
    with pytest.raises(TypeError, match="independent_samples"):
        share_product(150, 1000, 75, 150, basis="sample")


def test_none_of_both_samples_has_no_interval():
    """Neither share bounds the other."""
    with pytest.raises(BadCount, match="none in both samples has no interval"):
        product(0, 10, 0, 20)
    assert product(0, 10, 0, 20, basis="full count").value == 0


@pytest.mark.parametrize("basis", WHY_NONE)
def test_other_bases_have_a_product_without_interval(basis):
    """And with no margin of error."""
    found = product(150, 1000, 200, 400, basis=basis)
    assert math.isnan(found.lower)
    assert found.method == WHY_NONE[basis]
    with pytest.raises(NotHonest, match=f"a {basis} gets no log-mover-wilson interval"):
        product(150, 1000, 200, 400, basis=basis, method="log-mover-wilson")


def test_unknown_methods_and_bad_counts_are_refused():
    """As for a difference."""
    with pytest.raises(NotHonest, match="the method 'delta' is not published here"):
        product(150, 1000, 200, 400, method="delta")
    with pytest.raises(BadCount, match="x1 of n1 and x2 of n2 must be whole counts"):
        product(3, 2, 1, 2)


# Properties


@given(counts=pairs, level=st.sampled_from([0.8, 0.95, 0.999]))
def test_interval_holds_the_product_and_stays_between_0_and_1(counts, level):
    """Whatever the counts."""
    found = product(*counts, level=level)
    assert 0 <= found.lower <= found.value <= found.upper <= 1


@given(counts=pairs)
def test_larger_samples_give_a_narrower_interval_and_order_does_not_matter(counts):
    """The same shares of twice the people; either may come first."""
    found, large = product(*counts), product(*(2 * number for number in counts))
    assert large.upper - large.lower < found.upper - found.lower
    x1, n1, x2, n2 = counts
    assert product(x2, n2, x1, n1).upper == pytest.approx(found.upper)
