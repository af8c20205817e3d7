"""Police forces side by side: the share charged so far, and whether it lies beyond chance and usual variation.

Two questions stay apart. Does any force differ at all, beyond chance alone? Exact tests with Holm's adjustment. Which
forces are unusual among forces that do differ? A funnel with over-dispersion. Forces are never ranked: the table is in
the order of their names, and a verdict says where a force lies, not why.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stats.errors import NotHonest
from stats.estimate.exact_binomial import ManyTests, differ_from
from stats.estimate.funnel import Funnel, funnel
from stats.estimate.outcomes_by_force import charged_by_force
from stats.estimate.shape import Limits, Numbers
from stats.estimate.small_counts import LEAST_SHOWN, MINIMUM_BASE
from stats.period import Period
from stats.registers import Break, OffenceGroup, Registers

WITHIN = "within what chance and usual variation explain"
UPPER_EDGE = "at the upper edge of chance and usual variation"
LOWER_EDGE = "at the lower edge of chance and usual variation"
ABOVE = "above what chance and usual variation explain"
BELOW = "below what chance and usual variation explain"
FEW_OFFENCES = f"fewer than {MINIMUM_BASE} offences recorded"
TOO_SMALL = f"no verdict: {FEW_OFFENCES}"
SPECIAL = "no verdict: not a territorial force"
NOT_SHOWN = "no verdict: cannot be shown"
VERDICTS = (WITHIN, UPPER_EDGE, LOWER_EDGE, ABOVE, BELOW, TOO_SMALL, SPECIAL, NOT_SHOWN)
"""All that is said of a force. Above and below lie beyond the 99.8% limits; an edge lies between those and the 95%
limits, where about two forces in 43 are expected even if nothing is unusual."""

SMALL_BASE = "[low]"
"""The status of a force that is shown, and too small for a verdict."""


@dataclass(frozen=True, eq=False)
class ForcesCompared:
    """The forces, and what they are measured against.

    Parameters
    ----------
    table : DataFrame
        One row a force, in the order of names: as `charged_by_force` returns it, with the funnel's limits at the
        force's base as shares (`low95, high95, low998, high998`), `z` (in standard deviations of chance and usual
        variation together), `verdict` (one of `VERDICTS`) `is_provisional` (whether the force would have another
        verdict, against the same limits, if every pending offence in it were charged), `is_pending_withheld` (whether
        that cannot be told, since its pending count is hidden) and `differs` (whether its exact test says that it
        differs from all together; missing where it is not judged).
    judged : array of bool
        The forces that are given a verdict: territorial, shown, and of at least `MINIMUM_BASE` offences. They alone
        set the target and the usual variation. British Transport Police has the railways, and is shown but not judged.
    funnel : Funnel
    tests : ManyTests
        One exact test for each judged force, against their share together.
    """

    table: pd.DataFrame
    judged: Numbers
    funnel: Funnel
    tests: ManyTests

    @property
    def together(self) -> tuple[int, int]:
        """Offences charged so far, and recorded, in the judged forces together."""
        rows = self.table[self.judged]
        return int(rows["charged_n"].sum()), int(rows["n"].sum())

    @property
    def beyond(self) -> pd.DataFrame:
        """The forces beyond what chance and usual variation explain."""
        return self.table[self.table["verdict"].isin([ABOVE, BELOW])]

    @property
    def answers(self) -> pd.DataFrame:
        """The two questions, each with its answer and how it was found."""
        judged, differ, beyond = int(self.judged.sum()), int(self.tests.differs.sum()), len(self.beyond)
        return pd.DataFrame(
            [
                ("Does any force differ beyond chance alone?", differ, judged, self.tests.method),
                ("Is any beyond chance and usual variation?", beyond, judged, "funnel, limits at 99.8%"),
            ],
            columns=["question", "forces_n", "of_n", "method"],
        )


def breaks_of_forces(group: OffenceGroup, period: Period, registers: Registers) -> list[Break]:
    """Return the breaks of single forces within a period: each counts something else than the others from then on."""
    found = registers.breaks.values()
    return [
        one for one in found
        if one.kind == "break" and one.areas and period.contains(one.date)
        and one.touches(dataset="outcomes", codes=group.codes, area=one.areas[0])
    ]  # fmt: skip


def compare_forces(
    outcomes: pd.DataFrame, *, group: OffenceGroup, period: Period, registers: Registers, order: str = "name"
) -> ForcesCompared:
    """Return the 43 territorial forces and British Transport Police, compared by the share charged so far.

    Parameters
    ----------
    outcomes : DataFrame
        Tidy outcomes of offences recorded, by force and quarter.
    group : OffenceGroup
    period : Period
        Made of whole quarters.
    registers : Registers
    order : {"name"}
        Forces are not ranked.

    Raises
    ------
    NotHonest
        If any other order is asked for, or too few forces can be shown for them to stand for all.
    NotToHand
        If a quarter is not in the table at all.
    """
    if order != "name":
        raise NotHonest(
            "forces are not ranked.",
            [("asked", f"order={order!r}"), ("why", "neighbours in a ranking differ by chance, and bases are unlike")],
            "Read the verdicts: which forces lie beyond what chance and usual variation explain.",
        )
    forces = charged_by_force(outcomes, group=group, period=period, registers=registers)
    _refuse_few(forces[forces["kind"] == "force"], group, period)
    is_shown = forces["value"].notna().to_numpy()
    is_small = is_shown & (forces["n"].to_numpy("float64", na_value=0) < MINIMUM_BASE)
    judged = is_shown & ~is_small & (forces["kind"] == "force").to_numpy()
    charged, recorded = (forces[name].to_numpy("int64", na_value=0) for name in ("charged_n", "n"))
    found = funnel(charged[is_shown], recorded[is_shown], judged=judged[is_shown])
    tests = differ_from(charged[judged], recorded[judged], basis="full count", as_if=True)
    forces = forces.assign(
        status=forces["status"].mask(is_small, SMALL_BASE), why=forces["why"].mask(is_small, FEW_OFFENCES)
    )
    table = _with_verdicts(forces, found, judged)
    differs = pd.Series(pd.NA, index=table.index, dtype="boolean")
    differs[judged] = tests.differs
    return ForcesCompared(table.assign(differs=differs), judged, found, tests)


def _refuse_few(territorial: pd.DataFrame, group: OffenceGroup, period: Period) -> None:
    is_shown = territorial["value"].notna()
    if is_shown.mean() < LEAST_SHOWN:
        reasons = territorial.loc[~is_shown, "why"].value_counts()
        raise NotHonest(
            f"too few forces can be shown to compare them in {group.name} recorded in {period}.",
            [("shown", f"{is_shown.sum()} of {len(is_shown)}"), *((why, n) for why, n in reasons.items())],
            "Ask for the whole year, or a wider offence group.",
        )


def _with_verdicts(forces: pd.DataFrame, found: Funnel, judged: Numbers) -> pd.DataFrame:
    share, most, base = (forces[name].to_numpy("float64", na_value=math.nan) for name in ("value", "upper", "n"))
    base = np.where(base > 0, base, math.nan)
    is_shown, z = ~np.isnan(share), np.full(len(forces), math.nan)
    z[is_shown] = found.z
    limits = {level: found.limits(base, level) for level in (0.95, 0.998)}
    so_far = _placed(share, limits)
    verdict = np.select(
        [~is_shown, (forces["kind"] != "force").to_numpy(), ~judged], [NOT_SHOWN, SPECIAL, TOO_SMALL], default=so_far
    )
    is_told = ~np.isnan(most)
    (low95, high95), (low998, high998) = limits.values()
    return forces.assign(
        low95=low95, high95=high95, low998=low998, high998=high998, z=z, verdict=verdict,
        is_provisional=judged & is_told & (_placed(most, limits) != so_far), is_pending_withheld=judged & ~is_told,
    )  # fmt: skip


def _placed(share: Numbers, limits: dict[float, Limits]) -> Numbers:
    """Where shares lie between the limits, in words."""
    (low95, high95), (low998, high998) = limits.values()
    return np.select(
        [share > high998, share < low998, share > high95, share < low95], [ABOVE, BELOW, UPPER_EDGE, LOWER_EDGE],
        default=WITHIN,
    )  # fmt: skip
