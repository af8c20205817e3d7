"""One share from several studies of the same question in the same population, or the refusal to make one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from stats import present
from stats.errors import BadCount, NotComparable, NotHonest
from stats.estimate.between_studies import TAU2, Combined, combine
from stats.estimate.by_series import by_series
from stats.estimate.estimate import Estimate
from stats.estimate.shape import Numbers, check_level, is_whole, one_each, refuse
from stats.estimate.surveys import refuse_unsampled

FEWEST = 5
"""Below so many studies the variance between them is not known: the range and each value say more."""

INTERVALS = ("hk", "z")


@dataclass(frozen=True)
class Pooled:
    """A pooled share with what shows whether the studies agree.

    `predicted_lower` and `predicted_upper` bound the share that one more such study would aim at, `q` has `df` degrees
    of freedom, `i2` is the share (0 to 1) of the spread that is not chance, `tau2` the variance between studies on the
    logit scale.
    """

    estimate: Estimate
    predicted_lower: float
    predicted_upper: float
    tau2: float
    q: float
    df: int
    p_value: float
    i2: float
    studies: int


@by_series("estimate", a_row=["questions", "populations"])
def pool(
    x: ArrayLike,
    n: ArrayLike,
    *,
    questions: Sequence[str],
    populations: Sequence[str],
    basis: str = "sample",
    method: str = "DL",
    interval: str = "hk",
    level: float = 0.95,
) -> Pooled:
    """Return the share that several random samples agree on: inverse variance on the logit scale.

    A table of one row a study, with the names of its columns, gives the same table with the pooled share.

    Parameters
    ----------
    x, n : array of int
        Counts of each study, 0 <= x <= n, n > 0.
    questions, populations : sequence of str
        What each study asked, and of whom: the same words for all of them.
    basis : str
        Anything but 'sample' is refused.
    method : {"DL", "PM", "REML", "FE"}
        How the variance between studies is estimated: DerSimonian and Laird (1986), Paule and Mandel (1982), restricted
        maximum likelihood (Viechtbauer 2005); FE takes it to be none.
    interval : {"hk", "z"}
        `hk`: Hartung and Knapp (2001) with t, never narrower than the plain one (Knapp and Hartung 2003); FE has `z`.
    level : float

    Raises
    ------
    NotComparable
        If the studies asked different questions, or asked different populations.
    NotHonest
        If they are fewer than five, no random samples, or none or all said so in every one.
    BadCount
        If x and n are not such counts, or not one of each a study.

    Examples
    --------
    >>> found = pool([16, 10, 4, 43, 10], [27, 12, 18, 58, 20], questions=["ever"] * 5, populations=["women"] * 5)
    >>> round(found.estimate.value, 3), round(found.estimate.lower, 3), round(found.estimate.upper, 3)
    (0.584, 0.282, 0.833)
    """
    check_level(level)
    refuse_unsampled(basis)
    counts, bases = np.asarray(x), np.asarray(n)
    if counts.size or bases.size:
        one_each("give one x and one n a study", x=counts, n=bases)
    are_counts = is_whole(counts, bases) and (counts >= 0) & (counts <= bases) & (bases > 0)
    refuse("x and n must be whole counts with 0 <= x <= n and n > 0", ~np.asarray(are_counts), x=counts, n=bases)
    _refuse_unlike(questions, "question", len(counts))
    _refuse_unlike(populations, "population", len(counts))
    _refuse_few(counts, bases)
    if not counts.any() or (counts == bases).all():
        raise NotHonest(
            "a pooled share of none, or of all, would be made of the half that is added where a count is zero.",
            [("said so", f"{counts.sum():,} of {bases.sum():,} in {len(counts)} studies")],
            "Give each count and its base.",
        )
    if method not in TAU2 or interval not in INTERVALS:
        raise ValueError(f"method must be one of {', '.join(TAU2)} and interval one of {', '.join(INTERVALS)}")
    return pooled(counts, bases, method=method, interval="z" if method == "FE" else interval, level=level)


def pooled(x: Numbers, n: Numbers, *, method: str, interval: str, level: float) -> Pooled:
    """Return what `pool` returns, with no refusal: for studies few or unlike it is never published."""
    from scipy.special import chdtrc, expit

    found = combine(*log_odds(x, n), method)
    lower, upper = expit(mean_limits(found, interval, level))
    low, high = expit(prediction_limits(found, level))
    words = f"inverse variance on the logit scale, {method}, {interval}"
    estimate = Estimate(
        float(expit(found.mean)), float(lower), float(upper), "share", words, level, int(n.sum()), "sample"
    )
    df = found.studies - 1
    p_value = float(chdtrc(df, found.q)) if df else 1.0
    return Pooled(
        estimate, float(low), float(high), found.tau2, found.q, df, p_value, found.i2, found.studies
    )  # fmt: skip


def log_odds(x: Numbers, n: Numbers) -> tuple[Numbers, Numbers]:
    """Return log odds and their variances; half is added to both counts of a study where one is zero."""
    half = np.where((x == 0) | (x == n), 0.5, 0.0)
    did, did_not = x + half, n - x + half
    return np.log(did / did_not), 1 / did + 1 / did_not


def mean_limits(found: Combined, interval: str, level: float) -> Numbers:
    """Return the limits of a combined mean: 'z', or 'hk' with t and a factor on the variance of at least 1."""
    from scipy.special import ndtri, stdtrit

    if interval == "z":
        width = ndtri((1 + level) / 2) * found.se
    else:
        width = stdtrit(found.studies - 1, (1 + level) / 2) * found.se * math.sqrt(max(1.0, found.scale))
    return found.mean + np.array([-width, width])


def prediction_limits(found: Combined, level: float) -> Numbers:
    """Return the limits of one more study: t with studies less two degrees of freedom (Higgins and others 2009)."""
    from scipy.special import stdtrit

    quantile = stdtrit(found.studies - 2, (1 + level) / 2) if found.studies > 2 else np.nan
    width = quantile * math.sqrt(found.se**2 + found.tau2)
    return found.mean + np.array([-width, width])


def _refuse_unlike(words: Sequence[str], what: str, studies: int) -> None:
    if isinstance(words, str) or len(words) != studies:
        raise ValueError(f"name the {what} of each of the {studies} studies")
    different = {" ".join(word.split()).casefold() if isinstance(word, str) else "": word for word in words}
    if len(different) > 1 or "" in different:
        raise NotComparable(
            f"studies with more than one {what}, or one that is not named, are not pooled.",
            [(what, word if key else "not named") for key, word in different.items()],
            f"Pool only studies of the same {what}, and give the others beside them.",
        )


def _refuse_few(x: Numbers, n: Numbers) -> None:
    if not len(x):
        raise BadCount("there are no studies.")
    if len(x) < FEWEST:
        studies = sorted(zip(x / n, n, x, strict=True))
        shares = [present.percent(share, base) for share, base, _ in studies]
        each = [f"{share} ({count:,} of {base:,})" for share, (_, base, count) in zip(shares, studies, strict=True)]
        raise NotHonest(
            f"fewer than {FEWEST} studies do not show how far such studies differ.",
            [("each", "; ".join(each))],
            f"Give the range, {shares[0]} to {shares[-1]}, and each value.",
        )
