"""What a series of quarterly counts must be before anything is fitted to it: whole, without holes, of one meaning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from stats.errors import BreakCrossed, NotComparable, NotHonest
from stats.estimate.counts import breaks_between
from stats.estimate.shape import Numbers, is_whole, refuse
from stats.period import Period
from stats.registers import Break

LEAST = 12
"""Quarters from which a trend is computed: three of each season."""

Day = Period | date
"""A quarter, or any day in it."""


def quarters(days: Sequence[Day]) -> list[Period]:
    """Return the quarters that hold these days, or stop where one does not follow the other.

    Raises
    ------
    NotComparable
        If a quarter is missing, repeated or out of order, or a period is no quarter.
    """
    found = [_quarter(day) for day in days]
    for earlier, later in pairwise(found):
        if not later.follows(earlier):
            raise NotComparable(
                "the quarters do not follow each other without a hole.",
                [("one", earlier), ("next", later)],
                "Give every quarter once, in order; what is missing is not filled in.",
            )
    return found


def first_quarter_of(periods: Sequence[Period]) -> int:
    """Return which quarter of the calendar the first period is, 1 to 4."""
    return (periods[0].start.month + 2) // 3


def counts_of(y: Sequence[float] | Numbers, n: int) -> Numbers:
    """Return whole counts of zero or more, one for each of n quarters, or stop."""
    counts = np.asarray(y)
    if counts.ndim != 1 or len(counts) != n:
        raise ValueError(f"one count for each of the {n} quarters is wanted, not {counts.shape}")
    whole = counts if is_whole(counts) else _whole(counts)
    refuse("counts must be whole and not below zero", whole < 0, count=whole)
    return whole.astype(float)


def exposure_of(offset: Sequence[float], n: int) -> Numbers:
    """Return an exposure above zero, such as residents, for each of n quarters, or stop."""
    exposure = np.asarray(offset, dtype=float)
    if exposure.shape != (n,):
        raise ValueError(f"one offset for each of the {n} quarters is wanted, not {exposure.shape}")
    refuse("an offset must be above zero", ~(exposure > 0), offset=exposure)
    return exposure


def enough(n: int, *, least: int = LEAST, what: str = "a trend") -> None:
    """Stop if a series is too short.

    Raises
    ------
    NotHonest
        Saying that it is too short to say.
    """
    if n < least:
        raise NotHonest(
            f"too short to say: {what} wants {least} quarters without a break.",
            [("quarters", n), ("why", "with fewer, season, chance and change cannot be told apart")],
            "Give the counts themselves, and no word of a rise or fall.",
        )


def uncrossed(periods: Sequence[Period], breaks: Sequence[Break], *, what: str, but: Sequence[Break] = ()) -> None:
    """Stop if a registered break falls inside the span and is not among those that are modelled.

    Raises
    ------
    BreakCrossed
        Naming each break.
    """
    crossed = [b for b in breaks_between(periods, breaks) if b not in but]
    if crossed:
        raise BreakCrossed(
            f"{what} from {periods[0]} to {periods[-1]} crosses "
            + ("a registered break." if len(crossed) == 1 else f"{len(crossed)} registered breaks."),
            [("break", f"{b.when}: {b.what_changed}") for b in crossed],
            "Fit each run between breaks by itself; part of a change across a break is a new rule.",
        )


def position(day: date, periods: Sequence[Period], *, name: str) -> int:
    """Return the position, from 0, of the quarter that starts on a day, or stop.

    Raises
    ------
    NotComparable
        If the day is no first day of a quarter of the series: a quarter with two meanings is neither before nor after.
    """
    starts = [p.start for p in periods]
    if day not in starts:
        raise NotComparable(
            f"{name} does not fall on the first day of a quarter of the series.",
            [("date", day), ("quarters", f"{periods[0]} to {periods[-1]}")],
            "A quarter with a break inside is neither before nor after: end the series before it, or start after it.",
        )
    return starts.index(day)


def _quarter(day: Day) -> Period:
    if isinstance(day, Period):
        if day.kind != "quarter":
            raise NotComparable(
                f"{day} is not a quarter.", [("length", day.length())], "Give quarters of the calendar."
            )
        return day
    if not isinstance(day, date) or pd.isna(day):
        raise NotComparable(f"{day!r} is no quarter.", [("wanted", "a Period or a date")], "Give each row its quarter.")
    return Period.months_from(day.year, (day.month - 1) // 3 * 3 + 1, 3)


def _whole(counts: Numbers) -> Numbers:
    """Whole numbers that came as floats, as the sums of a table do; anything else stops."""
    rule = "counts must be whole and not below zero"
    if counts.dtype.kind != "f":
        refuse(rule, True, count=counts)
    refuse(rule, ~np.isfinite(counts) | (counts != np.floor(counts)), count=counts)
    return counts
