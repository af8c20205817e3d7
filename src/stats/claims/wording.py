"""Read a worded quantity ('just over half', '65%', 'more than 140') as a range with open or closed ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from stats.claims.numerals import fraction, number
from stats.errors import UsageMistake

Convention = Literal["default", "strict"]
Kind = Literal["share", "count", "mean", "ratio", "change", "points"]

_SIMPLE = sorted({Fraction(a, b) for b in (2, 3, 4, 5, 6, 10) for a in range(b + 1)} | {Fraction(2, 9)})
"""The fractions people name; a fraction word means 'nearer to this than to the next of them'."""

_JUST_OVER = {"default": Fraction(5, 100), "strict": Fraction(25, 1000)}
_ALMOST = {"default": Fraction(5, 100), "strict": Fraction(3, 100)}
_POINT = Fraction(1, 100)
_RANGE = re.compile(
    r"(?:between|from) (?P<a>.+?) (?:and|to) (?P<b>.+)|(?P<c>[\d.,]+%?) ?(?:-|\u2013|to) ?(?P<d>[\d.,]+(?: \w+)?%?)"
)


@dataclass(frozen=True)
class Reading:
    """What a phrase can mean; `high` None means no upper end.

    `kind` is 'share' (0 to 1), 'count', 'mean', 'ratio' (a percentage above 100), 'change' (0.05 is a rise of 5%, -0.5
    a halving) or 'points' (0.05 is five percentage points).

    `is_bound` marks phrases such as 'over 60%' that give one end only, and are never a point.
    """

    kind: Kind
    low: Fraction
    high: Fraction | None
    low_is_in: bool = True
    high_is_in: bool = True
    is_bound: bool = False

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Both ends, of a reading that has two."""
        assert self.high is not None
        return self.low, self.high

    def holds(self, value: Fraction) -> bool:
        """Whether a value lies in the range."""
        above = value > self.low or (self.low_is_in and value == self.low)
        below = self.high is None or value < self.high or (self.high_is_in and value == self.high)
        return above and below


_NONE = ("none", "not one", "not a single one", "no one", "nobody", "zero", "no cases")
_LOOSE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "tens of thousands": 20_000}
"""At least two of them, with no upper end: a bound and never a point."""
_FIXED = {
    **{words: Reading("count", Fraction(0), Fraction(0)) for words in _NONE},
    **{words: Reading("count", Fraction(least), None, is_bound=True) for words, least in _LOOSE.items()},
    "most": Reading("share", Fraction(1, 2), Fraction(1), low_is_in=False, is_bound=True),
    "all": Reading("share", Fraction(1), Fraction(1)),
}


