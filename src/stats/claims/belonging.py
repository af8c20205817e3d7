"""Which time and which age group of a sentence belongs to which of its quantities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from stats.claims.quantity import Quantity
from stats.claims.spans import BESIDE, LOW_SPAN, Spans, read_beside, read_span

_TURNS = re.compile(r"\b(?:and|to|but|compared|from|against|while|whereas|up|down|than|versus|or)\b")
_COMPARING = re.compile(
    r"\b(?:on|than|over|compared (?:with|to)|against|versus|from|with)(?: (?:in|for|that|during|the))*\s*$"
)
_THROUGH = re.compile(r"(?:between|over|since|during|from|in the (?:last|past))\b|.*\d\D{1,5}\d{4}$")
_LEADING_WORDS = 3
_INTRODUCING = 9


@dataclass(frozen=True)
class Mark:
    """A time or an age group in a sentence: its words, its place in the sentence, and the periods it may mean."""

    words: str
    start: int
    end: int
    spans: Spans = None
    is_beside: bool = False
    is_compared: bool = False


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
        found.append(Mark(words, *span.span(), None if is_beside else read_span(span[0], day), is_beside, is_compared))
    return [_placed(_settled(mark, found, last), offset) for mark in found]


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
    placed = (replace(span, start=offset + mark.start, end=offset + mark.end) for span in mark.spans)
    return replace(mark, spans=tuple(placed))


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
    return [
        replace(
            one, span=time.spans if time else None, span_words=time.words if time else "",
            age=group.words if (group := _nearest(one, groups, found, piece)) else "",
        )
        for one, time in zip(found, own, strict=True)
    ]  # fmt: skip


def _in_turn(found: Sequence[Quantity], times: Sequence[Mark], piece: str) -> list[Mark | None] | None:
    """'118,411 and 117,177 in 2021-22 and 2022-23 respectively' are read in turn."""
    if "respectively" not in piece or len(times) < 2 or len(found) != len(times):
        return None
    return list(times)


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
    return min(found, key=lambda one: _cost(one, time, found, piece)).start


def _nearest(one: Quantity, among: Sequence[Mark], found: Sequence[Quantity], piece: str) -> Mark | None:
    near = [mark for mark in among if ";" not in piece[one.end - one.sentence_start : mark.start]]
    return min(near, key=lambda mark: _cost(one, mark, found, piece)) if near else None


def _cost(one: Quantity, mark: Mark, found: Sequence[Quantity], piece: str) -> float:
    """How far apart a quantity and a time are, in words, with more for what parts them."""
    start, end = one.start - one.sentence_start, one.end - one.sentence_start
    is_after = mark.start >= start
    gap = piece[end : mark.start] if is_after else piece[mark.end : start]
    low, high = (end, mark.start) if is_after else (mark.end, start)
    between = sum(low <= other.start - one.sentence_start < high for other in found if other is not one)
    cost: float = (
        len(gap.split()) + 4 * gap.count(",") + 25 * gap.count(";") + 6 * len(_TURNS.findall(gap)) + 8 * between
    )
    cost += 6 * gap.count("\x1f" * 4) / 4 + (0 if is_after else 0.5)
    if not is_after and len(piece[: mark.start].split()) <= _LEADING_WORDS:
        return min(cost, _INTRODUCING + between) + (3 if mark.is_beside else 0)
    return cost
