"""The ratio of two independent shares: 'one and a half times as many', with an interval of its own.

Every `*_limits` function takes arrays (one row each) and returns the lower and upper ends of share 1 over share 2. They
run to infinity where nobody in the second group is a case, and from 0 where nobody in the first is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from stats.estimate.differences import refuse_bad_pairs
from stats.estimate.proportions import wilson_limits
from stats.estimate.score import score_limits
from stats.estimate.shape import WHY_NONE, Limits, Numbers, estimator, interval_method, named, refuse, result

NONE_AT_ALL = "none in either group, so there is no ratio"


@estimator
def share_ratio(
    x1: Numbers,
    n1: Numbers,
    x2: Numbers,
    n2: Numbers,
    *,
    basis: str,
    method: str | None = None,
    level: float = 0.95,
    as_if: bool = False,
) -> dict[str, Any]:
    """Return the share x1 of n1 over the share x2 of n2.

    Parameters
    ----------
    x1, n1, x2, n2 : int, or a table and the names of its columns
        Whole counts of two groups that share nobody, 0 <= x <= n, n > 0.
    basis : {"sample", "full count", "case audit", "self-selected"}
        Two random samples get an interval; the others get none.
    method : {"mover-wilson", "koopman", "miettinen-nurminen", "katz-log"}, optional
        `mover-wilson`, unless another is named, recovers the variances from two Wilson intervals (MOVER-R: Donner and
        Zou 2012, Stat Methods Med Res 21:347; Fagerland and Newcombe 2013, Stat Med 32:2823). `koopman` (1984; Nam
        1995) and `miettinen-nurminen` (1985) are score intervals, without and with the variance times N / (N - 1).
        `katz-log` (1978) wants a case in both groups, and somebody who is none.
    level : float
        Confidence level, between 0 and 1.
    as_if : bool
        Give two full counts an interval all the same; its method then says what it supposes.

    Returns
    -------
    Estimate, or the table with its columns added
        Unit 'ratio'; `n` is n1 + n2. Infinite where only x2 is 0; where both are, not-a-number between 0 and infinity,
        and the method says so.

    Raises
    ------
    NotHonest
        If an interval is asked for on a basis that has none, or a method that is not published.
    BadCount
        If these are not such counts.
    ValueError
        If the basis is none of the four, or the level does not lie between 0 and 1.

    Examples
    --------
    >>> times = share_ratio(24, 73, 53, 65, basis="sample")
    >>> round(times.value, 3), round(times.lower, 3), round(times.upper, 3)
    (0.403, 0.282, 0.563)
    >>> share_ratio(3, 10, 0, 10, basis="sample").upper
    inf
    """
    chosen = interval_method(basis, method, tuple(LIMITS), as_if=as_if, level=level)
    refuse_bad_pairs(x1, n1, x2, n2)
    if chosen == "katz-log":
        rule = "katz-log has no limits for none in a group or all of both, and mover-wilson has"
        refuse(rule, (x1 == 0) | (x2 == 0) | ((x1 == n1) & (x2 == n2)), x1=x1, n1=n1, x2=x2, n2=n2)
    value = quotient(x1 * n2, x2 * n1)
    limits = LIMITS[chosen](x1, n1, x2, n2, level) if chosen else None
    if limits is not None:  # the last digit of a limit may fall on the wrong side of the value
        limits = np.fmin(limits[0], value), np.fmax(limits[1], value)
    words = named(chosen, as_if=as_if) if chosen else WHY_NONE[basis]
    said = np.where((x1 == 0) & (x2 == 0), f"{words}; {NONE_AT_ALL}", words)
    return result(value, limits, unit="ratio", method=said, n=n1 + n2, basis=basis, level=level)


def mover_wilson_limits(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float) -> Limits:
    """MOVER-R of two Wilson intervals (Donner and Zou 2012; Fagerland and Newcombe 2013)."""
    p1, p2 = x1 / n1, x2 / n2
    (low1, high1), (low2, high2) = wilson_limits(x1, n1, level), wilson_limits(x2, n2, level)

    def root(limit1: Numbers, limit2: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        first, second = limit1 * (2 * p1 - limit1), limit2 * (2 * p2 - limit2)
        return first, second, p1 * p2 + np.sqrt(np.maximum((p1 * p2) ** 2 - first * second, 0))

    least, _, under = root(low1, high2)
    _, base, over = root(high1, low2)
    return np.where(x1 == 0, 0.0, quotient(least, under)), np.where(x2 == 0, np.inf, quotient(over, base))


def koopman_limits(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float) -> Limits:
    """Score interval with the variance as it is (Koopman 1984, Biometrics 40:513; Nam 1995)."""
    return _score_limits(x1, n1, x2, n2, level, widen=np.ones(x1.shape))


def miettinen_nurminen_limits(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float) -> Limits:
    """Score interval whose variance is multiplied by N / (N - 1) (Miettinen and Nurminen 1985, Stat Med 4:213)."""
    return _score_limits(x1, n1, x2, n2, level, widen=(n1 + n2) / (n1 + n2 - 1))


def katz_log_limits(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float) -> Limits:
    """Normal on the logarithm (Katz, Baptista, Azen and Pike 1978); not-a-number where a group has no case."""
    from scipy.special import ndtri

    with np.errstate(divide="ignore", invalid="ignore"):
        spread = ndtri((1 + level) / 2) * np.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)
        middle = np.log(x1 / n1) - np.log(x2 / n2)
        return np.exp(middle - spread), np.exp(middle + spread)


LIMITS: dict[str, Callable[..., Limits]] = {
    "mover-wilson": mover_wilson_limits,
    "koopman": koopman_limits,
    "miettinen-nurminen": miettinen_nurminen_limits,
    "katz-log": katz_log_limits,
}
"""The published intervals of a ratio, the default first."""


def quotient(top: Numbers, bottom: Numbers) -> Numbers:
    """Return top over bottom: infinite over 0, not-a-number for 0 over 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return top / np.asarray(bottom, dtype="float64")


