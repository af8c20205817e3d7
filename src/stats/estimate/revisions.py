"""How far later releases move what was first published, and whether they move it one way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stats.errors import BadCount, NotHonest
from stats.estimate.autocorrelation import check_lag
from stats.estimate.by_series import by_series
from stats.estimate.estimate import Estimate
from stats.estimate.shape import AS_IF, Numbers, check_level

METHODS = ("iid", "hac")


@dataclass(frozen=True)
class Revisions:
    """A summary of revisions, in the unit of the figures; the relative one is a share of the later figures."""

    mean_revision: float
    mean_absolute_revision: float
    relative_mean_absolute: float
    rms_revision: float
    sd_revision: float
    share_upward: float
    n: int

    @property
    def estimate(self) -> Estimate:
        """The mean revision, of every figure that was revised."""
        return Estimate(
            self.mean_revision, math.nan, math.nan, "revision", "mean of late less early", math.nan, self.n,
            "full count",
        )  # fmt: skip


@dataclass(frozen=True)
class MeanRevisionTest:
    """Whether revisions go one way: t of a mean revision of zero.

    `estimate` is the mean revision with its interval, as if these figures were a sample of those the publisher revises.
    """

    estimate: Estimate
    mean: float
    se: float
    t: float
    df: int
    p_value: float
    method: str


@by_series("estimate")
def revisions(early: Sequence[float] | Numbers, late: Sequence[float] | Numbers) -> Revisions:
    """Return the size and direction of revisions, late less early (definitions of OECD and Eurostat).

    A table with the names of its two columns gives the same table, with the mean revision of its series.

    Parameters
    ----------
    early, late : sequence of float
        The same figures in an earlier and a later release, in the same order.

    Raises
    ------
    BadCount
        If a figure is missing or the two differ in length.

    Examples
    --------
    >>> found = revisions([100, 102, 99], [101, 102, 102])
    >>> round(found.mean_revision, 2), round(found.share_upward, 2)
    (1.33, 0.67)
    """
    first, last = _pairs(early, late)
    moved = last - first
    n = len(moved)
    absolute, whole = float(np.abs(moved).sum()), float(np.abs(last).sum())
    return Revisions(
        float(moved.mean()), absolute / n, absolute / whole if whole else float("nan"),
        float(np.sqrt((moved**2).mean())), float(moved.std(ddof=1)) if n > 1 else float("nan"),
        float((moved > 0).mean()), n,
    )  # fmt: skip


@by_series("estimate")
def mean_revision_test(
    early: Sequence[float] | Numbers,
    late: Sequence[float] | Numbers,
    *,
    method: str = "iid",
    lag: int = 1,
    small_sample: bool = True,
    prewhite: bool = False,
    level: float = 0.95,
) -> MeanRevisionTest:
    """Return the t test that revisions are zero on average; a table with its two columns gives the same table.

    Parameters
    ----------
    early, late : sequence of float
    method : {"iid", "hac"}
        Student's (1908), or with Newey-West (1987) errors where neighbouring periods are revised together.
    lag : int
        Of Newey-West errors: whole, from 0 to the number of figures less one.
    small_sample : bool
        Multiply their variance by n / (n - 1).
    prewhite : bool
        As `trend_models.newey_west`.
    level : float
        Confidence level, between 0 and 1.

    Raises
    ------
    NotHonest
        If all revisions are one: an interval without width would say that the next is certain.
    BadCount
        If a figure is missing, or they are fewer than two or not of one length.

    Examples
    --------
    >>> found = mean_revision_test([100, 102, 99, 97], [101, 102, 102, 99])
    >>> round(found.t, 2), found.df
    (2.32, 3)
    """
    from scipy.stats import t

    if method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}, not {method!r}")
    check_level(level)
    first, last = _pairs(early, late, least=2)
    se, name = _error(last - first, method, lag, small_sample, prewhite)
    if not se > 1e-12 * float(np.abs(last).max()):
        raise NotHonest(
            "revisions that do not differ at all give no interval.",
            [("revision", f"{last[0] - first[0]:g}, {len(first)} times")],
            "Give the revision and how many figures were moved by it.",
        )
    mean, df = float((last - first).mean()), len(first) - 1
    statistic, margin = mean / se, se * float(t.ppf((1 + level) / 2, df))
    estimate = Estimate(
        mean, mean - margin, mean + margin, "revision", f"{name}, {AS_IF}", level, len(first), "full count"
    )
    return MeanRevisionTest(estimate, mean, se, statistic, df, float(2 * t.sf(abs(statistic), df)), name)


def _error(moved: Numbers, method: str, lag: int, small_sample: bool, prewhite: bool) -> tuple[float, str]:
    from stats.estimate.trend_models import newey_west, ordinary

    fit = ordinary(moved, np.ones((len(moved), 1)))
    if method == "iid":
        return fit.se(0), "t test of the mean revision"
    check_lag(lag, len(moved))
    hac = newey_west(fit, lag=lag, small_sample=small_sample, prewhite=prewhite)
    return hac.se(0), f"t test of the mean revision with Newey-West errors, lag {lag}"


def _pairs(
    early: Sequence[float] | Numbers, late: Sequence[float] | Numbers, *, least: int = 1
) -> tuple[Numbers, Numbers]:
    first, last = np.asarray(early, dtype=float), np.asarray(late, dtype=float)
    if first.ndim != 1 or first.shape != last.shape or len(first) < least:
        raise BadCount(f"at least {least} figures in two releases of the same length are wanted.")
    missing = ~(np.isfinite(first) & np.isfinite(last))
    if missing.any():
        raise BadCount("a figure is missing in one of the releases.", np.flatnonzero(missing))
    return first, last
