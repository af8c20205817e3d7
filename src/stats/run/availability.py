"""Whether what a notebook asks for can be made from what is to hand, and if not why, in the words of the registers.

Each function answers for one kind of number, by the same rules as the function of `stats.estimate` that makes it; a
test holds the two against each other. Nothing here is a number that is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from stats import present
from stats.errors import NotHonest, NotToHand
from stats.estimate.small_counts import hidden
from stats.period import Period, month
from stats.registers import Area, Break, Gap, OffenceGroup, Registers, Source
from stats.run.held import Held, quarter

RECORDED, OUTCOMES, POPULATION = "recorded_offences", "outcomes", "population"

TOO_FEW = "so few offences cannot be shown by outcome: the total would give counts of 1 to 4 away"
CORRECTED = "the published counts hold corrections below zero, of which no share can be made"
NONE_RECORDED = "no such offence was recorded, and a share of none is no number"


@dataclass(frozen=True)
class Reason:
    """Why there is no number.

    Parameters
    ----------
    kind : str
        In a word or two: 'not counted then', 'not to hand', 'a break', 'too few', 'a correction', 'none recorded',
        'not asked so'.
    words : str
        In plain words, which name no area and no period, so that like refusals can be told together.
    """

    kind: str
    words: str


@dataclass(frozen=True)
class Availability:
    """What there is for one run: the releases it would rest on, why it cannot be made, or what it will lack."""

    releases: tuple[str, ...] = ()
    why_not: Reason | None = None
    without: str = ""


def of_counts(held: Held, *, area: Area, group: OffenceGroup, periods: Sequence[Period]) -> Reason | None:
    """Return why recorded offences cannot be counted in each of the periods (`estimate.counts.series`), or None."""
    registers = held.registers
    release, covered = registers.newest(RECORDED), registers.coverage(RECORDED)
    forces = [member.code for member in registers.areas.members(area)]
    for period in periods:
        try:
            codes = registers.offences.classes_in(group, period)
        except NotToHand:
            return not_counted_then(group, period, registers) or not_to_hand(RECORDED, area, group, period, registers)
        if period.start < covered.start or period.end > covered.end or not _has(held, release, forces, codes, period):
            return not_to_hand(RECORDED, area, group, period, registers)
    return None


def of_breaks(periods: Sequence[Period], breaks: Iterable[Break]) -> Reason | None:
    """Return why periods are not set side by side: the breaks between them, or None."""
    whole = Period(periods[0].start, periods[-1].end)
    crossed = [b.what_changed for b in breaks if b.kind == "break" and whole.start < b.date <= whole.end]
    return Reason("a break", f"what is counted changed: {'; '.join(crossed)}") if crossed else None


def of_outcomes(held: Held, *, area: Area, group: OffenceGroup, period: Period) -> Reason | None:
    """Return why outcomes cannot be shown of one area, group and period (`estimate.attrition`), or None."""
    question = OUTCOMES, area.code, group.codes, period
    return held.once(question, lambda: _of_outcomes(held, area, group, period))


def _of_outcomes(held: Held, area: Area, group: OffenceGroup, period: Period) -> Reason | None:
    registers = held.registers
    release = registers.newest(OUTCOMES, period).id
    starts = [quarter(q.start) for q in period.through(period, by="quarter")]
    forces = [member.code for member in registers.areas.members(area)]
    known = held.quarters_of_outcomes.get(release, set())
    if not set(starts) <= known or any((release, force) not in held.outcomes for force in forces):
        early = not_counted_then(group, period, registers)
        return early or not_to_hand(OUTCOMES, area, group, period, registers)
    totals = by_outcome(held, release, forces, group, starts)
    return _of_totals(totals, registers.gaps_in(OUTCOMES, period, codes=group.codes, area=area))


def by_outcome(
    held: Held, release: str, forces: Iterable[str], group: OffenceGroup, starts: Sequence[str]
) -> list[int]:
    """Return the offences of forces and quarters by outcome group, in the order of the register."""
    kinds = held.registers.outcomes
    totals = dict.fromkeys((outcome.group for outcome in kinds.values()), 0)
    for force in forces:
        for kind, count in held.counts(release, force, group.codes, starts):
            if kind in kinds:
                totals[kinds[kind].group] += count or 0
    return list(totals.values())


def without_rates(held: Held, *, area: Area, periods: Sequence[Period]) -> str:
    """Return why none of the periods has a rate per 1,000 residents (`estimate.rates`); nothing if one has."""
    members = {m.code for m in held.registers.areas.members(area) if m.kind == "force"}
    if not members:
        gaps = held.registers.gaps_in(POPULATION, periods[0], area=area)
        return next((gap.what for gap in gaps if area.code in gap.areas), "it has no resident population")
    if any(period.months != 12 for period in periods):
        return "a rate per 1,000 residents is per year"
    there = [held.residents.get(_mid_year(period), set()) for period in periods]
    if any(area.code in areas or members <= areas for areas in there):
        return ""
    return "no population of these years is to hand"


def not_counted_then(group: OffenceGroup, period: Period, registers: Registers) -> Reason | None:
    """Return that a class of the group began only later, where a registered break says so, or None."""
    for code in group.codes:
        offence = registers.offences.by_code[code]
        if offence.valid_from <= period.start:
            continue
        began = next(
            (b for b in registers.breaks.values() if b.date == offence.valid_from and code in b.offences), None
        )
        if began:
            others = [registers.offences.by_code[c].name.lower() for c in began.moves_between if c != code]
            apart = f" apart from {present.listed(others)}" if others else " in a class of these statistics"
            words = f"the police did not count {offence.name.lower()}{apart} before {month(offence.valid_from)}"
            return Reason("not counted then", words)
    return None


def not_to_hand(dataset: str, area: Area, group: OffenceGroup, period: Period, registers: Registers) -> Reason:
    """Return that a dataset does not hold a period: in the words of a registered gap, or by what its release covers."""
    gaps = sorted(registers.gaps_in(dataset, period, codes=group.codes, area=area), key=lambda gap: len(gap.areas))
    known = next((gap for gap in gaps if gap.is_open and not gap.shows_as and (gap.start or gap.end)), None)
    if known:
        return Reason("not to hand", known.what)
    release = registers.newest(dataset, period)
    covered = registers.coverage(dataset, period)
    what = dataset.replace("_", " ")
    if covered.start <= period.start and period.end <= covered.end:
        return Reason("not to hand", f"the {what} of {release.id} lack a force or a quarter, and nothing is filled in")
    return Reason("not to hand", f"the release {release.id} holds {what} of {covered.label}, and nothing is filled in")


def _of_totals(totals: list[int], gaps: Sequence[Gap]) -> Reason | None:
    """The refusals of `attrition.outcome_groups`, of the offences by outcome group."""
    if min(totals) < 0:
        told = next((gap.what for gap in gaps if gap.offences and gap.areas), "")
        return Reason("a correction", told or CORRECTED)
    if sum(totals) <= 0:
        return Reason("none recorded", NONE_RECORDED)
    try:
        hidden(totals)
    except NotHonest:
        return Reason("too few", TOO_FEW)
    return None


def _has(held: Held, release: Source, forces: Sequence[str], codes: Sequence[str], period: Period) -> bool:
    """Whether every force, class and quarter has a number, and there are no others."""
    starts = [quarter(q.start) for q in period.through(period, by="quarter")]
    cells = [(code, start) for code in codes for start in starts]
    return all(held.recorded.get((release.id, force), {}).get(cell, False) for force in forces for cell in cells)


def _mid_year(period: Period) -> str:
    days = (date(year, 6, 30) for year in (period.start.year, period.end.year))
    return next(day for day in days if period.contains(day)).isoformat()
