"""Find every quantity a text claims, where it stands, what it can mean and what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import get_args

from stats.claims.changes import DOWN, TIMES, UP, read_change
from stats.claims.furniture import AGES, FURNITURE, blanked
from stats.claims.grim import Rounding, unrounded
from stats.claims.numerals import NUMBER_WORDS, PART_WORDS, SCALE_WORDS, number
from stats.claims.sentences import sentences
from stats.claims.spans import SPAN, Span, read_span
from stats.claims.wording import Reading, read_words
from stats.errors import UsageMistake

UNITS = """
    offences? crimes? cases? victims? people persons? women men adults? children forces? reports? incidents? charges?
    convictions? prosecutions? defendants? offenders? perpetrators? suspects? outcomes? orders? respondents? areas?
    arrests? applications? investigations? complaints? calls? referrals? breaches cautions? sentences? participants?
"""
_UNIT = re.compile(r"\b(?:" + "|".join(UNITS.split()) + r"|of (?:those|these|them))\b", re.I)
_FIGURES = r"(?<![\w.,])\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,9})?"
_SCALED = rf"{_FIGURES}(?: (?:{SCALE_WORDS}|m|bn)\b)?"
_IN_WORDS = (
    rf"\b(?:a |half a )?(?:{NUMBER_WORDS}|{SCALE_WORDS})(?:(?: and |[ -])(?:{NUMBER_WORDS}|{SCALE_WORDS})){{0,8}}\b"
)
_NUMBER = rf"(?:{_SCALED}|{_IN_WORDS})"
_PERCENT = r"(?: ?%| ?per ?cent\b)"
_PART = (
    rf"(?:\b(?:a|{NUMBER_WORDS})[ -](?:{PART_WORDS})s?\b|\bhalf\b(?! an? (?:{SCALE_WORDS})\b)"
    r"|(?<![\w/])\d{1,2}/\d{1,2}(?![\w/]))"
)
_LEAD = (
    r"(?:\b(?:just over|just under|more than"
    r"|fewer than|less than|no more than|no fewer than|at least|at most|as many as"
    r"|up to|over|under|almost|nearly|about|around|roughly|approximately|some|slightly more than|slightly over"
    r"|a little over|upwards of|above|below) )?"
)
_ONE_IN = rf"{_NUMBER} (?:in every|in each|in|out of every|out of) {_NUMBER}"
_SHARE = rf"(?:{_NUMBER}{_PERCENT}|{_PART}|{_ONE_IN})"
_RANGE = (
    rf"(?:between|from) {_NUMBER}{_PERCENT}? (?:and|to) {_NUMBER}{_PERCENT}?"
    rf"|{_FIGURES}%? ?(?:-|\u2013|to) ?{_FIGURES}{_PERCENT}?"
)
_CHANGE = (
    rf"(?:\b(?:more than|almost|nearly) )?\b(?:{'|'.join(TIMES)})\b|\b(?:{NUMBER_WORDS}|\d+)[- ]?fold\b"
    rf"|\b(?:{UP}|{DOWN}) from {_NUMBER}{_PERCENT}? to {_NUMBER}{_PERCENT}?"
    rf"|(?:\b(?:{UP}|{DOWN}) (?:by |of )?)?{_LEAD}{_NUMBER} percentage points?"
    rf"|\b(?:{UP}|{DOWN}) (?:by |of )?{_LEAD}(?:{_NUMBER}{_PERCENT}|{_PART})"
)
_NONE = r"\bnot a single one\b|\bnone\b|\bno cases\b|\b(?:tens of thousands|dozens|hundreds|thousands)\b"
_OF = (
    rf"(?P<count>{_NUMBER}) (?:out )?of (?:the |all )?(?P<base>{_NUMBER})(?!{_PERCENT})"
    r"(?:[^().;\n\x1f]{0,70}?\((?P<printed>\d{1,3}(?:\.\d{1,4})?)(?: ?%| per cent)\))?"
)
FIND = re.compile(
    rf"(?P<of>{_LEAD}{_OF})|(?P<change>{_CHANGE})|(?P<range>{_RANGE})|(?P<plain>{_LEAD}(?:{_SHARE}|{_NUMBER}))|(?P<none>{_NONE})",
    re.I,
)


@dataclass(frozen=True)
class Quantity:
    """One quantity of a text: `text[start:end] == quote`; `unit` is the word counted and `is_of` the words after it.

    `count`, `base` and `printed` belong to 'a of b (c%)'; `spans` are what the sentence's times may mean, and `ages`
    the ages of its base.
    """

    quote: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    reading: Reading
    kind: str
    unit: str
    is_of: str
    count: int | None = None
    base: int | None = None
    printed: str | None = None
    spans: tuple[tuple[Span, ...] | None, ...] = ()
    ages: tuple[str, ...] = ()

    def roundings(self) -> tuple[str, ...]:
        """The ways of rounding under which the count over the base gives the printed share; empty if it never does."""
        if self.printed is None or self.count is None or not self.base:
            return ()
        share, ways = Fraction(self.count, self.base), get_args(Rounding)
        return tuple(way for way in ways if unrounded(self.printed, rounding=way, percent=True).holds(share))


def quantities(text: str, document_date: date | None = None) -> list[Quantity]:
    """Return every quantity that a text claims, in its order.

    Money, ages, sections of law, dates, addresses and page furniture are passed over. Times are read by
    `document_date`, never by the clock.
    """
    open_text = blanked(blanked(text, AGES), SPAN)
    open_text = blanked(open_text, FURNITURE)
    return [one for start, end in sentences(text) for one in _of_sentence(text, open_text, start, end, document_date)]


def _of_sentence(text: str, open_text: str, start: int, end: int, day: date | None) -> Iterator[Quantity]:
    sentence = text[start:end]
    found = list(FIND.finditer(open_text, start, end))
    if not found:
        return
    spans = tuple(read_span(span[0], day) for span in SPAN.finditer(sentence))
    ages = tuple(age[0] for age in AGES.finditer(sentence))
    for match in found:
        first, last = match.span()
        after = re.split(r"[\x1f.,;:()\n]", open_text[last : min(end, last + 80)], maxsplit=1)[0]
        reading = _reading(match, after)
        if reading is None:
            continue
        unit = _UNIT.search(" ".join([match["of"] or "", *after.split()[:6]]))
        of = bool(match["of"])
        count, base = (_whole(match["count"]), _whole(match["base"])) if of else (None, None)
        yield Quantity(
            text[first:last], first, last, sentence, start, reading, reading.kind, unit[0].lower() if unit else "",
            " ".join(after.split()[:8]), count, base, match["printed"], spans, ages,
        )  # fmt: skip


def _reading(found: re.Match[str], after: str) -> Reading | None:
    """What the words mean; None for number words that count nothing ('one reason') and for words that will not read."""
    try:
        if found["of"]:
            count, base = _whole(found["count"]), _whole(found["base"])
            return Reading("share", Fraction(count, base), Fraction(count, base)) if count <= base and base else None
        if found["change"]:
            return read_change(found[0])
        reading = read_words(found[0])
    except (UsageMistake, ValueError, ZeroDivisionError):
        return None
    return None if _is_idle(found[0].casefold(), after) else reading


def _is_idle(words: str, after: str) -> bool:
    if words == "half":
        return not re.match(r" (?:of|the|those|a|said|were|had|all)\b", after)
    if re.search(r"\d|%|cent|[ -](?:in|out)\b", words) or re.search(rf"(?:{PART_WORDS})s?$", words):
        return False
    if words in ("none", "not a single one", "no cases"):
        return False
    return words == "one" or not _UNIT.search(" ".join(after.split()[:4]))


def _whole(words: str) -> int:
    value = number(words.casefold().replace("-", " "))
    if value is None or value.denominator != 1:
        raise ValueError(f"'{words}' is not a whole number")
    return int(value)
