"""Means and shares from the answers of a sampled survey, person by person: Taylor linearisation (Binder 1983).

For some of the people only (women, say) give the others weight zero and keep them: their sampling units still count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stats.errors import NotHonest
from stats.estimate.by_series import Series, by_series
from stats.estimate.estimate import Estimate
from stats.estimate.sample_design import Design
from stats.estimate.shape import Numbers, check_level, interval_method, refuse


@dataclass(frozen=True)
class DesignEstimate:
    """An estimate from microdata with its standard error, design effect and degrees of freedom.

    `deff` is the variance over that of a simple random sample with replacement of the same size; its root is the
    design factor.
    """

    estimate: Estimate
    se: float
    deff: float
    df: int


def _of_group(series: Series) -> tuple[Sequence[Any], dict[str, Any]]:
    """The answers of everybody, and the design that gives weight to the group alone."""
    options = dict(series.options)
    design = options.pop("design", None)
    if not isinstance(design, Design) or len(np.asarray(design.weight)) != len(series.columns[0]):
        raise ValueError("a table wants design=Design(...), with one entry for each of its rows")
    y = np.asarray(series.columns[0])
    others = np.setdiff1d(np.arange(len(y)), series.at)
    y = y.copy()
    y[others] = y[series.at[0]]  # of weight zero, so any answer will do where theirs is missing
    return [y, design.within(series.at)], options


@by_series("estimate", is_whole_table=True, arrange=_of_group)
def survey_mean(y: ArrayLike, design: Design, *, unit: str = "mean", level: float = 0.95) -> DesignEstimate:
    """Return a weighted mean with the interval of its design: t on units less strata degrees of freedom.

    A table of one row a person, the name of a column and `design=` give the same table, with the mean of each person's
    group (`by`); the design stays whole, as it must.

    Parameters
    ----------
    y : array of float
        One answer a person.
    design : Design
    unit : str
        What the answers are counted in.
    level : float

    Raises
    ------
    BadCount
        If an answer is missing.
    NotHonest
        If there are no degrees of freedom, or no sampling unit differs from another.

    Examples
    --------
    >>> design = Design(weight=[3, 3, 3, 4, 4], psu=[1, 2, 3, 1, 2], stratum=[1, 1, 1, 2, 2])
    >>> found = survey_mean([2.8, 4.1, 6.8, 3.7, 6.6], design)
    >>> round(found.estimate.value, 3), round(found.se, 3), found.df
    (4.841, 0.924, 3)
    """
    return _estimated(np.asarray(y, dtype=float), design, "mean", mean_limits, unit, level)


@by_series("estimate", is_whole_table=True, arrange=_of_group)
def survey_share(y: ArrayLike, design: Design, *, method: str | None = None, level: float = 0.95) -> DesignEstimate:
    """Return a weighted share with the interval of its design.

    A table of one row a person gives the same table, as for `survey_mean`.

    Parameters
    ----------
    y : array of 0 and 1
        One a person.
    design : Design
    method : {"beta", "logit"}, optional
        `beta`: Korn and Graubard (1998), exact limits on the effective sample size. `logit`: symmetric on the log odds.
    level : float

    Raises
    ------
    BadCount
        If y holds anything but 0 and 1.
    NotHonest
        If nobody or everybody said so, no sampling unit differs from another, there are no degrees of freedom, or
        another method is asked for.

    Examples
    --------
    >>> found = survey_share([0, 1, 0, 1, 1, 0], Design(weight=[2, 1, 2, 1, 1, 1], psu=[1, 2, 3, 4, 5, 6]))
    >>> found.estimate.value, round(found.estimate.lower, 3), round(found.estimate.upper, 3)
    (0.375, 0.046, 0.834)
    """
    y = np.asarray(y)
    refuse("y must be 0 or 1", ~np.isin(y, (0, 1)), y=y)
    chosen = interval_method(design.basis, method, tuple(SHARE_LIMITS), level=level)
    said = y[np.asarray(design.weight) > 0]
    if said.min() == said.max():
        raise NotHonest(
            "a share of none or of all has no interval by its design.",
            [("said so", f"{int(said.sum()):,} of {len(said):,}")],
            "Give the count and its base.",
        )
    return _estimated(y.astype(float), design, str(chosen), SHARE_LIMITS[str(chosen)], "share", level)


def linearised(y: Numbers, design: Design) -> tuple[float, float, float]:
    """Return the weighted mean, its standard error and its design effect."""
    weight = np.asarray(design.weight)
    mean = float(weight @ y / weight.sum())
    at, strata = design.units
    totals = np.bincount(at, weight * (y - mean) / weight.sum())
    n = np.bincount(strata)
    apart = totals - (np.bincount(strata, totals) / n)[strata]
    each = design.unsampled * n / np.maximum(n - 1, 1)
    variance = float((each[strata] * apart**2).sum())
    people = int((weight > 0).sum())
    simple = float(weight @ (y - mean) ** 2 / weight.sum() / (people - 1)) if people > 1 else np.nan
    return mean, variance**0.5, variance / simple if simple else np.nan


def mean_limits(mean: float, se: float, df: int, people: int, level: float) -> tuple[float, float]:
    """Mean -+ t se; for a share it may run past 0 and 1, and is never published."""
    margin = se * _t(df, level)
    return mean - margin, mean + margin


def logit_limits(p: float, se: float, df: int, people: int, level: float) -> tuple[float, float]:
    """Symmetric on the log odds, se / pq (R survey::svyciprop, methods logit and xlogit)."""
    from scipy.special import expit, logit

    with np.errstate(divide="ignore", invalid="ignore"):
        margin = _t(df, level) * np.float64(se) / (p * (1 - p))
        return float(expit(logit(p) - margin)), float(expit(logit(p) + margin))


def asin_limits(p: float, se: float, df: int, people: int, level: float) -> tuple[float, float]:
    """Symmetric in arcsin sqrt p, as R survey::svyciprop: turns back at 0% and 100%, so it is never published."""
    with np.errstate(divide="ignore", invalid="ignore"):
        margin = _t(df, level) * np.float64(se) / (2 * np.sqrt(p * (1 - p)))
        return float(np.sin(np.arcsin(np.sqrt(p)) - margin) ** 2), float(np.sin(np.arcsin(np.sqrt(p)) + margin) ** 2)


def beta_limits(p: float, se: float, df: int, people: int, level: float) -> tuple[float, float]:
    """Korn and Graubard (1998): Clopper-Pearson on pq / se**2, scaled by the squared ratio of two t quantiles."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.float64(p * (1 - p)) / se**2 * (_t(people - 1, level) / _t(df, level)) ** 2
        return float(betaincinv(n * p, n * (1 - p) + 1, tail)), float(betaincinv(n * p + 1, n * (1 - p), 1 - tail))


