"""Walk through the XML of a sheet element by element, and count exactly what it would become. Slow, but small."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

from stats.read.cells import ERRORS, UNSAVED

MOST_SPACES = 10_000
"""A run of blanks longer than this is no text."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_VALUES = {"office:value-type", "office:value", "office:string-value", "office:date-value", "office:time-value",
           "office:boolean-value"}  # fmt: skip


class Grown(Exception):
    """More cells, or more text, than any table has."""


class Walk:
    """What meets each element in turn."""

    def start(self, name: str, fields: dict[str, str]) -> None:
        """Take the start of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, words: str) -> None:
        """Take a piece of text."""


def walk(pieces: Iterable[tuple[bytes, int]], walker: Walk, *, between: str | None = None) -> None:
    """Lead a walker through a part; with `between`, names come as address, this sign, and local name."""
    parser = expat.ParserCreate(None, between)
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.text
    for buffer, end in pieces:
        parser.Parse(buffer[:end], False)
    parser.Parse(b"", True)


class TextWalk(Walk):
    """The length of each shared text of an XLSX file."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, name: str, fields: dict[str, str]) -> None:
        """Begin a text."""
        if name.rpartition(":")[2] == "si":
            self.lengths.append(0)

    def text(self, words: str) -> None:
        """Add to the text begun last."""
        if self.lengths:
            self.lengths[-1] += len(words)


class XlsxWalk(Walk):
    """The extent of one sheet of an XLSX file, its text, and its errors."""

    def __init__(self, most_cells: int, most_text: int, texts: list[int]) -> None:
        self.most_cells, self.most_text, self.texts = most_cells, most_text, texts
        self.row = self.column = self.bottom = self.right = self.letters = 0
        self.kind, self.held, self.inside, self.is_formula = "", "", False, False
        self.errors: dict[str, dict[tuple[int, int], str]] = {"": {}}

    def start(self, name: str, fields: dict[str, str]) -> None:
        """Find where a cell stands."""
        name = name.rpartition(":")[2]
        if name == "row":
            self.row, self.column = int(fields.get("r", self.row + 1)), 0
        elif name == "c":
            self.kind, self.held, self.is_formula = fields.get("t", "n"), "", False
            self._place(fields.get("r"))
        elif name in ("v", "is"):
            self.inside = True
            self._grow()
        elif name == "f":
            self.is_formula = True

    def end(self, name: str) -> None:
        """Take what a cell holds."""
        name = name.rpartition(":")[2]
        if name in ("v", "is"):
            self.inside = False
            if self.kind == "e":
                self.errors[""][self.row, self.column] = self.held.strip()
            elif self.kind == "s" and self.texts:
                index = int(self.held)
                self.letters += self.texts[index] if 0 <= index < len(self.texts) else 0
                _stop_beyond(self.letters, self.most_text, "letters")
        elif name == "c" and self.is_formula and not self.held and self.kind != "str":  # a text may be calculated as ''
            self._grow()
            self.errors[""][self.row, self.column] = UNSAVED

    def text(self, words: str) -> None:
        """Keep the words of a value."""
        if self.inside:
            self.held += words

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        found = _REFERENCE.fullmatch(reference.upper())
        if not found:
            raise Grown(f"a cell at {reference[:20]!r}")
        self.column = 0
        for letter in found[1]:
            self.column = self.column * 26 + ord(letter) - ord("A") + 1
        self.row = int(found[2])

    def _grow(self) -> None:
        self.bottom, self.right = max(self.bottom, self.row), max(self.right, self.column)
        _stop_beyond(self.bottom * self.right, self.most_cells, "cells")


class OdsWalk(Walk):
    """The extent of every sheet of an ODS file, its text, and its errors."""

    def __init__(self, most_cells: int, most_text: int) -> None:
        self.most_cells, self.most_text = most_cells, most_text
        self.cells = self.letters = 0
        self.sheet, self.row, self.rows, self.right = "", 0, 0, 0
        self.column = self.last = self.times = self.notes = 0
        self.words, self.in_cell, self.is_wrong, self.is_formula, self.is_valued = "", False, False, False, False
        self.errors: dict[str, dict[tuple[int, int], str]] = {}

    def start(self, name: str, fields: dict[str, str]) -> None:
        """Count a row or cell as often as it is repeated."""
        if name == "table:table":
            self.sheet, self.row, self.rows, self.right = fields.get("table:name", ""), 0, 0, 0
        elif name == "table:table-row":
            self.row += self.rows
            self.rows, self.column, self.last = int(fields.get("table:number-rows-repeated", 1)), 0, 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell(fields)
        elif name == "office:annotation":
            self.notes += 1
        elif name == "text:s" and int(fields.get("text:c", 1)) > MOST_SPACES:
            raise Grown(f"{fields['text:c'][:20]} blanks in one cell")

    def end(self, name: str) -> None:
        """Take what a cell or row comes to."""
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._take()
        elif name == "table:table-row" and self.last:
            self.right = max(self.right, self.last)
            _stop_beyond((self.row + self.rows) * self.right, self.most_cells, "cells")
        elif name == "table:table":
            self.cells += self.row * self.right
            _stop_beyond(self.cells, self.most_cells, "cells")
        elif name == "office:annotation":
            self.notes -= 1

    def text(self, words: str) -> None:
        """Keep the words of a cell, without those of a comment on it."""
        if self.in_cell and not self.notes:
            self.words += words

    def _cell(self, fields: dict[str, str]) -> None:
        self.times = int(fields.get("table:number-columns-repeated", 1))
        self.column += self.times
        self.in_cell, self.words = True, ""
        self.is_wrong = fields.get("calcext:value-type") == "error"
        self.is_formula = "table:formula" in fields
        self.is_valued = bool(_VALUES & fields.keys())
        if self.is_valued:
            self.last = self.column
            _stop_beyond(self.last * self.rows, self.most_cells, "cells")

    def _take(self) -> None:
        self.in_cell = False
        if self.last == self.column:
            self.letters += len(self.words) * self.times * self.rows
            _stop_beyond(self.letters, self.most_text, "letters")
        words = self.words.strip()
        unsaved = self.is_formula and not self.is_valued and not words
        if self.is_wrong or unsaved or (self.is_formula and words in ERRORS):
            words = UNSAVED if unsaved else words
            found = self.errors.setdefault(self.sheet, {})
            for row in range(self.row + 1, self.row + self.rows + 1):
                found |= {(row, c): words for c in range(self.column - self.times + 1, self.column + 1)}


def _stop_beyond(number: int, most: int, of_what: str) -> None:
    if number > most:
        raise Grown(f"{number:,} {of_what} or more, at most {most:,} are read")
