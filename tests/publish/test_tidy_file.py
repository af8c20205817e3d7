"""A tidy table on its way out."""

from __future__ import annotations

import pandas as pd

from stats.publish.tidy_file import in_short


def test_a_summary_lists_label_and_words_and_shows_the_first_rows() -> None:
    """One line each, then the table."""
    shown = in_short([("what", "a table"), ("rows", "1")], pd.DataFrame({"area_code": ["E23000032"]}))
    assert shown.startswith("what  a table\nrows  1\n\narea_code")
