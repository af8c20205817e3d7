"""An estimate in words: value, interval, count and base in one line, and no more than its basis bears."""

from __future__ import annotations

import math

from stats import present
from stats.errors import NotHonest
from stats.estimate.estimate import Estimate
from stats.estimate.shape import AS_IF

WHO = {
    "sample": "people asked",
    "full count": "offences",
    "self-selected": "people who answered",
    "case audit": "files reviewed",
}
"""Who is counted, where nobody says."""


def in_words(estimate: Estimate, *, who: str = "") -> str:
    """Return an estimate as a sentence may hold it.

    Parameters
    ----------
    estimate : Estimate
    who : str
        Who or what is counted, in the plural: 'people who answered', 'files reviewed'.

    Returns
    -------
    str
        A share of people who chose to answer, or of files chosen for review, is a count out of a count. Any other
        estimate is its value, then its interval in brackets ('95% confidence interval: a to b') where it has one, or
        the range that bounds it. A share has its base beside it.

    Raises
    ------
    NotHonest
        If `who` makes more of an estimate than its basis bears, or there is neither a value nor a range.

    Examples
    --------
    >>> from stats.estimate.proportions import proportion
    >>> in_words(proportion(79, 122, basis="self-selected"))
    '79 of the 122 people who answered (65%)'
    >>> in_words(proportion(21, 28, basis="sample"))
    '75% (95% confidence interval: 57% to 87%) of 28 people asked'
    >>> in_words(proportion(11_610, 135_628, basis="full count"), who="offences recorded")
    '8.6% of 135,628 offences recorded'
    """
    e, who = estimate, who or WHO[estimate.basis]
    if e.unit != "share" or not math.isfinite(e.n):
        return present.fitting(_number(e), basis=e.basis)
    if e.basis in present.STAND_FOR_THEMSELVES and math.isfinite(e.value):
        return present.fitting(present.out_of(round(e.value * e.n), e.n, who), basis=e.basis)
    return present.fitting(f"{_number(e)} of {present.count(e.n)} {who}", basis=e.basis)


def _number(e: Estimate) -> str:
    per = f" {e.unit}" if e.unit.startswith("per ") else ""
    has_range = math.isfinite(e.lower) and math.isfinite(e.upper)
    if not math.isfinite(e.value) and not has_range:
        raise NotHonest("there is no number to say.", [("method", e.method)], "Say that it is not available.")
    if has_range and math.isfinite(e.level) and math.isfinite(e.value):
        found = present.with_interval(e.value, e.lower, e.upper, unit=e.unit, level=e.level, n=e.n)
        return found.replace(" interval:", f" interval, {AS_IF}:") + per if AS_IF in e.method else found + per
    ends = present.between(e.lower, e.upper, unit=e.unit, n=e.n) if has_range else ""
    named = f" ({100 * e.level:.4g}% confidence interval)" if math.isfinite(e.level) else ""
    if not math.isfinite(e.value):
        return f"{ends}{named}{per}"
    return present.value(e.value, unit=e.unit, n=e.n) + per + (f" (range: {ends})" if ends else "")
