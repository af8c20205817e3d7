"""What a draft is once it is read: plain text, and where each stretch of it stands in the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from stats.read.draft_letters import plain

DraftKind = Literal["docx", "odt", "markdown", "text", "html", "pdf"]
PartKind = Literal["paragraph", "heading", "list item", "row", "contents", "note", "text box", "page"]

_DAY = re.compile(r"\s*(?:D:)?(\d{4})-?(\d\d)-?(\d\d)")


@dataclass(frozen=True)
class Part:
    """A stretch of the text, `text[start:end]`, and where a reader finds it: "paragraph 4", "table 2, row 3"."""

    start: int
    end: int
    where: str
    kind: PartKind = "paragraph"


@dataclass(frozen=True)
class Aside:
    """Words that are not part of the text: a comment, a header or footer, hidden text, a block of code."""

    where: str
    text: str


@dataclass(frozen=True)
class Draft:
    """A document as plain text in reading order.

    Parts are parted by an empty line, rows of a table by a line end, cells by a tab. `dated` is the day the document
    gives itself, and `dated_by` how it does. `margins` are headers and footers. `told` says in sentences what was left
    out or not opened. `source` is the text as written, before letters were made plain.
    """

    kind: DraftKind
    text: str
    parts: tuple[Part, ...]
    name: str = ""
    title: str = ""
    language: str = ""
    dated: date | None = None
    dated_by: str = ""
    comments: tuple[Aside, ...] = ()
    margins: tuple[Aside, ...] = ()
    hidden: tuple[Aside, ...] = ()
    told: tuple[str, ...] = ()
    source: str = field(default="", repr=False)
    places: tuple[tuple[int, int], ...] = field(default=((0, 0),), repr=False)

    def part_at(self, at: int) -> Part | None:
        """Return the part that holds an offset of the text, or the one before it."""
        found = bisect_right(self.parts, at, key=lambda part: part.start) - 1
        return self.parts[max(found, 0)] if self.parts else None

    def where(self, at: int) -> str:
        """Say where an offset of the text stands; with the line, for a file that has lines."""
        part = self.part_at(at)
        named = part.where if part else "the document"
        if self.kind not in ("markdown", "text", "html"):
            return named
        return f"{named} (line {self.source.count(chr(10), 0, self.place(at)) + 1})"

    def place(self, at: int) -> int:
        """Return the offset in `source` of an offset of the text."""
        text_at, source_at = self.places[bisect_right(self.places, at, key=lambda pair: pair[0]) - 1]
        return source_at + at - text_at

    def as_written(self, start: int, end: int) -> str:
        """Return what `text[start:end]` was before its letters were made plain, with marks that stand inside it."""
        return self.source[self.place(start) : self.place(end - 1) + 1] if end > start else ""


@dataclass
class Stretch:
    """A part while it is read: pieces of words, each with its offset in the source if the source has lines."""

    where: str = ""
    kind: PartKind = "paragraph"
    pieces: list[tuple[str, int]] = field(default_factory=list)
    follows_on: bool = False
    """Whether it goes on with the sentence of the stretch before it."""

    def write(self, words: str, at: int = -1) -> None:
        """Add words, and where they stand in the source."""
        if words:
            self.pieces.append((words, at))

    @property
    def words(self) -> str:
        """The words as written."""
        return "".join(words for words, _ in self.pieces)


@dataclass
class Built:
    """Text, parts, source and places of a draft, and what was left out of its letters."""

    text: str
    parts: tuple[Part, ...]
    source: str
    places: tuple[tuple[int, int], ...]
    told: list[str]


def day_of(said: str) -> date | None:
    """Return the day that a date and time begins with, as 2024-03-31T12:00 or D:20240331120000, if it is one."""
    found = _DAY.match(said)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def asides(stretches: Iterable[Stretch]) -> tuple[Aside, ...]:
    """Return stretches that are no part of the text, blank ones left out."""
    return tuple(Aside(s.where, " ".join(s.words.split())) for s in stretches if s.words.strip())


def left_out(counts: Counter[str]) -> list[str]:
    """Say how many of each were left out."""
    return [f"{number:,} {what} were left out of the text." for what, number in counts.items() if number]


def built(stretches: Iterable[Stretch], source: str | None = None) -> Built:
    """Join stretches to a text; without a source, the words as written are the source."""
    texts: list[str] = []
    raw: list[str] = []
    parts: list[Part] = []
    places: list[tuple[int, int]] = [(0, 0)]
    left_out = Counter[str]()
    at = raw_at = 0
    for stretch in stretches:
        written = stretch.words
        made = plain(written)
        words = made.text.strip()
        left_out += made.left_out
        if words:
            between = _between(parts, stretch)
            at += len(between)
            skipped = len(made.text) - len(made.text.lstrip())
            runs = _runs(stretch, raw_at if source is None else None)
            places += ((at + o, s) for o, s in _composed(made.breaks, runs, skipped, len(words)))
            texts += (between, words)
            parts.append(Part(at, at + len(words), stretch.where, stretch.kind))
            at += len(words)
        if source is None:
            raw += (written, "\n")
            raw_at += len(written) + 1
    told = [f"{number:,} {what} were left out." for what, number in sorted(left_out.items())]
    return Built("".join(texts), tuple(parts), "".join(raw) if source is None else source, tuple(places), told)


def _between(parts: Sequence[Part], stretch: Stretch) -> str:
    if not parts:
        return ""
    last = parts[-1]
    same_table = last.kind == stretch.kind == "row" and last.where.split(",")[0] == stretch.where.split(",")[0]
    return "\n" if same_table or stretch.follows_on else "\n\n"


def _runs(stretch: Stretch, raw_at: int | None) -> list[tuple[int, int]]:
    """Where each piece begins in the words as written, and in the source."""
    if raw_at is not None:
        return [(0, raw_at)]
    runs, at, last = [], 0, 0
    for words, source_at in stretch.pieces:
        last = source_at if source_at >= 0 else last
        runs.append((at, last))
        at, last = at + len(words), last + len(words) * (source_at >= 0)
    return runs


def _composed(
    breaks: list[tuple[int, int]], runs: list[tuple[int, int]], skipped: int, length: int
) -> list[tuple[int, int]]:
    """Join two maps of offsets, plain to written and written to source, into one."""
    plain_at, written_at = zip(*breaks, strict=True)
    written_runs = [written for written, _ in runs]
    points = {skipped, *plain_at}
    for written in written_runs:
        found = bisect_right(written_at, written) - 1
        points.add(plain_at[found] + written - written_at[found])
    composed = []
    for point in sorted(point for point in points if skipped <= point < skipped + length):
        found = bisect_right(plain_at, point) - 1
        written = written_at[found] + point - plain_at[found]
        start, source_at = runs[bisect_right(written_runs, written) - 1]
        composed.append((point - skipped, source_at + written - start))
    return composed
