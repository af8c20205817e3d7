"""Numbers in give an Estimate; a table in gives the same table with the columns of an estimate."""

import math

import numpy as np
import pandas as pd
import pytest

from stats.errors import BadCount, NotHonest, UsageMistake
from stats.estimate.estimate import COLUMNS, Estimate
from stats.estimate.proportions import LIMITS, proportion
from stats.estimate.ratios import share_ratio
from stats.estimate.shape import one_each
from stats.estimate.standardised import standardised_rate

FORCES = pd.DataFrame(
    {"force": ["Kent", "Essex", "Surrey"], "charged_n": [10, 0, 30], "offences_n": [100, 20, 300]}, index=[7, 7, 9]
)


def test_numbers_give_an_estimate_and_a_table_the_same_table():
    """Row by row the two say the same, and nothing else of the table changes."""
    found = proportion(FORCES, "charged_n", "offences_n", basis="sample")
    assert list(found.columns) == [*FORCES.columns, *COLUMNS]
    pd.testing.assert_frame_equal(found[list(FORCES.columns)], FORCES)
    for row in found.itertuples():
        one = proportion(row.charged_n, row.offences_n, basis="sample")
        assert isinstance(one, Estimate)
        assert [getattr(row, name) for name in COLUMNS] == list(one.columns().values())


@pytest.mark.parametrize("options", [{"basis": "full count"}, *({"basis": "sample", "method": m} for m in LIMITS)])
def test_no_option_changes_the_shape(options):
    """Whatever is asked, the columns are those of every estimate."""
    assert list(proportion(FORCES, "charged_n", "offences_n", **options).columns[-8:]) == COLUMNS


def test_a_missing_count_has_a_missing_estimate():
    """Missing is not zero, and the other rows keep theirs."""
    table = FORCES.assign(charged_n=[10, None, 30])
    found = proportion(table, "charged_n", "offences_n", basis="sample")
    assert found["value"].isna().tolist() == [False, True, False]
    assert found["lower"].iloc[2] == proportion(30, 300, basis="sample").lower


def test_a_base_called_n_stays():
    """The column that the estimate would add is there already, and says the same."""
    table = FORCES.rename(columns={"offences_n": "n"}).assign(charged_n=[10, None, 30])
    found = proportion(table, "charged_n", "n", basis="sample")
    assert found["n"].tolist() == [100, 20, 300]
    assert found.columns.is_unique


def test_wrong_rows_are_shown():
    """More charged than recorded in one force: that force is named, and nothing is computed."""
    with pytest.raises(BadCount, match=r"x = 21, n = 20") as refusal:
        proportion(FORCES.assign(charged_n=[10, 21, 30]), "charged_n", "offences_n", basis="sample")
    assert "Essex" in str(refusal.value)
    assert "Kent" not in str(refusal.value)
    assert isinstance(refusal.value, UsageMistake)


def test_a_column_that_is_not_there_is_named():
    """So is a table that holds an estimate already: nothing is overwritten."""
    with pytest.raises(ValueError, match="no column 'charges'"):
        proportion(FORCES, "charges", "offences_n", basis="sample")
    with pytest.raises(ValueError, match="'value' already"):
        proportion(FORCES.assign(value=1), "charged_n", "offences_n", basis="sample")


def test_an_empty_table_stays_empty():
    """No rows, and the same columns."""
    assert list(proportion(FORCES.head(0), "charged_n", "offences_n", basis="sample").columns[-8:]) == COLUMNS


def test_interval_of_a_full_count_says_what_it_supposes():
    """As if chance alone moved it; and never for people who chose to answer."""
    found = proportion(10, 100, basis="full count", as_if=True)
    assert found.method == "wilson, as if chance alone moved a full count"
    assert not math.isnan(found.upper)
    for basis in ("case audit", "self-selected"):
        with pytest.raises(NotHonest, match="no as-if interval"):
            proportion(10, 100, basis=basis, as_if=True)


def test_results_are_plain_numbers():
    """An estimate can be written as JSON: no numpy inside."""
    found = proportion(np.int64(10), np.int64(100), basis="sample")
    assert {type(v) for v in found.columns().values()} <= {float, int, str}


def test_narrow_whole_numbers_do_not_overflow():
    """A table of 32-bit counts gives the ratio that Python's own numbers give, and not one below zero."""
    table = pd.DataFrame({"x1": [11_610], "n1": [135_628], "x2": [12_915], "n2": [313_689]})
    for width in ("int32", "uint32", "int64"):
        found = share_ratio(table.astype(width), "x1", "n1", "x2", "n2", basis="full count")
        assert found["value"].iloc[0] == pytest.approx(11_610 / 135_628 / (12_915 / 313_689))
    rate = standardised_rate(
        *(np.array(n, "int32") for n in ([30_000, 50_000], [100_000, 200_000], [100_000, 30_000])), basis="sample"
    )
    assert rate.value == pytest.approx(28_846.15, abs=0.01)


def test_lists_are_neither_numbers_nor_a_table():
    """They would give an estimate that holds arrays."""
    with pytest.raises(ValueError, match="lists and arrays are neither"):
        proportion([1, 2], [3, 4], basis="sample")


def test_as_if_is_refused_for_a_sample():
    """A sample has an interval of its own; its method must not speak of a full count."""
    with pytest.raises(ValueError, match="as_if is for a full count"):
        proportion(79, 122, basis="sample", as_if=True)


def test_a_single_number_is_not_stretched_to_many_rows():
    """Lists of one length pass; a shorter list, a single number and no number at all do not."""
    two = np.array([1, 2])
    one_each("give one of each", x=two, n=two)
    for other in (two[:1], np.array(3), two[:0]):
        with pytest.raises(BadCount, match=r"give one of each, in lists of one length, not 2 of x, \d of n"):
            one_each("give one of each", x=two, n=other)
    with pytest.raises(BadCount):
        one_each("give one of each", x=two[:0], n=two[:0])


def test_a_table_has_no_contract_and_no_column_twice():
    """One contract cannot be that of many numbers; of two columns of one name, nobody can say which is meant."""
    with pytest.raises(ValueError, match="a table has many"):
        proportion(pd.DataFrame({"x": [1], "of": [3]}), "x", "of", basis="sample", contract=object())
    with pytest.raises(ValueError, match="two columns 'of'"):
        proportion(pd.DataFrame([[1, 2, 3]], columns=["x", "of", "of"]), "x", "of", basis="sample")


@pytest.mark.filterwarnings("error")
def test_an_infinite_count_is_no_whole_count():
    """It is refused as it is, and not as the smallest integer."""
    with pytest.raises(BadCount, match="inf"):
        proportion(pd.DataFrame({"x": [1.0, math.inf], "of": [2, 3]}), "x", "of", basis="sample")
