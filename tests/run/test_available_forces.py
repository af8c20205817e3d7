"""Forces are compared where the plan says that they can be."""

from __future__ import annotations

import pytest

from stats.errors import StatsError
from stats.estimate import funnel, outcomes_by_force
from stats.estimate.forces import compare_forces
from stats.estimate.small_counts import LEAST_SHOWN
from stats.period import Period
from stats.read.tidy import read_tidy
from stats.registers import load
from stats.run.available_forces import FEWEST, TOO_FEW, of_forces
from stats.run.held import Held

REGISTERS = load()
HELD = Held(REGISTERS)
OUTCOMES = read_tidy("outcomes", REGISTERS)
PERIODS = ("2024/25", "2024/25 Q1", "2024/25 Q2", "2024/25 Q3", "2024/25 Q4", "2023/24", "Oct-Dec 2025")


@pytest.mark.parametrize("offence", [*REGISTERS.offences.groups, "8L", "8M"])
def test_forces_are_compared_where_the_plan_says_so(offence: str) -> None:
    """For every group, in the year, each quarter, and outside of what is to hand."""
    group = REGISTERS.offences.find(offence)
    for words in PERIODS:
        period = Period.parse(words)
        why = of_forces(HELD, group=group, period=period)
        try:
            compare_forces(OUTCOMES, group=group, period=period, registers=REGISTERS)
        except StatsError:
            assert why, words
        else:
            assert why is None, words


def test_which_forces_are_shown_is_the_same_too() -> None:
    """Not only whether enough are: the number shown agrees where some are hidden, corrected and too small."""
    group, period = REGISTERS.offences.find("8R"), Period.parse("2024/25 Q2")
    shown = outcomes_by_force.charged_by_force(OUTCOMES, group=group, period=period, registers=REGISTERS)["value"]
    assert 0 < shown.notna().mean() < LEAST_SHOWN
    why = of_forces(HELD, group=group, period=period)
    assert why
    assert why.words == TOO_FEW


def test_a_force_that_sent_nothing_counts_as_not_shown() -> None:
    """Six forces without a quarter are too many: missing is not zero."""
    group, period = REGISTERS.offences.find("stalking"), Period.parse("2024/25")
    held = Held(REGISTERS)
    outcomes = {key: dict(value) for key, value in held.outcomes.items()}
    gone = [key for key in outcomes if key[1].startswith("E2300000")][:6]
    for key in gone:
        outcomes[key].pop("2024-07-01")
    held.__dict__["outcomes"] = outcomes
    table = OUTCOMES[~(OUTCOMES["area_code"].isin([k[1] for k in gone]) & (OUTCOMES["period_start"] == "2024-07-01"))]
    assert of_forces(held, group=group, period=period)
    with pytest.raises(StatsError, match="too few forces"):
        compare_forces(table, group=group, period=period, registers=REGISTERS)


def test_the_fewest_judged_forces_are_those_of_the_funnel() -> None:
    """One number, in two places: the plan must not import numpy for it."""
    assert FEWEST == funnel.FEWEST_AREAS
