"""Our own corrections are numbered in order, complete, and of something that is or was there."""

from __future__ import annotations

import os

import pytest

from stats.errors import RegisterError
from stats.home import home

FILE = "registers/our_corrections.yml"

ENTRY = """\
- number: 1
  of: C003-01
  was: contradicted
  is: wrong-measure
  found: 2026-11-30
  why: made up for a test
  outputs: [article_003_claims/claims]
"""


@pytest.fixture
def house(broken):
    """Return a copy of the data with one correction, and the briefs that numbers belong to."""
    for name in ("notebooks", "briefings", "figures"):
        os.symlink(home() / name, broken.root / name)
    return broken.write(FILE, ENTRY)


def test_none_is_registered_yet(registers):
    """An empty list is a register, and no error."""
    assert registers.mistakes == ()


def test_a_correction_is_read(house):
    """`is` is what is right now."""
    found = house.load().mistakes
    assert [(m.number, m.of, m.now, m.by, m.brief) for m in found] == [(1, "C003-01", "wrong-measure", None, "")]


def test_a_number_of_a_figure_is_known_by_its_brief(house):
    """A brief that is there, or a document that figures were made for."""
    number = "lincolnshire/charged.E23000020.offences_recorded.share"
    assert house.damage(FILE, "C003-01", number).load().mistakes[0].brief == "lincolnshire"


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("of: C003-01", "of: C003-99", r"names a claim that is in no register.*C003-01"),
        ("of: C003-01", "of: lincolnshir/charged.x", r"names a brief of a number that is in no register.*lincolnshire"),
        (
            "of: C003-01",
            "of: lincolnshire/charged.nonsense",
            r"names a number.*is_gone.*nearest: +lincolnshire/charged",
        ),
        ("[article_003_claims/claims]", "[breifing]", r"names a document that is in no register.*nearest: +briefing"),
        ("[article_003_claims/claims]", "[article_003_claim/x]", r"names a brief of a figure.*article_003_claims"),
        ("[article_003_claims/claims]", "[article_003_claims/x]", r"names a figure.*article_003_claims/claims"),
        ("number: 1", "number: 2", r"not numbered in order.*expected: +1"),
        ("  why: made up for a test\n", "", "why.*missing"),
        ("outputs: [article_003_claims/claims]", "outputs: []", "outputs"),
        ("  was:", "  wass:", "wass.*no such field"),
    ],
)
def test_a_correction_that_says_too_little_or_hangs_in_the_air_is_refused(house, old, new, match):
    """The error names the file and what is wrong."""
    with pytest.raises(RegisterError, match=rf"(?s){match}"):
        raise AssertionError(house.damage(FILE, old, new).load())


def test_a_number_of_a_document_needs_no_brief(house):
    """Figures that are made for one document have no brief of their own."""
    house.damage(FILE, "C003-01", "charge/charged.E23000020.offences_recorded.share")
    assert house.damage(FILE, "[article_003_claims/claims]", "[force-lincolnshire]").load().mistakes


def test_what_is_no_more_is_said_to_be_gone(house):
    """A correction is never taken away, though a later release has other numbers, and documents come and go."""
    house.damage(FILE, "C003-01", "lincolnshire/charged.x").damage(FILE, "[article_003_claims/claims]", "[an_old_page]")
    house.damage(FILE, "  why:", "  is_gone: true\n  why:")
    assert house.load().mistakes[0].is_gone
