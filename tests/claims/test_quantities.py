import time
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept_outside import articles, zoo

from stats.claims.quantities import quantities

ZOO = {
    "Z01": ["120,000"], "Z02": ["5 per cent"], "Z03": ["5%"], "Z05": ["696", "4,087", "increase of 487%"],
    "Z10": ["1,822", "19.6%"], "Z13": ["an estimated 1.5 million", "0.1%", "304", "26%"],
    "Z15": ["991", "88", "1,256", "111"],
    "Z16": ["more than 1,200", "5,000"], "Z17": ["112", "Not a single one"], "Z18": ["almost two thirds", "65%"],
    "Z19": ["more than 140", "two-thirds", "one in five", "more than three-quarters"],
}  # fmt: skip
BY_HAND = {"000": 7, "001": 2, "002": 8, "003": 1, "004": 10}


def test_claims_of_the_zoo_give_their_quantities():
    """Each claim gives the quantities that a reader counts, and no year or other number."""
    claims = {row["id"]: row["claim"] for row in zoo()}
    assert {key: [one.quote for one in quantities(claims[key])] for key in ZOO} == ZOO


def test_articles_give_as_many_quantities_as_were_counted_by_hand():
    """No quantity is missed, and the fund-raising box, dates and times give none."""
    assert {name: len(quantities(text)) for name, text in articles().items()} == BY_HAND


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2.4 per 1,000 residents", [("2.4 per 1,000 residents", "rate", "per 1,000")]),
        ("12 offences per 100,000 people", [("12 offences per 100,000 people", "rate", "per 100,000")]),
        ("about seven per day, 20 calls an hour", [("about seven per day", "rate", "per day"),
                                                   ("20 calls an hour", "rate", "per hour")]),
        ("one every six minutes", [("every six minutes", "rate", "per 6 minutes")]),
        ("most victims, all forces, few cases", [("most", "share", "victims"), ("all", "share", "forces"),
                                                ("few", "share", "cases")]),
        ("the vast majority of cases", [("the vast majority", "share", "cases")]),
        ("not all victims, every force", [("not all", "share", "victims"), ("every", "share", "force")]),
        ("between 60 and 70 per cent of cases", [("between 60 and 70 per cent", "share", "cases")]),
        ("60-70% of cases, 24 to 29 per cent", [("60-70%", "share", "cases"), ("24 to 29 per cent", "share", "")]),
        ("120,000-150,000 offences", [("120,000-150,000", "count", "offences")]),
        ("three times as many cases", [("three times as many", "change", "cases")]),
        ("310 fewer applications", [("310 fewer", "difference", "applications")]),
        ("rose by 300 to 1,200", [("rose by 300", "difference", ""), ("1,200", "count", "")]),
        ("a 30% rise, up 5%, +6%", [("30% rise", "change", ""), ("up 5%", "change", ""), ("+6%", "change", "")]),
        ("a total of 112 cases", [("112", "count", "cases")]),
        ("one woman in five", [("one woman in five", "share", "")]),
        ("61 175 allegations. Then 16 177 184", [("61 175", "count", "allegations"), ("16", "count", ""),
                                                 ("177", "count", ""), ("184", "count", "")]),
        ("Offences per 1,000 people rose from 1.9 to 2.3.",
         [("1.9", "rate", "per 1,000"), ("2.3", "rate", "per 1,000")]),
        ("half of all cases", [("half", "share", "cases")]),
        ("c.1.5 million victims", [("1.5 million", "count", "victims")]),
        ("Of them two were convicted.", [("two", "count", "")]), ("The two were married.", []),
        ("140 or more victims", [("140 or more", "count", "victims")]),
        ("4,087 in Wales and 12 offences", [("4,087", "count", ""), ("12", "count", "offences")]),
        ("a quarter\nof the victims", [("a quarter", "share", "victims")]),
        ("5\N{NO-BREAK SPACE}% of cases", [("5\N{NO-BREAK SPACE}%", "share", "cases")]),
    ],
)  # fmt: skip
def test_kinds_and_units_of_what_is_found(text, found):
    """Rates are never counts, 'most' is a bound of what is ours, and a broken line breaks nothing."""
    assert [(one.quote, one.kind, one.unit) for one in quantities(text)] == found


def test_both_readings_go_with_a_quantity():
    """The strict reading stands beside the default one."""
    (one,) = quantities("Just over half of victims were asked.")
    assert (one.reading.high, one.strict.high) == (Fraction(55, 100), Fraction(525, 1000))
    (two,) = quantities("More than 140 victims were asked.")
    assert (two.reading.high, two.strict.high) == (150, None)


