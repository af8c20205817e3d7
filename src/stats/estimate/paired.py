"""Two answers of the same people or cases, before and after: what changed, and whether chance alone might do it.

Four counts: `a` yes both times, `b` yes the first time only, `c` yes the second time only, `d` neither time.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from stats.estimate.association import ChanceTest, refuse_untestable
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


@estimator
def paired_difference(
    a: Numbers,
    b: Numbers,
    c: Numbers,
    d: Numbers,
    *,
    basis: str,
    method: str | None = None,
    level: float = 0.95,
    as_if: bool = False,
) -> dict[str, Any]:
    """Return the share that said yes the first time less the share that did the second, of the same people.

    Parameters
    ----------
    a, b, c, d : int, or a table and the names of its columns
        Whole counts of pairs: yes both times, the first time only, the second time only, neither time.
    basis : {"sample", "full count", "case audit", "self-selected"}
        A random sample of pairs gets an interval; the others get none.
    method : {"tango"}, optional
        The score interval of Tango (1998, Stat Med 17:891).
    level : float
        Confidence level, between 0 and 1.
    as_if : bool
        Give a full count an interval all the same; its method then says what it supposes.

    Returns
    -------
    Estimate, or the table with its columns added
        (b - c) / n in the unit 'change in share', from -1 to 1; `n` is the number of pairs, a + b + c + d.

    Raises
    ------
    NotHonest
        If an interval is asked for on a basis that has none, or a method that is not published.
    BadCount
        If these are not such counts, or there is no pair.
    ValueError
        If the basis is none of the four, or the level does not lie between 0 and 1.

    Examples
    --------
    >>> change = paired_difference(53, 16, 8, 9, basis="sample")
    >>> round(change.value, 3), round(change.lower, 3), round(change.upper, 3), change.n
    (0.093, -0.02, 0.207, 86)
    """
    chosen = interval_method(basis, method, tuple(LIMITS), as_if=as_if, level=level)
    _refuse_bad_pairs(a, b, c, d)
    n = a + b + c + d
    limits = LIMITS[chosen](a, b, c, d, level) if chosen else None
    words = named(chosen, as_if=as_if) if chosen else WHY_NONE[basis]
    return result((b - c) / n, limits, unit="change in share", method=words, n=n, basis=basis, level=level)


def mcnemar(b: int, c: int, *, basis: str, as_if: bool = False) -> ChanceTest:
    """Test whether as many changed from yes to no as from no to yes: McNemar's exact test.

    Parameters
    ----------
    b, c : int
        Whole counts of the pairs that changed: yes the first time only, yes the second time only.
    basis : {"sample", "full count", "case audit", "self-selected"}
        Only a random sample of pairs can be tested, and a full count with `as_if`.
    as_if : bool
        Test a full count as if chance alone moved it; the method then says so.

    Raises
    ------
    NotHonest
        If the basis allows no test.
    BadCount
        If these are not such counts.
    ValueError
        If the basis is none of the four.

    Examples
    --------
    >>> round(mcnemar(16, 8, basis="sample").p_value, 3)
    0.152
    """
    from statsmodels.stats.contingency_tables import mcnemar as of_table

    refuse_untestable(basis, as_if=as_if)
    _refuse_bad_counts(b=np.asarray([b]), c=np.asarray([c]))
    p_value = float(of_table([[0, b], [c, 0]], exact=True).pvalue)
    return ChanceTest(math.nan, math.nan, p_value, named("mcnemar exact", as_if=as_if))


def tango_limits(a: Numbers, b: Numbers, c: Numbers, d: Numbers, level: float) -> Limits:
    """Score interval of a paired difference (Tango 1998, Stat Med 17:891)."""
    n = a + b + c + d
    ends = np.full(n.shape, -1.0), np.full(n.shape, 1.0)
    return score_limits(_score, (b, c, n), best=(b - c) / n, ends=ends, level=level)


LIMITS: dict[str, Callable[..., Limits]] = {"tango": tango_limits}
"""The published intervals of a paired difference, the default first."""


def _score(difference: Numbers, b: Numbers, c: Numbers, n: Numbers) -> tuple[Numbers, Numbers]:
    """How far b - c is from a difference, and the variance of that if the difference were true."""
    linear = (2 * n - b + c) * difference - b - c
    root = np.sqrt(np.maximum(linear**2 + 8 * n * c * difference * (1 - difference), 0))
    second_only = np.maximum(root - linear, 0) / (4 * n)
    return b - c - n * difference, n * (2 * second_only + difference * (1 - difference))


def _refuse_bad_pairs(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> None:
    _refuse_bad_counts(a=a, b=b, c=c, d=d)
    refuse("a, b, c and d must count a pair at least", a + b + c + d == 0, a=a, b=b, c=c, d=d)


def _refuse_bad_counts(**counts: Numbers) -> None:
    rule = f"{', '.join(counts)} must be whole counts of pairs"
    refuse(rule, not is_whole(*counts.values()), **counts)
    refuse(rule, np.any([count < 0 for count in counts.values()], axis=0), **counts)
