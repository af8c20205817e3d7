"""The difference of two independent shares, with an interval of its own: overlap of two intervals is not a test.

Every `*_limits` function takes arrays (one row each) and returns the lower and upper ends of share 1 less share 2, each
from -1 to 1.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from stats.errors import NotHonest
from stats.estimate.estimate import Estimate
from stats.estimate.proportions import LIMITS as PROPORTION_LIMITS
from stats.estimate.proportions import wilson_cc_limits
from stats.estimate.score import score_limits
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

ALL = (-1.0, 1.0)
"""The least and the greatest difference of two shares."""


@estimator
def share_difference(
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
    """Return the share x1 of n1 less the share x2 of n2; times 100 it is in percentage points.

    Parameters
    ----------
    x1, n1, x2, n2 : int, or a table and the names of its columns
        Whole counts of two groups that share nobody, 0 <= x <= n, n > 0.
    basis : {"sample", "full count", "case audit", "self-selected"}
        Two random samples get an interval; the others get none.
    method : {"newcombe", "newcombe-cc", "miettinen-nurminen", "mee", "agresti-caffo"}, optional
        `newcombe`, unless another is named, is square-and-add of two Wilson intervals (Newcombe 1998, Stat Med 17:873,
        method 10), and `newcombe-cc` the same with continuity correction (method 11). `miettinen-nurminen` (1985) and
        `mee` (1984) are score intervals, with and without the variance times N / (N - 1). `agresti-caffo` (2000) adds
        one case and one other to each group.
    level : float
        Confidence level, between 0 and 1.
    as_if : bool
        Give two full counts an interval all the same; its method then says what it supposes.

    Returns
    -------
    Estimate, or the table with its columns added
        Unit 'change in share', from -1 to 1; `n` is n1 + n2.

    Raises
    ------
    NotHonest
        If an interval is asked for on a basis that has none, or Wald is asked for.
    BadCount
        If these are not such counts.
    ValueError
        If the basis is none of the four, or the level does not lie between 0 and 1.

    Examples
    --------
    >>> change = share_difference(56, 70, 48, 80, basis="sample")
    >>> round(change.value, 3), round(change.lower, 3), round(change.upper, 3), change.n
    (0.2, 0.052, 0.334, 150)
    """
    chosen = interval_method(basis, method, tuple(LIMITS), as_if=as_if, level=level)
    refuse_bad_pairs(x1, n1, x2, n2)
    value = x1 / n1 - x2 / n2
    limits = LIMITS[chosen](x1, n1, x2, n2, level) if chosen else None
    if limits is not None:  # the last digit of a limit may fall on the wrong side of 1, -1 or the value
        limits = np.clip(limits[0], ALL[0], value), np.clip(limits[1], value, ALL[1])
    words = named(chosen, as_if=as_if) if chosen else WHY_NONE[basis]
    return result(value, limits, unit="change in share", method=words, n=n1 + n2, basis=basis, level=level)


def counts_of(share: Estimate) -> tuple[int, int]:
    """Return the whole counts x and n behind a share of a random sample that `proportion` made.

    Parameters
    ----------
    share : Estimate

    Raises
    ------
    NotHonest
        If it is no such share, as one with weights or a design factor, or its base does not give whole counts.

    Examples
    --------
    >>> from stats.estimate.proportions import proportion
    >>> counts_of(proportion(79, 122, basis="sample"))
    (79, 122)
    """
    x, n = round(share.value * share.n), round(share.n)
    if share.unit != "share" or share.method not in PROPORTION_LIMITS or n != share.n or x / n != share.value:
        raise NotHonest(
            "the counts behind this share cannot be told from it.",
            [("share", f"{share.value} {share.unit}, n = {share.n}, {share.method}")],
            "Use share_difference or share_ratio with the counts.",
        )
    return x, n


def newcombe_limits(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float) -> Limits:
    """Square-and-add of two Wilson intervals (Newcombe 1998, Stat Med 17:873, method 10)."""
    return _of_library("newcomb", x1, n1, x2, n2, level)


def newcombe_cc_limits(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float) -> Limits:
    """Square-and-add of two Wilson intervals with continuity correction (the same paper, method 11)."""
    p1, p2 = x1 / n1, x2 / n2
    (low1, high1), (low2, high2) = wilson_cc_limits(x1, n1, level), wilson_cc_limits(x2, n2, level)
    return p1 - p2 - np.hypot(p1 - low1, high2 - p2), p1 - p2 + np.hypot(high1 - p1, p2 - low2)


def miettinen_nurminen_limits(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float) -> Limits:
    """Score interval whose variance is multiplied by N / (N - 1) (Miettinen and Nurminen 1985, Stat Med 4:213)."""
    return _score_limits(x1, n1, x2, n2, level, widen=(n1 + n2) / (n1 + n2 - 1))


def mee_limits(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float) -> Limits:
    """Score interval with the variance as it is (Mee 1984, Biometrics 40:1175)."""
    return _score_limits(x1, n1, x2, n2, level, widen=np.ones(x1.shape))


def agresti_caffo_limits(
    x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float, *, clip: tuple[float, float] = ALL
) -> Limits:
    """Wald with one case and one other added to each group (Agresti and Caffo 2000), cut off at `clip`."""
    lower, upper = _of_library("agresti-caffo", x1, n1, x2, n2, level)
    return np.clip(lower, *clip), np.clip(upper, *clip)


def wald_limits(
    x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float, *, clip: tuple[float, float] = ALL
) -> Limits:
    """Wald, which is never published: here to be checked, and to show that 0 of 10 less 0 of 20 would be 0 to 0."""
    lower, upper = _of_library("wald", x1, n1, x2, n2, level)
    return np.clip(lower, *clip), np.clip(upper, *clip)


LIMITS: dict[str, Callable[..., Limits]] = {
    "newcombe": newcombe_limits,
    "newcombe-cc": newcombe_cc_limits,
    "miettinen-nurminen": miettinen_nurminen_limits,
    "mee": mee_limits,
    "agresti-caffo": agresti_caffo_limits,
}
"""The published intervals of a difference, the default first."""


POLISHED = 3
"""Newton steps after the closed form of a cubic's root, which keeps half of its digits where two roots are close."""

