import math

import pandas as pd
import pytest

from stats.errors import BadCount, NotHonest
from stats.estimate.expected import expected, observed_over_expected


def test_as_many_as_expected_is_a_ratio_of_one():
    """The reference area over itself."""
    assert expected([100, 200], [5, 20], [100, 200]) == 25
    found = observed_over_expected(25, 25.0, basis="full count")
    assert (found.value, found.unit) == (1, "ratio")
    assert math.isnan(found.lower)


def test_forces_are_compared_in_one_table():
    """Exact below 10 observed, Byar from 10 on, and the row says which."""
    table = pd.DataFrame({"observed_n": [9, 10, None], "expected_n": [10.0, 10.0, 10.0]})
    found = observed_over_expected(table, "observed_n", "expected_n", basis="full count", as_if=True, per=100)
    assert [str(method).split(",")[0] for method in found["method"]] == ["phe-rule: exact", "phe-rule: byar", "nan"]
    assert (found["unit"] == "per 100 expected").all()
    assert found["value"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize(("observed", "hoped"), [(-1, 3.0), (2, 0.0), (2.5, 3.0)])
def test_bad_counts_are_refused(observed, hoped):
    """Nothing expected, a broken or a negative count."""
    with pytest.raises(BadCount, match="expected above 0"):
        observed_over_expected(observed, hoped, basis="full count")


def test_a_reference_without_residents_is_refused():
    """Its rate is not a number."""
    with pytest.raises(BadCount, match="reference above 0"):
        expected([10, 10], [1, 1], [10, 0])


def test_case_audit_gets_no_interval():
    """Files chosen for review stand for themselves."""
    with pytest.raises(NotHonest):
        observed_over_expected(3, 5.0, basis="case audit", as_if=True)


@pytest.mark.parametrize("pop", [[10], [10, 10, 10], 10, []])
def test_lists_of_unlike_length_are_refused(pop):
    """One number for two age groups would be used for both, quietly."""
    with pytest.raises(BadCount, match=r"in lists of one length, not \d of pop, 2 of ref_count"):
        expected(pop, [1, 1], [10, 20])


def test_infinitely_many_expected_are_refused():
    """They would be a ratio of 0, from 0 to 0."""
    with pytest.raises(BadCount, match="expected above 0"):
        observed_over_expected(3, math.inf, basis="sample")
