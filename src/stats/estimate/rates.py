"""Recorded offences per 1,000 residents, where a population of that area and year is to hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from stats import present
from stats.errors import NotComparable, NotToHand
from stats.estimate.estimate import NO_SAMPLING_ERROR, Estimate
from stats.period import Period
from stats.registers import Area, Registers, Source

PER = 1000


def residents(population: pd.DataFrame, *, area: Area, period: Period, registers: Registers) -> int:
    """Return the residents of an area in the middle of the year that `period` is.

    Parameters
    ----------
    population : DataFrame
        Tidy mid-year populations; `residents_n` in residents.
    area : Area
    period : Period
        Twelve months; the 30 June inside it is the date of the estimate.
    registers : Registers

    Raises
    ------
    NotComparable
        If the period is not twelve months: a rate is per year.
    NotToHand
        If no population of that area and year is here.
    """
    rows = rows_of_residents(population, area=area, period=period, registers=registers)
    members = [m.code for m in registers.areas.members(area) if m.kind == "force"]
    if not members or (set(rows["area_code"]) != {area.code} and len(rows) < len(members)):
        years = ", ".join(str(y.year) for y in sorted(population["mid_year"].unique()))
        wrong = f"no population of mid-{_mid_year(period).year} is to hand."
        raise NotToHand(
            f"{area.name} has no resident population." if not members else wrong,
            [("area", area.name), ("years to hand", years)],
            "The count stands without a rate; nothing is filled in.",
        )
    return int(rows["residents_n"].sum())


def rows_of_residents(population: pd.DataFrame, *, area: Area, period: Period, registers: Registers) -> pd.DataFrame:
    """Return the rows that `residents` adds up: the area's own, or those of its forces where it has none.

    Raises
    ------
    NotComparable
        If the period is not twelve months: a rate is per year.
    """
    if period.months != 12:
        raise NotComparable(
            "a rate per 1,000 residents is per year.",
            [("asked", f"{period} ({period.length()})")],
            "Ask for years (by = 'year').",
        )
    of_year = _newest_of_year(population, _mid_year(period), registers)
    own = of_year[of_year["area_code"] == area.code]
    members = [m.code for m in registers.areas.members(area) if m.kind == "force"]
    return own if len(own) else of_year[of_year["area_code"].isin(members)]


def _newest_of_year(population: pd.DataFrame, day: pd.Timestamp, registers: Registers) -> pd.DataFrame:
    """The rows of one mid-year: of the newest release that holds it, where there are several."""
    of_year = population[population["mid_year"] == day]
    order = [source.id for source in registers.sources_of("population")]
    releases = [name for name in order if name in set(of_year["source_id"])]
    return of_year[of_year["source_id"] == releases[-1]] if len(releases) > 1 else of_year


def _mid_year(period: Period) -> pd.Timestamp:
    """Return the 30 June inside twelve months."""
    days = (pd.Timestamp(year, 6, 30) for year in (period.start.year, period.end.year))
    return next(day for day in days if period.contains(day.date()))


def per_1000(count: Estimate, population: pd.DataFrame, *, registers: Registers) -> Estimate:
    """Return a recorded count per 1,000 residents.

    Parameters
    ----------
    count : Estimate
        As `counts.recorded` returns it.
    population : DataFrame
        Tidy mid-year populations.
    registers : Registers

    Raises
    ------
    NotComparable, NotToHand
        As `residents`.
    """
    if count.contract is None:
        raise NotComparable("a count without area and period has no rate.", [], "Make it from the tidy table.")
    area, period = count.contract.area, count.contract.period
    people = residents(population, area=area, period=period, registers=registers)
    rows = rows_of_residents(population, area=area, period=period, registers=registers)
    measure = registers.measure("recorded_offences_per_1000")
    contract = replace(count.contract, measure=measure, base_release=str(rows["source_id"].iloc[0]))
    return Estimate(
        count.value / people * PER, math.nan, math.nan, "per 1,000 residents", NO_SAMPLING_ERROR, math.nan, people,
        "full count", contract,
    )  # fmt: skip


def per_1000_where_possible(
    counts: Sequence[Estimate], population: pd.DataFrame, *, registers: Registers
) -> tuple[list[Estimate | None], list[str]]:
    """Return the rate of each count, None where there is none, and why.

    Parameters
    ----------
    counts : sequence of Estimate
        As `counts.series` returns them.
    population : DataFrame
        Tidy mid-year populations.
    registers : Registers

    Returns
    -------
    rates : list of Estimate or None
    reasons : list of str
        Each reason once, in order.
    """
    rates: list[Estimate | None] = []
    refused: list[str] = []
    for count in counts:
        try:
            rates.append(per_1000(count, population, registers=registers))
        except (NotToHand, NotComparable) as refusal:
            rates.append(None)
            refused.append(refusal.wrong)
    return rates, _together(list(dict.fromkeys(refused)))


def _together(refused: Sequence[str]) -> list[str]:
    """Return each reason once; those that only name another year become one."""
    head, tail = "no population of ", " is to hand."
    years = [reason.removeprefix(head).removesuffix(tail) for reason in refused if reason.startswith(head)]
    others = [reason for reason in refused if not reason.startswith(head)]
    if years:
        others.append(f"{head}{present.listed(years, 'or')}{tail}")
    return [f"[x] {present.capital(reason)}" for reason in others]


def sources_used(population: pd.DataFrame, rates: Sequence[Estimate | None], registers: Registers) -> list[Source]:
    """Return the population sources that the rates rest on, oldest first."""
    periods = [rate.contract.period for rate in rates if rate and rate.contract]
    days = [day for p in periods for day in population["mid_year"].unique() if p.contains(day.date())]
    used = {name for day in days for name in _newest_of_year(population, day, registers)["source_id"].unique()}
    return [source for source in registers.sources_of("population") if source.id in used]
