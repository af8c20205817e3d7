import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from stats.errors import BadCount, NotHonest
from stats.estimate.exact_binomial import binomial_p_values, differ_from


@given(n=st.integers(1, 300), data=st.data(), share=st.sampled_from([0.0, 0.05, 0.25, 0.5, 0.9, 1.0]))
def test_p_value_is_that_of_scipy(n, data, share):
    """All rows at once give what scipy gives one by one, edges and ties included."""
    x = data.draw(st.integers(0, n))
    assert binomial_p_values(x, n, share) == pytest.approx(binomtest(x, n, share).pvalue, abs=1e-10)


def test_rows_do_not_disturb_each_other():
    """Forty-three forces in one call are forty-three tests."""
    n = np.arange(100, 530, 10)
    x = n // 12
    together = binomial_p_values(x, n, 0.1)
    assert together.tolist() == [float(binomial_p_values(a, b, 0.1)) for a, b in zip(x, n, strict=True)]


def test_areas_alike_do_not_differ():
    """Shares of one tenth each are no evidence of difference."""
    found = differ_from([10, 20, 30], [100, 200, 300], basis="sample")
    assert not found.differs.any()
    assert found.share == pytest.approx(0.1)
    assert "Holm" in found.method


def test_many_tests_are_held_to_a_stricter_rule_than_one():
    """One area of forty with p = 0.02 is what chance gives: adjusted, it does not differ."""
    num, den = [10] * 39 + [18], [100] * 40
    found = differ_from(num, den, basis="sample")
    assert found.p_values[-1] < 0.05
    assert found.adjusted[-1] > 0.05
    assert not found.differs.any()


@pytest.mark.parametrize(("num", "den"), [([5, 1], [4, 2]), ([-1, 1], [4, 2]), ([0, 1], [0, 2]), ([0.5, 1], [4, 2])])
def test_counts_that_are_none_are_refused(num, den):
    """More charged than recorded, corrections below zero, no offences, half an offence."""
    with pytest.raises(BadCount, match="0 <= num <= den"):
        differ_from(num, den, basis="sample")


@pytest.mark.parametrize("options", [{"share": 8.6}, {"alpha": 5}])
def test_a_share_or_alpha_typed_as_a_percentage_is_refused(options):
    """They would find nothing, or everything, different."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        differ_from([30, 40, 500], [1000, 1000, 1000], basis="sample", **options)


@pytest.mark.parametrize("basis", ["full count", "self-selected", "case audit"])
def test_areas_that_were_not_sampled_get_no_test(basis):
    """Full counts are tested as if chance alone moved them, where that is asked for, and the method says so."""
    with pytest.raises(NotHonest, match=f"a {basis} gets no test"):
        differ_from([10, 20], [100, 200], basis=basis)
    if basis != "full count":
        with pytest.raises(NotHonest, match=f"a {basis} gets no test"):
            differ_from([10, 20], [100, 200], basis=basis, as_if=True)
    found = differ_from([10, 20], [100, 200], basis="full count", as_if=True)
    assert found.method == "exact binomial tests, adjusted by Holm (1979), as if chance alone moved a full count"


def test_one_base_for_many_areas_is_refused():
    """A single number would be stretched to all areas, and their share together be wrong."""
    with pytest.raises(BadCount, match="not 3 of num, 1 of den"):
        differ_from([10, 20, 30], [300], basis="sample")
