"""Survey answers as they came."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_surveys import answers

from stats.errors import CheckFailed
from stats.read.opening import Sheet
from stats.read.survey import read_survey


def test_rows_are_text_with_the_line_of_the_file() -> None:
    """A blank row is no person."""
    table = read_survey(answers(["reported", "age"], [[1, "2"], [None, None], ["2", None]]))
    assert table.index.tolist() == [2, 4]
    assert table["reported"].tolist() == ["1", "2"]
    assert table["age"].isna().tolist() == [False, True]


def test_rows_that_slipped_a_header_with_a_hole_and_a_second_sheet_stop() -> None:
    """Nothing is read into the wrong question."""
    with pytest.raises(CheckFailed, match=r"(?s)slipped.*lines:\s+3"):
        read_survey(answers(["reported", "age"], [["1", "2"], ["1"]]))
    with pytest.raises(CheckFailed, match="must name every column"):
        read_survey(answers(["reported", None], [["1", "2"]]))
    with pytest.raises(CheckFailed, match="rows must follow"):
        read_survey(answers(["reported", "age"], []))
    workbook = answers(["reported"], [["1"]])
    with pytest.raises(CheckFailed, match="one sheet"):
        read_survey(replace(workbook, sheets=(*workbook.sheets, Sheet("more", [["1"]]))))
