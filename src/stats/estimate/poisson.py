"""A count as a rate per so many residents, with the interval that the design behind it allows, or none.

Every `*_limits` function takes an array of counts (one row each) and returns the lower and upper ends of the expected
count; a rate is that over its exposure. `rates.per_1000` is for recorded offences with their contract.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stats.estimate.shape import (
    WHY_NONE,
    Limits,
    Numbers,
    estimator,
    interval_method,
    is_whole,
    named,
    refuse,
    result,
)

SMALL_COUNT = 10
"""Counts below this are given exact limits by the rule of Public Health England (PHE)."""


@estimator
def rate(
    x: Numbers,
    exposure: Numbers,
    *,
    basis: str,
    per: float = 1000,
    of: str = "residents",
    method: str | None = None,
    level: float = 0.95,
    as_if: bool = False,
) -> dict[str, Any]:
    """Return a count per 1,000 residents, or per any other number of whatever was exposed.

    Parameters
    ----------
    x : int, or a table and the names of its columns
        Whole counts of events, 0 or more. They may exceed the exposure: several offences a resident happen.
    exposure : float
        Persons (or years lived by them), above 0. Never in thousands: 56,000 residents are 56000, not 56.
    basis : {"sample", "full count", "case audit", "self-selected"}
        A random sample gets an interval; a full count only with `as_if`; the others none.
    per : float
        The rate is per so many of the exposure.
    of : str
        What is exposed, for the unit: 'per 1,000 residents'.
    method : {"exact", "byar", "byar-midpoint", "phe-rule", "score"}, optional
        `exact` is Garwood (1936); `byar` has x in the lower and x + 1 in the upper limit (Breslow and Day 1987);
        `byar-midpoint` has x + 1/2 in both (Rothman 1979), and is another formula; `phe-rule` is exact below 10 events
        and Byar from 10 on, and says row by row which. A lower limit that a formula puts below 0 is 0.
    level : float
        Confidence level, between 0 and 1.
    as_if : bool
        Give a full count an interval all the same; its method then says what it supposes. Several offences against
        one victim are not independent, so it is too narrow: see `standardised_rate` for repeat events.

    Returns
    -------
    Estimate, or the table with its columns added

    Raises
    ------
    NotHonest
        If an interval is asked for on a basis that has none, or a method that is not published.
    BadCount
        If x is no whole count, or the exposure is not above 0.

    Examples
    --------
    >>> found = rate(117, 56000, basis="sample")
    >>> round(found.value, 2), round(found.lower, 2), round(found.upper, 2), found.unit
    (2.09, 1.73, 2.5, 'per 1,000 residents')
    >>> rate(7, 5600, basis="sample", method="phe-rule").method
    'phe-rule: exact'
    """
    chosen = interval_method(basis, method, tuple(LIMITS), as_if=as_if, level=level)
    refuse_bad_rate(x=x, exposure=exposure)
    if not per > 0:
        raise ValueError(f"per must be above 0, not {per!r}")
    limits: Limits | None = None
    words: str | Numbers = WHY_NONE.get(basis, "")
    if chosen:
        lower, upper = LIMITS[chosen](x, level)
        limits = np.fmax(lower, 0) / exposure * per, upper / exposure * per
        words = rule_words(x, as_if=as_if) if chosen == "phe-rule" else named(chosen, as_if=as_if)
    unit = f"per {per:,} {of}"
    return result(x / exposure * per, limits, unit=unit, method=words, n=exposure, basis=basis, level=level)


def exact_limits(x: Numbers, level: float) -> Limits:
    """Garwood (1936); x need not be whole, so that an expected count can stand for it."""
    from statsmodels.stats.rates import confint_poisson

    lower, upper = confint_poisson(x, 1, method="exact-c", alpha=1 - level)
    return np.where(x == 0, 0.0, lower), np.asarray(upper)


def byar_limits(x: Numbers, level: float) -> Limits:
    """Byar's approximation with x in the lower and x + 1 in the upper limit (Breslow and Day 1987, page 69).

    The lower limit is not-a-number where the formula gives none: at x = 0, or below zero.
    """
    z = _z(level)
    known = np.maximum(x, 1)
    lower = np.where(x > 0, known * (1 - 1 / (9 * known) - z / (3 * np.sqrt(known))) ** 3, np.nan)
    upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3
    return np.where(lower < 0, np.nan, lower), upper


def byar_midpoint_limits(x: Numbers, level: float) -> Limits:
    """Byar's approximation with x + 1/2 in both limits (Rothman 1979); the lower can fall below zero near x = 0."""
    middle, z = x + 0.5, _z(level)
    lower, upper = (middle * (1 - 1 / (9 * middle) + side * z / (3 * np.sqrt(middle))) ** 3 for side in (-1, 1))
    return lower, upper


def phe_rule_limits(x: Numbers, level: float) -> Limits:
    """Exact below 10 events, Byar from 10 on (PHE technical guide 2018)."""
    exact, byar = exact_limits(x, level), byar_limits(x, level)
    lower, upper = (np.where(x < SMALL_COUNT, e, b) for e, b in zip(exact, byar, strict=True))
    return lower, upper


def score_limits(x: Numbers, level: float) -> Limits:
    """Where the score test of a Poisson count just rejects: (x - mu)^2 = z^2 mu."""
    from statsmodels.stats.rates import confint_poisson

    lower, upper = confint_poisson(x, 1, method="score", alpha=1 - level)
    return np.where(x == 0, 0.0, lower), np.asarray(upper)


LIMITS = {
    "exact": exact_limits,
    "byar": byar_limits,
    "byar-midpoint": byar_midpoint_limits,
    "phe-rule": phe_rule_limits,
    "score": score_limits,
}
"""The published intervals of a count, the default first."""


def rule_words(x: Numbers, *, as_if: bool = False) -> Numbers:
    """Return for each count which method the rule of PHE picked."""
    return np.where(x < SMALL_COUNT, named("phe-rule: exact", as_if=as_if), named("phe-rule: byar", as_if=as_if))


def refuse_bad_rate(**columns: Numbers) -> None:
    """Stop unless the columns called x are whole counts from 0 on, and the others (exposures) above 0."""
    counts = [column for name, column in columns.items() if name.startswith("x")]
    rule = "events must be whole counts from 0 on, and their exposure above 0"
    refuse(rule, not is_whole(*counts), **columns)
    exposures = [column for name, column in columns.items() if not name.startswith("x")]
    refuse(rule, np.any([c < 0 for c in counts] + [~((e > 0) & np.isfinite(e)) for e in exposures], axis=0), **columns)


def _z(level: float) -> float:
    from scipy.stats import norm

    return float(norm.ppf((1 + level) / 2))
