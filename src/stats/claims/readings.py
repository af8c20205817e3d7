"""What a phrase can mean: a range with open or closed ends, and the point that its words name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from stats.claims.numerals import fraction, number
from stats.errors import UsageMistake

Convention = Literal["default", "strict"]
Kind = Literal["share", "count", "mean", "ratio", "change", "points", "difference", "rate"]

_SIMPLE = sorted({Fraction(a, b) for b in (2, 3, 4, 5, 6, 10) for a in range(b + 1)} | {Fraction(2, 9)})
"""The fractions people name; a fraction word means 'nearer to this than to the next of them'."""

_POINT = Fraction(1, 100)
_LONGEST = 200


@dataclass(frozen=True)
class Reading:
    """What a phrase can mean; `high` None means no upper end.

    `kind` is 'share' (0 to 1), 'count', 'mean', 'ratio' (a percentage above 100), 'change' (0.05 is a rise of 5%, -0.5
    a halving), 'points' (0.05 is five percentage points), 'difference' (so many more or, below nought, fewer) or 'rate'
    (so many per 1,000 people or per day, as printed: never a count).

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

    def meets(self, other: Reading) -> bool:
        """Whether some value lies in both ranges."""
        return not self._lies_below(other) and not other._lies_below(self)

    def _lies_below(self, other: Reading) -> bool:
        if self.high is None or self.high > other.low:
            return False
        return self.high < other.low or not (self.high_is_in and other.low_is_in)


_NONE = ("none", "not one", "not a single one", "no one", "nobody", "zero", "no cases")
_LOOSE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "tens of thousands": 20_000,
          "hundreds of thousands": 200_000, "millions": 2_000_000}  # fmt: skip
"""At least two of them, with no upper end: a bound and never a point."""
_MOST = Reading("share", Fraction(1, 2), Fraction(1), low_is_in=False, is_bound=True)
_FEW = Reading("share", Fraction(0), Fraction(1, 2), high_is_in=False, is_bound=True)
_FIXED = {
    **{words: Reading("count", Fraction(0), Fraction(0)) for words in _NONE},
    **{words: Reading("count", Fraction(least), None, is_bound=True) for words, least in _LOOSE.items()},
    **dict.fromkeys(("most", "the majority", "a majority", "majority"), _MOST),
    **dict.fromkeys(("few", "the minority", "a minority", "minority"), _FEW),
    **dict.fromkeys(("all", "every"), Reading("share", Fraction(1), Fraction(1))),
    **dict.fromkeys(("not all", "not every"), Reading("share", Fraction(0), Fraction(1), True, False, is_bound=True)),
}


def plain_reading(text: str, convention: Convention) -> Reading:
    """Return what a phrase means that has no 'just over', 'almost' or the like before it."""
    if text in _FIXED:
        return _FIXED[text]
    kind, point, precision = point_of(text)
    if kind == "count" or " of " in text:
        return Reading(kind, point, point)
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


def point_of(text: str) -> tuple[Literal["share", "count", "ratio"], Fraction, Fraction | None]:
    """Return the kind, the value and the printed precision (of a percentage only) that a phrase names.

    Raises
    ------
    UsageMistake
        If it names none.
    """
    if len(text) > _LONGEST:
        raise no_number(text[:_LONGEST])
    text = re.sub(r"^(?:just|only) ", "", text)
    part = fraction(text.removeprefix("a ") if text == "a half" else text)
    if part is not None:
        return "share", part, None
    percent = _percentage(text)
    if percent is not None:
        share, precision = percent
        return "share" if share <= 1 else "ratio", share, precision
    top, _, base = text.replace(" of ", " in ").partition(" in ")
    of, out_of = number(top), number(base)
    if of is not None and out_of and of <= out_of and (of or " of " in text):
        return "share", of / out_of, None
    count = number(text)
    if count is None:
        raise no_number(text)
    return "count", count, None


def _percentage(text: str) -> tuple[Fraction, Fraction] | None:
    found = re.fullmatch(r"([\d,]+(?:\.(\d+))?|[a-z ]+)%", text)
    value = number(found[1]) if found else None
    if not found or value is None:
        return None
    return value / 100, Fraction(1, 100 * 10 ** len(found[2] or ""))


def no_number(text: str) -> UsageMistake:
    """Return the refusal of words that name no number."""
    return UsageMistake(
        f"'{text}' names no number that can be read.",
        [("given", text)],
        "Vague words ('many', 'often') are never turned into a number; list the claim as vague.",
    )


def next_round(point: Fraction) -> int:
    """How far to the next round number of the same grain: 10 for 140, 100 for 1,200, 1,000 for 5,000."""
    step = 1
    while point and point % (step * 10) == 0 and step * 10 < point:
        step *= 10
    return step
