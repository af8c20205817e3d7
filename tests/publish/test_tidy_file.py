"""A tidy table on its way out."""

from __future__ import annotations

import os

import pandas as pd
import pytest

from stats.errors import UsageMistake
from stats.publish.tidy_file import in_short, must_be_apart


def test_a_summary_lists_label_and_words_and_shows_the_first_rows() -> None:
    """One line each, then the table."""
    shown = in_short([("what", "a table"), ("rows", "1")], pd.DataFrame({"area_code": ["E23000032"]}))
    assert shown.startswith("what  a table\nrows  1\n\narea_code")


def test_a_tidy_table_never_takes_the_place_of_what_it_is_read_from(tmp_path):
    """By the same path, another spelling of it, or a link; nor does it land among raw files and registers."""
    raw, link = tmp_path / "data" / "raw" / "a.csv", tmp_path / "link.csv"
    raw.parent.mkdir(parents=True)
    raw.write_text("x\n")
    link.symlink_to(raw)
    os.link(raw, tmp_path / "hard.csv")
    for out in (raw, raw.parent / ".." / "raw" / "a.csv", link, tmp_path / "hard.csv"):
        with pytest.raises(UsageMistake, match="the file it is read from"):
            must_be_apart(out, raw, tmp_path)
    for out in (raw.parent / "b.csv", tmp_path / "data" / "registers" / "areas.csv"):
        with pytest.raises(UsageMistake, match="nothing written by hand"):
            must_be_apart(out, raw, tmp_path)
    must_be_apart(tmp_path / "tidy.csv", raw, tmp_path)
