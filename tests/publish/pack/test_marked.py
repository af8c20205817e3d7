"""The marked words of a page are compared with what a document of today may print."""

from __future__ import annotations

from stats.home import home
from stats.publish.pack.marked import texts_of
from stats.run.claims import facts_of


def test_who_printed_a_figure_is_compared_as_a_document_says_it():
    """With the day in words; what a figure has no field for is nothing that may be printed."""
    facts, name = facts_of(home()), "published thornberry-charge-share-2021-22"
    assert texts_of(f"{name} cited", facts) == {"Emily Thornberry MP, 14 April 2023"}
    assert texts_of(f"{name} text", facts) == {"5%"}
    assert texts_of(f"{name} colour", facts) == {""}


def test_a_break_may_stand_in_a_sentence_or_as_an_item_of_a_list():
    """With the stop of the item, and without; in no other words."""
    facts = facts_of(home())
    changed = facts.registers.breaks["2024-04-humberside"].what_changed.rstrip(".")
    assert texts_of("break 2024-04-humberside", facts) == {changed, f"{changed}."}
