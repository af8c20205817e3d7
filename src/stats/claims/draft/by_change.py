"""Judge a change by the figures before and after it: 'up 30%', 'doubled', 'from 11% to 6%'."""

from __future__ import annotations

import re
from fractions import Fraction

from stats import present
from stats.claims.dated import year_before
from stats.claims.draft.binding import claim_of, places_of
from stats.claims.draft.frame import Frame
from stats.claims.draft.judged import Judged
from stats.claims.draft.times import YEAR
from stats.claims.evidence import counted
from stats.claims.facts import RECORDED, Evidence, Facts
from stats.claims.verdicts import Verdict
from stats.estimate.counts import breaks_between
from stats.period import Period
from stats.registers import Break
from stats.registers.claims import Claim, Span

_YEAR_BEFORE = re.compile(
    r"\b(?:year before|previous year|year earlier|previous twelve|previous 12|prior year|year[- ]on[- ]year"
    r"|preceding year|same (?:period|quarter|months|time)|last year|in a year|a year ago|over the year|annual)\b",
    re.I,
)
_OF_PEOPLE = re.compile(r"\b(?:stalkers|offenders|perpetrators|suspects|victims|people|women|men)\b", re.I)
MOVED = Fraction(3, 200)
"""How far a printed change of counts may be from today's and still be that of an earlier release: revisions move it."""


def by_change(frame: Frame, facts: Facts) -> Judged | None:
    """Return the verdict on a change of recorded offences, or None where it is of something else or says no periods."""
    is_bare = not frame.stages and frame.offence_is == "stated" and not _OF_PEOPLE.search(frame.quantity.sentence)
    is_of_recorded = frame.stages[:1] == ("recorded",) or is_bare
    pair = periods_of_change(frame)
    if frame.quantity.kind != "change" or not frame.offence or not is_of_recorded or pair is None:
        return None
    measure = facts.registers.measures[RECORDED]
    for area in places_of(frame):
        claim = claim_of(frame, measure, pair[1], area=area).model_copy(update={"quantity": "comparison"})
        found = _compared(frame, claim, pair, facts)
        if found:
            return Judged(found, claim)
    return None


def periods_of_change(frame: Frame) -> tuple[Period, Period] | None:
    """Return the period before and after, as far as the sentence says: two spans, or one and the year before."""
    spans = sorted({span[0].period for span in frame.quantity.spans if span}, key=lambda p: (p.start, p.end))
    if frame.earlier and frame.periods:
        return frame.earlier[0], frame.periods[0]
    if len(spans) >= 2:
        return spans[0], spans[-1]
    if not frame.periods:
        return None
    period = frame.periods[0]
    months = period.months or 0
    if months > YEAR:
        first = Period.months_from(period.start.year, period.start.month, YEAR)
        return (
            (first, Period.months_from(first.start.year + months // YEAR - 1, first.start.month, YEAR))
            if months % YEAR == 0
            else None
        )
    return year_before(period), period


def _compared(frame: Frame, claim: Claim, pair: tuple[Period, Period], facts: Facts) -> Verdict | None:
    found = [e for p in pair for e in counted(_in(claim, p), facts)[:1]]
    reason = _not_comparable(claim, pair, facts)
    if reason:
        return Verdict("not-comparable", present.capital(reason), tuple(found), may_say=_each(found))
    return _computed(frame, found, pair) if len(found) == 2 and found[0].reading.low else None


def _not_comparable(claim: Claim, pair: tuple[Period, Period], facts: Facts) -> str:
    if not pair[0].is_like(pair[1]):
        return f"{pair[0].length()} ({pair[0]}) cannot be set against {pair[1].length()} ({pair[1]})."
    crossed = _crossed(claim, pair, facts)
    return f"the series changed its meaning in {crossed[-1].when}: {crossed[-1].label}." if crossed else ""


def _computed(frame: Frame, found: list[Evidence], pair: tuple[Period, Period]) -> Verdict:
    told = _told(found, pair)
    change = found[1].reading.low / found[0].reading.low - 1
    said = f"{told}, a change of {present.half_away(change * 100, 1)}%"
    reading = frame.quantity.reading
    if reading.holds(change):
        return Verdict("supported", f"{present.capital(said)}.", tuple(found), may_say=(said,))
    if _near(reading.low, reading.high, change):
        note = "The printed change is near that and may be of an earlier release."
        return Verdict("supported-with-caveat", f"{present.capital(said)}. {note}", tuple(found), may_say=(said,),
                       caveats=(note,))  # fmt: skip
    if not _says_against_what(frame):
        return Verdict("not-checked", f"It does not say against what; {said}.", tuple(found), may_say=(said,))
    return Verdict("contradicted", f"{present.capital(said)}.", tuple(found), may_say=(said,))


def _near(low: Fraction, high: Fraction | None, change: Fraction) -> bool:
    is_same_way = (low >= 0) == (change >= 0)
    return high is not None and is_same_way and low - MOVED <= change <= high + MOVED


def _says_against_what(frame: Frame) -> bool:
    spans = [span for span in frame.quantity.spans if span]
    return (
        len(spans) >= 2 or bool(_YEAR_BEFORE.search(frame.quantity.sentence)) or (frame.periods[0].months or 0) > YEAR
    )


def _crossed(claim: Claim, pair: tuple[Period, Period], facts: Facts) -> list[Break]:
    area = facts.registers.areas.current[claim.area_code or ""]
    codes = facts.registers.offences.find(claim.offence or "").codes
    return breaks_between(sorted(pair), facts.registers.breaks_in(RECORDED, codes=codes, area=area))


def _told(found: list[Evidence], pair: tuple[Period, Period]) -> str:
    if len(found) < 2:
        return ""
    return f"recorded offences went from {found[0].text} ({pair[0]}) to {found[1].text} ({pair[1]})"


def _each(found: list[Evidence]) -> tuple[str, ...]:
    return tuple(f"{e.text} offences recorded in {e.area}, {e.period} ({e.cited})" for e in found)


def _in(claim: Claim, period: Period) -> Claim:
    return claim.model_copy(update={"period": Span(words=period.label, start=period.start, end=period.end)})
