"""The odds ratio of two independent groups: rarely the number that a reader wants, who takes it for a ratio of shares.

Every `*_limits` function takes arrays (one row each) and returns the lower and upper ends, from 0 to infinity.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from stats.estimate.differences import refuse_bad_pairs
from stats.estimate.ratios import from_odds, quotient
from stats.estimate.score import score_limits
from stats.estimate.shape import WHY_NONE, Limits, Numbers, estimator, interval_method, named, refuse, result

NOBODY_OR_ALL = "nobody, or everybody, in both groups, so there is no odds ratio"

LARGEST_EXACT = 10_000
"""People in both groups together; beyond, the exact calculation takes seconds a row and says the same."""


@estimator
def odds_ratio(
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
    """Return the odds x1 : n1 - x1 over the odds x2 : n2 - x2.

    Parameters
    ----------
    x1, n1, x2, n2 : int, or a table and the names of its columns
        Whole counts of two groups that share nobody, 0 <= x <= n, n > 0.
    basis : {"sample", "full count", "case audit", "self-selected"}
        Two random samples get an interval; the others get none.
    method : {"conditional-exact", "miettinen-nurminen"}, optional
        `conditional-exact`, unless another is named, takes both margins as given (Fisher 1935; Cornfield 1956), and its
        value is the conditional estimate, a little nearer to 1 than that of the counts. `miettinen-nurminen` (1985) is
        the score interval whose variance is multiplied by N / (N - 1).
    level : float
        Confidence level, between 0 and 1.
    as_if : bool
        Give two full counts an interval all the same; its method then says what it supposes.

    Returns
    -------
    Estimate, or the table with its columns added
        Unit 'odds ratio'; `n` is n1 + n2. Where nobody or everybody in both groups is a case it is not-a-number between
        0 and infinity, and the method says so.

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
    >>> odds = odds_ratio(28, 51, 71, 230, basis="sample")
    >>> round(odds.value, 2), round(odds.lower, 2), round(odds.upper, 2)
    (2.72, 1.4, 5.32)
    """
    chosen = interval_method(basis, method, tuple(LIMITS), as_if=as_if, level=level)
    refuse_bad_pairs(x1, n1, x2, n2)
    if chosen == "conditional-exact":
        rule = f"the exact odds ratio takes up to {LARGEST_EXACT:,} people; ask for method='miettinen-nurminen'"
        refuse(rule, n1 + n2 > LARGEST_EXACT, n1=n1, n2=n2)
    of_counts = quotient(x1 * (n2 - x2), x2 * (n1 - x1))
    value = conditional_odds_ratio(x1, n1, x2, n2) if chosen == "conditional-exact" else of_counts
    limits = LIMITS[chosen](x1, n1, x2, n2, level) if chosen else None
    words = named(chosen, as_if=as_if) if chosen else WHY_NONE[basis]
    said = np.where(np.isnan(of_counts), f"{words}; {NOBODY_OR_ALL}", words)
    return result(value, limits, unit="odds ratio", method=said, n=n1 + n2, basis=basis, level=level)


def conditional_odds_ratio(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers) -> Numbers:
    """Most likely odds ratio with both margins given; not-a-number where nobody or everybody is a case."""
    return np.array([found.statistic for found in _conditional(x1, n1, x2, n2)], dtype="float64")


def conditional_exact_limits(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float) -> Limits:
    """Two one-sided exact tests with both margins given (Cornfield 1956)."""
    found = [odds.confidence_interval(level) for odds in _conditional(x1, n1, x2, n2)]
    lower, upper = np.array(found, dtype="float64").reshape(-1, 2).T
    return lower, upper


def miettinen_nurminen_limits(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float) -> Limits:
    """Score interval whose variance is multiplied by N / (N - 1) (Miettinen and Nurminen 1985, Stat Med 4:213).

    The search is over u = odds ratio / (1 + odds ratio), which runs from 0 to 1 where the odds ratio runs to infinity.
    """
    is_more = x1 * (n2 - x2) > x2 * (n1 - x1)  # digits are lost near u = 1: there the groups change places
    x1, n1, x2, n2 = np.where(is_more, [x2, n2, x1, n1], [x1, n1, x2, n2])
    for_it, against = x1 * (n2 - x2), x2 * (n1 - x1)
    best = np.divide(for_it, for_it + against, out=np.full(x1.shape, 0.5), where=for_it + against > 0)
    ends = np.zeros(x1.shape), np.ones(x1.shape)
    lower, upper = score_limits(_score, (x1, n1, x2, n2), best=best, ends=ends, level=level)
    lower = np.where((x1 == 0) | (x2 == n2), 0.0, lower)
    upper = np.where((x2 == 0) | (x1 == n1), 1.0, upper)
    return from_odds(lower, upper, is_inverse=is_more)


LIMITS: dict[str, Callable[..., Limits]] = {
    "conditional-exact": conditional_exact_limits,
    "miettinen-nurminen": miettinen_nurminen_limits,
}
"""The published intervals of an odds ratio, the default first."""


def _conditional(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers) -> list[Any]:
    from scipy.stats.contingency import odds_ratio as of_table

    return [of_table([[a, m - a], [b, n - b]]) for a, m, b, n in zip(x1, n1, x2, n2, strict=True)]


def _score(u: Numbers, x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers) -> tuple[Numbers, Numbers]:
    """How far x1 is from the odds ratio u : w, and the variance of x1 if that were true."""
    expected = _expected(u, 1 - u, n1, n2, x1 + x2)
    p1, p2 = expected / n1, np.clip((x1 + x2 - expected) / n2, 0, 1)
    v1, v2 = n1 * p1 * (1 - p1), n2 * p2 * (1 - p2)
    variance = np.divide(v1 * v2, v1 + v2, out=np.zeros_like(v1), where=v1 + v2 > 0)
    return x1 - expected, variance * (n1 + n2) / (n1 + n2 - 1)


def _expected(u: Numbers, w: Numbers, n1: Numbers, n2: Numbers, x: Numbers) -> Numbers:
    """Most likely cases in group 1, of x in all: the root of (w - u) a^2 + b a - u n1 x between max(0, x - n2) and n1.

    The discriminant is written as a sum of squares, so that rounding cannot make it negative; of the two ways to write
    the root, the one that subtracts nothing is taken.
    """
    b = w * (n2 - x) + u * (n1 + x)
    discriminant = (w * (n2 - x)) ** 2 + (u * (n1 - x)) ** 2 + 2 * u * w * (n1 * n2 + x * (n1 + n2 - x))
    root = np.sqrt(discriminant)
    expected = np.where(b > 0, quotient(2 * u * n1 * x, b + root), quotient(root - b, 2 * (w - u)))
    return np.clip(expected, np.maximum(0, x - n2), np.minimum(n1, x))
