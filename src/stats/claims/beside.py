"""A claimed count of recorded offences beside the count that the data give for the same offence, area and period."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from stats import present
from stats.claims.wording import Reading, read_words
from stats.errors import NotComparable
from stats.estimate.counts import recorded
from stats.registers import Registers
from stats.registers.claims import Claim


def beside_recorded(claims: Sequence[Claim], offences: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Return one row a claim: its words, what they allow, and the recorded count.

    Parameters
    ----------
    claims : sequence of Claim
        Each bound to recorded offences, with an area, an offence and a period.
    offences : DataFrame
        Tidy recorded offences.
    registers : Registers

    Returns
    -------
    DataFrame
        `claim_id`, `step` (the words in quotation marks), `text` (the recorded count), `unit`, `about`, `offences_n`.

    Raises
    ------
    NotComparable
        If a claim is not bound to recorded offences in a known area and period.
    """
    return pd.DataFrame([_row(claim, offences, registers) for claim in claims])


def _row(claim: Claim, offences: pd.DataFrame, registers: Registers) -> dict[str, object]:
    if claim.measure != "recorded_offences" or not (claim.area_code and claim.offence and claim.period.period):
        raise NotComparable(
            f"claim {claim.id} is not a count of recorded offences in a known area and period.",
            [("measure", claim.measure), ("area", claim.place), ("period", claim.period.words)],
            "Choose claims that are; see them with: stats show claim",
        )
    area = registers.areas.current[claim.area_code]
    group = registers.offences.find(claim.offence)
    found = recorded(offences, area=area, group=group, period=claim.period.period, registers=registers)
    reading = read_words(claim.words)
    return {
        "claim_id": claim.id,
        "words": claim.words,
        "step": f"“{claim.quote}”",
        "text": present.count(found.value),
        "unit": f"{group.name} offences recorded",
        "about": f"{area.name}, {claim.period.period}. Read as {claim.words}, the words allow "
        f"{allowed(reading)}. Claim {claim.id} of {registers.document_of(claim.id).cited}.",
        "offences_n": int(found.value),
        "offence_codes": " ".join(group.codes),
        "period": claim.period.period.label,
        "area_code": area.code,
    }


def allowed(reading: Reading) -> str:
    """Return the whole numbers a reading of a count holds, in words: a bound taken literally has no upper end."""
    low = math.floor(reading.low) + (0 if reading.low_is_in and reading.low.denominator == 1 else 1)
    if reading.is_bound and reading.low > 0:
        return f"{present.count(low)} or more"
    high = reading.high if reading.high is not None else reading.low
    top = math.ceil(high) - (0 if reading.high_is_in and high.denominator == 1 else 1)
    return present.count(low) if low == top else f"{present.count(low)} to {present.count(top)}"
