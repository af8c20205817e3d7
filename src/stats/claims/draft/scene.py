"""What a draft speaks of, and where: the places, offences and surveys that it names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from stats.claims.sentences import sentences
from stats.claims.spans import SPAN
from stats.registers import Area, Registers
from stats.registers.areas import ENGLAND_AND_WALES

HEADING = 100
"""A line of no more letters, without a stop, is the heading of what follows, or one of a list."""

HIGHEST = 40

_TOO_SHORT = 3
_NO_NAMES = ("national", "all")
_OTHER_OFFENCES = (
    r"rape|sexual|domestic|burglar\w*|robber\w*|knife|fraud|hate crime|theft|violent|violence|homicide|murder\w*"
    r"|drug\w*|shoplifting|assaults?|modern slavery|anti-social|antisocial"
)
_OFFENCES = {
    "stalking and harassment": r"stalking(?:,| and| or| &) harassment|harassment(?:,| and| or| &) stalking",
    "stalking": r"stalking|stalkers?|stalked",
    "harassment": r"harassment|harassed|harassing",
    "malicious communications": r"malicious communications",
    "controlling or coercive behaviour": r"(?:controlling|coercive)(?: (?:and|or) (?:coercive|controlling))?"
    r" (?:behaviour|control)",
}
_OFFENCE = re.compile(
    "|".join(rf"(?P<o{n}>\b(?:{p})\b)" for n, p in enumerate((*_OFFENCES.values(), _OTHER_OFFENCES))), re.IGNORECASE
)
_ABROAD = re.compile(
    r"\b(?:Scotland(?! Yard)|Scottish|Police Scotland|Northern Ireland|PSNI|Ireland|United States|America)\b"
)
WALES = "W92000004"
_NATIONALLY = re.compile(r"\b(?:nationally|national average|countrywide|across the country)\b", re.I)
_REGIONS = re.compile(
    r"(?<!North )(?<!South )(?<!West )(?<!East )\bYorkshire\b|\bEast Anglia\b"
    r"|\b[Tt]he (?:North East|North West|South East|South West|East Midlands|East of England)\b|\bGreater London\b"
)
_WELSH = re.compile(r"\bWelsh(?= (?:police )?forces\b)")
METROPOLITAN = "E23000001"
_THE_MET = re.compile(r"\b[Tt]he Met\b(?!ropolitan)")
_SURVEY = re.compile(
    r"\b(?:survey(?:ed)?|polled|questionnaire|respondents|spoken to|who (?:responded|answered)|interviewed)\b", re.I
)
_OFFICIAL_SURVEY = re.compile(
    r"\b(?:Crime Survey|CSEW|ONS|Office for National Statistics|British Crime Survey)\b|\bestimat\w+", re.I
)
_AUDIT = re.compile(
    r"\b(?:cases?|files?|investigations)\b[^.]{0,40}\b(?:review|assess|examin|inspect|sampl|audit)\w*"
    r"|\b(?:review|assess|examin|inspect|sampl|audit)\w*\b[^.]{0,30}\b(?:cases|files|investigations)\b",
    re.I,
)


@dataclass(frozen=True)
class Mention:
    """A name in a text: where it stands, and what it is of ('' for what these statistics do not cover)."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Scene:
    """The names of one text, each in order.

    Parameters
    ----------
    text : str
    areas : tuple of Mention
        By area code.
    offences : tuple of Mention
        By name of the group.
    asked, official, audits : tuple of Mention
        Where people were asked, where an official survey is named, where case files were reviewed.
    sentences : tuple of (int, int)
        Where each sentence starts and ends.
    written : datetime.date, optional
        When the text was written.
    times : tuple of Mention
        The times that are named, by their words.
    """

    text: str
    areas: tuple[Mention, ...]
    offences: tuple[Mention, ...]
    asked: tuple[Mention, ...]
    official: tuple[Mention, ...]
    audits: tuple[Mention, ...]
    sentences: tuple[tuple[int, int], ...]
    written: date | None = None
    times: tuple[Mention, ...] = ()

    def sentence(self, at: int) -> tuple[int, int]:
        """Return where the sentence starts and ends that holds a place in the text."""
        return self.sentences[bisect_right(self.sentences, at, key=lambda pair: pair[0]) - 1]

    def paragraph(self, at: int) -> int:
        """Return where the paragraph starts that holds a place in the text."""
        return self.text.rfind("\n\n", 0, at) + 1

    def passage(self, at: int) -> int:
        """Return where the paragraph starts that holds a place, with the headings and lines of a list above it."""
        start = self.paragraph(at)
        for _ in range(HIGHEST):
            above = self.text.rfind("\n\n", 0, max(0, start - 2)) + 1
            line = self.text[above:start].strip()
            if not 0 < len(line) <= HEADING or line.endswith((".", "?", "!")) or above >= start:
                return start
            start = above
        return start

    def in_sentence(self, mentions: tuple[Mention, ...], start: int, end: int) -> list[Mention]:
        """Return the mentions that stand between two places."""
        first, last = (bisect_left(mentions, at, key=lambda m: m.start) for at in (start, end))
        return list(mentions[first:last])

    def before(self, mentions: tuple[Mention, ...], at: int) -> Mention | None:
        """Return the last mention before a place in the text, if there is one."""
        found = bisect_right(mentions, at, key=lambda m: m.start)
        return mentions[found - 1] if found else None


