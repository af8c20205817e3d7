"""The period of a number: its own, that of the passage, or the year before the value it came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from stats.claims.dated import year_before
from stats.claims.draft.frame import Frame
from stats.claims.draft.scene import Scene
from stats.claims.spans import read_span
from stats.period import Period

YEAR = 12

PASSAGE = 600
"""How many characters before a number the sentence may begin that gives its period."""


def with_period(frame: Frame, previous: Frame | None, scene: Scene) -> Frame:
    """Return a frame with its own period, else with the last that its passage names, or that of the last number."""
    one = frame.quantity
    if one.span:
        return _with_own_period(replace(frame, period_words=one.span_words, period_is="stated"))
    if one.span_words or one.role == "from":
        return frame
    named = scene.before(scene.times, one.start)
    if named and named.start >= max(scene.passage(one.start), previous.quantity.start if previous else 0):
        spans = read_span(named.name, scene.written)
        periods = tuple(dict.fromkeys(span.period for span in spans or ()))
        return replace(frame, periods=periods, period_words=named.name, period_is="carried")
    if previous and previous.periods and previous.quantity.sentence_start >= one.sentence_start - PASSAGE:
        return replace(frame, periods=previous.periods, period_words=previous.period_words, period_is="carried")
    return frame


def _with_own_period(frame: Frame) -> Frame:
    """Of a span of years, a value 'from' is of the first and a value 'to' of the last."""
    one = frame.quantity
    periods = tuple(dict.fromkeys(span.period for span in one.span or ()))
    is_long = all((p.months or 0) > YEAR or p.months is None for p in periods)
    if one.role and is_long:
        return replace(frame, periods=tuple(q for p in periods for q in _one_year(p, one.role)))
    if one.role:
        periods = tuple(dict.fromkeys(q for p in periods for q in _named_by(p)))
    return replace(frame, periods=periods)


def _named_by(period: Period) -> tuple[Period, ...]:
    """A calendar year, and the financial year that ends in it: '11% in 2020' is of the year ending March 2020 too."""
    is_calendar_year = period.months == YEAR and period.start.month == 1
    return (period, Period.financial_year(period.start.year - 1)) if is_calendar_year else (period,)


def _one_year(period: Period, role: str) -> tuple[Period, ...]:
    """The first or the last year of a span, and the financial year that ends in it, by which years are named too."""
    year, month = (
        (period.start.year, period.start.month) if role == "from" else (period.end.year - 1, period.end.month + 1)
    )
    whole = Period.months_from(year + (month > YEAR), (month - 1) % YEAR + 1, YEAR)
    return whole, Period.financial_year(whole.start.year - 1)


def with_year_before(made: Sequence[Frame]) -> list[Frame]:
    """A value 'from' that has no time of its own is of the year before the value it came to."""
    came_to = {f.quantity.before: f for f in made if f.quantity.before is not None and f.quantity.kind != "change"}
    found = []
    for frame in made:
        to = came_to.get(frame.quantity.start)
        if to and to.periods and frame.quantity.role == "from" and frame.periods in ((), to.periods):
            before = tuple(year_before(p) for p in to.periods)
            frame = replace(frame, periods=before, period_is="implied")  # noqa: PLW2901 - the frame, with its period
        found.append(frame)
    return found


def is_of_period(frame: Frame, row: dict[str, Any]) -> bool:
    """Whether a published figure is of the period that a number states; without one, or without dates, it may be."""
    if frame.period_is != "stated" or row["period_start"] is None:
        return True
    printed = Period(row["period_start"].date(), row["period_end"].date())
    return any(_are_nearly(period, printed) for period in frame.periods)


def is_nearly(row: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two published figures are of nearly the same days."""
    dates = [(r["period_start"], r["period_end"]) for r in (row, other)]
    if any(day is None for pair in dates for day in pair):
        return False
    first, second = (Period(start.date(), end.date()) for start, end in dates)
    return _are_nearly(first, second)


def _are_nearly(one: Period, other: Period) -> bool:
    """Whether two periods share nine days in ten: orders that began on the 20th were counted from that January."""
    shared = (min(one.end, other.end) - max(one.start, other.start)).days + 1
    return shared * 10 >= 9 * max(one.days, other.days)
