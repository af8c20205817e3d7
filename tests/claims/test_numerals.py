from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.claims.numerals import fraction, number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("118,411", 118_411), ("1.5 million", 1_500_000), ("twelve hundred", 1_200), ("a dozen", 12),
        ("a hundred and twelve", 112), ("half a million", 500_000), ("twenty-one", 21),
        ("two thousand and five", 2_005),
        ("three million two hundred thousand", 3_200_000), ("twenty twelve", None), ("many", None), ("a", None),
        ("million", None), ("two two", None), ("", None),
    ],
)  # fmt: skip
def test_number_words_are_read_exactly_or_not_at_all(words, value):
    """Numbers in words and in figures are one exact value; words that do not add up are none."""
    assert number(words) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [("3/4", "3/4"), ("two fifths", "2/5"), ("seven tenths", "7/10"), ("half", "1/2"), ("one eighth", "1/8")],
)
def test_fractions_are_read_in_words_and_figures(words, value):
    """A fraction of one whole is read; '24/7' and 'five thirds' are not."""
    assert fraction(words) == Fraction(value)
    assert fraction("24/7") is None
    assert fraction("five thirds") is None


@given(st.integers(0, 10**12))
def test_number_with_commas_reads_back(n):
    """A count printed with commas is the count."""
    assert number(f"{n:,}") == n
