import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from stats.errors import NotHonest, StatsError
from stats.estimate.proportions import LIMITS, proportion
from stats.estimate.shape import WHY_NONE

bases = st.integers(1, 400)
methods = st.sampled_from(list(LIMITS))


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_as_published(x, n, lower, upper):
    """The four worked cases of Newcombe 1998 (Stat Med 17:857), method 3, as printed to four places."""
    found = proportion(x, n, basis="sample")
    assert found.method == "wilson"
    assert found.lower == pytest.approx(lower, abs=5.1e-5)
    assert found.upper == pytest.approx(upper, abs=5.1e-5)


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [
        (21, 28, 0.56644329681001, 0.873235050807067),
        (5_948, 118_411, 0.0490022592968165, 0.0514905616386311),
        (10, 10, 0.722467200137111, 1.0),
    ],
)
def test_wilson_is_as_in_r(x, n, lower, upper):
    """R 4.2.2 stats::prop.test(x, n, correct=FALSE), as in tests/reference/values.csv."""
    found = proportion(x, n, basis="sample")
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=1e-9)


@given(n=bases, data=st.data(), level=st.sampled_from([0.8, 0.9, 0.95, 0.99, 0.998]))
def test_wilson_is_that_of_statsmodels(n, data, level):
    """Written out to be quick, and the same to the last digits as the library it stands for."""
    x = data.draw(st.integers(0, n))
    theirs = proportion_confint(x, n, alpha=1 - level, method="wilson")
    ours = [float(end[0]) for end in LIMITS["wilson"](np.array([x]), np.array([n]), level)]
    assert ours == pytest.approx(theirs, rel=1e-13, abs=1e-15)


@pytest.mark.parametrize(
    ("level", "lower", "upper"),
    [
        (0.9, 0.573899715535025, 0.714780314260537),
        (0.95, 0.559446899979283, 0.726627342463303),
        (0.998, 0.507669196427152, 0.765991974680541),
    ],
)
def test_wilson_keeps_the_level_it_is_asked_for(level, lower, upper):
    """79 of 122 at three levels: R 4.2.2 stats::prop.test(79, 122, conf.level=), correct=FALSE."""
    found = proportion(79, 122, basis="sample", level=level)
    assert found.level == level
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=1e-9)


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [
        (0, 112, 0.0, 0.0323999259313599),
        (0, 10, 0.0, 0.308497107818761),
        (21, 28, 0.551284548471392, 0.893092008170773),
        (40, 1_254, 0.022884119759059, 0.0431843791565927),
        (79, 122, 0.555885704715383, 0.731848945868635),
    ],
)
def test_exact_is_as_in_r(x, n, lower, upper):
    """Clopper and Pearson: R 4.2.2 stats::binom.test(x, n)."""
    found = proportion(x, n, basis="sample", method="exact")
    assert found.method == "exact"
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=1e-9)


@pytest.mark.parametrize("method", ["wilson", "exact"])
def test_none_and_all_end_at_the_edge(method):
    """0 of n starts at exactly 0 and n of n ends at exactly 1, with no dust from floating point."""
    assert proportion(0, 112, basis="sample", method=method).lower == 0.0
    assert proportion(112, 112, basis="sample", method=method).upper == 1.0


# What gets no interval


@pytest.mark.parametrize("basis", ["self-selected", "case audit", "full count"])
def test_answers_that_stand_for_themselves_get_no_interval(basis):
    """79 of 122 people who chose to answer is 65% of them, with no margin of error, and the reason beside it."""
    found = proportion(79, 122, basis=basis)
    assert found.value == 79 / 122
    assert math.isnan(found.lower)
    assert math.isnan(found.upper)
    assert math.isnan(found.level)
    assert found.method == WHY_NONE[basis]
    assert found.method.startswith(("no interval:", "full count: no sampling error"))
    assert (found.n, found.basis) == (122, basis)


