import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.microdata import asin_limits, beta_limits, linearised, logit_limits, survey_mean, survey_share
from stats.estimate.sample_design import Design

PEOPLE = {
    "weight": [2, 1.5, 3, 0, 1, 4, 2.5, 1, 2],
    "psu": [1, 1, 2, 3, 1, 1, 2, 2, 3],
    "stratum": ["N", "N", "N", "N", "S", "S", "S", "S", "S"],
}
SAID_SO = [1, 0, 1, 1, 0, 0, 1, 0, 0]
YEARS = [3.2, 4, 1.5, 9, 2.2, 6.1, 3.3, 5, 4.8]


@pytest.mark.parametrize(
    ("population", "se", "deff", "beta", "logit"),
    [
        (
            None, 0.184314934466, 0.964566259941,
            (0.0892310527517, 0.8469958250905), (0.119646672973, 0.820980228383),
        ),
        (
            [12] * 4 + [6] * 5, 0.137607844293, 0.537647210587,
            (0.158872925611, 0.755541404680), (0.175095740597, 0.745955568674),
        ),
        (
            [0.25] * 4 + [0.5] * 5, 0.137607844293, 0.537647210587,
            (0.158872925611, 0.755541404680), (0.175095740597, 0.745955568674),
        ),
    ],
)  # fmt: skip
def test_share_is_as_in_r(population, se, deff, beta, logit):
    """R survey 4.1.1: svymean(deff='replace') and svyciprop(level=0.9), nest=TRUE, without and with fpc.

    The person of weight zero is one whom subset() leaves out: the unit counts, but not for degrees of freedom.
    """
    design = Design(**PEOPLE, population=population)
    for method, limits in (("beta", beta), ("logit", logit)):
        found = survey_share(SAID_SO, design, method=method, level=0.9)
        assert found.estimate.value == pytest.approx(0.441176470588, abs=1e-9)
        assert (found.se, found.deff, found.df) == pytest.approx((se, deff, 3), abs=1e-9)
        assert (found.estimate.lower, found.estimate.upper) == pytest.approx(limits, abs=1e-9)
        assert (found.estimate.n, found.estimate.method) == (8, f"{method}, Taylor linearisation")


def test_mean_is_as_in_r():
    """R survey 4.1.1: confint(svymean(~x), df=degf, level=0.9)."""
    found = survey_mean(YEARS, Design(**PEOPLE), unit="years", level=0.9)
    assert (found.estimate.value, found.se) == pytest.approx((3.90294117647, 0.554909361295), abs=1e-9)
    assert (found.estimate.lower, found.estimate.upper) == pytest.approx((2.59703777597, 5.20884457697), abs=1e-9)
    assert found.estimate.unit == "years"


def test_people_drawn_one_by_one_have_a_design_effect_of_their_weights():
    """R survey 4.1.1: svydesign(~1), without strata or clusters."""
    kept = [at for at, weight in enumerate(PEOPLE["weight"]) if weight]
    design = Design(weight=np.array(PEOPLE["weight"])[kept], psu=kept)
    found = survey_share(np.array(SAID_SO)[kept], design)
    assert (found.se, found.deff, found.df) == pytest.approx((0.206003818998, 1.20492927821, 7), abs=1e-9)


# Refusals


@pytest.mark.parametrize("said", [[0] * 9, [1] * 9, [0, 0, 0, 1, 0, 0, 0, 0, 0]])
def test_share_of_none_or_all_is_refused(said):
    """The design says nothing of a share that nobody, or only somebody of weight zero, differs from."""
    with pytest.raises(NotHonest, match="share of none or of all") as refusal:
        survey_share(said, Design(**PEOPLE))
    assert "of 8" in str(refusal.value)


@pytest.mark.parametrize("method", ["mean", "asin", "wald"])
def test_methods_that_leave_the_range_are_refused(method):
    """A symmetric interval runs below nothing, and the arcsine turns back there."""
    with pytest.raises(NotHonest, match=f"'{method}' is not published here"):
        survey_share(SAID_SO, Design(**PEOPLE), method=method)


def test_missing_answers_are_refused():
    """Missing is not no."""
    with pytest.raises(BadCount, match="must be 0 or 1"):
        survey_share([*SAID_SO[:-1], np.nan], Design(**PEOPLE))
    with pytest.raises(BadCount, match="must have an answer"):
        survey_mean([*YEARS[:-1], np.nan], Design(**PEOPLE))


def test_answers_of_other_people_are_refused():
    """One answer a person of the design."""
    with pytest.raises(ValueError, match="one entry a person"):
        survey_mean(YEARS[:-1], Design(**PEOPLE))


def test_no_degrees_of_freedom_are_refused():
    """As many strata as units, all of them sampled for certain: nothing is left to learn from."""
    design = Design(weight=[1, 1], psu=[1, 1], stratum=["N", "S"], population=[1, 1])
    with pytest.raises(NotHonest, match="no more primary sampling units than strata"):
        survey_mean([1, 2], design)


def test_limits_of_none_are_not_a_number():
    """As R gives them; the public function refuses."""
    for limits in (beta_limits, logit_limits, asin_limits):
        assert np.isnan(limits(0.0, 0.0, 3, 9, 0.95)).all()


def test_units_that_do_not_differ_give_no_interval():
    """Half of every pair said so: the standard error is nothing, and an interval of no width would be false."""
    design = Design(weight=np.ones(4), psu=[1, 1, 2, 2])
    with pytest.raises(NotHonest, match="do not differ at all"):
        survey_share([0, 1, 1, 0], design)


# Properties


@given(
    st.lists(st.tuples(st.floats(0.2, 5), st.booleans()), min_size=4, max_size=30), st.sampled_from(["beta", "logit"])
)
def test_interval_holds_the_share_and_mirrors(people, method):
    """The share lies in its interval, inside 0 and 1; those who did not are the mirror of those who did."""
    weight, said = (np.array(column) for column in zip(*people, strict=True))
    if said.all() or not said.any():
        return
    design = Design(weight=weight, psu=np.arange(len(weight)) // 2)
    assume(linearised(said.astype(float), design)[1] > 1e-9)
    found, mirror = (survey_share(y.astype(int), design, method=method).estimate for y in (said, ~said))
    assert 0 <= found.lower <= found.value <= found.upper <= 1
    assert (mirror.lower, mirror.upper) == pytest.approx((1 - found.upper, 1 - found.lower), abs=1e-9)


@given(st.lists(st.floats(-100, 100), min_size=3, max_size=20))
def test_equal_weights_drawn_one_by_one_are_the_textbook_mean(answers):
    """Without design the standard error is s / sqrt(n) and the design effect 1."""
    y = np.array(answers)
    mean, se, deff = linearised(y, Design(weight=np.full(len(y), 3.0), psu=np.arange(len(y))))
    assert (mean, se) == pytest.approx((y.mean(), y.std(ddof=1) / len(y) ** 0.5), abs=1e-9)
    if se > 1e-6:
        assert deff == pytest.approx(1)


def test_answers_that_do_not_differ_give_no_interval_of_their_mean():
    """Three, three, three: the mean is not certain for that."""
    with pytest.raises(NotHonest, match="do not differ at all"):
        survey_mean([3] * 4, Design(weight=[1, 2, 1, 2], psu=[1, 2, 3, 4]))
