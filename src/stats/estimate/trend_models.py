"""Log-linear models of quarterly counts: the design, the fits and their covariances, as plain functions of arrays.

What may be published of them, and when, is decided in `trend.py` and `interrupted.py`.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from stats.estimate.shape import Limits, Numbers

SLOPE = 1
"""The column of a design that holds time, in years."""

TIGHT = 1e-12
"""Where scoring stops; the looser default of most libraries moves the sixth digit of a dispersion."""


@dataclass(frozen=True)
class Fit:
    """A fitted log-linear model: one coefficient a column of the design `x`.

    `scores` holds each quarter's part of the score, from which Newey-West errors are made; `bread` the inverse of the
    information, which is the covariance of a Poisson model as it stands; `cov` the covariance in use. `mu` is the mean
    fitted, `resid` what is left over: Pearson residuals of counts, and differences of logs of log-OLS.
    """

    coef: Numbers
    cov: Numbers
    bread: Numbers
    scores: Numbers
    x: Numbers
    mu: Numbers
    resid: Numbers
    df_resid: int
    dispersion: float
    deviance: float = math.nan
    loglik: float = math.nan
    alpha: float = 0.0

    def se(self, column: int = SLOPE) -> float:
        """Return the standard error of a coefficient."""
        return float(np.sqrt(self.cov[column, column]))

    @property
    def pearson_chi2(self) -> float:
        """The Pearson statistic of a model of counts."""
        return self.dispersion * self.df_resid


def design(n: int, *, first_quarter: int = 1, season: bool = True, steps: Sequence[int] = ()) -> Numbers:
    """Return the columns of a log-linear trend: 1, years, the seasons but the first, then a level step each.

    Parameters
    ----------
    n : int
        How many quarters.
    first_quarter : int
        Which quarter of the year the first one is, 1 to 4.
    season : bool
        Whether to add a term for each quarter of the year after the first.
    steps : sequence of int
        Positions, from 0, at which a level begins.
    """
    at = np.arange(n)
    quarter = (first_quarter - 1 + at) % 4 + 1
    columns = [np.ones(n), at / 4]
    columns += [(quarter == q).astype(float) for q in (2, 3, 4) if season]
    columns += [(at >= step).astype(float) for step in steps]
    return np.column_stack(columns)


def poisson(y: Numbers, x: Numbers, exposure: Numbers | None = None) -> Fit:
    """Fit counts with a log link; `cov` is that of Poisson counts, `dispersion` the Pearson statistic over its df."""
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

    with warnings.catch_warnings():  # counts on a line are fitted exactly, and well identified
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        found = GLM(y, x, family=Poisson(), exposure=exposure).fit(tol=TIGHT, maxiter=200)
    mu, bread = np.asarray(found.fittedvalues), np.asarray(found.normalized_cov_params)
    return Fit(
        np.asarray(found.params), bread, bread, x * (y - mu)[:, None], x, mu, np.asarray(found.resid_pearson),
        int(found.df_resid), float(found.pearson_chi2 / found.df_resid), float(found.deviance), float(found.llf),
    )  # fmt: skip


def quasi_poisson(y: Numbers, x: Numbers, exposure: Numbers | None = None, *, least: float = 0.0) -> Fit:
    """Fit counts as `poisson`, with a covariance as many times larger as they vary more (McCullagh and Nelder 1989).

    What is published passes `least=1`: few quarters that happen to lie close to a line do not make chance smaller.
    """
    found = poisson(y, x, exposure)
    return replace(found, cov=found.bread * max(found.dispersion, least))


def log_ols(y: Numbers, x: Numbers, exposure: Numbers | None = None, *, least: float = 0.0) -> Fit:
    """Fit the logs of counts above zero by least squares.

    What is published passes `least=1`, as for `quasi_poisson`: logs vary no less than those of Poisson counts, 1 / mu.
    """
    per = np.ones(len(y)) if exposure is None else exposure
    found = ordinary(np.log(y / per), x)
    mu = np.exp(found.mu) * per
    return replace(found, mu=mu, cov=found.bread * max(found.dispersion, least * float((1 / mu).mean())))


def ordinary(y: Numbers, x: Numbers) -> Fit:
    """Fit by least squares as it stands, without logs; `dispersion` is the variance left over."""
    bread = np.linalg.inv(x.T @ x)
    coef = np.linalg.lstsq(x, y, rcond=None)[0]
    resid = y - x @ coef
    df = len(y) - x.shape[1]
    s2 = float(resid @ resid / df)
    return Fit(coef, bread * s2, bread, x * resid[:, None], x, x @ coef, resid, df, s2)


def negative_binomial(y: Numbers, x: Numbers, exposure: Numbers | None = None) -> Fit:
    """Fit counts whose variance is mu + alpha mu^2 (NB2, Hilbe 2011) by maximum likelihood; `cov` is given alpha.

    Counts that vary no more than Poisson counts have no such alpha above 0: the Poisson fit is returned.
    """
    from statsmodels.discrete.discrete_model import NegativeBinomial
    from statsmodels.genmod.families import NegativeBinomial as Family
    from statsmodels.genmod.generalized_linear_model import GLM

    start = poisson(y, x, exposure)
    over = float(((y - start.mu) ** 2 - y).sum())
    if over <= 0:
        return start
    model = NegativeBinomial(y, x, exposure=exposure)
    guess = [*start.coef, max(over / float((start.mu**2).sum()), 1e-8)]
    alpha = float(model.fit(guess, method="newton", maxiter=500, tol=TIGHT, disp=0).params[-1])
    given = GLM(y, x, family=Family(alpha=alpha), exposure=exposure).fit(tol=TIGHT, maxiter=200)
    mu, bread = np.asarray(given.fittedvalues), np.asarray(given.normalized_cov_params)
    return Fit(
        np.asarray(given.params), bread, bread, x * ((y - mu) / (1 + alpha * mu))[:, None], x, mu,
        np.asarray(given.resid_pearson), int(given.df_resid), float(given.pearson_chi2 / given.df_resid),
        float(given.deviance), float(given.llf), alpha,
    )  # fmt: skip


def newey_west(fit: Fit, *, lag: int, small_sample: bool, prewhite: bool = False) -> Fit:
    """Return a fit with the covariance of Newey and West (1987): Bartlett weights up to a lag.

    Parameters
    ----------
    fit : Fit
        By `poisson` or `log_ols`.
    lag : int
        In quarters.
    small_sample : bool
        Multiply by n / (n - columns).
    prewhite : bool
        Filter the scores by a first-order vector autoregression first (Andrews and Monahan 1992).
    """
    from statsmodels.stats.sandwich_covariance import S_hac_simple

    scores, (n, k) = fit.scores, fit.scores.shape
    recolour: Numbers = np.eye(k)
    if prewhite:
        passed_on = np.linalg.lstsq(scores[:-1], scores[1:], rcond=None)[0]
        scores, recolour = scores[1:] - scores[:-1] @ passed_on, np.linalg.inv(recolour - passed_on.T)
    factor = n / (n - k) if small_sample else 1.0
    meat = factor * recolour @ S_hac_simple(scores, nlags=min(lag, len(scores) - 1)) @ recolour.T
    return replace(fit, cov=fit.bread @ meat @ fit.bread)


def ratio_limits(fit: Fit, level: float, *, df: int | None = None, column: int = SLOPE) -> Limits:
    """Return the limits of exp(coefficient): normal quantile, or Student's t where `df` is given."""
    reach = quantile(level, df) * fit.se(column)
    with np.errstate(over="ignore"):
        return np.exp(fit.coef[column] - reach), np.exp(fit.coef[column] + reach)


