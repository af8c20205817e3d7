"""Whether words and a figure can be the same number, and which slip would turn one into the other."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.claims.agreeing import agreement, is_exact, overlap, slip
from stats.claims.wording import Reading, read_words


def exactly(n: int) -> Reading:
    """A count that was not rounded."""
    return Reading("count", Fraction(n), Fraction(n))


@pytest.mark.parametrize(
    ("words", "figure", "expected"),
    [
        ("1,383", exactly(1_383), "both"),
        ("more than 1,200", exactly(1_383), "bound"),
        ("more than 1,200", exactly(4_000), "far bound"),
        ("more than 1,200", exactly(6_000), "none"),
        ("more than 1,200", exactly(1_200), "none"),
        ("about 135,000", exactly(135_628), "both"),
        ("one in ten", read_words("8.6%"), "strict only"),
        ("65%", read_words("65%"), "both"),
        ("65%", read_words("66%"), "none"),
        ("many", exactly(5), "none"),
    ],
)
def test_words_and_figure_agree(words, figure, expected):
    """Under both readings, one of them, as a bound that is near or far, or not at all."""
    assert agreement(words, figure) == expected


@pytest.mark.parametrize(
    ("words", "figure", "expected"),
    [
        ("5,000", 52_408, "a digit lost"),
        ("52,000", 5_240, "a digit too many"),
        ("520", 52_408, "two digits lost"),
        ("249", 294, "digits changed over"),
        ("1,500", 1_500_000, "thousands read as units"),
        ("5,000", 7_000, ""),
    ],
)
def test_slip_is_named(words, figure, expected):
    """A digit lost or too many, digits changed over, thousands; anything else is no slip that has a name."""
    assert slip(words, exactly(figure)) == expected


@pytest.mark.parametrize(("words", "exact"), [("75%", True), ("1,200", True), ("over 60%", False), ("half", False)])
def test_only_digits_alone_look_exact(words, exact):
    """Fraction words and bounds do not."""
    assert is_exact(words) is exact


@given(st.integers(0, 99), st.integers(0, 99))
def test_two_whole_percentages_overlap_only_if_they_are_one(a, b):
    """Two roundings that touch at an end are two numbers; and the order of the two does not matter."""
    first, second = read_words(f"{a}%"), read_words(f"{b}%")
    assert overlap(first, second) == overlap(second, first) == (a == b)
