"""Two statements of one quantity: 'almost two thirds (65%)', '60% (26 of 43)', '885 (40.6%) of the 2,181 cases'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from stats.claims.bases import based, opened
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
    for link in (moved, based, opened, _same, _counted):
        now = link(now, piece)
    return now


def _same(found: list[Quantity], piece: str) -> list[Quantity]:
    for at in range(len(found) - 1):
        a, b = found[at], found[at + 1]
        if _may_be_same(a, b) and _are_parted_so(gap(a, b, piece), after(b, piece)):
            found[at], found[at + 1] = _beside(*_sharing_base(a, b))
    return found


def _may_be_same(a: Quantity, b: Quantity) -> bool:
    if a.beside is not None or a.is_base or b.is_base:
        return False
    kinds, percentages = {a.kind, b.kind}, [bool(_PERCENTAGE.search(one.quote)) for one in (a, b)]
    return kinds == {"share", "count"} or (kinds == {"share"} and percentages in ([True, False], [False, True]))


def _are_parted_so(between: str, behind: str) -> bool:
    if _OF_ANOTHER.match(behind) or "\x1f" in between:
        return False
    return len(between) <= _NEAR and any(one.match(between) and two.match(behind) for one, two in _PARTED)


def _sharing_base(a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
    """Both with the base that the sentence prints for one of them."""
    base = next((one.base for one in (a, b) if one.base_is_printed), None)
    if base is None:
        return a, b
    a, b = (one if one.base else replace(one, base=base, base_is_printed=True) for one in (a, b))
    return a, b


def _beside(a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
    return (
        replace(a, beside=b.start, beside_reading=_as_kind(b, a)),
        replace(b, beside=a.start, beside_reading=_as_kind(a, b)),
    )


def _as_kind(one: Quantity, like: Quantity) -> Reading | None:
    """What one quantity allows, in the terms of another that states the same; a count and a share need their base."""
    if one.kind == like.kind:
        return one.reading
    base = one.base or like.base
    if not base:
        return None
    times = Fraction(base) if like.kind == "count" else Fraction(1, base)
    low, high = one.reading.low * times, one.reading.high
    return replace(one.reading, kind=like.reading.kind, low=low, high=None if high is None else high * times)


def _counted(found: list[Quantity], piece: str) -> list[Quantity]:
    """'696 cases in 2019-20 and 4,087 in 2020-21': a count without a noun counts what the one before it counts."""
    for at in range(1, len(found)):
        one = found[at]
        earlier = next((other for other in reversed(found[:at]) if other.kind == "count"), None)
        if one.kind != "count" or earlier is None or earlier.base or one.base:
            continue
        between = gap(earlier, one, piece)
        if one.unit and not earlier.unit and between in (" and ", " to ", " or ", ", "):
            found[found.index(earlier)] = replace(earlier, unit=one.unit)
        elif earlier.unit and not one.unit and len(between) <= _NEAR and not re.search(r"[;:]", between):
            found[at] = replace(one, unit=earlier.unit)
    return found