LARGEST = 10**9
"""Products of two counts must fit into 64 bits, and no group of people is larger."""


def refuse_bad_pairs(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers) -> None:
    """Stop unless every row holds two shares of whole counts."""
    rule = "x1 of n1 and x2 of n2 must be whole counts with 0 <= x <= n and n > 0"
    stop = partial(refuse, rule, x1=x1, n1=n1, x2=x2, n2=n2)
    stop(not is_whole(x1, n1, x2, n2))
    stop((x1 < 0) | (x1 > n1) | (n1 <= 0) | (x2 < 0) | (x2 > n2) | (n2 <= 0))
    refuse(f"two groups may hold up to {LARGEST:,} each", (n1 > LARGEST) | (n2 > LARGEST), n1=n1, n2=n2)


def _of_library(method: str, x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float) -> Limits:
    from statsmodels.stats.proportion import confint_proportions_2indep

    return confint_proportions_2indep(x1, n1, x2, n2, method=method, compare="diff", alpha=1 - level)


def _score_limits(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float, *, widen: Numbers) -> Limits:
    # Digits are lost in the share of a larger group that stands first, and near 1: there the question is turned round.
    is_larger = n1 > n2
    x, n = np.where(is_larger, [x2, x1], [x1, x2]), np.where(is_larger, [n2, n1], [n1, n2])
    are_most = 2 * x.sum(axis=0) > n.sum(axis=0)
    x = np.where(are_most, n - x, x)
    best, ends = x[0] / n[0] - x[1] / n[1], (np.full(x1.shape, ALL[0]), np.full(x1.shape, ALL[1]))
    lower, upper = score_limits(_score, (x[0], n[0], x[1], n[1], widen), best=best, ends=ends, level=level)
    return np.where(is_larger ^ are_most, -upper, lower), np.where(is_larger ^ are_most, -lower, upper)


def _score(
    difference: Numbers, x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, widen: Numbers
) -> tuple[Numbers, Numbers]:
    """How far the shares are from a difference, and the variance of that if the difference were true."""
    p2 = _second_share(difference, x1, n1, x2, n2)
    p1 = np.clip(p2 + difference, 0, 1)
    return x1 / n1 - x2 / n2 - difference, (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * widen


def _second_share(difference: Numbers, x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers) -> Numbers:
    """Most likely second share if the difference is as given: the root of a cubic (Miettinen and Nurminen 1985)."""
    n, x = n1 + n2, x1 + x2
    squared = ((n1 + 2 * n2) * difference - n - x) / n / 3
    linear = ((n2 * difference - n - 2 * x2) * difference + x) / n / 3
    constant = x2 * difference * (1 - difference) / n
    v = squared**3 - 1.5 * squared * linear + constant / 2
    u = np.copysign(np.sqrt(np.maximum(squared**2 - linear, 0)), v)
    angle = np.arccos(np.clip(np.divide(v, u**3, out=np.zeros_like(v), where=u != 0), -1, 1))
    lowest, highest = np.maximum(0, -difference), np.minimum(1, 1 - difference)
    root = np.clip(2 * u * np.cos((np.pi + angle) / 3) - squared, lowest, highest)
    for _ in range(POLISHED):
        left = ((root + 3 * squared) * root + 3 * linear) * root + constant
        slope = 3 * ((root + 2 * squared) * root + linear)
        closer = np.clip(root - np.divide(left, slope, out=np.zeros_like(root), where=slope != 0), lowest, highest)
        left_closer = ((closer + 3 * squared) * closer + 3 * linear) * closer + constant
        root = np.where(np.abs(left_closer) < np.abs(left), closer, root)
    return root
