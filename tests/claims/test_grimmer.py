import itertools
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from stats.claims.grimmer import debit, grimmer
from stats.errors import UsageMistake


def printed(answers, places=2):
    """Every way in which the mean and the standard deviation of some answers may be printed."""
    n = len(answers)
    variance = Fraction(n * sum(a * a for a in answers) - sum(answers) ** 2, n * (n - 1))
    exact = Decimal(sum(answers)) / n, (Decimal(variance.numerator) / variance.denominator).sqrt()
    unit, rules = Decimal(1).scaleb(-places), (ROUND_HALF_UP, ROUND_HALF_DOWN)
    return {tuple(str(number.quantize(unit, rounding=rule)) for number in exact) for rule in rules}


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_no_real_answers_are_called_inconsistent(n):
    """Every set of n answers from 0 to 5 passes, and every set of yes and no passes both tests."""
    for answers in itertools.combinations_with_replacement(range(6), n):
        for x, sd in printed(answers):
            assert grimmer(x, sd, n)
            assert max(answers) > 1 or debit(x, sd, n)


@pytest.mark.parametrize(
    ("x", "sd", "n", "consistent"),
    [
        ("5.21", "1.6", 28, True),
        ("3.44", "2.47", 18, False),
        ("5.23", "2.55", 35, False),
        ("5.23", "2.55", 127, True),
        ("3.756", "4.485", 89, False),
        ("3.75", "4.48", 89, True),
        ("0.03", "0.18", 200, True),
    ],
)
def test_mean_and_sd_are_as_in_other_programs(x, sd, n, consistent):
    """Cases of the tests of scrutiny and rsprite2, and of scrutiny's issue 86."""
    assert grimmer(x, sd, n) == consistent


def test_half_rounded_up_is_stricter():
    """0.11 and 0.87 of 64 need a sum of squares that is odd where the total is even (scrutiny, issue 85)."""
    assert grimmer("0.11", "0.87", 64)
    assert not grimmer("0.11", "0.87", 64, rounding="half up")


def test_scores_of_several_items_allow_more():
    """3.44 and 2.47 of 18 can be means of two answers each, and not of one."""
    assert grimmer("3.44", "2.47", 18, items=2)
    assert not grimmer("3.44", "2.47", 18)


def test_mean_that_no_total_has_is_inconsistent_whatever_the_sd():
    """GRIM comes first."""
    assert not grimmer("0.51", "0.50", 10)


def test_binary_sd_is_as_in_other_programs():
    """The seven cases that come with scrutiny (pigs3): 0.35 beside 0.19 cannot be."""
    cases = ["0.53 0.50", "0.44 0.50", "0.77 0.42", "0.19 0.35", "0.34 0.47", "0.93 0.25", "0.12 0.33"]
    assert [debit(*case.split(), 1683) for case in cases] == [True, True, True, False, True, True, True]
    assert not debit("0.36", "0.11", 20)


def test_largest_sd_lies_between_the_ends_of_a_printed_half():
    """50 of 100 has 0.503, which neither 0.495 nor 0.505 has."""
    assert debit("0.50", "0.503", 100)


def test_none_and_all_have_no_spread():
    """A share of 0 or 1 has a standard deviation of 0."""
    assert debit("0.00", "0.00", 50)
    assert debit("1.00", "0.00", 50)
    assert not debit("1.00", "0.50", 50)


@pytest.mark.parametrize("x", ["1.5", "-0.2", "65"])
def test_share_that_is_none_is_refused(x):
    """DEBIT is about yes and no."""
    with pytest.raises(UsageMistake, match="lies between 0 and 1"):
        debit(x, "0.5", 100)


@pytest.mark.parametrize(("sd", "n"), [("-0.5", 100), ("0.5", 1), ("0.5", 0)])
@pytest.mark.parametrize("test", [debit, grimmer])
def test_spread_of_fewer_than_two_or_below_zero_is_refused(test, sd, n):
    """One answer has no standard deviation, and none is negative."""
    with pytest.raises(UsageMistake, match="at least 0 and of 2 or more"):
        test("0.5", sd, n)


def test_numbers_must_be_text():
    """A float has lost its zeros."""
    with pytest.raises(UsageMistake, match="is not a printed number"):
        grimmer("0.5", 0.5, 100)
