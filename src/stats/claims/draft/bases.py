"""Follow the bases of shares through a passage: 140 asked, two-thirds of them, three-quarters of these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from stats import present
from stats.claims.draft.frame import Frame

PEOPLE = ("answered", "audited")
"""The stages of people who were asked and files that were read."""

NEAR = 1500
"""How many characters after a count of people asked its shares may stand."""

_THESE = re.compile(r"^\s*(?:of )?(?:these|those|them|whom|which)\b(?! who| that)", re.I)
_OF_THESE = re.compile(r"\b(?:of|among) (?:these|those|them)\b[^.;]{0,40}$", re.I)


@dataclass(frozen=True)
class _Base:
    n: int
    size: str
    at: int
    stage: str


def with_bases(made: Sequence[Frame]) -> list[Frame]:
    """Return the frames, each share of people asked or files read with the base that the passage gives it."""
    found: list[Frame] = []
    whole: _Base | None = None
    last: _Base | None = None
    for frame in made:
        whole = _asked(frame) or whole
        based = _based(frame, whole, last)
        last = _among(based, whole) or last
        found.append(based)
    return found


def _asked(frame: Frame) -> _Base | None:
    one = frame.quantity
    if one.kind == "count" and frame.stages[:1] and frame.stages[0] in PEOPLE and one.reading.low >= 10:
        is_exact = one.reading.low == one.reading.high
        return _Base(int(one.reading.low), "" if is_exact else one.quote, one.start, frame.stages[0])
    return None


def _based(frame: Frame, whole: _Base | None, last: _Base | None) -> Frame:
    one = frame.quantity
    is_part = one.kind == "share" or one.reading.high == 0
    if not is_part or one.base or whole is None or one.start - whole.at > NEAR:
        return frame
    is_of_these = bool(_THESE.match(frame.after) or _OF_THESE.search(frame.before))
    is_of_it = set(frame.stages[:1]) <= {whole.stage} or whole.stage in frame.base_stages or not frame.stages
    if not (is_of_it or is_of_these):
        return frame
    base = last if is_of_these and last else whole
    stages = tuple(dict.fromkeys([whole.stage, *frame.stages]))
    return replace(frame, base_n=base.n, base_size=base.size, stages=stages)


def _among(frame: Frame, whole: _Base | None) -> _Base | None:
    """The people whom a share leaves, as the base of the next: 'one in five of 140' is about 28."""
    one, base = frame.quantity, frame.quantity.base or frame.base_n
    if one.kind != "share" or not base or whole is None or one.reading.high is None:
        return None
    low = one.reading.low
    middle = low if one.reading.is_bound else (low + one.reading.high) / 2
    n = int(present.half_away(Fraction(middle) * base))
    return _Base(n, f"{one.quote} of {frame.base_size or present.count(base)}", one.start, whole.stage)
