"""The product of two shares from two independent samples: the share of a share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from stats.errors import NotHonest
from stats.estimate.differences import refuse_bad_pairs
from stats.estimate.proportions import wilson_limits
from stats.estimate.shape import WHY_NONE, Limits, Numbers, estimator, interval_method, named, refuse, result


@estimator
def share_product(
    x1: Numbers,
    n1: Numbers,
    x2: Numbers,
    n2: Numbers,
    *,
    basis: str,
    independent_samples: bool,
    method: str | None = None,
    level: float = 0.95,
    as_if: bool = False,
) -> dict[str, Any]:
    """Return the share x1 of n1 times the share x2 of n2, where one sample gave the first and another the second.

    Parameters
    ----------
    x1, n1, x2, n2 : int, or a table and the names of its columns
        Whole counts, 0 <= x <= n, n > 0.
    basis : {"sample", "full count", "case audit", "self-selected"}
        Two random samples get an interval; the others get none.
    independent_samples : bool
        Say that the samples are two. "15% of them, and half of these" is one sample, and one share of its first base.
    method : {"log-mover-wilson"}, optional
        Square-and-add of two Wilson intervals on the logarithm (MOVER: Zou, Huang and Zhang 2009; Newcombe 2016, Stat
        Methods Med Res 25:1774).
    level : float
        Confidence level, between 0 and 1.
    as_if : bool
        Give two full counts an interval all the same; its method then says what it supposes.

    Returns
    -------
    Estimate, or the table with its columns added
        Unit 'share'; `n` is n1 + n2.

    Raises
    ------
    NotHonest
        If the samples are not said to be independent, an interval is asked for on a basis that has none, or a method
        that is not published.
    BadCount
        If these are not such counts, or both shares are 0 and an interval is asked for.
    ValueError
        If the basis is none of the four, or the level does not lie between 0 and 1.

    Examples
    --------
    >>> both = share_product(150, 1000, 200, 400, basis="sample", independent_samples=True)
    >>> round(both.value, 4), round(both.lower, 4), round(both.upper, 4)
    (0.075, 0.0626, 0.0891)
    """
    chosen = interval_method(basis, method, tuple(LIMITS), as_if=as_if, level=level)
    refuse_bad_pairs(x1, n1, x2, n2)
    if not independent_samples:
        raise NotHonest(
            "a share of a share of one sample is not a product of two.",
            [("why", "the second share has the first for its base, so the two do not vary apart")],
            "Give the last count over the first base as one proportion.",
        )
    if chosen:
        refuse("none in both samples has no interval", (x1 == 0) & (x2 == 0), x1=x1, n1=n1, x2=x2, n2=n2)
    limits = LIMITS[chosen](x1, n1, x2, n2, level) if chosen else None
    words = named(chosen, as_if=as_if) if chosen else WHY_NONE[basis]
    return result((x1 / n1) * (x2 / n2), limits, unit="share", method=words, n=n1 + n2, basis=basis, level=level)


def log_mover_wilson_limits(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float) -> Limits:
    """Square-and-add of two Wilson intervals on the logarithm (Zou, Huang and Zhang 2009).

    Where one share is 0 its logarithm is not finite, and the upper end is what the formula tends to: the upper limit of
    that share times the other share. Where both are, there is none.
    """
    p1, p2 = x1 / n1, x2 / n2
    (low1, high1), (low2, high2) = wilson_limits(x1, n1, level), wilson_limits(x2, n2, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = p1 * p2 * np.exp(-np.hypot(np.log(low1 / p1), np.log(low2 / p2)))
        upper = p1 * p2 * np.exp(np.hypot(np.log(high1 / p1), np.log(high2 / p2)))
    one_is_0, both_are = (x1 == 0) | (x2 == 0), (x1 == 0) & (x2 == 0)
    upper = np.where(one_is_0, np.where(x1 == 0, high1 * p2, p1 * high2), upper)
    return np.where(both_are, np.nan, np.where(one_is_0, 0.0, lower)), np.where(both_are, np.nan, upper)


LIMITS: dict[str, Callable[..., Limits]] = {"log-mover-wilson": log_mover_wilson_limits}
"""The published intervals of a product, the default first."""
