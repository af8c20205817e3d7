from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.claims.grim import bases_for_percent, counts_for_percent, grim, unrounded
from stats.errors import UsageMistake

DECIMAL_RULES = {
    "half up": ROUND_HALF_UP, "half down": ROUND_HALF_DOWN, "half even": ROUND_HALF_EVEN, "truncated": ROUND_DOWN,
}  # fmt: skip
roundings = st.sampled_from(list(DECIMAL_RULES))
printed = st.integers(0, 3).flatmap(lambda places: st.decimals(-40, 40, places=places))


def rounded(total: int, n: int, like: Decimal, rule: str) -> Decimal:
    """A mean of whole numbers, rounded as Python's decimals do, to the decimals of another number."""
    return (Decimal(total) / n).quantize(like, rounding=DECIMAL_RULES[rule])


@given(x=printed, n=st.sampled_from([1, 2, 3, 8, 16, 20, 25, 40, 64, 80, 125, 161]), rounding=roundings)
def test_mean_is_possible_just_when_some_whole_total_rounds_to_it(x, n, rounding):
    """Against every total near it, rounded by another implementation."""
    near = int(x * n)
    possible = any(rounded(total, n, x, rounding) == x for total in range(near - 45, near + 46))
    assert grim(f"{x:f}", n, rounding=rounding) == possible


@given(percent=st.decimals(0, 100, places=1), n=st.integers(1, 250), rounding=roundings)
def test_counts_are_those_that_round_to_the_percentage(percent, n, rounding):
    """Against every count from none to all."""
    every = tuple(k for k in range(n + 1) if rounded(100 * k, n, percent, rounding) == percent)
    assert counts_for_percent(f"{percent:f}", n, rounding=rounding) == every


@given(percent=st.integers(0, 100), n=st.integers(1, 250))
def test_default_allows_a_half_to_have_been_rounded_either_way(percent, n):
    """What either convention allows, and no more."""
    either = {k for rule in ("half up", "half down") for k in counts_for_percent(f"{percent}", n, rounding=rule)}
    assert set(counts_for_percent(f"{percent}", n)) == either


@given(percent=st.integers(0, 100), n_max=st.integers(1, 120))
def test_bases_are_those_with_a_count(percent, n_max):
    """Each base from the first to the last is possible or impossible, by its counts."""
    found = bases_for_percent(f"{percent}", n_max)
    assert sorted(found.possible + found.impossible) == list(range(1, n_max + 1))
    assert all(counts_for_percent(f"{percent}", n) for n in found.possible)
    assert not any(counts_for_percent(f"{percent}", n) for n in found.impossible)


def test_none_and_all_are_possible_on_every_base():
    """0% and 100% rule nothing out."""
    assert bases_for_percent("0", 50).impossible == bases_for_percent("100.0", 50).impossible == ()


def test_printed_decimals_count():
    """'65' of 122 is 79 people; '65.0' is nobody's percentage."""
    assert counts_for_percent("65", 122) == (79,)
    assert counts_for_percent("65.0", 122) == ()


def test_scores_of_several_items_have_finer_means():
    """A mean over three answers each moves in thirds (scrutiny, tests of grim: 0.150 to 0.159 of 120 people)."""
    found = [grim(f"0.15{digit}", 120, items=3) for digit in range(10)]
    assert found == [True, False, False, True, False, False, True, False, True, False]


def test_percentage_over_100_is_read_as_a_mean():
    """Of 28 people 521% is a mean of 5.21 (scrutiny, tests of grim), and the percentage of no count of people."""
    assert grim("521", 28, percent=True)
    assert counts_for_percent("521", 28) == ()


def test_large_base_is_quick():
    """A base of a hundred million has its ends at once."""
    counts = counts_for_percent("17.853", 100_000_000)
    assert (counts[0], counts[-1]) == (17_852_500, 17_853_500)


@pytest.mark.parametrize("text", ["", "65%", "1e3", "about 65", "1,200", "--5", ".", 65.0, None])
def test_what_is_no_printed_number_is_refused(text):
    """A float has lost its zeros, and words are for `read_words`."""
    with pytest.raises(UsageMistake, match="is not a printed number"):
        unrounded(text)


def test_unknown_rounding_is_refused_by_name():
    """The ways to round are listed."""
    with pytest.raises(UsageMistake, match="'up' is no way to round") as refusal:
        grim("65", 122, rounding="up")
    assert "half up" in str(refusal.value)


@pytest.mark.parametrize("n", [0, -5])
def test_base_of_nobody_is_refused(n):
    """Nothing can be a percentage of none."""
    with pytest.raises(ValueError, match="a base must be above zero"):
        grim("65", n)


def test_zero_may_have_been_a_little_on_either_side():
    """'0.0' is anything up to 0.05 away, and truncated anything less than 0.1 away."""
    assert unrounded("0.0").ends == (Fraction(-1, 20), Fraction(1, 20))
    found = unrounded("-0.0", rounding="truncated")
    assert found.ends == (Fraction(-1, 10), Fraction(1, 10))
    assert not found.holds(Fraction(1, 10))
