"""One quantity of a text: where it stands, what it can mean, what it counts, and what stands beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import get_args

from stats.claims.grim import Rounding, unrounded
from stats.claims.spans import Span, Spans
from stats.claims.wording import Reading

_POINT = Fraction(1, 100)


@dataclass(frozen=True)
class Quantity:
    """One quantity of a text; `text[start:end] == quote`.

    Parameters
    ----------
    quote, sentence : str
    start, end, sentence_start : int
    reading, strict : Reading
        What the words can mean under the two conventions.
    kind : str
        That of `reading`.
    unit : str
        The word counted; 'per 1,000' or 'per day' for a rate.
    is_of : str
        The words after it.
    count, base : int, optional
        Of 'a of b', and of a share or a count whose base the sentence gives: '5% of 118,411', 'of the 19, 14 were'.
    base_is_printed : bool
        Whether the sentence gives the base elsewhere than in the quote.
    is_base : bool
        Whether it is itself the base of another quantity of its sentence.
    printed : str, optional
        The share as printed in 'a of b (c%)'.
    spans, ages : tuple
        What the sentence's times may mean, and the ages that it names.
    span : tuple of Span, optional
        The time that is this quantity's own; None where nothing is said or it cannot be known.
    span_words, age : str
        The words of that time, also where it cannot be known, and of its own age group.
    role : str
        'from' for an earlier value ('up from 99,106'), 'to' for what it came to, else empty.
    before : int, optional
        Where the quantity starts that is the earlier value of this one, or that this change starts from.
    beside : int, optional
        Where the quantity starts that states the same ('60% (26 of 43)').
    beside_reading : Reading, optional
        What the words beside it allow, in this quantity's terms; None where they cannot be turned into them.
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
    strict: Reading
    count: int | None = None
    base: int | None = None
    printed: str | None = None
    spans: tuple[tuple[Span, ...] | None, ...] = ()
    ages: tuple[str, ...] = ()
    span: Spans = None
    span_words: str = ""
    age: str = ""
    base_is_printed: bool = False
    is_base: bool = False
    role: str = ""
    before: int | None = None
    beside: int | None = None
    beside_reading: Reading | None = None

    def roundings(self) -> tuple[str, ...]:
        """The ways of rounding under which the count over the base gives the printed share; empty if it never does."""
        if self.printed is None or self.count is None or not self.base:
            return ()
        share, ways = Fraction(self.count, self.base), get_args(Rounding)
        return tuple(way for way in ways if unrounded(self.printed, rounding=way, percent=True).holds(share))

    @property
    def clashes(self) -> bool:
        """Whether two statements of the same quantity cannot both be true: '60% (14 of 43)', '24 of 29 (84%)'."""
        if self.printed is not None and not self.roundings():
            return True
        beside = self.beside_reading
        if beside is None or self.reading.meets(beside) or self.strict.meets(beside):
            return False
        return not (self._is_cut_off(beside) or _nearly_meet(self.reading, beside))

    def _is_cut_off(self, beside: Reading) -> bool:
        """Whether a percentage was cut off and not rounded: 66% of 2 of 3."""
        digits = re.match(r"(\d+(?:\.\d+)?)(?: ?%| ?per ?cent)$", self.quote)
        return digits is not None and unrounded(digits[1], rounding="truncated", percent=True).meets(beside)


def _nearly_meet(one: Reading, other: Reading) -> bool:
    """Whether two shares lie within a point of each other, one of them at least being a range of words."""
    if one.kind != "share" or other.kind != "share" or one.high is None or other.high is None:
        return False
    is_worded = max(one.high - one.low, other.high - other.low) > _POINT or other.low != other.high
    return is_worded and max(one.low, other.low) - min(one.high, other.high) <= _POINT and one.low != one.high
