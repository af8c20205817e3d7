"""The share charged so far of every force at once."""

import pytest

from stats.estimate.attrition import cohort
from stats.estimate.estimate import COLUMNS
from stats.estimate.outcomes_by_force import charged_by_force
from stats.period import Period

YEAR = Period.parse("2024/25")


@pytest.fixture(scope="module")
def table(registers, outcomes):
    """Stalking recorded in the year ending March 2025."""
    return charged_by_force(outcomes, group=registers.offences.find("stalking"), period=YEAR, registers=registers)


def test_every_force_has_one_row_with_the_columns_of_an_estimate(table):
    """43 territorial forces and British Transport Police, and no nation among them."""
    assert table["area_code"].nunique() == len(table) == 44
    assert set(COLUMNS) <= set(table.columns)
    assert table["kind"].value_counts()["force"] == 43


def test_what_cannot_be_shown_has_a_reason(table):
    """A row without a value says why, and one with a value has no mark."""
    is_shown = table["value"].notna()
    assert (table.loc[~is_shown, "status"] != "").all()
    assert (table.loc[~is_shown, "why"] != "").all()
    assert (table.loc[is_shown, "status"] == "").all()


@pytest.mark.parametrize("name", ["Lincolnshire", "Metropolitan Police", "Derbyshire", "Kent"])
def test_a_force_has_the_numbers_of_its_own_page(table, registers, outcomes, name):
    """The share so far, the share if all pending were charged and the base are those of `attrition.cohort`."""
    one = cohort(
        outcomes, area=registers.areas.find(name), group=registers.offences.find("stalking"), period=YEAR,
        registers=registers,
    )  # fmt: skip
    found = table.set_index("area_name").loc[name]
    assert (found.charged_n, found.pending_n, found.n) == (one.charged, one.pending, one.recorded)
    assert found.value == found.lower == one.charged / one.recorded
    assert found.upper == pytest.approx((one.charged + one.pending) / one.recorded)
    assert found.basis == "full count"
