"""Recompute what a number prints itself, or beside itself: 'a of b (c%)', '60% (26 of 43)'."""

from __future__ import annotations

from fractions import Fraction

from stats import present
from stats.claims.draft.frame import Frame
from stats.claims.draft.judged import Judged
from stats.claims.quantity import Quantity
from stats.claims.verdicts import Verdict


def by_arithmetic(frame: Frame) -> Judged | None:
    """Return the verdict on two statements of one quantity that cannot both be true, however they round; else None."""
    one, other = frame.quantity, frame.beside
    if not one.clashes:
        return None
    said = next(filter(None, (_share(q) for q in (one, other) if q)), "")
    if one.printed is not None:
        return Judged(Verdict("arithmetic-error", f"{said}, not {one.printed}%.", may_say=(said,)))
    if other is None:
        return None
    reason = f"“{one.quote}” and “{other.quote}” cannot both be true" + (f": {said}." if said else ".")
    return Judged(Verdict("arithmetic-error", reason, may_say=(said,) if said else ()))


def _share(one: Quantity) -> str:
    if not one.base or one.count is None:
        return ""
    share = present.half_away(Fraction(one.count, one.base) * 100, 1)
    return f"{present.count(one.count)} of {present.count(one.base)} is {share}%"
