"""What must be told with a claim that its source bears out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from stats import present
from stats.claims.agreeing import agreement, is_exact
from stats.claims.evidence import others
from stats.claims.facts import RECORDED, Evidence, Facts
from stats.claims.printed import implied_share
from stats.registers.claims import Claim


def caveats(claim: Claim, facts: Facts, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Return the caveats of a claim, each a sentence, the weightiest first; none if there is nothing to add.

    Parameters
    ----------
    claim : Claim
    facts : Facts
    evidence : sequence of Evidence
        On its own measure; at least one fits.
    """
    return tuple(said for rule in RULES for said in rule(claim, facts, evidence))


def _unlike_units(claim: Claim, facts: Facts, evidence: Sequence[Evidence]) -> list[str]:
    measure = facts.registers.measures.get(claim.measure or "")
    if measure is None or not measure.is_of_unlike_units or measure.denominator is None:
        return []
    implied = implied_share(claim)
    return [
        f"It sets {measure.numerator.unit} over {measure.denominator.unit}, which are not linked to each other"
        + (f"; {implied[0]}." if implied else ".")
    ]


def _source_differs(claim: Claim, facts: Facts, evidence: Sequence[Evidence]) -> list[str]:
    return [
        f"The source says {d.source}, the claim {d.claim}."
        for finding in facts.findings(claim)
        for d in finding.differs
        if d.of != "question"
    ]


def _other_values(claim: Claim, facts: Facts, evidence: Sequence[Evidence]) -> list[str]:
    """Another figure of the same measure, from another release, that the words do not fit."""
    apart = [e for e in evidence if e.is_exact and agreement(claim.words, e.reading) == "none"]
    bases = {_base(e) for e in evidence if e not in apart}
    other = [f"Of {_base(e)} it is" if _base(e) and _base(e) not in bases else "Another release gives" for e in apart]
    return [f"{said} {e.text} ({e.cited}{_of(e)})." for said, e in list(zip(other, apart, strict=True))[:2]]


def _other_bases(claim: Claim, facts: Facts, evidence: Sequence[Evidence]) -> list[str]:
    """The same numerator over another base: the stage is the same, the share is not."""
    own = facts.registers.measures.get(claim.measure or "")
    if claim.quantity != "share" or own is None or own.denominator is None:
        return []
    found: dict[str, str] = {}
    for other in others(claim, facts):
        measure = facts.registers.measures[other.measure]
        is_alike = measure.denominator is not None and measure.numerator.stage == own.numerator.stage
        if is_alike and measure.stage == own.stage and agreement(claim.words, other.reading) == "none":
            found.setdefault(measure.id, f"Over {measure.base} it is {other.text} ({other.cited}{_of(other)}).")
    return [*found.values(), *_over_recorded(claim, facts, evidence)]


def _over_recorded(claim: Claim, facts: Facts, evidence: Sequence[Evidence]) -> list[str]:
    """The numerator of the claim over the offences that were printed as recorded in the same period."""
    numerators = [e.numerator_n for e in evidence if e.numerator_n and e.base_n]
    own = facts.registers.measures.get(claim.measure or "")
    if not numerators or own is None or own.denominator is None or own.denominator.stage == "recorded":
        return []
    for other in others(claim, facts):
        if other.measure == RECORDED and other.figure and other.reading.low > 0:
            share = Fraction(numerators[0] or 0) / other.reading.low
            said = f"{present.count(numerators[0] or 0)} over {other.text} offences recorded ({other.cited}) is "
            return [f"{said}{present.half_away(share * 100, 1)}%."]
    return []


def _exact_from_words(claim: Claim, facts: Facts, evidence: Sequence[Evidence]) -> list[str]:
    """A number printed as exact whose source has it only about so."""
    fitting = [e for e in evidence if agreement(claim.words, e.reading) != "none"]
    if claim.quantity != "share" or not is_exact(claim.words) or any(e.is_exact for e in fitting):
        return []
    return [f"It looks exact; the source has {fitting[0].text} ({fitting[0].cited})."] if fitting else []


def _base_is_unclear(claim: Claim, facts: Facts, evidence: Sequence[Evidence]) -> list[str]:
    if claim.quantity != "share" or not (claim.or_nested_in or claim.nesting_is == "unclear"):
        return []
    size = claim.base.size if claim.base else None
    return ["What it is a share of is not stated" + (f": {size}." if size else ".")]


def _reading(claim: Claim, facts: Facts, evidence: Sequence[Evidence]) -> list[str]:
    """Words that hold the figure under one reading only, and bounds far from it."""
    kinds = {agreement(claim.words, e.reading): e for e in evidence}
    if kinds.keys() & {"both", "bound"}:
        return []
    if "far bound" in kinds:
        return [f"'{claim.words}' is true and says little: the figure is {kinds['far bound'].text}."]
    only = next((k for k in ("default only", "strict only") if k in kinds), None)
    if only is None:
        return []
    other = "strict" if only == "default only" else "default"
    return [f"Under the {other} reading '{claim.words}' does not hold {kinds[only].text}."]


def _base(evidence: Evidence) -> str:
    return evidence.base.split(" (the words")[0]


def _of(evidence: Evidence) -> str:
    return f"; {evidence.counts}" if evidence.counts else ""


RULES: tuple[Callable[[Claim, Facts, Sequence[Evidence]], list[str]], ...] = (
    _source_differs, _unlike_units, _other_values, _other_bases, _exact_from_words, _base_is_unclear, _reading,
)  # fmt: skip
"""In the order in which they are told."""
