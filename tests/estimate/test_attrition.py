import math
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import NotHonest, NotToHand
from stats.estimate.attrition import (
    Cohort,
    charged_alone,
    cohort,
    cohort_bounds,
    outcome_groups,
    resolved_only,
    withheld,
)
from stats.period import Period

EW = "England and Wales"
YEAR = Period.financial_year(2024)


@pytest.fixture(scope="module")
def ask(registers, outcomes):
    """Call a function of the outcomes for an area, an offence group and a period, each named in words."""

    def of(function, area, group, period="2024/25", table=None):
        return function(
            outcomes if table is None else table,
            area=registers.areas.find(area),
            group=registers.offences.find(group),
            period=Period.parse(period),
            registers=registers,
        )

    return of


def by_group(rows: pd.DataFrame, column: str = "offences_n") -> dict[str, object]:
    """One column of a table of outcome groups, by group."""
    return dict(zip(rows["group"], rows[column], strict=True))


# The three honest numbers of a young cohort


@pytest.mark.parametrize(
    ("young", "so_far", "upper", "resolved"),
    [
        (Cohort(recorded=1000, charged=50, pending=80), 0.05, 0.13, 0.05434782608695652),
        (Cohort(recorded=400, charged=0, pending=20), 0.0, 0.05, 0.0),
    ],
)
def test_pending_outcomes_give_bounds(young, so_far, upper, resolved):
    """So far, at most if all pending are charged, and of those resolved (reference-values.csv, cohort_bounds)."""
    bounds = cohort_bounds(young)
    assert (bounds.value, bounds.lower) == (so_far, so_far)
    assert bounds.upper == pytest.approx(upper, abs=1e-12)
    assert bounds.n == young.recorded
    assert "bounds" in bounds.method
    assert math.isnan(bounds.level)
    assert resolved_only(young).value == pytest.approx(resolved, abs=1e-12)
    assert resolved_only(young).n == young.recorded - young.pending


def test_national_stalking_cohort_is_as_documented(ask):
    """Of 135,628 stalking offences 11,610 were charged so far and 5,665 have no outcome (domain.md section 1)."""
    found = ask(cohort, EW, "stalking")
    assert (found.recorded, found.charged, found.pending) == (135_628, 11_610, 5_665)
    bounds = cohort_bounds(found)
    assert round(bounds.value * 100, 1) == 8.6
    assert bounds.upper == pytest.approx((11_610 + 5_665) / 135_628)
    assert found.contract.subject == "share of recorded offences charged so far, stalking"
    assert found.contract.release == "home_office_outcomes_2024_25"


def test_national_outcome_groups_are_as_documented(ask):
    """Charged, no outcome yet, and evidence short though the victim supports action, as in domain.md section 1."""
    found = by_group(ask(outcome_groups, EW, "stalking"))
    assert found["Charged or summonsed"] == 11_610
    assert found["No outcome yet"] == 5_665
    assert found["Evidence falls short, victim supports action"] == 41_074
    assert sum(found.values()) == 135_628


@pytest.mark.parametrize("group", ["stalking", "harassment", "controlling or coercive behaviour"])
@pytest.mark.parametrize("area", [EW, "Wales", "Lincolnshire", "Metropolitan Police"])
def test_outcomes_add_up_to_the_offences_recorded(ask, count, area, group):
    """Every offence recorded has one outcome so far: cohort, groups and the recorded table agree exactly."""
    recorded = count(area, group, "2024/25").value
    rows = ask(outcome_groups, area, group)
    assert ask(cohort, area, group).recorded == recorded
    assert set(rows["n"]) == {recorded}
    shown = rows[rows["status"] == ""]
    assert shown["value"].to_numpy(float) == pytest.approx(shown["offences_n"].to_numpy(float) / recorded)
    if len(shown) == len(rows):
        assert rows["offences_n"].sum() == recorded


def test_quarters_of_a_cohort_add_up_to_its_year(ask):
    """Four quarters of offences recorded, charged and pending are the year."""
    quarters = [ask(cohort, "Kent", "stalking", f"2024/25 Q{n}") for n in (1, 2, 3, 4)]
    year = ask(cohort, "Kent", "stalking")
    assert year.recorded == sum(q.recorded for q in quarters)
    assert year.charged == sum(q.charged for q in quarters)
    assert year.pending == sum(q.pending for q in quarters)


