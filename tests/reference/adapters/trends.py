"""Change over time: trends, steps, breaks, two periods, XmR charts, revisions."""

from __future__ import annotations

import math
import re

import numpy as np

from stats.estimate.autocorrelation import acf, durbin_watson, ljung_box
from stats.estimate.break_tests import chow
from stats.estimate.interrupted import step_fit
from stats.estimate.revisions import mean_revision_test, revisions
from stats.estimate.trend_models import (
    SLOPE,
    design,
    log_ols,
    negative_binomial,
    newey_west,
    p_value,
    poisson,
    quasi_poisson,
    ratio_limits,
)
from stats.estimate.two_periods import two_level_fit
from stats.estimate.xmr import CONSTANT, special_causes, xmr_limits


def _is_seasonal(words):
    return words.lower() not in ("none", "no", "false", "") if isinstance(words, str) else bool(words)


def _given(given):
    y = np.asarray(given["y"], dtype=float)
    exposure = given.get("exposure", given.get("population"))
    return y, _design(given, len(y)), None if exposure is None else np.asarray(exposure, dtype=float)


def _design(given, n):
    season = _is_seasonal(given.get("season", True))
    return design(n, first_quarter=given.get("first_quarter", 1), season=season)


def _coefficient(fit, given, *, column=SLOPE, interval="normal"):
    df = fit.df_resid if given.get("interval", interval) == "t" else None
    lower, upper = ratio_limits(fit, given.get("conf", 0.95), df=df, column=column)
    coef = float(fit.coef[column])
    return {
        "coef": coef,
        "se": fit.se(column),
        "ratio": math.exp(coef),
        "lower": float(lower),
        "upper": float(upper),
        "p_value": p_value(fit, df=df, column=column),
        "dispersion": fit.dispersion,
        "pearson_chi2": fit.pearson_chi2,
        "df_resid": fit.df_resid,
        "deviance": fit.deviance,
        "loglik": fit.loglik,
        "alpha": fit.alpha,
        "theta": 1 / fit.alpha if fit.alpha else math.inf,
        "se_given_theta": fit.se(column),
    }


def _trend(model, *, interval="normal"):
    return lambda given: _coefficient(model(*_given(given)), given, interval=interval)


def _with_hac(model):
    def answer(given):
        fit = newey_west(
            model(*_given(given)),
            lag=given["lag"],
            small_sample=given.get("small_sample", False),
            prewhite=given.get("prewhite", False),
        )
        return _coefficient(fit, given)

    return answer


def _position(words):
    """The position, from 0, in '1 from position 13 (1-based)'."""
    return int(re.search(r"position (\d+)", words)[1]) - 1


def _step(given, *, slope=False):
    season = _is_seasonal(given.get("season", True))
    fit = step_fit(
        np.asarray(given["y"], dtype=float),
        _position(given["step"]),
        first_quarter=given.get("first_quarter", 1),
        season=season,
        slope=slope,
    )
    return fit, 5 if season else 2


def _step_alone(given):
    fit, column = _step(given)
    return _coefficient(fit, given, column=column)


def _step_slope(given):
    fit, column = _step(given, slope=True)
    named = {"step": _coefficient(fit, given, column=column), "slope": _coefficient(fit, given, column=column + 1)}
    return {f"{name}_{key}": value for name, found in named.items() for key, value in found.items()}


def _two_period(given):
    before, after = (np.asarray(given[name], dtype=float) for name in ("before", "after"))
    return _coefficient(two_level_fit(before, after), given, column=1)


def _left_over(given, default):
    """What is left over of the model that the study names, or the series itself."""
    words = given.get("residuals", default).lower()
    if "pearson" in words or "poisson" in words:
        return poisson(*_given(given)).resid
    if "log" in words:
        return log_ols(*_given(given)).resid
    return np.asarray(given["y"], dtype=float)


def _ljung_box(given):
    found = ljung_box(_left_over(given, "none"), given["lags"], fitted=given.get("fitdf", 0))
    return {"statistic": found.statistic, "df": found.df, "p_value": found.p_value}


def _chow(given):
    y, words = np.asarray(given["y"], dtype=float), given["model"].lower()
    x = design(len(y), first_quarter=given.get("first_quarter", 1), season="quarter" in words)
    if not re.search(r"~.*\bt\b|trend", words):
        x = np.delete(x, SLOPE, axis=1)
    found = chow(np.log(y) if words.startswith("log") else y, x, given["last_index_before_break"])
    return {"F": found.statistic, "p_value": found.p_value, "df1": found.df[0], "df2": found.df[1]}


def _xmr(given):
    y = np.asarray(given["y"], dtype=float)
    limits = xmr_limits(y, constant=given.get("constant", CONSTANT), screen=given.get("screen_outliers", True))
    special = special_causes(y, limits)
    return {"mean": limits.mean, "lower": limits.lower, "upper": limits.upper, "special_cause": special}


def _mean_t(given):
    names = ("lag", "small_sample", "prewhite")
    options = {name: given[name] for name in names if name in given}
    found = mean_revision_test(given["early"], given["late"], method=given["method"], **options)
    return {"mean": found.mean, "se": found.se, "t": found.t, "df": found.df, "p_value": found.p_value}


ADAPTERS = {
    "trend.poisson": _trend(poisson),
    "trend.quasipoisson": _trend(quasi_poisson),
    "trend.negbin2": _trend(negative_binomial),
    "trend.log_ols": _trend(log_ols, interval="t"),
    "trend.poisson_hac": _with_hac(poisson),
    "trend.log_ols_hac": _with_hac(log_ols),
    "its.quasipoisson_step": _step_alone,
    "its.quasipoisson_step_slope": _step_slope,
    "change.quasipoisson_two_period": _two_period,
    "break.chow": _chow,
    "diagnostic.acf": lambda given: {"acf": list(acf(_left_over(given, "none"), given["lags"]))},
    "diagnostic.durbin_watson": lambda given: {"dw": durbin_watson(_left_over(given, "log-linear"))},
    "diagnostic.ljung_box": _ljung_box,
    "xmr.limits": _xmr,
    "xmr.nhs_rules": _xmr,
    "revisions.summary": lambda given: vars(revisions(given["early"], given["late"])),
    "revisions.mean_t": _mean_t,
}