def scene_of(text: str, registers: Registers, written: date | None = None) -> Scene:
    """Return what a text names."""
    return Scene(
        text, tuple(_areas(text, registers)), tuple(_offences(text)), tuple(_all(_SURVEY, text)),
        tuple(_all(_OFFICIAL_SURVEY, text)), tuple(_all(_AUDIT, text)), tuple(sentences(text)), written,
        tuple(_all(SPAN, text)),
    )  # fmt: skip


def _all(pattern: re.Pattern[str], text: str) -> Iterator[Mention]:
    return (Mention(*found.span(), found[0].casefold()) for found in pattern.finditer(text))


def _areas(text: str, registers: Registers) -> Iterator[Mention]:
    names = {name: row.code for row in registers.areas.rows for name in _names(row)}
    found = [Mention(*m.span(), names[_plain(m[0])]) for m in _pattern(tuple(names)).finditer(text)]
    found += [Mention(*m.span(), "") for m in _ABROAD.finditer(text)]
    found += [Mention(*m.span(), ENGLAND_AND_WALES) for m in _NATIONALLY.finditer(text)]
    found += [Mention(*m.span(), "") for m in _REGIONS.finditer(text)]
    found += [Mention(*m.span(), WALES) for m in _WELSH.finditer(text)]
    found += [Mention(*m.span(), METROPOLITAN) for m in _THE_MET.finditer(text)]
    return iter(sorted(found, key=lambda m: m.start))


def _names(row: Area) -> set[str]:
    every = {row.name, *row.aliases, *row.aliases_cy}
    return {_plain(name) for name in every if name not in _NO_NAMES and (len(name) > _TOO_SHORT or name.isupper())}


def _plain(name: str) -> str:
    return " ".join(name.replace("&", "and").split())


@lru_cache(maxsize=4)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Names as they are written: 'Sussex', but not 'West Sussex', which is part of it."""
    longest = sorted(names, key=len, reverse=True)
    parts = (re.escape(name).replace(r"\ ", r"\s+").replace(r"and", "(?:and|&)") for name in longest)
    return re.compile(rf"(?<!North )(?<!South )(?<!East )(?<!West )(?<!Mid )(?<![\w-])(?:{'|'.join(parts)})(?![\w-])")


def _offences(text: str) -> Iterator[Mention]:
    names = (*_OFFENCES, "")
    for found in _OFFENCE.finditer(text):
        assert found.lastgroup
        yield Mention(*found.span(), names[int(found.lastgroup[1:])])


def national(registers: Registers) -> Area:
    """Return England and Wales."""
    return registers.areas.current[ENGLAND_AND_WALES]
