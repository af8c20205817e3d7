"""Numbers cannot be typed: each follows from the data, so each is a reference. What is typed is found here."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from stats.claims.changes import FALL, RISE
from stats.claims.numerals import NUMBER_WORDS, PART_WORDS, SCALE_WORDS
from stats.errors import StatsError
from stats.publish.documents.characters import folded, strange, tallies
from stats.publish.documents.model import Line
from stats.registers.entries import shown
from stats.registers.typed import Typed

_TAG = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\]\((?P<link>[^)\s]*)\)|<(?P<auto>https://[^>\s]*)>|\{#[\w-]+\}", re.S
)
"""References and addresses: what a reader does not read as it is typed."""

_NUMBER = re.compile(
    rf"\d(?:[\d,./]*\d)?%?|\b(?:{NUMBER_WORDS}|(?:{SCALE_WORDS})s?|(?:{PART_WORDS})s?)\b", re.IGNORECASE
)
_TREND = re.compile(rf"\b(?:{RISE}|{FALL})\b", re.IGNORECASE)
_ROMAN = re.compile(
    r"\b(?=[MDCLXVI]{2})M{0,4}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})\b|\b[MDCLXVI]*([IXCM])\1{3,}\b"
)
_PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
_PLACE = "a sign that stands for a reference here"
MOST = 12
"""Findings that an error lists."""

Finding = tuple[int, str, str]
"""Where in a text, what, and why it is refused; nothing where it is a number or a trend like any other."""


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
    read = _TAG.sub(lambda tag: _unread(tag, typed), text)
    plain = folded(read)
    found = [
        *(_lined(text, (at.start(), "U+FFFC", _PLACE), numbers) for at in re.finditer("\ufffc", text)),
        *(_lined(read, one, numbers) for one in strange(read, typed.symbols)),
        *(_lined(plain, one, numbers) for one in _found(plain, typed)),
    ]
    refuse([(f"line {line + first_line}", said) for line, said in sorted(found, key=lambda one: one[0])], shown(file))


def must_not_be_spoken(lines: Iterable[Line], typed: Typed, *, file: Path, anchors: Container[str] = ()) -> None:
    """Stop if a rendered document states a number that no reference stands behind, however it came there.

    Parameters
    ----------
    lines : iterable of Line
    typed : Typed
    file : Path
    anchors : container of str
        The sections that an address within the document may lead to.

    Raises
    ------
    TypedNumber
    """
    found = []
    for line in lines:
        own = "".join("\ufffc" if words.reference or _is_bare(words.address, words.text, typed) else words.text
                      for words in line)  # fmt: skip
        plain = folded(own)
        every = [*strange(own, typed.symbols), *tallies(own), *_found(plain, typed)]
        found += [("in", f"'{what}' of “{own[:60]}”{_because(why)}") for _, what, why in every]
        found += [("in", f"'U+FFFC': {_PLACE}") for words in line if not words.reference and "\ufffc" in words.text]
        found += [("address", one) for one in {words.address for words in line} if not _leads(one, typed, anchors)]
    refuse(found, shown(file))


def must_be_a_contact(contact: str, typed: Typed, *, file: Path) -> None:
    """Stop if a contact says how many, or that something rises or falls; digits as of a telephone or a house may stand.

    Raises
    ------
    TypedNumber
    """
    plain = _not_counting(folded(contact), typed)
    every = [*strange(contact, typed.symbols), *tallies(contact), *_found(plain, typed)]
    refuse([("in contact", f"'{what}'{_because(why)}") for _, what, why in every], shown(file))


def _not_counting(text: str, typed: Typed) -> str:
    """Return a folded text without digits that count nothing: neither a per cent nor what is counted is with them."""
    return re.sub(rf"(?<!\bin[\s-])(?<!\bof[\s-])\d(?!{typed.followed})", " ", text, flags=re.IGNORECASE)


def _found(text: str, typed: Typed) -> Iterator[Finding]:
    """Give what a folded text types."""
    plain = typed.pattern.sub(_blank, text)
    taken: set[int] = set()
    for pattern in (_NUMBER, _TREND, _ROMAN):
        for match in pattern.finditer(plain):
            taken.add(match.start())
            yield match.start(), match[0], ""
    for refused in typed.must_not_be_said:
        for match in refused.pattern.finditer(plain):
            if match.start() not in taken:
                yield match.start(), match[0], refused.why


def _unread(tag: re.Match[str], typed: Typed) -> str:
    """Blank what a reader does not read; an address that says a number stays, so that it is found."""
    if tag[0].startswith("{{"):
        return "\ufffc" + _blank(tag)
    address = tag["link"] or tag["auto"] or ""
    return _blank(tag) if address.startswith("#") or _leads(address, typed, ()) else tag[0]


def _leads(address: str, typed: Typed, anchors: Container[str]) -> bool:
    """Whether an address says no number, or is one of those that may."""
    if address.startswith("#"):
        return address[1:] in anchors
    official = address.startswith(typed.addresses) and not re.search(r"per-?cent", address, re.IGNORECASE)
    return official or not (
        any(_found(folded(address), typed)) or any(kind for *_, kind in strange(address, typed.symbols))
    )


def _is_bare(address: str, text: str, typed: Typed) -> bool:
    """Whether a text is its own address, and one that may be shown: it tells nothing in words, which all can read."""
    is_own = bool(address) and text == address and _leads(address, typed, ())
    return is_own and not any(_found(_not_counting(folded(unquote(text)), typed), typed))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _lined(text: str, found: Finding, numbers: Mapping[str, str]) -> tuple[int, str]:
    """Return the line of a finding, from 0, and what is said of it."""
    at, what, why = found
    return text.count("\n", 0, at), f"'{what}'{_because(why) or _instead(what, numbers)}"


def _because(why: str) -> str:
    return f": {why}" if why else ""


def _instead(words: str, numbers: Mapping[str, str]) -> str:
    """Return which reference gives what was typed, or what is nearest to it."""
    same = [name for name, text in numbers.items() if text == words.strip(".,")]
    if same:
        return f": write {{{{ number('{same[0]}') }}}}"
    name = _nearest(words.strip(".,"), numbers)
    return f"; the nearest is {{{{ number('{name}') }}}}, {numbers[name]}" if name else ""


def _nearest(typed: str, numbers: Mapping[str, str]) -> str:
    """Return the reference whose value is nearest among those of its unit; of words, the first: any shows how it is."""
    value = _value(typed)
    alike = {name: found for name, text in numbers.items()
             if text.endswith("%") == typed.endswith("%") and (found := _value(text)) is not None}  # fmt: skip
    if value is None or not alike:
        return next(iter(numbers), "")
    return min(alike, key=lambda name: abs(alike[name] - value))


def _value(text: str) -> float | None:
    return float(text.rstrip("%").replace(",", "")) if _PLAIN.fullmatch(text) else None


def refuse(found: list[tuple[str, str]], file: str) -> None:
    """Stop if anything was found that must not be typed."""
    if found:
        more = [("and", f"{len(found) - MOST:,} more")] if len(found) > MOST else []
        raise TypedNumber(
            "a document types what must follow from the data.", [("file", file), *found[:MOST], *more],
            "Refer to a number, claim or figure; what may be typed is listed in data/registers/typed.yml.",
        )  # fmt: skip
