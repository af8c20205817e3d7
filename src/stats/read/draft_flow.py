"""The flow of an Office document: paragraphs, rows, notes and boxes, laid out one after another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from stats.read.draft_office import MOST_LETTERS, short
from stats.read.draft_parts import PartKind, Stretch
from stats.read.walk import Grown, Walk

DEEPEST = 500
"""Elements within elements; documents have some thirty."""


@dataclass
class Frame:
    """What is being filled: the body, or a note, box or comment inside it."""

    named: str = ""
    """What its paragraphs are called; numbered if empty."""
    kind: PartKind = "paragraph"
    done: list[Stretch] = field(default_factory=list)
    later: list[Stretch] = field(default_factory=list)
    """Boxes met inside a paragraph, which stand after it."""
    current: Stretch | None = None
    paragraphs: int = 0
    tables: int = 0
    row: int = 0
    cell_paragraphs: int = 0
    is_gone: bool = False
    """Whether this row was deleted."""
    joins: bool = False
    """Whether the end of this paragraph was deleted, so that the next goes on with it."""


class Flow(Walk):
    """Lays out an Office document; its two kinds name the elements."""

    def __init__(self) -> None:
        self.frames = [Frame()]
        self.above: list[str] = []
        self.skipping = self.letters = self.table = self.boxes = 0
        self.left_out: Counter[str] = Counter()
        self.hidden: list[Stretch] = []

    @property
    def frame(self) -> Frame:
        """The frame that is being filled."""
        return self.frames[-1]

    def start(self, name: str, fields: dict[str, str]) -> None:
        """Take the start of an element, unless it lies in one that is left out."""
        name = short(name)
        self.above.append(name)
        if len(self.above) > DEEPEST:
            raise Grown(f"elements {DEEPEST} deep")
        if self.skipping:
            self.skipping += 1
        else:
            self.begin(name, {short(key) if " " in key else key: value for key, value in fields.items()})

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self.above.pop()
        if self.skipping:
            self.skipping -= 1
            return
        self.finish(short(name))

    def begin(self, name: str, fields: dict[str, str]) -> None:
        """Take the start of an element that is read."""

    def finish(self, name: str) -> None:
        """Take the end of an element that is read."""

    def skip(self) -> None:
        """Leave out this element and all in it."""
        self.skipping = 1

    def parent(self, steps: int = 1) -> str:
        """Return the element around this one."""
        return self.above[-1 - steps] if len(self.above) > steps else ""

    def write(self, words: str) -> None:
        """Add words to what is being filled."""
        self.letters += len(words)
        if self.letters > MOST_LETTERS:
            raise Grown(f"more than {MOST_LETTERS:,} letters")
        if self.frame.current is not None:
            self.frame.current.write(words)

    def begin_paragraph(self, kind: PartKind) -> None:
        """Begin a paragraph; in a cell it goes on in the row."""
        frame = self.frame
        if frame.tables and frame.current:
            if frame.cell_paragraphs:
                self.write("\n")
            frame.cell_paragraphs += 1
        elif not (frame.joins and frame.current):
            frame.current = Stretch(frame.named, kind if frame.kind == "paragraph" else frame.kind)
        frame.joins = False

    def end_paragraph(self) -> None:
        """End a paragraph."""
        frame = self.frame
        if not frame.tables and not frame.joins:
            self._lay(frame)

    def begin_table(self) -> None:
        """Begin a table, or one inside a cell."""
        frame = self.frame
        frame.tables += 1
        if frame.tables == 1:
            self.table, frame.row, frame.current = self.table + 1, 0, None

    def begin_row(self) -> None:
        """Begin a row; one of a table inside a cell is a line of it."""
        frame = self.frame
        if frame.tables == 1:
            frame.row += 1
            frame.current = Stretch(
                f"{frame.named + ', ' if frame.named else ''}table {self.table}, row {frame.row}", "row"
            )
        else:
            self.write("\n")

    def begin_cell(self) -> None:
        """Begin a cell."""
        if self.frame.current and self.frame.current.pieces:
            self.write("\t")
        self.frame.cell_paragraphs = 0

    def end_row(self) -> None:
        """End a row."""
        frame = self.frame
        if frame.tables == 1:
            frame.current = None if frame.is_gone else frame.current
            frame.is_gone = False
            self._lay(frame)

    def end_table(self) -> None:
        """End a table."""
        self.frame.tables = max(self.frame.tables - 1, 0)

    def begin_frame(self, named: str, kind: PartKind) -> None:
        """Begin a note, a box or a comment."""
        self.frames.append(Frame(named, kind))

    def end_frame(self) -> list[Stretch]:
        """End it, and return what it holds."""
        frame = self.frame
        self._lay(frame)
        if len(self.frames) > 1:
            self.frames.pop()
        return frame.done

    def end_box(self) -> None:
        """End a box; it stands after the paragraph that it is fixed to."""
        held = self.end_frame()
        (self.frame.later if self.frame.current else self.frame.done).extend(held)

    def _lay(self, frame: Frame) -> None:
        """Put what was filled after what is done."""
        current = frame.current
        if current and current.words.strip():
            if not current.where:
                frame.paragraphs += 1
                current.where = f"paragraph {frame.paragraphs}"
            frame.done.append(current)
        frame.done += frame.later
        frame.later, frame.current = [], None
