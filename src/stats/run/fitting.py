"""Which claims and documents fit a notebook: what is set side by side must be of like measure, place and period."""

from __future__ import annotations

from stats.errors import BadParameter
from stats.registers import load
from stats.registers.claims import PEOPLE_AND_FILES, Claim, Document
from stats.registers.ladders import Ladder
from stats.registers.measures import Measure

INSTEAD = {"recorded crime": "recorded_offences", "recorded crime outcomes": "recorded_to_convicted"}
"""The notebook for a claim that rests on police records, by its kind of evidence."""


def refuse_police_records(document: Document) -> None:
    """Stop if no share of a document was found by a survey or a case audit, naming the notebook to use instead."""
    stated = [claim for claim in document.claims if claim.measure is not None and claim.quantity in ("count", "share")]
    if any(claim.is_share and claim.basis in PEOPLE_AND_FILES for claim in stated):
        return
    others = [claim for claim in stated if claim.evidence_kind in INSTEAD]
    commands = [f"stats figure {INSTEAD[claim.evidence_kind]} claims={claim.id}" for claim in others]
    raise BadParameter(
        f"{document.id} states no share that a survey or a case audit found.",
        [
            ("document", f"{document.cited}, “{document.title}”"),
            *((claim.id, f"“{claim.words}” rests on {claim.evidence_kind}: {claim.quote}") for claim in others),
        ],
        f"Use another notebook: {'; '.join(commands)}" if commands else "See what it claims with: stats show claim",
    )


def refuse_other_counts(claim: Claim) -> None:
    """Stop if a claim is not a count of recorded offences in a known area and period."""
    if claim.measure != "recorded_offences" or not (claim.area_code and claim.offence and claim.period.period):
        raise _cannot(claim, [("wanted", "recorded_offences, of one offence in one area and period")])


def refuse_other_rates(claim: Claim, ladder: Ladder) -> None:
    """Stop if a claim is not of a charge or conviction rate in the period of a ladder."""
    measure = load().measures.get(claim.measure or "")
    told = claim.period.period
    if measure is None or not is_of_charges_or_convictions(measure):
        raise _cannot(claim, [("wanted", "a share or ratio of charges or convictions, as the ladder's rates are")])
    if told != ladder.period:
        known = told.label if told else f"not known ({claim.period.words})"
        raise _cannot(claim, [("its period", known), ("the ladder's", f"{ladder.period.label} ({ladder.id})")])


def is_of_charges_or_convictions(measure: Measure) -> bool:
    """Whether a measure is a share or ratio of charges or of convictions."""
    return measure.denominator is not None and measure.numerator.stage in ("charged", "convicted")


def _cannot(claim: Claim, evidence: list[tuple[str, str]]) -> BadParameter:
    return BadParameter(
        f"claim {claim.id} cannot be set beside these numbers.",
        [("claim", f"“{claim.quote}”"), ("measure", claim.measure or "none"), *evidence],
        "Choose a claim of the same kind of number and the same period; see them with: stats show claim",
    )
