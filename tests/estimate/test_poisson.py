import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.poisson import LIMITS, byar_limits, rate

counts = st.integers(0, 3000)
exposures = st.integers(1, 10_000_000)


def test_rate_says_what_it_is_per():
    """The unit names the number and who was exposed, as existing rates do."""
    found = rate(117, 56_000, basis="full count")
    assert found.unit == "per 1,000 residents"
    assert found.value == pytest.approx(117 / 56)
    assert rate(117, 56_000, basis="full count", per=100_000, of="women").unit == "per 100,000 women"


def test_full_count_has_no_interval_unless_asked_as_if():
    """Recorded offences are all counted; an interval round their rate says what it supposes."""
    plain, as_if = (rate(117, 56_000, basis="full count", as_if=asked) for asked in (False, True))
    assert math.isnan(plain.lower)
    assert plain.method == "full count: no sampling error"
    assert as_if.method == "exact, as if chance alone moved a full count"
    assert as_if.lower < plain.value < as_if.upper


def test_rule_of_phe_names_its_method_row_by_row():
    """Exact for 9 events, Byar for 10, in one table."""
    table = pd.DataFrame({"offences_n": [9, 10], "residents_n": [1000, 1000]})
    found = rate(table, "offences_n", "residents_n", basis="sample", method="phe-rule")
    assert found["method"].tolist() == ["phe-rule: exact", "phe-rule: byar"]
    assert found["lower"].iloc[0] == rate(9, 1000, basis="sample").lower
    assert found["lower"].iloc[1] == rate(10, 1000, basis="sample", method="byar").lower


def test_the_two_formulas_called_byar_are_two_methods():
    """With x and x + 1 it is wider than x + 1/2 in both, and each goes by its own name."""
    one, other = (rate(20, 1000, basis="sample", method=name) for name in ("byar", "byar-midpoint"))
    assert one.lower < other.lower
    assert other.upper < one.upper
    assert (one.method, other.method) == ("byar", "byar-midpoint")


@pytest.mark.parametrize("method", ["byar", "byar-midpoint"])
def test_lower_limit_is_never_below_nothing(method):
    """Both formulas fail near 0 events; a rate below zero is not published."""
    assert rate(0, 1000, basis="sample", method=method, level=0.998).lower == 0


def test_byar_has_no_lower_limit_of_its_own_at_none():
    """The formula divides by zero there, and PHEindicatormethods gives none."""
    lower, upper = byar_limits(np.array([0, 1]), 0.998)
    assert np.isnan(lower).all()
    assert (upper > 0).all()


def test_a_wrong_unit_of_exposure_is_not_guessed_at():
    """More offences than residents happen (the City of London), so 65 over 56 stands, and looks absurd."""
    assert rate(65, 56, basis="full count").value > 1000


@pytest.mark.parametrize(("x", "exposure"), [(-1, 10), (1.5, 10), (1, 0), (1, -5), (1, math.nan)])
def test_bad_counts_and_exposures_are_refused(x, exposure):
    """A negative or broken count, or nobody exposed, has no rate."""
    with pytest.raises(BadCount, match="exposure above 0"):
        rate(x, exposure, basis="full count")


@pytest.mark.parametrize("method", ["wald", "normal", "byars"])
def test_methods_that_are_not_published_are_refused(method):
    """The published ones are named."""
    with pytest.raises(NotHonest, match=f"'{method}' is not published") as refusal:
        rate(3, 1000, basis="sample", method=method)
    assert "byar-midpoint" in str(refusal.value)


def test_people_who_chose_to_answer_get_no_interval():
    """Nor do chosen case files."""
    for basis in ("self-selected", "case audit"):
        with pytest.raises(NotHonest):
            rate(3, 1000, basis=basis, method="exact")


@given(x=counts, exposure=exposures, method=st.sampled_from(list(LIMITS)))
def test_interval_holds_the_rate(x, exposure, method):
    """Whatever the method, and never below 0."""
    found = rate(x, exposure, basis="sample", method=method)
    assert 0 <= found.lower <= found.value + 1e-12
    assert found.value < found.upper


@given(x=st.integers(1, 1000), exposure=exposures, method=st.sampled_from(list(LIMITS)))
def test_more_events_at_the_same_rate_are_known_more_closely(x, exposure, method):
    """Twice the events in twice the people."""
    one, two = (rate(k * x, k * exposure, basis="sample", method=method) for k in (1, 2))
    assert two.upper - two.lower < one.upper - one.lower


@given(x=counts, exposure=exposures)
def test_a_rate_per_100_000_is_a_hundred_times_that_per_1_000(x, exposure):
    """Value and limits scale together."""
    one, hundred = (rate(x, exposure, basis="sample", per=per) for per in (1000, 100_000))
    assert [hundred.value, hundred.lower, hundred.upper] == pytest.approx(
        [100 * one.value, 100 * one.lower, 100 * one.upper]
    )


def test_an_infinite_exposure_is_refused():
    """It would be a rate of 0, from 0 to 0."""
    with pytest.raises(BadCount, match="exposure above 0"):
        rate(3, math.inf, basis="sample")
