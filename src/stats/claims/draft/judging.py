"""Judge a number of a draft: the ways to do so, in order."""

from __future__ import annotations

import re

from stats.claims.draft.by_arithmetic import by_arithmetic
from stats.claims.draft.by_base import by_base
from stats.claims.draft.by_change import by_change
from stats.claims.draft.by_claim import by_claim
from stats.claims.draft.by_figure import by_figure
from stats.claims.draft.by_measure import by_measure
from stats.claims.draft.by_outcome import by_outcome
from stats.claims.draft.by_rate import by_rate
from stats.claims.draft.frame import Frame
from stats.claims.draft.judged import Judged
from stats.claims.facts import Facts
from stats.claims.verdicts import Verdict

_MADE_UP = re.compile(
    r"\b(?:made[- ]up (?:data|numbers?|figures?|example)|illustrative (?:data|example|figures?|numbers?)"
    r"|for illustration|fictitious|fictional (?:data|figures?|example)|invented (?:data|figures?|numbers?)"
    r"|hypothetical)\b",
    re.I,
)


def judge(frame: Frame, facts: Facts, *, known: bool = True) -> Judged:
    """Return what can be said of one number: the first way that finds something decides."""
    decided = _made_up(frame) or (by_claim(frame, facts) if known else None) or by_arithmetic(frame)
    if decided:
        return decided
    if frame.quantity.kind in ("change", "points"):
        return by_change(frame, facts) or Judged(_no_periods())
    if frame.quantity.kind == "rate":
        return by_rate(frame, facts) or Judged(_unplaced(frame))
    printed = by_figure(frame, facts)
    if printed and printed.verdict.is_right:
        return printed
    found = by_base(frame, facts) or by_outcome(frame, facts) or by_measure(frame, facts)
    if found and found.verdict.verdict != "not-checked":
        return found
    return printed or found or Judged(_unplaced(frame))


def _made_up(frame: Frame) -> Judged | None:
    if not _MADE_UP.search(frame.quantity.sentence):
        return None
    return Judged(Verdict("illustrative", "The draft says itself that the number is made up."))


def _no_periods() -> Verdict:
    return Verdict("not-checked", "It does not say what changed, from when and to when: nothing could be recomputed.")


def _unplaced(frame: Frame) -> Verdict:
    if not frame.stages:
        reason = "No word near it says what was counted, so it was set beside no figure."
    elif frame.place == "" and frame.place_is == "stated":
        reason = "The place is not in England and Wales, which is all that is covered here."
    else:
        reason = f"No figure is to hand of what “{frame.quantity.quote}” is said of."
    return Verdict("not-checked", reason)
