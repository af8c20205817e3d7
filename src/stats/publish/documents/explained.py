"""One number taken apart: where it lies, how it is made, and in what it differs from another."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from stats.claims.evidence import of_figure
from stats.errors import NotToHand
from stats.present import listed
from stats.publish.documents.model import Cell, Grid, Words
from stats.registers import Registers, Source
from stats.registers.measures import Measure

CODE = {
    "charge_share_of_offences_recorded": "stats.estimate.attrition.cohort_bounds",
    "charge_share_of_offences_resolved": "stats.estimate.attrition.resolved_only",
    "offences_charged": "stats.estimate.attrition.cohort",
    "recorded_offences": "stats.estimate.counts.recorded",
}  # fmt: skip
"""The function that makes the estimates of a measure."""

BEHIND = ("Counts behind it", "Who says so")
"""Differences that explain nothing by themselves."""


@dataclass(frozen=True)
class Side:
    """A number as it is set beside another.

    Parameters
    ----------
    text, counts, cited : str
        As printed; the counts behind it, where they are known; who said so and when.
    measure : Measure, optional
    place, period, offence, base : str
    """

    text: str
    counts: str
    cited: str
    measure: Measure | None
    place: str
    period: str
    offence: str
    base: str

    @classmethod
    def of_published(cls, row: Mapping[str, Any], registers: Registers) -> Side:
        """Return a published figure as a side."""
        told = of_figure(dict(row))
        return cls(
            told.text, told.counts, told.cited, registers.measures.get(told.measure), told.area, told.period,
            str(row["offence"] or "not stated"), told.base or "not stated",
        )  # fmt: skip


def differences(one: Side, other: Side) -> list[tuple[str, str, str]]:
    """Return in what two numbers differ, one thing at a time: what it is, and each side's own.

    Where two sides print the same, there is no row: what is left explains why the numbers are not equal.
    """
    return [(what, a, b) for what, a, b in _compared(one, other) if a.casefold() != b.casefold()]


def _compared(one: Side, other: Side) -> Iterator[tuple[str, str, str]]:
    yield "What is counted", _counted(one), _counted(other)
    yield "Of what", one.base, other.base
    yield "Where", one.place, other.place
    yield "When", one.period, other.period
    yield "Which offences", one.offence, other.offence
    yield "Counts behind it", one.counts or "not printed", other.counts or "not printed"
    yield "Who says so", one.cited, other.cited


def _counted(side: Side) -> str:
    measure = side.measure
    return f"{measure.numerator.what} ({measure.numerator.unit})" if measure else "not stated"


def differences_table(one: Side, other: Side, reference: str) -> Grid:
    """Return the table of differences, each with its own row."""
    told = [("What is printed", one.text, other.text), *differences(one, other)]
    rows = tuple((_cell(what, ""), _cell(a, reference), _cell(b, reference)) for what, a, b in told)
    caption = "In what the two numbers differ, one thing at a time"
    return Grid("differences", caption, ("What", "The first", "The other"), rows)


def in_words(one: Side, other: Side) -> str:
    """Return in one line what the differences are: 'what is counted, of what and when'."""
    names = [what.casefold() for what, _, _ in differences(one, other) if what not in BEHIND]
    return listed(names) if names else "nothing that is printed: they are roundings, or releases, of one number"


def formula(measure: Measure) -> str:
    """Return how a measure is made, in the words of its register."""
    if measure.denominator is None:
        return measure.numerator.what
    return f"{measure.numerator.what}, divided by {measure.denominator.what}"


def code_of(measure: Measure) -> str:
    """Return the file and line of the function that makes the estimates of a measure.

    Raises
    ------
    NotToHand
        If nothing of ours makes it.
    """
    name = CODE.get(measure.id)
    if name is None:
        raise NotToHand(f"nothing here computes '{measure.plain_name}'.", [("computed", ", ".join(CODE))],
                        "It is quoted from who published it.")  # fmt: skip
    module, _, function = name.rpartition(".")
    line = inspect.getsourcelines(getattr(import_module(module), function))[1]
    return f"src/{module.replace('.', '/')}.py, line {line}, {function}"


def cells_table(source: Source, where: Mapping[str, str], reference: str) -> Grid:
    """Return where a number lies, so that a reader finds its rows: the file, its hash, and what its rows hold."""
    cited = f"{source.publisher}, {source.published}"
    told = [("File", source.file), ("Its sha256", source.sha256), ("Published by", cited)]
    told += [(f"Rows where {column} is", value) for column, value in where.items()]
    rows = tuple((_cell(what, reference), _cell(which, reference)) for what, which in told)
    return Grid("cells", "The rows that the number is counted from", ("What", "Which"), rows)


def _cell(text: str, reference: str) -> Cell:
    return Cell((Words(text, reference=reference),))
