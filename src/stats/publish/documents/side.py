"""A published number as it is set beside another, and the changes in what is counted that lie between two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stats.claims.evidence import of_figure
from stats.period import Period
from stats.publish.documents.cited import cited_in_words, in_prose
from stats.registers import Break, Registers
from stats.registers.measures import Measure

RECORDED = ("offences", "outcomes")
"""Units of what the police record: people in court and people in a survey are counted by other rules."""


@dataclass(frozen=True)
class Side:
    """A number as it is set beside another.

    Parameters
    ----------
    text, counts, cited : str
        As printed; the counts behind it, where they are known; who said so and when.
    measure : Measure, optional
    place, period, offence, base, published : str
        `published` is the day in words, as far as it is known.
    rounding, note : str
        How far it is rounded; what we remarked on it.
    span : Period, optional
        Its period, where its days are known.
    breaks : tuple of Break
        Those of its series, across which no comparison is made.
    """

    text: str
    counts: str
    cited: str
    measure: Measure | None
    place: str
    period: str
    offence: str
    base: str
    published: str
    rounding: str
    note: str
    span: Period | None = None
    breaks: tuple[Break, ...] = ()

    @classmethod
    def of_published(cls, row: Mapping[str, Any], registers: Registers) -> Side:
        """Return a published figure as a side."""
        told = of_figure(dict(row))
        first, last = row["period_start"], row["period_end"]
        span = Period(first.date(), last.date()) if first is not None and last is not None else None
        return cls(
            told.text, told.counts, cited_in_words(told), registers.measures.get(told.measure), told.area, told.period,
            str(row["offence"] or "not stated"), told.base or "not stated",
            in_prose(told.published) if told.published else "not stated",
            _rounding(row, told.text, told.counts), str(row["note"] or "none"), span, _breaks(row, registers),
        )  # fmt: skip


def parting(one: Side, other: Side) -> list[Break]:
    """Return the registered breaks between the periods of two numbers, or within one of them."""
    if not (one.span and other.span) or one.span == other.span:
        return []
    return [entry for entry in one.breaks if entry in other.breaks and entry.parts(one.span, other.span)]


def lies(side: Side, entry: Break) -> str:
    """Return where a number lies of a break."""
    assert side.span
    if side.span.end < entry.date:
        return "before it"
    return "after it" if side.span.start >= entry.date else "it lies within its period"


def _breaks(row: Mapping[str, Any], registers: Registers) -> tuple[Break, ...]:
    """Return the breaks of what the police record, if a published figure counts that or is a share of it."""
    measure = registers.measures.get(row["measure"])
    parts = (measure.numerator, measure.denominator) if measure else ()
    if not any(part and part.unit in RECORDED for part in parts):
        return ()
    area, offence = registers.areas.current.get(row["area_code"] or ""), row["offence"]
    codes = registers.offences.find(offence).codes if offence else ()
    return tuple(b for b in registers.breaks_in("recorded_offences", codes=codes, area=area) if b.kind == "break")


def _rounding(row: Mapping[str, Any], text: str, counts: str) -> str:
    """Return how far a published figure is rounded, as far as its digits tell."""
    if row["unit"] != "percent":
        return "none that is printed" if row["bound"] == "exact" else f"printed as “{row['bound']}”"
    places = len(text.rstrip("%").partition(".")[2])
    to = "to the nearest whole per cent" if not places else f"to {places} decimal place{'s' * (places > 1)}"
    return f"{to}, from counts that are printed" if counts else f"{to}, the counts are not printed"
