"""The checker on any text: it always answers, in order, within the text, and never loses a number."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.claims.draft.check import check_draft
from stats.claims.quantities import quantities
from stats.claims.verdicts import VERDICTS
from stats.run.claims import facts_of

PIECES = [
    "5%",
    "1.4%",
    "half",
    "none",
    "0 of 112",
    "14 of 19 (74%)",
    "more than 700,000",
    "up 487%",
    "doubled",
    "118,411",
    "112",
    "60% (26 of 43)",
    "1.9 per 1,000",
    "one in five women",
    "0%",
    "100%",
    "250%",
    "two-thirds of these",
    "of those",
    "stalking offences",
    "harassment",
    "cases",
    "were recorded",
    "charged",
    "convicted",
    "in Kent",
    "Scotland",
    "UK",
    "in the year ending March 2022",
    "in 2009",
    "since 2012",
    "last year",
    "between 2020 and 2022",
    "from",
    "to",
    "then",
    "a survey of 28 victims",
    "inspectors reviewed",
    "restraining orders",
    "no",
    "not",
    "the worst force",
    "\n\n",
    ".",
    "(",
    ")",
    "\u202e",
    "\u00e9\ufb01",
    "£5",
    "aged 16 to 59",
    "latest",
    "conviction rate",
    "for every 1,000 residents",
]


@pytest.fixture(scope="module")
def facts():
    """All that is to hand, populations too."""
    return facts_of()


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join), st.sampled_from([None, date(2023, 1, 31)]))
def test_any_words_get_an_answer(facts, text, written):
    """Whatever stands beside what, each number has one remark, with a verdict of the closed list and a reason."""
    remarks = check_draft(text, facts, written=written)
    assert [r.start for r in remarks] == sorted(r.start for r in remarks)
    assert all(text[r.start : r.end] == r.quote and r.verdict in VERDICTS and r.reason for r in remarks)
    numbered = {(r.start, r.end) for r in remarks}
    assert {(q.start, q.end) for q in quantities(text, written)} <= numbered


def test_what_is_not_checked_is_never_called_fine(facts):
    """A number that nothing here can be set beside is neither right nor to mend."""
    (remark,) = check_draft("Our helpline took 4,500 calls in 2022.", facts)
    assert (remark.verdict, remark.is_to_mend) == ("not-checked", False)
    assert remark.reason
    assert not remark.suggestion
