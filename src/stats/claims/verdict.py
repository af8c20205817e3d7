"""The verdict on a claim: small rules in order, the first that has something to say decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np

from stats import present
from stats.claims.agreeing import agreement, readings, slip
from stats.claims.caveats import caveats
from stats.claims.dated import date_of_event, direction, years_since_event
from stats.claims.evidence import counted, others, own
from stats.claims.facts import OUTCOMES, RECORDED, Evidence, Facts
from stats.claims.printed import (
    change_is_computed,
    part_gives_the_share,
    parts_are_alike,
    shares_are_computed,
    whole_count_exists,
)
from stats.claims.saying import may_not_say, may_say, told
from stats.claims.verdicts import Verdict
from stats.errors import StatsError
from stats.estimate.proportions import wilson_limits
from stats.registers.claims import PEOPLE_AND_FILES, Claim

WIDE = 0.10
"""A base is small when the 95% interval runs more than this to either side (0 to 1), as if it were a random sample."""

LEVEL = 0.95

REVISED = Fraction(1, 10)
"""How far a release may move a count for the earlier number to be superseded and not contradicted."""

DUE_AFTER = timedelta(days=92)
"""Releases of recorded crime and outcomes are quarterly: a newer one is due by then."""

PEOPLE = ("people", "persons", "victims", "women", "men", "adults")


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


def population_is_kept(claim: Claim, facts: Facts) -> Verdict | None:
    """People who chose to answer, and files chosen for review, stand for themselves and for no nation."""
    measure = facts.registers.measures.get(claim.measure or "")
    area = facts.registers.areas.current.get(claim.area_code or "")
    if measure is None or area is None or measure.basis not in present.STAND_FOR_THEMSELVES:
        return None
    who = present.STAND_FOR_THEMSELVES[measure.basis]
    reason = f"It speaks of {area.name}, and rests on {who}, who stand for themselves."
    reason = reason.replace("review, who", "review, which")
    evidence = tuple(own(claim, facts))
    return Verdict("wrong-population", reason, evidence, may_say=may_say(evidence, facts))


def unit_is_kept(claim: Claim, facts: Facts) -> Verdict | None:
    """Offences, outcomes and orders are not people."""
    measure = facts.registers.measures.get(claim.measure or "")
    if measure is None or claim.unit not in PEOPLE or measure.denominator is not None:
        return None
    unit = measure.numerator.unit
    if unit in (*PEOPLE, "people by survey", "respondents", "residents"):
        return None
    evidence = tuple(own(claim, facts))
    reason = f"It counts {claim.unit}, and its measure counts {unit}: {measure.caveat}"
    return Verdict(
        "wrong-unit", reason, evidence, may_say=may_say(evidence, facts), slip=f"{unit} read as {claim.unit}"
    )


def base_is_large_enough(claim: Claim, facts: Facts) -> Verdict | None:
    """A share of a few people or files says little, whatever it is."""
    reading = readings(claim.words)
    if claim.basis not in PEOPLE_AND_FILES or claim.quantity != "share" or reading is None:
        return None
    if not (claim.base and claim.base.n) or reading[0].kind != "share":
        return None
    n, low = claim.base.n, reading[0].low
    share = low if reading[0].is_bound else (low + reading[0].ends[1]) / 2
    ends = wilson_limits(np.array([float(present.half_away(share * n))]), np.array([float(n)]), LEVEL)
    lower, upper = (float(end[0]) for end in ends)
    if upper - lower <= 2 * WIDE:
        return None
    bases = f" ({claim.base.size})" if claim.base.size else ""
    reason = (
        f"It is a share of about {present.count(n)}{bases}: even of a random sample {claim.words} would be "
        f"{present.percent(lower, n)} to {present.percent(upper, n)} (95% Wilson interval)."
    )
    return Verdict("small-base", reason, tuple(own(claim, facts)))


def beside_evidence(claim: Claim, facts: Facts) -> Verdict:
    """Set the words beside the figures of their own measure; if they do not fit, look for what they do fit."""
    evidence = own(claim, facts)
    if not evidence:
        return _nothing(claim, facts)
    here = [e for e in evidence if e.is_computed]
    fits = [e for e in here or evidence if agreement(claim.words, e.reading) != "none"]
    if fits:
        return _supported(claim, facts, evidence, fits)
    earlier = _earlier(claim, facts, evidence, here)
    if earlier:
        reason = (
            f"It was {earlier.text} ({earlier.cited}), and is {here[0].text} in the release of {here[0].published}."
        )
        return Verdict("superseded", reason, (*here, earlier), may_say=may_say(here, facts))
    return _another_measure(claim, facts, evidence) or _contradicted(claim, facts, evidence)


def _supported(claim: Claim, facts: Facts, evidence: Sequence[Evidence], fits: Sequence[Evidence]) -> Verdict:
    first = fits[0]
    measure = facts.registers.measures.get(first.measure)
    what = f"{measure.plain_name}: " if measure else ""
    counts = f" ({first.counts})" if first.counts and claim.quantity == "share" else ""
    also = caveats(claim, facts, evidence)
    reason = f"“{claim.words}” fits {what}{first.text}{counts}, {first.cited}"
    reason += f", with something to add: {also[0]}" if also else "."
    rest = [e for e in evidence if e not in fits]
    name = "supported-with-caveat" if also else "supported"
    return Verdict(name, reason, (*fits, *rest), may_say=may_say([*fits, *rest], facts), caveats=also)


def _earlier(claim: Claim, facts: Facts, evidence: Sequence[Evidence], here: Sequence[Evidence]) -> Evidence | None:
    """An earlier figure that the words fit, and that today's count has moved away from by little."""
    if not here or not here[0].reading.low:
        return None
    before = [e for s in facts.registers.sources_of(RECORDED) for e in _at(claim, facts, s.id) if e not in here]
    for old in [*before, *(e for e in evidence if e not in here and e.is_exact)]:
        moved = abs(old.reading.low / here[0].reading.low - 1)
        is_earlier = not old.published or old.published <= here[0].published
        if is_earlier and moved <= REVISED and agreement(claim.words, old.reading) != "none":
            return old
    return None


