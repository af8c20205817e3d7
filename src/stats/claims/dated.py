"""Rules on dates, spans of years and directions: set beside events, the page itself, and the same months before."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from stats import present
from stats.claims.evidence import counted, of_event
from stats.claims.facts import RECORDED, Evidence, Facts
from stats.claims.verdicts import Verdict
from stats.errors import BadPeriod
from stats.estimate.counts import breaks_between
from stats.period import Period
from stats.registers.claims import Claim, Span
from stats.registers.sources import last_day

UP = re.compile(r"\b(?:ris(?:e|en|ing)|rose|increas\w+|up|grow(?:n|ing)|grew|higher|more)\b", re.IGNORECASE)
DOWN = re.compile(r"\b(?:fall(?:en|ing)?|fell|decreas\w+|down|drop\w*|lower|fewer|less)\b", re.IGNORECASE)
DAYS_IN_YEAR = Fraction(1461, 4)


def date_of_event(claim: Claim, facts: Facts) -> Verdict | None:
    """A date must be that of a registered event, or of the page that prints it."""
    if claim.quantity != "date":
        return None
    document = facts.document_of(claim)
    if claim.evidence_kind == "page metadata":
        same = claim.value == document.published
        found = f"The page is registered as published on {document.published}."
        return Verdict("supported" if same else "contradicted", found, may_say=(f"published {document.published}",))
    events = _events(claim, facts)
    if not events:
        return Verdict("not-checked", "No event is registered that this date could be set beside.")
    fits = [e for e in events if _within(claim, facts, e)]
    event = (fits or events)[0]
    reason = f"{present.capital(event.title)}: {event.text} ({event.cited})."
    return Verdict("supported" if fits else "contradicted", reason, (event,), may_say=(f"{event.title}: {event.text}",))


def years_since_event(claim: Claim, facts: Facts) -> Verdict | None:
    """A span of years must lie between a registered event and the publication."""
    if claim.quantity != "duration":
        return None
    events = _events(claim, facts)
    if not events or not (claim.value or "").isdecimal():
        return Verdict("not-checked", "No event is registered from which this span could be counted.")
    event = events[0]
    start = next(f.start for f in facts.findings(claim) if f.start)
    printed = facts.document_of(claim).published
    years = Fraction((date.fromisoformat(_month_end(printed)) - start).days) / DAYS_IN_YEAR
    assert claim.value
    fits = abs(years - int(claim.value)) <= Fraction(1, 2)
    reason = f"{present.capital(event.title)}: {event.text}, {present.half_away(years, 1)} years before {printed}."
    return Verdict("supported" if fits else "contradicted", reason, (event,), may_say=(reason.rstrip("."),))


def direction(claim: Claim, facts: Facts) -> Verdict | None:
    """A direction is set beside the same months of the year before, if no break parts them."""
    if claim.quantity != "trend":
        return None
    period = _period(claim, facts)
    wanted = 1 if UP.search(claim.words) else -1 if DOWN.search(claim.words) else 0
    if claim.measure != RECORDED or period is None or not wanted:
        return Verdict("not-checked", "The words give no period, so there is nothing to set them beside.")
    before = year_before(period)
    found = [e for p in (before, period) for e in counted(_in(claim, p), facts)]
    if len(found) < 2:
        return Verdict("not-checked", f"Recorded offences are not to hand for {before} and {period}.")
    area = facts.registers.areas.current[claim.area_code or ""]
    codes = facts.registers.offences.find(claim.offence or "").codes
    crossed = breaks_between([before, period], facts.registers.breaks_in(RECORDED, codes=codes, area=area))
    told = f"recorded offences went from {found[0].text} in {before} to {found[1].text} in {period}"
    if crossed:
        reason = f"{present.capital(told)}, across a change in what is counted ({crossed[0].when})."
        return Verdict("not-comparable", reason, tuple(found), may_say=(told,))
    moved = found[1].reading.low - found[0].reading.low
    if moved * wanted <= 0:
        return Verdict("contradicted", f"{present.capital(told)}.", tuple(found), may_say=(told,))
    caveats = _of_direction(claim, facts)
    reason = f"{present.capital(told)}. {caveats[0]}" if caveats else f"{present.capital(told)}."
    return Verdict(
        "supported-with-caveat" if caveats else "supported", reason, tuple(found), may_say=(told,),
        may_not_say=("that there was more of it: recording changes too",), caveats=caveats,
    )  # fmt: skip


def _of_direction(claim: Claim, facts: Facts) -> tuple[str, ...]:
    start = "" if claim.period.period else "The claim does not say since when; the year before is taken."
    measure = facts.registers.measure(claim.measure or "")
    return tuple(filter(None, [start, measure.caveat]))


def _period(claim: Claim, facts: Facts) -> Period | None:
    """The period a claim names, else that of the claim it speaks of."""
    if claim.period.period or claim.nested_in is None:
        return claim.period.period
    return facts.registers.claim(claim.nested_in).period.period


def _in(claim: Claim, period: Period) -> Claim:
    return claim.model_copy(update={"period": Span(words=period.label, start=period.start, end=period.end)})


def _events(claim: Claim, facts: Facts) -> list[Evidence]:
    return [of_event(f, claim) for f in facts.findings(claim) if f.start]


def _within(claim: Claim, facts: Facts, event: Evidence) -> bool:
    """Whether a date, as far as it is given, holds the whole event."""
    finding = facts.registers.findings[event.release]
    assert finding.start
    assert finding.end
    value = claim.value or ""
    try:
        return value <= finding.start.isoformat() and finding.end.isoformat() <= last_day_of(value)
    except (ValueError, BadPeriod):
        return False


def last_day_of(value: str) -> str:
    """Return the last day of a year, a month or a day: '2022-11' is 30 November 2022."""
    if re.fullmatch(r"\d{4}-\d\d", value):
        year, month = map(int, value.split("-"))
        return Period.months_from(year, month, 1).end.isoformat()
    return last_day(value)


def _month_end(printed: str) -> str:
    return last_day_of(printed)


def year_before(period: Period) -> Period:
    """Return the same months, or days, of the year before."""
    if period.months:
        return Period.months_from(period.start.year - 1, period.start.month, period.months)
    return Period(_day_of_year_before(period.start), _day_of_year_before(period.end))


def _day_of_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
