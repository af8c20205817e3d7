"""Layouts: how a publisher's table is laid out, as data. A new spelling or a moved column is a new entry, not code."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from stats.errors import RegisterError, nearest
from stats.registers.entries import Entry, entry, read_mapping
from stats.registers.layout_agrees import must_agree
from stats.registers.places import place, shown
from stats.registers.printed_words import fold_heading

Status = Literal["b", "c", "e", "low", "p", "r", "u", "x", "z"]
"""Government shorthand: break, confidential, estimated, low, provisional, revised, unreliable or suppressed for its
small base, not available, not applicable."""


class Numbers(Entry):
    """Columns of one unit. `headings` gives each by the item it counts, `pattern` those named for a period.

    `into` is the tidy column that takes the item; `pattern` is matched with the folded heading and may have groups
    `period`, `mid_year` and `item`.
    """

    unit: str
    into: str | None = None
    headings: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    pattern: str | None = None
    whole: bool = True
    may_be_negative: bool = False
    optional: bool = False
    times: int = 1

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str | None) -> str | None:
        return pattern_of(value) if value is not None else None

    @model_validator(mode="after")
    def _has_columns(self) -> Numbers:
        if not self.headings and not self.pattern:
            raise ValueError("needs headings or a pattern")
        if len(self.headings) > 1 and not self.into:
            raise ValueError("several headings need `into`, the tidy column that tells them apart")
        return self


class AddsUp(Entry):
    """A column that is the sum of others in each row, or a row (by its code or name) in each column."""

    whole: str
    parts: tuple[str, ...]


class Layout(Entry):
    """One published table: how it is known by its contents, and what each part of it means.

    `above` are patterns that must all stand in the lines over the header, `not_above` those that must not; `ends` those
    of the notes below the table; `words` and `skips` those (found in the name or first lines of a sheet) of sheets
    without numbers, and of tables we do not read, each with the reason; `rows_left_out` are rows known by a text,
    `without_numbers` why a row may hold none; `reads_as` gives the period that a misleading heading holds. `subtotals`
    is the column that is blank on rows of subtotals, `expired` the one that marks offence codes no longer in use,
    `parts_of_year` the one that splits each year; `twice` are offence codes that stand on two rows, each with the
    reason. `columns` gives our column names, each with the spellings a publisher uses; `unheaded` may stand under no
    heading, left to right. `offence_spellings` are odd names of offences, each with its code. `ends_open`
    says that the publisher's CSV has no last line end.
    """

    id: str
    publisher: str
    title: str
    dataset: str
    kinds: tuple[str, ...] = ("csv", "xlsx", "ods")
    sheet: str = ".*"
    above: tuple[str, ...] = ()
    not_above: tuple[str, ...] = ()
    header_rows: Literal[1, 2] = 1
    join: Literal["fill", "both"] = "fill"
    banners: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]]
    unheaded: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    expired: str | None = None
    may_be_empty: tuple[str, ...] = ()
    left_out: dict[str, str] = Field(default_factory=dict)
    numbers: tuple[Numbers, ...] = ()
    value_column: str | None = None
    period: Literal["columns", "headings", "title", "untold", "untold_mid_year"]
    reads_as: dict[str, str] = Field(default_factory=dict)
    last_year_may_be_part: bool = False
    parts_of_year: str | None = None
    ends_open: bool = False
    keys: tuple[str, ...]
    subtotals: str | None = None
    twice: dict[str, str] = Field(default_factory=dict)
    grid: tuple[str, ...] = ()
    markers: dict[str, Status] = Field(default_factory=dict)
    blank: Status | None = None
    ends: tuple[str, ...] = ()
    forces: Literal["all", "some", "none"] = "all"
    lacks: dict[str, str] = Field(default_factory=dict)
    bodies: dict[str, str] = Field(default_factory=dict)
    area_spellings: dict[str, str] = Field(default_factory=dict)
    offence_spellings: dict[str, str] = Field(default_factory=dict)
    rows_left_out: dict[str, str] = Field(default_factory=dict)
    without_numbers: str | None = None
    summed: dict[str, str] = Field(default_factory=dict)
    known: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    adds_up: tuple[AddsUp, ...] = ()
    rows_add_up: tuple[AddsUp, ...] = ()
    nested: Literal["regions", "partnerships", "forces"] | None = None
    total_rows: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    skips: dict[str, str] = Field(default_factory=dict)

    @field_validator("sheet")
    @classmethod
    def _sheet_compiles(cls, value: str) -> str:
        return pattern_of(value)

    @field_validator("above", "not_above", "under", "ends", "words")
    @classmethod
    def _compile(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(pattern_of, value))

    @field_validator("skips")
    @classmethod
    def _skips_compile(cls, value: dict[str, str]) -> dict[str, str]:
        return {pattern_of(words): why for words, why in value.items()}

    @cached_property
    def headings(self) -> dict[str, tuple[str, int, str]]:
        """What each folded heading is: a key column, one left out, or an item of a group of numbers (its place)."""
        known = {fold_heading(words): ("left out", 0, words) for words in self.left_out}
        known |= {fold_heading(words): ("key", 0, name) for name, said in self.columns.items() for words in said}
        for number, values in enumerate(self.numbers):
            for item, said in values.headings.items():
                known |= {fold_heading(words): ("value", number, item) for words in said}
        return known

    @property
    def items(self) -> set[str]:
        """The items that value columns are named for."""
        return {item for values in self.numbers for item in values.headings}

    @property
    def not_available(self) -> str | None:
        """How the table itself prints that a number is not available, if it has a marker for it."""
        return next((words for words, status in self.markers.items() if status == "x" and words), None)


def load_layouts(folder: Path) -> dict[str, Layout]:
    """Return the layouts in `folder`, by id; `like:` takes what an entry does not give from another.

    Raises
    ------
    RegisterError
        If an entry does not fit its model, or names a column, item or layout that is not there.
    """
    paths = {path.stem: path for path in sorted(folder.glob("*.yml"))}
    if not paths:
        raise RegisterError("no layout is there.", [("folder", shown(folder))], "Restore it (git checkout).")
    raw = {name: read_mapping(path) for name, path in paths.items()}
    layouts = {name: entry(Layout, _whole(name, raw, paths), file=paths[name], name=name) for name in paths}
    for name, layout in layouts.items():
        must_agree(layout, paths[name])
    return layouts


def _whole(name: str, raw: dict[str, dict[str, Any]], paths: dict[str, Path], below: tuple[str, ...] = ()) -> Any:
    """Fields of an entry, with those of the one it is like; the id is the name of the file."""
    fields = {"id": name, **raw[name]}
    other = fields.pop("like", None)
    if other is None:
        return fields
    if other not in raw or other == name or other in below:
        raise RegisterError(
            "a layout is like one that is not there, or like itself.",
            [*place(paths[name], "like"), ("like", other), ("nearest", ", ".join(nearest(str(other), raw)))],
            "Give the id of another layout.",
        )
    return {**_whole(other, raw, paths, (*below, name)), **fields}


def pattern_of(words: str) -> str:
    """Return words that are a pattern; stop (ValueError) if they are not."""
    try:
        re.compile(words)
    except re.error as problem:
        raise ValueError(f"is not a pattern: {problem}") from None
    return words