def test_groups_stand_in_the_order_of_the_register_for_every_area(ask):
    """Two areas have the same groups in the same order, so that they can be drawn beside each other."""
    assert list(ask(outcome_groups, EW, "stalking")["group"]) == list(
        ask(outcome_groups, "City of London", "stalking")["group"]
    )


def test_outcome_group_without_offences_is_zero_and_not_missing(ask, outcomes):
    """An outcome that no offence of a force had is 0, since every offence is somewhere else."""
    without = outcomes[
        ~((outcomes["area_name"] == "Kent") & outcomes["outcome_type_code"].isin(["2", "3", "6", "7", "8"]))
    ]
    found = ask(outcome_groups, "Kent", "stalking", table=without).set_index("group")
    assert found.loc["Out-of-court disposal", "offences_n"] == 0
    assert found.loc["Out-of-court disposal", "value"] == 0
    assert found.loc["Out-of-court disposal", "status"] == ""


# Small counts


def test_small_counts_are_hidden_with_their_shares(ask):
    """City of London's small groups show [c]: no count, no share."""
    rows = ask(outcome_groups, "City of London", "stalking")
    hidden = rows[rows["status"] == "[c]"]
    assert len(hidden) >= 2
    assert hidden["offences_n"].isna().all()
    assert hidden["value"].isna().all()
    assert (rows.loc[rows["status"] == "", "offences_n"].isin(range(1, 5))).sum() == 0


@pytest.mark.parametrize(
    ("area", "hidden"),
    [
        ("City of London", {"charged"}), ("British Transport Police", {"charged", "pending"}),
        ("Hertfordshire", {"pending"}), ("Warwickshire", {"pending"}), (EW, set()),
    ],
)  # fmt: skip
def test_which_of_the_two_counts_is_withheld_is_told(ask, area, hidden):
    """The charged count and the pending count stay apart: Hertfordshire's share may be shown."""
    assert withheld(ask(outcome_groups, area, "stalking")) == hidden


def test_hidden_closed_group_withholds_neither_count():
    """Only the charged and the pending group make the charged share."""
    rows = pd.DataFrame({"stage": ["pending", "charged", "closed"], "status": ["", "", "[c]"]})
    assert withheld(rows) == set()
    assert withheld(rows.assign(status=["", "[c]", "[c]"])) == {"charged"}
    assert withheld(rows.assign(status=["[c]", "", ""])) == {"pending"}


def test_the_share_alone_has_no_bound_that_tells_the_pending():
    """157 of 2,692, and nothing of the 33; corrections are refused as ever."""
    found = charged_alone(Cohort(2_692, 157, 33))
    assert (found.value, found.n) == (157 / 2_692, 2_692)
    assert math.isnan(found.lower)
    assert math.isnan(found.upper)
    assert "withheld" in found.method
    with pytest.raises(NotHonest):
        charged_alone(Cohort(752, 12, -352))


# Refusals


def test_published_corrections_refuse_bounds_and_show_the_counts(ask):
    """Humberside has -352 malicious communications with no outcome yet in 2024/25: no bounds, and the counts shown."""
    found = ask(cohort, "Humberside", "malicious communications")
    assert found.pending == 42 - 150 - 111 - 133
    for function in (cohort_bounds, resolved_only):
        with pytest.raises(NotHonest, match="corrections below zero") as refusal:
            function(found)
        for words in ("752", f"{found.charged:,}", "-352", "Ask for a longer period"):
            assert words in str(refusal.value)


def test_published_corrections_refuse_shares_of_outcomes(ask):
    """Nor are shares made from groups of which one is below zero."""
    with pytest.raises(NotHonest, match="cannot be given for Humberside") as refusal:
        ask(outcome_groups, "Humberside", "malicious communications")
    assert "-352" in str(refusal.value)
    assert "No outcome yet" in str(refusal.value)


def test_table_that_adds_up_to_nothing_refuses_shares(ask, outcomes):
    """Nothing recorded has no shares."""
    with pytest.raises(NotHonest, match="cannot be given for Kent"):
        ask(outcome_groups, "Kent", "stalking", table=outcomes.assign(offences_n=0))


@pytest.mark.parametrize(
    "wrong",
    [
        Cohort(recorded=0, charged=0, pending=0),
        Cohort(recorded=-3, charged=0, pending=0),
        Cohort(recorded=10, charged=1, pending=-1),
        Cohort(recorded=10, charged=-1, pending=1),
    ],
)
def test_share_of_nothing_or_of_corrections_is_refused(wrong):
    """No offences, or a count below zero, give no share."""
    for function in (cohort_bounds, resolved_only):
        with pytest.raises(NotHonest, match="corrections below zero, or from none"):
            function(wrong)


