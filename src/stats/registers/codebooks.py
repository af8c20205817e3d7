"""Codebooks of surveys: what was asked of whom and how, what each code means, and the design or its absence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from stats.errors import RegisterError
from stats.registers.entries import Entry, entry, read_mapping, read_yaml
from stats.registers.identifying import column_that_names
from stats.registers.places import place

MOST_CODES = 60
"""More answers than this to one question are no list of answers: they are free text, or places too small."""

TOTAL = "all"
"""The label that tables give to totals."""

Missing = Literal["refused", "don't know", "not asked", "no answer"]


class Variable(Entry):
    """One coded question: its words, the label of each code, and what each code of a missing answer means."""

    question: str
    codes: dict[str, str] = Field(min_length=2, max_length=MOST_CODES)
    missing: dict[str, Missing] = Field(default_factory=dict)

    @field_validator("codes", "missing", mode="before")
    @classmethod
    def _as_text(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if any(isinstance(word, bool) for pair in value.items() for word in pair):
            raise ValueError("yes, no, true and false want quotes: YAML takes them for something else")
        return {str(code): label for code, label in value.items()}

    @model_validator(mode="after")
    def _is_one_to_one(self) -> Variable:
        if set(self.codes) & set(self.missing):
            raise ValueError(f"a code is both an answer and missing: {sorted(set(self.codes) & set(self.missing))}")
        if len(set(self.codes.values())) < len(self.codes):
            raise ValueError("two codes have one label")
        if TOTAL in self.codes.values():
            raise ValueError(f"a label is {TOTAL!r}, as totals are called")
        return self


class SampleDesign(Entry):
    """How a random sample was drawn: columns of weights and sampling units, and the document that says so.

    A column that is left out: every person weighs the same, is a unit of their own, is of one stratum, or comes from a
    population so large that it does not matter.
    """

    source: str = Field(min_length=8)
    weight: str | None = None
    psu: str | None = None
    stratum: str | None = None
    population: str | None = None

    @property
    def columns(self) -> dict[str, str]:
        """The columns that are given, by what they hold."""
        return {name: column for name in ("weight", "psu", "stratum", "population") if (column := getattr(self, name))}


class Codebook(Entry):
    """What a survey was: title, population, mode, dates, basis and design, and every question asked.

    `record` is a column that numbers the rows and is never shown. A random sample (`basis: sample`) has a design;
    people who chose to answer (`basis: self-selected`) have `design: none`. `made_up` marks answers that nobody gave.
    """

    title: str
    population: str
    mode: str
    asked_from: date
    asked_to: date
    basis: Literal["sample", "self-selected"]
    design: SampleDesign | Literal["none"]
    record: str | None = None
    made_up: bool = False
    variables: dict[str, Variable] = Field(min_length=1)

    @model_validator(mode="after")
    def _agrees(self) -> Codebook:
        if (self.basis == "sample") != isinstance(self.design, SampleDesign):
            raise ValueError("a sample has a design with its source; people who chose to answer have 'design: none'")
        if self.asked_to < self.asked_from:
            raise ValueError("asked_to comes before asked_from")
        for name in self.columns:
            what = column_that_names(name)
            if what:
                raise ValueError(f"the column '{name}' would hold {what}: take it out of the file before it comes here")
        if len(set(self.columns)) < len(self.columns):
            raise ValueError("a column is named twice")
        return self

    @property
    def columns(self) -> list[str]:
        """Every column that the file must have."""
        design = list(self.design.columns.values()) if isinstance(self.design, SampleDesign) else []
        return [*filter(None, [self.record]), *self.variables, *design]


def load_codebook(path: Path) -> Codebook:
    """Return the codebook of a survey.

    Raises
    ------
    RegisterError
        Naming the field that is wrong.
    """
    return entry(Codebook, read_mapping(path), file=path, name=path.stem)


def codebook_beside(path: Path) -> Path | None:
    """Return the codebook that lies beside a file of answers: `answers.yml` or `answers.csv.yml`, if it is one."""
    beside = (path.with_suffix(".yml"), path.with_name(f"{path.name}.yml"))
    return next((found for found in beside if found != path and found.is_file() and _is_codebook(found)), None)


def _is_codebook(path: Path) -> bool:
    try:
        held = read_yaml(path)
    except RegisterError as problem:
        raise RegisterError("the file beside the answers is no codebook.", problem.evidence or place(path),
                            problem.mend) from None  # fmt: skip
    return isinstance(held, dict) and "variables" in held
