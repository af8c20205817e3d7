"""What an author of a document may type: digits in dates and laws, and phrases that say no number."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pathlib import Path

from stats.errors import RegisterError
from stats.registers.entries import Entry, entry, read_mapping, shown


class Allowed(Entry):
    """One kind of text that may hold digits."""

    name: str
    pattern: str
    example: str


class Typed(Entry):
    """What may be typed."""

    may_hold_digits: tuple[Allowed, ...]
    may_be_said: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All of it as one pattern."""
        words = [rf"\b(?i:{re.escape(phrase)})\b" for phrase in self.may_be_said]
        return re.compile("|".join([*(rf"(?<![\w.])(?:{one.pattern})\b" for one in self.may_hold_digits), *words]))


@lru_cache(maxsize=8)
def load_typed(path: Path) -> Typed:
    """Return the register of what may be typed.

    Raises
    ------
    RegisterError
        If a pattern is none, or does not fit its example.
    """
    typed = entry(Typed, read_mapping(path), file=path, name=path.stem)
    for one in typed.may_hold_digits:
        try:
            fits = re.search(rf"(?<![\w.])(?:{one.pattern})\b", one.example)
        except re.error:
            fits = None
        if not fits:
            raise RegisterError("a pattern of what may be typed does not fit its example.",
                                [("file", shown(path)), ("entry", one.name), ("example", one.example)],
                                "Mend the pattern, or the example.")  # fmt: skip
    return typed
