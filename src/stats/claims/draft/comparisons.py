"""Judge counts that one sentence sets side by side, and the change it prints between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from stats.claims.draft.frames import Frame
from stats.claims.draft.judged import Judged
from stats.claims.facts import RECORDED, Facts
from stats.claims.printed import change_is_computed, parts_are_alike
from stats.registers.claims import Claim, Part, Span

_AGAINST = re.compile(
    r"\b(?:then|compared|against|up from|down from|from|ris\w+|rose|increas\w+|fell|fall\w*|decreas\w+|jump\w*|soar\w*"
    r"|while|up to|grew|doubled|tripled)\b",
    re.I,
)

Pair = tuple[Frame, Judged]


def compared(judged: Sequence[Pair], facts: Facts) -> list[Pair]:
    """Return the same, where a sentence sets counts side by side that must not be, with that as the verdict."""
    return [
        pair
        for _, group in groupby(judged, key=lambda pair: pair[0].quantity.sentence_start)
        for pair in _of_sentence(list(group), facts)
    ]


def _of_sentence(pairs: list[Pair], facts: Facts) -> list[Pair]:
    counts = [p for p in pairs if _is_counted(p)]
    if len(counts) < 2:
        return pairs
    change = next((p for p in pairs if p[0].quantity.kind == "change"), None)
    between = counts[0][0].quantity.sentence
    if change is None and not _AGAINST.search(between):
        return pairs
    claim = _claim(counts, change)
    if claim is None:
        return pairs
    found = parts_are_alike(claim, facts) or (change_is_computed(claim, facts) if change else None)
    if found is None:
        return pairs
    wrong = change or counts[-1]
    return [(f, Judged(found, claim)) if f is wrong[0] else (f, j) for f, j in pairs]


def _is_counted(pair: Pair) -> bool:
    frame, found = pair
    claim = found.claim
    one = frame.quantity
    is_exact = one.kind == "count" and one.reading.low == one.reading.high
    return is_exact and claim is not None and claim.measure == RECORDED and claim.period.start is not None


def _claim(counts: list[Pair], change: Pair | None) -> Claim | None:
    """The first and the last count as one claim, if they are of one place and of two periods."""
    first, last = (pair[1].claim for pair in (counts[0], counts[-1]))
    if first is None or last is None or first.area_code != last.area_code or first.period == last.period:
        return None
    parts = sorted(
        (Part(n=int(f.quantity.reading.low), period=_span(j.claim)) for f, j in (counts[0], counts[-1])),
        key=lambda part: str(part.period and part.period.start),
    )
    return last.model_copy(
        update={"parts": tuple(parts), "change": _printed(change[0]) if change else None, "quantity": "comparison"}
    )


def _span(claim: Claim | None) -> Span | None:
    return claim.period if claim else None


def _printed(frame: Frame) -> str | None:
    """The change as it is printed, with its sign: '487%', '-13%'."""
    found = re.search(r"(\d+(?:\.\d+)?) ?(?:%|per ?cent)", frame.quantity.quote)
    if not found:
        return None
    return f"-{found[1]}%" if frame.quantity.reading.low < 0 else f"{found[1]}%"
