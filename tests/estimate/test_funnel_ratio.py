import numpy as np
import pytest

from stats.errors import BadCount, NotHonest
from stats.estimate.funnel_ratio import funnel_of_ratios, poisson_limits, poisson_limits_at_observed

rng = np.random.default_rng(3)
EXPECTED = rng.uniform(20, 900, 60)
OBSERVED = rng.poisson(EXPECTED * np.exp(rng.normal(0, 0.15, 60)))


@pytest.mark.parametrize("method", ["square-root", "shmi"])
def test_areas_spread_about_one(method):
    """Over-dispersion is found, limits hold 1 and narrow with the expected events."""
    found = funnel_of_ratios(OBSERVED, EXPECTED, method=method)
    assert found.target == 1
    assert found.phi > 1.5
    lower, upper = found.limits(np.array([5.0, 50.0, 500.0]))
    assert (np.diff(lower) > 0).all()
    assert (np.diff(upper) < 0).all()
    assert (lower < 1).all()
    assert (upper > 1).all()


def test_shmi_leaves_the_ends_out_where_the_other_draws_them_in():
    """Of 60 areas a tenth at each end is left out, on expected events rounded to two decimals."""
    found = funnel_of_ratios(OBSERVED, EXPECTED, method="shmi")
    assert found.n < 60
    assert funnel_of_ratios(OBSERVED, EXPECTED).n == 60
    assert found.phi == funnel_of_ratios(OBSERVED, EXPECTED.round(2), method="shmi", decimals=None).phi
    assert found.phi != funnel_of_ratios(OBSERVED, EXPECTED, method="shmi", decimals=None).phi


def test_without_over_dispersion_chance_alone_is_left():
    """The square-root limits then come near the exact Poisson ones."""
    found = funnel_of_ratios(OBSERVED, EXPECTED)
    near, exact = found.limits(EXPECTED, over_dispersion=False), poisson_limits(EXPECTED, 0.95)
    assert near[0] == pytest.approx(exact[0], abs=0.03)
    assert near[1] == pytest.approx(exact[1], abs=0.06)


def test_limits_at_none_observed_have_no_upper_end():
    """Nothing is in ratio to nothing."""
    lower, upper = poisson_limits_at_observed([0, 4], 0.95, per=100)
    assert lower[0] == 0
    assert np.isnan(upper).tolist() == [True, False]


@pytest.mark.parametrize(("observed", "hoped"), [([1, -1], [2, 2]), ([1, 1], [2, 0]), ([1.5, 1], [2, 2])])
def test_bad_counts_are_refused(observed, hoped):
    """Negative or broken counts, nothing expected."""
    with pytest.raises(BadCount, match="expected above 0"):
        funnel_of_ratios(observed, hoped)


def test_an_area_with_none_observed_has_no_logarithm():
    """It is refused where it would count, and left out with the ends where it does not."""
    with pytest.raises(BadCount, match="no logarithm"):
        funnel_of_ratios([0, 3, 4], [2, 3, 4], method="shmi")
    assert np.isfinite(funnel_of_ratios(np.r_[OBSERVED, 0], np.r_[EXPECTED, 20.0], method="shmi").phi)


@pytest.mark.parametrize("trim", [0, 0.5, 10])
def test_trimming_by_no_share_is_refused(trim):
    """10 for 10%, or everything."""
    with pytest.raises(ValueError, match="trim must be a share"):
        funnel_of_ratios(OBSERVED, EXPECTED, method="shmi", trim=trim)


def test_one_area_has_no_variation():
    """As in a funnel of shares."""
    with pytest.raises(NotHonest, match="no variation"):
        funnel_of_ratios([3], [2.0])


def test_a_method_of_no_name_is_refused():
    """The two are named."""
    with pytest.raises(ValueError, match="'square-root' or 'shmi'"):
        funnel_of_ratios([3, 4], [2.0, 5.0], method="log")


def test_one_expected_number_for_many_areas_is_refused():
    """Each area has its own."""
    with pytest.raises(BadCount, match="not 2 of observed, 1 of expected"):
        funnel_of_ratios([3, 4], [2.0])
