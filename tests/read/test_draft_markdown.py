"""Markdown and plain text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from stats.read.drafts import read_draft

PAGE = """---
title: "A brief"
date: 2022-11-25
lang: en-GB
---
# Stalking #

Of **118,411** offences[^1], [5,948](http://127.0.0.1:9/1 "x") were *charged*
on `8Q` &amp; ~~66%~~ 5\\% <b>only</b>.

1. One in 20
2. Half
   of them
- [x] none

> Quoted 7%

```r
x <- 99
```

| Force | n |
|-------|--:|
| Kent  | 71 |

<!-- 98
97 -->
[^1]: Home Office.
[ref]: http://127.0.0.1:9/

Last
====
snake_case_2 and 2*3*4
"""


def test_markdown_reads_without_its_marks(no_network):
    """Each part in order, with its line in the file; front matter and code are no text."""
    draft = read_draft(PAGE.encode())
    assert draft.kind == "markdown"
    assert draft.text.split("\n\n") == [
        "Stalking", "Of 118,411 offences, 5,948 were charged\non 8Q & 5% only.", "One in 20", "Half\nof them",
        "none", "Quoted 7%", "Force\tn\nKent\t71", "Last", "snake_case_2 and 234", "Home Office.",
    ]  # fmt: skip
    at = draft.text.index("5,948")
    assert draft.where(at) == "paragraph 2 (line 8)"
    assert draft.as_written(at, at + 5) == "5,948"
    assert draft.where(draft.text.index("71")) == "table 1, row 2 (line 24)"
    assert (draft.title, draft.dated.isoformat(), draft.language) == ("A brief", "2022-11-25", "en-GB")
    assert [aside.text for aside in draft.hidden] == ["x <- 99", "66%"]


def test_every_offset_leads_back_to_its_letter():
    """What is plain in the text is the same letter in the source."""
    draft = read_draft(PAGE.encode())
    for part in draft.parts:
        for at in range(part.start, part.end):
            if draft.text[at].isalnum():
                assert draft.source[draft.place(at)] == draft.text[at], (part, draft.text[at:])


def test_plain_text_is_kept_as_it_is():
    """A text without marks of Markdown loses nothing, lines and paragraphs stay."""
    draft = read_draft(b"Of 2*3*4 cases_\r\n5,948\r\n\r\n\r\n2021-22 was first.")
    assert draft.kind == "text"
    assert draft.text == "Of 2*3*4 cases_\n5,948\n\n2021-22 was first."
    assert draft.where(draft.text.index("2021")) == "paragraph 2 (line 5)"


def test_a_number_at_the_start_of_a_line_is_no_list():
    """A line that was wrapped before '5.' belongs to its sentence; '1.6% of' is a number."""
    draft = read_draft(b"# Title\n\nThe share was\n5. It rose.\n\n1.6% of them")
    assert draft.text == "Title\n\nThe share was\n5. It rose.\n\n1.6% of them"


@pytest.mark.parametrize("text", ["[" * 100_000, "*" * 100_000, "_a" * 100_000, "`" * 100_000, "](" * 9,
                                  "~~a" * 100_000, "<a" * 100_000, "> " * 50_000, "|" * 90_000])  # fmt: skip
def test_a_text_made_to_be_slow_is_read_in_time(text):
    """Marks without end."""
    start = time.process_time()
    read_draft(("# Five\n\n" + text + "\nend").encode())
    assert time.process_time() - start < 5


def test_200_pages_of_text_are_read_fast():
    """A report of 200 pages in well under two seconds."""
    start = time.process_time()
    draft = read_draft(
        b"# Five\n\n" + b"Of **118,411** offences, 5,948 (5%) were charged so far, and others not.\n" * 8_000
    )
    assert len(draft.text) > 500_000
    assert time.process_time() - start < 4


def test_a_name_decides_between_markdown_and_text_where_contents_do_not():
    """Underscores and stars are marks in a file called .md."""
    assert read_draft(b"*Five*", name=str(Path("a.md"))).text == "Five"
    assert read_draft(b"*Five*", name=str(Path("a.txt"))).text == "*Five*"
