"""Every cell of a survey is looked up in its codebook; what would name a person is refused, and not repeated."""

from __future__ import annotations

from typing import Any

import pytest
from made_surveys import SAMPLE, answers, book, survey

from stats.clean.survey import Survey, clean_survey
from stats.errors import CheckFailed
from stats.read.survey import read_survey


def cleaned(header: list[str], *rows: list[Any], **changes: Any) -> Survey:
    """The survey of rows."""
    return clean_survey(read_survey(answers(header, list(rows))), book(**changes), "made")


def test_answers_are_labels_and_missing_ones_say_why() -> None:
    """Refused and don't know are two things, and neither is an answer."""
    found = cleaned(["reported", "age"], ["1", "2"], ["8", "1"], ["9", "1"])
    assert found.answers["reported"].fillna("-").tolist() == ["yes", "-", "-"]
    assert found.why_missing["reported"].fillna("-").tolist() == ["-", "don't know", "refused"]


def test_printing_a_survey_shows_nobody() -> None:
    """Not in a terminal, and not in a notebook."""
    found = survey({("1", "1"): 3})
    assert repr(found) == found._repr_html_() == "Survey('A made survey', 3 people; rows are not shown)"


def test_design_is_kept_as_numbers_and_units() -> None:
    """A weight is a number; an area is a code."""
    found = cleaned(["reported", "age", "weight", "area"], ["1", "2", "0.87", "01"], **SAMPLE)
    assert found.design["weight"].tolist() == [0.87]
    assert found.design["psu"].tolist() == ["01"]


@pytest.mark.parametrize(
    ("header", "row", "words"),
    [
        (["reported", "age"], ["3", "1"], r"(?s)a code is not in the codebook.*column reported, rows:\s+3"),
        (["reported", "age"], ["1", "1.0"], r"(?s)a code is not in the codebook.*column age, rows:\s+3"),
        (["reported", "age"], [None, "1"], r"(?s)a cell is blank.*column reported, rows:\s+3"),
        (["reported", "aged"], ["1", "1"], r"(?s)missing:\s+age; nearest found: aged.*not in the codebook:\s+aged"),
        (["reported", "age", "age"], ["1", "1", "1"], r"(?s)twice:\s+age"),
        (["reported", "age", "Postcode"], ["1", "1", "x"], r"(?s)would name a person.*Postcode:\s+a postcode"),
        (["reported", "age"], ["1", "a@example.org"], r"(?s)look like.*column:\s+age.*an e-mail address.*lines:\s+3"),
    ],
)
def test_what_is_not_in_the_codebook_stops_with_its_rows(header: list[str], row: list[Any], words: str) -> None:
    """The second person's row stands on line 3."""
    first = ["1"] * len(header)
    with pytest.raises(CheckFailed, match=words):
        cleaned(header, first, row)


def test_an_error_does_not_repeat_what_names_a_person() -> None:
    """Errors are pasted into messages."""
    with pytest.raises(CheckFailed) as stopped:
        cleaned(["reported", "age"], ["1", "SW1A 1AA"])
    assert "SW1A" not in str(stopped.value)
    with pytest.raises(CheckFailed) as stopped:
        cleaned(["reported", "age"], ["1", "my neighbour"])
    assert "neighbour" not in str(stopped.value)


@pytest.mark.parametrize("weight", ["-1", "heavy", "1,5"])
def test_a_weight_that_is_no_number_stops(weight: str) -> None:
    """With its row."""
    with pytest.raises(CheckFailed, match=r"(?s)a weight is no number from 0.*column weight, rows:\s+2"):
        cleaned(["reported", "age", "weight", "area"], ["1", "2", weight, "01"], **SAMPLE)


def test_a_record_that_is_there_twice_stops() -> None:
    """One row a person."""
    with pytest.raises(CheckFailed, match=r"(?s)a record is there twice.*rows:\s+2, 3"):
        cleaned(["row", "reported", "age"], ["7", "1", "1"], ["7", "2", "1"], record="row")
