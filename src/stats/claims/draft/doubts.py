"""What speaks for caution before a number is called wrong: an earlier release, another thing, another measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from stats import present
from stats.claims.draft.frame import Frame
from stats.claims.evidence import counted
from stats.claims.facts import RECORDED, Evidence, Facts
from stats.claims.verdicts import Verdict
from stats.period import Period
from stats.registers import Measure
from stats.registers.claims import Claim, Span

TOO_FAR = 50
"""A count this many times below the figure is hardly of the same thing: somebody's own case, one town, one month."""

TOO_FAR_CARRIED = 3
"""The same, where the period is not stated beside the count."""

_SEVERAL = re.compile(
    r"\b(?:between them|combined|together|(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:\w+ )?forces)\b", re.I
)
MOVED = Fraction(5, 100)
"""How far from today's release a count may be and still be that of an earlier one, which is not here."""

GROWN = Fraction(1, 3)
"""How far below today's a share of offences charged so far may have been in an earlier release."""

TELLING_DIGITS = 3
"""Digits that a count must print for it to name its period by itself."""

IN_FORCE = "stalking_offences_in_force"
"""The finding that says since when stalking has been an offence."""

_LATEST = re.compile(
    r"\b(?:latest|most recent|newest|newly (?:released|published)|just (?:released|published))\b", re.I
)

ONCE_RIGHT = ("supported", "supported-with-caveat", "superseded", "stale")


def in_doubt(frame: Frame, claim: Claim, found: Verdict, measure: Measure, facts: Facts) -> Verdict:
    """Return a verdict as it stands after doubts: what may be explained is not called wrong."""
    if found.verdict in ONCE_RIGHT:
        return _no_longer_latest(frame, claim, found, measure, facts)
    if frame.period_is == "implied":
        reason = f"It does not say of when; {claim.period.words} was taken, and does not fit."
        return Verdict("not-checked", reason, found.evidence)
    if found.verdict == "contradicted":
        return _perhaps_right(frame, claim, found, measure, facts)
    if found.verdict == "not-checked":
        other = _part_of_a_period(frame, claim, measure, facts) or _before_it_existed(claim, measure, facts)
        return other or _of_another_measure(frame, found, facts)
    if found.verdict == "wrong-unit" and not found.evidence:
        return Verdict("not-checked", f"No figure of the {measure.plain_name} that answers this is to hand.")
    return found


def _no_longer_latest(frame: Frame, claim: Claim, found: Verdict, measure: Measure, facts: Facts) -> Verdict:
    """What is called the latest figures is stale if later months were out when the draft was written."""
    period, covered = claim.period.period, facts.registers.coverage(RECORDED)
    newest = facts.registers.newest(RECORDED).published
    is_out = frame.written is None or frame.written.isoformat() >= newest
    is_called_latest = measure.id == RECORDED and bool(_LATEST.search(frame.quantity.sentence))
    if period is None or not is_called_latest or not is_out or period.end >= covered.end:
        return found
    reason = f"{found.reason} It is called the latest, and figures to {covered.end} were published on {newest}."
    return replace(found, verdict="stale", reason=reason)


def _perhaps_right(frame: Frame, claim: Claim, found: Verdict, measure: Measure, facts: Facts) -> Verdict:
    if frame.is_weak or _SEVERAL.search(frame.quantity.sentence):
        now = f"{measure.plain_name} in {claim.period.words} were {found.evidence[0].text}"
        reason = f"It is not clear what it counts; {now}."
        return Verdict("not-checked", reason, found.evidence)
    if _is_of_something_else(frame, found):
        reason = f"It is far from the figure for {claim.period.words}, so it is probably of something else."
        return Verdict("not-checked", reason)
    return _of_another_time(frame, claim, found, measure, facts) or (
        found if found.slip else _perhaps_earlier(frame, found, measure)
    )


def _of_another_time(frame: Frame, claim: Claim, found: Verdict, measure: Measure, facts: Facts) -> Verdict | None:
    """A count that is exactly that of the year before or after, or of a part of the period: the slip is named."""
    period = claim.period.period
    if measure.id != RECORDED or period is None or not names_itself(frame) or frame.quantity.reading.is_bound:
        return None
    for other in _near_periods(period):
        figure = next(iter(counted(claim.model_copy(update={"period": span_of(other)}), facts)), None)
        if figure and figure.reading.low == frame.quantity.reading.low == frame.quantity.reading.high:
            reason = f"It is the number of {other} ({figure.cited}); that of {period} is {found.evidence[0].text}."
            return replace(found, reason=reason, slip=f"{other} read as {period}")
    return None


