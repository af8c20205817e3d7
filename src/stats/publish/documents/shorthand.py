"""Shorthand that stands where a number is not, and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable

SHORTHAND = {
    "[b]": "A break in the series.",
    "[c]": "Suppressed, because the count is small or would give a small one away.",
    "[e]": "Estimated.",
    "[low]": "Above zero, but rounds to zero.",
    "[p]": "Provisional.",
    "[r]": "Revised.",
    "[u]": "Unreliable.",
    "[x]": "Not available.",
    "[z]": "Not applicable.",
}
"""As the glossary has it: missing, suppressed, not applicable and zero are four different things."""


def explained(texts: Iterable[str]) -> list[str]:
    """Return what each shorthand in some texts means, one sentence a sign.

    Examples
    --------
    >>> explained(["[x] not to hand", "83", "[x]"])
    ['[x] Not available.']
    """
    used = {sign for text in texts for sign in re.findall(r"\[[a-z]+\]", text)}
    return [f"{sign} {meaning}" for sign, meaning in SHORTHAND.items() if sign in used]
