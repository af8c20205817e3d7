"""Judge a share of people asked or files read by its base alone: of too few, or of no whole number."""

from __future__ import annotations

from stats.claims.basis import PEOPLE, base_is_large_enough
from stats.claims.draft.binding import claim_of, printed_base
from stats.claims.draft.frame import Frame
from stats.claims.draft.judged import Judged
from stats.claims.facts import Facts
from stats.claims.printed import whole_count_exists

MEASURE = {"answered": "self_selected_share", "audited": "case_audit_share"}


def by_base(frame: Frame, facts: Facts) -> Judged | None:
    """Return the verdict on a share whose base is too small or gives no such share, or None."""
    measure = MEASURE.get(frame.stages[0]) if frame.stages else None
    if measure is None and frame.stages[:1] in ((), ("experienced",)) and frame.quantity.unit in PEOPLE:
        measure = MEASURE["answered"] if frame.quantity.base else None
    if measure is None or frame.quantity.kind != "share" or not (frame.base_n or printed_base(frame)):
        return None
    claim = claim_of(frame, facts.registers.measures[measure], None, area=None, figures=("none",))
    found = whole_count_exists(claim, facts) or base_is_large_enough(claim, facts)
    return Judged(found, claim) if found else None
