"""What is told of a file that is not what is rebuilt: the first thing that differs, committed → rebuilt."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from stats.home import home
from stats.run.reproduce_first import MOST, first_difference

ROOT = home()
CHARGED, BRIEFING = "figures/national_outcomes/charged", "documents/briefing/briefing.html"


def told(name: str, old: str, new: str) -> str:
    """Return what is told of a committed file in which one thing is typed over."""
    data = (ROOT / name).read_bytes()
    assert old.encode() in data, old
    return first_difference(Path(name).suffix, data.replace(old.encode(), new.encode(), 1), data)


def test_a_cell_is_told_by_line_column_old_and_new():
    """In a table of a figure, and in a tidy one."""
    said = told(f"{CHARGED}.csv", "11610", "11611")
    assert said.startswith("differs in line ")
    assert ", column " in said
    assert said.endswith(": “11611” → “11610”")
    assert first_difference(".csv", b"a,b\nx,1\ny,2\n", b"a,b\nx,1\ny,3\n") == (
        "differs in line 3 (y), column b: “2” → “3”"
    )


def test_rows_and_columns_that_are_too_much_or_missing_are_told():
    """With how many there are."""
    assert first_difference(".csv", b"a,b\nx,1\n", b"a,b\nx,1\ny,3\n") == (
        "differs in line 3 (of 1 rows, rebuilt 2): “” → “y, 3”"
    )
    assert first_difference(".csv", b"a,b\n", b"a,c\n") == "differs in its columns: “a, b” → “a, c”"


def test_a_field_is_told_by_its_path():
    """A title, a note by its place, and what has an id by that; printed numbers come first."""
    title = json.loads((ROOT / f"{CHARGED}.json").read_text("utf-8"))["title"]
    assert told(f"{CHARGED}.json", f'"title": "{title[:5]}', '"title": "Wrong').startswith(
        "differs in title: title: “Wr"
    )
    old, new = ({"notes": ["a", last], "sources": [{"id": "x", "n": 1}]} for last in "bc")
    assert first_difference(".json", *(json.dumps(one).encode() for one in (old, new))) == (
        "differs in notes: notes[1]: “b” → “c”"
    )
    assert first_difference(".json", b'{"s": [{"id": "x", "n": 1}]}', b'{"s": [{"id": "x", "n": 2}]}') == (
        "differs in s: s[x].n: “1” → “2”"
    )


def test_words_of_a_page_are_told_with_those_before_them():
    """Without tags, and with the number that they are marked as of."""
    said = told(BRIEFING, "that the police recorded", "that the police invented")
    assert said.startswith("differs in its words, after “")
    assert said.endswith("stalking offences that the police”: “invented” → “recorded”")
    share = "national_outcomes/charged.K04000001.offences_recorded.share"
    assert told(BRIEFING, ">8.6%</a>", ">9.6%</a>").startswith(f"differs in the words of {share}, after “")


def test_a_claim_whose_reason_alone_changed_is_named():
    """The list of what a document states holds its quotation; the page holds the reason, marked as of the claim."""
    said = told(BRIEFING, "The number is the share of", "That number is the share of")
    assert said.startswith("differs in the words of C003-01, after “")
    assert said.endswith("measure .”: “That” → “The”")


def test_what_is_no_word_is_told_by_its_tag():
    """A colour, or a text that only a screen reader says."""
    assert told(f"{CHARGED}.svg", "#12436d", "#12436e").startswith("differs in no word, but in “")
    assert told(BRIEFING, 'lang="en-GB"', 'lang="en-US"') == (
        'differs in no word, but in “<html lang="en-US">” → “<html lang="en-GB">”'
    )


def test_the_text_of_a_picture_is_told():
    """The number that a reader sees in it."""
    said = told(f"{CHARGED}.svg", ">8.6%", ">9.6%")
    assert said.startswith("differs in its text: “9.6%")
    assert "→ “8.6%" in said


def test_other_text_is_told_by_its_line_and_other_bytes_are_not_told():
    """A page of Markdown, and a picture in dots."""
    assert first_difference(".md", b"a\nb\n", b"a\nc\n") == "differs in line 2: “b” → “c”"
    assert first_difference(".png", b"\x89PNG\xff", b"\x89PNG\xfe") == "differs"
    assert first_difference(".zip", b"\xff", b"\xfe") == "differs"


def test_json_of_another_form_is_told_by_its_line():
    """A list of numbers that is none, and a member that is null."""
    assert first_difference(".json", b'{"numbers": 1}', b'{"numbers": 2}').startswith("differs in line 1: ")
    assert first_difference(".json", b'{"a": [1]}', b'{"a": [1, null]}').startswith("differs in a")


@pytest.mark.parametrize("suffix", [".csv", ".json", ".html", ".svg", ".md", ".ipynb"])
@given(st.text(), st.text())
def test_whatever_was_typed_is_told_in_one_short_line(suffix, old, new):
    """No file of another form stops it, and nothing in it steers a terminal."""
    if old == new:
        return
    said = first_difference(suffix, old.encode("utf-8", "replace"), new.encode("utf-8", "replace"))
    assert said.startswith("differs")
    assert "\n" not in said
    assert "\x1b" not in said
    assert len(said) < 8 * MOST


def test_a_picture_of_points_is_told_by_where_they_are_others():
    """A square that was painted over; a picture of another size; words that were written into the file alone."""
    data = (ROOT / f"{CHARGED}.png").read_bytes()
    points = Image.open(BytesIO(data))
    painted = points.copy()
    painted.paste((0, 0, 0), (10, 20, 13, 22))
    wide, high = points.size
    share = 6 / (wide * high)
    assert first_difference(".png", png(painted), data) == (
        f"differs in {share:.2%} of its points, from 10, 20 to 12, 21 of {wide} x {high}"
    )
    smaller = first_difference(".png", png(points.crop((0, 0, 100, 50))), data)
    assert smaller == f"differs in its size: “100 x 50” → “{wide} x {high}”"
    assert first_difference(".png", png(points), data) == "differs in no point, but in what is written into the file"


def png(picture: Image.Image) -> bytes:
    """Return a picture as a PNG."""
    out = BytesIO()
    picture.save(out, "png")
    return out.getvalue()
