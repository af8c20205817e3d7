"""Declared corrections: a publisher's error, what is done about it, and what the file must still print for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from stats.errors import RegisterError, UnknownName, nearest
from stats.registers.areas import Areas
from stats.registers.entries import Entry, entry, read_mapping
from stats.registers.layouts import Layout, pattern_of
from stats.registers.places import place

BESIDE_COLUMNS = ("area", "sheet", "item", "heading", "unit")
"""What `where` may name besides the columns of a layout; an area goes by any name or code of the register."""


def _as_text(value: object) -> object:
    """A whole number of YAML as the text that a file prints; a decimal may have lost a digit (4.10 is not 4.1)."""
    if isinstance(value, float):
        raise ValueError("put a decimal in quotes, as it is printed")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_texts(value: object) -> object:
    return {name: _as_text(text) for name, text in value.items()} if isinstance(value, dict) else value


class Cell(Entry):
    """One printed cell, with what the file must still print there and, where it is known, what is right.

    `where` adds to that of the correction.
    """

    where: dict[str, str] = Field(default_factory=dict)
    printed: str
    right: str | None = None

    _text = field_validator("printed", "right", mode="before")(_as_text)
    _texts = field_validator("where", mode="before")(_as_texts)


class Correction(Entry):
    """One error of a publisher.

    `layouts` are the tables it stands in; `release` is a pattern in the words over the table or on its cover, where the
    error is that of one release. `action` is 'not-available' (a number that is none becomes missing, [x]) or 'replace'
    (what is printed becomes what is right). `column` is the column of text that is wrong; without it, it is a number.
    `source` says how we know, or where the right values stand. `told` is the day the publisher was told.
    """

    id: str
    layouts: tuple[str, ...] = Field(min_length=1)
    release: str | None = None
    action: Literal["not-available", "replace"]
    column: str | None = None
    where: dict[str, str] = Field(default_factory=dict)
    cells: tuple[Cell, ...] = Field(min_length=1)
    reason: str = Field(min_length=1)
    source: str = Field(min_length=1)
    told: date | Literal["not yet told"]

    _texts = field_validator("where", mode="before")(_as_texts)

    @field_validator("release")
    @classmethod
    def _compiles(cls, value: str | None) -> str | None:
        return pattern_of(value) if value is not None else None

    @model_validator(mode="after")
    def _uses_every_field(self) -> Correction:
        if self.action == "replace" and any(cell.right is None for cell in self.cells):
            raise ValueError("every cell that is replaced needs `right`")
        if self.action == "not-available" and (self.column or any(cell.right is not None for cell in self.cells)):
            raise ValueError("'not-available' uses neither `column` nor `right`")
        if any(cell.printed == cell.right for cell in self.cells):
            raise ValueError("what is right must differ from what is printed")
        return self

    def place_of(self, cell: Cell) -> dict[str, str]:
        """Return where a cell stands: what all cells share, and what is its own."""
        return {**self.where, **cell.where}

    def named(self, cell: Cell) -> str:
        """Return where a cell stands, as words."""
        return ", ".join(self.place_of(cell).values()) or "every row"


def load_corrections(folder: Path, layouts: dict[str, Layout], areas: Areas) -> dict[str, Correction]:
    """Return the corrections in `folder`, by id; the id is the name of the file.

    Raises
    ------
    RegisterError
        If an entry does not fit its model, names a layout, column, item or area that is not there, or two corrections
        may meet in one cell.
    """
    paths = {path.stem: path for path in sorted(folder.glob("*.yml"))}
    found = {
        name: entry(Correction, {"id": name, **read_mapping(path)}, file=path, name=name)
        for name, path in paths.items()
    }
    for name, correction in found.items():
        for problem in _crossed(correction, paths[name], layouts, areas):
            raise problem
    for problem in _overlaps(found.values(), paths, areas):
        raise problem
    return found


def _crossed(
    correction: Correction, path: Path, layouts: dict[str, Layout], areas: Areas
) -> Iterator[RegisterError]:  # fmt: skip
    if correction.id != path.stem:
        yield _wrong(path, "id", correction.id, "name of the file", [path.stem])
    for name in correction.layouts:
        if name not in layouts:
            yield _wrong(path, "layouts", name, "layout", layouts)
            continue
        yield from _in_layout(correction, path, layouts[name])
    for cell in correction.cells:
        area = correction.place_of(cell).get("area")
        try:
            areas.find(area) if area is not None else None
        except UnknownName as problem:
            close = dict(problem.evidence).get("nearest", "none").split(", ")
            yield _wrong(path, "where", area, "area", close)


def _in_layout(correction: Correction, path: Path, layout: Layout) -> Iterator[RegisterError]:
    """Columns, items and units that the layout does not have; and a number that it could not leave out."""
    if correction.column is not None and correction.column not in layout.columns:
        yield _wrong(path, "column", correction.column, f"column of {layout.id}", layout.columns)
    if correction.column is None and not layout.numbers:
        yield _wrong(path, "layouts", layout.id, "table of numbers", ())
    if correction.action == "not-available" and not layout.not_available:
        yield _wrong(path, "action", correction.action, f"marker of {layout.id} that means x", layout.markers)
    has_patterns = any("(?P<item>" in (values.pattern or "") for values in layout.numbers)
    known = {"unit": {values.unit for values in layout.numbers}} | ({} if has_patterns else {"item": layout.items})
    for name, text in {pair for cell in correction.cells for pair in correction.place_of(cell).items()}:
        if name not in (*layout.columns, *BESIDE_COLUMNS):
            yield _wrong(path, "where", name, f"column of {layout.id}", (*layout.columns, *BESIDE_COLUMNS))
        if text not in known.get(name, {text}):
            yield _wrong(path, "where", text, f"{name} of {layout.id}", known[name])


def _overlaps(corrections: Iterable[Correction], paths: dict[str, Path], areas: Areas) -> Iterator[RegisterError]:
    """Pairs of cells that may be of one row: whatever both name is the same."""
    every = [(correction, cell) for correction in corrections for cell in correction.cells]
    for (one, first), (other, second) in combinations(every, 2):
        here, there = one.place_of(first), other.place_of(second)
        is_apart = {*one.layouts}.isdisjoint(other.layouts)
        is_apart |= None not in (one.release, other.release) and one.release != other.release
        if not is_apart and all(_same(name, here[name], there[name], areas) for name in here.keys() & there.keys()):
            yield RegisterError(
                "two corrections may meet in one cell.",
                [
                    *place(paths[other.id]),
                    ("one", f"{one.id}: {one.named(first)}"),
                    ("other", f"{other.id}: {other.named(second)}"),
                ],
                "Name more in `where`, so that each cell has one correction; or make one correction of them.",
            )


def _same(name: str, one: str, other: str, areas: Areas) -> bool:
    return areas.find(one).code == areas.find(other).code if name == "area" else one == other


def _wrong(path: Path, field: str, found: object, what: str, known: Iterable[str]) -> RegisterError:
    names = [*known]
    close = nearest(str(found), names) or names[:3]
    return RegisterError(
        "a correction names something that is not there.",
        [*place(path, field, value=found), (what, found), ("nearest", ", ".join(close) or "none")],
        "Correct the name, or add it to its register first.",
    )
