"""Neighbours that look alike are one stretch of words."""

from stats.publish.documents.joined import joined
from stats.publish.documents.model import Words


def test_words_that_look_alike_are_joined_and_references_stay_apart():
    """Empty ones are left out; a reference keeps its id, and two of them are never one."""
    one = Words("5.4%", reference="a")
    words = [Words("So "), Words(""), Words("far "), one, one, Words(" it", is_strong=True), Words(" is")]
    assert list(joined(words)) == [Words("So far "), one, one, Words(" it", is_strong=True), Words(" is")]
    assert list(joined([])) == []
