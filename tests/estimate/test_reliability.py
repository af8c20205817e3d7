import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.proportions import proportion
from stats.estimate.reliability import reliability
from stats.estimate.surveys import DesignFactor


def judged(x, n, deff=1, *, basis="sample"):
    """What is said of x of n with a design effect."""
    return reliability(x, n, basis=basis, deft=DesignFactor(math.sqrt(deff), "an example"))


@given(n=st.integers(1, 400), data=st.data())
def test_interval_of_a_simple_sample_is_the_exact_one(n, data):
    """With a design effect of 1 it is Clopper and Pearson's."""
    x = data.draw(st.integers(0, n))
    exact, found = proportion(x, n, basis="sample", method="exact"), judged(x, n)
    assert (found.lower, found.upper) == pytest.approx((exact.lower, exact.upper), abs=1e-9)


@pytest.mark.parametrize(
    ("x", "n", "deff", "width"),
    [(15, 30, 1.5, 0.45608430087842), (5, 100, 1.3, 0.11176680154169), (90, 100, 1.7, 0.16927075115635)],
)
def test_interval_with_a_design_effect_is_as_in_r(x, n, deff, width):
    """R 4.2.2 qbeta on x and n divided by the design effect (Korn and Graubard 1998)."""
    assert judged(x, n, deff).width == pytest.approx(width, abs=1e-12)


@pytest.mark.parametrize(
    ("x", "n", "deff", "decision"),
    [
        (22, 29, 1, "suppress: n below 30"),
        (22, 40, 1.4, "suppress: n below 30"),
        (15, 30, 1, "suppress: interval width 0.30 or more"),
        (5, 100, 1.3, "suppress: relative interval width above 130%"),
        (2, 3_000, 1.2, "present"),
        (79, 122, 1, "present"),
        (0, 60, 1, "review: none or all of n"),
        (60, 60, 2, "review: none or all of n"),
    ],
)
def test_each_step_of_the_rule_has_its_words(x, n, deff, decision):
    """Base, width, none or all, relative width: in that order, and a very narrow interval always passes."""
    assert judged(x, n, deff).decision == decision


def test_complement_is_judged_on_its_own():
    """Nine in ten may be shown, and the one in ten who did not may not."""
    found = judged(90, 100, 1.7)
    assert found.decision == "present"
    assert found.complement == "suppress: relative interval width above 130%"


def test_design_effect_below_one_does_not_enlarge_the_sample():
    """The effective base is n at most."""
    assert judged(79, 122, 0.5).n_effective == 122


def test_none_has_no_relative_width():
    """A width over nothing is endless."""
    assert math.isinf(judged(0, 60).relative_width)


@pytest.mark.parametrize("basis", ["self-selected", "case audit", "full count"])
def test_only_a_sample_is_judged(basis):
    """People who answered stand for themselves: there is nothing to be more or less sure of."""
    with pytest.raises(NotHonest, match="only a random sample"):
        judged(79, 122, basis=basis)


def test_design_factor_must_be_given():
    """There is no default: a design that nobody states is not a simple random sample."""
    with pytest.raises(TypeError, match="deft"):
        reliability(79, 122, basis="sample")


def test_effective_base_of_exactly_30_is_enough():
    """The root of 2, squared, is not quite 2."""
    assert judged(30, 60, 2).n_effective == 30
    assert judged(30, 60, 2).decision != "suppress: n below 30"


@pytest.mark.parametrize(("x", "n"), [(123, 122), (0, 0), (1.5, 3), (-1, 3)])
def test_anything_but_whole_counts_is_refused(x, n):
    """As for every proportion."""
    with pytest.raises(BadCount, match="whole counts"):
        judged(x, n)
