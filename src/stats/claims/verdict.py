"""The verdict on a claim: small rules in order, the first that has something to say decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from stats.claims.agreeing import readings
from stats.claims.basis import base_is_large_enough, population_is_kept, unit_is_kept
from stats.claims.dated import date_of_event, direction, years_since_event
from stats.claims.evidence import own
from stats.claims.facts import OUTCOMES, RECORDED, Facts
from stats.claims.printed import (
    change_is_computed,
    part_gives_the_share,
    parts_are_alike,
    shares_are_computed,
    whole_count_exists,
)
from stats.claims.saying import may_not_say, told
from stats.claims.standing import beside_evidence
from stats.claims.verdicts import Verdict
from stats.errors import StatsError
from stats.registers.claims import Claim

DUE_AFTER = timedelta(days=92)
"""Releases of recorded crime and outcomes are quarterly: a newer one is due by then."""


def verdict(claim: Claim, facts: Facts) -> Verdict:
    """Return the verdict on a registered claim, by what was known then.

    Parameters
    ----------
    claim : Claim
        Bound to a measure, area, period and base, as far as its words allow.
    facts : Facts
        As at a day, if one was asked for.
    """
    found = next(v for v in (rule(claim, facts) for rule in RULES) if v is not None)
    default, strict = told(claim.words)
    kept = replace(
        found,
        default=found.default or default,
        strict=found.strict or strict,
        may_not_say=found.may_not_say or may_not_say(claim, facts),
    )
    return _no_longer_new(kept, facts)


def illustrative(claim: Claim, facts: Facts) -> Verdict | None:
    """What rests on made-up numbers says nothing of anything."""
    made_up = [e for e in own(claim, facts) if e.kind == "illustrative"]
    reason = "It rests on numbers that were made up to show a method."
    return Verdict("illustrative", reason, tuple(made_up)) if made_up else None


def states_a_number(claim: Claim, facts: Facts) -> Verdict | None:
    """Vague words are never turned into a number, and what is no part of the text is left alone."""
    if claim.quantity == "out of scope":
        return Verdict("not-checked", "It is not part of what the page says: it is page furniture.")
    is_vague = claim.quantity == "vague" or (claim.quantity == "comparison" and not claim.parts)
    if is_vague:
        return Verdict("not-checked", f"“{claim.words}” states no number that could be set beside a figure.")
    if claim.quantity in ("count", "share") and readings(claim.words) is None:
        return Verdict("not-checked", f"“{claim.words}” names no number that can be read.")
    return None


def _no_longer_new(found: Verdict, facts: Facts) -> Verdict:
    """A right claim on a quarterly release is stale once a newer release was due by the day asked for."""
    series = [e for e in found.evidence if e.is_computed]
    if facts.day is None or not found.is_right or not series:
        return found
    try:
        day = date.fromisoformat(facts.registers.newest(RECORDED if series[0].measure == RECORDED else OUTCOMES).order)
    except StatsError:
        return found
    due = day + DUE_AFTER
    if due >= date.fromisoformat(facts.day):
        return found
    reason = f"{found.reason} The release is of {day}, and a newer one was due by {due}: look for it first."
    return replace(found, verdict="stale", reason=reason)


RULES: tuple[Callable[[Claim, Facts], Verdict | None], ...] = (
    illustrative, date_of_event, years_since_event, states_a_number, shares_are_computed, change_is_computed,
    parts_are_alike, direction, population_is_kept, unit_is_kept, part_gives_the_share, whole_count_exists,
    base_is_large_enough, beside_evidence,
)  # fmt: skip
"""In the order in which they are asked; the last always answers."""