DesignLimits = Callable[[float, float, int, int, float], tuple[float, float]]
SHARE_LIMITS: dict[str, DesignLimits] = {"beta": beta_limits, "logit": logit_limits}
"""The published intervals of a share from microdata, the default first."""


def _t(df: int, level: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(df, (1 + level) / 2)) if df > 0 else np.nan


def _estimated(
    y: Numbers, design: Design, method: str, limits: DesignLimits, unit: str, level: float
) -> DesignEstimate:
    check_level(level)
    if len(y) != len(np.asarray(design.weight)):
        raise ValueError("y must have one entry a person, as the design has")
    refuse("every person must have an answer", ~np.isfinite(y), y=y)
    if design.df <= 0:
        raise NotHonest(
            "no more primary sampling units than strata: how far they differ is not known.",
            [("degrees of freedom", design.df)],
            "Join strata that are alike, or give the share without an interval.",
        )
    mean, se, deff = linearised(y, design)
    if not se > 1e-12 * max(1.0, abs(mean)):
        raise NotHonest(
            "sampling units that do not differ at all give no interval.",
            [("standard error", se), ("sampling units", len(np.unique(np.asarray(design.psu))))],
            "Give the number without an interval and say why, or ask for the answers unit by unit.",
        )
    people = int((np.asarray(design.weight) > 0).sum())
    lower, upper = limits(mean, se, design.df, people, level)
    words = f"{method}, Taylor linearisation"
    return DesignEstimate(Estimate(mean, lower, upper, unit, words, level, people, "sample"), se, deff, design.df)
