"""Which time and which age group of a sentence belongs to which of its quantities."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import TypeVar

from stats.claims.gaps import gap
from stats.claims.quantity import Quantity
from stats.claims.span_readers import FINANCIAL, MONTH, YEAR
from stats.claims.spans import BESIDE, LOW_SPAN, Spans, read_beside, read_span

_TURNS = re.compile(r"\b(?:and|to|but|compared|from|against|while|whereas|up|down|than|versus|or)\b")
_COMPARING = re.compile(
    r"\b(?:on|than|over|compared (?:with|to)|against|versus|from|with)(?: (?:in|for|that|during|the))*\s*$"
)
_THROUGH = re.compile(r"(?:between|over|since|during|from|in the (?:last|past))\b|.*\d\D{1,5}\d{4}$")
_TWO_YEARS = re.compile(
    rf"(?:between|from) ({FINANCIAL}|{YEAR})(?: ?[-\u2013] ?| (?:and|to|until) )({FINANCIAL}|{YEAR})"
)
_YEAR_ENDING = re.compile(
    rf"\byears? (?:ending|ended|to) (?:the end of )?({MONTH}) {YEAR}(?:,? (?:and )?{YEAR}){{0,4}},? $"
)
_LISTED = re.compile(r",? and |, ")
_FEW = 4
_LEADING_WORDS = 3
_INTRODUCING = 9
_Item = TypeVar("_Item")
_start = attrgetter("start")


@dataclass(frozen=True)
class Mark:
    """A time or an age group in a sentence: its words, its place in the sentence, and the periods it may mean.

    `ends` are the first and the last year of 'between 2019/20 and 2021/22'.
    """

    words: str
    start: int
    end: int
    spans: Spans = None
    is_beside: bool = False
    is_compared: bool = False
    ends: tuple[Spans, Spans] | None = None


def marks(piece: str, sentence: str, offset: int, day: date | None, last: Mark | None) -> list[Mark]:
    """Return the times of a sentence; 'the year before' is read by another of them, or by the last one before.

    `piece` is the sentence in lower case, with its ages blanked.
    """
    found = []
    for span in LOW_SPAN.finditer(piece):
        is_beside = bool(BESIDE.fullmatch(span[0]))
        before = piece[max(0, span.start() - 30) : span.start()]
        is_compared = bool(_COMPARING.search(before) or re.match(r"from \S+$", span[0], re.I))
        words = sentence[span.start() : span.end()]
        spans = None if is_beside else read_span(_in_full(span, piece), day)
        found.append(Mark(words, *span.span(), spans, is_beside, is_compared, _ends(span[0])))
    return [_placed(_settled(mark, found, last), offset) for mark in found]


def _in_full(span: re.Match[str], piece: str) -> str:
    """'Years ending March 2021 and 2022': a year right after one that ends in a month ends in that month too."""
    year = re.fullmatch(rf"(?:and )?({YEAR})", span[0])
    first = _YEAR_ENDING.search(piece, max(0, span.start() - 80), span.start()) if year else None
    return f"year ending {first[1]} {year[1]}" if first and year else span[0]


def _ends(words: str) -> tuple[Spans, Spans] | None:
    found = _TWO_YEARS.fullmatch(words)
    return (read_span(f"in {found[1]}"), read_span(f"in {found[2]}")) if found else None


def _settled(mark: Mark, among: Sequence[Mark], last: Mark | None) -> Mark:
    if not mark.is_beside:
        return mark
    others = [other for other in among if other.spans]
    before = [other for other in others if other.start < mark.start]
    other = before[-1] if before else others[0] if others else last
    return replace(mark, spans=read_beside(mark.words, other.spans)) if other else mark


def _placed(mark: Mark, offset: int) -> Mark:
    if not mark.spans:
        return mark
    start, end = offset + mark.start, offset + mark.end
    ends = (_at(mark.ends[0], start, end), _at(mark.ends[1], start, end)) if mark.ends else None
    return replace(mark, spans=_at(mark.spans, start, end), ends=ends)


def _at(spans: Spans, start: int, end: int) -> Spans:
    return tuple(replace(span, start=start, end=end) for span in spans) if spans else spans


def belonging(
    found: Sequence[Quantity], times: Sequence[Mark], ages: Sequence[tuple[int, int, str]], piece: str
) -> list[Quantity]:
    """Return the quantities of a sentence, each with its own time and age group.

    The nearest counts, and what stands between tells how near: a comma, a turn ('and', 'from', 'compared with') or
    another quantity parts them. A time that opens the sentence holds for all that have none nearer. What a change is
    measured from ('on the previous year') is the time of none, and that of an earlier value is its own alone.
    """
    groups = [Mark(words, start, end) for start, end, words in ages]
    own = _in_turn(found, times, piece) or _own(found, times, piece)
    own = [_in_brackets(one, times, piece) or time for one, time in zip(found, own, strict=True)]
    shared = {one.start: id(time) for one, time in zip(found, own, strict=True)}
    return [
        replace(
            one, span=_own_end(one, time, found, shared), span_words=time.words if time else "",
            age=group.words if (group := _nearest(one, groups, found, piece)) else "",
        )
        for one, time in zip(found, own, strict=True)
    ]  # fmt: skip


def _own_end(one: Quantity, time: Mark | None, found: Sequence[Quantity], shared: dict[int, int]) -> Spans:
    """'Between 2019/20 and 2021/22 it rose from 3,506 to 5,948': the first value is of the first year."""
    if time is None or time.ends is None:
        return time.spans if time else None
    is_first = any(other.before == one.start and shared[other.start] == id(time) for other in found)
    is_last = one.role == "to" and shared.get(one.before or -1) == id(time)
    return time.ends[0] if one.role == "from" and is_first else time.ends[1] if is_last else time.spans


def _in_brackets(one: Quantity, times: Sequence[Mark], piece: str) -> Mark | None:
    """'1% fewer than the year before (130,139)': the time before the bracket, though a change was measured from it."""
    start = one.start - one.sentence_start
    earlier = _around(times, start, lambda mark: mark.start)
    return next((mark for mark in earlier if mark.is_compared and piece[mark.end : start] == " ("), None)


def _in_turn(found: Sequence[Quantity], times: Sequence[Mark], piece: str) -> list[Mark | None] | None:
    """'118,411 and 117,177 in 2021-22 and 2022-23' are read in turn, as two lists and where 'respectively' says so."""
    if len(times) < 2 or len(found) != len(times):
        return None
    gaps = [gap(a, b, piece) for a, b in pairwise(found)]
    gaps += [piece[a.end : b.start] + b.words[: 4 * b.words.startswith("and ")] for a, b in pairwise(times)]
    return list(times) if "respectively" in piece or all(_LISTED.fullmatch(between) for between in gaps) else None


def _own(found: Sequence[Quantity], times: Sequence[Mark], piece: str) -> list[Mark | None]:
    usable = [time for time in times if not time.is_compared]
    taken = {
        one.start: _nearest(one, _open_to(one, usable, found), found, piece) for one in found if one.role == "from"
    }
    best = {id(time): _closest(time, found, piece) for time in usable if time.is_beside}
    own: list[Mark | None] = []
    for one in found:
        if one.start in taken:
            own.append(taken[one.start])
            continue
        hidden = taken.get(one.before) if one.before is not None else None
        may = [
            time
            for time in usable
            if not (time is hidden and _lies_by(time, one.before, one)) and best.get(id(time), one.start) == one.start
        ]
        own.append(_nearest(one, may, found, piece))
    return own


def _open_to(one: Quantity, times: Sequence[Mark], found: Sequence[Quantity]) -> list[Mark]:
    """The times that an earlier value may have: none that follows what it came to, but for one of the whole way."""
    later = [other for other in found if other.before == one.start and other.start > one.start]
    if not later:
        return list(times)
    end = later[0].end - one.sentence_start
    return [time for time in times if time.end <= end or _THROUGH.match(time.words)]


def _lies_by(time: Mark, before: int | None, one: Quantity) -> bool:
    """Whether a time stands by the earlier value: after it, or between it and what it came to."""
    if before is None:
        return False
    earlier = before - one.sentence_start
    is_whole = time.start > one.end - one.sentence_start > earlier and bool(_THROUGH.match(time.words))
    return time.start > earlier and not is_whole


def _closest(time: Mark, found: Sequence[Quantity], piece: str) -> int:
    offset = found[0].sentence_start
    near = _around(found, time.start, lambda one: one.start - offset)
    return min(near, key=lambda one: _cost(one, time, found, piece)).start


def _nearest(one: Quantity, among: Sequence[Mark], found: Sequence[Quantity], piece: str) -> Mark | None:
    """The nearest of those round it, and of the one that opens the sentence."""
    near = [*among[:1], *_around(among, one.start - one.sentence_start, lambda mark: mark.start)]
    near = [mark for mark in near if ";" not in piece[one.end - one.sentence_start : mark.start]]
    return min(near, key=lambda mark: _cost(one, mark, found, piece)) if near else None


def _around(items: Sequence[_Item], at: int, start: Callable[[_Item], int]) -> Sequence[_Item]:
    """The few that stand next to a place, of items in their order: a damaged text may have hundreds."""
    here = bisect_left(items, at, key=start)
    return items[max(0, here - _FEW) : here + _FEW]


def _cost(one: Quantity, mark: Mark, found: Sequence[Quantity], piece: str) -> float:
    """How far apart a quantity and a time are, in words, with more for what parts them."""
    start, end = one.start - one.sentence_start, one.end - one.sentence_start
    is_after = mark.start >= start
    apart = piece[end : mark.start] if is_after else piece[mark.end : start]
    low, high = (end, mark.start) if is_after else (mark.end, start)
    offset = one.sentence_start
    between = bisect_left(found, high + offset, key=_start) - bisect_left(found, low + offset, key=_start)
    cost: float = (
        len(apart.split()) + 4 * apart.count(",") + 25 * apart.count(";") + 6 * len(_TURNS.findall(apart)) + 8 * between
    )
    cost += 4 * apart.count("(") + (10 if is_after and piece[mark.end : mark.end + 1] == ":" else 0)
    cost += 6 * apart.count("\x1f" * 4) / 4 + (0 if is_after else 0.5)
    if not is_after and len(piece[: mark.start].split()) <= _LEADING_WORDS:
        return min(cost, _INTRODUCING + between) + (3 if mark.is_beside else 0)
    return cost
