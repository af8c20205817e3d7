"""Offence codes, the groups people ask for, and the outcome types. A code is text: '8Q' is not a number."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from pydantic import field_validator

from stats.errors import NotToHand, RegisterError, UnknownName, nearest
from stats.period import Period
from stats.registers.entries import Entry, entry, read_csv, unique
from stats.registers.places import place


class Offence(Entry):
    """One Home Office offence code.

    `valid_from` and `valid_to` say when the class exists in the recorded crime series; `counted_here` is 'no' for
    codes that are listed only because they are mistaken for ours.
    """

    code: str
    name: str
    official_name: str
    valid_from: date
    valid_to: date | None = None
    counted_here: bool
    law: str
    note: str | None = None

    def exists_in(self, period: Period) -> bool:
        """Whether the class exists throughout the period."""
        return self.valid_from <= period.start and (self.valid_to is None or period.end <= self.valid_to)


class OffenceGroup(Entry):
    """Offences that are asked for together, under one plain name."""

    name: str
    codes: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    note: str | None = None

    @field_validator("codes", "aliases", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(value.split("; ")) if isinstance(value, str) else value or ()


class Outcome(Entry):
    """One outcome type of the Home Office framework, and the group we report it in.

    `stage` is 'pending', 'charged' or 'closed'.
    """

    type_code: str
    name: str
    official_group: str
    group: str
    stage: str

    @field_validator("stage")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in ("pending", "charged", "closed"):
            raise ValueError("must be pending, charged or closed")
        return value


class Offences:
    """The register of offences and of the groups they are asked for in."""

    def __init__(self, offences: list[Offence], groups: list[OffenceGroup]) -> None:
        self.by_code = {offence.code: offence for offence in offences}
        self.groups = {group.name: group for group in groups}
        self._by_alias = {alias.casefold(): group for group in groups for alias in (group.name, *group.aliases)}

    def find(self, words: str) -> OffenceGroup:
        """Return the group of that name or alias, or one code as a group of its own.

        Raises
        ------
        UnknownName
            For anything else; a code that is not counted here is named for what it is.
        """
        folded = " ".join(words.casefold().replace("_", " ").split())
        if folded in self._by_alias:
            return self._by_alias[folded]
        several = self.codes_in(words)
        for group in self.groups.values():
            if len(several) > 1 and set(group.codes) == set(several):
                return group
        offence = self.by_code.get(words.strip().upper())
        if offence and offence.counted_here:
            return OffenceGroup(name=f"{offence.name.lower()} ({offence.code})", codes=(offence.code,))
        if offence:
            raise UnknownName(
                f"{offence.code} is {offence.name.lower()}: it is not stalking or harassment.",
                [("nearest", ", ".join(self.groups))],
                "Ask for one of these groups.",
            )
        close = nearest(words, [*self._by_alias, *self.by_code]) or list(self.groups)
        raise UnknownName(
            f"no offence or group of offences is called '{words}'.",
            [("nearest", ", ".join(close))],
            "See them all with: stats show offence",
        )

    def codes_in(self, words: str) -> tuple[str, ...]:
        """Return the codes that words list ('8L and 8M', '8L, 8M'), or none if they say anything else."""
        listed = [word.upper() for word in re.split(r"[\s,;&+]+|\band\b", words) if word]
        known = all(code in self.by_code for code in listed)
        return tuple(dict.fromkeys(listed)) if known else ()

    def classes_in(self, group: OffenceGroup, period: Period) -> list[str]:
        """Return the codes of a group that are classes of their own throughout a period.

        Raises
        ------
        NotToHand
            If none is, or one begins inside the period.
        """
        codes = [code for code in group.codes if self.by_code[code].exists_in(period)]
        half = [c for c in group.codes if c not in codes and self.by_code[c].valid_from <= period.end]
        if codes and not half:
            return codes
        first = min(self.by_code[code].valid_from for code in half or group.codes)
        raise NotToHand(
            f"recorded {group.name} does not exist for the whole of {period}.",
            [
                ("class begins", f"{c}: {self.by_code[c].name}, {self.by_code[c].valid_from}")
                for c in half or group.codes
            ],
            f"Start at {first:%B %Y}, when the class begins.",
        )

    @property
    def counted(self) -> list[Offence]:
        """The offences this repository counts."""
        return [offence for offence in self.by_code.values() if offence.counted_here]


def load_offences(folder: Path) -> Offences:
    """Return the register of offences in `folder`."""
    path, groups_path = folder / "offences.csv", folder / "offence_groups.csv"
    offences = [entry(Offence, row, file=path, name=row["code"]) for row in read_csv(path, Offence)]
    unique(((o.code, i) for i, o in enumerate(offences)), file=path, what="code")
    rows = read_csv(groups_path, OffenceGroup)
    groups = [entry(OffenceGroup, row, file=groups_path, name=row["name"]) for row in rows]
    names = [
        (name.casefold(), f"{group.name} (row {row})")
        for row, group in enumerate(groups, start=2)
        for name in (group.name, *group.aliases)
    ]
    unique(names, file=groups_path, what="name or alias")
    known = {offence.code for offence in offences if offence.counted_here}
    for group in groups:
        if not set(group.codes) <= known:
            raise RegisterError(
                "a group names a code that is not counted here.",
                [*place(groups_path, group.name), ("codes", ", ".join(group.codes))],
                f"Use codes of offences.csv that are counted here: {', '.join(sorted(known))}.",
            )
    return Offences(offences, groups)


def load_outcomes(folder: Path) -> dict[str, Outcome]:
    """Return the register of outcome types in `folder`, by type."""
    path = folder / "outcomes.csv"
    outcomes = [entry(Outcome, row, file=path, name=row["type_code"]) for row in read_csv(path, Outcome)]
    unique(((o.type_code, i) for i, o in enumerate(outcomes)), file=path, what="outcome type")
    return {outcome.type_code: outcome for outcome in outcomes}
