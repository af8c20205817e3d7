import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, BreakCrossed, NotComparable, NotHonest
from stats.estimate.shape import AS_IF
from stats.estimate.trend import AS_IF_UNEVEN, MODELS, SEASONS, trend
from stats.period import Period

QUARTERS = Period.parse("2018/19 Q1").through(Period.parse("2021/22 Q4"), by="quarter")
Y = [52, 61, 48, 57, 60, 66, 55, 63, 71, 79, 60, 68, 77, 82, 70, 79]
STEADY = [50, 60, 45, 55] * 4
RISING = [703, 686, 800, 696, 1047, 1068, 1061, 1116, 1046, 1245, 1383, 1750, 1932, 2356, 2908, 3200]


def found(y=Y, dates=QUARTERS, **options):
    """A trend of the usual series, without breaks unless one is given."""
    return trend(y, dates, **{"breaks": [], **options})


@pytest.mark.parametrize("errors", MODELS)
def test_every_error_model_gives_the_same_shape(errors):
    """Value, limits, unit, method, level, n and basis, with a ratio near that of the others."""
    one = found(errors=errors) if errors != "poisson" else found(STEADY, errors=errors)
    ratio = one.ratio
    assert 0 < ratio.lower < ratio.value < ratio.upper
    assert (ratio.unit, ratio.level, ratio.n, ratio.basis) == ("ratio per year", 0.95, 16, "full count")
    assert MODELS[errors].name in ratio.method
    assert MODELS[errors].hac in ratio.method
    assert ratio.value == pytest.approx(1.124 if errors != "poisson" else 1, abs=0.01)
    assert {type(v) for v in ratio.columns().values()} <= {float, int, str}
    assert len(one.line) == 16


def test_interval_of_a_full_count_says_what_it_supposes():
    """Nothing was sampled: the method says that the interval is as if."""
    assert found().ratio.method == f"quasi-Poisson with t, {AS_IF_UNEVEN}"
    assert found(errors="poisson", y=STEADY).ratio.method == f"Poisson, {AS_IF}"


@pytest.mark.parametrize(("errors", "plain"), [("hac", "quasi"), ("log-ols-hac", "log-ols")])
def test_newey_west_errors_are_never_narrower_than_the_plain_ones(errors, plain):
    """Where they would be, the interval is the plain one, and the method names both; where they are not, it is theirs.

    Over few quarters they alone would hold the truth about 83 times in 100 instead of 95.
    """
    hac, ours = found(errors=errors, lag=2), found(errors=plain)
    assert (hac.ratio.lower, hac.ratio.upper, hac.p_value) == (ours.ratio.lower, ours.ratio.upper, ours.p_value)
    assert hac.line.equals(ours.line)
    name = ours.ratio.method.removesuffix(f", {AS_IF_UNEVEN}")
    assert hac.ratio.method == f"{name} (wider than {MODELS[errors].hac}, lag 2), {AS_IF_UNEVEN}"
    alike, apart = found(RISING, errors=errors), found(RISING, errors=plain)
    assert alike.ratio.lower < apart.ratio.lower < apart.ratio.upper < alike.ratio.upper
    assert alike.ratio.method == f"{MODELS[errors].hac}, lag 4 (wider than {name}), {AS_IF_UNEVEN}"


@pytest.mark.parametrize("errors", ["hac", "log-ols-hac"])
@given(lag=st.integers(0, 15), y=st.lists(st.integers(20, 90), min_size=16, max_size=16))
def test_no_lag_makes_an_interval_narrower_than_the_plain_one(errors, lag, y):
    """A long lag leaves Newey-West errors near zero; the interval stays."""
    plain = found(y, errors="quasi" if errors == "hac" else "log-ols")
    assert found(y, errors=errors, lag=lag).ratio.lower <= plain.ratio.lower


def test_series_without_change_has_no_clear_change():
    """The same four quarters again and again: a ratio of 1 in an interval no narrower than chance makes it."""
    one = found(STEADY)
    assert one.ratio.value == pytest.approx(1, abs=1e-9)
    assert one.p_value == pytest.approx(1, abs=1e-3)
    assert one.ratio.lower < 0.95 < 1.05 < one.ratio.upper


def test_line_has_its_season_evened_out():
    """Each year of the line adds up to about the year's fitted counts, and the line grows by the yearly ratio."""
    one = found()
    line = one.line["value"].to_numpy()
    assert line[4:] / line[:-4] == pytest.approx(np.full(12, one.ratio.value))
    assert line.sum() == pytest.approx(sum(Y), rel=0.01)
    assert (one.line["lower"] < line).all()
    assert (line < one.line["upper"]).all()
    assert found(STEADY).line["value"].to_numpy() == pytest.approx(np.full(16, 52.5), rel=1e-6)


def test_surer_is_wider_and_season_matters():
    """A higher level widens; a seasonal series without terms of season is known less closely."""
    usual, surer, plain = found(), found(level=0.99), found(season="none")
    assert surer.ratio.lower < usual.ratio.lower
    assert plain.ratio.lower < usual.ratio.lower
    assert plain.df_resid == usual.df_resid + 3


def test_offset_turns_counts_into_a_rate():
    """Where the residents grow as fast as the offences nothing is left."""
    residents = [1000 * found().ratio.value ** (at / 4) for at in range(16)]
    assert found(offset=residents).ratio.value == pytest.approx(1, abs=1e-6)
    assert found(offset=residents).line["value"].sum() == pytest.approx(sum(Y), rel=0.02)


# What is refused


