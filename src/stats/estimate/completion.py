"""How far counts of young cohorts have still to grow, from how older ones grew: chain ladder (Mack 1993)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from stats.errors import NotHonest
from stats.estimate.estimate import Estimate
from stats.estimate.shape import Limits, Numbers, check_level, refuse, result

METHOD = "chain ladder, log-normal interval; if later cohorts grow as earlier ones did"
SUREST = 0.05
"""A log-linear fit of the last variance with a p-value above this is not used (as R ChainLadder)."""


@dataclass(frozen=True, eq=False)
class Completion:
    """A triangle completed.

    `factors` and `sigma` have one entry a step; `cohorts` one row a cohort: latest, outstanding, se and the columns of
    an estimate, whose value is the completed count. `total` is the estimate of their sum and `total_se` its standard
    error.
    """

    factors: Numbers
    sigma: Numbers
    cohorts: pd.DataFrame
    total: Estimate
    total_outstanding: float
    total_se: float


def completion_factors(
    triangle: Sequence[Sequence[float]], *, last_sigma: str | float = "log-linear", level: float = 0.95
) -> Completion:
    """Return factors from one age to the next, completed counts, what is outstanding, and Mack's standard errors.

    Parameters
    ----------
    triangle : sequence of sequences of float
        One row a cohort, the oldest first: its cumulative count at each age. No row is longer than the one above it; at
        least two cohorts and ages.
    last_sigma : {"log-linear", "Mack"} or float
        The variance of the last step, which one cohort alone has taken: carried on log-linearly (where the fit has
        p < 0.05, as in R ChainLadder), by Mack's rule, or a number.
    level : float
        Of the log-normal interval of what is outstanding (Mack 1993); none where the standard error is zero or unknown.

    Raises
    ------
    BadCount
        If counts are missing or below zero, or an age has no count to grow from.
    NotHonest
        If the rows make no triangle.

    Examples
    --------
    >>> found = completion_factors([[100, 150, 165], [110, 154], [121]], last_sigma="Mack")
    >>> found.factors.round(3).tolist(), found.cohorts["value"].round(1).tolist(), round(found.total_outstanding, 1)
    ([1.448, 1.1], [165.0, 169.4, 192.7], 87.1)
    """
    check_level(level)
    known = _square(triangle)
    factors = development(known)
    full = _filled(known, factors)
    sigma = deviations(known, factors, last_sigma)
    se, total_se = mack_errors(known, full, factors, sigma)
    last = np.isfinite(known).sum(axis=1) - 1
    latest, ultimate = known[np.arange(len(known)), last], full[:, -1]
    columns = result(
        ultimate, _log_normal(latest, ultimate - latest, se, level), unit="count", method=METHOD, n=latest,
        basis="full count", level=level,
    )  # fmt: skip
    cohorts = pd.DataFrame({"latest": latest, "outstanding": ultimate - latest, "se": se, **columns})
    sums = (np.atleast_1d(latest.sum()), np.atleast_1d((ultimate - latest).sum()), np.atleast_1d(total_se))
    lower, upper = _log_normal(*sums, level)
    total = Estimate(
        float(ultimate.sum()),
        float(lower[0]),
        float(upper[0]),
        "count",
        METHOD,
        level,
        float(latest.sum()),
        "full count",
    )
    return Completion(factors, sigma, cohorts, total, float((ultimate - latest).sum()), total_se)


def development(known: Numbers) -> Numbers:
    """Return the volume-weighted factor of each step: what the cohorts that took it came to, over what they had."""
    before, after = known[:, :-1], known[:, 1:]
    base = np.where(np.isnan(after), 0.0, before).sum(axis=0)
    refuse("a step needs a count above 0 to grow from", base <= 0, before=base)
    return np.nansum(after, axis=0) / base


def deviations(known: Numbers, factors: Numbers, last_sigma: str | float) -> Numbers:
    """Return sigma of each step (Mack 1993), the last by the rule asked for; not-a-number where there is no answer."""
    before, after = known[:, :-1], known[:, 1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = np.nansum((after - factors * before) ** 2 / before, axis=0)
        spare = np.isfinite(after).sum(axis=0) - 1
        sigma = np.sqrt(np.where(np.isfinite(squares), squares, np.nan) / spare)
    alone = np.flatnonzero(spare == 0)
    if not isinstance(last_sigma, str):
        sigma[alone] = last_sigma
        return sigma
    if last_sigma not in ("log-linear", "Mack"):
        raise ValueError(f"last_sigma must be 'log-linear', 'Mack' or a number, not {last_sigma!r}")
    carried = _log_linear(sigma, alone) if last_sigma == "log-linear" else None
    for step in alone.tolist():
        sigma[step] = _macks_rule(sigma, step) if carried is None else carried[step]
    return sigma


def mack_errors(known: Numbers, full: Numbers, factors: Numbers, sigma: Numbers) -> tuple[Numbers, float]:
    """Return the standard error of each completed count and of their sum, by Mack's recursion (1999)."""
    process, parameter = np.zeros(len(full)), np.zeros(len(full))
    total = 0.0
    for step, factor in enumerate(factors):
        unknown, before = np.isnan(known[:, step + 1]), full[:, step]
        of_factor = sigma[step] ** 2 / before[~unknown].sum()
        process = np.where(unknown, before * sigma[step] ** 2 + process * factor**2, 0.0)
        parameter = np.where(unknown, before**2 * of_factor + parameter * factor**2, 0.0)
        total = before[unknown].sum() ** 2 * of_factor + total * factor**2
    return np.sqrt(process + parameter), float(np.sqrt(process.sum() + total))


