import os
import time
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.claims.quantities import quantities
from stats.home import home

ZOO = {
    "Z01": ["120,000"], "Z02": ["5 per cent"], "Z03": ["5%"], "Z05": ["696", "4,087", "increase of 487%"],
    "Z10": ["1,822", "19.6%"], "Z13": ["an estimated 1.5 million", "0.1%", "304", "26%"],
    "Z15": ["991", "88", "1,256", "111"],
    "Z16": ["more than 1,200", "5,000"], "Z17": ["112", "Not a single one"], "Z18": ["almost two thirds", "65%"],
    "Z19": ["more than 140", "two-thirds", "one in five", "more than three-quarters"],
}  # fmt: skip
BY_HAND = {"000": 7, "001": 2, "002": 8, "003": 1, "004": 9}


def _shared(name: str) -> Path:
    path = home().parent / "shared" / name
    if not path.exists():
        stop = pytest.fail if os.environ.get("STATS_OFFICIAL_REQUIRED") else pytest.skip
        stop(f"{path.name} is not beside the repository")
    return path


def test_claims_of_the_zoo_give_their_quantities():
    """Each claim gives the quantities that a reader counts, and no year or other number."""
    claims = pd.read_csv(_shared("zoo.csv")).set_index("id")["claim"]
    assert {key: [one.quote for one in quantities(claims[key])] for key in ZOO} == ZOO


def test_articles_give_as_many_quantities_as_were_counted_by_hand():
    """No quantity is missed, and the fund-raising box, dates and times give none."""
    texts = {path.name[:3]: path.read_text("utf-8") for path in sorted(_shared("articles").glob("*.txt"))}
    assert Counter({name: len(quantities(text)) for name, text in texts.items()}) == BY_HAND


def test_printed_share_is_recomputed_under_every_rounding():
    """14 of 19 is 74% but for cutting off; 24 of 29 is never 84%."""
    right, wrong = quantities("14 of 19 prosecutions ended so (74%), then 24 of 29 (84%).")
    assert (right.count, right.base, right.printed, right.unit) == (14, 19, "74", "prosecutions")
    assert "half up" in right.roundings()
    assert "truncated" not in right.roundings()
    assert wrong.roundings() == ()


def test_ages_and_times_are_kept_with_the_claim():
    """The ages of the base and the periods of the sentence go with a quantity."""
    (one,) = quantities("In 2021-22 about 15% of adults aged 16 to 59 were victims.")
    assert (one.quote, one.ages, one.unit) == ("about 15%", ("aged 16 to 59",), "adults")
    assert one.spans[0][0].period.label == "year ending March 2022"


@given(
    st.text() | st.lists(st.sampled_from([*"0123456789%,./-() \n£", "one", " in ", " of ", "half", "²"])).map("".join)
)
def test_any_text_is_read_and_every_quote_stands_where_it_says(text):
    """Odd text never raises; offsets always quote the text."""
    for one in quantities(text):
        assert text[one.start : one.end] == one.quote
        assert one.quote in one.sentence
        assert text[one.sentence_start :].startswith(one.sentence)


@pytest.mark.parametrize("piece", ["1,", "a ", "one ", "(", "1 of 1 ", "from 1 ", " \n", "a@"])
def test_hostile_text_takes_no_longer_than_its_length(piece):
    """Repeated pieces of a pattern are read in a few seconds."""
    began = time.perf_counter()
    quantities(piece * 20_000)
    assert time.perf_counter() - began < 10