def test_a_trend_across_a_break_is_refused(a_break):
    """Part of the change would be a new rule; a notice, or a break on the first day, stops nothing."""
    with pytest.raises(BreakCrossed, match="crosses a registered break") as refusal:
        found(breaks=[a_break(date(2020, 4, 1))])
    assert "an invented rule" in str(refusal.value)
    assert isinstance(refusal.value, NotComparable)
    found(breaks=[a_break(date(2020, 4, 1), kind="notice"), a_break(date(2018, 4, 1)), a_break(date(2022, 4, 1))])


def test_a_break_that_is_modelled_is_a_step(a_break):
    """A level that doubles at a break leaves the trend as it was on both sides."""
    entry = a_break(date(2020, 4, 1))
    doubled = [y * 2 if at >= 8 else y for at, y in enumerate(STEADY)]
    assert found(doubled, breaks=[entry], modelled=[entry]).ratio.value == pytest.approx(1, abs=1e-9)


def test_a_modelled_break_needs_a_year_on_both_sides(a_break):
    """One inside a quarter has no place, and one at the end no level."""
    with pytest.raises(NotHonest, match="too short to say: the level on either side"):
        found(breaks=[], modelled=[a_break(date(2021, 7, 1))])
    with pytest.raises(NotComparable, match="first day of a quarter"):
        found(breaks=[], modelled=[a_break(date(2020, 5, 1))])


def test_two_modelled_breaks_within_a_year_are_refused(a_break):
    """Three quarters are less than one of each season; four are enough."""
    first = a_break(date(2019, 10, 1))
    near, far = a_break(date(2020, 7, 1)), a_break(date(2020, 10, 1))
    with pytest.raises(NotHonest, match="two breaks within a year of each other"):
        found(breaks=[first, near], modelled=[first, near])
    assert found(breaks=[first, far], modelled=[far, first]).df_resid == 16 - 7


def test_fewer_than_twelve_quarters_are_too_short_to_say():
    """Eleven quarters get no trend, by any error model."""
    for errors in MODELS:
        with pytest.raises(NotHonest, match="too short to say: a trend wants 12 quarters"):
            found(Y[:11], QUARTERS[:11], errors=errors)


def test_too_few_offences_have_no_trend():
    """From two offences a quarter no yearly percentage is told."""
    with pytest.raises(NotHonest, match="too few to say"):
        found([2, 1, 3, 2] * 4)


def test_plain_poisson_is_refused_where_counts_vary_more():
    """Its interval would be several times too narrow."""
    with pytest.raises(NotHonest, match="too narrow"):
        found([y * 100 for y in Y], errors="poisson")


def test_zero_has_no_logarithm():
    """Least squares of logs names the quarter; the models of counts take it."""
    with_zero = [0, *Y[1:]]
    for errors in ("log-ols", "log-ols-hac"):
        with pytest.raises(BadCount, match="above zero"):
            found(with_zero, errors=errors)
    assert math.isfinite(found(with_zero).ratio.upper)


@pytest.mark.parametrize(
    "options", [{"errors": "wald"}, {"season": "month"}, {"level": 95}, {"offset": [1.0]}, {"lag": 16}]
)
def test_options_that_are_none_are_refused(options):
    """A misspelt model, a percentage for a level, an offset for one quarter and a lag of all stop in words."""
    with pytest.raises(ValueError, match=r"errors|season|level|offset|lag must be a whole number from 0 to 15"):
        found(**options)
    assert SEASONS == ("quarter", "none")


def test_missing_quarters_and_counts_stop():
    """Nothing is filled in."""
    with pytest.raises(NotComparable, match="without a hole"):
        found(Y[:-1], [*QUARTERS[:3], *QUARTERS[4:]])
    with pytest.raises(BadCount):
        found([*Y[:-1], -2])
    with pytest.raises(BadCount, match="offset must be above zero"):
        found(offset=[0.0] * 16)


def test_counts_that_bound_no_trend_are_refused():
    """Eleven quarters of nothing and one of a hundred: a thousand million times a year is no finding."""
    quarters = Period.parse("2020/21 Q1").through(Period.parse("2022/23 Q4"), by="quarter")
    with pytest.raises(NotHonest, match="no bound on a trend"):
        trend([0] * 11 + [100], quarters, breaks=[])


def test_logs_vary_no_less_than_those_of_chance():
    """Few quarters that happen to lie on a line do not make chance smaller: log-OLS is no narrower than Poisson."""
    for errors in ("log-ols", "log-ols-hac"):
        line = found([40] * 16, errors=errors).ratio
        assert line.lower < found([40] * 16, errors="poisson").ratio.lower < 1


@pytest.mark.filterwarnings("error")
def test_counts_on_a_line_warn_of_nothing():
    """They are fitted exactly, which is no fault of theirs."""
    assert found([40] * 16).ratio.value == pytest.approx(1)


@pytest.mark.parametrize(("y", "is_wider"), [(Y, False), (RISING, True)])
def test_the_wider_interval_is_published_and_both_are_named(y, is_wider):
    """The ratio of both; the interval is quasi-Poisson's or a wider one, and the method names both."""
    both, quasi = found(y, errors="hac"), found(y)
    assert both.ratio.value == quasi.ratio.value
    assert (both.ratio.lower < quasi.ratio.lower) == (quasi.ratio.upper < both.ratio.upper) == is_wider
    assert both.line.equals(quasi.line) != is_wider
    for name in ("quasi-Poisson with t", "Poisson with Newey-West errors, lag 4"):
        assert name in both.ratio.method
    assert both.ratio.method.endswith(AS_IF_UNEVEN)
