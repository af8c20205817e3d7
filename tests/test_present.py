import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import NotHonest
from stats.present import (
    between,
    capital,
    count,
    fitting,
    half_away,
    is_unclear,
    listed,
    out_of,
    percent,
    points,
    rate,
    value,
    with_interval,
)

decimals = st.decimals(-10_000, 10_000, places=4)


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [
        (0.125, 2, "0.13"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (1.005, 2, "1.01"),  # Python's own round() gives 1.0: the float lies just below
        (0.285, 2, "0.29"),
        (Fraction(1, 3), 3, "0.333"),
        (Fraction(-5, 2), 0, "-3"),
        (Decimal("0.45"), 1, "0.5"),
        (12, 0, "12"),
    ],
)
def test_halves_round_away_from_zero_on_the_number_as_written(number, places, rounded):
    """2.5 is 3 and 1.005 is 1.01, as on paper, and not as binary fractions happen to lie."""
    assert str(half_away(number, places)) == rounded


@given(decimals, st.integers(0, 3))
def test_rounding_moves_a_number_by_half_a_unit_at_most(number, places):
    """The rounded number is the nearest, and of two nearest ones the one farther from zero."""
    unit = Decimal(1).scaleb(-places)
    rounded = half_away(number, places)
    assert abs(rounded - number) <= unit / 2
    if abs(rounded - number) == unit / 2:
        assert abs(rounded) > abs(number)


@given(decimals, st.integers(0, 3))
def test_rounding_treats_losses_as_gains(number, places):
    """A fall and a rise of the same size are printed with the same digits."""
    assert half_away(-number, places) == -half_away(number, places)


@given(decimals, st.integers(0, 3))
def test_rounding_twice_changes_nothing(number, places):
    """What is rounded stays as it is."""
    once = half_away(number, places)
    assert half_away(once, places) == once


@given(st.integers(0, 10_000), st.integers(0, 3))
def test_float_and_decimal_round_alike(thousandths, places):
    """A float rounds as the decimal that it is printed as."""
    assert half_away(thousandths / 1000, places) == half_away(Decimal(thousandths) / 1000, places)


def test_count_has_commas():
    """A count is whole, with commas."""
    assert [count(n) for n in (0, 999, 118411, 1_500_000, -150)] == ["0", "999", "118,411", "1,500,000", "-150"]


@pytest.mark.parametrize("missing", [None, math.nan, math.inf])
def test_missing_number_is_never_printed_as_zero(missing):
    """A number that is not there says so, as a count, a share or a rate, and as a change or a ratio."""
    assert {count(missing), percent(missing), rate(missing)} == {"not available"}
    units = ("count", "share", "change in share", "ratio", "odds ratio", "per 1,000 residents")
    assert {value(missing, unit=unit) for unit in units} == {"not available"}


def test_ratios_have_two_decimals():
    """Of shares or of odds."""
    assert [value(1.3195, unit=unit) for unit in ("ratio", "odds ratio")] == ["1.32", "1.32"]


@pytest.mark.parametrize(
    ("share", "n", "printed"),
    [
        (11610 / 135628, 135628, "8.6%"),
        (5948 / 118411, 118411, "5.0%"),
        (40 / 1082, 1082, "3.7%"),
        (21 / 28, 28, "75%"),
        (0.0855, 1000, "8.6%"),
        (0.085, 999, "9%"),
        (1.0, 5, "100%"),
        (0, 112, "0%"),
    ],
)
def test_percent_has_a_decimal_only_on_a_base_of_a_thousand(share, n, printed):
    """21 of 28 is 75%, not 75.0%; a decimal comes with a base of 1,000."""
    assert percent(share, n) == printed


@pytest.mark.parametrize(
    ("per", "printed"), [(2.28, "2.3"), (0.0449, "0.045"), (12.4, "12"), (1.0, "1.0"), (0, "0"), (-2.34, "-2.3")]
)
def test_rate_has_two_significant_figures(per, printed):
    """A rate is no finer than its base bears."""
    assert rate(per) == printed


@pytest.mark.parametrize(
    ("unit", "printed"),
    [("share", "9%"), ("per 1,000 residents", "0.086"), ("count", "0"), ("offences", "0"), ("ratio per year", "0.09")],
)
def test_value_is_printed_as_its_unit(unit, printed):
    """The same number reads as a share, a rate or a count by its unit alone."""
    assert value(0.086, unit=unit, n=999) == printed


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists_read_as_prose(words, text):
    """A list of names reads as a sentence does."""
    assert listed(words) == text