def evened_line(fit: Fit, reach: float, *, season: bool) -> pd.DataFrame:
    """Return the fitted counts with the season evened out: every quarter gets the mean of the four seasons."""
    exposure = np.asarray(fit.mu / np.exp(fit.x @ fit.coef))
    rows, evened = fit.x.copy(), np.zeros(len(fit.x))
    if season:
        effects = np.exp([0.0, *fit.coef[2:5]])
        rows[:, 2:5] = effects[1:] / effects.sum()
        evened = np.log(effects.mean()) - rows[:, 2:5] @ fit.coef[2:5]
    se = np.sqrt(np.einsum("ij,jk,ik->i", rows, fit.cov, rows))
    middle = rows @ fit.coef + evened + np.log(exposure)
    return pd.DataFrame(
        {"value": np.exp(middle), "lower": np.exp(middle - reach * se), "upper": np.exp(middle + reach * se)}
    )


def p_value(fit: Fit, *, df: int | None = None, column: int = SLOPE) -> float:
    """Return the two-sided p-value of a coefficient of zero, that is of a ratio of 1."""
    from scipy.stats import norm, t

    z = abs(float(fit.coef[column]) / fit.se(column))
    return float(2 * (norm.sf(z) if df is None else t.sf(z, df)))


def quantile(level: float, df: int | None = None) -> float:
    """Return the two-sided quantile of the normal distribution, or of Student's t."""
    from scipy.stats import norm, t

    return float(norm.ppf((1 + level) / 2) if df is None else t.ppf((1 + level) / 2, df))
