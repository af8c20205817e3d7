from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The charge share rose 5% from 10% to 15%.", "5%"),
        ("The share fell from 11% to 6%, a fall of 5 per cent.", "5 per cent"),
        ("Charges are down 5%, from 11% to 6%.", "5%"),
        ("It went from 11 per cent to 6 per cent: a 5 per cent drop.", "5 per cent"),
        ("There was a 4% increase (from 12% to 16%) in victims who felt safe.", "4%"),
        ("Satisfaction fell by five per cent in two years, from 60% to 55%.", "five per cent"),
        ("The share charged was up 5% to 15% from 10%.", "5%"),
        ("Charges made up 40.6% of outcomes in Wales in 2014-15 and 19.6% in 2017-18, a drop of 21%.", "21%"),
        ("The share fell from 7% in 2020-21 to 5% in 2021-22, a fall of 2%.", "2%"),
        ("Some 7% were charged in 2020-21 and 5% in 2021-22: a 2% fall.", "2%"),
        ("It was 5 per cent in 2020 and 7 per cent in 2021, up 2 per cent.", "2 per cent"),
    ],
)
def test_per_cent_for_percentage_points_is_refused(fired, text, words):
    """The two shares are there, so the move is worked out from them."""
    assert fired(text, "percentage-points") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "It fell by 5 percentage points from 11% to 6%.",
        "The share is down 45% from 11% to 6%.",
        "It rose 50% from 10% to 15%.",
        "The share went from 11% to 6%, a fall of 5 points.",
        "Offences rose 5% from 100 to 105.",
        "It rose 2% from 50% to 51%.",
        "Forces vary from 5% to 15%, and 5% of them had no plan.",
        "The share went from 11% to 6%, an almost 50% fall.",
        "It fell by 5 per cent.",
        "Some 40% were charged in Kent and 50% in Essex, and reports rose by 10%.",
        "It was 7% in 2020-21 and 5% in 2021-22, a rise of 2%.",
        "It was 7% in 2020 and 5% in 2021, a fall of 28.6%.",
        "It was 10% in 2020 and 5% in 2021, down 50%.",
        "It was 7% in 2020 and 5% in 2021, a fall of 2 points.",
        "It was 7% in 2020; 5% in 2021 and 6% in 2022, a fall of 2%.",
    ],
)
def test_points_and_true_changes_are_left_alone(fired, text):
    """A change that follows from the first share is right, however it is rounded."""
    assert fired(text, "percentage-points") == []


@given(first=st.integers(1, 98), last=st.integers(1, 98))
def test_a_move_is_refused_where_its_points_are_not_its_change(fired, first, last):
    """For whole shares it fires just where the points could not be the change, and never for a right one."""
    if first == last:
        return
    way, points = ("rose", last - first) if last > first else ("fell", first - last)
    assert fired(f"The share {way} by {points} percentage points from {first}% to {last}%.") == []
    change = round(Fraction(points, first) * 100)
    assert fired(f"The share {way} by {change}% from {first}% to {last}%.", "percentage-points") == []
    alarms = fired(f"The share {way} by {points}% from {first}% to {last}%.", "percentage-points")
    assert bool(alarms) <= (abs(change - points) > 0)
    assert bool(alarms) or abs(change - points) <= 1 + 4 * Fraction(max(last, first), first)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The overwhelming majority of victims (62%) said the police did not help.",
         "overwhelming majority of victims (62%"),
        ("The overwhelming majority of people taken to court for stalking in England and Wales in 2021 (66%) were not.",
         "overwhelming majority of people taken to court for stalking in England and Wales in 2021 (66%"),
        ("A vast majority, 70 per cent, were women.", "vast majority, 70 per cent"),
        ("Two-thirds of respondents, the vast majority, were dissatisfied.",
         "Two-thirds of respondents, the vast majority"),
        ("The vast majority said they were let down, with 61% saying so.",
         "vast majority said they were let down, with 61%"),
        ("Most victims (45%) never told the police.", "Most victims (45%"),
        ("A majority of respondents, 50%, said no.", "majority of respondents, 50%"),
        ("Over 60% of victims, the overwhelming majority, said no.", "Over 60% of victims, the overwhelming majority"),
    ],
)  # fmt: skip
def test_a_majority_must_be_one(fired, text, words):
    """A vast majority is at least 75%, and a majority more than half."""
    assert [said.removeprefix("The ").removeprefix("A ") for said in fired(text, "majority")] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "The overwhelming majority of victims (92%) are women.",
        "The vast majority of victims are women, and 5% of offences end in a charge.",
        "Most victims (65%) told the police.",
        "The most common outcome (35%) was no suspect.",
        "A majority of respondents, 51%, said yes.",
        "A majority of respondents, just over half, said yes.",
        "The vast majority of offences are never charged, while 40% of victims withdraw.",
        "At most 40% were charged.",
        "Offences rose 30% in the vast majority of forces.",
        "The vast majority, three-quarters, said yes.",
    ],
)
def test_a_majority_that_its_number_bears_is_left_alone(fired, text):
    """Other shares in the sentence do not count, nor 'the most common'."""
    assert fired(text, "majority") == []
