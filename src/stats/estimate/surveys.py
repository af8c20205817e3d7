"""Shares printed by a survey: the interval that its design factor allows, and none for people who chose to answer.

Whether a question asks about a lifetime or the last year, and of whom (16 to 59, 16 and over), belongs to the measure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stats.errors import BadCount, NotHonest
from stats.estimate.proportions import wilson_limits
from stats.estimate.shape import (
    WHY_NONE,
    Limits,
    Numbers,
    estimator,
    interval_method,
    is_whole,
    refuse,
    result,
)

METHODS = ("wilson", "normal", "fleiss")
"""The intervals of a survey share, the default first."""


@dataclass(frozen=True)
class DesignFactor:
    """By how much a survey's design widens a standard error, and where that is printed (Kish 1965: deft).

    Parameters
    ----------
    value : float
        The factor on the standard error. The design effect (deff) is its square.
    source : str
        The document and table; 'simple random sample of the register' for a factor of 1.

    Raises
    ------
    NotHonest
        If the factor is no positive number, or its source is not named.
    """

    value: float
    source: str

    def __post_init__(self) -> None:
        if not (math.isfinite(self.value) and self.value > 0 and self.source.strip()):
            raise NotHonest(
                "a design factor is a positive number with the source that prints it.",
                [("value", self.value), ("source", self.source.strip() or "not named")],
                "Take it from the survey's technical report and name the table.",
            )


@dataclass(frozen=True)
class Kish:
    """What unequal weights alone cost: people asked, people it is worth, and the ratio of the two."""

    n: int
    effective_n: float
    deff: float


@estimator
def survey_proportion(
    p: Numbers,
    n: Numbers,
    *,
    deft: DesignFactor | None = None,
    basis: str = "sample",
    method: str | None = None,
    level: float = 0.95,
    population: float | None = None,
) -> dict[str, Any]:
    """Return a survey's published share with the interval that its design factor allows.

    Parameters
    ----------
    p, n : float and int, or a table and the names of its columns
        The weighted share, from 0 to 1, and the number of people asked (unweighted), n > 1.
    deft : DesignFactor
        Without one there is no interval: there is no factor to fall back on.
    basis : str
        Anything but 'sample' is refused.
    method : {"wilson", "normal", "fleiss"}, optional
        `wilson`: score limits (Wilson 1927) on the effective sample size n / deft**2. `normal`: p -+ z se with
        se = deft sqrt(pq/n), as surveys print it. `fleiss`: the same with n - 1, t and a finite population
        (Fleiss, Levin and Paik 2003).
    level : float
    population : float, optional
        People in the population, for `fleiss`.

    Raises
    ------
    NotHonest
        Without a sourced design factor, for a basis other than a sample, and where a symmetric interval would run past
        0% or 100%.
    BadCount
        If p is no share, n no whole count above 1, or the population smaller than n.

    Examples
    --------
    >>> deft = DesignFactor(1.3, "an example")
    >>> found = survey_proportion(0.04, 18_000, deft=deft)
    >>> round(found.lower, 4), round(found.upper, 4), found.method
    (0.0364, 0.0439, 'wilson, design factor 1.3 (an example)')
    """
    refuse_unsampled(basis)
    chosen = interval_method(basis, method, METHODS, level=level)
    if not isinstance(deft, DesignFactor):
        raise NotHonest(
            "a survey share gets no interval without its design factor.",
            [("design factor", "none" if deft is None else f"{deft!r}, without a source")],
            "Pass deft=DesignFactor(value, source) from the survey's technical report.",
        )
    refuse("p must be a share from 0 to 1 and n a whole count above 1", not is_whole(n), p=p, n=n)
    refuse("p must be a share from 0 to 1 and n a whole count above 1", ~((p >= 0) & (p <= 1) & (n > 1)), p=p, n=n)
    if chosen == "wilson":
        limits = wilson_effective_limits(p, n, deft.value, level)
    else:
        limits = _symmetric(chosen, p, n, deft, level, population)
    words = f"{chosen}, design factor {deft.value:g} ({deft.source})"
    return result(p, limits, unit="share", method=words, n=n, basis=basis, level=level)


def effective_n(n: ArrayLike, deft: float) -> Numbers:
    """Return the size of the simple random sample that a survey is worth: n / deft**2 (Kish 1965)."""
    return np.asarray(n) / deft**2


def kish_effective_n(weights: ArrayLike) -> Kish:
    """Return what weights alone leave of a sample: (sum w)**2 / sum w**2 (Kish 1965), and n over it.

    Clusters and strata are not in it, so it is no design factor of a clustered survey.

    Parameters
    ----------
    weights : array of float
        One a person, none below zero and not all of them zero.

    Raises
    ------
    BadCount
        For other weights.

    Examples
    --------
    >>> kish_effective_n([1, 1, 2])
    Kish(n=3, effective_n=2.6666666666666665, deff=1.125)
    """
    w = np.atleast_1d(np.asarray(weights, dtype=float))
    if not w.size:
        raise BadCount("there are no weights.")
    refuse(
        "weights must be numbers from 0, and one of them above it",
        ~((w >= 0) & np.isfinite(w)) | (w.sum() <= 0),
        weight=w,
    )
    effective = float(w.sum() ** 2 / (w**2).sum())
    return Kish(len(w), effective, len(w) / effective)


def wilson_effective_limits(p: Numbers, n: Numbers, deft: float, level: float) -> Limits:
    """Wilson (1927) limits on the effective sample size."""
    size = effective_n(n, deft)
    return wilson_limits(p * size, size, level)


def design_factor_se(p: Numbers, n: Numbers, deft: float) -> Numbers:
    """Return deft sqrt(pq/n) (Kish 1965)."""
    return deft * np.sqrt(p * (1 - p) / n)


def fleiss_se(p: Numbers, n: Numbers, deft: float, population: float) -> Numbers:
    """Return deft sqrt(pq/(n - 1) (N - n)/N): the standard error for a finite population (Fleiss and others 2003)."""
    return deft * np.sqrt(p * (1 - p) / (n - 1) * (population - n) / population)


def normal_limits(p: Numbers, n: Numbers, deft: float, level: float) -> Limits:
    """Share -+ z se; may run past 0 and 1, and is 0 to 0 for none: published only where it does neither."""
    from scipy.special import ndtri

    margin = ndtri((1 + level) / 2) * design_factor_se(p, n, deft)
    return p - margin, p + margin


def fleiss_limits(p: Numbers, n: Numbers, deft: float, population: float, level: float) -> Limits:
    """Share -+ t se with n - 1 degrees of freedom; published under the same condition as `normal_limits`."""
    from scipy.special import stdtrit

    margin = stdtrit(n - 1, (1 + level) / 2) * fleiss_se(p, n, deft, population)
    return p - margin, p + margin


def refuse_unsampled(basis: str) -> None:
    """Stop if numbers do not come from a random sample: they have no margin of error."""
    if basis in WHY_NONE:
        raise NotHonest(
            f"a {basis} has no margin of error.",
            [("why", WHY_NONE[basis])],
            "Give the count and its base: 'x of the n'.",
        )


def _symmetric(
    method: str | None, p: Numbers, n: Numbers, deft: DesignFactor, level: float, population: float | None
) -> Limits:
    if method == "normal":
        lower, upper = normal_limits(p, n, deft.value, level)
    else:
        size = math.nan if population is None else population
        refuse("the population must be given for 'fleiss', and hold the people asked", ~(n <= size), n=n)
        lower, upper = fleiss_limits(p, n, deft.value, size, level)
    outside = np.flatnonzero((lower < 0) | (upper > 1) | (p == 0) | (p == 1))
    if len(outside):
        at = outside[0]
        raise NotHonest(
            f"the interval '{method}' does not fit a share so near to 0% or 100%.",
            [("share", f"{p[at]:.4g} of {n[at]:,}"), ("limits", f"{lower[at]:.4g} to {upper[at]:.4g}")],
            "Use the default, 'wilson'.",
        )
    return lower, upper
