"""A figure as it stands in a document: whole, with what is plotted as a table to read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from stats.draw.funnel_pending import WITHHELD
from stats.errors import NotToHand
from stats.home import home
from stats.publish.documents.model import plain
from stats.publish.documents.pictures import _grid, picture_of, said_of

FIGURES = home() / "figures"


def test_a_figure_has_its_words_its_pictures_and_its_table():
    """As its record has them; counts are numbers too, and suppressed cells have their shorthand."""
    picture = picture_of(FIGURES / "lincolnshire", "outcomes")
    assert picture.name == "lincolnshire/outcomes"
    assert picture.alt
    assert picture.svg.startswith(b"<?xml")
    assert picture.png.startswith(b"\x89PNG")
    assert picture.table.heads == ("Area", "Outcome", "Offences", "Recorded", "As printed")
    first = picture.table.rows[0]
    assert [plain(cell.words) for cell in first] == ["Lincolnshire", "No outcome yet", "177", "1,531", "11.6% (177)"]
    assert (first[2].value, first[2].unit, first[4].value) == (177, "count", None)
    hidden = next(row for row in picture.table.rows if plain(row[4].words) == "[c]")
    assert (plain(hidden[2].words), hidden[2].value) == ("[c]", None)


def test_a_count_that_is_not_to_hand_says_so():
    """[x] stands in its place; where the table tells no reason, the cell stays empty."""
    table = picture_of(FIGURES / "lincolnshire", "charged").table
    at = table.heads.index("Number")
    assert "[x]" in [plain(row[at].words) for row in table.rows]
    rows = [{"label": "a", "n": "", "status": ""}, {"label": "b", "n": "", "status": "[p]"}]
    grid = _grid(rows, {"subtitle": "", "source_line": ""}, "t")
    assert [plain(row[1].words) for row in grid.rows] == ["", ""]


def test_a_verdict_that_may_still_change_says_so():
    """As many as the note of the figure counts, and apart from them those of which it cannot be told."""
    table = picture_of(FIGURES / "compare_forces", "funnel").table
    said = [plain(row[table.heads.index("Verdict")].words) for row in table.rows]
    provisional, untold = (
        [words for words in said if words.endswith(f" ({word})")] for word in ("provisional", WITHHELD)
    )
    notes = " ".join(json.loads((FIGURES / "compare_forces" / "funnel.json").read_text("utf-8"))["notes"])
    assert f"{len(provisional)} verdicts are provisional" in notes
    assert f"for {len(untold)} ({WITHHELD}) it is not told here" in notes
    assert (len(provisional), len(untold)) == (12, 2)


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ({}, "within"), ({"is_provisional": "False", "is_pending_withheld": "False"}, "within"),
        ({"is_provisional": "True", "is_pending_withheld": "False"}, "within (provisional)"),
        ({"is_provisional": "False", "is_pending_withheld": "True"}, "within (pending count withheld)"),
    ],
)  # fmt: skip
def test_a_verdict_says_what_stands_beside_it(marks, said):
    """By the columns of its row; a table without them says nothing more, and no other column does."""
    row = {"verdict": "within", "text": "5%", **marks}
    assert said_of(row, "verdict") == said
    assert said_of(row, "text") == "5%"


def test_a_base_is_no_shorthand_where_it_may_be_shown():
    """Of 30 recorded, in a row whose share is withheld."""
    rows = [{"label": "a", "numerator_n": "", "n": "30", "status": "[c]", "text": "[c] withheld, of 30 recorded"}]
    (row,) = _grid(rows, {"subtitle": "", "source_line": ""}, "t").rows
    assert [plain(cell.words) for cell in row] == ["a", "[c]", "30", "[c] withheld, of 30 recorded"]


def test_shares_of_others_are_named_by_what_they_set_over_what():
    """Not by their value: that stands with who printed it."""
    table = picture_of(FIGURES / "year_ending_march_2020", "rates").table
    assert table.heads == ("What it sets over what, and when", "Published as, by")
    first = [plain(cell.words) for cell in table.rows[0]]
    assert first[0].startswith("People convicted over victims estimated by survey; year ending March 2020")
    assert first[1] == "0.1% Suzy Lamplugh Trust via Charity Today"
    assert picture_of(FIGURES / "lincolnshire", "charged").table.heads[0] == "What"


def test_numbers_that_are_the_words_themselves_are_no_column():
    """A count that is printed as it is stands once."""
    assert picture_of(FIGURES / "national_headline", "recorded").table.heads == ("Period", "As printed")


def test_every_committed_figure_has_a_table_to_read():
    """With a head for each column, and as many cells in each row."""
    seen = 0
    for record in sorted(FIGURES.glob("*/*.json")):
        if record.stem == "numbers":
            continue
        table = picture_of(record.parent, record.stem).table
        assert table.rows, record
        assert {len(row) for row in table.rows} == {len(table.heads)}
        assert table.heads[0] not in ("As printed", "Of")
        seen += 1
    assert seen > 25


def test_a_figure_that_is_not_there_is_told(tmp_path: Path):
    """And what to do."""
    shutil.copytree(FIGURES / "lincolnshire", tmp_path / "lincolnshire")
    (tmp_path / "lincolnshire" / "outcomes.png").unlink()
    with pytest.raises(NotToHand, match=r"(?s)has not been made.*outcomes\.png.*make figures"):
        picture_of(tmp_path / "lincolnshire", "outcomes")
