"""PDF documents."""

from __future__ import annotations

import pytest
from read.papers import pdf

import stats.read.draft_pdf
from stats.errors import CannotOpen
from stats.read.draft_pdf import mended, without_margins
from stats.read.drafts import read_draft


def test_a_pdf_reads_page_by_page():
    """Text, pages, day, title and language; words broken at a line end are whole."""
    draft = read_draft(pdf(["Of 118,411 offen-", "ces, 5,948 were"], ["charged."]))
    assert draft.text == "Of 118,411 offences, 5,948 were\ncharged."
    assert [part.where for part in draft.parts] == ["page 1", "page 2"]
    assert (draft.title, draft.dated.isoformat(), draft.language) == ("A brief", "2022-11-25", "en-GB")


LOCK = "/Encrypt<</Filter/Standard/V 1/R 2/O(" + "x" * 32 + ")/U(" + "y" * 32 + ")/P -4>>/ID[(a)(a)]"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf([""]), "no text"),
        (pdf(["Five."])[:300], "damaged|no text"),
        (pdf(b"BT " + b" " * 90_000_000, pack=True), "beyond all measure|damaged|no text"),
        (pdf(["Five."], trailer=LOCK),
         "password"),
    ],
)  # fmt: skip
def test_a_pdf_that_cannot_be_read_is_refused(data, words):
    """A scan, a broken one, a bomb, a locked one."""
    with pytest.raises(CannotOpen, match=words) as stopped:
        read_draft(data)
    assert stopped.value.mend


def test_a_pdf_that_takes_too_long_is_stopped(monkeypatch):
    """Whatever keeps the reader busy."""
    monkeypatch.setattr(stats.read.draft_pdf, "LONGEST", 0.01)
    with pytest.raises(CannotOpen, match="too long to read"):
        read_draft(pdf(["Five."]))


def test_hyphens_of_numbers_stay_and_running_heads_stand_apart():
    """Two-thirds keeps its hyphen at a line end; heads that return on most pages are margins."""
    assert mended("two-\nthirds and con-\nvict 2021-\nabc", "") == "two-thirds and convict 2021-abc"
    bodies, margins = without_margins([f"Report\ntext {n}\n{n}" for n in range(4)])
    assert bodies[1] == "text 1"
    assert [aside.text for aside in margins] == ["Report", "0"]
