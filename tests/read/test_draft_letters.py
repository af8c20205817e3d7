"""Letters of a document: encodings, digits, signs that nobody sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from read.papers import docx, p, run

from stats.read.draft_letters import plain
from stats.read.drafts import read_draft

WORDS = "Café: £5,948 – half"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (WORDS.encode(), 0),
        (WORDS.encode("utf-8-sig"), 0),
        (WORDS.encode("utf-16"), 0),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), 0),
        (b"\xff\xfe\0\0" + WORDS.encode("utf-32-le"), 0),
        (WORDS.encode("utf-16-le"), 1),
        (WORDS.encode("utf-16-be"), 1),
        (WORDS.encode("cp1252"), 1),
    ],
)
def test_each_encoding_is_read_as_what_it_is(data, told):
    """Marked or not; a guess is told."""
    draft = read_draft(data)
    assert draft.text == WORDS
    assert len(draft.told) == told


def test_lines_in_two_encodings_are_each_read_as_their_own():
    """As when two files were put together; Latin-1 too."""
    draft = read_draft("Café £5\n".encode() + "Café £6\n".encode("latin-1"))
    assert draft.text == "Café £5\nCafé £6"
    assert "Some lines" in draft.told[0]


def test_a_page_may_name_its_encoding():
    """As web pages do."""
    page = '<html><head><meta charset="iso-8859-2"></head><body>Łódź 5%</body></html>'.encode("iso-8859-2")
    assert read_draft(page).text == "Łódź 5%"


def test_nuls_in_a_text_are_left_out_and_told():
    """A few are a fault of a program."""
    draft = read_draft(b"Of 118,411 offences that were recorded, 5,9\x0048 were charged so far.")
    assert "5,948" in draft.text
    assert draft.told == ("1 control signs were left out.",)


@pytest.mark.parametrize(
    ("written", "reads"),
    [
        ("\uff11\uff18\uff05", "18%"),
        ("\u0661\u0662\u066b\u0663\u066a", "12.3%"),
        ("118\u00a0411", "118,411"),
        ("1\u2009118\u202f411", "1,118,411"),
        ("in 2021\u00a0118 cases", "in 2021 118 cases"),
        ("118 411", "118 411"),
        ("5,\u200b948", "5,948"),
        ("5\u2060,9\ufeff48", "5,948"),
        ("\u202e849,5\u202c", "849,5"),
        ("con\u00advict", "convict"),
        ("o\ufb03ce \ufb01fth", "office fifth"),
        ("two\u2011thirds", "two-thirds"),
        ("a \u00a0\t b", "a\tb"),
        ("a \r\n b", "a\nb"),
        ("הוטרדו 5,948 נשים", "הוטרדו 5,948 נשים"),
        ("5 per\u2028cent", "5 per\ncent"),
    ],
)
def test_letters_become_plain(written, reads):
    """A number reads the same however it was written, and in logical order."""
    assert plain(written).text == reads


def test_a_number_in_pieces_is_found_whole_and_led_back_to():
    """A thin space, a hidden sign and other digits; `as_written` gives what stands in the document."""
    draft = read_draft(docx(p(run("שלום \u200f"), run("\uff15"), run("\u2009"), run("9\u200b48"), " of")))
    at = draft.text.index("5,948")
    assert draft.as_written(at, at + 5) == "\uff15\u20099\u200b48"
    assert draft.told == (
        "1 signs that steer the direction of reading were left out.",
        "1 signs without width were left out.",
    )


@given(st.text(max_size=60))
def test_breaks_lead_every_letter_back(text):
    """Letters that did not change are found where they stood."""
    made = plain(text)
    for at, letter in enumerate(made.text):
        out, written = [pair for pair in made.breaks if pair[0] <= at][-1]
        if letter.isascii() and letter.isalpha() and text[min(written + at - out, len(text) - 1)].isascii():
            assert text[written + at - out] == letter
