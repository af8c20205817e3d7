"""Areas: police forces, nations, England and Wales. Joined on code, never on name."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import field_validator

from stats.errors import NotCovered, RegisterError, UnknownName, nearest
from stats.registers.entries import Entry, entry, read_csv, unique
from stats.registers.places import place

ENGLAND_AND_WALES = "K04000001"


class Area(Entry):
    """One area under one of its names; `valid_to` is empty for the name in use.

    `code` is the Office for National Statistics (ONS) code; British Transport Police has none and goes by BTP.
    An empty `valid_from` means: since before the earliest figure held here.
    """

    code: str
    name: str
    kind: Literal["force", "special force", "nation", "nations"]
    part_of: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    aliases: tuple[str, ...] = ()
    aliases_cy: tuple[str, ...] = ()

    @field_validator("aliases", "aliases_cy", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(value.split("; ")) if isinstance(value, str) else value or ()

    @property
    def possessive(self) -> str:
        """The name as a sentence takes it: 'the Metropolitan Police', 'the City of London', 'Lincolnshire'."""
        has_article = self.name.endswith(" Police") or self.name.startswith("City of ")
        return f"the {self.name}" if has_article and self.kind == "force" else self.name

    @property
    def police(self) -> str:
        """Its police within a sentence: 'the Metropolitan Police', 'police in Lincolnshire'."""
        return self.possessive if self.name.endswith(" Police") else f"police in {self.possessive}"


class Elsewhere(Entry):
    """A place that people ask for and these statistics do not cover, with the reason."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    aliases_cy: tuple[str, ...] = ()
    why: str

    @field_validator("aliases", "aliases_cy", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(value.split("; ")) if isinstance(value, str) else value or ()


class Areas:
    """The register of areas.

    Parameters
    ----------
    rows : list of Area
        One row for each name an area has had.
    elsewhere : list of Elsewhere
        Places that are not covered, so that they are refused by name and never taken for another.
    """

    def __init__(self, rows: list[Area], elsewhere: list[Elsewhere]) -> None:
        self.rows, self.elsewhere = rows, elsewhere
        self.current = {row.code: row for row in rows if row.valid_to is None}
        self._by_alias = {alias: row.code for row in rows for alias in _spellings(row)}
        self._not_covered = {alias: place for place in elsewhere for alias in _spellings(place)}

    def find(self, words: str) -> Area:
        """Return the area of that name, alias (English or Welsh) or code.

        Raises
        ------
        NotCovered
            If the place lies outside England and Wales.
        UnknownName
            If no area, or more than one, goes by these words; the nearest are listed.
        """
        folded = fold(words)
        if folded in self._by_alias:
            return self.current[self._by_alias[folded]]
        if folded in self._not_covered:
            raise self.refusal(self._not_covered[folded])
        known = {alias: self.current[code].name for alias, code in self._by_alias.items()}
        known |= {alias: f"{place.name} (not covered)" for alias, place in self._not_covered.items()}
        begun = rf"\b{re.escape(folded)}"
        inside = sorted({name for alias, name in known.items() if re.search(begun, alias)}) if folded else []
        names = inside or list(dict.fromkeys(known[alias] for alias in nearest(folded, known, most=5)))
        wrong = "may mean more than one area" if len(inside) > 1 else "is not an area in the register"
        raise UnknownName(
            f"'{words}' {wrong}.",
            [("nearest", ", ".join(names) or "none")],
            "Write one of these names, or its code. See them all with: stats show area",
        )

    def refusal(self, place: Elsewhere) -> NotCovered:
        """Return why there is nothing for a place, to be raised."""
        return NotCovered(
            f"{place.name} is not covered (England and Wales only).",
            [("why", place.why)],
            "Ask for England and Wales, England, Wales, or one of their forces. See them with: stats show area",
        )

    def former(self, area: Area) -> list[Area]:
        """Return the names that an area went by before the one in use, oldest first."""
        return [row for row in self.rows if row.code == area.code and row.valid_to is not None]

    def members(self, area: Area) -> list[Area]:
        """Return the forces an area is made of; England and Wales includes British Transport Police."""
        if area.kind in ("force", "special force"):
            return [area]
        inside = {area.code} | {a.code for a in self.current.values() if a.part_of == area.code}
        return [a for a in self.current.values() if a.part_of in inside and a.kind != "nation"]

    @property
    def forces(self) -> list[Area]:
        """The 43 territorial forces and British Transport Police."""
        return [a for a in self.current.values() if a.kind in ("force", "special force")]


def load_areas(folder: Path) -> Areas:
    """Return the register of areas in `folder`."""
    path = folder / "areas.csv"
    rows = [entry(Area, row, file=path, name=row["name"]) for row in read_csv(path, Area)]
    elsewhere_path = folder / "not_covered.csv"
    elsewhere = [
        entry(Elsewhere, row, file=elsewhere_path, name=row["name"]) for row in read_csv(elsewhere_path, Elsewhere)
    ]
    named = [(alias, row.code) for row in rows for alias in _spellings(row)]
    unique(named, file=path, what="name or alias")
    unique(
        [*named, *((alias, place.code) for place in elsewhere for alias in _spellings(place))],
        file=elsewhere_path, what="name or alias",
    )  # fmt: skip
    unique(((row.code, row.name) for row in rows if row.valid_to is None), file=path, what="code in use")
    in_use = {row.code for row in rows if row.valid_to is None}
    for row in rows:
        if row.code not in in_use or (row.part_of is not None and row.part_of not in in_use):
            raise RegisterError(
                "an area has no name in use, or is part of an area that is not there.",
                [*place(path, row.name), ("code", row.code), ("part_of", row.part_of)],
                "Leave valid_to empty for the name in use; part_of is the code of another row.",
            )
    return Areas(rows, elsewhere)


def fold(words: str) -> str:
    """Return a name without what spellings differ in: case, '&', 'Police', 'Heddlu', punctuation."""
    text = re.sub(r"[^\w&]+", " ", words.casefold()).replace("&", " and ")
    text = re.sub(r"\b(police service|police|constabulary|heddlu|the)\b", " ", text)
    return " ".join(text.split())


def _spellings(row: Area | Elsewhere) -> set[str]:
    return {fold(name) for name in (row.code, row.name, *row.aliases, *row.aliases_cy)}
