"""Rules on what a claim rests on: whom it stands for, what it counts, and how many."""

from __future__ import annotations

import numpy as np

from stats import present
from stats.claims.agreeing import readings
from stats.claims.evidence import own
from stats.claims.facts import Facts
from stats.claims.saying import may_say
from stats.claims.verdicts import Verdict
from stats.estimate.proportions import wilson_limits
from stats.registers.claims import PEOPLE_AND_FILES, Claim

WIDE = 0.10
"""A base is small when the 95% interval runs more than this to either side (0 to 1), as if it were a random sample."""

LEVEL = 0.95

LARGE = 100
"""From this base on no 95% interval is so wide, and nothing need be computed."""

PEOPLE = (
    "people", "persons", "victims", "women", "men", "adults", "stalkers", "offenders", "perpetrators", "suspects",
    "defendants",
)  # fmt: skip


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
    if not (claim.base and claim.base.n) or reading[0].kind != "share" or claim.base.n >= LARGE:
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
