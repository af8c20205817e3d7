"""A tidy table on its way out."""

from __future__ import annotations

import pandas as pd
import pytest

from stats.publish.tidy_file import as_safe_csv, in_short


@pytest.mark.parametrize("text", ["=1+1", "+44", "-cmd", "@SUM(A1)", "\tx"])
def test_a_text_that_a_spreadsheet_would_run_is_written_as_text(text: str) -> None:
    """An apostrophe stands before it; numbers below zero stay numbers."""
    table = pd.DataFrame({"name": pd.Series([text, "Kent"], dtype="str"), "n": [-5, 1]})
    assert as_safe_csv(table).decode().splitlines()[1:] == [f"'{text},-5", "Kent,1"]


def test_a_summary_lists_label_and_words_and_shows_the_first_rows() -> None:
    """One line each, then the table."""
    shown = in_short([("what", "a table"), ("rows", "1")], pd.DataFrame({"area_code": ["E23000032"]}))
    assert shown.startswith("what  a table\nrows  1\n\narea_code")
