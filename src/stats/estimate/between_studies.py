"""Several estimates of one quantity, weighed together: inverse variance, with the variance between studies.

Written here and not taken from statsmodels' `combine_effects`: its DerSimonian-Laird variance may fall below zero, its
Paule-Mandel search stops early, and it has no restricted maximum likelihood.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from stats.estimate.shape import Numbers


@dataclass(frozen=True)
class Combined:
    """A weighted mean of studies.

    `tau2` is the variance between studies, `q` Cochran's homogeneity statistic, `i2` the share (0 to 1) of the spread
    that is not chance, `scale` the Hartung-Knapp factor on the variance of the mean.
    """

    mean: float
    se: float
    tau2: float
    q: float
    i2: float
    scale: float
    studies: int


def combine(effect: Numbers, variance: Numbers, method: str) -> Combined:
    """Return the inverse-variance mean of effects with known variances.

    Parameters
    ----------
    effect, variance : array of float
        One a study; variances above zero.
    method : str
        A key of `TAU2`: how the variance between studies is estimated. FE takes it to be none.

    Examples
    --------
    >>> found = combine(np.array([0.1, 0.5, 0.9]), np.array([0.04, 0.04, 0.04]), "DL")
    >>> round(found.mean, 3), round(found.tau2, 3), round(found.q, 3)
    (0.5, 0.12, 8.0)
    """
    fixed = 1 / variance
    q, spare = _q(effect, variance, 0.0), len(effect) - 1
    tau2 = max(0.0, float(TAU2[method](effect, variance))) if spare else 0.0
    weight = 1 / (variance + tau2)
    mean = float(weight @ effect / weight.sum())
    typical = spare * fixed.sum() / (fixed.sum() ** 2 - (fixed**2).sum()) if spare else np.nan
    beyond = max(0.0, (q - spare) / q) if method == "FE" and q else tau2 / (tau2 + typical)
    return Combined(
        mean=mean,
        se=float(weight.sum() ** -0.5),
        tau2=tau2,
        q=q,
        i2=float(beyond) if spare else 0.0,
        scale=_q(effect, variance, tau2) / spare if spare else np.nan,
        studies=len(effect),
    )


def _q(effect: Numbers, variance: Numbers, tau2: float) -> float:
    weight = 1 / (variance + tau2)
    return float(weight @ (effect - weight @ effect / weight.sum()) ** 2)


def _dersimonian_laird(effect: Numbers, variance: Numbers) -> float:
    """DerSimonian and Laird (1986)."""
    weight = 1 / variance
    return (_q(effect, variance, 0.0) - len(effect) + 1) / (weight.sum() - (weight**2).sum() / weight.sum())


def _paule_mandel(effect: Numbers, variance: Numbers) -> float:
    """Paule and Mandel (1982): the variance at which the weighted spread is as expected."""
    return _root(lambda tau2: _q(effect, variance, tau2) - len(effect) + 1)


def _restricted_likelihood(effect: Numbers, variance: Numbers) -> float:
    """Restricted maximum likelihood (Viechtbauer 2005): where its score is zero."""

    def score(tau2: float) -> float:
        weight = 1 / (variance + tau2)
        apart = effect - weight @ effect / weight.sum()
        return float(weight**2 @ apart**2 - weight.sum() + (weight**2).sum() / weight.sum())

    return _root(score)


def _root(excess: Callable[[float], float]) -> float:
    from scipy.optimize import brentq

    if excess(0.0) <= 0:
        return 0.0
    top = 1.0
    while excess(top) > 0:
        top *= 4
    return float(brentq(excess, 0.0, top, xtol=1e-14, rtol=1e-13))


TAU2: dict[str, Callable[[Numbers, Numbers], float]] = {
    "DL": _dersimonian_laird,
    "PM": _paule_mandel,
    "REML": _restricted_likelihood,
    "FE": lambda effect, variance: 0.0,
}
"""Estimators of the variance between studies, the default first."""