@lru_cache(maxsize=4096)
def read_words(words: str, convention: Convention = "default") -> Reading:
    """Return what a phrase can mean under a convention.

    Parameters
    ----------
    words : str
        A count, a percentage, a fraction in words or 'one in five', with or without 'just over', 'almost',
        'more than', 'over', 'less than'.
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
    for lead, read in _LEADS:
        found = re.fullmatch(rf"(?:{lead}) (.+)", text)
        if found:
            return read(found[1], convention)
    return _plain(text, convention)


def _tidy(words: str) -> str:
    text = re.sub(r" ?(?:per ?cent)\b(?! ?age)| (?=%)", "%", words.casefold().strip()).replace("%%", "%")
    text = re.sub(r"\s+|(?<=\w)[-\u2010\u2011\u2013](?=[a-z])", " ", text).strip()
    text = re.sub(r" (?:out of|in every|in each|out of every) ", " in ", text)
    return re.sub(r" of (?:these|those|them|the)$", "", text)


def _between(span: re.Match[str], convention: Convention) -> Reading:
    """Both ends of a printed range, each taken in; a sign on the second number belongs to both."""
    first, last = (span["a"], span["b"]) if span["a"] else (span["c"], span["d"])
    low, high = (_point(_signed(part, last)) for part in (first, last))
    if low[0] != high[0] or low[1] > high[1]:
        raise _no_number(span[0])
    return Reading(low[0], low[1], high[1])


def _signed(part: str, last: str) -> str:
    scale = re.search(r"%$| (?:thousand|million|billion)$", last)
    return part + scale[0] if scale and re.fullmatch(r"[\d.,]+", part) else part


def _plain(text: str, convention: Convention) -> Reading:
    if text in _FIXED:
        return _FIXED[text]
    kind, point, precision = _point(text)
    if kind == "count":
        return Reading("count", point, point)
    if kind == "ratio":
        half = (precision or Fraction(0)) / 2
        return Reading("ratio", point - half, point + half, high_is_in=convention == "default")
    if precision:
        low, high = max(Fraction(0), point - precision / 2), min(Fraction(1), point + precision / 2)
        return Reading("share", low, high, high_is_in=convention == "default" or high == 1)
    return _named_fraction(text, point, convention)


def _named_fraction(text: str, point: Fraction, convention: Convention) -> Reading:
    if " in " in text:
        if convention == "default":
            half = min(_POINT, point, 1 - point) / 2
            return Reading("share", point - half, point + half)
        return Reading("share", *_midpoints(point))
    if convention == "default":
        return Reading("share", *_midpoints(point, among=[f for f in _SIMPLE if f.denominator in (1, 2, 3, 4, 5, 10)]))
    whole = point // _POINT
    exact = point == whole * _POINT
    top = whole if exact else whole + 1
    return Reading("share", (whole - Fraction(1, 2)) * _POINT, (top + Fraction(1, 2)) * _POINT, high_is_in=False)


def _midpoints(point: Fraction, among: list[Fraction] = _SIMPLE) -> tuple[Fraction, Fraction]:
    below = max((f for f in among if f < point), default=Fraction(0))
    above = min((f for f in among if f > point), default=Fraction(1))
    return (below + point) / 2, (point + above) / 2


def _just_over(text: str, convention: Convention) -> Reading:
    kind, point, _ = _point(text)
    if kind == "count":
        return _more_than(text, convention)
    return Reading("share", point, min(Fraction(1), point + _JUST_OVER[convention]), low_is_in=False)


def _almost(text: str, convention: Convention) -> Reading:
    kind, point, _ = _point(text)
    if kind == "count":
        return Reading("count", point - _next_round(point), point, low_is_in=False, high_is_in=False)
    step = _ALMOST[convention]
    if point.denominator == 3 and point > Fraction(1, 2):
        step = point - (Fraction(60, 100) if convention == "default" else Fraction(64, 100))
    return Reading("share", max(Fraction(0), point - step), point, high_is_in=False)


def _more_than(text: str, convention: Convention) -> Reading:
    kind, point, _ = _point(text)
    if kind == "share":
        return Reading("share", point, Fraction(1), low_is_in=False, is_bound=True)
    high = point + _next_round(point) if convention == "default" else None
    return Reading("count", point, high, low_is_in=False, high_is_in=False, is_bound=True)


def _less_than(text: str, convention: Convention) -> Reading:
    kind, point, _ = _point(text)
    return Reading(kind, Fraction(0), point, high_is_in=False, is_bound=True)


def _about(text: str, convention: Convention) -> Reading:
    kind, point, _ = _point(text)
    if kind == "count":
        half = Fraction(_next_round(point)) / 2
        return Reading("count", point - half, point + half)
    percent = point * 100
    half = Fraction(5, 100) / (1 if percent % 10 == 0 else 2 if percent % 5 == 0 else 10)
    plain = _plain(text, convention)
    high = plain.high if plain.high is not None else Fraction(1)
    return Reading("share", min(plain.low, max(Fraction(0), point - half)), max(high, min(Fraction(1), point + half)))


def _at_least(text: str, convention: Convention) -> Reading:
    kind, point, _ = _point(text)
    return Reading(kind, point, Fraction(1) if kind == "share" else None, is_bound=True)


def _up_to(text: str, convention: Convention) -> Reading:
    kind, point, _ = _point(text)
    return Reading(kind, Fraction(0), point, is_bound=True)


_LEADS = (
    ("about|around|roughly|approximately|some", _about),
    ("at least|no less than|no fewer than", _at_least),
    ("up to|as many as|at most|no more than", _up_to),
    ("just over|slightly more than|slightly over|a little over", _just_over),
    ("almost|nearly|just under", _almost),
    ("more than|over|above|upwards of", _more_than),
    ("less than|fewer than|under|below", _less_than),
)


def _point(text: str) -> tuple[Literal["share", "count", "ratio"], Fraction, Fraction | None]:
    """Return kind, value and printed precision (shares printed as a percentage only)."""
    text = re.sub(r"^(just|only) ", "", text)
    part = fraction(text.removeprefix("a ") if text == "a half" else text)
    if part is not None:
        return "share", part, None
    found = re.fullmatch(r"([\d,]+(?:\.(\d+))?|[a-z ]+)%", text)
    value = number(found[1]) if found else None
    if found and value is not None:
        share = value / 100
        return "share" if share <= 1 else "ratio", share, Fraction(1, 100 * 10 ** len(found[2] or ""))
    top, _, base = text.partition(" in ")
    of, out_of = number(top), number(base)
    if of and out_of and of <= out_of:
        return "share", of / out_of, None
    count = number(text)
    if count is None:
        raise _no_number(text)
    return "count", count, None


def _no_number(text: str) -> UsageMistake:
    return UsageMistake(
        f"'{text}' names no number that can be read.",
        [("given", text)],
        "Vague words ('many', 'often') are never turned into a number; list the claim as vague.",
    )


def _next_round(point: Fraction) -> int:
    """How far to the next round number of the same grain: 10 for 140, 100 for 1,200, 1,000 for 5,000."""
    step = 1
    while point and point % (step * 10) == 0 and step * 10 < point:
        step *= 10
    return step
