"""Whether a number counts what is counted here: the noun after it, or after "of", is one of ours or is left out."""

from __future__ import annotations

import re

from stats.registers.wordings import Nouns

_WORD = re.compile(r"[A-Za-z][\w'\u2019-]*|[^\sA-Za-z]")
_WHOLE = ("stalking", "harassment", "total", "all")
FARTHEST = 8
"""How many words may stand between a number and its noun."""


def counts_ours(after: str, nouns: Nouns) -> bool:
    """Whether the words after a number do not name something else: officers, messages, homes.

    A number whose noun is left out ("up from 2,000 a year earlier") may be of what was spoken of.
    """
    for word in _WORD.findall(after)[:FARTHEST]:
        plain = word.casefold()
        is_name = word[0].isupper() and plain not in nouns.before
        if not word[0].isalpha() or is_name or plain in nouns.left_out or plain in nouns.ours:
            return True
        if plain not in nouns.before:
            return bool(plain.endswith("ed"))
    return True


def is_of_ours(base_words: str, nouns: Nouns) -> bool:
    """Whether the words after "of" name something counted here, or nothing that is not."""
    words = [word.casefold() for word in _WORD.findall(base_words) if word[0].isalpha()]
    named = [word for word in words if word not in nouns.left_out | nouns.before]
    return not named or any(word in nouns.ours or word in _WHOLE for word in words)
