"""Printed totals that our tables must add up to, within a stated tolerance; known poor fits with their reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from stats.period import Period
from stats.registers.entries import Entry, entry, name_of, read_list, unique

WIDEST = 1
"""The widest tolerance, in per cent of the printed total."""


class PrintedTotal(Entry):
    """One total printed somewhere, and how well ours must fit it.

    `tolerance_pct` is the largest difference allowed, as a percentage of the printed total, and never above 1: a
    wider one would pass a poor fit off as a good one. A 'poor' fit lies outside it and says why. `release` is the
    source that printed it; without one, ours is the newest release.
    """

    id: str
    figure: str | None = None
    printed: int = Field(gt=0)
    printed_by: str
    release: str | None = None
    codes: tuple[str, ...]
    area_code: str
    start: date
    end: date
    tolerance_pct: float = Field(ge=0, le=WIDEST)
    fit: Literal["good", "poor"] = "good"
    reason: str | None = None

    @model_validator(mode="after")
    def _is_possible(self) -> PrintedTotal:
        if (self.fit == "poor") != bool(self.reason):
            raise ValueError("a poor fit wants a reason, and only a poor fit has one")
        if self.end < self.start:
            raise ValueError("the end comes before the start")
        return self

    @property
    def period(self) -> Period:
        """The period of the printed total."""
        return Period(self.start, self.end)


def load_totals(folder: Path) -> dict[str, PrintedTotal]:
    """Return the register of printed totals in `folder`, by id."""
    path = folder / "totals.yml"
    totals = [
        entry(PrintedTotal, fields, file=path, name=name_of(fields, n)) for n, fields in enumerate(read_list(path))
    ]
    unique(((t.id, n) for n, t in enumerate(totals)), file=path, what="id")
    return {total.id: total for total in totals}