def _at(claim: Claim, facts: Facts, release: str) -> list[Evidence]:
    day = facts.registers.sources[release].order
    if facts.day is not None and day > facts.day:
        return []
    return counted(claim, facts.as_at(release))


def _another_measure(claim: Claim, facts: Facts, evidence: Sequence[Evidence]) -> Verdict | None:
    found = readings(claim.words)
    if found is None or found[0].is_bound:
        return None
    fits = [e for e in others(claim, facts) if e.is_exact and agreement(claim.words, e.reading) == "both"]
    if not fits:
        return None
    match = min(fits, key=lambda e: (not e.counts, e.measure == "charge_share_on_unstated_base"))
    measure = facts.registers.measures[match.measure]
    own_text = f"the claim's own measure is {evidence[0].text} ({evidence[0].cited})"
    counts = f" ({match.counts})" if match.counts else ""
    reason = f"This is the {measure.plain_name}: {match.text}{counts}, {match.cited}; {own_text}."
    rest = tuple(e for e in fits if e != match)
    return Verdict(
        "wrong-measure", reason, (match, *rest, *evidence), may_say=may_say([match, *evidence], facts),
        may_not_say=may_not_say(claim, facts, measure), slip=f"this is the {measure.plain_name}",
    )  # fmt: skip


def _contradicted(claim: Claim, facts: Facts, evidence: Sequence[Evidence]) -> Verdict:
    measure = facts.registers.measures.get(claim.measure or "")
    first = next((e for e in evidence if agreement(claim.words, e.reading) == "none"), evidence[0])
    likely = slip(claim.words, first.reading)
    also = caveats(claim, facts, evidence)
    differs = f" {also[0]}" if any(f.differs for f in facts.findings(claim)) and also else ""
    what = f", {measure.plain_name}" if measure else ""
    reason = f"The source gives {first.text}{what} ({first.cited}), not {claim.words}"
    reason += f": probably {likely}." if likely else f".{differs}"
    name = "wrong-unit" if likely == "thousands read as units" else "contradicted"
    same = [e for e in evidence if agreement(claim.words, e.reading) == "none"]
    return Verdict(name, reason, tuple(evidence), may_say=may_say(same, facts), slip=likely)


def _nothing(claim: Claim, facts: Facts) -> Verdict:
    measure = facts.registers.measures.get(claim.measure or "")
    if claim.evidence_kind == "not named" and not claim.evidence:
        return Verdict("no-source", "Nobody is named who counted it, and no publication that did was found.")
    if measure is None:
        return Verdict("not-checked", f"Nothing is to hand that counts it: {claim.measured_by} is all its source.")
    known = (claim.base.size or "") if claim.base else ""
    base = f" The base is {known}." if known and claim.quantity == "share" else ""
    reason = f"No figure of the {measure.plain_name} that answers this is to hand; its source is {claim.measured_by}."
    return Verdict("not-checked", reason + base)


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
