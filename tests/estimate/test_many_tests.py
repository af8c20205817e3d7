import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.errors import BadCount
from stats.estimate.many_tests import METHODS, adjust

p_values = st.lists(st.floats(0, 1), min_size=1, max_size=20)
methods = st.sampled_from(list(METHODS))


def test_holm_is_the_default():
    """The one for a claim about the whole family."""
    assert adjust([0.01, 0.04]).tolist() == adjust([0.01, 0.04], method="holm").tolist() == [0.02, 0.04]


@pytest.mark.parametrize("method", METHODS)
def test_missing_test_stays_missing_and_does_not_count(method):
    """Forty-two forces tested are forty-two tests, though there are forty-three."""
    found = adjust([0.01, math.nan, 0.04], method=method)
    assert math.isnan(found[1])
    assert found[[0, 2]].tolist() == adjust([0.01, 0.04], method=method).tolist()


@pytest.mark.parametrize("method", METHODS)
def test_no_tests_and_only_missing_ones_come_back_as_they_are(method):
    """Nothing to adjust."""
    assert adjust([], method=method).tolist() == []
    assert np.isnan(adjust([math.nan, math.nan], method=method)).all()


@pytest.mark.parametrize("p", [-0.01, 1.01, math.inf])
def test_what_is_no_p_value_is_refused(p):
    """A z-score or a percentage."""
    with pytest.raises(BadCount, match="a p-value must lie between 0 and 1"):
        adjust([0.5, p])


def test_unknown_method_is_refused():
    """Those there are, are named."""
    with pytest.raises(ValueError, match="holm, bh, bonferroni, by, hochberg"):
        adjust([0.5], method="fdr")


# Properties


@settings(max_examples=12)  # the library collects garbage at each call of Holm, which takes a while
@given(p=p_values, method=methods)
def test_adjusted_is_never_smaller_and_never_above_1(p, method):
    """Many tests make each of them weaker evidence."""
    found = adjust(p, method=method)
    assert (found >= np.array(p) - 1e-15).all()
    assert (found <= 1).all()


@settings(max_examples=12)
@given(p=p_values, method=methods)
def test_order_of_the_tests_does_not_matter(p, method):
    """Each keeps its place."""
    assert adjust(p[::-1], method=method)[::-1] == pytest.approx(adjust(p, method=method))


@settings(max_examples=12)
@given(p=p_values)
def test_stricter_methods_give_larger_values(p):
    """Bonferroni is above Holm, Holm above Hochberg, Hochberg above Benjamini and Hochberg."""
    strict = [adjust(p, method=method) for method in ("bonferroni", "holm", "hochberg", "bh")]
    assert all((one >= other - 1e-12).all() for one, other in pairwise(strict))
