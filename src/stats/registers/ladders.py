"""Ladders from victims to convictions, and the published rates that speak of about the same year."""

from __future__ import annotations

from pathlib import Path

from pydantic import model_validator

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
    """The rungs of one year, and the rates published about it."""

    id: str
    plain_name: str
    offence: str
    rungs: tuple[Rung, ...]
    rates: tuple[Rate, ...] = ()

    @property
    def figures(self) -> list[str]:
        """Every published figure the ladder rests on."""
        implied = [name for r in self.rungs if r.implied for name in (r.implied.percent_figure, r.implied.base_figure)]
        named = [r.figure for r in self.rungs] + implied + [rate.figure for rate in self.rates]
        return [name for name in named if name]


def load_ladders(folder: Path) -> dict[str, Ladder]:
    """Return the register of ladders in `folder`, by id."""
    path = folder / "ladders.yml"
    ladders = [entry(Ladder, fields, file=path, name=name_of(fields, n)) for n, fields in enumerate(read_list(path))]
    unique(((ladder.id, n) for n, ladder in enumerate(ladders)), file=path, what="id")
    return {ladder.id: ladder for ladder in ladders}
