"""Check the text of a draft: one remark a number, and one for each passage whose words mislead."""

from __future__ import annotations

from datetime import date

from stats.claims.draft.remarks import UNPLACED, Remark
from stats.claims.facts import Facts
from stats.claims.quantities import Quantity, quantities


def check_draft(text: str, facts: Facts, *, written: date | None = None) -> list[Remark]:
    """Return what is to be said of a draft, in its order.

    Parameters
    ----------
    text : str
    facts : Facts
        As at a day, if one was asked for.
    written : datetime.date, optional
        When the draft was written: 'last year' is read by it, and never by the clock.
    """
    return [_unplaced(one) for one in quantities(text, written)]


def _unplaced(one: Quantity) -> Remark:
    reason = "Nothing here says what it counts, so it was set beside no figure."
    return Remark(
        one.quote, one.sentence, one.start, one.end, UNPLACED, reason, value=one.quote, low=one.reading.low,
        high=one.reading.high, unit=one.unit,
    )  # fmt: skip
