"""Printed words without what spellings differ in: case, spaces, line ends, and the marks of notes."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=4096)
def fold_heading(words: object) -> str:
    """Return a heading without what spellings differ in: case, spaces, line ends, and marks of notes.

    Examples
    --------
    >>> [fold_heading(words) for words in ("Burglary6,7", "Total (excluding fraud4) [note 2]", 2016.0)]
    ['burglary', 'total (excluding fraud)', '2016']
    """
    if isinstance(words, float) and words.is_integer():
        words = int(words)
    text = " ".join(without_notes(str(words)).split()).casefold().replace("’", "'").replace("–", "-")
    return re.sub(r"(?<=[a-z])\d{1,2}(?=\))", "", text)


def without_notes(words: str) -> str:
    """Return words without the marks of notes glued to them: 'Greater Manchester7,8', 'Leicestershire [note 4]'."""
    text = re.sub(r"\s*\[\s*notes?\b[^\]]*\]?", " ", words, flags=re.I)
    text = re.sub(r"(?<=[A-Za-z)])\s?(?:\d{1,2}(?:\s*,\s*\d{1,2})*|[¹²³⁰-⁹*†‡]+)\s*$", "", text.strip())
    return " ".join(text.split())
