"""What stands after the text, in every format: the numbers, the sources, the contact and the day."""

from __future__ import annotations

from dataclasses import replace

from sample_document import sample

from stats.publish.documents.ending import (
    NUMBERS,
    as_at_words,
    cited,
    linked_line,
    meaning,
    numbers_table,
    printed_in_full,
    tables_in_full,
)
from stats.publish.documents.model import Citation, Grid, Heading, Reference, plain


def test_each_number_stands_with_what_it_is_and_its_source():
    """By the plain names of its measure and area, its period and basis, its id, and the number of its source."""
    table = numbers_table(sample())
    assert isinstance(table, Grid)
    assert [[plain(cell.words) for cell in row] for row in table.rows] == [[
        "5.4%",
        "Share of recorded offences charged so far; Lincolnshire (E23000020); year ending March 2025; full count. "
        "Id: lincolnshire/charged.E23000020.offences_recorded.share",
        "1",
    ]]  # fmt: skip


def test_what_is_not_known_of_a_number_is_left_out():
    """No area, no measure, a source that is not listed, or a claim whose words are not printed."""
    claim = Reference("C003-01", "", verdict="wrong-measure", sources=("somewhere",))
    (row,) = numbers_table(replace(sample(), references=(claim,))).rows
    assert [plain(cell.words) for cell in row] == [
        "claim C003-01", "Verdict: wrong-measure. Id: C003-01", "somewhere",
    ]  # fmt: skip
    assert meaning(Reference("x", "5%", area="K04000001")) == "K04000001"
    assert meaning(Reference("x", "5%", area_name="six police force areas")) == "six police force areas"


def test_the_table_is_printed_last_and_only_where_there_is_something_to_say():
    """Under a heading of its own; it is no table of the document that a pack would hold."""
    heading, table = printed_in_full(sample())[-2:]
    assert isinstance(heading, Heading)
    assert plain(heading.words) == NUMBERS
    assert tables_in_full(sample()) == [*sample().tables, table]
    bare = replace(sample(), references=())
    assert printed_in_full(bare) == bare.printed
    assert tables_in_full(bare) == bare.tables


def test_a_source_is_cited_with_every_address():
    """Each a link; a licence that is not known, or said already, is left out."""
    one = Citation(
        "a", "Somebody (Open Licence).", "https://a.example/", "Open Licence", "reported", "https://b.example/"
    )
    assert plain(cited(one)) == (
        "Somebody (Open Licence). https://a.example/. The publisher's own address: https://b.example/."
    )
    assert [words.address for words in cited(one) if words.address] == ["https://a.example/", "https://b.example/"]
    assert plain(cited(Citation("a", "Somebody", "", "", "reported"))) == "Somebody."


def test_the_day_and_the_contact_are_told_alike():
    """The day in words; an address of the contact is a link, and nothing else is."""
    assert as_at_words(sample()) == "Statistics published up to 23 April 2026."
    line = linked_line("Us, https://a.example/x, or http://b.example")
    assert plain(line) == "Us, https://a.example/x, or http://b.example"
    assert [words.address for words in line] == ["", "https://a.example/x", ""]
    assert linked_line("") == ()
