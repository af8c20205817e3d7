import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotHonest
from stats.estimate.estimate import COLUMNS
from stats.estimate.standardised import TOO_FEW, standardised_rate

AGES = pd.DataFrame(
    {
        "force": ["Kent"] * 3 + ["Essex"] * 3 + ["Surrey"] * 3,
        "offences_n": [30, 50, 20, 1, 2, 3, 5, None, 7],
        "residents_n": [1000] * 9,
        "standard_n": [1, 2, 3] * 3,
        "once_n": [10, 10, 0, 1, 2, 3, 5, 0, 7],
        "twice_n": [10, 20, 10, 0, 0, 0, 0, 0, 0],
    }
)
NAMES = ("offences_n", "residents_n", "standard_n")


def test_a_table_gives_the_same_table():
    """Each row says what the numbers of its area alone say; too few events and a missing count leave theirs empty."""
    whole = standardised_rate(AGES, *NAMES, by="force", basis="sample")
    pd.testing.assert_frame_equal(whole[list(AGES.columns)], AGES)
    assert list(whole.columns) == [*AGES.columns, *COLUMNS]
    found = whole.drop_duplicates("force", ignore_index=True)
    kent = standardised_rate([30, 50, 20], [1000] * 3, [1, 2, 3], basis="sample")
    assert found.loc[0, COLUMNS].tolist() == list(kent.columns().values())
    assert found["method"].tolist()[1] == TOO_FEW
    assert found["value"].isna().tolist() == [False, True, True]


def test_an_area_of_the_age_of_the_standard_keeps_its_crude_rate():
    """Standardising changes nothing where the ages are the same."""
    found = standardised_rate([10, 40, 50], [100, 200, 300], [1, 2, 3], basis="full count", per=1000)
    assert found.value == pytest.approx(100 / 600 * 1000)
    assert found.unit == "per 1,000 residents, age-standardised"
    assert math.isnan(found.lower)


def test_repeat_events_widen_the_interval():
    """100 offences against 60 people tell less than 100 against 100; the rate is the same."""
    kent = AGES.head(3)
    once = standardised_rate(kent, *NAMES, by="force", basis="sample")
    again = standardised_rate(kent, *NAMES, by="force", basis="sample", events_per_person={1: "once_n", 2: "twice_n"})
    assert again["value"].tolist() == once["value"].tolist()
    assert again["lower"].iloc[0] < once["lower"].iloc[0]
    assert once["upper"].iloc[0] < again["upper"].iloc[0]
    assert again["method"].iloc[0] == "dobson, repeat events"


def test_everybody_once_is_no_repeat():
    """Events per person that are all one give the plain interval."""
    numbers = ([30, 50, 20], [1000] * 3, [1, 2, 3])
    plain, told = (
        standardised_rate(*numbers, basis="sample", events_per_person=people) for people in (None, {1: numbers[0]})
    )
    assert (plain.lower, plain.upper) == (told.lower, told.upper)


def test_events_per_person_that_do_not_add_up_are_refused():
    """60 people with 90 events are not the 100 counted."""
    with pytest.raises(BadCount, match="add up"):
        standardised_rate([50, 50], [1000] * 2, [1, 2], basis="sample", events_per_person={1: [30, 20], 2: [10, 10]})


def test_one_area_with_fewer_than_ten_events_is_refused():
    """The count is given instead."""
    with pytest.raises(NotHonest, match="so few events"):
        standardised_rate([1, 2, 3], [1000] * 3, [1, 2, 3], basis="full count")


@pytest.mark.parametrize(
    ("count", "pop", "std"),
    [([5, 5.5], [10, 10], [1, 1]), ([-1, 20], [10, 10], [1, 1]), ([20, 5], [0, 10], [1, 1]), ([9, 9], [9, 9], [1, -1])],
)
def test_bad_counts_and_populations_are_refused(count, pop, std):
    """Half an event, a correction below zero, nobody of an age, a negative standard."""
    with pytest.raises(BadCount, match="whole counts from 0 on, populations above 0"):
        standardised_rate(count, pop, std, basis="full count")


def test_areas_on_unlike_standards_are_refused():
    """An age group missing in one area would make it another measure."""
    with pytest.raises(BadCount, match="standard the same in every area"):
        standardised_rate(AGES.drop(index=[5]), *NAMES, by="force", basis="full count")


def test_a_table_without_its_areas_is_refused():
    """Which rows are one area must be said."""
    with pytest.raises(ValueError, match="by="):
        standardised_rate(AGES, *NAMES, basis="full count")


def test_a_table_with_every_area_missing_stays_a_table():
    """Nothing is filled in, and nothing breaks."""
    found = standardised_rate(AGES.tail(3), *NAMES, by="force", basis="full count")
    assert found["value"].isna().all()


def test_a_self_selected_count_gets_no_interval():
    """As everywhere."""
    with pytest.raises(NotHonest):
        standardised_rate([30, 50], [100, 100], [1, 1], basis="self-selected", as_if=True)


@given(
    count=st.lists(st.integers(0, 300), min_size=3, max_size=3).filter(lambda n: sum(n) >= 10),
    pop=st.lists(st.integers(50, 10_000), min_size=3, max_size=3),
)
def test_interval_holds_the_rate(count, pop):
    """And the rate lies between the lowest and the highest of its age groups."""
    found = standardised_rate(count, pop, [3, 2, 1], basis="sample", per=1)
    assert found.lower <= found.value <= found.upper
    rates = np.array(count) / np.array(pop)
    assert min(rates) - 1e-12 <= found.value <= max(rates) + 1e-12


def test_lists_of_unlike_length_are_refused():
    """One standard population for two age groups would weigh both alike."""
    with pytest.raises(BadCount, match="not 2 of count, 2 of pop, 1 of std"):
        standardised_rate([30, 50], [10_000, 20_000], [1], basis="sample")


@pytest.mark.parametrize(("pop", "std"), [([10, math.inf], [1, 1]), ([10, 10], [0, 0])])
def test_populations_without_end_or_standards_without_people_are_refused(pop, std):
    """Neither gives a rate."""
    with pytest.raises(BadCount):
        standardised_rate([30, 3], pop, std, basis="sample")


def test_a_row_of_no_area_is_refused():
    """It belongs to no rate."""
    with pytest.raises(ValueError, match="every row must have its area"):
        standardised_rate(AGES.assign(area=None), *NAMES, by="area", basis="sample")
