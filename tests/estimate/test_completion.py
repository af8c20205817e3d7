import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.completion import completion_factors
from stats.estimate.estimate import COLUMNS

TAYLOR_ASHE = [
    [357_848, 1_124_788, 1_735_330, 2_218_270, 2_745_596, 3_319_994, 3_466_336, 3_606_286, 3_833_515, 3_901_463],
    [352_118, 1_236_139, 2_170_033, 3_353_322, 3_799_067, 4_120_063, 4_647_867, 4_914_039, 5_339_085],
    [290_507, 1_292_306, 2_218_525, 3_235_179, 3_985_995, 4_132_918, 4_628_910, 4_909_315],
    [310_608, 1_418_858, 2_195_047, 3_757_447, 4_029_929, 4_381_982, 4_588_268],
    [443_160, 1_136_350, 2_128_333, 2_897_821, 3_402_672, 3_873_311],
    [396_132, 1_333_217, 2_180_715, 2_985_752, 3_691_712],
    [440_832, 1_288_463, 2_419_861, 3_483_130],
    [359_480, 1_421_128, 2_864_498],
    [376_686, 1_363_294],
    [344_014],
]
QUARTERS = [[100, 150, 165, 170], [110, 154, 172], [121, 190], [90]]


def test_each_step_is_what_its_cohorts_came_to():
    """By hand: (150 + 154 + 190) / (100 + 110 + 121), (165 + 172) / (150 + 154), 170 / 165."""
    found = completion_factors(QUARTERS)
    assert found.factors == pytest.approx([494 / 331, 337 / 304, 170 / 165])
    assert found.cohorts["value"].tolist() == pytest.approx(
        [170, 172 * 170 / 165, 190 * 337 / 304 * 170 / 165, 90 * 494 / 331 * 337 / 304 * 170 / 165]
    )
    assert found.cohorts["latest"].tolist() == [170, 172, 190, 90]
    assert found.total_outstanding == pytest.approx(found.cohorts["outstanding"].sum())
    assert found.total.value == pytest.approx(found.cohorts["value"].sum())


def test_cohorts_have_the_columns_of_every_estimate():
    """The completed count is the value, what is known so far the base."""
    found = completion_factors(QUARTERS).cohorts
    assert list(found.columns) == ["latest", "outstanding", "se", *COLUMNS]
    assert set(found["method"]) == {"chain ladder, log-normal interval; if later cohorts grow as earlier ones did"}
    assert found["n"].tolist() == found["latest"].tolist()


def test_complete_cohort_has_nothing_left_to_guess():
    """No standard error and no interval, while a younger one has both and is never below what is known."""
    found = completion_factors(QUARTERS).cohorts
    assert found["se"].iloc[0] == 0
    assert math.isnan(found["lower"].iloc[0])
    young = found.iloc[1:]
    assert (young["latest"] < young["lower"]).all()
    assert (young["lower"] < young["value"]).all()
    assert (young["value"] < young["upper"]).all()


@pytest.mark.parametrize(("last_sigma", "total_se"), [("Mack", 2_447_094.86), ("log-linear", 2_441_364.128)])
def test_standard_error_is_as_published(last_sigma, total_se):
    """Taylor and Ashe's triangle: 2,447,095 in Mack 1993; 2,441,364.1 by R ChainLadder's default."""
    found = completion_factors(TAYLOR_ASHE, last_sigma=last_sigma)
    assert found.total_se == pytest.approx(total_se, abs=0.01)
    if last_sigma == "Mack":
        assert found.cohorts["se"].round().tolist() == [
            0, 75_535, 121_699, 133_549, 261_406, 411_010, 558_317, 875_328, 971_258, 1_363_155,
        ]  # fmt: skip


def test_variance_of_the_last_step_may_be_given():
    """And a log-linear fit of few or scattered steps gives way to Mack's rule, as in R ChainLadder."""
    assert completion_factors(QUARTERS, last_sigma=0.5).sigma[-1] == 0.5
    by_rule, by_fit = (completion_factors(QUARTERS, last_sigma=rule).sigma for rule in ("Mack", "log-linear"))
    assert by_fit.tolist() == by_rule.tolist()
    two, one = by_rule[0] ** 2, by_rule[1] ** 2
    assert by_rule[2] == pytest.approx(math.sqrt(min(one**2 / two, two, one)))


def test_shortest_triangle_has_factors_and_no_standard_error():
    """Two cohorts show one step once: how far such steps differ is not known."""
    found = completion_factors([[10, 15], [12]])
    assert found.cohorts["value"].tolist() == [15, 18]
    assert math.isnan(found.total_se)
    assert math.isnan(found.total.lower)


def test_growth_from_nothing_leaves_the_standard_error_unknown():
    """A cohort that had none and then some has no growth factor of its own; the pooled factor stands."""
    found = completion_factors([[0, 5, 6], [10, 15], [12]])
    assert found.factors[0] == 2
    assert math.isnan(found.cohorts["se"].iloc[2])


# Refusals


@pytest.mark.parametrize("rows", [[[1, 2]], [[1], [2]], [[1, 2], [1, 2, 3]], [[1, 2], []], []])
def test_rows_that_make_no_triangle_are_refused(rows):
    """One cohort, one age, an older cohort known for less time, and none."""
    with pytest.raises(NotHonest, match="no triangle of cohorts"):
        completion_factors(rows)


@pytest.mark.parametrize("rows", [[[1, -2], [1]], [[1, math.nan], [1]]])
def test_counts_that_are_none_are_refused(rows):
    """Below zero, or missing."""
    with pytest.raises(BadCount, match="counts must be numbers from 0"):
        completion_factors(rows)


def test_step_from_nothing_is_refused():
    """None of the cohorts had any, so nothing says how they grow."""
    with pytest.raises(BadCount, match="above 0 to grow from"):
        completion_factors([[0, 2], [0]])


def test_unknown_rule_is_refused():
    """By name, with those there are."""
    with pytest.raises(ValueError, match="log-linear"):
        completion_factors(QUARTERS, last_sigma="none")


# Properties


@given(start=st.lists(st.integers(1, 500), min_size=3, max_size=7), growth=st.floats(1, 3))
def test_cohorts_that_all_grow_alike_are_completed_exactly(start, growth):
    """With no noise the factors are the growth, and nothing is uncertain."""
    k = len(start)
    found = completion_factors(
        [[n * growth**age for age in range(k - row)] for row, n in enumerate(start)], last_sigma=0
    )
    assert found.factors == pytest.approx(np.full(k - 1, growth))
    assert found.cohorts["value"].to_numpy() == pytest.approx(np.array(start) * growth ** (k - 1))
    assert found.total_se == pytest.approx(0, abs=1e-3)
