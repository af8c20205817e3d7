import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotComparable
from stats.estimate.attrition import Cohort, cohort_bounds
from stats.estimate.change import difference, ratio
from stats.estimate.cohorts import charged_of_resolved, charged_so_far, same_period_against_cohort, same_period_ratio
from stats.estimate.estimate import COLUMNS, Contract
from stats.period import Period

FORCES = pd.DataFrame(
    {
        "force": ["Kent", "Essex"],
        "charged_n": [50, 0],
        "pending_n": [80, 20],
        "recorded_n": [1_000, 400],
        "closed_n": [870, 380],
    }
)


def test_forces_get_their_bounds_in_one_call():
    """Row by row as for a single cohort, in the columns of every estimate."""
    found = charged_so_far(FORCES, "charged_n", "pending_n", "recorded_n")
    assert found["upper"].tolist() == [0.13, 0.05]
    assert found["value"].tolist() == found["lower"].tolist() == [0.05, 0]
    assert found["level"].isna().all()
    resolved = charged_of_resolved(FORCES, "charged_n", "closed_n")
    assert resolved["value"].tolist() == pytest.approx([50 / 920, 0])
    assert resolved["n"].tolist() == [920, 380]
    assert list(resolved.columns[-8:]) == COLUMNS


@pytest.mark.parametrize("counts", [(-1, 5, 10), (1, -5, 10), (0, 0, 0), (6, 5, 10), (1, 0.5, 10)])
def test_counts_that_make_no_cohort_are_refused(counts):
    """Corrections below zero, nothing recorded, and more charged and pending than were recorded."""
    with pytest.raises(BadCount, match="whole counts from 0"):
        charged_so_far(*counts)


@pytest.mark.parametrize("counts", [(-1, 5), (0, 0), (1, -1), (1, 2.5)])
def test_share_of_nothing_resolved_is_refused(counts):
    """While every offence is pending there is nothing to divide by."""
    with pytest.raises(BadCount, match="charged and closed must be whole counts"):
        charged_of_resolved(*counts)


# Same-period ratios


def test_ratio_says_that_the_charges_are_of_other_offences():
    """It has no interval, and its unit is a ratio and not a share."""
    found = same_period_ratio(131, 1_181)
    assert (found.unit, found.n, found.basis) == ("ratio", 1_181, "full count")
    assert "not of these offences" in found.method
    assert math.isnan(found.upper)


@pytest.mark.parametrize("counts", [(-1, 10), (1, 0), (1, 2.5)])
def test_ratio_to_nothing_is_refused(counts):
    """Nor of corrections below zero."""
    with pytest.raises(BadCount, match="recorded one above it"):
        same_period_ratio(*counts)


def test_same_period_ratio_is_not_compared_with_a_cohort_share(registers):
    """Two measures: the charges of a period are not charges of the offences recorded in it."""
    contract = Contract(
        registers.measure("charge_share_of_offences_recorded"),
        registers.areas.find("Kent"),
        Period.financial_year(2024),
        "r",
    )
    cohort = cohort_bounds(Cohort(1_000, 50, 80, contract))
    ratio_measure = registers.measure("charge_ratio_in_same_period")
    same = same_period_ratio(60, 1_000, contract=replace(contract, measure=ratio_measure))
    for compare in (difference, ratio):
        with pytest.raises(NotComparable, match="two measures") as refusal:
            compare(cohort, same)
        assert "base: offences recorded in the same period" in str(refusal.value)


def test_ratio_overstates_while_recording_falls_and_understates_while_it_grows():
    """Every cohort ends with 10% charged; only recording changes."""
    delay = [0.4, 0.3, 0.2, 0.1]
    falling = same_period_against_cohort(1_000 * 0.9 ** np.arange(8), charge_share=0.1, delay=delay)
    growing = same_period_against_cohort(1_000 * 1.1 ** np.arange(8), charge_share=0.1, delay=delay)
    steady = same_period_against_cohort(np.full(8, 1_000), charge_share=0.1, delay=delay)
    assert growing.ratios[-1] < 0.1 < falling.ratios[-1]
    assert steady.ratios[-1] == pytest.approx(0.1)
    assert steady.ratios[0] == pytest.approx(0.04)


@pytest.mark.parametrize(
    ("recorded", "charge_share", "delay", "words"),
    [
        ([10, 0], 0.1, [1], "recorded must be above 0"),
        ([10, 10], 1.1, [1], "charged share must lie between 0 and 1"),
        ([10, 10], 0.1, [0.7, 0.4], "at most 1 in sum"),
        ([10, 10], 0.1, [1.1, -0.1], "at most 1 in sum"),
    ],
)
def test_shares_that_are_none_are_refused(recorded, charge_share, delay, words):
    """Nothing recorded, more than all charged, and delays that are no shares."""
    with pytest.raises(BadCount, match=words):
        same_period_against_cohort(recorded, charge_share=charge_share, delay=delay)


@given(
    recorded=st.lists(st.integers(1, 5_000), min_size=1, max_size=8),
    delay=st.lists(st.floats(0, 1), min_size=1, max_size=5).filter(lambda d: sum(d) > 0.1),
    share=st.floats(0, 1),
)
def test_charges_agree_with_adding_them_up_one_by_one(recorded, delay, share):
    """Each cohort's charges are put into the period they come in."""
    spread = np.array(delay) / max(1, sum(delay))
    charges = [
        sum(recorded[period - late] * share * spread[late] for late in range(len(spread)) if period >= late)
        for period in range(len(recorded))
    ]
    assert same_period_against_cohort(recorded, charge_share=share, delay=spread).charges == pytest.approx(charges)
