"""Set a rate for so many residents beside the one computed here."""

from __future__ import annotations

import re
from fractions import Fraction

from stats import present
from stats.claims.draft.binding import claim_of, places_of
from stats.claims.draft.frame import Frame
from stats.claims.draft.judged import Judged
from stats.claims.facts import RECORDED, Evidence, Facts
from stats.claims.verdicts import Verdict
from stats.claims.wording import Reading
from stats.errors import StatsError
from stats.estimate.counts import recorded
from stats.estimate.rates import per_1000
from stats.period import Period

MEASURE = "recorded_offences_per_1000"
_PER = re.compile(r"per ([\d,]+)")
THOUSAND = 1000
NEAR = Fraction(5, 100)
"""How far a rate may be from the one here: releases and population estimates move it."""


def by_rate(frame: Frame, facts: Facts) -> Judged | None:
    """Return the verdict on a rate of recorded offences to residents, or None where it cannot be computed."""
    per = _PER.fullmatch(frame.quantity.unit)
    if not per or not frame.offence or facts.population is None or frame.stages[:1] not in ((), ("recorded",)):
        return None
    times = Fraction(int(per[1].replace(",", "")), THOUSAND)
    for area in places_of(frame):
        for period in frame.periods:
            value = _rate(frame, area, period, facts)
            if value is not None:
                return _judged(frame, value * times, area, period, facts)
    return None


def _rate(frame: Frame, area: str, period: Period, facts: Facts) -> Fraction | None:
    registers = facts.registers
    try:
        count = recorded(
            facts.offences, area=registers.areas.current[area], group=registers.offences.find(frame.offence),
            period=period, registers=registers,
        )  # fmt: skip
        return Fraction(per_1000(count, facts.population, registers=registers).value)
    except StatsError:
        return None


def _judged(frame: Frame, value: Fraction, area: str, period: Period, facts: Facts) -> Judged:
    measure, source = facts.registers.measures[MEASURE], facts.registers.newest(RECORDED)
    one, place = frame.quantity, facts.registers.areas.current[area].name
    evidence = Evidence(
        present.rate(float(value)), Reading("rate", value, value), MEASURE, place, period.label, measure.base,
        source.publisher, source.title, source.published, source.url, source.id, source.kind,
    )  # fmt: skip
    said = f"{evidence.text} offences {one.unit} residents were recorded in {place}, {period} ({evidence.cited})"
    fits = one.reading.holds(value) or abs(one.reading.low / value - 1) <= NEAR
    name = "supported" if fits else "contradicted"
    claim = claim_of(frame, measure, period, area=area)
    return Judged(Verdict(name, f"{said}.", (evidence,), may_say=(said,)), claim)
