import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.proportions import proportion
from stats.estimate.surveys import DesignFactor, effective_n, kish_effective_n, survey_proportion

DEFT = DesignFactor(1.3, "technical report, table 8.1")
PLAIN = DesignFactor(1, "simple random sample of the register")
shares, bases = st.floats(0.01, 0.99), st.integers(20, 50_000)


def test_wilson_on_the_effective_sample_is_as_in_r():
    """R 4.2.2 stats::prop.test(0.7 * 200 / 1.5^2, 200 / 1.5^2, correct=FALSE, conf.level=0.9)."""
    found = survey_proportion(0.7, 200, deft=DesignFactor(1.5, "an example"), level=0.9)
    assert (found.lower, found.upper) == pytest.approx((0.615111693828, 0.773072987774), abs=1e-9)


def test_finite_population_is_as_in_r():
    """R epiR 2.0.57 epi.conf(cbind(84, 112), 'prevalence', 'fleiss', N=300, design=1.44, conf.level=0.9)."""
    found = survey_proportion(
        0.75, 112, deft=DesignFactor(1.2, "an example"), method="fleiss", population=300, level=0.9
    )
    assert (found.lower, found.upper) == pytest.approx((0.685240152315, 0.814759847685), abs=1e-9)


def test_estimate_carries_the_design_factor_and_its_source():
    """The base is the number of people asked; the factor and the table it stands in are printed with the method."""
    found = survey_proportion(0.04, 18_000, deft=DEFT)
    assert (found.n, found.unit, found.basis, found.level) == (18_000, "share", "sample", 0.95)
    assert found.method == "wilson, design factor 1.3 (technical report, table 8.1)"


def test_table_of_measures_comes_back_with_its_estimates():
    """Row by row as the single call."""
    table = pd.DataFrame({"measure": ["last year", "since 16"], "p": [0.04, 0.2], "asked_n": [18_000, 9_000]})
    found = survey_proportion(table, "p", "asked_n", deft=DEFT)
    assert found["lower"].tolist() == [
        survey_proportion(p, n, deft=DEFT).lower for p, n in ((0.04, 18_000), (0.2, 9_000))
    ]


def test_everybody_asked_leaves_no_doubt():
    """A sample that is its whole population has no sampling error."""
    found = survey_proportion(0.5, 300, deft=PLAIN, method="fleiss", population=300)
    assert (found.lower, found.upper) == (0.5, 0.5)


# Refusals


@pytest.mark.parametrize("options", [{}, {"deft": None}, {"deft": 1.3}])
def test_survey_share_without_a_sourced_design_factor_is_refused(options):
    """There is no default, and a bare number has no source."""
    with pytest.raises(NotHonest, match="no interval without its design factor") as refusal:
        survey_proportion(0.04, 18_000, **options)
    assert "technical report" in str(refusal.value)


@pytest.mark.parametrize(
    ("value", "source"), [(0, "a table"), (-1.2, "a table"), (math.nan, "a table"), (1.2, ""), (1.2, "  ")]
)
def test_design_factor_that_is_none_or_has_no_source_is_refused(value, source):
    """A factor is a positive number, and somebody printed it."""
    with pytest.raises(NotHonest, match="positive number with the source that prints it"):
        DesignFactor(value, source)


@pytest.mark.parametrize("basis", ["self-selected", "case audit", "full count"])
def test_margin_of_error_is_refused_for_what_is_no_sample(basis):
    """People who chose to answer, files chosen for review and full counts have none, whatever the design factor."""
    with pytest.raises(NotHonest, match=f"a {basis} has no margin of error") as refusal:
        survey_proportion(0.65, 122, deft=PLAIN, basis=basis)
    assert "x of the n" in str(refusal.value)


@pytest.mark.parametrize("p", [0.0, 0.001, 1.0])
@pytest.mark.parametrize("method", ["normal", "fleiss"])
def test_symmetric_interval_is_refused_near_0_and_100_per_cent(p, method):
    """It would be 0 to 0 for none, or run below nothing; Wilson does neither."""
    with pytest.raises(NotHonest, match="does not fit a share so near") as refusal:
        survey_proportion(p, 200, deft=DEFT, method=method, population=10_000)
    assert "wilson" in str(refusal.value)
    assert 0 <= survey_proportion(p, 200, deft=DEFT).lower <= p <= survey_proportion(p, 200, deft=DEFT).upper <= 1


def test_other_methods_are_refused():
    """Wald by its own name is not published."""
    with pytest.raises(NotHonest, match="'wald' is not published here"):
        survey_proportion(0.04, 18_000, deft=DEFT, method="wald")


@pytest.mark.parametrize(("p", "n"), [(65, 122), (-0.1, 122), (math.nan, 122), (0.65, 1), (0.65, 122.5)])
def test_what_is_no_share_of_people_asked_is_refused(p, n):
    """65 for 65%, and half a person, stop."""
    with pytest.raises(BadCount, match="share from 0 to 1"):
        survey_proportion(p, n, deft=DEFT)


@pytest.mark.parametrize("population", [None, 100])
def test_finite_population_must_hold_the_people_asked(population):
    """Without a population there is nothing to correct by."""
    with pytest.raises(BadCount, match="population must be given"):
        survey_proportion(0.5, 112, deft=PLAIN, method="fleiss", population=population)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [1, math.nan]])
def test_weights_that_weigh_nothing_are_refused(weights):
    """Weights below zero, missing, or all zero, and no weights at all."""
    with pytest.raises((BadCount, ValueError)):
        kish_effective_n(weights)


# Properties


@given(p=shares, n=bases, deft=st.floats(1, 3))
def test_design_factor_only_widens(p, n, deft):
    """A clustered sample is worth fewer people: its interval holds that of a simple one, and the share."""
    simple, clustered = survey_proportion(p, n, deft=PLAIN), survey_proportion(p, n, deft=DesignFactor(deft, "drawn"))
    assert 0 <= clustered.lower <= simple.lower < p < simple.upper <= clustered.upper <= 1
    assert effective_n(n, deft) <= n


@given(n=bases, data=st.data())
def test_factor_of_one_is_a_simple_random_sample(n, data):
    """Nothing else differs from the interval of a plain proportion."""
    x = data.draw(st.integers(0, n))
    found, plain = survey_proportion(x / n, n, deft=PLAIN), proportion(x, n, basis="sample")
    assert (found.lower, found.upper) == pytest.approx((plain.lower, plain.upper), abs=1e-12)


@given(weights=st.lists(st.floats(0.1, 10), min_size=1, max_size=30), by=st.floats(0.1, 10))
def test_weights_only_lose_people_and_their_scale_does_not_matter(weights, by):
    """Equal weights lose none; all weights tenfold are the same weights."""
    found = kish_effective_n(weights)
    assert 1 - 1e-9 <= found.effective_n <= found.n + 1e-9
    assert kish_effective_n([w * by for w in weights]).effective_n == pytest.approx(found.effective_n)
    assert kish_effective_n([1.0] * len(weights)).deff == 1


def test_an_infinite_weight_has_no_effective_n():
    """One person would stand for all."""
    with pytest.raises(BadCount, match="weights must be numbers"):
        kish_effective_n([1, math.inf])
