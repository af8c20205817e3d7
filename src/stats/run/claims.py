"""What the commands on claims do: load what is to hand, find the claims asked for, and judge them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from stats.claims.facts import Facts
from stats.claims.history import history
from stats.claims.verdict import verdict
from stats.claims.verdicts import Verdict
from stats.errors import UnknownName
from stats.publish.claim_review import claim_reviews
from stats.publish.claim_text import claim_record, claim_text, claims_lines
from stats.publish.claims_page import claims_page
from stats.publish.search import search
from stats.read.tidy import read_tidy
from stats.registers import Registers, load
from stats.registers.claims import Claim

FACTS = ("recorded_offences", "outcomes", "published_figures", "population")
"""The tidy tables that claims are set beside."""


def facts_of(root: Path | None = None, as_at: str | None = None) -> Facts:
    """Return the registers and tidy tables of a repository, as at a day if one is given."""
    registers = load(root)
    offences, outcomes, published, population = (read_tidy(name, registers) for name in FACTS)
    facts = Facts(registers, offences, outcomes, published, population=population)
    return facts.as_at(as_at) if as_at else facts


def every_claim(registers: Registers) -> list[Claim]:
    """Return every registered claim: of the articles first, then of other publishers."""
    return [claim for d in (registers.documents | registers.others).values() for claim in d.claims]


def judged(claims: Iterable[Claim], facts: Facts) -> list[tuple[Claim, Verdict]]:
    """Return each claim with its verdict."""
    return [(claim, verdict(claim, facts)) for claim in claims]


def find_claims(words: str, registers: Registers) -> list[Claim]:
    """Return the claim of that id, or those that hold the words.

    Raises
    ------
    UnknownName
        If none does; the nearest are listed.
    """
    try:
        return [registers.claim(words.strip().upper())]
    except UnknownName:
        found: list[Claim] = search("claim", words, registers)
        return found


def answer(words: str, facts: Facts, *, as_json: bool = False) -> str:
    """Return what can be said of the claims that hold the words: one in full, several a line each."""
    found = find_claims(words, facts.registers)
    if as_json:
        return _json([_record(claim, facts) for claim in found])
    if len(found) > 1:
        return claims_lines(judged(found, facts), facts)
    return claim_text(found[0], verdict(found[0], facts), history(found[0], facts), facts)


def listing(facts: Facts, *, as_json: bool = False) -> str:
    """Return every claim with its verdict."""
    pairs = judged(every_claim(facts.registers), facts)
    if as_json:
        return _json([claim_record(claim, found, (), facts) for claim, found in pairs])
    return claims_lines(pairs, facts)


def page_of(facts: Facts) -> bytes:
    """Return the page of claims as the code makes it now."""
    return claims_page(judged(every_claim(facts.registers), facts), facts)


def reviews_of(facts: Facts) -> str:
    """Return the verdicts as ClaimReview."""
    return json.dumps(claim_reviews(judged(every_claim(facts.registers), facts), facts), ensure_ascii=False, indent=1)


def _record(claim: Claim, facts: Facts) -> dict[str, Any]:
    return claim_record(claim, verdict(claim, facts), history(claim, facts), facts)


def _json(records: Sequence[dict[str, Any]]) -> str:
    return json.dumps(records, ensure_ascii=False, indent=1)
