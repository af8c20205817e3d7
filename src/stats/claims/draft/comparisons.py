"""Judge counts that one sentence sets side by side, and the change it prints between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, permutations

from stats import present
from stats.claims.draft.frame import Frame
from stats.claims.draft.judged import Judged
from stats.claims.facts import RECORDED, Facts
from stats.claims.printed import change_is_computed, parts_are_alike
from stats.claims.verdicts import RIGHT, Verdict
from stats.registers.claims import Claim, Part, Span

_AGAINST = re.compile(
    r"\b(?:then|compared (?:with|to)|against|(?:up|down) from"
    r"|(?:rose|risen|rises|increased|fell|fallen|decreased|jumped|soared|grew|grown|climbed|surged|dropped) (?:from|to)"
    r"|doubled|tripled)\b",
    re.I,
)

LEAST = 50
"""Smaller counts make a share by chance."""

Pair = tuple[Frame, Judged]


@dataclass(frozen=True)
class Comparison:
    """Words that set two counts side by side ('up from', 'then'), and what comes of it."""

    start: int
    end: int
    judged: Judged


def compared(judged: Sequence[Pair], facts: Facts) -> tuple[list[Pair], list[Comparison]]:
    """Return what was judged, and the comparisons that must not be made.

    Where a sentence prints the change between two counts, that is what is wrong; else the words that compare them.
    """
    pairs: list[Pair] = []
    wrong: list[Comparison] = []
    for _, group in groupby(judged, key=lambda pair: pair[0].quantity.sentence_start):
        of_sentence, found = _of_sentence(list(group), facts)
        pairs += of_sentence
        wrong += found
    return pairs, wrong


def _of_sentence(pairs: list[Pair], facts: Facts) -> tuple[list[Pair], list[Comparison]]:
    pairs = [(frame, _recomputed(frame, found, pairs) or found) for frame, found in pairs]
    counts = [p for p in pairs if _is_counted(p)]
    change = next((p for p in pairs if p[0].quantity.kind == "change"), None)
    claim = _claim(counts, change) if len(counts) > 1 else None
    words = _AGAINST.search(pairs[0][0].quantity.sentence)
    if claim is None or (change is None and words is None):
        return pairs, []
    found = parts_are_alike(claim, facts) or (change_is_computed(claim, facts) if change else None)
    if found is None:
        return pairs, []
    judged = Judged(found, claim)
    if change or words is None:
        return [(f, judged if change and f is change[0] else j) for f, j in pairs], []
    start = pairs[0][0].quantity.sentence_start
    return pairs, [Comparison(start + words.start(), start + words.end(), judged)]


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


def _recomputed(frame: Frame, found: Judged, pairs: list[Pair]) -> Judged | None:
    """Judge by the sentence's own numbers what no figure here decides."""
    is_open = found.verdict.verdict == "not-checked"
    if frame.quantity.kind == "change":
        return _change(frame, pairs) if is_open else None
    if found.verdict.verdict == "superseded":
        return _base_of_a_right_share(frame, found, pairs)
    if frame.quantity.kind != "share" or found.verdict.verdict not in ("not-checked", "contradicted", "wrong-measure"):
        return None
    return _quotient(frame, pairs) or (_quotient_of_unlike(frame, pairs) if is_open else None)


def _base_of_a_right_share(frame: Frame, found: Judged, pairs: list[Pair]) -> Judged | None:
    """A count of an earlier release that a right share of the same sentence is of: they stand or fall together."""
    n = frame.quantity.reading.low
    others = [j for f, j in pairs if f is not frame and j.verdict.is_right and j.verdict.evidence]
    if not any(n == e.base_n for other in others for e in other.verdict.evidence[:1]):
        return None
    verdict = replace(found.verdict, verdict="supported-with-caveat", caveats=(found.verdict.reason,))
    return replace(found, verdict=verdict)


def _quotient(frame: Frame, pairs: list[Pair]) -> Judged | None:
    """A share that is one right count of the sentence over another of which it is a part: 40 charged of 1,254."""
    own = (frame.quantity.reading.is_bound, frame.quantity.kind)
    counts = [(f, j) for f, j in pairs if f.quantity.kind == "count" and j.verdict.verdict in (*RIGHT, "superseded")]
    for (part, _), (of, base) in permutations(counts, 2):
        n, whole = part.quantity.reading.low, of.quantity.reading.low
        is_part = part.stages[:1] != of.stages[:1] and of.stages[:1] == ("recorded",) and n < whole
        if is_part and own == (False, "share") and frame.quantity.reading.holds(n / whole):
            said = f"{present.count(float(n))} of {present.count(float(whole))} is {present.percent(n / whole)}"
            return Judged(Verdict("supported-with-caveat", f"{said}.", base.verdict.evidence, caveats=(f"{said}.",)))
    return None


def _change(frame: Frame, pairs: list[Pair]) -> Judged | None:
    """The change between the two numbers that it is said of: '240 to 300, an increase of 20%' is one of 25%."""
    ends = _ends(frame, pairs)
    if ends is None:
        return None
    (first, one), (last, other) = ends
    unlike = next((j for j in (one, other) if j.verdict.verdict == "not-comparable"), None)
    if unlike:
        return unlike
    before, after = first.quantity.reading, last.quantity.reading
    if before.low != before.high or after.low != after.high or not before.low:
        return None
    change = after.low / before.low - 1
    said = (
        f"from {present.count(float(before.low))} to {present.count(float(after.low))} is "
        f"{'a rise' if change > 0 else 'a fall'} of {present.half_away(abs(change) * 100, 1)}%"
    )
    if frame.quantity.reading.holds(change) or frame.quantity.strict.holds(change):
        both = one.verdict.is_right and other.verdict.is_right
        return Judged(Verdict("supported", f"{present.capital(said)}.", one.verdict.evidence)) if both else None
    reason = f"{present.capital(said)}, not “{frame.quantity.quote}”."
    return Judged(Verdict("arithmetic-error", reason, may_say=(said,)))


def _ends(frame: Frame, pairs: list[Pair]) -> tuple[Pair, Pair] | None:
    start = frame.quantity.before
    first = next((p for p in pairs if p[0].quantity.start == start), None)
    last = next((p for p in pairs if p[0].quantity.before == start and p[0].quantity.role == "to"), None)
    counts = first and last and {first[0].quantity.kind, last[0].quantity.kind} == {"count"}
    return (first, last) if first and last and counts else None


def _quotient_of_unlike(frame: Frame, pairs: list[Pair]) -> Judged | None:
    """A share that is one count of the sentence over another, of another thing: breaches over orders."""
    large = (p for p in pairs if p[0].quantity.kind == "count" and p[0].quantity.reading.low > LEAST)
    counts = [(frame, found.claim) for frame, found in large if found.claim]
    for part, of in permutations(counts, 2):
        share = part[0].quantity.reading.low / of[0].quantity.reading.low
        unlike = part[1] and of[1] and part[1].measure != of[1].measure
        if unlike and share < 1 and frame.quantity.reading.holds(share) and not frame.quantity.reading.is_bound:
            reason = (
                f"It divides {part[0].quantity.quote} by {of[0].quantity.quote}, which count different things: "
                "the one is no part of the other."
            )
            return Judged(Verdict("not-comparable", reason))
    return None
