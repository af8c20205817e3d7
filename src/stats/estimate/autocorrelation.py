"""Whether neighbouring quarters resemble each other beyond trend and season, in which case intervals are too narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stats.estimate.shape import Numbers


@dataclass(frozen=True)
class PortmanteauTest:
    """A test of several autocorrelations at once."""

    statistic: float
    df: int
    p_value: float
    method: str


def acf(x: Sequence[float] | Numbers, lags: int) -> Numbers:
    """Return the autocorrelations at lags 1 to `lags`, each over the whole sum of squares (Box and Jenkins 1970).

    Parameters
    ----------
    x : sequence of float
        Longer than `lags`; usually what is left over of a fitted trend.
    lags : int

    Raises
    ------
    ValueError
        If the series is too short for the lags.

    Examples
    --------
    >>> acf([1, 2, 3, 4, 5], 2)
    array([ 0.4, -0.1])
    """
    values = np.asarray(x, dtype=float)
    if not 0 < lags < len(values):
        raise ValueError(f"lags must lie between 1 and {len(values) - 1}, not {lags!r}")
    apart = values - values.mean()
    with np.errstate(invalid="ignore"):
        return np.array([apart[lag:] @ apart[:-lag] for lag in range(1, lags + 1)]) / (apart @ apart)


def check_lag(lag: int, n: int) -> None:
    """Stop if a lag of Newey-West errors is no whole number from 0 to n - 1, for n quarters."""
    if isinstance(lag, bool) or not isinstance(lag, int | np.integer) or not 0 <= lag < n:
        raise ValueError(f"lag must be a whole number from 0 to {n - 1}, less than the {n} in the series, not {lag!r}")


def durbin_watson(resid: Sequence[float] | Numbers) -> float:
    """Return the statistic of Durbin and Watson (1950): about 2 without autocorrelation, towards 0 with much.

    Examples
    --------
    >>> durbin_watson([1, -1, 1, -1])
    3.0
    """
    left = np.asarray(resid, dtype=float)
    return float((np.diff(left) ** 2).sum() / (left**2).sum())


def ljung_box(x: Sequence[float] | Numbers, lags: int, *, fitted: int = 0) -> PortmanteauTest:
    """Return the test of Ljung and Box (1978) that no autocorrelation up to `lags` differs from zero.

    Parameters
    ----------
    x : sequence of float
    lags : int
    fitted : int
        Autoregressive terms that were fitted; they are taken off the degrees of freedom.

    Examples
    --------
    >>> round(ljung_box([1, 2, 3, 4, 5, 6, 7, 8], 1).p_value, 3)
    0.035
    """
    from scipy.stats import chi2

    n, df = len(x), lags - fitted
    lag = np.arange(1, lags + 1)
    statistic = float(n * (n + 2) * (acf(x, lags) ** 2 / (n - lag)).sum())
    return PortmanteauTest(statistic, df, float(chi2.sf(statistic, df)), f"Ljung-Box, lags 1 to {lags}")
