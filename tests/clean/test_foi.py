"""FOI returns, tidy: a force by any of its names, a number where one was given, and no zero for silence."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_returns import answer, returns, silent

from stats.clean.foi import REPLIES, clean_foi
from stats.errors import CheckFailed
from stats.read.foi import read_foi
from stats.registers import load


def cleaned(*rows: dict[str, str | None]) -> pd.DataFrame:
    """The tidy table of rows."""
    return clean_foi(read_foi(returns(*rows)), "made", load())


def test_a_force_goes_by_any_of_its_names_and_no_answer_is_no_zero() -> None:
    """Short, Welsh and official names lead to one code; who gave no number has none."""
    table = cleaned(
        answer("Met", value="1,012"),
        answer("Heddlu Gwent", status="partial"),
        silent("kent police", "refused on cost"),
        silent("BTP", "none", url=None, received=None),
    )
    assert table["area_code"].tolist() == ["E23000001", "W15000002", "E23000032", "BTP"]
    assert table["answer_n"].astype("object").where(table["answer_n"].notna(), None).tolist() == [1012, 10, None, None]
    assert table["reply"].tolist() == ["answered", "partial", "refused on cost", "none"]


def test_a_period_other_than_the_one_asked_for_is_kept() -> None:
    """Twelve months, then thirteen, as one force answered: both stay, each with its days."""
    table = cleaned(answer("Dorset"), answer("Dorset", period_from="2025-01-02", period_to="2026-01-31"))
    assert table["period_end"].dt.strftime("%Y-%m-%d").tolist() == ["2025-03-31", "2026-01-31"]


def test_words_that_differ_in_case_or_spaces_are_one_definition() -> None:
    """'As  asked' is 'as asked', as it was written first; letters that mean something keep their case."""
    table = cleaned(answer("Kent", definition="SPOs  asked"), answer("Essex", definition="spos asked "))
    assert set(table["definition"]) == {"SPOs asked"}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (answer("Kemt"), r"(?s)line 3:.*Kemt.*nearest:.*Kent"),
        (answer("Police Scotland"), r"(?s)Scotland.*not covered"),
        (answer("England"), r"(?s)England is not one police force.*line 3"),
        (answer(None), r"(?s)names no force.*line 3"),
        (answer("Kent", status="declined"), r"(?s)a status is not known.*line 3.*known:.*answered"),
        (answer("Kent", status=None), r"(?s)a status is not known.*line 3"),
        (answer("Kent", value=None), r"(?s)its number is missing.*lines:\s+3"),
        (silent("Kent", "partial"), r"(?s)its number is missing.*lines:\s+3"),
        (silent("Kent", "none", value="0"), r"(?s)gave no number, and a number stands there.*lines:\s+3"),
        (silent("Kent", "refused on cost", value="4"), r"(?s)gave no number, and a number stands there"),
        (answer("Kent", value="-4"), r"(?s)below zero.*lines:\s+3"),
        (answer("Kent", value="4.5"), r"(?s)not a whole number.*line 3.*4\.5"),
        (
            answer("Kent", value="about 40"),
            r"(?s)not a whole number.*about 40.*Correct the cell.*1234",
        ),
        (
            answer("Kent", period_from="01/04/2024"),
            r"(?s)not a date.*line 3.*01/04/2024.*Correct the cell.*2024-03-31",
        ),
        (answer("Kent", period_from=None), r"(?s)lacks the first or the last day.*lines:\s+3"),
        (answer("Kent", period_to="2023-03-31"), r"(?s)ends before it starts.*lines:\s+3"),
        (answer("Kent", unit=None), r"(?s)its unit is missing"),
        (answer("Kent", definition=None), r"(?s)its definition is missing"),
        (answer("Kent", rights=None), r"(?s)its rights is missing"),
        (answer("Kent", url="on file"), r"(?s)no address"),
        (answer("Kent", received=None), r"(?s)no day on which it was received"),
        (answer("Kent", question=None), r"(?s)has no question"),
        (answer("Essex"), r"(?s)rows with the same area_code"),
        (silent("Essex", "none"), r"(?s)both answered and did not answer.*line 2.*line 3"),
    ],
)
def test_what_cannot_be_right_stops_with_its_line(row: dict[str, str | None], words: str) -> None:
    """The second row is wrong, and stands on line 3 of the file."""
    with pytest.raises(CheckFailed, match=words):
        cleaned(answer("Essex"), row)


@given(
    st.permutations(["Kent", "Essex", "Dorset", "Surrey"]), st.lists(st.sampled_from(REPLIES), min_size=4, max_size=4)
)
def test_no_reply_turns_into_another(forces: list[str], replies: list[str]) -> None:
    """Whatever the order, each force keeps its reply, and a number stands exactly where one was given."""
    rows = [
        answer(f, status=r) if r in ("answered", "partial") else silent(f, r)
        for f, r in zip(forces, replies, strict=True)
    ]
    table = cleaned(*rows).set_index("area_name")
    assert table.loc[forces, "reply"].tolist() == replies
    assert (table["answer_n"].notna() == table["reply"].isin(["answered", "partial"])).all()
