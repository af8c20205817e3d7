"""Cut a text into sentences that keep their place in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STOP = re.compile(
    r"[.!?\u2026][\"'\u201d\u2019)\]]{0,3}\s+(?=[\"'\u201c\u2018(\[]{0,2}[^\W_a-z])"
    r"|\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*\u2022\u25cf\u2013]|\d{1,3}[.)])[ \t])"
)
LONGEST = 2000
"""No sentence is longer: a pasted table or a damaged text is cut, so that what it costs grows with its length."""

_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|St|Sir|No|Nos|vs?|cf|al|etc|approx|e\.g|i\.e|s|ss|reg|para|art|p|pp|ch|fig|vol|ed"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Det|Sgt|Supt|Insp|[A-Z]))\.$"
)  # fmt: skip


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence, bullet or paragraph, without the white space round it."""
    start = 0
    for stop in _STOP.finditer(text):
        if stop[0][0] == "." and _SHORT.search(text, max(start, stop.start() - 12), stop.start() + 1):
            continue
        yield from _trimmed(text, start, stop.end())
        start = stop.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = max(text.rfind(" ", start, start + LONGEST), text.rfind("\n", start, start + LONGEST))
        cut = cut if cut > start else start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
