import csv

import pytest

from stats.claims.grammar import FIND, MAY_HOLD, find
from stats.home import home


def _texts() -> list[str]:
    with (home() / "data" / "tidy" / "published_figures.csv").open(encoding="utf-8") as file:
        return [row["quote"].lower() for row in csv.DictReader(file)]


PHRASES = [
    "about 5", "an estimated 5", "in the region of 5", "close to 5", "not quite half", "marginally over 5%", "~5%",
    "+5%", "tens of thousands", "the vast majority of cases", "a tiny minority of cases", "most said",
    "not all cases", "every force", "a third", "half of", "between 5 and 6", "every six minutes",
    "by a factor of three", "twice as many", "halving", "fivefold", "plummeted by 5%", "an uplift of 5%",
    "growth of 5%", "slumped 5%", "no cases", "none", "not a single one", "well under 5", "greater than 5",
    "a minimum of 5", "no fewer than 5", "\N{VULGAR FRACTION ONE HALF}", "quarter of a million", "hundreds",
    "twenty-one", "reduced by 5%", "shrank by a third", "surged 5%", "leapt by 5%",
]  # fmt: skip


@pytest.mark.parametrize("text", [*PHRASES, *_texts()])
def test_trying_only_the_words_that_can_begin_a_quantity_misses_none(text):
    """What the whole pattern finds first, the quick search finds first too."""
    quick, whole = find(text), FIND.search(text)
    assert (quick and quick.span()) == (whole and whole.span())


@pytest.mark.parametrize("text", PHRASES)
def test_sentence_that_holds_a_quantity_is_never_passed_over(text):
    """The test by which sentences are passed over lets every one of these through."""
    assert not FIND.search(text) or MAY_HOLD.search(text)
