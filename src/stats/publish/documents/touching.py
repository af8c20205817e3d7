"""References that stand so close to each other, or to words of the author, that they read as another number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from stats.publish.documents.characters import folded
from stats.publish.documents.model import Line
from stats.publish.documents.typed import refuse
from stats.registers.entries import shown

_TOUCHING = re.compile(r"[.,'\u2019:/\u00b7]?")
_STUCK_BEFORE = re.compile(
    r"(?:\w|(?<!\w)[-+\u2212.,/%]|[£$€~<>\u2248\u2264\u2265]\s*"
    r"|\b(?:minus|plus|negative|times|under|below|above|over|beyond|exceed(?:s|ed|ing)?|nearly|almost"
    r"|(?:fewer|less|more|greater)\s+than)\s+)\Z",
    re.IGNORECASE,
)
_STUCK_BEHIND = re.compile(
    r"\A(?:\w|\+|[-\u2013\u2014\s(\[]*(?:[%\u2030£$€]"
    r"|(?:per\s?cent|percent(?:age)?|pct|p\.?c|k|mn?|bn|tn|fold|times|x|plus|odd|or\s+(?:more|fewer|less))\b))",
    re.IGNORECASE,
)


def must_not_touch(lines: Iterable[Line], *, file: Path) -> None:
    """Stop if references, or a reference and a unit or a word that makes it another number, stand too close together.

    Raises
    ------
    TypedNumber
    """
    found = []
    for line in lines:
        texts, between = _apart(line)
        for at, own in enumerate(map(folded, between)):
            before, behind = texts[at - 1 : at] if at else [], texts[at : at + 1]
            if before and behind and _are_glued(before[0], own, behind[0]):
                found.append(("reads as one", f"{before[0]}{own}{behind[0]}"))
            elif behind and behind[0][:1].isdigit() and _STUCK_BEFORE.search(own):
                found.append(("reads as one", f"{own[-12:]}{behind[0]}"))
            elif before and before[0][-1:] in "0123456789%" and _STUCK_BEHIND.search(own):
                found.append(("reads as one", f"{before[0]}{own[:12]}"))
    refuse(found, shown(file))


def _apart(line: Line) -> tuple[list[str], list[str]]:
    """Return the texts of the references of a line, and the author's own words before, between and after them."""
    texts, between = [], [""]
    for words in line:
        if words.reference:
            texts.append(words.text)
            between.append("")
        else:
            between[-1] += words.text
    return texts, between


def _are_glued(one: str, own: str, other: str) -> bool:
    """Whether two references read as one number: nothing is between them, or what may stand within a number."""
    if not own:
        return True
    are_numbers = one[-1:] in "0123456789%" and other[:1].isdigit()
    return are_numbers and (own.isspace() or bool(_TOUCHING.fullmatch(own)))
