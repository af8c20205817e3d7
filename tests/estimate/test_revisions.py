import math

import numpy as np
import pytest

from stats.errors import BadCount, NotHonest
from stats.estimate.revisions import mean_revision_test, revisions

EARLY, LATE = [100.0, 102, 99, 97, 104], [101.0, 102, 102, 99, 103]


def test_summary_of_revisions_by_hand():
    """1, 0, 3, 2 and -1: mean 1, mean absolute 1.4 of a mean of 101.4, three of five upward."""
    found = revisions(EARLY, LATE)
    assert (found.mean_revision, found.mean_absolute_revision, found.share_upward, found.n) == (1, 1.4, 0.6, 5)
    assert found.relative_mean_absolute == pytest.approx(7 / 507)
    assert found.rms_revision**2 == pytest.approx(found.mean_revision**2 + found.sd_revision**2 * 4 / 5)


def test_one_figure_has_no_spread():
    """The spread of one revision is not zero but not there."""
    assert math.isnan(revisions([1], [2]).sd_revision)


def test_test_of_the_mean_is_scipys_own():
    """Student's t of the revisions against zero."""
    from scipy.stats import ttest_1samp

    theirs = ttest_1samp(np.subtract(LATE, EARLY), 0)
    found = mean_revision_test(EARLY, LATE)
    assert (found.t, found.p_value, found.df) == pytest.approx((theirs.statistic, theirs.pvalue, theirs.df))


def test_hac_is_the_librarys_own():
    """The library's mean on a constant with HAC errors, with and without the small-sample factor."""
    from statsmodels.regression.linear_model import OLS

    moved = np.subtract(LATE, EARLY)
    for small in (True, False):
        kwds = {"maxlags": 2, "use_correction": small}
        theirs = OLS(moved, np.ones(5)).fit(cov_type="HAC", cov_kwds=kwds)
        found = mean_revision_test(EARLY, LATE, method="hac", lag=2, small_sample=small)
        assert (found.se, found.t) == pytest.approx((theirs.bse[0], theirs.tvalues[0]))
    assert "lag 2" in found.method


def test_unlike_releases_are_refused():
    """Another length, a missing figure, a single figure to test, an unknown method."""
    with pytest.raises(BadCount, match="same length"):
        revisions(EARLY, LATE[:3])
    with pytest.raises(BadCount, match="missing"):
        revisions(EARLY, [*LATE[:4], float("nan")])
    with pytest.raises(BadCount, match="at least 2"):
        mean_revision_test([1], [2])
    with pytest.raises(ValueError, match="method"):
        mean_revision_test(EARLY, LATE, method="bootstrap")


@pytest.mark.parametrize("lag", [-1, 5, 1.5])
def test_lag_longer_than_the_series_is_refused(lag):
    """Five figures have lags up to four; others were cut down to what there was, and the method named them still."""
    with pytest.raises(ValueError, match="lag must be a whole number from 0 to 4"):
        mean_revision_test(EARLY, LATE, method="hac", lag=lag)


@pytest.mark.parametrize("method", ["iid", "hac"])
@pytest.mark.parametrize("moved", [0, 0.1])
def test_revisions_that_do_not_differ_give_no_interval(method, moved):
    """An interval without width would say that the next revision is certain."""
    early = [101.2, 99.8, 100.4, 103.1]
    with pytest.raises(NotHonest, match="do not differ at all"):
        mean_revision_test(early, [figure + moved for figure in early], method=method)