def _score_limits(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float, *, widen: Numbers) -> Limits:
    """Search u = ratio / (1 + ratio), which runs from 0 to 1 where the ratio runs to infinity."""
    is_more = x1 * n2 > x2 * n1  # digits are lost near u = 1: there the groups change places
    x1, n1, x2, n2 = np.where(is_more, [x2, n2, x1, n1], [x1, n1, x2, n2])
    top, bottom = x1 * n2, x2 * n1
    best = np.divide(top, top + bottom, out=np.full(x1.shape, 0.5), where=top + bottom > 0)
    ends = np.zeros(x1.shape), np.ones(x1.shape)
    lower, upper = score_limits(_score, (x1, n1, x2, n2, widen), best=best, ends=ends, level=level)
    return from_odds(np.where(x1 == 0, 0.0, lower), np.where(x2 == 0, 1.0, upper), is_inverse=is_more)


def from_odds(lower: Numbers, upper: Numbers, *, is_inverse: Numbers) -> Limits:
    """Return u / (1 - u) of both ends, or its inverse where the groups had changed places."""
    low, high = quotient(lower, 1 - lower), quotient(upper, 1 - upper)
    return (
        np.where(is_inverse, quotient(1 - upper, upper), low), np.where(is_inverse, quotient(1 - lower, lower), high),
    )  # fmt: skip


def _score(u: Numbers, x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, widen: Numbers) -> tuple[Numbers, Numbers]:
    """How far the shares are from the ratio u : w, and the variance of that if the ratio were true."""
    w = 1 - u
    p1, p2 = _shares(u, w, x1, n1, x2, n2)
    variance = w**2 * p1 * (1 - p1) / n1 + u**2 * p2 * (1 - p2) / n2
    return w * (x1 / n1) - u * (x2 / n2), variance * widen


def _shares(u: Numbers, w: Numbers, x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers) -> tuple[Numbers, Numbers]:
    """Most likely shares u s and w s: s is the lesser root of (n1 + n2) u w s^2 - b s + x1 + x2.

    The discriminant is written as a sum of squares, so that rounding cannot make it negative.
    """
    others1, others2 = u * (n1 - x1), w * (n2 - x2)
    b = x1 + x2 + others1 + others2
    discriminant = ((x1 + x2) * (u - w) + others1 - others2) ** 2 + 4 * others1 * others2
    s = 2 * (x1 + x2) / (b + np.sqrt(discriminant))
    return np.minimum(u * s, 1), np.minimum(w * s, 1)
