"""Markdown becomes blocks, and a reference what it stands for."""

import pytest

from stats.publish.documents.blocks import NotADocument, blocks_of, sign
from stats.publish.documents.model import Bullets, Grid, Heading, Notice, Paragraph, Words, plain

SHARE = Words("5.4%", reference="share")


def test_each_kind_of_block():
    """Headings with anchors of their own, paragraphs, lists, notices and tables with captions."""
    text = (
        "## What we found\n\nSo far **it is** *so*,\nand [there](https://a.b).\n\n- a\n- b\n\n"
        "> Mind this.\n>\n> And that.\n\n## What we found\n\n### More\n\n"
        "Table: Of whom\n\n| What | N |\n|---|---|\n| a | b |\n"
    )
    first, paragraph, bullets, notice, second, third, table = blocks_of(text, [])
    assert (first, third.level) == (Heading(2, (Words("What we found"),), "what-we-found"), 3)
    assert second.anchor == "what-we-found-2"
    assert paragraph == Paragraph(
        (
            Words("So far "), Words("it is", is_strong=True), Words(" "), Words("so", is_emphasised=True),
            Words(", and "), Words("there", address="https://a.b"), Words("."),
        )
    )  # fmt: skip
    assert bullets == Bullets(((Words("a"),), (Words("b"),)))
    assert plain(notice.words) == "Mind this. And that."
    assert isinstance(notice, Notice)
    assert isinstance(table, Grid)
    assert (table.caption, table.heads, len(table.rows)) == ("Of whom", ("What", "N"), 1)


def test_a_reference_keeps_its_id_and_looks():
    """Within a line, also within what is strong; filters of a template cannot take it off."""
    (paragraph,) = blocks_of(f"So far **{sign(0)}** of all.", [SHARE])
    assert paragraph.words == (Words("So far "), Words("5.4%", is_strong=True, reference="share"), Words(" of all."))


@pytest.mark.parametrize("table", ["Table: It is {0}\n\n| a |\n|---|\n| b |", "Table: It is\n\n| {0} |\n|---|\n| b |"])
def test_the_caption_and_heads_of_a_table_hold_no_reference(table):
    """As plain text they would lose what it is of, and nobody could check the words beside it."""
    assert blocks_of(table.format("so"), [SHARE])
    with pytest.raises(NotADocument, match=r"(?s)caption or a head.*5\.4%"):
        blocks_of(table.format(sign(0)), [SHARE])


def test_a_reference_to_blocks_stands_alone():
    """In the place of a paragraph; within a line it is refused."""
    table = Grid("a", "b", ("c",), ())
    assert blocks_of(f"a\n\n{sign(0)}\n\nb", [(table,)])[1] == table
    assert len(blocks_of(f"a\n\n{sign(0)}\n\nb", [()])) == 2
    with pytest.raises(NotADocument, match="paragraph of its own"):
        blocks_of(f"a {sign(0)}", [(table,)])


def test_paragraphs_are_numbered_through_the_whole():
    """Where the template says so; nothing else is."""
    blocks = blocks_of("a\n\n## b\n\n- c\n\nd", [], numbered=True)
    assert [block.number for block in blocks if isinstance(block, Paragraph)] == [1, 2]


@pytest.mark.parametrize(
    "text",
    ["```\ncode\n```", "`x`", "![a](b.png)", "# Title", "#### deep", "1. first", "- a\n  - b", "---",
     "| a |\n|---|\n| b |", "Table: a\n\n| a | b |\n|---|---|\n| | &nbsp; |", "Table: a\n\n| a |\n|---|", sign(0),
     f"a {sign(0)[:-1]} b"],
)  # fmt: skip
def test_what_no_document_has_is_refused(text):
    """Code, pictures that are no figures, titles, rules, lists in lists, tables without captions or words, signs."""
    with pytest.raises(NotADocument):
        blocks_of(text, [])


@pytest.mark.parametrize(
    ("text", "found"),
    [("> a\n>\n> ```\n> code\n> ```", "fence in a notice"), ("> a\n> - b", "bullet list in a notice"),
     ("> ## a\n> b", "heading in a notice"), ("> > a", "blockquote in a notice"),
     ("> ***", "hr in a notice"), ("- a\n\n  b\n- c", "a second paragraph of an item"),
     ("Table: Of whom", "a caption without a table"), ("Table: Of whom\n\nb\n\n| a |\n|---|\n| b |", "a caption"),
     (f"Table: Of whom\n\n{sign(0)}", "a caption without a table")],
)  # fmt: skip
def test_nothing_vanishes_or_runs_into_something_else(text, found):
    """What stands in a notice or an item beside a paragraph, and a caption without its table, are refused by name."""
    with pytest.raises(NotADocument, match=rf"found:\s+{found}"):
        blocks_of(text, [(Grid("a", "b", ("c",), ()),)])


def test_items_with_lines_between_them_are_items_all_the_same():
    """A loose list has a paragraph in each item, and not two in one."""
    assert blocks_of("- a\n\n- b\n  c", []) == (Bullets(((Words("a"),), (Words("b c"),))),)


@pytest.mark.parametrize("around", ["{}", "**{}**", "{}{}"])
def test_a_reference_that_says_nothing_leaves_no_paragraph(around):
    """At the end of a text and before more of it; what follows is read whole, and numbered on."""
    alone = around.replace("{}", sign(0))
    empty = [Words("", reference="none")]
    assert blocks_of(alone, empty) == ()
    blocks = blocks_of(f"a\n\n{alone}\n\nb\n\n## c", empty, numbered=True)
    assert blocks == (Paragraph((Words("a"),), 1), Paragraph((Words("b"),), 2), Heading(2, (Words("c"),), "c"))


def test_html_is_text():
    """And never a tag."""
    (paragraph,) = blocks_of("a <b>c</b> & d", [])
    assert plain(paragraph.words) == "a <b>c</b> & d"
