"""Two statements of one quantity: 'almost two thirds (65%)', '60% (26 of 43)', '885 (40.6%) of the 2,181 cases'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from stats.claims.bases import based, opened, referred
from stats.claims.earlier import moved
from stats.claims.gaps import after, gap
from stats.claims.quantity import Quantity
from stats.claims.wording import Reading

_DASH = "[-\u2013\u2014]"
_SAME = (
    (r"^(?: [\w'\u2019 -]{0,70})? ?\((?:or |that is |i\.e\. |equal to )?$", r"^[^()]{0,50}\)"),
    (rf"^[^.;:()]{{0,70}} {_DASH} ?(?:or |only |just )?$", rf"^(?:[^.;()\d]{{0,60}}(?:{_DASH}|[.,)\u2026]|$))"),
    (r"^[ \w]{0,40}, (?:or )?$", "^,"),
    (r"^[ \w]{0,30},? or $", "^"),
    (r"^[^.;:()]{0,80}, (?:a|at a) (?:rate|share|proportion) of (?:just |only )?$", "^"),
)
_PARTED = tuple((re.compile(between, re.I), re.compile(behind)) for between, behind in _SAME)
"""What stands between two statements of one quantity, and what must follow the second."""
_NEAR = 90
_PERCENTAGE = re.compile(r"%|cent$|pct$|pc$", re.I)
_OF_ANOTHER = re.compile(r" of (?!the total|all)")


def joined(found: Sequence[Quantity], piece: str) -> list[Quantity]:
    """Return the quantities of a sentence with what links them; `piece` is the sentence with its furniture blanked."""
    now = list(found)
    for link in (moved, based, opened, referred, _same, _counted):
        now = link(now, piece)
    return now


def _same(found: list[Quantity], piece: str) -> list[Quantity]:
    for at in range(len(found) - 1):
        a, b = found[at], found[at + 1]
        between = gap(a, b, piece)
        if between.endswith(", ") and a.kind == b.kind and a.count is None and b.count is None:
            continue
        if _may_be_same(a, b) and _are_parted_so(between, after(b, piece)):
            found[at], found[at + 1] = _beside(*_sharing_base(a, b))
    return found


def _may_be_same(a: Quantity, b: Quantity) -> bool:
    if a.beside is not None or any(one.is_base and one.base is None for one in (a, b)):
        return False
    kinds, percentages = {a.kind, b.kind}, [bool(_PERCENTAGE.search(one.quote)) for one in (a, b)]
    return kinds == {"share", "count"} or (kinds == {"share"} and percentages in ([True, False], [False, True]))


def _are_parted_so(between: str, behind: str) -> bool:
    if _OF_ANOTHER.match(behind) or "\x1f" in between:
        return False
    return len(between) <= _NEAR and any(one.match(between) and two.match(behind) for one, two in _PARTED)


def _sharing_base(a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
    """Both with the base that the sentence prints for one of them."""
    first = next((one for one in (a, b) if one.kind == "count" and one.base_is_printed), None)
    base = first.base if first else next((one.base for one in (a, b) if one.base_is_printed), None)
    if base is None:
        return a, b
    a, b = (one if one.count is not None else replace(one, base=base, base_is_printed=True) for one in (a, b))
    return a, b


def _beside(a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
    return (
        replace(a, beside=b.start, beside_reading=_as_kind(b, a)),
        replace(b, beside=a.start, beside_reading=_as_kind(a, b)),
    )


def _as_kind(one: Quantity, like: Quantity) -> Reading | None:
    """What one quantity allows, in the terms of another that states the same; a count and a share need their base."""
    base = one.base or like.base
    if one.kind == like.kind:
        times = Fraction(1)
    elif base:
        times = Fraction(base) if like.kind == "count" else Fraction(1, base)
    else:
        return None
    low, high = one.reading.low, _cut_off(one)
    return replace(one.reading, kind=like.reading.kind, low=low * times, high=None if high is None else high * times)


def _cut_off(one: Quantity) -> Fraction | None:
    """The upper end, and for a printed percentage that of one which was cut off and not rounded."""
    low, high = one.reading.low, one.reading.high
    is_plain = high is not None and re.fullmatch(r"[\d.]+ ?(?:%|per ?cent)", one.quote, re.I)
    return high + (high - low) / 2 if high is not None and is_plain else high


def _counted(found: list[Quantity], piece: str) -> list[Quantity]:
    """'696 cases in 2019-20 and 4,087 in 2020-21': a count without a noun counts what the one before it counts."""
    last: int | None = None
    for at, one in enumerate(found):
        if one.kind != "count":
            continue
        if last is not None and not (found[last].base or one.base):
            found[last], found[at] = _counting_alike(found[last], one, gap(found[last], one, piece))
        last = at
    return found


def _counting_alike(a: Quantity, b: Quantity, between: str) -> tuple[Quantity, Quantity]:
    if b.unit and not a.unit and between in (" and ", " to ", " or ", ", "):
        return replace(a, unit=b.unit), b
    if a.unit and not b.unit and len(between) <= _NEAR and not re.search("[;:]", between):
        return a, replace(b, unit=a.unit)
    return a, b
