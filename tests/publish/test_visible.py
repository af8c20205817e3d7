"""Nothing in a draft steers a terminal or the direction of reading."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.publish.visible import around, visible, visible_lines, writable

ANY = st.text(alphabet=st.characters())


@given(ANY)
def test_what_would_be_obeyed_is_spelt_out(text):
    """No control sign, no sign of direction, no half of a pair, no line end is left, whatever the text is."""
    shown = visible(text)
    assert not [sign for sign in shown if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "<U+001B>[31mred<U+001B>[0m"),
        ("\x9b2J", "<U+009B>2J"),
        ("a\u202eb", "a<U+202E>b"),
        ("draft\udcff.docx", "draft<U+DCFF>.docx"),
        ("0 to mend\n\r\t1", "0 to mend 1"),
        ("“£5,000” – Żółw", "“£5,000” – Żółw"),
    ],
)
def test_signs_are_shown_by_their_code(text, shown):
    """Escape sequences of both kinds, a name that is no Unicode, blanks; letters stay."""
    assert visible(text) == shown


def test_lines_may_be_kept():
    """An error has lines; nothing else of it passes."""
    assert visible_lines("a\n\x1bb") == "a\n<U+001B>b"


@given(ANY.map(visible), st.sampled_from(["ascii", "cp1252", "latin-1", "utf-8", None]))
def test_any_terminal_can_write_it(text, encoding):
    """Also one that knows no accents, and one that does not say what it knows."""
    assert writable(text, encoding).encode(encoding or "ascii") or not text


@given(st.text("ab \u05d0", max_size=400), st.data())
def test_a_passage_stands_in_so_much_of_its_sentence(text, data):
    """The passage is whole if it is short, in its own surroundings, and the whole is bounded."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    most = data.draw(st.integers(40, 200))
    before, passage, after = around(text, start, end, most)
    assert len(before + passage + after) <= most + 8
    if end - start <= most // 2:
        assert passage == text[start:end]
    assert text[:start].endswith(re.sub("^… ", "", before))
    assert text[end:].startswith(re.sub(" …$", "", after))