def _near_periods(period: Period) -> Iterator[Period]:
    months, year, month = period.months or 0, period.start.year, period.start.month
    if not months:
        return
    for moved in (-12, 12, -9, 9, -6, 6, -3, 3):
        first = year * 12 + month - 1 + moved
        yield Period.months_from(first // 12, first % 12 + 1, months)
    for length in (3, 6, 9, 18):
        for moved in range(0, max(1, months - length + 1), 3) if length < months else (months - length,):
            first = year * 12 + month - 1 + moved
            yield Period.months_from(first // 12, first % 12 + 1, length)


def _part_of_a_period(frame: Frame, claim: Claim, measure: Measure, facts: Facts) -> Verdict | None:
    """A count of a period that is not over: of 2025/26 three quarters are out, and are no year."""
    period, covered = claim.period.period, facts.registers.coverage(RECORDED)
    if measure.id != RECORDED or period is None or not period.start <= covered.end < period.end:
        return None
    part = Period(period.start, covered.end)
    figure = next(iter(counted(claim.model_copy(update={"period": span_of(part)}), facts)), None)
    if figure is None or not frame.quantity.reading.holds(figure.reading.low):
        return None
    reason = f"{figure.text} is the number of {part} ({figure.cited}): {part.length()}, and not the whole of {period}."
    return Verdict("not-comparable", reason, (figure,), slip=f"{part.length()} read as {period.length()}")


def _before_it_existed(claim: Claim, measure: Measure, facts: Facts) -> Verdict | None:
    """A count of recorded stalking before stalking was an offence is a count of something else."""
    began, period = facts.registers.findings.get(IN_FORCE), claim.period.period
    is_of_it = measure.id == RECORDED and claim.offence == "stalking" and period is not None
    if not is_of_it or began is None or began.start is None or period is None or period.end >= began.start:
        return None
    reason = (
        f"Stalking became an offence in England and Wales on {began.start}, so the police recorded none in {period}: "
        "the number is of something else, perhaps harassment."
    )
    return Verdict("wrong-measure", reason, slip="harassment read as stalking")


def _is_of_something_else(frame: Frame, found: Verdict) -> bool:
    if frame.quantity.kind != "count" or not found.evidence or found.slip:
        return False
    is_stated = frame.place_is == "stated" and frame.period_is == "stated"
    times = TOO_FAR if frame.period_is == "stated" else TOO_FAR_CARRIED
    low, figure = frame.quantity.reading.low, found.evidence[0].reading.low
    return not is_stated and (low * times < figure or low > figure * times)


def _perhaps_earlier(frame: Frame, found: Verdict, measure: Measure) -> Verdict:
    """A number near today's may be that of an earlier release: counts are revised, and not all releases are here.

    A share that grows while outcomes come in was smaller then, and never larger.
    """
    now = found.evidence[0]
    apart = frame.quantity.reading.low / now.reading.low - 1 if now.reading.low else Fraction(1)
    may_be = -GROWN < apart < 0 if measure.grows else measure.id == RECORDED and abs(apart) <= MOVED
    one = frame.quantity
    is_exact = one.reading.low == one.reading.high or one.kind == "share"
    if not now.is_computed or not may_be or one.reading.is_bound or not is_exact:
        return found
    by = present.half_away(abs(apart) * 100, 1)
    reason = (
        f"The release of {now.published} gives {now.text}, {by}% {'less' if apart > 0 else 'more'}: "
        "the number may be of an earlier release, which is not here."
    )
    return replace(found, verdict="superseded", reason=reason)


def _of_another_measure(frame: Frame, found: Verdict, facts: Facts) -> Verdict:
    """A number that no figure of its own measure gives, and an exact one of another does, is of that other.

    A share is so only where the other has its base.
    """
    match, one = (found.evidence or (None,))[0], frame.quantity
    if match is None:
        return found
    if one.kind == "count":
        is_it = names_itself(frame) and match.reading.low == one.reading.low
    else:
        base = facts.registers.measures[match.measure].denominator
        is_it = bool(match.counts) and base is not None and base.stage in frame.base_stages
    if not is_it:
        return found
    name = facts.registers.measures[match.measure].plain_name
    reason = f"{match.text} is the figure of another measure: {name}{_of(match)} ({match.cited})."
    return replace(found, verdict="wrong-measure", reason=reason, slip=f"this is the {name}")


def _of(match: Evidence) -> str:
    return f", {match.area}, {match.period}" if match.area and match.period else ""


def names_itself(frame: Frame) -> bool:
    """Whether a count prints so many digits that no other figure is likely to be the same."""
    low = frame.quantity.reading.low
    digits = str(int(low)).rstrip("0") if low.denominator == 1 else ""
    return len(digits) >= TELLING_DIGITS


def span_of(period: Period) -> Span:
    """Return a period as a claim holds it."""
    return Span(words=period.label, start=period.start, end=period.end)
