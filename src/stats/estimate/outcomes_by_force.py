"""The share charged so far in every force at once, and which forces cannot be shown, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from stats.errors import NotHonest, NotToHand
from stats.estimate.attrition import DATASET, PENDING_WITHHELD
from stats.estimate.cohorts import WORST_CASE
from stats.estimate.shape import Numbers
from stats.estimate.small_counts import WITHHELD, also_hidden, hidden
from stats.period import Period
from stats.registers import OffenceGroup, Registers

MISSING = "outcomes not to hand, which is not zero"
CORRECTED = "the counts hold corrections below zero"
NONE_RECORDED = "no offences recorded"
SMALL_COUNTS = f"withheld: {WITHHELD}"
STATUSES = {MISSING: "[x]", CORRECTED: "[x]", NONE_RECORDED: "[z]", SMALL_COUNTS: "[c]", "": ""}
"""Why a force is not shown, and the sign for it."""


def charged_by_force(
    outcomes: pd.DataFrame, *, group: OffenceGroup, period: Period, registers: Registers
) -> pd.DataFrame:
    """Return the share of recorded offences charged so far in the 43 territorial forces and British Transport Police.

    Parameters
    ----------
    outcomes : DataFrame
        Tidy outcomes of offences recorded, by force and quarter.
    group : OffenceGroup
    period : Period
        Made of whole quarters.
    registers : Registers

    Returns
    -------
    DataFrame
        One row a force, in the order of names: `area_code, area_name, kind, charged_n, pending_n`, the columns of an
        estimate (from the share so far to the share if every pending offence were charged), `status` and `why`. A
        force that sent nothing in a quarter is [x] missing, which is not zero. Counts of 1 to 4, and what would give
        them away, are [c] and missing.

    Raises
    ------
    NotToHand
        If a quarter is not in the table at all.
    """
    areas = sorted(registers.areas.forces, key=lambda area: area.name)
    codes = pd.Index([area.code for area in areas])
    rows = _of_period(outcomes, group, period, registers)
    is_missing = _missing(rows, codes, period, group)
    counts = _counts(rows[rows["offence_code"].isin(group.codes)], codes, registers)
    forces = pd.DataFrame({"area_code": codes, "area_name": [a.name for a in areas], "kind": [a.kind for a in areas]})
    return forces.join(_estimates(counts, is_missing, registers))


def _of_period(outcomes: pd.DataFrame, group: OffenceGroup, period: Period, registers: Registers) -> pd.DataFrame:
    quarters = [pd.Timestamp(q.start) for q in period.through(period, by="quarter")]
    release = registers.newest(DATASET, period).id
    rows = outcomes[(outcomes["source_id"] == release) & outcomes["period_start"].isin(quarters)]
    if rows["period_start"].nunique() < len(quarters):
        raise NotToHand(
            f"outcomes of {group.name} recorded in {period} are not to hand.",
            [("to hand", registers.coverage(DATASET).label)],
            "Ask for that year or one of its quarters; nothing is filled in.",
        )
    return rows


def _missing(rows: pd.DataFrame, codes: pd.Index, period: Period, group: OffenceGroup) -> Numbers:
    """Return which forces have nothing under any offence and outcome in some quarter, or a count that is not there."""
    quarters = len(period.through(period, by="quarter"))
    sent = rows[rows["offences_n"].fillna(0) != 0].drop_duplicates(["area_code", "period_start"])["area_code"]
    unknown = rows.loc[rows["offences_n"].isna() & rows["offence_code"].isin(group.codes), "area_code"]
    is_short = sent.value_counts().reindex(codes, fill_value=0).to_numpy() < quarters
    return np.asarray(is_short | codes.isin(unknown))


def _counts(rows: pd.DataFrame, codes: pd.Index, registers: Registers) -> Numbers:
    """Return the offences by force (rows) and outcome type, in the order of the register (columns)."""
    kinds = pd.Index([outcome.type_code for outcome in registers.outcomes.values()])
    at = codes.get_indexer(rows["area_code"]) * len(kinds) + kinds.get_indexer(rows["outcome_type_code"])
    offences = rows["offences_n"].fillna(0).to_numpy("int64")
    summed = np.bincount(at, offences, minlength=len(codes) * len(kinds))
    return summed.reshape(len(codes), len(kinds)).astype("int64")


def _estimates(counts: Numbers, is_missing: Numbers, registers: Registers) -> pd.DataFrame:
    kinds = list(registers.outcomes.values())
    groups = {kind.group: kind.stage for kind in kinds}
    by_group = counts @ np.array([[kind.group == group for group in groups] for kind in kinds], dtype="int64")
    stages = np.array(list(groups.values()))
    recorded = by_group.sum(axis=1)
    charged, pending = (by_group[:, stages == stage].sum(axis=1) for stage in ("charged", "pending"))
    is_corrected = np.minimum.reduce([charged, pending, recorded - charged - pending]) < 0
    why = np.select(
        [is_missing, is_corrected, recorded == 0], [MISSING, CORRECTED, NONE_RECORDED], default="",
    )  # fmt: skip
    hide = _hidden(by_group, why == "")
    hide_charged, hide_pending = (
        _widened(np.any(hide[:, stages == stage], axis=1), n, why == "")
        for stage, n in (("charged", charged), ("pending", pending))
    )
    why = np.where((why == "") & hide_charged, SMALL_COUNTS, why)
    is_shown, base = why == "", np.maximum(recorded, 1)
    share = np.where(is_shown, charged / base, math.nan)
    upper = np.where(hide_pending, math.nan, share + pending / base)
    return pd.DataFrame(
        {
            "charged_n": pd.array(charged, "Int64"), "pending_n": pd.array(pending, "Int64"),
            "value": share, "lower": share, "upper": upper, "unit": "share",
            "method": np.where(hide_pending, PENDING_WITHHELD, WORST_CASE), "level": math.nan,
            "n": pd.array(recorded, "Int64"), "basis": "full count", "status": [STATUSES[w] for w in why], "why": why,
        }
    ).assign(
        charged_n=lambda t: t["charged_n"].where(is_shown), pending_n=lambda t: t["pending_n"].where(~np.isnan(upper)),
        n=lambda t: t["n"].mask(np.isin(why, [MISSING, CORRECTED])), method=lambda t: t["method"].where(is_shown),
    )  # fmt: skip


def _hidden(by_group: Numbers, is_known: Numbers) -> Numbers:
    """Return which counts of each force are hidden where its outcomes are shown group by group."""
    hide = np.zeros(by_group.shape, bool)
    for force in np.flatnonzero(is_known):
        try:
            hide[force] = hidden(by_group[force].tolist())
        except NotHonest:
            hide[force] = True
    return hide


def _widened(hide: Numbers, counts: Numbers, is_known: Numbers) -> Numbers:
    """Hide so many more forces that the total of England and Wales gives none of the hidden counts away."""
    parts: Sequence[int] = np.where(is_known, counts, 0).tolist()
    return np.array(also_hidden(parts, hide.tolist()))
