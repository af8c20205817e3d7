"""Exact tests of counts against one share, for many areas at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from stats.estimate.association import refuse_untestable
from stats.estimate.many_tests import adjust
from stats.estimate.shape import Numbers, is_whole, named, one_each, refuse, wide

METHOD = "exact binomial tests, adjusted by Holm (1979)"

SAME = 1 + 1e-7
"""Two outcomes count as equally likely within this factor, as in R."""


@dataclass(frozen=True, eq=False)
class ManyTests:
    """One exact test an area: p-values, the same adjusted for their number, and which differ at `alpha`."""

    share: float
    p_values: Numbers
    adjusted: Numbers
    differs: Numbers
    alpha: float
    method: str


def differ_from(
    num: ArrayLike, den: ArrayLike, *, basis: str, share: float | None = None, alpha: float = 0.05, as_if: bool = False
) -> ManyTests:
    """Test whether any area's num of den differs from one share by more than chance alone.

    This asks whether areas differ at all; which of them is unusual among areas that do differ is asked by `funnel`.

    Parameters
    ----------
    num, den : array of int
        Whole counts, 0 <= num <= den, den > 0.
    basis : {"sample", "full count", "case audit", "self-selected"}
        Only random samples can be tested, and full counts with `as_if`.
    share : float, optional
        By default that of all areas together.
    alpha : float
        The chance, over all areas together, of calling any different that is not.
    as_if : bool
        Test full counts as if chance alone moved them; the method then says so.

    Raises
    ------
    NotHonest
        If the basis allows no test.
    BadCount
        If the counts are not such, or not one of each an area.
    ValueError
        If the basis is none of the four, or share or alpha does not lie between 0 and 1.

    Examples
    --------
    >>> found = differ_from([70, 11, 55, 108], [1330, 141, 316, 775], basis="full count", as_if=True)
    >>> found.differs.tolist(), round(found.share, 3)
    ([True, False, True, True], 0.095)
    """
    refuse_untestable(basis, as_if=as_if)
    numerator, denominator = wide(np.asarray(num)), wide(np.asarray(den))
    refuse_bad_shares(numerator, denominator)
    for name, given in (("share", share), ("alpha", alpha)):
        if given is not None and not 0 < given < 1:
            raise ValueError(f"{name} must lie between 0 and 1 (0.086 for 8.6%), not {given!r}")
    pooled = float(numerator.sum() / denominator.sum()) if share is None else share
    p_values = binomial_p_values(numerator, denominator, pooled)
    adjusted = adjust(p_values)
    return ManyTests(pooled, p_values, adjusted, adjusted <= alpha, alpha, named(METHOD, as_if=as_if))


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


def refuse_bad_shares(num: Numbers, den: Numbers) -> None:
    """Stop unless num and den are whole counts, one of each an area, 0 <= num <= den and den > 0."""
    one_each("give one num and one den an area", num=num, den=den)
    rule = "num and den must be whole counts with 0 <= num <= den and den > 0"
    refuse(rule, not is_whole(num, den), num=num, den=den)
    refuse(rule, np.asarray((num < 0) | (num > den) | (den <= 0)), num=num, den=den)
