"""Recognise a registered claim that a draft repeats: its verdict is known, with what was found about it."""

from __future__ import annotations

import re
from functools import lru_cache

from stats.claims.draft.frame import Frame
from stats.claims.draft.judged import Judged
from stats.claims.facts import Facts
from stats.claims.verdict import verdict
from stats.registers import Registers
from stats.registers.claims import Claim

REPEATED = 0.8
"""The part of a claim's words that a sentence must hold to repeat it; its number must be the same."""

_NUMBERED = ("count", "share", "comparison")


def by_claim(frame: Frame, facts: Facts) -> Judged | None:
    """Return the verdict on the registered claim that a number repeats, or None."""
    said = frozenset(_plain(frame.quantity.sentence))
    number = _number(frame.quantity.quote)
    best: tuple[float, Claim] | None = None
    for claim in _claims(facts.registers):
        wanted = frozenset(_plain(claim.quote))
        held = len(wanted & said) / len(wanted)
        if (
            held >= REPEATED
            and _is_same(number, claim)
            and _is_of_its_place(frame, claim, facts)
            and (best is None or held > best[0])
        ):
            best = (held, claim)
    return Judged(verdict(best[1], facts), best[1], best[1].id) if best else None


def _is_of_its_place(frame: Frame, claim: Claim, facts: Facts) -> bool:
    """Whether the draft names no place beyond the claim's: the cases of one report are not the nation's."""
    area = facts.registers.areas.current.get(frame.place)
    return (
        frame.place_is != "stated"
        or claim.area_code == frame.place
        or area is None
        or area.name not in frame.base_words
    )


def _claims(registers: Registers) -> list[Claim]:
    documents = (registers.documents | registers.others).values()
    return [claim for d in documents for claim in d.claims if claim.quantity in _NUMBERED]


def _is_same(number: str, claim: Claim) -> bool:
    return bool(number) and (number in _number(claim.words).split("|") or number == _number(claim.words))


@lru_cache(maxsize=4096)
def _plain(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", re.sub(r"(?<=\d),(?=\d)", "", text.casefold().replace("%", " per cent"))))


@lru_cache(maxsize=4096)
def _number(words: str) -> str:
    """The numbers that words print, or the words themselves: '5 per cent' and 'just 5%' are the same number."""
    text = re.sub(r"(?<=\d),(?=\d)", "", words.casefold())
    numbers = re.findall(r"\d+(?:\.\d+)?", text)
    if numbers:
        return "|".join(numbers)
    return " ".join(w for w in re.findall(r"[a-z]+", text) if w not in ("just", "only", "of", "these", "them", "the"))
