"""Numbers cannot be typed: each follows from the data, so each is a reference. What is typed is found here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from stats.claims.changes import FALL, RISE
from stats.claims.numerals import NUMBER_WORDS, PART_WORDS, SCALE_WORDS
from stats.errors import StatsError, nearest
from stats.publish.documents.model import Line
from stats.registers.entries import shown
from stats.registers.typed import Typed

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\]\([^)\s]*\)|<https://[^>\s]*>|\{#[\w-]+\}", re.S)
"""References and addresses: what a reader does not read as it is typed."""

_NUMBER = re.compile(
    rf"\d(?:[\d,./]*\d)?%?|\b(?:{NUMBER_WORDS}|(?:{SCALE_WORDS})s?|(?:{PART_WORDS})s?|halves|once|twice|thrice"
    r"|doubl(?:ed|es?|ing)|tripl(?:ed|es?|ing)|halved|halving|majority|minority|most of)\b",
    re.IGNORECASE,
)
_TREND = re.compile(rf"\b(?:{RISE}|{FALL})\b", re.IGNORECASE)
MOST = 12
"""Findings that an error lists."""


class TypedNumber(StatsError):
    """A number, or a word of a rise or fall, that follows from nothing."""


def must_not_be_typed(
    text: str, typed: Typed, *, file: Path, first_line: int = 1, numbers: Mapping[str, str]
) -> None:  # fmt: skip
    """Stop if a template types what must be a reference.

    Parameters
    ----------
    text : str
        Of the template, with its references.
    typed : Typed
        What may be typed.
    file : Path
    first_line : int
        Of the text, in the file.
    numbers : mapping
        The printed text of each number that could be referred to, by its id.

    Raises
    ------
    TypedNumber
        With file and line of each, and the nearest reference.
    """
    found = []
    for match in _found(_TAG.sub(_blank, text), typed):
        line = first_line + text.count("\n", 0, match.start())
        found.append((f"line {line}", f"'{match[0]}'{_instead(match[0], numbers)}"))
    _refuse(found, shown(file))


def must_not_be_spoken(lines: Iterable[Line], typed: Typed, *, file: Path) -> None:
    """Stop if a rendered document states a number that no reference stands behind, however it came there.

    Raises
    ------
    TypedNumber
    """
    found = []
    for line in lines:
        own = "".join("\ufffc" if words.reference else words.text for words in line)
        found += [("in", f"'{match[0]}' of “{own[:60]}”") for match in _found(own, typed)]
    _refuse(found, shown(file))


def _found(text: str, typed: Typed) -> list[re.Match[str]]:
    plain = typed.pattern.sub(_blank, text)
    return sorted([*_NUMBER.finditer(plain), *_TREND.finditer(plain)], key=lambda match: match.start())


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _instead(words: str, numbers: Mapping[str, str]) -> str:
    """Return which reference gives what was typed, or what is nearest to it."""
    same = [name for name, text in numbers.items() if text == words.strip(".,")]
    if same:
        return f": write {{{{ number('{same[0]}') }}}}"
    near = nearest(words, set(numbers.values()))[:1]
    name = next((name for name, text in numbers.items() if near and text == near[0]), None)
    return f"; the nearest is {{{{ number('{name}') }}}}, {near[0]}" if name else ""


def _refuse(found: list[tuple[str, str]], file: str) -> None:
    if found:
        more = [("and", f"{len(found) - MOST:,} more")] if len(found) > MOST else []
        raise TypedNumber(
            "a document types what must follow from the data.", [("file", file), *found[:MOST], *more],
            "Refer to a number, claim or figure; what may be typed is listed in data/registers/typed.yml.",
        )  # fmt: skip
