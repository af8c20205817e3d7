import math

import pandas as pd
import pytest

from stats.errors import BadCount, NotHonest
from stats.estimate.sample_design import Design


def test_units_are_counted_within_their_stratum():
    """Unit 1 of the north and unit 1 of the south are two."""
    found = Design(weight=[1] * 6, psu=[1, 2, 2, 1, 2, 3], stratum=["N", "N", "N", "S", "S", "S"])
    assert found.df == 5 - 2


def test_unit_whose_people_weigh_nothing_adds_no_degree_of_freedom():
    """As in R survey::degf."""
    assert Design(weight=[1, 1, 0], psu=[1, 2, 3]).df == 1


@pytest.mark.parametrize(
    ("population", "unsampled"),
    [(None, [1, 1]), ([4, 4, 10, 10], [0.5, 0.8]), ([0.5, 0.5, 0.2, 0.2], [0.5, 0.8]), (1.0, [0, 0])],
)
def test_population_may_be_a_count_or_a_fraction(population, unsampled):
    """Two of four units sampled, or a half of them, say the same."""
    found = Design(weight=[1] * 4, psu=[1, 2, 1, 2], stratum=[1, 1, 2, 2], population=population)
    assert found.unsampled.tolist() == pytest.approx(unsampled)


def test_stratum_with_one_unit_is_refused_and_named():
    """One unit does not show how far units differ."""
    with pytest.raises(NotHonest, match="single primary sampling unit") as refusal:
        Design(weight=[1] * 4, psu=[1, 2, 1, 1], stratum=["Kent", "Kent", "Rutland", "Rutland"])
    assert "Rutland" in str(refusal.value)
    assert "Kent" not in str(refusal.value)
    assert "Join it" in str(refusal.value)


def test_stratum_whose_only_unit_was_sampled_for_certain_is_no_lonely_one():
    """All of it was sampled, so nothing is unknown there."""
    found = Design(weight=[1] * 3, psu=[1, 2, 1], stratum=["N", "N", "S"], population=[8, 8, 1])
    assert found.unsampled.tolist() == [0.75, 0]


@pytest.mark.parametrize("basis", ["self-selected", "case audit", "full count"])
def test_people_who_were_not_sampled_have_no_design(basis):
    """Weighting does not turn those who chose to answer into a sample."""
    with pytest.raises(NotHonest, match="has no margin of error"):
        Design(weight=[1, 1], psu=[1, 2], basis=basis)


@pytest.mark.parametrize("weight", [[1, -1], [0, 0]])
def test_weights_below_zero_are_refused(weight):
    """So are weights that are all zero."""
    with pytest.raises(BadCount, match="weights must be numbers from 0"):
        Design(weight=weight, psu=[1, 2])


@pytest.mark.parametrize(
    ("population", "words"),
    [
        ([4, 5, 9], "one number for all people of a stratum"),
        ([0.5, 4, 4], "one number for all people of a stratum"),
        ([0, 0, 0], "one number for all people of a stratum"),
        ([2, 2, 2], "fewer units than were sampled"),
    ],
)
def test_population_that_cannot_be_is_refused(population, words):
    """Unlike numbers in a stratum, counts mixed with fractions, none, and fewer than were sampled."""
    with pytest.raises(BadCount, match=words):
        Design(weight=[1, 1, 1], psu=[1, 2, 3], population=population)


def test_entries_of_unlike_number_are_refused():
    """One entry a person, in each of them."""
    with pytest.raises(ValueError, match="one entry a person"):
        Design(weight=[1, 1, 1], psu=[1, 2])


@pytest.mark.parametrize("missing", [math.nan, None, pd.NA, pd.NaT])
@pytest.mark.parametrize("name", ["psu", "stratum"])
def test_people_without_a_unit_or_stratum_are_refused_with_their_rows(name, missing):
    """All those without one would count as a unit, or a stratum, of their own."""
    columns = {"psu": ["a", "b", "c", "a"], "stratum": ["N", "N", "N", "N"]}
    columns[name] = [columns[name][0], missing, columns[name][2], missing]
    with pytest.raises(BadCount, match=f"every person must have a {name}, and 2 have none") as refusal:
        Design(weight=[1] * 4, **columns)
    assert refusal.value.at == [1, 3]
    assert "1, 3" in str(refusal.value)


@pytest.mark.parametrize("missing", [math.nan, None])
def test_people_without_a_weight_are_refused_with_their_rows(missing):
    """A column of a table is looked at like a list; of many rows the first ten are told."""
    weight = pd.Series([1.0, missing] * 12)
    with pytest.raises(BadCount, match="every person must have a weight, and 12 have none") as refusal:
        Design(weight=weight, psu=range(24))
    assert "1, 3, 5, 7, 9, 11, 13, 15, 17, 19 and more" in str(refusal.value)


def test_an_infinite_weight_is_refused():
    """One person would stand for all."""
    with pytest.raises(BadCount, match="weights must be numbers"):
        Design(weight=[1, math.inf], psu=[1, 2])
