"""The last rule: the words beside the figures of their own measure, and where they do not fit, what they do fit."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from stats.claims.agreeing import NEAR, agreement, distance, readings, slip
from stats.claims.caveats import caveats
from stats.claims.evidence import counted, others, own
from stats.claims.facts import RECORDED, Evidence, Facts
from stats.claims.saying import may_not_say, may_say
from stats.claims.verdicts import Verdict
from stats.registers.claims import Claim

REVISED = Fraction(1, 10)
"""How far a release may move a count for the earlier number to be superseded and not contradicted."""


def beside_evidence(claim: Claim, facts: Facts) -> Verdict:
    """Set the words beside the figures of their own measure; if they do not fit, look for what they do fit."""
    evidence = own(claim, facts)
    if not evidence:
        return _nothing(claim, facts)
    here = [e for e in evidence if e.is_computed]
    fits = [e for e in here or evidence if agreement(claim.words, e.reading) != "none"]
    fits.sort(key=lambda e: (not e.counts, distance(claim.words, e.reading)))
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
    releases = [s.id for s in facts.registers.sources_of(RECORDED) if s.id != here[0].release]
    before = [e for release in releases for e in _at(claim, facts, release) if e not in here]
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
    fits = _fitting(claim, facts)
    if not fits:
        return None
    match = fits[0]
    measure = facts.registers.measures[match.measure]
    own = facts.registers.measures.get(evidence[0].measure)
    named = f", {own.plain_name}," if own else ""
    own_text = f"the claim's own measure{named} is {evidence[0].text} ({evidence[0].cited})"
    counts = f" ({match.counts})" if match.counts else ""
    reason = f"The number is the {measure.plain_name}: {match.text}{counts}, {match.cited}; {own_text}."
    rest = tuple(e for e in fits if e != match)
    return Verdict(
        "wrong-measure", reason, (match, *rest, *evidence), may_say=may_say([match, *evidence], facts),
        may_not_say=may_not_say(claim, facts, measure), slip=f"this is the {measure.plain_name}",
    )  # fmt: skip


def _fitting(claim: Claim, facts: Facts) -> list[Evidence]:
    """Return the exact figures of other measures that the words fit, those with counts first; a bound fits too much."""
    found = readings(claim.words)
    if found is None or found[0].is_bound or not (claim.area_code and claim.period.period):
        return []
    points = [e for e in others(claim, facts) if not e.reading.is_bound]
    close = [e for e in points if e.is_exact or distance(claim.words, e.reading) <= NEAR]
    fits = [e for e in close if agreement(claim.words, e.reading) == "both"]
    return sorted(fits, key=lambda e: (not e.counts, "unstated" in e.measure))


def _name(evidence: Evidence, facts: Facts) -> str:
    return facts.registers.measures[evidence.measure].plain_name


def _contradicted(claim: Claim, facts: Facts, evidence: Sequence[Evidence]) -> Verdict:
    measure = facts.registers.measures.get(claim.measure or "")
    first = next((e for e in evidence if agreement(claim.words, e.reading) == "none"), evidence[0])
    likely = slip(claim.words, first.reading)
    also = caveats(claim, facts, evidence)
    differs = f" {also[0]}" if any(f.differs for f in facts.findings(claim)) and also else ""
    what = f", {measure.plain_name}" if measure else ""
    words = claim.words if not claim.words[:1].isalpha() else f"{claim.words[:1].lower()}{claim.words[1:]}"
    reason = f"The source gives {first.text}{what} ({first.cited}), not {words}"
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
    alike = _fitting(claim, facts)
    same = f" The same number is the {_name(alike[0], facts)} ({alike[0].cited})." if alike else ""
    return Verdict("not-checked", reason + base + same, tuple(alike), may_say=may_say(alike, facts))
