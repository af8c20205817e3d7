import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.claims.sentences import sentences


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("It was 1.5 million. Then it fell.", ["It was 1.5 million.", "Then it fell."]),
        ("Under s. 2A it is so. No. 10 agreed.", ["Under s. 2A it is so.", "No. 10 agreed."]),
        ('"It rose." She left.', ['"It rose."', "She left."]),
        ("Heading\n\nText\n- one\n- two", ["Heading", "Text", "- one", "- two"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, pieces):
    """Decimals and abbreviations end nothing; quotation marks, blank lines and bullets do."""
    assert [text[start:end] for start, end in sentences(text)] == pieces


@given(st.text())
def test_nothing_but_space_is_lost(text):
    """The sentences hold every letter of the text, in order."""
    assert "".join("".join(text[a:b].split()) for a, b in sentences(text)) == "".join(text.split())
