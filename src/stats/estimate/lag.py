"""How long offences take to be charged or closed, while some are still open."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from stats.errors import NotHonest
from stats.estimate.shape import WHY_NONE, Numbers, is_whole, one_each, refuse, result

OUTCOMES = {1: "charged", 2: "closed without charge"}
OPEN = "still open"


def cumulative_incidence(
    time: ArrayLike,
    status: ArrayLike,
    at: ArrayLike,
    *,
    outcomes: Mapping[int, str] = OUTCOMES,
    basis: str = "full count",
) -> pd.DataFrame:
    """Return the share of offences that had ended in each way by each time since they were recorded.

    Aalen and Johansen (1978). An offence closed without charge can no longer be charged: closing competes with charging
    and does not hide a charge to come, which is what 1 less Kaplan-Meier supposes.

    Parameters
    ----------
    time : array of float
        Time from recording to the outcome, or to the end of follow-up. One entry an offence, none below zero.
    status : array of int
        How it ended: a key of `outcomes`, or 0 while it was open at that time.
    at : array of float
        Times to give shares for, none beyond the longest followed.
    outcomes : mapping of int to str
    basis : {"full count", "case audit", "self-selected"}
        None of these has an interval.

    Returns
    -------
    DataFrame
        One row a time and outcome ('still open' last): at, outcome and the columns of an estimate. The three shares of
        a time add up to 1; n is the number of offences.

    Raises
    ------
    BadCount
        If times are missing or below zero, a status is unknown, or there is not one of each an offence.
    NotHonest
        If a time lies beyond the longest followed, or an interval of a sample is asked for.

    Examples
    --------
    >>> found = cumulative_incidence([1, 2, 3, 4], [2, 1, 0, 1], [2])
    >>> dict(zip(found["outcome"], found["value"].tolist()))
    {'charged': 0.25, 'closed without charge': 0.25, 'still open': 0.5}
    """
    times, codes, asked = np.asarray(time, dtype=float), np.asarray(status), np.atleast_1d(np.asarray(at, dtype=float))
    one_each("give one time and one status an offence", time=times, status=codes)
    refuse("time must be 0 or more for every offence", ~((times >= 0) & np.isfinite(times)), time=times)
    known = (0, *outcomes)
    is_wrong = np.full(len(codes), not is_whole(codes)) | ~np.isin(codes, known)
    refuse(f"status must be one of {', '.join(map(str, known))}", is_wrong, status=codes)
    if basis not in WHY_NONE:
        raise NotHonest(
            f"no interval of a {basis} is made here.",
            [("needed", "the standard error of a competing risk")],
            "Give a full count, or a case audit that stands for itself.",
        )
    if not asked.max() <= times.max():
        raise NotHonest(
            "no offence was followed for so long.",
            [("asked", f"{asked.max():g}"), ("longest followed", f"{times.max():g}")],
            "Ask for an earlier time; nothing is carried on.",
        )
    shares = incidence(times, codes, asked, tuple(outcomes))
    names = [*outcomes.values(), OPEN]
    columns = result(
        shares.ravel(), None, unit="share", method=f"Aalen-Johansen; {WHY_NONE[basis]}",
        n=np.full(shares.size, len(times)), basis=basis, level=math.nan,
    )  # fmt: skip
    return pd.DataFrame({"at": np.repeat(asked, len(names)), "outcome": names * len(asked), **columns})


def incidence(time: Numbers, status: Numbers, at: Numbers, codes: tuple[int, ...]) -> Numbers:
    """Return the Aalen-Johansen shares: one row a time, one column a code, and last what is still open.

    Past the longest time the last value is carried on.
    """
    from statsmodels.duration.survfunc import CumIncidenceRight

    with np.errstate(divide="ignore", invalid="ignore"):  # its standard errors, not used here, where nobody is left
        fitted = CumIncidenceRight(time, status)
    steps = dict(enumerate(fitted.cinc, start=1))
    place, never = np.searchsorted(fitted.times, at, side="right"), np.zeros(len(fitted.times))
    ended = [np.append(0.0, steps.get(code, never))[place] for code in codes]
    return np.column_stack([*ended, 1 - np.sum(ended, axis=0)])


def one_minus_km(time: Numbers, status: Numbers, at: Numbers, event: int) -> Numbers:
    """Return 1 less Kaplan-Meier with every other ending taken for open: too high, and never published.

    It answers what share would be charged if no offence were ever closed without a charge. The methodology page sets it
    beside the right answer.

    Examples
    --------
    >>> time, status = np.array([1, 2, 3, 4]), np.array([2, 1, 0, 1])
    >>> one_minus_km(time, status, np.array([2, 4]), 1).round(2).tolist()
    [0.33, 1.0]
    """
    from statsmodels.duration.survfunc import SurvfuncRight

    fitted = SurvfuncRight(time, (status == event).astype(int))
    return 1 - np.append(1.0, fitted.surv_prob)[np.searchsorted(fitted.surv_times, at, side="right")]
