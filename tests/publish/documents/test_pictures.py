"""A figure as it stands in a document: whole, with what is plotted as a table to read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from stats.errors import NotToHand
from stats.home import home
from stats.publish.documents.model import plain
from stats.publish.documents.pictures import picture_of

FIGURES = home() / "figures"


def test_a_figure_has_its_words_its_pictures_and_its_table():
    """As its record has them; counts are numbers too, and suppressed cells have their shorthand."""
    picture = picture_of(FIGURES / "lincolnshire", "outcomes")
    assert picture.name == "lincolnshire/outcomes"
    assert picture.alt
    assert picture.svg.startswith(b"<?xml")
    assert picture.png.startswith(b"\x89PNG")
    assert picture.table.heads == ("Area", "Outcome", "Offences", "Recorded", "As published")
    first = picture.table.rows[0]
    assert [plain(cell.words) for cell in first] == ["Lincolnshire", "No outcome yet", "177", "1,531", "11.6% (177)"]
    assert (first[2].value, first[2].unit, first[4].value) == (177, "count", None)
    hidden = next(row for row in picture.table.rows if plain(row[4].words) == "[c]")
    assert hidden[2].value is None


def test_numbers_that_are_the_words_themselves_are_no_column():
    """A count that is printed as it is stands once."""
    assert picture_of(FIGURES / "national_headline", "recorded").table.heads == ("Period", "As published")


def test_every_committed_figure_has_a_table_to_read():
    """With a head for each column, and as many cells in each row."""
    seen = 0
    for record in sorted(FIGURES.glob("*/*.json")):
        if record.stem == "numbers":
            continue
        table = picture_of(record.parent, record.stem).table
        assert table.rows, record
        assert {len(row) for row in table.rows} == {len(table.heads)}
        assert table.heads[0] not in ("As published", "Of")
        seen += 1
    assert seen > 25


def test_a_figure_that_is_not_there_is_told(tmp_path: Path):
    """And what to do."""
    shutil.copytree(FIGURES / "lincolnshire", tmp_path / "lincolnshire")
    (tmp_path / "lincolnshire" / "outcomes.png").unlink()
    with pytest.raises(NotToHand, match=r"(?s)has not been made.*outcomes\.png.*make figures"):
        picture_of(tmp_path / "lincolnshire", "outcomes")