def test_cohort_without_a_single_outcome_has_no_resolved_share():
    """While every offence is pending there is nothing to divide by; the bounds stand."""
    young = Cohort(recorded=12, charged=0, pending=12)
    with pytest.raises(NotHonest, match="no offence has an outcome yet") as refusal:
        resolved_only(young)
    assert "12" in str(refusal.value)
    assert (cohort_bounds(young).lower, cohort_bounds(young).upper) == (0, 1)


@pytest.mark.parametrize("period", ["2023/24", "2023/24 Q4", "2025/26 Q1", "year ending December 2024"])
@pytest.mark.parametrize("function", [cohort, outcome_groups])
def test_period_without_outcomes_is_refused(ask, function, period):
    """Only 2024/25 is to hand; another year, or one that is partly another, is refused and not half summed."""
    with pytest.raises(NotToHand, match=r"outcomes of stalking recorded in .* are not to hand") as refusal:
        ask(function, EW, "stalking", period)
    assert "year ending March 2025" in str(refusal.value)
    assert "nothing is filled in" in str(refusal.value)


def test_area_with_no_outcomes_at_all_is_refused(ask, outcomes):
    """A force that the table leaves out is refused."""
    with pytest.raises(NotToHand, match="are not to hand for Kent"):
        ask(cohort, "Kent", "stalking", table=outcomes[outcomes["area_name"] != "Kent"])


def test_nothing_recorded_is_not_called_not_to_hand(ask, count):
    """City of London recorded no aggravated harassment in July to September 2024: that is zero, and not missing."""
    assert count("City of London", "8M", "2024/25 Q2").value == 0
    try:
        found = ask(cohort, "City of London", "8M", "2024/25 Q2")
    except NotToHand as refusal:
        pytest.fail(f"zero is said to be missing: {refusal.wrong}")
    except NotHonest:
        return
    assert found.recorded == 0


# Properties


@given(charged=st.integers(0, 500), pending=st.integers(0, 500), closed=st.integers(0, 500))
def test_bounds_hold_what_may_still_come(charged, pending, closed):
    """However many of the pending are charged, the share ends between the bounds; so does 'of those resolved'."""
    n = charged + pending + closed
    if n == 0 or charged + closed == 0:
        return
    bounds = cohort_bounds(Cohort(n, charged, pending))
    assert bounds.upper - bounds.lower == pytest.approx(pending / n)
    for later in (0, pending // 2, pending):
        assert bounds.lower - 1e-12 <= (charged + later) / n <= bounds.upper + 1e-12
    assert bounds.lower - 1e-12 <= resolved_only(Cohort(n, charged, pending)).value <= 1


@given(recorded=st.integers(1, 50), charged=st.integers(0, 60), pending=st.integers(0, 60))
def test_share_of_offences_is_never_above_all_of_them(recorded, charged, pending):
    """More charged and pending than were recorded can only come from corrections: refused, and never above 100%."""
    try:
        bounds = cohort_bounds(Cohort(recorded, charged, pending))
        resolved = resolved_only(Cohort(recorded, charged, pending))
    except NotHonest:
        return
    assert 0 <= bounds.value <= bounds.upper <= 1
    assert 0 <= resolved.value <= 1


def test_each_year_is_of_the_newest_release_that_holds_it(registers, outcomes):
    """Outcomes of the next year have a file of their own; those of the year before stay those of theirs, not nought."""
    source = registers.newest("outcomes")
    later = source.model_copy(
        update={
            "id": "later",
            "published": "2027-04-22",
            "covers_from": date(2025, 4, 1),
            "covers_to": date(2026, 3, 31),
        }
    )
    some = replace(registers, sources={**registers.sources, "later": later})
    days = {name: outcomes[name] + pd.DateOffset(years=1) for name in ("period_start", "period_end")}
    both = pd.concat([outcomes, outcomes.assign(source_id="later", **days)], ignore_index=True)
    area, group = registers.areas.find(EW), registers.offences.find("stalking")

    def of(period, table):
        return cohort(table, area=area, group=group, period=Period.parse(period), registers=some)

    assert of("2024/25", both).recorded == of("2025/26", both).recorded == 135628
    assert (of("2024/25", both).contract.release, of("2025/26", both).contract.release) == (source.id, "later")
    with pytest.raises(NotToHand, match="are not to hand for England and Wales"):
        of("2025/26", outcomes)
