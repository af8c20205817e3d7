"""The words of a series: title, notes, alternative text, description and the numbers it may be quoted by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from stats import present
from stats.draw.notes import coverage
from stats.draw.page import Number, Words
from stats.estimate.estimate import Estimate
from stats.period import Period
from stats.registers import Area, Break, Gap, Measure, OffenceGroup


@dataclass(frozen=True)
class Subject:
    """What a series is a series of."""

    area: Area
    group: OffenceGroup
    measure: Measure
    by: str


def words_of(
    table: pd.DataFrame,
    periods: Sequence[Period],
    subject: Subject,
    crossed: Sequence[Break],
    breaks: Sequence[Break],
    gaps: Sequence[Gap],
    notes: Sequence[str],
) -> Words:
    """Return title, subtitle and notes: each break crossed is numbered as on the chart."""
    known = table.dropna(subset=["value"])
    last = known.iloc[-1]
    who = (
        f"Police in {subject.area.possessive}"
        if subject.area.kind in ("nation", "nations")
        else present.capital(subject.area.possessive)
    )
    amount = f"{last['text']} {subject.group.name} {'offence' if last['text'] == '1' else 'offences'}"
    if subject.measure.denominator:
        amount += " per 1,000 residents"
    title = f"{who} recorded {amount} in {_in_time(last['period'])}"
    subtitle = (
        f"{present.capital(subject.measure.plain_name)}, {subject.group.name}, {subject.area.name}, {_span(periods)}"
    )
    mixed = list(known.loc[known["is_mixed"].astype(bool), "period"])
    cuts = break_notes(periods, crossed, breaks, mixed=mixed)
    told = _how_to_read(known, subject, gaps)
    is_small = subject.measure.denominator is None and known["value"].between(1, 4).any()
    as_it_is = ["Small counts of recorded offences are shown as they are published"] * bool(is_small)
    return Words(title, subtitle, (*cuts, *as_it_is, *notes, *told, *coverage(subject.area)))


def break_notes(
    periods: Sequence[Period], crossed: Sequence[Break], breaks: Sequence[Break], *, mixed: Sequence[str]
) -> list[str]:
    """Return what is printed under a series of its breaks, numbered as on the chart, and of its notices."""
    keyed = [
        f"{number}. {present.capital(entry.when)}: {entry.label}. Figures before and after are not comparable"
        for number, entry in enumerate(crossed, start=1)
    ]
    if mixed:
        keyed.append(f"Hollow point: a break falls inside {present.listed(mixed)}")
    whole = Period(periods[0].start, periods[-1].end)
    keyed += [
        f"The series starts at a break, {b.when}: {b.label}"
        for b in breaks
        if b.kind == "break" and b.date == whole.start
    ]
    notices = [f"{b.when}, {b.label}" for b in breaks if b.kind == "notice" and whole.contains(b.date)]
    return [*keyed, *([f"Also to know: {'; '.join(notices)}"] if notices else [])]


def _how_to_read(known: pd.DataFrame, subject: Subject, gaps: Sequence[Gap]) -> list[str]:
    """Say what a count below zero is, what a zero may be, and where residents are the wrong base."""
    notes = value_notes(known["value"], gaps)
    base = subject.measure.denominator
    if base and base.unit == "residents":
        notes += [
            f"{gap.what}. {subject.measure.caveat}"
            for gap in gaps
            if gap.dataset == "population" and gap.areas == (subject.area.code,)
        ]
    return notes


def value_notes(values: pd.Series, gaps: Sequence[Gap]) -> list[str]:
    """Say what a count below zero is, and what a zero may be, where the plotted values hold one."""
    notes = ["A negative count is a correction of earlier quarters"] if (values < 0).any() else []
    if (values == 0).any():
        notes += [f"A zero may be a missing value. {gap.what}" for gap in gaps if gap.shows_as == "zero"]
    return notes


def _span(periods: Sequence[Period]) -> str:
    if len(periods) == 1:
        return periods[0].label
    first, last = periods[0].label, periods[-1].label
    if periods[0].months == 12:
        return f"years ending {first.removeprefix('year ending ')} to {last.removeprefix('year ending ')}"
    return f"quarters from {first} to {last}"


def _in_time(period: str) -> str:
    return f"the {period}" if period.startswith("year") else period


def alt_of(table: pd.DataFrame, subject: Subject, crossed: Sequence[Break]) -> str:
    """Return chart type and finding, from the plotted table."""
    known = table.dropna(subset=["value"])
    first, last = known.iloc[0], known.iloc[-1]
    cut = f", cut at {len(crossed)} recording {'break' if len(crossed) == 1 else 'breaks'}" if crossed else ""
    what = f"{subject.measure.plain_name}, {subject.group.name}, in {subject.area.possessive}"
    if len(known) == 1:
        return f"Chart of one point: {what}: {last['text']} in {_in_time(last['period'])}."
    compare = " The two are not comparable." if crossed else ""
    return (
        f"Line chart of {what}{cut}: {first['text']} in {_in_time(first['period'])}, "
        f"{last['text']} in {_in_time(last['period'])}.{compare}"
    )


def description_of(table: pd.DataFrame, subject: Subject, crossed: Sequence[Break]) -> str:
    """Return shape, range, breaks and what is missing, from the plotted table."""
    known = table.dropna(subset=["value"])
    low, high = known.loc[known["value"].idxmin()], known.loc[known["value"].idxmax()]
    parts = [
        f"The chart shows {len(known)} {subject.by}s.",
        f"The lowest value is {low['text']} ({low['period']}), the highest {high['text']} ({high['period']}).",
    ]
    for _, run in known.groupby("run"):
        if len(run) > 1 and crossed:
            a, b = run.iloc[0], run.iloc[-1]
            parts.append(f"Between breaks it runs from {a['text']} ({a['period']}) to {b['text']} ({b['period']}).")
    parts += [f"A break is marked at {entry.when}: {entry.label}." for entry in crossed]
    missing = table.loc[table["value"].isna(), "period"]
    if len(missing):
        parts.append(f"Not to hand: {present.listed(list(missing))}.")
    return " ".join(parts)


def numbers_of(
    name: str, table: pd.DataFrame, estimates: Sequence[Estimate | None], subject: Subject
) -> tuple[Number, ...]:  # fmt: skip
    """Return one number for each period that is to hand."""
    return tuple(
        Number(
            f"{name}.{row.short.replace('/', '-').replace(' ', '-')}", row.value, row.text,
            f"{subject.measure.plain_name}, {subject.group.name}", row.unit, subject.measure.id, subject.area.code,
            row.period, row.basis, sources=_releases(estimate),
        )
        for row, estimate in zip(table.itertuples(), estimates, strict=True)
        if estimate and not pd.isna(row.value)
    )  # fmt: skip


def _releases(estimate: Estimate) -> tuple[str, ...]:
    """Return the ids of the two sources of a rate: another year of its series may have another population."""
    contract = estimate.contract
    return contract.releases if contract and contract.base_release else ()
