"""What tests/reference does not check: the library's own other route, exposure, edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.estimate.trend_models import (
    SLOPE,
    design,
    log_ols,
    negative_binomial,
    newey_west,
    poisson,
    quasi_poisson,
    ratio_limits,
)

Y = np.array([18, 22, 25, 24, 30, 21, 33, 36, 29, 41, 35, 47, 40, 52, 44, 55], dtype=float)
X = design(16, first_quarter=2)


def test_quasi_poisson_is_the_librarys_own_with_scale_x2():
    """The covariance times the dispersion is what statsmodels makes with scale='X2'."""
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    theirs, ours = GLM(Y, X, family=Poisson()).fit(scale="X2", tol=1e-12), quasi_poisson(Y, X)
    assert ours.se() == pytest.approx(theirs.bse[SLOPE], rel=1e-8)
    lower, upper = ratio_limits(ours, 0.95)
    assert np.log([lower, upper]) == pytest.approx(theirs.conf_int()[SLOPE], rel=1e-8)


@pytest.mark.parametrize("small_sample", [True, False])
def test_newey_west_is_the_librarys_own(small_sample):
    """Both for counts and for logs, statsmodels' cov_type='HAC' gives the same."""
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.regression.linear_model import OLS

    options = {"cov_type": "HAC", "cov_kwds": {"maxlags": 3, "use_correction": small_sample}}
    ours = [newey_west(fit(Y, X), lag=3, small_sample=small_sample).se() for fit in (poisson, log_ols)]
    theirs = [GLM(Y, X, family=Poisson()).fit(tol=1e-12, **options), OLS(np.log(Y), X).fit(**options)]
    assert ours == pytest.approx([found.bse[SLOPE] for found in theirs], rel=1e-8)


def test_design_names_its_seasons_by_the_calendar():
    """A series that starts in the second quarter of the year starts with the term of that quarter."""
    assert design(5, first_quarter=2)[:, 2:].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0], [1, 0, 0]]
    assert design(5, season=False, steps=[3])[:, 1:].tolist() == [[0, 0], [0.25, 0], [0.5, 0], [0.75, 1], [1, 1]]


@pytest.mark.parametrize("fit", [poisson, quasi_poisson, negative_binomial, log_ols])
def test_exposure_that_grows_takes_its_growth_off_the_trend(fit):
    """Residents that grow by a tenth a year leave a tenth less of the yearly ratio."""
    residents = 1000 * 1.1 ** (np.arange(16) / 4)
    plain, per = fit(Y, X), fit(Y, X, residents)
    assert np.exp(per.coef[SLOPE]) == pytest.approx(np.exp(plain.coef[SLOPE]) / 1.1, rel=1e-2)
    assert per.mu.sum() == pytest.approx(plain.mu.sum(), rel=1e-2)


@pytest.mark.filterwarnings("ignore:Perfect separation")
def test_counts_no_more_uneven_than_poisson_have_no_alpha():
    """The negative binomial is then the Poisson model, and nothing fails to converge."""
    steady = np.array([20, 21, 20, 19] * 4, dtype=float)
    found = negative_binomial(steady, X)
    assert found.alpha == 0
    assert found.se() == pytest.approx(poisson(steady, X).se())


@given(factor=st.integers(2, 50), start=st.integers(1, 4))
def test_counts_times_a_number_have_the_same_trend(factor, start):
    """The ratio is free of the unit, and so is the quasi-Poisson interval."""
    x = design(16, first_quarter=start)
    once, more = quasi_poisson(Y, x), quasi_poisson(factor * Y, x)
    assert more.coef[SLOPE] == pytest.approx(once.coef[SLOPE], abs=1e-9)
    assert more.se() == pytest.approx(once.se(), rel=1e-6)
    assert more.dispersion == pytest.approx(factor * once.dispersion, rel=1e-6)


def test_mirrored_time_turns_the_ratio_round():
    """Read backwards, a rise is the same fall."""
    there, back = poisson(Y, design(16, season=False)), poisson(Y[::-1], design(16, season=False))
    assert back.coef[SLOPE] == pytest.approx(-there.coef[SLOPE], abs=1e-9)
    assert back.se() == pytest.approx(there.se(), rel=1e-9)