def test_list_may_end_with_or():
    """Choices are joined by 'or'."""
    assert listed(["8L", "8M", "8Q"], "or") == "8L, 8M or 8Q"


def test_capital_leaves_names_alone():
    """Only the first letter changes: 'ONS figures' keeps its letters."""
    assert [capital(t) for t in ("recorded by ONS", "", "ONS")] == ["Recorded by ONS", "", "ONS"]


@given(st.fractions(-100, 100), st.integers(0, 3))
def test_fraction_rounds_exactly(number, places):
    """The nearest, and of two nearest ones the one farther from zero, without passing through decimals."""
    rounded = Fraction(half_away(number, places))
    unit = Fraction(1, 10**places)
    assert abs(rounded - number) <= unit / 2
    if abs(rounded - number) == unit / 2:
        assert abs(rounded) > abs(number)


def test_fraction_just_below_a_half_rounds_down():
    """A decimal of 28 digits would call it a half."""
    assert str(half_away(Fraction(1, 2) - Fraction(1, 10**40))) == "0"
    assert str(half_away(Fraction(-5, 2))) == "-3"


def test_difference_of_percentages_is_in_percentage_points():
    """With the decimals that a percentage of that base has."""
    assert points(0.0214, 5_000) == "2.1 percentage points"
    assert points(-0.0214, 500) == "-2 percentage points"
    assert points(math.nan) == "not available"


@pytest.mark.parametrize(
    ("unit", "printed"),
    [
        ("share", "56% to 73%"),
        ("change in share", "56 to 73 percentage points"),
        ("ratio", "0.56 to 0.73"),
        ("odds ratio", "0.56 to 0.73"),
        ("per 1,000 residents", "0.56 to 0.73"),
    ],
)
def test_range_names_its_unit_once(unit, printed):
    """Both ends as the unit is printed."""
    assert between(0.559, 0.727, unit=unit, n=122) == printed


def test_estimate_comes_first_and_then_its_interval():
    """As the ONS writes it; the level is that of the interval."""
    said = with_interval(0.6475, 0.5594, 0.7266, unit="share", n=122)
    assert said == "65% (95% confidence interval: 56% to 73%)"
    assert "(99.8% confidence" in with_interval(0.6475, 0.5, 0.77, unit="share", n=122, level=0.998)


@pytest.mark.parametrize(
    ("unit", "lower", "upper", "unclear"),
    [
        ("change in share", -0.01, 0.02, True),
        ("change in share", 0.0, 0.02, True),
        ("change in share", 0.001, 0.02, False),
        ("ratio", 0.9, 1.1, True),
        ("ratio", 1.01, 1.1, False),
        ("share", 0.0, 1.0, False),
        ("count", -5, 5, False),
    ],
)
def test_interval_that_holds_no_change_is_not_clear(unit, lower, upper, unclear):
    """0 for a difference, 1 for a ratio; a share or a count is no comparison."""
    assert is_unclear(lower, upper, unit=unit) == unclear


def test_people_are_counted_out_of_people():
    """The count, the base, and the share of them in brackets."""
    assert out_of(79, 122, "people who answered") == "79 of the 122 people who answered (65%)"
    assert out_of(0, 1_120, "files reviewed") == "0 of the 1,120 files reviewed (0.0%)"


@pytest.mark.parametrize("basis", ["self-selected", "case audit"])
@pytest.mark.parametrize(
    "text",
    [
        "65%, with a margin of error of 8 points",
        "65%, with an error margin of 8 points",
        "65%, and a sampling error of 4 points",
        "65% (95% CI: 57% to 73%)",
        "65%, confidence limits 57% and 73%",
        "65% of women in the U.K.",
        "65% (95% Confidence Interval: 56% to 73%)",
        "a significant 65%",
        "a representative 65%",
        "65% of victims nationally",
        "65% of victims in England and Wales",
        "British victims",
        "65% of the public",
        "across the country, 65%",
        "two-thirds of the UK",
    ],
)
def test_words_that_claim_more_than_a_basis_bears_are_refused(text, basis):
    """No margin of error and no national noun for those who stand for themselves."""
    with pytest.raises(NotHonest, match=f"cannot be said of a {basis}") as refusal:
        fitting(text, basis=basis)
    assert "people who answered" in str(refusal.value)
    assert fitting(text, basis="sample") == fitting(text, basis="full count") == text


@pytest.mark.parametrize(
    "text", ["79 of the 122 people who answered (65%)", "no margin of error exists", "British Transport Police: 3 of 5"]
)
def test_words_that_fit_pass(text):
    """What is denied is not claimed, and a force may bear a nation's name."""
    assert fitting(text, basis="self-selected") == text
