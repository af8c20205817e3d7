"""Characters that hide or draw a number are found, and what looks alike is alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.publish.documents.characters import folded, strange, tallies


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("½", "number-like"), ("Ⅻ", "number-like"), ("for\u200bty", "format"), ("f\u043erty", "letter"),
        ("\u0664", "digit"), ("→", "arrow"), ("★", "drawn"), ("\ue000", "private"), ("\x07", "control"),
        ("••", "counted"), ("xxx", "counted"),
    ],
)  # fmt: skip
def test_a_strange_character_is_named_with_its_kind(text, kind):
    """And where it stands."""
    (_, what, why), *_ = strange(text, "")
    assert kind in why
    assert what


def test_plain_english_has_no_strange_characters():
    """Nor has a sign that is listed, an accent, a dash or a quotation mark."""
    assert not list(strange("The café’s “share” – £ © … www.\n\tNext", "©"))
    assert not list(tallies("So it is: (a), “b”…"))
    assert [what for _, what, _ in tallies("|||| of ||||||||")] == ["||||", "||||||||"]


@given(st.text())
def test_lines_stay_where_they_are(text):
    """So that a finding has its line."""
    assert folded(text).count("\n") == text.count("\n")
