"""Counts of survey answers that may be shown: no small one can be read, or worked out."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_surveys import BOOK, survey

from stats.errors import NotHonest, UnknownName
from stats.estimate.attack import attack
from stats.estimate.survey_counts import counted, labels, left_out

AGES = ("under 40", "40 to 59", "60 and over")
THREE = {**BOOK["variables"], "age": {"question": "How old are you?", "codes": dict(enumerate(AGES, start=1))}}


def test_labels_stand_in_the_order_of_the_codebook() -> None:
    """And not in that of their letters, or of their counts."""
    made = survey({("1", "1"): 9}, variables=THREE)
    assert labels(made, "age") == list(AGES)
    with pytest.raises(UnknownName, match=r"nearest:\s+age"):
        labels(made, "aged")


def test_an_answer_nobody_gave_is_a_zero_and_is_shown() -> None:
    """All were asked, and none said so."""
    counts = counted(survey({("1", "1"): 9, ("1", "2"): 8}), "reported", None)
    assert dict(zip(counts["answer"], counts["people_n"], strict=True)) == {"yes": 17, "no": 0, "all": 17}


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({("8", "1"): 12, ("9", "1"): 7}, {"don't know": "12", "refused": "7"}),
        ({("8", "1"): 12, ("9", "1"): 2}, {"don't know or refused": "14"}),
        ({("9", "1"): 2}, {"refused": "fewer than 5"}),
        ({}, {}),
    ],
)
def test_people_left_out_are_counted_by_reason_where_no_reason_has_few(missing, said) -> None:
    """Else all reasons are one."""
    assert left_out(survey({("1", "1"): 30, **missing}), "reported") == said


@settings(max_examples=25)
@given(st.lists(st.integers(0, 30), min_size=6, max_size=6))
def test_no_small_count_can_be_worked_out(numbers: list[int]) -> None:
    """Whatever the counts: each hidden one below five may be five or more, by everything that is printed."""
    counts = dict(zip(itertools.product("12", "123"), numbers, strict=True))
    made = survey({**counts, ("9", "1"): 1}, variables=THREE)
    try:
        safe = counted(made, "reported", "age")
    except NotHonest:
        return
    true = counted(made, "reported", "age", show_small="only for this test")["people_n"]
    shown = safe.loc[safe["status"] == "", "people_n"]
    assert not shown.between(1, 4).any()
    assert shown.tolist() == true[safe["status"] == ""].tolist()
    for cell, (_, most) in attack(safe, by=["group", "answer"], count="people_n", least=1).items():
        n = true[(safe["group"] == cell[0]) & (safe["answer"] == cell[1])].iloc[0]
        assert n >= 5 or most >= 5
