"""Bind a number of a draft to a measure, a place, a period and a base: make of it a claim that can be judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from stats import present
from stats.claims.draft.frame import Frame
from stats.claims.quantity import Quantity
from stats.period import Period
from stats.registers import Measure, Registers
from stats.registers.areas import ENGLAND_AND_WALES
from stats.registers.claims import Base, Claim, Part, Span
from stats.registers.wordings import fits

KIND_OF_EVIDENCE = {
    "full count": "recorded crime outcomes",
    "sample": "household survey",
    "self-selected": "self-selected survey",
    "case audit": "case audit",
}
"""What a claim of a measure rests on, by the measure's basis."""

SHARES = ("percent", "ratio percent")
_PERCENT = re.compile(r"(\d[\d,]*(?:\.(\d+))?)(?= ?(?:%|per ?cent))", re.I)
_TURNED = {"more than": "less than", "over": "under", "less than": "more than", "under": "over", "at least": "up to",
           "up to": "at least", "fewer than": "more than"}  # fmt: skip


def measures_of(frame: Frame, registers: Registers) -> list[Measure]:
    """Return the measures that a number may be of, by the words round it, the likeliest first."""
    kinds = SHARES if frame.quantity.kind in ("share", "ratio") else ("count",)
    found = [
        measure
        for stage in frame.stages
        for measure in registers.measures.values()
        if measure.unit in kinds and measure.numerator.stage == stage and _may_be_of(measure, frame, registers)
    ]
    needed = [m for m in found if registers.wordings.of(m.id).needs]
    return list({measure.id: measure for measure in [*needed, *found]}.values())


def _may_be_of(measure: Measure, frame: Frame, registers: Registers) -> bool:
    if not fits(registers.wordings.of(measure.id), frame.quantity.sentence):
        return False
    if measure.denominator is None or not frame.base_stages:
        return True
    return measure.denominator.stage in frame.base_stages


ENDINGS = {"charged", "prosecuted", "convicted", "sentenced"}
"""The stages of which drafts give the share that did not reach them: '95% ended without a charge'."""


def worded(frame: Frame) -> str:
    """Return the number as it is worded, without the count and base that it may be printed with."""
    one = frame.quantity
    if one.printed is not None:
        said = f"{one.printed}%"
    elif one.count is not None and one.base:
        said = f"{float(present.half_away(Fraction(one.count, one.base) * 100, 2)):.2f}%"
    else:
        said = one.quote
    is_turned = frame.is_negative and one.kind == "share" and bool({*frame.stages[:1]} & ENDINGS)
    return _turned(one, said) if is_turned else said


def _turned(one: Quantity, said: str) -> str:
    """'95% were not' as '5% were', 'more than nine in ten have not' as 'less than 10% have'."""
    found = _PERCENT.search(said)
    places = len(found[2] or "") if found else 0
    lead = said[: found.start()].strip().casefold() if found else ""
    if not found:
        low, high = one.reading.low, one.reading.high if one.reading.high is not None else Fraction(1)
        lead = "less than" if one.reading.is_bound and high == 1 else "about"
        return f"{lead} {present.half_away((1 - (low if lead == 'less than' else (low + high) / 2)) * 100)}%"
    left = f"{100 - float(found[1].replace(',', '')):.{places}f}%"
    return f"{_TURNED.get(lead, lead)} {left}".strip()


def printed_base(frame: Frame) -> int | None:
    """Return the base that is printed with a share; 'nine out of 10' is a way of speaking and no base."""
    one = frame.quantity
    return one.base if one.base and (one.base > LEAST_BASE or one.printed) else None


LEAST_BASE = 12
"""'Seven in ten' speaks of no ten people; from here on a number after 'of' is one that was counted."""


def claim_of(
    frame: Frame, measure: Measure, period: Period | None, *, area: str | None, figures: tuple[str, ...] = ()
) -> Claim:
    """Return the claim that a number makes if it is of a measure, a period and a place."""
    one = frame.quantity
    kind = "share" if measure.denominator is not None else "count"
    span = Span(words=period.label, start=period.start, end=period.end) if period else Span(words="not stated")
    printed = printed_base(frame)
    base = Base(
        population=frame.base_words or "not stated", n=frame.base_n or printed,
        n_is="printed" if printed else "assumed" if frame.base_n else "not stated", size=frame.base_size or None,
    )  # fmt: skip
    parts = (Part(n=one.count, of=one.base, words=f"{one.printed}%"),) if one.count and one.base and one.printed else ()
    return Claim.model_construct(
        id="draft", quote=one.quote, quantity=kind, words=worded(frame), value=one.quote, unit=one.unit or None,
        base=base if kind == "share" else None, place=area or "not stated", area_code=area,
        offence=frame.offence or None, period=span, measured_by="not stated", measure=measure.id,
        evidence_kind=_rests_on(frame, measure),
        parts=parts, figures=figures,
    )  # fmt: skip


def _rests_on(frame: Frame, measure: Measure) -> str:
    if measure.id == "recorded_offences":
        return "recorded crime"
    return KIND_OF_EVIDENCE[measure.basis]


NAMED = re.compile(
    r"\b(?:according to|figures?|data|statistics|survey\w*|report(?!ed to)\w*|found|freedom of information|FOI|"
    r"Home Office|ONS|Office for National Statistics|CSEW|study|research\w*|inspect\w+|CPS|Ministry|reveal\w*|"
    r"show(?:s|ed)?|estimat\w+|said|says|told|poll\w*|analysis|review)\b",
    re.I,
)
"""Words by which a sentence names who counted."""


def places_of(frame: Frame) -> Iterator[str]:
    """Yield the area codes that a number may be of: the one named, and England and Wales where it only may be meant."""
    if frame.place:
        yield frame.place
    if frame.place_is != "stated" and frame.place != ENGLAND_AND_WALES:
        yield ENGLAND_AND_WALES
    if frame.place_before and frame.place_before != ENGLAND_AND_WALES:
        yield frame.place_before
