"""What became of recorded offences: outcome groups, and the charged share with its bounds while some are pending."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import pandas as pd

from stats.errors import NotHonest, NotToHand
from stats.estimate.cohorts import charged_of_resolved, charged_so_far
from stats.estimate.estimate import NO_SAMPLING_ERROR, Contract, Estimate
from stats.estimate.small_counts import hidden
from stats.period import Period
from stats.registers import Area, OffenceGroup, Registers

DATASET = "outcomes"

PENDING_WITHHELD = "so far; how many are pending is withheld"


@dataclass(frozen=True)
class Cohort:
    """The offences recorded in one area and period, by what has become of them so far (counts of offences)."""

    recorded: int
    charged: int
    pending: int
    contract: Contract | None = None
    contract_resolved: Contract | None = None

    @property
    def resolved(self) -> int:
        """Offences that have an outcome."""
        return self.recorded - self.pending


def cohort_bounds(cohort: Cohort) -> Estimate:
    """Return the share charged so far, with worst-case bounds while outcomes are pending.

    The lower bound is charged over recorded, the upper adds every pending offence: (c + u) / N.

    Raises
    ------
    NotHonest
        If there are no offences, or the pending count is below zero (a published correction).
    """
    _refuse_corrections(cohort)
    return charged_so_far(cohort.charged, cohort.pending, cohort.recorded, contract=cohort.contract)


def charged_alone(cohort: Cohort) -> Estimate:
    """Return the share charged so far without bounds, which would give away how many are pending."""
    return replace(cohort_bounds(cohort), lower=math.nan, upper=math.nan, method=PENDING_WITHHELD)


def resolved_only(cohort: Cohort) -> Estimate:
    """Return charged over offences with an outcome, which supposes that the pending will end like the closed."""
    _refuse_corrections(cohort)
    if cohort.resolved <= 0:
        raise NotHonest("no offence has an outcome yet.", [("recorded", f"{cohort.recorded:,}")], "Wait for outcomes.")
    return charged_of_resolved(cohort.charged, cohort.resolved - cohort.charged, contract=cohort.contract_resolved)


def outcome_groups(
    outcomes: pd.DataFrame, *, area: Area, group: OffenceGroup, period: Period, registers: Registers
) -> pd.DataFrame:
    """Return the offences recorded in an area and period by outcome group, in the order of the register.

    Returns
    -------
    DataFrame
        One row a group: `group`, `stage`, `status`, `offences_n`, and the columns of an estimate (unit: share of
        offences recorded). Groups of 1 to 4 offences, and what would give them away, are `[c]` and missing.

    Raises
    ------
    NotToHand
        If the period or area is not in the table.
    NotHonest
        If a group is below zero (a published correction), or there are no offences: shares would mislead.
    """
    rows = cells(outcomes, area=area, group=group, period=period, registers=registers)
    register = pd.DataFrame(
        [{"outcome_type_code": o.type_code, "group": o.group, "stage": o.stage} for o in registers.outcomes.values()]
    )
    order = register.drop_duplicates("group")[["group", "stage"]]
    summed = rows.merge(register, on="outcome_type_code").groupby("group", as_index=False)["offences_n"].sum()
    table = order.merge(summed, on="group", how="left").fillna({"offences_n": 0})
    counts = [int(n) for n in table["offences_n"]]
    hide = pd.Series(hidden(counts))
    recorded = sum(counts)
    if recorded <= 0 or min(counts) < 0:
        raise NotHonest(
            f"shares of {group.name} offences recorded in {period} cannot be given for {area.name}.",
            [
                ("recorded", f"{recorded:,}"),
                *((g, f"{n:,}") for g, n in zip(table["group"], counts, strict=True) if n < 0),
            ],
            "The published counts hold corrections below zero, or none. Ask for a longer period or a larger area.",
        )
    return table.assign(
        status=hide.map({True: "[c]", False: ""}),
        offences_n=table["offences_n"].astype("Int64").mask(hide),
        value=pd.Series(counts).div(recorded).mask(hide),
        lower=math.nan, upper=math.nan, unit="share", method=NO_SAMPLING_ERROR, level=math.nan, n=recorded,
        basis="full count",
    )  # fmt: skip


def withheld(groups: pd.DataFrame) -> frozenset[str]:
    """Return which of the two counts that make the charged share `outcome_groups` hides: 'charged', 'pending'.

    Without the first there is no share to show; without the second there is one, but not the most it can become.
    """
    hidden_stages = groups.loc[groups["status"] == "[c]", "stage"]
    return frozenset(hidden_stages) & {"charged", "pending"}


def cohort(outcomes: pd.DataFrame, *, area: Area, group: OffenceGroup, period: Period, registers: Registers) -> Cohort:
    """Return the cohort of offences recorded in an area and period; the arguments are those of `outcome_groups`."""
    rows = cells(outcomes, area=area, group=group, period=period, registers=registers)
    stage = rows["outcome_type_code"].map({o.type_code: o.stage for o in registers.outcomes.values()})
    contract = Contract(
        registers.measure("charge_share_of_offences_recorded"), area, period, registers.newest(DATASET, period).id,
        group, tuple(registers.breaks_in(DATASET, codes=group.codes, area=area)),
    )  # fmt: skip
    return Cohort(
        recorded=int(rows["offences_n"].sum()),
        charged=int(rows.loc[stage == "charged", "offences_n"].sum()),
        pending=int(rows.loc[stage == "pending", "offences_n"].sum()),
        contract=contract,
        contract_resolved=replace(contract, measure=registers.measure("charge_share_of_offences_resolved")),
    )


def cells(
    outcomes: pd.DataFrame, *, area: Area, group: OffenceGroup, period: Period, registers: Registers
) -> pd.DataFrame:
    """Return the rows that `outcome_groups` and `cohort` add up, or stop if the area or period is not in the table."""
    forces = [member.code for member in registers.areas.members(area)]
    quarters = [pd.Timestamp(q.start) for q in period.through(period, by="quarter")]
    release = outcomes[outcomes["source_id"] == registers.newest(DATASET, period).id]
    there = set(release["period_start"].unique())
    missing = [q for q in quarters if q not in there]
    if missing or not set(forces) <= set(release["area_code"].unique()):
        raise NotToHand(
            f"outcomes of {group.name} recorded in {period} are not to hand for {area.name}.",
            [("to hand", registers.coverage(DATASET).label)],
            "Ask for that year or one of its quarters; nothing is filled in.",
        )
    return release[
        release["area_code"].isin(forces)
        & release["offence_code"].isin(group.codes)
        & release["period_start"].isin(quarters)
    ]


def _refuse_corrections(cohort: Cohort) -> None:
    if min(cohort.recorded - 1, cohort.pending, cohort.charged, cohort.resolved - cohort.charged) < 0:
        raise NotHonest(
            "a share cannot be made from counts that hold corrections below zero, or from none.",
            [
                ("recorded", f"{cohort.recorded:,}"),
                ("charged so far", f"{cohort.charged:,}"),
                ("no outcome yet", f"{cohort.pending:,}"),
            ],
            "Ask for a longer period, or for the whole of England and Wales.",
        )
