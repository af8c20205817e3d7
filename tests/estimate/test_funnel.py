import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.funnel import funnel, normal_limits

rng = np.random.default_rng(11)
DEN = rng.integers(200, 9000, 43)
ALIKE = rng.binomial(DEN, 0.09)
UNLIKE = rng.binomial(DEN, np.clip(rng.normal(0.09, 0.03, 43), 0.02, 0.3))

tables = st.lists(
    st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=60
)


def test_forces_alike_have_no_variation_beyond_chance():
    """Draws from one share: phi is about 1 and few lie outside; forces that differ have phi well above 1."""
    alike, unlike = funnel(ALIKE, DEN), funnel(UNLIKE, DEN)
    assert alike.phi < 1.3 < 5 < unlike.phi
    assert unlike.tau2 > 0
    assert unlike.side(UNLIKE / DEN, DEN, 0.998).astype(bool).sum() <= 2
    assert unlike.side(UNLIKE / DEN, DEN, 0.998, over_dispersion=False).astype(bool).sum() > 10


def test_z_and_limits_say_the_same():
    """An area lies outside the 95% limits just where its z is beyond 1.96."""
    found = funnel(UNLIKE, DEN)
    assert (np.abs(found.z) > 1.959964).tolist() == found.side(UNLIKE / DEN, DEN).astype(bool).tolist()


def test_areas_not_judged_move_nothing():
    """A special force far off changes neither the target nor the usual variation, and still has its z."""
    judged = np.ones(44, bool)
    judged[0] = False
    alone = funnel(UNLIKE, DEN)
    found = funnel(np.r_[90, UNLIKE], np.r_[100, DEN], judged=judged)
    assert (found.target, found.phi, found.tau2, found.n) == (alone.target, alone.phi, alone.tau2, 43)
    assert found.z[1:].tolist() == alone.z.tolist()
    assert found.z[0] > 3


def test_winsorising_keeps_one_odd_area_from_making_itself_usual():
    """One area with everything charged: without it drawn in, the usual variation would be far larger."""
    num, den = np.r_[UNLIKE, 500], np.r_[DEN, 500]
    assert funnel(num, den).tau2 < funnel(num, den, winsorise=0).tau2 / 1.5


def test_limits_never_fold_back():
    """At a tiny base the lower limit is 0 and the upper at most 1, and they widen all the way down."""
    found = funnel(UNLIKE, DEN)
    lower, upper = found.limits(np.arange(1, 2000), 0.998)
    assert lower[0] == 0
    assert (np.diff(lower) >= 0).all()
    assert (np.diff(upper) <= 0).all()
    assert upper.max() <= 1


def test_a_target_can_be_given():
    """The share of last year, say."""
    assert funnel(UNLIKE, DEN, target=0.2).target == 0.2


@given(table=tables)
def test_limits_hold_the_target_and_the_wider_level_the_narrower(table):
    """Whatever the counts: phi and tau2 are not negative, and 99.8% limits lie outside 95% ones."""
    num, den = (np.array(column) for column in zip(*table, strict=True))
    found = funnel(num, den)
    near, far = found.limits(den, 0.95), found.limits(den, 0.998)
    assert found.phi >= 0
    assert found.tau2 >= 0
    assert (far[0] <= near[0]).all()
    assert (near[0] <= found.target + 1e-12).all()
    assert (found.target <= near[1] + 1e-12).all()
    assert (near[1] <= far[1]).all()


@given(table=tables)
def test_those_not_charged_are_the_mirror(table):
    """The funnel of those who were not is the funnel of those who were, turned over."""
    num, den = (np.array(column) for column in zip(*table, strict=True))
    did, did_not = funnel(num, den), funnel(den - num, den)
    assert did_not.z == pytest.approx(-did.z, abs=1e-6)
    assert did_not.tau2 == pytest.approx(did.tau2, abs=1e-9)


@pytest.mark.parametrize(("num", "den"), [([5, 1], [4, 2]), ([-1, 1], [4, 2]), ([0, 1], [0, 2]), ([0.5, 1], [4, 2])])
def test_counts_that_are_none_are_refused(num, den):
    """More charged than recorded, corrections below zero, no offences, half an offence."""
    with pytest.raises(BadCount, match="0 <= num <= den"):
        funnel(num, den)


def test_one_area_has_no_variation():
    """Nor have many of which one is judged."""
    with pytest.raises(NotHonest, match="no variation between them"):
        funnel([3], [10])
    with pytest.raises(NotHonest, match="no variation between them"):
        funnel([3, 4], [10, 20], judged=[True, False])


@pytest.mark.parametrize("winsorise", [-0.1, 0.5, 10])
def test_winsorising_by_no_share_is_refused(winsorise):
    """10 for 10% would draw everything to the middle."""
    with pytest.raises(ValueError, match="share from 0 to below"):
        funnel([3, 4], [10, 20], winsorise=winsorise)


@pytest.mark.parametrize("level", [95, 0, 1])
def test_level_that_is_no_share_is_refused(level):
    """95 for 0.95."""
    with pytest.raises(ValueError, match="level"):
        funnel(UNLIKE, DEN).limits(DEN, level)


def test_normal_limits_show_why_they_are_not_published():
    """At a base of one they run past 100% and are cut off, where the arcsine limits are not."""
    lower, upper = normal_limits(0.8, 1, 0.998)
    assert (lower, upper) == (0, 1)


@pytest.mark.parametrize("target", [8.6, 0, 1, -0.1])
def test_a_target_that_is_no_share_is_refused(target):
    """8.6 for 8.6% would call every area usual."""
    with pytest.raises(ValueError, match="share between 0 and 1"):
        funnel([30, 40, 500], [1000, 1000, 1000], target=target)


def test_judged_areas_may_be_marked_by_ones():
    """1 and 0 are yes and no, and not places in the list."""
    marks = [1, 1, 0]
    by_number, by_truth = (
        funnel([10, 20, 30], [1000, 1200, 900], judged=j).target for j in (marks, [bool(m) for m in marks])
    )
    assert by_number == by_truth == 30 / 2200
