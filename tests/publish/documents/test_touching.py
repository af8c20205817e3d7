"""Numbers that stand so close to something else that they read as another number are refused."""

from pathlib import Path

import pytest

from stats.publish.documents.model import Words
from stats.publish.documents.touching import must_not_touch
from stats.publish.documents.typed import TypedNumber

FILE = Path("briefings/a.md")
A, B = Words("83", reference="a"), Words("1,531", reference="b")


@pytest.mark.parametrize(
    "line",
    [(A, B), (A, Words(","), B), (A, Words("."), B), (A, Words(" "), B), (A, Words("\u2009"), B), (A, Words("k")),
     (A, Words("rd of all")), (A, Words(" per cent")), (A, Words("%")), (Words("£"), A), (Words("-"), A),
     (A, Words(",", is_strong=True), B), (Words("x"), A), (A, Words(" \ufffc"), Words("k", is_strong=True), B, B),
     *((A, Words(behind)) for behind in (" k", " bn", " m of them", "-fold", " times as many", "(%)", " (per cent)",
                                         " percentage points", "+", " or more", "-odd", " £")),
     *((Words(before), A) for before in ("minus ", "So fewer than ", "Less\u00a0than ", "more than ", "over ", "£ ",
                                         "<", "> ", "almost ", "nearly "))],
)  # fmt: skip
def test_references_that_read_as_another_number_are_refused(line):
    """Two that touch, or one with a letter or a unit of the author's behind it."""
    with pytest.raises(TypedNumber, match="reads as one"):
        must_not_touch([line], file=FILE)


@pytest.mark.parametrize(
    "line",
    [(A, Words(", "), B), (A, Words(" of the "), B), (Words("(", is_strong=True), A, Words(")")), (A, Words(". So")),
     (Words("“"), A, Words("–"), B, Words("”")), (Words("at most "), A, Words(" if so")), (Words("about "), A),
     (A, Words(" more were")), (A, Words(" moved")), (Words("moreover "), A), (Words("than "), A)],
)  # fmt: skip
def test_references_with_words_between_are_fine(line):
    """As in a list, a range or brackets; without those words they would touch."""
    must_not_touch([line], file=FILE)
    with pytest.raises(TypedNumber):
        must_not_touch([(A, B)], file=FILE)
