"""Ladders from victims to convictions, and the published rates that speak of about the same year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import model_validator

from stats.period import Period
from stats.registers.entries import Entry, entry, name_of, read_list, unique


class Implied(Entry):
    """A count that nobody printed but a printed percentage implies.

    Either `percent_figure` of `base_figure` (1.4% of 117,672), or the base of which the printed numerator of
    `percent_figure` is that percentage (304 is 26% of it).
    """

    percent_figure: str
    base_figure: str | None = None


class Rung(Entry):
    """One step: a published figure, an implied count, or the reason why there is none."""

    step: str
    measure: str
    figure: str | None = None
    implied: Implied | None = None
    why_missing: str | None = None

    @model_validator(mode="after")
    def _one_of_three(self) -> Rung:
        if sum(x is not None for x in (self.figure, self.implied, self.why_missing)) != 1:
            raise ValueError("give exactly one of figure, implied and why_missing")
        return self


class Rate(Entry):
    """One published 'rate' and why it differs from the others."""

    figure: str
    why: str


class Ladder(Entry):
    """The rungs of one year (`start` to `end`), and the rates published about it."""

    id: str
    plain_name: str
    offence: str
    start: date
    end: date
    rungs: tuple[Rung, ...]
    rates: tuple[Rate, ...] = ()

    @model_validator(mode="after")
    def _is_named_for_its_period(self) -> Ladder:
        if self.period.label not in self.plain_name:
            raise ValueError(f"start and end are the {self.period.label}, and plain_name says otherwise")
        return self

    @property
    def period(self) -> Period:
        """The year that the ladder is about."""
        return Period(self.start, self.end)

    @property
    def step_figures(self) -> list[str]:
        """The published figures that the rungs rest on."""
        implied = [name for r in self.rungs if r.implied for name in (r.implied.percent_figure, r.implied.base_figure)]
        return [name for name in [*(r.figure for r in self.rungs), *implied] if name]

    @property
    def rate_figures(self) -> list[str]:
        """The published figures that are its rates."""
        return [rate.figure for rate in self.rates]

    @property
    def figures(self) -> list[str]:
        """Every published figure the ladder rests on."""
        return [*self.step_figures, *self.rate_figures]


def load_ladders(folder: Path) -> dict[str, Ladder]:
    """Return the register of ladders in `folder`, by id."""
    path = folder / "ladders.yml"
    ladders = [entry(Ladder, fields, file=path, name=name_of(fields, n)) for n, fields in enumerate(read_list(path))]
    unique(((ladder.id, n) for n, ladder in enumerate(ladders)), file=path, what="id")
    return {ladder.id: ladder for ladder in ladders}
