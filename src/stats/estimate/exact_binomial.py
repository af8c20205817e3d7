"""The exact test of counts against a known share, for many rows at once."""

from __future__ import annotations

import numpy as np

from stats.estimate.shape import Numbers

SAME = 1 + 1e-7
"""Two outcomes count as equally likely within this factor, as in R."""


def binomial_p_values(x: Numbers, n: Numbers, share: Numbers | float) -> Numbers:
    """Return two-sided exact p-values of x of n against a share, one a row.

    The p-value adds up every outcome that is no more likely than the one seen (as R's `binom.test` and
    `scipy.stats.binomtest`).

    Parameters
    ----------
    x, n : array of int
        Whole counts, 0 <= x <= n.
    share : float or array of float
        From 0 to 1.

    Examples
    --------
    >>> binomial_p_values(np.array([2, 10]), np.array([20, 20]), 0.25).round(4).tolist()
    [0.1931, 0.017]
    """
    from scipy.stats import binom

    x, n, share = np.broadcast_arrays(np.asarray(x), np.asarray(n), np.asarray(share, dtype="float64"))
    # Above the expected count, count those who did not: then the nearer tail is always the lower.
    is_above = x > n * share
    seen, p = np.where(is_above, n - x, x), np.where(is_above, 1 - share, share)
    other = _first_as_unlikely(binom.pmf(seen, n, p) * SAME, n, p)
    both = binom.cdf(seen, n, p) + binom.sf(other - 1, n, p)
    return np.where(x == n * share, 1.0, np.minimum(both, 1.0))


def _first_as_unlikely(probability: Numbers, n: Numbers, p: Numbers) -> Numbers:
    """Return the smallest outcome from the mean up that is no more likely than this; n + 1 if there is none."""
    from scipy.stats import binom

    low, high = np.ceil(n * p).astype("int64"), np.asarray(n + 1)
    while (low < high).any():
        middle = (low + high) // 2
        is_there = binom.pmf(middle, n, p) <= probability
        low, high = (
            np.where(is_there | (low >= high), low, middle + 1),
            np.where(is_there, np.minimum(middle, high), high),
        )
    return high
