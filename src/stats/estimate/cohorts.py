"""Shares of a cohort of offences while some are pending, and what a same-period ratio makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stats.estimate.shape import WHY_NONE, Numbers, estimator, is_whole, refuse, result

WORST_CASE = "so far; bounds if none or all of the pending offences end in a charge"
SAME_PERIOD = "same-period ratio: the charges are not of these offences"


@estimator
def charged_so_far(charged: Numbers, pending: Numbers, recorded: Numbers) -> dict[str, Any]:
    """Return the share charged so far, with worst-case bounds (Manski 1990) while outcomes are pending.

    Parameters
    ----------
    charged, pending, recorded : int, or a table and the names of its columns
        Offences of one cohort: charged, without an outcome, and recorded in all; charged + pending <= recorded.

    Returns
    -------
    Estimate, or the table with its columns added
        The lower end is the share so far, charged over recorded; the upper adds every pending offence.

    Raises
    ------
    BadCount
        If a count is below zero (a published correction), nothing was recorded, or the parts exceed the whole.

    Examples
    --------
    >>> found = charged_so_far(50, 80, 1_000)
    >>> found.value, found.lower, found.upper
    (0.05, 0.05, 0.13)
    """
    rule = (
        "charged, pending and recorded must be whole counts from 0, the first two at most the third, and that above 0"
    )
    counts = {"charged": charged, "pending": pending, "recorded": recorded}
    refuse(rule, not is_whole(*counts.values()), **counts)
    refuse(rule, (charged < 0) | (pending < 0) | (recorded <= 0) | (charged + pending > recorded), **counts)
    so_far, at_most = charged / recorded, (charged + pending) / recorded
    return result(so_far, (so_far, at_most), unit="share", method=WORST_CASE, n=recorded, basis="full count")


@estimator
def charged_of_resolved(charged: Numbers, closed: Numbers) -> dict[str, Any]:
    """Return charged over offences with an outcome, which supposes that the pending will end like the closed.

    Parameters
    ----------
    charged, closed : int, or a table and the names of its columns
        Offences of one cohort charged, and closed in any other way; charged + closed > 0.

    Raises
    ------
    BadCount
        If a count is below zero, or no offence has an outcome.

    Examples
    --------
    >>> round(charged_of_resolved(50, 870).value, 4)
    0.0543
    """
    rule = "charged and closed must be whole counts from 0, and one of them above it"
    refuse(rule, not is_whole(charged, closed), charged=charged, closed=closed)
    resolved = charged + closed
    refuse(rule, (charged < 0) | (closed < 0) | (resolved == 0), charged=charged, closed=closed)
    words = WHY_NONE["full count"]
    return result(charged / resolved, None, unit="share", method=words, n=resolved, basis="full count")


@estimator
def same_period_ratio(charged: Numbers, recorded: Numbers) -> dict[str, Any]:
    """Return charges of a period over offences recorded in it: a ratio, not a share of those offences.

    Its measure is `charge_ratio_in_same_period`, and another measure is not compared with it.

    Parameters
    ----------
    charged, recorded : int, or a table and the names of its columns
        Charges made in the period, whenever the offence was recorded, and offences recorded in it.

    Raises
    ------
    BadCount
        If a count is below zero, or nothing was recorded.

    Examples
    --------
    >>> found = same_period_ratio(131, 1_181)
    >>> round(found.value, 3), found.unit
    (0.111, 'ratio')
    """
    rule = "charged must be a whole count from 0, and recorded one above it"
    refuse(rule, not is_whole(charged, recorded), charged=charged, recorded=recorded)
    refuse(rule, (charged < 0) | (recorded <= 0), charged=charged, recorded=recorded)
    return result(charged / recorded, None, unit="ratio", method=SAME_PERIOD, n=recorded, basis="full count")


@dataclass(frozen=True, eq=False)
class SamePeriod:
    """What the same-period ratio would show of cohorts that are all charged alike: one entry a period."""

    charges: Numbers
    ratios: Numbers
    cohort_share: float


def same_period_against_cohort(recorded: ArrayLike, *, charge_share: float, delay: ArrayLike) -> SamePeriod:
    """Return the charges and same-period ratios of cohorts that all end with one charged share.

    Each cohort's charges are spread over later periods (a convolution). The ratio is below the share while the first
    charges arrive, and above it for good while recording falls.

    Parameters
    ----------
    recorded : array of float
        Offences recorded in each period.
    charge_share : float
        The share of every cohort that is charged in the end, from 0 to 1.
    delay : array of float
        The share of those charges that comes in the period of recording, the next, and so on: from 0, at most 1 in sum.

    Raises
    ------
    BadCount
        If recorded is not above 0 throughout, or the shares are none.

    Examples
    --------
    >>> found = same_period_against_cohort([2_000, 1_800, 1_620], charge_share=0.1, delay=[0.4, 0.6])
    >>> found.charges.round(1).tolist(), found.ratios.round(3).tolist()
    ([80.0, 192.0, 172.8], [0.04, 0.107, 0.107])
    """
    offences, spread = np.atleast_1d(np.asarray(recorded, dtype=float)), np.atleast_1d(np.asarray(delay, dtype=float))
    refuse("recorded must be above 0 in every period", ~(offences > 0), recorded=offences)
    share = np.atleast_1d(float(charge_share))
    refuse("the charged share must lie between 0 and 1", ~((share >= 0) & (share <= 1)), share=share)
    refuse(
        "the delays must be shares from 0, at most 1 in sum",
        ~((spread >= 0) & (spread.sum() <= 1 + 1e-9)),
        delay=spread,
    )
    charges = np.convolve(offences * charge_share, spread)[: len(offences)]
    return SamePeriod(charges, charges / offences, float(charge_share))
