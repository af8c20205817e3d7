import contextlib
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


@pytest.mark.parametrize(
    ("words", "kind", "low", "high"),
    [
        ("threefold decrease", "change", "-17/24", "-5/8"), ("fell threefold", "change", "-17/24", "-5/8"),
        ("a sevenfold increase", "change", "41/8", "55/8"), ("increased almost fivefold", "change", "27/8", "4"),
        ("halving", "change", "-9/16", "-7/16"), ("more than halved", "change", "-1", "-1/2"),
        ("almost halved", "change", "-1/2", "-7/16"), ("a 30% rise", "change", "0.295", "0.305"),
        ("a rise of 30%", "change", "0.295", "0.305"), ("30 per cent more", "change", "0.295", "0.305"),
        ("30% fewer", "change", "-0.305", "-0.295"), ("a third fewer", "change", "-11/30", "-19/60"),
        ("twice as many", "change", "3/4", "5/4"), ("three times higher", "change", "13/8", "19/8"),
        ("half as many", "change", "-9/16", "-7/16"), ("ten times more", "change", "31/4", "41/4"),
        ("one and a half times", "change", "5/16", "11/16"), ("up by a factor of three", "change", "13/8", "19/8"),
        ("0.6 percentage point decrease", "points", "-0.0065", "-0.0055"), ("2 ppts", "points", "0.015", "0.025"),
        ("a 3-percentage-point rise", "points", "0.025", "0.035"), ("down 3pp", "points", "-0.035", "-0.025"),
        ("310 fewer", "difference", "-310", "-310"), ("rose by 300", "difference", "300", "300"),
        ("up more than 20%", "change", "0.2", None), ("up more than 487%", "change", "4.87", None),
        ("+21%", "change", "0.205", "0.215"), ("-3%", "change", "-0.035", "-0.025"),
    ],
)  # fmt: skip
def test_multiples_noun_forms_and_differences(words, kind, low, high):
    """Folds, multiples, 'a 30% rise' and 'so many fewer'; 'three times more' is three times as many."""
    found = read_change(words)
    assert (found.kind, found.low) == (kind, Fraction(low))
    assert found.high == (None if high is None else Fraction(high))


@given(st.text(max_size=60))
def test_any_words_are_a_change_or_refused(words):
    """Odd words never raise but by a refusal."""
    with contextlib.suppress(UsageMistake):
        assert read_change(words).kind in ("change", "points", "difference")
