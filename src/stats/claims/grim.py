"""Can a printed mean or percentage come from whole numbers? By enumeration on the printed digits, never on floats."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from stats.claims.feasible import whole
from stats.claims.wording import Reading
from stats.errors import UsageMistake

_DECIMAL = r"[-+\N{MINUS SIGN}]?(?:\d+(?:\.(\d*))?|\.(\d+))"

Rounding = Literal["half either way", "half up", "half down", "half even", "truncated"]
"""How a number was rounded before it was printed; up is away from zero, as on paper."""


def unrounded(text: str, *, rounding: Rounding = "half either way", percent: bool = False) -> Reading:
    """Return what a printed number may have been before it was rounded.

    Parameters
    ----------
    text : str
        As printed, with all its decimals: '65.0' is finer than '65'.
    rounding : {"half either way", "half up", "half down", "half even", "truncated"}
    percent : bool
        Whether the text is a percentage; the reading is then out of 1.

    Raises
    ------
    UsageMistake
        If the text is no decimal number, or the rounding none of these.
    """
    if rounding not in get_args(Rounding):
        raise UsageMistake(f"'{rounding}' is no way to round.", [], f"Use one of {', '.join(get_args(Rounding))}.")
    point, unit = _printed(text)
    below, above = (0, 1) if rounding == "truncated" else (Fraction(1, 2), Fraction(1, 2))
    size = abs(point) / (100 if percent else 1)
    step = unit / (100 if percent else 1)
    is_even = (abs(point) / unit) % 2 == 0
    near_in = rounding in ("half either way", "half up", "truncated") or (rounding == "half even" and is_even)
    far_in = rounding in ("half either way", "half down") or (rounding == "half even" and is_even)
    far = size + above * step
    if point == 0:
        return Reading("mean", -far, far, far_in, far_in)
    near = size - below * step
    return Reading("mean", near, far, near_in, far_in) if point > 0 else Reading("mean", -far, -near, far_in, near_in)


def grim(x: str, n: int, *, percent: bool = False, items: int = 1, rounding: Rounding = "half either way") -> bool:
    """Return whether a printed mean or percentage can come from whole numbers (GRIM, Brown and Heathers 2017).

    Parameters
    ----------
    x : str
        As printed, with all its decimals.
    n : int
        The base, above zero.
    percent : bool
        Whether x is a percentage.
    items : int
        Of how many whole-number answers each person's score is the mean.
    rounding : {"half either way", "half up", "half down", "half even", "truncated"}

    Raises
    ------
    UsageMistake
        If x is no decimal number as text.
    ValueError
        If n is not above zero.

    Examples
    --------
    No whole number of 122 people is 65.0%:

    >>> grim("65", 122, percent=True), grim("65.0", 122, percent=True)
    (True, False)
    """
    return len(whole(unrounded(x, rounding=rounding, percent=percent), n * items)) > 0


def counts_for_percent(percent: str, n: int, *, rounding: Rounding = "half either way") -> tuple[int, ...]:
    """Return every whole count of `n` whose percentage is printed so; empty if there is none.

    Parameters
    ----------
    percent : str
        As printed, without its sign: '65' or '65.0'.
    n : int
        The base, above zero.
    rounding : {"half either way", "half up", "half down", "half even", "truncated"}

    Examples
    --------
    >>> counts_for_percent("65", 122), counts_for_percent("65.0", 122)
    ((79,), ())
    >>> counts_for_percent("50", 200, rounding="half up")
    (99, 100)
    """
    counts = whole(unrounded(percent, rounding=rounding, percent=True), n)
    return tuple(range(max(counts.start, 0), min(counts.stop, n + 1)))


@dataclass(frozen=True)
class Bases:
    """The bases on which some whole count has a printed percentage, and those on which none has."""

    possible: tuple[int, ...]
    impossible: tuple[int, ...]


def bases_for_percent(percent: str, n_max: int, *, n_min: int = 1, rounding: Rounding = "half either way") -> Bases:
    """Return on which bases a printed percentage is possible.

    Parameters
    ----------
    percent : str
        As printed, without its sign.
    n_max, n_min : int
        The last and the first base to try.
    rounding : {"half either way", "half up", "half down", "half even", "truncated"}

    Examples
    --------
    One in a hundred cannot be printed of fewer than 67:

    >>> found = bases_for_percent("1", 200)
    >>> found.possible[0], found.impossible[-1]
    (67, 66)
    """
    reading = unrounded(percent, rounding=rounding, percent=True)
    bases = range(max(n_min, 1), n_max + 1)
    fits = [any(0 <= count <= n for count in whole(reading, n)) for n in bases]
    return Bases(
        tuple(n for n, does in zip(bases, fits, strict=True) if does),
        tuple(n for n, does in zip(bases, fits, strict=True) if not does),
    )


def _printed(text: str) -> tuple[Fraction, Fraction]:
    """The number and the unit of its last digit."""
    found = re.fullmatch(_DECIMAL, text.strip()) if isinstance(text, str) else None
    if not found:
        raise UsageMistake(
            f"{text!r} is not a printed number.", [], "Give its digits as text, with all its decimals: '65.0'."
        )
    places = len(found[1] or found[2] or "")
    return Fraction(text.strip().replace("\N{MINUS SIGN}", "-").rstrip(".")), Fraction(1, 10**places)
