"""What the verdict on a claim would have been as at each release that is here, and each day a figure was printed."""

from __future__ import annotations

from dataclasses import dataclass

from stats.claims.evidence import own
from stats.claims.facts import RECORDED, Facts
from stats.claims.verdict import verdict
from stats.registers.claims import Claim


@dataclass(frozen=True)
class Then:
    """A day, what came out on it, and the verdict and value as at that day."""

    day: str
    release: str
    verdict: str
    value: str


def history(claim: Claim, facts: Facts) -> tuple[Then, ...]:
    """Return the verdict as at each day on which something came out that the claim rests on, oldest first.

    Parameters
    ----------
    claim : Claim
    facts : Facts
        Nothing after its day is told.
    """
    now = [*own(claim, facts), *verdict(claim, facts).evidence]
    days = {e.published: e.release for e in now if e.published}
    if any(e.is_computed for e in now):
        days |= {s.published: s.id for s in facts.registers.sources_of(RECORDED)}
    return tuple(_then(claim, facts, day, days[day]) for day in sorted(days) if not facts.day or day <= facts.day)


def _then(claim: Claim, facts: Facts, day: str, release: str) -> Then:
    then = facts.as_at(day)
    found = verdict(claim, then)
    return Then(day, release, found.verdict, found.evidence[0].text if found.evidence else "")
