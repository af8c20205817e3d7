"""Read a worded quantity ('just over half', '65%', 'more than 140') as a range with open or closed ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from stats.errors import UsageMistake

Convention = Literal["default", "strict"]

_FRACTIONS = {
    "half": Fraction(1, 2), "a half": Fraction(1, 2),
    "a third": Fraction(1, 3), "one third": Fraction(1, 3), "two thirds": Fraction(2, 3),
    "a quarter": Fraction(1, 4), "one quarter": Fraction(1, 4), "three quarters": Fraction(3, 4),
    "a fifth": Fraction(1, 5), "one fifth": Fraction(1, 5), "two fifths": Fraction(2, 5),
    "three fifths": Fraction(3, 5), "four fifths": Fraction(4, 5), "a tenth": Fraction(1, 10),
}  # fmt: skip
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_SIMPLE = sorted({Fraction(a, b) for b in (2, 3, 4, 5, 6, 10) for a in range(b + 1)} | {Fraction(2, 9)})
"""The fractions people name; a fraction word means 'nearer to this than to the next of them'."""

_JUST_OVER = {"default": Fraction(5, 100), "strict": Fraction(25, 1000)}
_ALMOST = {"default": Fraction(5, 100), "strict": Fraction(3, 100)}
_POINT = Fraction(1, 100)


@dataclass(frozen=True)
class Reading:
    """What a phrase can mean: `kind` is 'share' (0 to 1), 'count' or 'mean'; `high` None means no upper end.

    `is_bound` marks phrases such as 'over 60%' that give one end only, and are never a point.
    """

    kind: Literal["share", "count", "mean"]
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
    text = re.sub(
        r"\s+|(?<=\w)[-\u2010\u2011\u2013](?=[a-z])", " ", words.casefold().replace("per cent", "%").replace(" %", "%")
    ).strip()
    for lead, read in _LEADS:
        found = re.fullmatch(rf"(?:{lead}) (.+)", text)
        if found:
            return read(found[1], convention)
    return _plain(text, convention)


def _plain(text: str, convention: Convention) -> Reading:
    if text in ("none", "not a single one", "no one", "zero"):
        return Reading("count", Fraction(0), Fraction(0))
    if text == "most":
        return Reading("share", Fraction(1, 2), Fraction(1), low_is_in=False, is_bound=True)
    if text == "all":
        return Reading("share", Fraction(1), Fraction(1))
    kind, point, precision = _point(text)
    if kind == "count":
        return Reading("count", point, point)
    if precision:
        low, high = max(Fraction(0), point - precision / 2), min(Fraction(1), point + precision / 2)
        return Reading("share", low, high, high_is_in=convention == "default" or high == 1)
    return _named_fraction(text, point, convention)


def _named_fraction(text: str, point: Fraction, convention: Convention) -> Reading:
    if " in " in text:
        if convention == "default":
            return Reading("share", point - _POINT / 2, point + _POINT / 2)
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
    if point.denominator == 3:
        step = (
            point - (Fraction(60, 100) if convention == "default" else Fraction(64, 100))
            if point > Fraction(1, 2)
            else step
        )
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
        half = Fraction(_next_round(point), 2)
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
    ("at least|no fewer than", _at_least),
    ("up to|at most|no more than", _up_to),
    ("just over|slightly more than|slightly over|a little over", _just_over),
    ("almost|nearly|just under", _almost),
    ("more than|over|above|upwards of", _more_than),
    ("less than|fewer than|under|below", _less_than),
)


def _point(text: str) -> tuple[Literal["share", "count"], Fraction, Fraction | None]:
    """Return kind, value and printed precision (shares printed as a percentage only)."""
    text = re.sub(r"^(just|only) ", "", text)
    if text in _FRACTIONS:
        return "share", _FRACTIONS[text], None
    found = re.fullmatch(r"(\d+)(?:\.(\d+))?%", text)
    if found:
        places = len(found[2] or "")
        return "share", Fraction(text[:-1]) / 100, Fraction(1, 100 * 10**places)
    found = re.fullmatch(r"(\w+) in (\w+)", text)
    if found and (top := _whole(found[1])) and (base := _whole(found[2])):
        return "share", Fraction(top, base), None
    whole = _whole(text)
    if whole is not None:
        return "count", Fraction(whole), None
    raise UsageMistake(
        f"'{text}' names no number that can be read.",
        [("given", text)],
        "Vague words ('many', 'often') are never turned into a number; list the claim as vague.",
    )


def _whole(text: str) -> int | None:
    plain = text.replace(",", "").replace(" ", "")
    return _NUMBERS.get(text) if text in _NUMBERS else int(plain) if plain.isdecimal() else None


def _next_round(point: Fraction) -> int:
    """How far to the next round number of the same grain: 10 for 140, 100 for 1,200, 1,000 for 5,000."""
    step = 1
    while point and point % (step * 10) == 0 and step * 10 < point:
        step *= 10
    return step
