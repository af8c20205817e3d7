import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.estimate.between_studies import TAU2, combine

EFFECT, VARIANCE = np.array([0.1, 0.5, 0.9, 0.4]), np.array([0.04, 0.01, 0.09, 0.02])


@pytest.mark.parametrize("method", TAU2)
def test_single_study_is_itself(method):
    """Nothing lies between one study and itself."""
    found = combine(np.array([0.3]), np.array([0.25]), method)
    assert (found.mean, found.se, found.tau2, found.q, found.i2) == (0.3, 0.5, 0, 0, 0)


@pytest.mark.parametrize("method", TAU2)
def test_studies_that_agree_have_no_variance_between_them(method):
    """Less spread than chance makes is none, and never below none."""
    found = combine(np.array([0.30, 0.31, 0.30]), np.full(3, 0.04), method)
    assert (found.tau2, found.i2) == (0, 0)
    assert found.se == pytest.approx((0.04 / 3) ** 0.5)


def test_variance_between_meets_its_own_definition():
    """Paule-Mandel makes the weighted spread equal to its expectation; REML maximises the restricted likelihood."""
    mandel = combine(EFFECT, VARIANCE / 4, "PM")
    assert mandel.scale == pytest.approx(1, abs=1e-9)

    def likelihood(tau2):
        weight = 1 / (VARIANCE / 4 + tau2)
        mean = weight @ EFFECT / weight.sum()
        return np.log(weight).sum() - np.log(weight.sum()) - weight @ (EFFECT - mean) ** 2

    best = combine(EFFECT, VARIANCE / 4, "REML").tau2
    assert best > 0
    assert all(likelihood(best) >= likelihood(max(0, best + step)) for step in (-0.01, -0.001, 0.001, 0.01))


@given(by=st.floats(0.1, 10), to=st.floats(-5, 5), method=st.sampled_from(list(TAU2)))
def test_other_units_change_nothing_else(by, to, method):
    """Effects stretched and moved give a mean stretched and moved; what shows agreement stays."""
    plain, moved = combine(EFFECT, VARIANCE, method), combine(EFFECT * by + to, VARIANCE * by**2, method)
    assert moved.mean == pytest.approx(plain.mean * by + to, abs=1e-6)
    assert moved.se == pytest.approx(plain.se * by, rel=1e-6)
    assert moved.tau2 == pytest.approx(plain.tau2 * by**2, rel=1e-6, abs=1e-9)
    assert (moved.q, moved.i2) == pytest.approx((plain.q, plain.i2), rel=1e-6, abs=1e-6)
