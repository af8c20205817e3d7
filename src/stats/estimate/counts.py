"""Recorded offences of an area, an offence group and a period, or a series of them cut at breaks."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from stats.errors import NotComparable, NotToHand
from stats.estimate.estimate import Contract, Estimate, full_count
from stats.period import Period
from stats.registers import Area, Break, OffenceGroup, Registers

DATASET = "recorded_offences"


def recorded(
    offences: pd.DataFrame, *, area: Area, group: OffenceGroup, period: Period, registers: Registers
) -> Estimate:
    """Return the offences recorded in an area and period.

    Parameters
    ----------
    offences : DataFrame
        Tidy recorded offences; `offences_n` in offences.
    area : Area
        England and Wales includes British Transport Police; England and Wales alone do not.
    group : OffenceGroup
    period : Period
        Made of whole quarters.
    registers : Registers
        The newest release counts, or the one that was the newest then: `registers.as_at("2018", "recorded_offences")`.

    Raises
    ------
    NotToHand
        If a quarter or force is missing, or none of the offence classes existed throughout the period.
    """
    codes = registers.offences.classes_in(group, period)
    forces = [member.code for member in registers.areas.members(area)]
    rows = cells(offences, area=area, group=group, period=period, registers=registers)
    _complete(rows, forces=forces, codes=codes, period=period, registers=registers)
    return full_count(
        int(rows["offences_n"].sum()),
        contract=Contract(
            registers.measure("recorded_offences"), area, period, str(rows["source_id"].iloc[0]), group,
            tuple(registers.breaks_in(DATASET, codes=group.codes, area=area)),
        ),
    )  # fmt: skip


def cells(
    offences: pd.DataFrame, *, area: Area, group: OffenceGroup, period: Period, registers: Registers
) -> pd.DataFrame:
    """Return the rows that `recorded` adds up: the one release, the forces, classes and quarters asked for."""
    return offences[
        (offences["source_id"] == registers.newest(DATASET).id)
        & offences["area_code"].isin([member.code for member in registers.areas.members(area)])
        & offences["offence_code"].isin(registers.offences.classes_in(group, period))
        & offences["period_start"].between(pd.Timestamp(period.start), pd.Timestamp(period.end))
    ]


def series(
    offences: pd.DataFrame,
    *,
    area: Area,
    group: OffenceGroup,
    periods: Sequence[Period],
    registers: Registers,
    across_breaks: bool = False,
) -> list[Estimate]:
    """Return the offences recorded in each period, in order.

    Raises
    ------
    NotComparable
        If a registered break parts the periods and `across_breaks` does not say so.
    NotToHand
        As `recorded`.
    """
    estimates = [recorded(offences, area=area, group=group, period=p, registers=registers) for p in periods]
    first, last = estimates[0], estimates[-1]
    crossed = breaks_between(periods, registers.breaks_in(DATASET, codes=group.codes, area=area))
    if crossed and not across_breaks:
        raise NotComparable(
            f"recorded {group.name} from {periods[0]} to {periods[-1]} crosses "
            + (f"{len(crossed)} registered breaks." if len(crossed) > 1 else "a registered break."),
            [
                ("asked", f"{periods[0]} ({first.value:,.0f}) to {periods[-1]} ({last.value:,.0f}), {area.name}"),
                *(("break", entry.what_changed) for entry in crossed),
            ],
            f"{_start_later(periods, crossed[-1])}pass across_breaks=True and the breaks will be drawn and named.",
        )
    return estimates


def breaks_between(periods: Sequence[Period], breaks: Sequence[Break]) -> list[Break]:
    """Return the breaks (not notices) that fall after the first day of the first period and by the end of the last."""
    whole = Period(periods[0].start, periods[-1].end)
    return [b for b in breaks if b.kind == "break" and whole.start < b.date <= whole.end]


def segments(periods: Sequence[Period], breaks: Sequence[Break]) -> list[tuple[int, bool]]:
    """Return for each period the number of its run between breaks, and whether a break falls inside it.

    A period with a break inside is a run of its own: it is comparable with neither neighbour.
    """
    cuts = [b.date for b in breaks if b.kind == "break"]
    runs, run, was_mixed = [], 0, False
    for at, period in enumerate(periods):
        is_mixed = any(period.start < cut <= period.end for cut in cuts)
        if at and (is_mixed or was_mixed or period.start in cuts):
            run += 1
        runs.append((run, is_mixed))
        was_mixed = is_mixed
    return runs


def as_table(estimates: Sequence[Estimate], breaks: Sequence[Break]) -> pd.DataFrame:
    """Return a series as a table: period, run between breaks, and the columns of an estimate."""
    periods = [e.contract.period for e in estimates if e.contract]
    runs = segments(periods, breaks)
    return pd.DataFrame(
        {"period": p.label, "period_start": p.start, "period_end": p.end, "run": run, "is_mixed": mixed, **e.columns()}
        for p, (run, mixed), e in zip(periods, runs, estimates, strict=True)
    )


def _start_later(periods: Sequence[Period], last: Break) -> str:
    after = next((period for period in periods if period.start >= last.date), None)
    return f"Start at {after} ('{after.short}'), or " if after else "Choose a shorter span, or "


def _complete(
    rows: pd.DataFrame, *, forces: Sequence[str], codes: Sequence[str], period: Period, registers: Registers
) -> None:
    quarters = period.through(period, by="quarter")
    wanted = len(forces) * len(codes) * len(quarters)
    if len(rows) == wanted and rows["offences_n"].notna().all():
        return
    release = registers.newest(DATASET)
    raise NotToHand(
        f"{period} is not to hand for every force and quarter.",
        [
            ("to hand", f"{rows['offences_n'].notna().sum():,} of {wanted:,} cells"),
            ("release", f"{release.id}, published {release.published}"),
            ("it covers", registers.coverage(DATASET).label),
        ],
        "Choose a period that the release covers, or another release; nothing is filled in.",
    )
