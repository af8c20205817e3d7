"""Tables of a survey: bases, the interval of the design or none, and small counts hidden unless somebody says why."""

from __future__ import annotations

import numpy as np
import pytest
from made_surveys import BOOK, answers, book, sampled, survey

from stats.clean.survey import clean_survey
from stats.errors import NotHonest, UnknownName
from stats.estimate.attack import ALL
from stats.estimate.microdata import survey_share
from stats.estimate.sample_design import Design
from stats.estimate.survey_tables import survey_table
from stats.read.survey import read_survey

AGES = ("under 40", "40 to 59", "60 and over")
THREE = {**BOOK["variables"], "age": {"question": "How old are you?", "codes": dict(enumerate(AGES, start=1))}}
SMALL = {("1", "1"): 3, ("2", "1"): 60, ("1", "2"): 40, ("2", "2"): 50, ("1", "3"): 45, ("2", "3"): 70}
YES_NO = {("1", "1"): 79, ("2", "1"): 43, ("1", "2"): 40, ("2", "2"): 60}


def row(table, group: str, answer: str):
    """One row of a table."""
    rows = table.table
    return rows[(rows["group"] == group) & (rows["answer"] == answer)].iloc[0]


def test_people_who_chose_to_answer_have_counts_and_no_interval() -> None:
    """The words that domain experts ask for."""
    found = row(survey_table(survey(YES_NO), "reported", by="age"), "under 40", "yes")
    assert found["text"] == "79 of the 122 people who answered (65%)"
    assert np.isnan([found["lower"], found["upper"]]).all()
    assert found["basis"] == "self-selected"


def test_a_random_sample_has_the_interval_of_its_design() -> None:
    """The same as the method gives for the same people; the others weigh nothing and keep their units."""
    found = row(survey_table(sampled(YES_NO), "reported", by="age"), "under 40", "yes")
    weight, said = np.array([1] * 122 + [0] * 100), np.array([1] * 79 + [0] * 143)
    expected = survey_share(said, Design(weight=weight, psu=np.arange(222))).estimate
    assert (found["value"], found["n"]) == (expected.value, 122)
    assert (found["lower"], found["upper"]) == pytest.approx((expected.lower, expected.upper))
    assert found["text"].startswith("65% (95% confidence interval: ")
    assert found["text"].endswith(" of 122 people asked")


def test_weights_move_the_share_and_the_base_stays_people() -> None:
    """Bases are unweighted."""
    rows = [["1", "1", "2.0", str(n)] for n in range(40)] + [["2", "1", "0.5", str(n)] for n in range(40, 100)]
    design = {"source": "made for a test", "weight": "weight", "psu": "area"}
    made = clean_survey(
        read_survey(answers(["reported", "age", "weight", "area"], rows)), book(basis="sample", design=design), "made"
    )
    found = row(survey_table(made, "reported"), ALL, "yes")
    assert found["value"] == pytest.approx(80 / 110)
    assert (found["people_n"], found["base_n"]) == (40, 100)


def test_people_without_an_answer_are_in_no_base_and_are_named() -> None:
    """Don't know is not no."""
    table = survey_table(survey({**YES_NO, ("8", "1"): 12}), "reported")
    assert row(table, ALL, "yes")["base_n"] == 222
    assert "Left out: don't know: 12" in " ".join(table.notes)


def test_a_few_who_refused_are_not_told_apart() -> None:
    """The base and the number of people would give them away."""
    table = survey_table(survey({**YES_NO, ("8", "1"): 12, ("9", "1"): 2}), "reported")
    assert "Left out: don't know or refused: 14" in " ".join(table.notes)


def test_small_counts_are_hidden_by_default_with_what_gives_them_away() -> None:
    """Three people: their cell and others are hidden, and no attack brings them back."""
    table = survey_table(survey(SMALL, variables=THREE), "reported", by="age")
    assert row(table, "under 40", "yes")["status"] == "[c]"
    assert (table.table["status"] == "[c]").sum() >= 4
    assert row(table, "under 40", "yes")["text"].startswith("[c] hidden")
    assert table.table.loc[table.table["status"] == "[c]", ["people_n", "value"]].isna().all(axis=None)
    assert any(note.startswith("[c] Counts of 1 to 4") for note in table.notes)


def test_small_counts_are_shown_only_for_a_reason_that_is_printed() -> None:
    """The reason travels with the table."""
    made = survey(SMALL, variables=THREE)
    table = survey_table(made, "reported", by="age", show_small="all three agreed in writing")
    assert row(table, "under 40", "yes")["people_n"] == 3
    assert "Small counts are shown because: all three agreed in writing" in table.notes
    with pytest.raises(NotHonest, match="only for a reason that is printed"):
        survey_table(made, "reported", by="age", show_small="yes")


def test_a_table_that_cannot_be_protected_is_refused() -> None:
    """Four people in all."""
    with pytest.raises(NotHonest, match=r"(?s)so small a table of answers.*Join answers, or groups"):
        survey_table(survey({("1", "1"): 3, ("2", "1"): 1}), "reported", by="age")


@pytest.mark.parametrize("make", [survey, sampled])
def test_a_small_base_is_marked_and_has_no_share(make) -> None:
    """Twenty people bear no percentage: the count and the base stand alone."""
    made = make({("1", "1"): 9, ("2", "1"): 11, ("1", "2"): 300, ("2", "2"): 310})
    found = row(survey_table(made, "reported", by="age"), "under 40", "yes")
    assert found["status"] == "[u]"
    assert np.isnan(found["value"])
    assert found["text"].startswith("[u] too few to give a share: 9 of the 20 people ")


def test_a_share_too_wide_to_say_anything_is_marked() -> None:
    """The NCHS rule: 15 of 30 is 37 points wide."""
    made = sampled({("1", "1"): 18, ("2", "1"): 18, ("1", "2"): 300, ("2", "2"): 310})
    found = row(survey_table(made, "reported", by="age"), "under 40", "yes")
    assert (found["status"], found["method"]) == ("[u]", "suppress: interval width 0.30 or more")


def test_none_and_all_have_no_interval() -> None:
    """Nobody of sixty is said in words."""
    made = sampled({("2", "1"): 60, ("1", "2"): 40, ("2", "2"): 50})
    table = survey_table(made, "reported", by="age")
    assert row(table, "under 40", "yes")["text"] == "none of the 60 people asked"
    assert row(table, "under 40", "no")["text"] == "all of the 60 people asked"


def test_a_group_nobody_is_in_is_not_zero() -> None:
    """It has no share."""
    table = survey_table(survey({("1", "1"): 40, ("2", "1"): 50}), "reported", by="age")
    assert row(table, "40 and over", "yes")["status"] == "[z]"


def test_a_question_that_was_not_asked_stops() -> None:
    """The nearest is named."""
    with pytest.raises(UnknownName, match=r"(?s)no question 'report'.*nearest:\s+reported"):
        survey_table(survey(YES_NO), "report")
    with pytest.raises(UnknownName, match="its own group"):
        survey_table(survey(YES_NO), "reported", by="reported")
