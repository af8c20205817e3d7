"""Values and the earlier ones they are set against: 'from 24 to 29', '29, up from 24', 'up 21% from 24'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from stats.claims.gaps import after, before, gap
from stats.claims.quantity import Quantity
from stats.claims.wording import Reading, read_words
from stats.errors import UsageMistake

_LEVELS = ("share", "count", "ratio", "rate")
_CHANGES = ("change", "points", "difference")
_MODEST = r"(?:the |just |only )*"
_FROM = re.compile(rf"\bfrom {_MODEST}$", re.I)
_TO = re.compile(r"^[^.;:]{0,90}?\bto (?:just |only |a total of )*$", re.I)
_REACHED = re.compile(r"\bto (?:just |only )*$", re.I)
_AND_FROM = re.compile(rf"^[^.;:]{{0,60}}?\bfrom {_MODEST}$", re.I)
_UP_FROM = re.compile(
    r"\b(?:up|down|rise|rose|increase|increased|fall|fell|decrease|decreased|drop|dropped|higher|lower) (?:from|on) "
    rf"{_MODEST}$",
    re.I,
)
_AGAINST = re.compile(rf"\b(?:compared (?:with|to)|against|versus|than) {_MODEST}$", re.I)
_CHANGED_FROM = re.compile(rf"^[^,;]{{0,40}}\b(?:from|on) {_MODEST}$", re.I)


def moved(found: list[Quantity], piece: str) -> list[Quantity]:
    """Mark earlier values as `from`, and what they came to as `to`, with where the earlier one starts."""
    for at in range(len(found) - 1):
        a, b = found[at], found[at + 1]
        between = gap(a, b, piece)
        if _FROM.search(before(a, piece)) and _TO.match(between):
            a = _alike(a, b) if between.strip() == "to" else a
            if a.kind == b.kind and a.kind in _LEVELS:
                found[at], found[at + 1] = replace(a, role="from"), replace(b, role="to", before=a.start)
        elif _is_earlier(a, b, between, piece):
            found[at : at + 2] = replace(a, before=b.start, role="to"), replace(b, role="from")
        elif a.kind in _CHANGES and b.kind in _LEVELS and _CHANGED_FROM.match(between):
            found[at : at + 2] = replace(a, before=b.start), replace(b, role="from")
            if at and found[at - 1].kind == b.kind and not found[at - 1].role:
                found[at - 1] = replace(found[at - 1], before=b.start, role="to")
    return found


def _is_earlier(a: Quantity, b: Quantity, between: str, piece: str) -> bool:
    if a.kind != b.kind or b.kind not in _LEVELS or a.role == "from":
        return False
    has_time = "\x1f" in re.split(r"[,;.]", after(b, piece), maxsplit=1)[0]
    has_risen = _REACHED.search(before(a, piece)) and _AND_FROM.match(between)
    return bool(has_risen or _UP_FROM.search(between) or (_AGAINST.search(between) and has_time))


def _alike(a: Quantity, b: Quantity) -> Quantity:
    """'From 11 to 6 per cent': the sign of the second number belongs to both."""
    if a.kind == "count" and b.kind == "rate":
        return replace(a, kind="rate", unit=b.unit, reading=_rated(a.reading), strict=_rated(a.strict))
    if a.kind != "count" or b.kind != "share" or not re.search(r"%|cent|pct|pc$", b.quote, re.I):
        return a
    try:
        reading, strict = read_words(f"{a.quote}%"), read_words(f"{a.quote}%", "strict")
    except UsageMistake:
        return a
    return replace(a, reading=reading, strict=strict, kind=reading.kind, unit="")


def _rated(reading: Reading) -> Reading:
    return replace(reading, kind="rate")


def recomputed(found: Sequence[Quantity]) -> list[Quantity]:
    """Return the quantities with each stated change set beside what the two values of its sentence make of it.

    The values are a pair marked as earlier and later or, before 'an increase of', two counts of one thing that have
    each a time of their own.
    """
    ordered = _by_time(found)
    pairs = _pairs(ordered)
    return [_set_beside(one, ordered, pairs) if one.kind in _CHANGES else one for one in ordered]


def _by_time(found: Sequence[Quantity]) -> list[Quantity]:
    """'5%, against 6.6% a year later': of two values the one whose time ends first is the earlier."""
    now = {one.start: one for one in found}
    for one in found:
        other = now.get(one.before) if one.before is not None else None
        is_wrong = other and other.kind == one.kind and _in_order(one, other) == (one, other) and one.span != other.span
        if other and is_wrong:
            now[one.start] = replace(one, role="from", before=None)
            now[other.start] = replace(other, role="to", before=one.start)
    return [now[one.start] for one in found]


_Pair = tuple[Quantity, Quantity]


def _pairs(found: Sequence[Quantity]) -> list[_Pair]:
    at = {other.start: other for other in found}
    return [(at[other.before], other) for other in found if other.role == "to" and other.before in at]


def _set_beside(one: Quantity, found: Sequence[Quantity], pairs: Sequence[_Pair]) -> Quantity:
    pair = _pair_of(one, pairs) if pairs else _pair_in_time(one, found)
    made = _made(one.kind, pair[0].reading, pair[1].reading) if pair else None
    if pair is None or made is None:
        return one
    own = pair[1] if one.span_words == pair[0].span_words else one
    return replace(one, before=pair[0].start, beside_reading=made, span=own.span, span_words=own.span_words)


def _pair_of(one: Quantity, pairs: Sequence[_Pair]) -> _Pair | None:
    own = [pair for pair in pairs if one.before in (None, pair[0].start)]
    return own[0] if len(own) == 1 else None


def _pair_in_time(one: Quantity, found: Sequence[Quantity]) -> _Pair | None:
    """The two counts of one thing before 'an increase of', if each has a time of its own."""
    if one.kind != "change" or one.before is not None:
        return None
    levels = [other for other in found if other.kind == "count" and other.end <= one.start and not other.is_base]
    if len(levels) != 2:
        return None
    earlier, later = levels
    has_times = earlier.span and later.span and earlier.span_words != later.span_words
    return _in_order(earlier, later) if has_times and earlier.unit == later.unit else None


def _in_order(a: Quantity, b: Quantity) -> _Pair | None:
    if not a.span or not b.span:
        return None
    return (a, b) if a.span[0].period.end <= b.span[0].period.end else (b, a)


def _made(kind: str, earlier: Reading, later: Reading) -> Reading | None:
    """The change from one value to another, in the terms of the change that is stated."""
    if earlier.high is None or later.high is None or earlier.kind != later.kind:
        return None
    if kind == "change":
        if earlier.low <= 0:
            return None
        return Reading("change", later.low / earlier.high - 1, later.high / earlier.low - 1)
    is_fit = (kind == "difference") == (earlier.kind == "count") and earlier.kind in ("count", "share")
    size: tuple[Fraction, Fraction] = (later.low - earlier.high, later.high - earlier.low)
    return Reading("points" if kind == "points" else "difference", *size) if is_fit else None
