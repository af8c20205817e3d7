"""Observed events over those expected at the rates of a reference area: an indirectly standardised ratio.

The conventions are those of the R package PHEindicatormethods: exact limits below 10 events, Byar's from 10 on.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stats.estimate.poisson import phe_rule_limits, rule_words
from stats.estimate.shape import WHY_NONE, Numbers, estimator, interval_method, is_whole, one_each, refuse, result


def expected(pop: ArrayLike, ref_count: ArrayLike, ref_pop: ArrayLike) -> float:
    """Return the events expected in an area at the rates of a reference area, age group by age group.

    Parameters
    ----------
    pop : array
        Residents of the area, in persons, one number an age group.
    ref_count, ref_pop : array
        Events and residents of the reference, in the same order.

    Raises
    ------
    BadCount
        For negative numbers, a reference without residents, or lists that are not of one length.

    Examples
    --------
    >>> expected([1000, 2000], [10, 40], [5000, 8000])
    12.0
    """
    residents, events, reference = (np.asarray(numbers, dtype="float64") for numbers in (pop, ref_count, ref_pop))
    one_each("give one number an age group", pop=residents, ref_count=events, ref_pop=reference)
    rule = "residents and events must be from 0 on, and residents of the reference above 0"
    is_wrong = np.asarray(~(residents >= 0) | ~(events >= 0) | ~(reference > 0))
    refuse(rule, is_wrong, pop=residents, ref_count=events, ref_pop=reference)
    return math.fsum(residents * events / reference)


@estimator
def observed_over_expected(
    observed: Numbers,
    expected: Numbers,
    *,
    basis: str,
    per: float = 1,
    level: float = 0.95,
    as_if: bool = False,
) -> dict[str, Any]:
    """Return observed over expected events: an indirectly standardised ratio.

    Parameters
    ----------
    observed : int, or a table and the names of its columns
        Whole counts.
    expected : float
        Above 0, as `expected` returns it.
    basis : {"sample", "full count", "case audit", "self-selected"}
    per : float
        1 for a ratio, 100 for 'per 100 expected'.
    level, as_if
        As `poisson.rate`. Limits are exact below 10 observed and Byar's from 10 on; the method says which.

    Returns
    -------
    Estimate, or the table with its columns added
        `n` is the expected events.

    Raises
    ------
    NotHonest, BadCount
        As `poisson.rate`.

    Examples
    --------
    >>> found = observed_over_expected(91, 835.88, basis="sample", per=100)
    >>> round(found.value, 1), round(found.lower, 1), round(found.upper, 1), found.unit
    (10.9, 8.8, 13.4, 'per 100 expected')
    """
    chosen = interval_method(basis, None, ("phe-rule",), as_if=as_if, level=level)
    rule = "observed must be whole counts from 0 on, and expected above 0"
    refuse(rule, not is_whole(observed), observed=observed, expected=expected)
    refuse(
        rule,
        np.asarray((observed < 0) | ~((expected > 0) & np.isfinite(expected))),
        observed=observed,
        expected=expected,
    )
    limits = None
    if chosen:
        lower, upper = phe_rule_limits(observed, level)
        limits = lower / expected * per, upper / expected * per
    return result(
        observed / expected * per, limits, unit="ratio" if per == 1 else f"per {per:,} expected",
        method=rule_words(observed, as_if=as_if) if chosen else WHY_NONE[basis], n=expected, basis=basis, level=level,
    )  # fmt: skip
