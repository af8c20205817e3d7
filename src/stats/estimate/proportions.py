"""One proportion, with the interval that the design behind it allows, or none.

Every `*_limits` function takes arrays (one row each) and returns the lower and upper ends as shares from 0 to 1.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np

from stats.estimate.shape import (
    WHY_NONE,
    Limits,
    Numbers,
    check_level,
    estimator,
    interval_method,
    is_whole,
    named,
    refuse,
    result,
)


@estimator
def proportion(
    x: Numbers, n: Numbers, *, basis: str, method: str | None = None, level: float = 0.95, as_if: bool = False
) -> dict[str, Any]:
    """Return x of n as a share from 0 to 1.

    Parameters
    ----------
    x, n : int, or a table and the names of its columns
        Whole counts, 0 <= x <= n, n > 0.
    basis : {"sample", "full count", "case audit", "self-selected"}
        A random sample gets an interval (Wilson 1927 unless `method` says otherwise); the others get none.
    method : {"wilson", "wilson-cc", "exact", "mid-p", "jeffreys", "agresti-coull"}, optional
        Ask for an interval by name. `exact` is Clopper-Pearson (1934); `jeffreys` has the edges of Brown, Cai and
        DasGupta (2001): 0 for none of n and 1 for all of them.
    level : float
        Confidence level, between 0 and 1.
    as_if : bool
        Give a full count an interval all the same; its method then says what it supposes.

    Returns
    -------
    Estimate, or the table with its columns added

    Raises
    ------
    NotHonest
        If an interval is asked for on a basis that has none, or Wald is asked for.
    BadCount
        If x and n are not such counts.
    ValueError
        If the basis is none of the four, or the level does not lie between 0 and 1.

    Examples
    --------
    >>> wilson = proportion(21, 28, basis="sample")
    >>> round(wilson.lower, 3), round(wilson.upper, 3)
    (0.566, 0.873)
    >>> proportion(79, 122, basis="self-selected").method
    'no interval: people who chose to answer stand for themselves'
    """
    chosen = interval_method(basis, method, tuple(LIMITS), as_if=as_if, level=level)
    _refuse_bad_counts(x, n)
    limits = LIMITS[chosen](x, n, level) if chosen else None
    words = named(chosen, as_if=as_if) if chosen else WHY_NONE[basis]
    return result(x / n, limits, unit="share", method=words, n=n, basis=basis, level=level)


def upper_bound(x: int, n: int, *, level: float = 0.95) -> float:
    """Return the one-sided exact upper bound of a proportion: for none of n, 1 - (1 - level)^(1/n).

    Parameters
    ----------
    x, n : int
        Whole counts, 0 <= x <= n, n > 0.
    level : float

    Examples
    --------
    >>> round(upper_bound(0, 112), 4)
    0.0264
    """
    from scipy.special import betaincinv

    check_level(level)
    _refuse_bad_counts(np.asarray([x]), np.asarray([n]))
    return 1.0 if x == n else float(betaincinv(x + 1, n - x, level))


def wilson_limits(x: Numbers, n: Numbers, level: float) -> Limits:
    """Wilson (1927) score limits; x and n need not be whole, so that an effective sample size can be used.

    Written out, because every verdict on a small base wants it: statsmodels loads all of scipy, which takes a second.
    """
    z = -NormalDist().inv_cdf((1 - level) / 2)
    p, scale = x / n, 1 + z**2 / n
    middle = (p + z**2 / (2 * n)) / scale
    reach = z * np.sqrt(p * (1 - p) / n + (z / (2.0 * n)) ** 2) / scale
    return np.where(x == 0, 0.0, np.maximum(middle - reach, 0)), np.where(x == n, 1.0, np.minimum(middle + reach, 1))


def exact_limits(x: Numbers, n: Numbers, level: float) -> Limits:
    """Clopper and Pearson (1934)."""
    from statsmodels.stats.proportion import proportion_confint

    lower, upper = proportion_confint(x, n, alpha=1 - level, method="beta")
    return np.where(x == 0, 0.0, lower), np.where(x == n, 1.0, upper)


def wilson_cc_limits(x: Numbers, n: Numbers, level: float) -> Limits:
    """Wilson score limits with continuity correction (Newcombe 1998, Stat Med 17:857, method 4)."""
    from scipy.stats import norm

    z = norm.ppf((1 + level) / 2)
    p, q = x / n, 1 - x / n
    lower = (2 * x + z**2 - 1 - z * np.sqrt(np.maximum(z**2 - 2 - 1 / n + 4 * p * (n * q + 1), 0))) / (2 * (n + z**2))
    upper = (2 * x + z**2 + 1 + z * np.sqrt(np.maximum(z**2 + 2 - 1 / n + 4 * p * (n * q - 1), 0))) / (2 * (n + z**2))
    return np.where(x == 0, 0.0, np.maximum(lower, 0)), np.where(x == n, 1.0, np.minimum(upper, 1))


def mid_p_limits(x: Numbers, n: Numbers, level: float) -> Limits:
    """Exact limits that count half of the observed outcome's probability (Newcombe 1998, Stat Med 17:857, method 6)."""
    from scipy.optimize.elementwise import find_root
    from scipy.stats import binom

    tail = (1 - level) / 2

    def excess(p: Numbers, x: Numbers, n: Numbers, side: Numbers) -> Numbers:
        below = binom.cdf(x, n, p) - binom.pmf(x, n, p) / 2
        return np.where(side > 0, below, 1 - below) - tail

    p, (low, high) = x / n, exact_limits(x, n, level)
    ends = [
        find_root(excess, bracket, args=(x, n, np.full(x.shape, side))).x
        for side, bracket in ((-1, (low, p)), (1, (p, high)))
    ]
    return np.where(x == 0, 0.0, ends[0]), np.where(x == n, 1.0, ends[1])


def jeffreys_limits(x: Numbers, n: Numbers, level: float) -> Limits:
    """Equal tails of Beta(x + 1/2, n - x + 1/2), with 0 at none and 1 at all (Brown, Cai and DasGupta 2001)."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    lower, upper = betaincinv(x + 0.5, n - x + 0.5, tail), betaincinv(x + 0.5, n - x + 0.5, 1 - tail)
    return np.where(x == 0, 0.0, lower), np.where(x == n, 1.0, upper)


def agresti_coull_limits(x: Numbers, n: Numbers, level: float) -> Limits:
    """Agresti and Coull (1998), cut off at 0 and 1."""
    from statsmodels.stats.proportion import proportion_confint

    lower, upper = proportion_confint(x, n, alpha=1 - level, method="agresti_coull")
    return np.clip(lower, 0, 1), np.clip(upper, 0, 1)


LIMITS = {
    "wilson": wilson_limits,
    "wilson-cc": wilson_cc_limits,
    "exact": exact_limits,
    "mid-p": mid_p_limits,
    "jeffreys": jeffreys_limits,
    "agresti-coull": agresti_coull_limits,
}
"""The published intervals of a proportion, the default first."""


def _refuse_bad_counts(x: Numbers, n: Numbers) -> None:
    rule = "x and n must be whole counts with 0 <= x <= n and n > 0"
    refuse(rule, not is_whole(x, n), x=x, n=n)
    refuse(rule, (x < 0) | (x > n) | (n <= 0), x=x, n=n)