def _square(triangle: Sequence[Sequence[float]]) -> Numbers:
    lengths = [len(row) for row in triangle]
    falls = all(0 < later <= earlier for earlier, later in pairwise(lengths))
    if not (len(lengths) > 1 and falls and lengths[0] > 1):
        raise NotHonest(
            "these rows are no triangle of cohorts, the oldest first.",
            [("ages known", ", ".join(map(str, lengths)))],
            "Give each cohort's cumulative counts by age, the oldest first; no row longer than the one above it.",
        )
    square = np.full((len(lengths), lengths[0]), np.nan)
    for row, counts in zip(square, triangle, strict=True):
        row[: len(counts)] = counts
    inside = np.arange(lengths[0]) < np.array(lengths)[:, None]
    refuse("counts must be numbers from 0", (inside & ~(square >= 0)).ravel(), count=square.ravel())
    return square


def _filled(known: Numbers, factors: Numbers) -> Numbers:
    full = known.copy()
    for step, factor in enumerate(factors):
        full[:, step + 1] = np.where(np.isnan(known[:, step + 1]), full[:, step] * factor, known[:, step + 1])
    return full


def _macks_rule(sigma: Numbers, step: int) -> float:
    if step < 2:
        return float(sigma[0]) if step else math.nan
    two, one = sigma[step - 2] ** 2, sigma[step - 1] ** 2
    return math.sqrt(min(one**2 / two if two else math.inf, two, one))


def _log_linear(sigma: Numbers, alone: Numbers) -> Numbers | None:
    """Return sigma carried on log-linearly, or None where the fit is no better than chance would make it."""
    from scipy.stats import linregress

    steps = np.arange(len(sigma))
    used = (sigma > 0) & ~np.isin(steps, alone)
    if used.sum() < 3:
        return None
    fit = linregress(steps[used], np.log(sigma[used]))
    return None if fit.pvalue > SUREST else np.exp(fit.intercept + fit.slope * steps)


def _log_normal(latest: Numbers, outstanding: Numbers, se: Numbers, level: float) -> Limits:
    from scipy.special import ndtri

    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.log1p((se / outstanding) ** 2))
        middle, width = np.log(outstanding) - spread**2 / 2, ndtri((1 + level) / 2) * spread
        is_none = ~((outstanding > 0) & (se > 0))
        lower, upper = latest + np.exp(middle - width), latest + np.exp(middle + width)
    return np.where(is_none, np.nan, lower), np.where(is_none, np.nan, upper)
