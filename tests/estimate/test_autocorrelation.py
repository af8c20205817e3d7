import numpy as np
import pytest

from stats.estimate.autocorrelation import acf, check_lag, durbin_watson, ljung_box

X = [3.0, 5, 4, 6, 8, 7, 9, 12, 10, 11, 14, 13]


def test_all_three_are_the_librarys_own():
    """The library gives the same numbers by other code."""
    from statsmodels.stats.diagnostic import acorr_ljungbox
    from statsmodels.stats.stattools import durbin_watson as theirs
    from statsmodels.tsa.stattools import acf as their_acf

    assert acf(X, 5) == pytest.approx(their_acf(X, nlags=5, fft=False)[1:])
    assert durbin_watson(X) == pytest.approx(theirs(X))
    box = acorr_ljungbox(X, lags=[4], model_df=1)
    found = ljung_box(X, 4, fitted=1)
    assert (found.statistic, found.p_value) == pytest.approx((box["lb_stat"].iloc[0], box["lb_pvalue"].iloc[0]))
    assert found.df == 3


def test_series_that_swings_is_the_opposite_of_one_that_lingers():
    """To and fro is near minus one and a statistic near four; staying long is near one and near zero."""
    swing, linger = np.tile([1.0, -1.0], 20), np.repeat([1.0, -1.0], 20)
    assert acf(swing, 1)[0] < -0.9 < 0.9 < acf(linger, 1)[0]
    assert durbin_watson(swing) > 3.8
    assert durbin_watson(linger) < 0.2


@pytest.mark.parametrize("lags", [0, 12, -1])
def test_more_lags_than_there_are_points_are_refused(lags):
    """Nothing is correlated with what is not there."""
    with pytest.raises(ValueError, match="lags must lie"):
        acf(X, lags)


@pytest.mark.parametrize("lag", [-1, 12, 2.0, 2.5, True, None])
def test_lag_must_be_whole_and_shorter_than_the_series(lag):
    """Four quarters of twelve is one; a lag of the whole length, half a lag and a missing one are none."""
    check_lag(0, 12)
    check_lag(np.int64(11), 12)
    with pytest.raises(ValueError, match="lag must be a whole number from 0 to 11"):
        check_lag(lag, 12)
