"""Whether the words of a claim and a figure can be the same number, and in which way they are not."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

from stats.claims.wording import Reading, read_words
from stats.errors import UsageMistake

Agreement = Literal["both", "default only", "strict only", "bound", "far bound", "none"]

NEAR_BOUND, FAR_BOUND = 2, 5
"""A bound is fair while the figure is under twice it, and says next to nothing from five times on."""

LOST = (10, 100)
"""Factors that a lost or added digit makes."""

THOUSANDS = 1000
"""The factor that a table in thousands makes."""

ABOUT = re.compile(r"(?:about|around|roughly|approximately|some) ", re.IGNORECASE)
NEAR = Fraction(2, 100)
"""'About 135,000' is not wrong of 135,628, though it is nearer to 136,000: this much of the figure is about it."""

ROUNDED = Fraction(5, 100)
"""How far rounding may take a count from its figure."""

CLOSE = Fraction(12, 100)
"""How near to a factor of ten a figure must be, to be offered as what was meant."""


def readings(words: str) -> tuple[Reading, Reading] | None:
    """Return the default and the strict reading of words, or None if they name no number."""
    try:
        return read_words(words, "default"), read_words(words, "strict")
    except UsageMistake:
        return None


def overlap(a: Reading, b: Reading) -> bool:
    """Whether two readings have more than a touching end in common."""
    if a.low == a.high:
        return b.holds(a.low)
    if b.low == b.high:
        return a.holds(b.low)
    low = max(a.low, b.low)
    ends = [end for end in (a.high, b.high) if end is not None]
    return not ends or low < min(ends)


def agreement(words: str, figure: Reading) -> Agreement:
    """Return how the words of a claim and a figure agree.

    'both' readings hold the figure, the 'default only' or the 'strict only'; a 'bound' is kept by a figure beyond the
    round number that it hints at, a 'far bound' by one several times as large; 'none' is a disagreement.
    """
    found = readings(words)
    if found is None or (found[0].kind == "count") != (figure.kind == "count"):
        return "none"
    default, strict = (overlap(reading, figure) for reading in found)
    if not default and ABOUT.match(words) and distance(words, figure) <= NEAR:
        return "both"
    if strict and found[1].is_bound and found[1].kind == "count" and found[1].high is None and found[1].low:
        times = figure.low / found[1].low
        return "bound" if times < NEAR_BOUND else "far bound" if times < FAR_BOUND else "none"
    if default and strict:
        return "both"
    if not default and _rounds_to(found[1], figure):
        return "default only"
    return "default only" if default else "strict only" if strict else "none"


def _rounds_to(claimed: Reading, figure: Reading) -> bool:
    """Whether a round count is a figure rounded: 12,000 for 11,870. The strict reading refuses it."""
    low = claimed.low
    if claimed.kind != "count" or low != claimed.high or figure.low != figure.high or not figure.low or low % 10:
        return False
    grain = 10
    while low % (grain * 10) == 0 and low > grain * 10:
        grain *= 10
    return abs(low - figure.low) * 2 <= grain and abs(low / figure.low - 1) <= ROUNDED


def distance(words: str, figure: Reading) -> Fraction:
    """Return how far the middle of the words lies from the middle of a figure, as a part of the figure."""
    found = readings(words)
    if found is None:
        return Fraction(1)
    middles = [(r.low + (r.high if r.high is not None else r.low)) / 2 for r in (found[0], figure)]
    return abs(middles[0] - middles[1]) / middles[1] if middles[1] else abs(middles[0])


def is_exact(words: str) -> bool:
    """Whether words print a number as if it were exact: '75%', '112', but not 'three-quarters' or 'over 60%'."""
    return bool(re.fullmatch(r"(?:just |only )?\d[\d,]*(?:\.\d+)? ?(?:%|per cent)?", words.casefold()))


def slip(words: str, figure: Reading) -> str:
    """Return which slip would turn a figure into the words, or nothing: a digit lost, digits changed over, thousands.

    Parameters
    ----------
    words : str
    figure : Reading
        The figure of the claim's own measure, which the words do not fit.
    """
    found = readings(words)
    if found is None or not found[0].low or not figure.low or found[0].kind != figure.kind:
        return ""
    times = figure.low / found[0].low
    if _near(times, THOUSANDS) or _near(1 / times, THOUSANDS):
        return "thousands read as units"
    for factor in LOST:
        if _near(times, factor):
            return "a digit lost" if factor == LOST[0] else "two digits lost"
        if _near(1 / times, factor):
            return "a digit too many" if factor == LOST[0] else "two digits too many"
    return "digits changed over" if _changed_over(found[0], figure) else ""


def _near(times: Fraction, factor: int) -> bool:
    return abs(times / factor - 1) <= CLOSE


def _changed_over(claimed: Reading, figure: Reading) -> bool:
    """Whether two whole numbers differ only in two neighbouring digits that stand in each other's place."""
    if claimed.kind != "count" or claimed.low.denominator != 1 or figure.low != figure.high:
        return False
    a, b = str(claimed.low), str(figure.low)
    apart = [at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    return len(a) == len(b) > 2 and len(apart) == 2 and apart[1] == apart[0] + 1 and sorted(a) == sorted(b)
