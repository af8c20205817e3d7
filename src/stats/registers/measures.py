"""Measures: what a number counts, over what, in which unit, and what it must not be called."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Literal

from stats.errors import RegisterError
from stats.registers.entries import Entry, entry, read_mapping, unique, with_id
from stats.registers.places import place

Basis = Literal["sample", "full count", "case audit", "self-selected"]


class Part(Entry):
    """The numerator or the denominator of a measure.

    `unit` is what is counted (offences, persons, people by survey …), `stage` where in the process.
    """

    what: str
    unit: str
    stage: str


class Measure(Entry):
    """One registered definition.

    `grows` marks a numerator that still grows after its period, so that two periods are of unlike age.
    """

    id: str
    plain_name: str
    numerator: Part
    denominator: Part | None
    unit: Literal["count", "percent", "per 1,000 residents", "ratio percent"]
    basis: Basis
    stage: str
    sources: str
    forbidden_names: tuple[str, ...]
    caveat: str
    grows: bool = False

    @property
    def is_of_unlike_units(self) -> bool:
        """Whether numerator and denominator count different things, so that this is a ratio and never a rate."""
        return self.denominator is not None and self.denominator.unit != self.numerator.unit

    @property
    def base(self) -> str:
        """The denominator in words."""
        return self.denominator.what if self.denominator else "none: a count"


def load_measures(folder: Path) -> dict[str, Measure]:
    """Return the register of measures in `folder`, by id."""
    path = folder / "measures.yml"
    measures = [
        entry(Measure, with_id(fields, name), file=path, name=name) for name, fields in read_mapping(path).items()
    ]
    unique(((m.plain_name.casefold(), m.id) for m in measures), file=path, what="plain name")
    plain = {m.plain_name.casefold(): m.id for m in measures}
    for measure in measures:
        _refuse_clash(measure, plain, path)
    return {measure.id: measure for measure in measures}


def _refuse_clash(measure: Measure, plain: dict[str, str], path: Path) -> None:
    clash = next((name for name in measure.forbidden_names if plain.get(name.casefold()) == measure.id), None)
    unlike = measure.is_of_unlike_units and measure.unit == "percent"
    for wrong, evidence, mend in chain(
        [("a measure forbids its own plain name.", clash, "Change one of the two.")] if clash else [],
        [
            (
                "a quotient of unlike units is called a percentage of its base.",
                f"{measure.numerator.unit} over {measure.denominator.unit if measure.denominator else ''}",
                "Set unit to 'ratio percent'.",
            )
        ]
        if unlike
        else [],
    ):
        raise RegisterError(wrong, [*place(path, measure.id), ("found", evidence)], mend)