PIECES = [
    *"0123456789%,./-() \n;", "one", " in ", " of ", "half", "\u00b2", "five", " hundred ", "118,411", " per cent ",
    "from ", " to ", "up ", "doubled ", "all ", "cases", " per 1,000 ", "2021/22", "the year before", "\u0130",
    "\u00bd",
    "between ", " and ", "\u2013", "\N{NO-BREAK SPACE}", "Q3 ", "aged ",
]  # fmt: skip


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_is_read_and_every_quote_stands_where_it_says(text):
    """Odd text never raises; offsets quote the text, in order and without overlap; links lead to quantities."""
    found = quantities(text)
    starts = {one.start for one in found} | {None}
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(one.beside in starts and one.before in starts for one in found)
    for one in found:
        assert text[one.start : one.end] == one.quote
        assert one.quote in one.sentence
        assert text[one.sentence_start :].startswith(one.sentence)


@pytest.mark.parametrize(
    "piece",
    [
        "1,", "a ", "one ", "(", "1 of 1 ", "from 1 ", " \n", "a@", "9", "and ", "1 and ", "1.1", "1/1 ", "up by ",
        "(1%",
        "1 to ", "in 2020 ", "half of ", "the year before ", "a.b", "more than ", "\n1.", "- ", "every one ", "one-",
        "between ", "1,111,", "[", "5 per ", "most of the ", "twenty-", "in 2020 1% ", "1% the year before ",
    ],
)  # fmt: skip
def test_hostile_text_takes_no_longer_than_its_length(piece):
    """Repeated pieces of a pattern are read in seconds."""
    began = time.process_time()
    quantities(piece * (20_000 // len(piece)))
    assert time.process_time() - began < 3


def seconds(text: str) -> float:
    """Return the processor time that reading takes."""
    began = time.process_time()
    quantities(text)
    return time.process_time() - began


@pytest.mark.parametrize("piece", ["1,1,1,(and(and(and(and[", "9" * 99 + "and ("])
def test_text_without_an_end_is_read(piece):
    """A damaged text of digits, commas, words and brackets, without a stop or a space, is read to its end.

    Five times the text takes five times as long, and not 25 times.
    """
    text = piece * (50_000 // len(piece))
    assert seconds(text * 5) < 10 * min(seconds(text), seconds(text)) + 0.1


def test_report_of_200_pages_takes_seconds():
    """A hundred thousand words with a number in most sentences; the bound is for a slow machine."""
    sentence = (
        "In the year ending March 2022, 118,411 offences of stalking were recorded, up from 99,106 in the year before, "
        "and just 5% (5,948 of 118,411) of these had led to a charge by the summer, while the forces that were asked "
        "said that they had no more to add to what the inspectors had found and reported on the matter already. "
        "Nothing else was said about it at the time by anybody who was there, and nobody asked them about it again. "
    )
    text = sentence * (100_000 // len(sentence.split()))
    began = time.process_time()
    assert len(quantities(text)) == 4 * text.count("In the year ending")
    assert time.process_time() - began < 12


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Charges made up 40.6% of outcomes.", [("40.6%", "share", "outcomes")]),
        ("Women make up just over 70 per cent of victims.", [("just over 70 per cent", "share", "victims")]),
        ("They gave up 5% of their pay and took up 3% more.", [("5%", "share", ""), ("3% more", "change", "")]),
        ("Police followed up 40% of reports.", [("40%", "share", "reports")]),
        ("The CPS turned down 40% of files.", [("40%", "share", "files")]),
        ("Take-up 40% of orders.", [("40%", "share", "orders")]),
        ("It adds up to 120 offences.", [("120", "count", "offences")]),
        ("Up to 5% of cases.", [("Up to 5%", "share", "cases")]), ("It set up 3 centres.", [("3", "count", "")]),
        ("Charges went up 20% and then down 5%.", [("up 20%", "change", ""), ("down 5%", "change", "")]),
        ("She reported him to the police 11 times.", [("11", "count", "times")]),
        ("In one instance, a notice was given.", [("one", "rate", "")]), ("In one instance.", []),
    ],
)  # fmt: skip
def test_small_words_belong_to_the_verb_before_them(text, found):
    """'Made up 70%' is a share and no rise; what happened 11 times is counted, and a story of one is no count."""
    assert [(one.quote, one.kind, one.unit) for one in quantities(text)] == found
