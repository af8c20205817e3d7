"""Check the text of a draft: one remark a number, and one for each passage whose words mislead."""

from __future__ import annotations

from datetime import date

from stats.claims.draft.bases import with_bases
from stats.claims.draft.comparisons import Comparison, compared
from stats.claims.draft.derived import with_derived
from stats.claims.draft.folding import folded
from stats.claims.draft.frame import Frame
from stats.claims.draft.frames import frames
from stats.claims.draft.judged import Judged
from stats.claims.draft.judging import judge
from stats.claims.draft.lints import lints
from stats.claims.draft.remarks import Remark
from stats.claims.draft.rewriting import suggestion
from stats.claims.draft.scene import Scene, scene_of
from stats.claims.facts import Facts
from stats.claims.quantities import quantities


def check_draft(text: str, facts: Facts, *, written: date | None = None, known: bool = True) -> list[Remark]:
    """Return what is to be said of a draft, in its order.

    Parameters
    ----------
    text : str
    facts : Facts
        As at a day, if one was asked for.
    written : datetime.date, optional
        When the draft was written: 'last year' is read by it, and never by the clock.
    known : bool
        Whether registered claims are recognised when the draft repeats them.
    """
    facts, scene = with_derived(facts), scene_of(text, facts.registers, written)
    found = quantities(text, written)
    framed = with_bases(frames(found, scene, facts.registers.wordings))
    judged = [(frame, judge(frame, facts, known=known)) for frame in framed]
    pairs, comparisons = compared(judged, facts)
    remarks = [_of_number(frame, one, facts) for frame, one in pairs]
    remarks += [_of_comparison(one, scene, facts) for one in comparisons]
    remarks.sort(key=lambda remark: (remark.start, remark.end))
    return folded(remarks, lints(text, found, facts, written=written), text)


def _of_number(frame: Frame, judged: Judged, facts: Facts) -> Remark:
    one, found, claim = frame.quantity, judged.verdict, judged.claim
    first = found.evidence[0] if found.evidence else None
    return Remark(
        one.quote, one.sentence, one.start, one.end, found.verdict, found.reason, value=one.quote, low=one.reading.low,
        high=one.reading.high, unit=one.unit or ("percent" if one.kind == "share" else ""),
        measure=(claim.measure or "") if claim else "", area=_area(judged, facts), period=_period(judged),
        source=first.cited if first else "", suggestion=suggestion(frame, found, facts), claim=judged.known,
        caveats=found.caveats, evidence=tuple(dict.fromkeys(found.evidence)), default=found.default,
        strict=found.strict,
    )  # fmt: skip


def _of_comparison(one: Comparison, scene: Scene, facts: Facts) -> Remark:
    found = one.judged.verdict
    start, end = scene.sentence(one.start)
    say = "; ".join(found.may_say)
    return Remark(
        scene.text[one.start : one.end], scene.text[start:end], one.start, one.end, found.verdict, found.reason,
        measure=(one.judged.claim.measure or "") if one.judged.claim else "", area=_area(one.judged, facts),
        suggestion=f"{say}." if say else "", caveats=found.caveats,
    )  # fmt: skip


def _area(judged: Judged, facts: Facts) -> str:
    area = facts.registers.areas.current.get(judged.claim.area_code or "") if judged.claim else None
    return area.name if area else ""


def _period(judged: Judged) -> str:
    return judged.claim.period.words if judged.claim and judged.claim.period.start else ""
