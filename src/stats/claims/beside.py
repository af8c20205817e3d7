"""A claimed count of recorded offences beside the count that the data give for the same offence, area and period."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from stats import present
from stats.claims.wording import read_words
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
    allows = "any number above" if reading.is_bound else "exactly"
    return {
        "claim_id": claim.id,
        "step": f"“{claim.words}”",
        "text": present.count(found.value),
        "unit": f"{group.name} offences recorded",
        "about": f"{area.name}, {claim.period.period}. Taken literally the words allow {allows} "
        f"{present.count(float(reading.low))}. Claim {claim.id}.",
        "offences_n": int(found.value),
        "offence_codes": " ".join(group.codes),
        "period": claim.period.period.label,
        "area_code": area.code,
    }
