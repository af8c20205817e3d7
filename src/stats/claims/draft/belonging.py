"""Which of several names of a sentence a number belongs to: the one in its own clause, before it or after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stats.claims.draft.scene import Mention

_BOUNDARY = re.compile(
    r"[;:]|\s[\u2013\u2014-]\s|\b(?:while|whereas|against|than|compared|versus|but|then)\b"
    r"|\b(?:and|with|,) (?:in|at|by|across|for)\b|\band\b(?=[^,;]*$)|,(?! (?:in|across|by|at)\b)",
    re.I,
)
_LINKED = re.compile(r"(?:\b(?:in|across|by|at|for|of|throughout|within|to)(?: the| all| police in)?\s+|^\W*)$", re.I)
_ADVERBS = ("nationally", "national average", "countrywide", "across the country")


def of_clause(
    mentions: Sequence[Mention], text: str, *, start: int, end: int, since: int, until: int
) -> Mention | None:
    """Return the mention that a number belongs to, or None where its own stretch names none.

    Parameters
    ----------
    mentions : sequence of Mention
        Of its sentence, in order.
    text : str
    start, end : int
        Where the number stands.
    since, until : int
        Where the number before it ends and the one after it starts, within the sentence: its own stretch.
    """
    after = next((m for m in mentions if end <= m.start < until), None)
    before = next((m for m in reversed(mentions) if since <= m.start < start), None)
    if after is None or before is None:
        linked = after if after and _is_linked(after, text, end) else None
        return before or linked or (after if after and not _BOUNDARY.search(text[end : after.start]) else None)
    return after if _is_linked(after, text, end) and not _BOUNDARY.search(text[end : after.start]) else before


def _is_linked(after: Mention, text: str, end: int) -> bool:
    """Whether a name after a number is joined to it: '4,106 offences in Kent', '8.6% nationally'."""
    between = text[end : after.start]
    said = text[after.start : after.end].casefold()
    return said in _ADVERBS or (bool(_LINKED.search(between)) and not _BOUNDARY.search(between))
