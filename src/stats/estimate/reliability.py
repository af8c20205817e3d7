"""Whether a proportion from a sample is known closely enough to be shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stats.errors import NotHonest
from stats.estimate.shape import WHY_NONE, Limits, Numbers, interval_method, is_whole, refuse
from stats.estimate.surveys import DesignFactor, effective_n

FEWEST = 30
"""The smallest base, and the smallest effective base, of a proportion that is shown."""

WIDEST, NARROWEST, WIDEST_RELATIVE = 0.30, 0.05, 1.30
"""Widths of the interval: too wide; narrow enough whatever the proportion; too wide for the proportion."""

DUST = 9
"""Decimals of an effective base; a factor and its square root leave a little dust at 30."""


@dataclass(frozen=True)
class Reliability:
    """What the rule says of one proportion, and what it rests on.

    Parameters
    ----------
    decision : str
        'present', 'suppress: ...' or 'review: ...', with the reason.
    value, lower, upper, width : float
        Shares from 0 to 1; width is upper less lower.
    relative_width : float
        Width over value; infinite for a value of 0.
    n_effective : float
        The base after the design factor.
    complement : str
        The same decision for those who did not: a footnote where it differs.
    """

    decision: str
    value: float
    lower: float
    upper: float
    width: float
    relative_width: float
    n_effective: float
    complement: str


def reliability(x: int, n: int, *, basis: str, deft: DesignFactor, level: float = 0.95) -> Reliability:
    """Return whether x of n in a random sample may be shown (NCHS standards for proportions: Parker and others 2017).

    Suppressed: a base or effective base below 30; an interval 0.30 wide or wider; one wider than 0.05 and wider than
    130% of the proportion. None and all of n go to review. The interval is that of Korn and Graubard (1998).

    Parameters
    ----------
    x, n : int
        Whole counts of people asked, 0 <= x <= n, n > 0.
    basis : {"sample", "full count", "case audit", "self-selected"}
        Only a random sample can be known more or less closely.
    deft : DesignFactor
        By how much the design widens the standard error, and where that is printed. There is no default.
    level : float

    Raises
    ------
    NotHonest
        On any basis but a sample.
    BadCount
        If x and n are not such counts.
    ValueError
        If the level does not lie between 0 and 1.

    Examples
    --------
    >>> simple = DesignFactor(1, "simple random sample of the register")
    >>> reliability(79, 122, basis="sample", deft=simple).decision
    'present'
    >>> reliability(15, 30, basis="sample", deft=simple).decision
    'suppress: interval width 0.30 or more'
    """
    if interval_method(basis, None, ("korn-graubard",), level=level) is None:
        raise NotHonest(
            "only a random sample is known more or less closely.",
            [("basis", basis), ("why", WHY_NONE[basis])],
            "Give the count and its base: 'x of the n'.",
        )
    counts, bases = np.asarray([x]), np.asarray([n])
    rule = "x and n must be whole counts with 0 <= x <= n and n > 0"
    refuse(rule, not is_whole(counts, bases), x=counts, n=bases)
    refuse(rule, (counts < 0) | (counts > bases) | (bases <= 0), x=counts, n=bases)
    effective = n if x in (0, n) else min(n, round(float(effective_n(n, deft.value)), DUST))
    lower, upper = (float(end[0]) for end in korn_graubard_limits(counts, bases, deft.value, level))
    share, width = x / n, upper - lower
    return Reliability(
        decision(share, effective, width), share, lower, upper, width, width / share if x else np.inf, effective,
        decision(1 - share, effective, width),
    )  # fmt: skip


def korn_graubard_limits(x: Numbers, n: Numbers, deft: float, level: float) -> Limits:
    """Clopper-Pearson limits on the effective base n/deft^2, at most n (Korn and Graubard 1998, Surv Methodol 24:193).

    None and all of n have no variance to judge a design by, and keep n, as the NCHS standards say.
    """
    from scipy.special import betaincinv

    base = np.where((x == 0) | (x == n), n, np.minimum(n, effective_n(n, deft)))
    count, tail = x / n * base, (1 - level) / 2
    lower = betaincinv(np.maximum(count, 1e-300), base - count + 1, tail)
    upper = betaincinv(count + 1, np.maximum(base - count, 1e-300), 1 - tail)
    return np.where(x == 0, 0.0, lower), np.where(x == n, 1.0, upper)


def decision(share: float, effective: float, width: float) -> str:
    """Return what the NCHS standards say of a share, its effective base, and the width of its interval."""
    if effective < FEWEST:
        return "suppress: n below 30"
    if width >= WIDEST:
        return "suppress: interval width 0.30 or more"
    if share in (0, 1):
        return "review: none or all of n"
    if width > NARROWEST and width / share > WIDEST_RELATIVE:
        return "suppress: relative interval width above 130%"
    return "present"
