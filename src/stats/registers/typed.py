"""What an author of a document may type, and what not: digits in dates and laws; words that say a number or a trend."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path

from stats.errors import RegisterError
from stats.period import MONTHS
from stats.registers.entries import Entry, entry, read_mapping, shown
from stats.registers.wordings import Nouns

_GAP = " ... "
_STEP = r"(?:[^\S\n]*\n?[^\S\n]*|-)"
"""Between two words: a space or hyphen, or the end of a line; not that of a paragraph."""


class Allowed(Entry):
    """One kind of text that may hold digits."""

    name: str
    pattern: str
    example: str


class Refused(Entry):
    """Words that must not be typed, and why."""

    why: str
    words: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of them."""
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(_worded, self.words))})(?!\w)", re.IGNORECASE)


class Typed(Entry):
    """What may be typed, and what must not be.

    `years` are the first and last that a date may have; `laws` the Acts and instruments that may be named; `addresses`
    the beginnings of those that may hold digits; `nouns` what is counted, before which no allowed number may stand.
    """

    years: tuple[int, int]
    may_hold_digits: tuple[Allowed, ...]
    laws: tuple[str, ...]
    not_roman: tuple[str, ...]
    not_followed_by: tuple[str, ...]
    may_be_said: tuple[str, ...]
    addresses: tuple[str, ...]
    symbols: str
    must_not_be_said: tuple[Refused, ...]
    nouns: Nouns

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All that may be typed as one pattern."""
        named = [re.escape(name).replace(r"\ ", r"\s") for name in (*self.laws, *self.not_roman)]
        digits = "|".join([*(self.of(one) for one in self.may_hold_digits), *named])
        words = "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in self.may_be_said)
        after = rf"(?!(?<!\d[A-Z])(?<!\d[A-Z][A-Z]){self.followed})"
        return re.compile(rf"(?<![\w.])(?:{digits})(?!\w){after}|\b(?i:{words})\b")

    def of(self, one: Allowed) -> str:
        """Return the pattern of one kind of text, with the years and months that it may have."""
        first, last = self.years
        years = range(first, last + 1)
        of = {
            "<year>": _any(map(str, years)),
            "<financial year>": _any(f"{year}/{(year + 1) % 100:02d}" for year in years),
            "<month>": _any(MONTHS),
        }
        for sign, meant in of.items():
            one = one.model_copy(update={"pattern": one.pattern.replace(sign, meant)})
        return one.pattern.replace(" ", r"\s")

    @property
    def followed(self) -> str:
        """What may not follow a typed number, as a pattern: a per cent, or what is counted, by itself or after 'of'."""
        ours = self.nouns.ours
        before = rf"(?:{_any(map(re.escape, sorted(self.nouns.before - {'and', 'or'})))}){_STEP}"
        several = sorted(noun for noun in ours if f"{noun}s" not in ours and f"{noun}es" not in ours)
        said = _any(_worded(words) for words in self.not_followed_by)
        of = rf"\(?of\s(?:(?:all|any|the|these|those|such|our|their)\s)?(?:{before}){{0,3}}(?:{_any(several)})"
        return rf"{_STEP}(?i:{said}|{of}|(?:{before}){{0,3}}(?:{_any(sorted(ours))}))(?!\w)"


@lru_cache(maxsize=8)
def load_typed(path: Path) -> Typed:
    """Return the register of what may be typed; the nouns of what is counted stand in wordings.yml beside it.

    Raises
    ------
    RegisterError
        If a pattern is none, or does not fit its example.
    """
    beside = path.with_name("wordings.yml")
    nouns = entry(Nouns, read_mapping(beside)["nouns"], file=beside, name="nouns")
    typed = entry(Typed, {**read_mapping(path), "nouns": nouns}, file=path, name=path.stem)
    for one in typed.may_hold_digits:
        try:
            fits = re.search(rf"(?<![\w.])(?:{typed.of(one)})(?!\w)", one.example)
        except re.error:
            fits = None
        if not fits:
            raise RegisterError("a pattern of what may be typed does not fit its example.",
                                [("file", shown(path)), ("entry", one.name), ("example", one.example)],
                                "Mend the pattern, or the example.")  # fmt: skip
    return typed


def _any(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"


def _worded(words: str) -> str:
    """Return the pattern of words, in which * stands for any ending and ' ... ' for words between."""
    parts = (re.escape(part).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+") for part in words.split(_GAP))
    return r"\b[^.!?;]{0,90}?\b".join(parts)
