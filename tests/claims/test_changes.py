from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.claims.changes import read_change
from stats.errors import UsageMistake


@pytest.mark.parametrize(
    ("words", "kind", "low", "high"),
    [
        ("doubled", "change", "3/4", "5/4"), ("tripled", "change", "13/8", "19/8"),
        ("threefold", "change", "13/8", "19/8"),
        ("halved", "change", "-9/16", "-7/16"), ("more than doubled", "change", "1", None),
        ("rose by a third", "change", "19/60", "11/30"), ("up 487%", "change", "4.865", "4.875"),
        ("an increase of 487%", "change", "4.865", "4.875"), ("fell by 10%", "change", "-0.105", "-0.095"),
        ("fell from 12% to 8%", "points", "-0.05", "-0.03"), ("3 percentage points", "points", "0.025", "0.035"),
        ("down two percentage points", "points", "-0.025", "-0.015"),
        ("rose from 696 to 4,087", "change", "3391/696", "3391/696"),
    ],
)  # fmt: skip
def test_worded_change_is_a_range_with_its_sign(words, kind, low, high):
    """A rise is above nought, a fall below, and percentage points are kept apart from per cent."""
    found = read_change(words)
    assert (found.kind, found.low) == (kind, Fraction(low))
    assert found.high == (None if high is None else Fraction(high))


@pytest.mark.parametrize("words", ["many", "up", "on the rise", "65%", "half", "4 times a day"])
def test_words_without_a_change_are_refused(words):
    """Vague words, and shares without a direction, are no change."""
    with pytest.raises(UsageMistake, match="names no"):
        read_change(words)


@given(st.integers(0, 900))
def test_printed_rise_reads_back(n):
    """A rise printed as a whole percentage holds that percentage."""
    assert read_change(f"up {n}%").holds(Fraction(n, 100))
