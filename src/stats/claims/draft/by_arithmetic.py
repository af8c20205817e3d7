"""Recompute what a number prints itself: 'a of b (c%)'."""

from __future__ import annotations

from fractions import Fraction

from stats import present
from stats.claims.draft.frames import Frame
from stats.claims.draft.judged import Judged
from stats.claims.facts import Facts
from stats.claims.verdicts import Verdict
from stats.registers.wordings import Wordings


def by_arithmetic(frame: Frame, facts: Facts, words: Wordings) -> Judged | None:
    """Return the verdict on a share that its own counts do not give, however it is rounded; else None."""
    one = frame.quantity
    if one.printed is None or not one.base or one.count is None or one.roundings():
        return None
    share = present.half_away(Fraction(one.count, one.base) * 100, 1)
    said = f"{present.count(one.count)} of {present.count(one.base)} is {share}%"
    return Judged(Verdict("arithmetic-error", f"{said}, not {one.printed}%.", may_say=(said,)))
