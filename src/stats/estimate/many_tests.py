"""Many tests at once: p-values raised, so that one false alarm in twenty does not become one in every table."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from stats.estimate.shape import Numbers, refuse

METHODS = {
    "holm": "holm",
    "bh": "fdr_bh",
    "bonferroni": "bonferroni",
    "by": "fdr_by",
    "hochberg": "simes-hochberg",
}
"""The published adjustments, the default first, and what statsmodels calls them."""


def adjust(p: ArrayLike, *, method: str = "holm") -> Numbers:
    """Return p-values adjusted for being several, in the order given.

    Parameters
    ----------
    p : array_like of float
        From 0 to 1; one that is missing (not-a-number) stays so, and does not count as a test.
    method : {"holm", "bh", "bonferroni", "by", "hochberg"}
        For a claim about the whole family `holm` (1979), or the cruder `bonferroni` or, for independent tests,
        `hochberg` (1988): the chance of any false alarm is held. For screening `bh` (Benjamini and Hochberg 1995), or
        `by` (Benjamini and Yekutieli 2001) under any dependence: the share of false alarms is held.

    Raises
    ------
    BadCount
        If a p-value does not lie between 0 and 1.
    ValueError
        If the method is none of these.

    Examples
    --------
    >>> adjust([0.04, 0.001, 0.2, float("nan"), 0.03]).round(3).tolist()
    [0.09, 0.004, 0.2, nan, 0.09]
    """
    if method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}, not {method!r}")
    given = np.asarray(p, dtype="float64")
    refuse("a p-value must lie between 0 and 1", (given < 0) | (given > 1), p=given)
    adjusted, known = given.copy(), ~np.isnan(given)
    if known.any():
        adjusted[known] = _holm(given[known]) if method == "holm" else _by_statsmodels(given[known], METHODS[method])
    return adjusted


def _holm(p: Numbers) -> Numbers:
    """Holm (1979), each step no smaller than the one before. Own code: see `_by_statsmodels`."""
    order, left = np.argsort(p), np.arange(len(p), 0, -1)
    stepped = np.maximum.accumulate(left * p[order])
    return np.minimum(stepped, 1)[np.argsort(order)]


def _by_statsmodels(p: Numbers, method: str) -> Numbers:
    """The rarer adjustments. multipletests sweeps all memory at every call, which would slow a table of forces."""
    from statsmodels.stats.multitest import multipletests

    return multipletests(p, method=method)[1]
