"""Breaks (dates at which a series changed its meaning) and gaps (what is missing), each with its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from stats.period import Period, month
from stats.registers.entries import Entry, entry, name_of, read_list, unique

Dataset = Literal["recorded_offences", "outcomes", "population", "court", "survey", "orders", "law"]


class Evidence(Entry):
    """Who says so, and where."""

    publisher: str
    url: str
    words: str | None = None


class Break(Entry):
    """A date from which a series means something else.

    `kind` is 'break' (comparison across it is refused), 'notice' (named beside the figure, no single date at which
    the series changed) or 'disputed' (a date that somebody printed and the data do not bear out).
    `offences` empty means every offence, `areas` empty every area. `moves_between` lists codes that only exchange
    offences among themselves: a total that holds all of them is not broken.
    """

    id: str
    date: date
    date_is_confirmed: bool
    kind: Literal["break", "notice", "disputed"]
    datasets: tuple[Dataset, ...]
    offences: tuple[str, ...] = ()
    moves_between: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    label: str
    what_changed: str
    effect: str
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]

    def touches(self, *, dataset: str, codes: Iterable[str] = (), area: str | None = None) -> bool:
        """Whether the break concerns a series of these offence codes in this area."""
        asked = set(codes)
        if dataset not in self.datasets or (self.areas and area not in self.areas):
            return False
        if self.moves_between and set(self.moves_between) <= asked:
            return False
        return not self.offences or bool(asked & set(self.offences))

    def parts(self, before: Period, after: Period) -> bool:
        """Whether the break lies between two periods, or inside the later one or the earlier one."""
        first, last = sorted((before, after))
        return first.start < self.date <= last.end

    @property
    def when(self) -> str:
        """The date as it is printed: 'April 2020', 'May 2023 (exact start not confirmed)'."""
        return month(self.date) + ("" if self.date_is_confirmed else " (exact start not confirmed)")


class Gap(Entry):
    """What is not there: a force or quarter that is missing, or a series that is not to hand.

    `shows_as` says what stands in the table where the missing value cannot be told from a number.
    """

    id: str
    dataset: Dataset
    start: date | None = None
    end: date | None = None
    areas: tuple[str, ...] = ()
    offences: tuple[str, ...] = ()
    is_open: bool
    shows_as: Literal["zero"] | None = None
    what: str
    effect: str
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Gap:
        if self.start and self.end and self.end < self.start:
            raise ValueError("the end comes before the start")
        return self

    def touches(self, *, dataset: str, period: Period, codes: Iterable[str] = (), areas: Iterable[str] = ()) -> bool:
        """Whether the gap concerns this dataset, period, these offence codes and any of these areas."""
        if dataset != self.dataset or (self.areas and not set(areas) & set(self.areas)):
            return False
        if self.offences and not set(codes) & set(self.offences):
            return False
        return (self.start is None or self.start <= period.end) and (self.end is None or period.start <= self.end)


def load_breaks(folder: Path) -> dict[str, Break]:
    """Return the register of breaks in `folder`, by id, in order of date."""
    path = folder / "breaks.yml"
    breaks = [entry(Break, fields, file=path, name=name_of(fields, n)) for n, fields in enumerate(read_list(path))]
    unique(((b.id, n) for n, b in enumerate(breaks)), file=path, what="id")
    return {b.id: b for b in sorted(breaks, key=lambda b: (b.date, b.id))}


def load_gaps(folder: Path) -> dict[str, Gap]:
    """Return the register of gaps in `folder`, by id."""
    path = folder / "gaps.yml"
    gaps = [entry(Gap, fields, file=path, name=name_of(fields, n)) for n, fields in enumerate(read_list(path))]
    unique(((g.id, n) for n, g in enumerate(gaps)), file=path, what="id")
    return {gap.id: gap for gap in gaps}
