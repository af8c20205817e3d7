"""Read a worded quantity ('just over half', '65%', 'more than 140') as a range with open or closed ends."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from stats.claims.readings import (
    Convention,
    Kind,
    Reading,
    next_round,
    no_number,
    plain_reading,
    point_of,
)

__all__ = ["LEAD_WORDS", "Convention", "Kind", "Reading", "read_words"]

_JUST_OVER = {"default": Fraction(5, 100), "strict": Fraction(25, 1000)}
_ALMOST = {"default": Fraction(5, 100), "strict": Fraction(3, 100)}
_RANGE = re.compile(
    r"(?:between|from) (?P<a>.{1,60}?) (?:and|to) (?P<b>.{1,60})"
    r"|(?P<c>[\d.,]+%?) ?(?:-|\u2013|to) ?(?P<d>[\d.,]+(?: \w+)?%?)"
)
_ONE_WHO = re.compile(r"^(\w[\w ]{0,30}?) (?:wom[ae]n|m[ae]n|person|people|adults?|victims?|cases?|girls?|boys?) in ")
_GLYPHS = {"\u00bd": "half", "\u00bc": "a quarter", "\u00be": "three quarters", "\u2153": "a third",
           "\u2154": "two thirds"}  # fmt: skip
_SIGNS = {"~": "about ", ">": "more than ", "<": "less than ", "\u2265": "at least ", "\u2264": "up to "}


@lru_cache(maxsize=4096)
def read_words(words: str, convention: Convention = "default") -> Reading:
    """Return what a phrase can mean under a convention.

    Parameters
    ----------
    words : str
        A count, a percentage, a fraction in words, 'one in five' or '14 of 19', with or without 'just over', 'almost',
        'more than', 'over', 'less than' before it or 'or more' after it.
    convention : {"default", "strict"}
        Two readings of the same phrase; publish both where they differ.

    Raises
    ------
    UsageMistake
        If the phrase names no number ('many', 'often').
    """
    text = _tidy(words)
    span = _RANGE.fullmatch(text)
    if span:
        return _between(span, convention)
    for pattern, read in _READERS:
        found = pattern.fullmatch(text)
        if found:
            return read(found[1], convention)
    return plain_reading(text, convention)


def _tidy(words: str) -> str:
    text = words.casefold().strip()
    for sign, word in (*_GLYPHS.items(), *_SIGNS.items()):
        text = text.replace(sign, word)
    text = re.sub(r" ?(?:per ?cent|pct|(?<=\d)pc)\b(?! ?age)| (?=%)", "%", text).replace("%%", "%")
    text = re.sub(r"(?<=[ -]in)-(?=\d)|(?<=\d)[\u00a0\u2009\u202f](?=\d{3}\b)", " ", text)
    text = re.sub(r"\s+|(?<=\w)[-\u2010\u2011\u2013](?=[a-z])", " ", text).strip()
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", "", text)
    text = re.sub(r" (?:out of every|out of|in every|in each) (?:the |all )?", " in ", text)
    text = _ONE_WHO.sub(r"\1 in ", text)
    return re.sub(r" of (?:these|those|them|the)$", "", text)


def _between(span: re.Match[str], convention: Convention) -> Reading:
    """Both ends of a printed range, each taken in; a sign on the second number belongs to both."""
    first, last = (span["a"], span["b"]) if span["a"] else (span["c"], span["d"])
    low, high = (point_of(_signed(part, last)) for part in (first, last))
    if low[0] != high[0] or low[1] > high[1]:
        raise no_number(span[0])
    return Reading(low[0], low[1], high[1])


def _signed(part: str, last: str) -> str:
    scale = re.search(r"%$| (?:thousand|million|billion)$", last)
    return part + scale[0] if scale and re.fullmatch(r"[\d.,]+", part) else part


def _just_over(text: str, convention: Convention) -> Reading:
    kind, point, _ = point_of(text)
    if kind == "count" or point == 1:
        return _more_than(text, convention)
    top = point + _JUST_OVER[convention]
    return Reading(kind, point, min(Fraction(1), top) if kind == "share" else top, low_is_in=False)


def _almost(text: str, convention: Convention) -> Reading:
    kind, point, _ = point_of(text)
    if kind == "count":
        return Reading("count", max(Fraction(0), point - next_round(point)), point, low_is_in=False, high_is_in=False)
    step = _ALMOST[convention]
    if point.denominator == 3 and point > Fraction(1, 2):
        step = point - (Fraction(60, 100) if convention == "default" else Fraction(64, 100))
    return Reading("share" if kind == "share" else "ratio", max(Fraction(0), point - step), point, high_is_in=False)


def _more_than(text: str, convention: Convention) -> Reading:
    kind, point, _ = point_of(text)
    if kind == "share" and point < 1:
        return Reading("share", point, Fraction(1), low_is_in=False, is_bound=True)
    if kind != "count":
        return Reading("ratio", point, None, low_is_in=False, is_bound=True)
    high = point + next_round(point) if convention == "default" else None
    return Reading("count", point, high, low_is_in=False, high_is_in=False, is_bound=True)


def _less_than(text: str, convention: Convention) -> Reading:
    kind, point, _ = point_of(text)
    return Reading(kind, Fraction(0), point, high_is_in=False, is_bound=True)


def _about(text: str, convention: Convention) -> Reading:
    kind, point, _ = point_of(text)
    if kind == "count":
        half = Fraction(next_round(point)) / 2
        return Reading("count", max(Fraction(0), point - half), point + half)
    percent = point * 100
    half = Fraction(5, 100) / (1 if percent % 10 == 0 else 2 if percent % 5 == 0 else 10)
    low, high = plain_reading(text, convention).ends
    top = point + half if kind == "ratio" else min(Fraction(1), point + half)
    return Reading(kind, min(low, max(Fraction(0), point - half)), max(high, top))


def _at_least(text: str, convention: Convention) -> Reading:
    kind, point, _ = point_of(text)
    return Reading(kind, point, Fraction(1) if kind == "share" else None, is_bound=True)


def _up_to(text: str, convention: Convention) -> Reading:
    kind, point, _ = point_of(text)
    return Reading(kind, Fraction(0), point, is_bound=True)


_LEADS = (
    (
        "about|around|roughly|approximately|approx\\.?|circa|some|(?:an )?estimated|in the (?:region|order) of",
        _about,
    ),
    ("at least|(?:no|not) less than|(?:no|not) fewer than|a minimum of", _at_least),
    ("up to|as many as|at most|(?:no|not) more than|a maximum of", _up_to),
    ("(?:just|slightly|a little|a bit|marginally) (?:over|above|more than)", _just_over),
    (
        "almost|nearly|close to|not quite|approaching|getting on for|virtually|just short of"
        "|(?:just|slightly|a little|a bit|marginally) (?:under|below|less than|fewer than)",
        _almost,
    ),
    ("(?:well )?(?:more than|over|above)|upwards of|(?:well )?in excess of|greater than", _more_than),
    ("(?:well )?(?:less than|fewer than|under|below)", _less_than),
)
_READERS = (
    *((re.compile(rf"(?:{lead}) (.+)"), read) for lead, read in _LEADS),
    (re.compile(r"(.{1,80}?)(?:\+| (?:or|and) (?:more|over|above|higher))"), _at_least),
    (re.compile(r"(.{1,80}?) or (?:fewer|less|under|lower)"), _up_to),
)
LEAD_WORDS = "|".join(lead for lead, _ in _LEADS)
"""The words before a number that make a range of it, as a pattern."""
