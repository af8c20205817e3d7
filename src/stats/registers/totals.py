"""Printed totals that our tables must add up to, within a stated tolerance; known poor fits with their reason."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from stats.period import Period
from stats.registers.entries import entry, name_of, read_list, unique
from stats.registers.sources import Source, Total


class PrintedTotal(Total):
    """One total printed somewhere, and how well ours must fit it.

    `tolerance_pct` is the largest difference allowed, as a percentage of the printed total, and never above 1: a
    wider one would pass a poor fit off as a good one. A 'poor' fit lies outside it and says why. `release` is the
    source that printed it; without one, ours is the newest release.
    """

    id: str
    figure: str | None = None
    release: str | None = None
    dataset: Literal["recorded_offences", "outcomes", "population"] = "recorded_offences"
    fit: Literal["good", "poor"] = "good"
    reason: str | None = None

    @model_validator(mode="after")
    def _is_possible(self) -> PrintedTotal:
        if (self.fit == "poor") != bool(self.reason):
            raise ValueError("a poor fit wants a reason, and only a poor fit has one")
        if bool(self.codes) == (self.dataset == "population"):
            raise ValueError("offences are counted by code, and residents are not")
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


def totals_of(sources: Iterable[Source]) -> dict[str, PrintedTotal]:
    """Return the totals that were told with a release and are kept in its entry, by an id of their own."""
    totals = [
        PrintedTotal.model_validate(
            {**total.model_dump(), "id": f"{source.id}-total-{n}", "release": source.id, "dataset": source.dataset}
        )
        for source in sources
        for n, total in enumerate(source.totals, start=1)
    ]
    return {total.id: total for total in totals}
