import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.present import capital, count, half_away, listed, percent, rate, value

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
    ("unit", "printed"), [("share", "9%"), ("per 1,000 residents", "0.086"), ("count", "0"), ("offences", "0")]
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