@pytest.mark.parametrize("basis", ["self-selected", "case audit", "full count"])
@pytest.mark.parametrize("method", ["wilson", "exact", "wald"])
def test_interval_asked_for_where_none_is_honest_is_refused(basis, method):
    """Asking by name does not help: 0 of 112 chosen files has no interval."""
    with pytest.raises(NotHonest, match=f"a {basis} gets no {method} interval") as refusal:
        proportion(0, 112, basis=basis, method=method)
    assert WHY_NONE[basis] in str(refusal.value)
    assert ("as_if=True" if basis == "full count" else "Give the count and its base") in str(refusal.value)


@pytest.mark.parametrize("method", ["wald", "normal", "agresti_coull"])
def test_wald_and_other_methods_are_refused(method):
    """Wald would say that none of 112 is 0 to 0."""
    with pytest.raises(NotHonest, match=f"the method '{method}' is not published here") as refusal:
        proportion(0, 112, basis="sample", method=method)
    assert "Wald gives 0 to 0" in str(refusal.value)
    assert "wilson, wilson-cc, exact" in str(refusal.value)


@pytest.mark.parametrize(
    ("x", "n"),
    [(1.0, 2), (1, 2.0), (0.5, 1), (3, 2), (-1, 2), (0, 0), (1, -1), (True, 2), ("1", 2), (None, 2)],
)
@pytest.mark.parametrize("basis", ["sample", "full count"])
def test_anything_but_whole_counts_is_refused(x, n, basis):
    """A share of 0.65, 123 of 122, and a base of nothing are refused, whatever the basis."""
    with pytest.raises(ValueError, match="whole counts with 0 <= x <= n and n > 0"):
        proportion(x, n, basis=basis)


@pytest.mark.parametrize("level", [95, 1.0, 0, -0.95])
def test_level_that_is_no_share_is_refused(level):
    """'95' for 0.95 would give 0% to 100%, quietly."""
    with pytest.raises((ValueError, StatsError), match="level"):
        proportion(79, 122, basis="sample", level=level)


def test_basis_that_does_not_exist_is_refused_by_name():
    """A misspelt basis stops in words, and names those there are."""
    with pytest.raises((ValueError, StatsError), match="self-selected"):
        proportion(79, 122, basis="Survey")


# Properties


@given(n=bases, data=st.data(), method=methods)
def test_interval_holds_the_share_and_stays_inside_0_and_1(n, data, method):
    """The share lies in its interval, and no limit is below 0% or above 100%."""
    x = data.draw(st.integers(0, n))
    found = proportion(x, n, basis="sample", method=method)
    assert 0 <= found.lower <= found.value <= found.upper <= 1


@given(n=bases, data=st.data(), method=methods)
def test_larger_sample_gives_a_narrower_interval(n, data, method):
    """The same share of twice the people is known more closely."""
    x = data.draw(st.integers(0, n))
    small, large = (proportion(k * x, k * n, basis="sample", method=method) for k in (1, 2))
    assert large.upper - large.lower < small.upper - small.lower


@given(n=bases, data=st.data(), method=methods)
def test_those_who_did_not_are_the_mirror_of_those_who_did(n, data, method):
    """The interval of n - x of n is that of x of n turned round."""
    x = data.draw(st.integers(0, n))
    did, did_not = proportion(x, n, basis="sample", method=method), proportion(n - x, n, basis="sample", method=method)
    assert did.lower == pytest.approx(1 - did_not.upper, abs=1e-9)
    assert did.upper == pytest.approx(1 - did_not.lower, abs=1e-9)


@given(n=bases, data=st.data())
def test_higher_level_gives_a_wider_interval(n, data):
    """To be surer is to say less."""
    x = data.draw(st.integers(0, n))
    assume(0 < x < n)
    usual, surer = (proportion(x, n, basis="sample", level=level) for level in (0.95, 0.99))
    assert surer.lower < usual.lower < usual.upper < surer.upper
