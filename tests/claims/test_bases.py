from fractions import Fraction

import pytest

from stats.claims.quantities import quantities


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("5% of 118,411 offences", {"5%": 118_411}), ("a third of the 122 victims", {"a third": 122}),
        ("Of the 2,181 cases, 885 resulted in court.", {"885": 2_181}),
        ("Of 356 applications, 78% were granted and 5% refused.", {"78%": 356, "5%": 356}),
        ("out of 2692 cases of stalking, 185 of those result in a charge", {"185": 2_692}),
        ("14 were convicted of the 19 taken to court", {"14": 19}),
        ("40.6 per cent \N{EN DASH} 885 \N{EN DASH} of the 2,181 cases", {"40.6 per cent": 2_181, "885": 2_181}),
        ("of the 19 cases that went to court, 14 were convicted \N{EN DASH} 74%", {"14": 19, "74%": 19}),
        ("70 per cent of the 1.4 million victims", {"70 per cent": 1_400_000}),
        ("Of an estimated 1.5 million cases, only 0.1% did", {"0.1%": 1_500_000}),
    ],
)  # fmt: skip
def test_base_that_the_sentence_prints_goes_with_its_share(text, bases):
    """Before or after, next to it or as 'of the 19'; the base is a quantity of its own and marked as one."""
    found = quantities(text)
    assert {one.quote: one.base for one in found if one.base} == bases
    assert all(one.base_is_printed for one in found if one.base)
    assert [one.is_base for one in found].count(True) == 1


@pytest.mark.parametrize(
    "text",
    [
        "5% were charged and 118,411 offences were recorded.", "5% of them, and 122 victims.",
        "5% of more than 140 women", "14 forces spoke of the 9 areas", "Of the 19 cases we know; 14 were heard.",
        "885 offences of stalking and 2,181 of harassment", "5% of offences in 43 forces",
    ],
)  # fmt: skip
def test_number_that_is_no_base_gives_none(text):
    """Other counts of the sentence, bounds, and counts smaller than the part are no base."""
    assert [one.base for one in quantities(text) if one.base] == []


def test_a_of_b_carries_its_own_base_and_lead():
    """The count and base stand in the quote; 'more than' makes a bound of it, 'just' does not."""
    more, just, round_one = quantities("more than 14 of 19, just 26 out of 43 forces, nine out of 10 victims")
    assert (more.count, more.base, more.reading.is_bound, more.base_is_printed) == (14, 19, True, False)
    assert (just.count, just.base, just.reading.is_bound, just.quote) == (26, 43, False, "26 out of 43")
    assert (round_one.count, round_one.base, round_one.kind) == (None, None, "share")


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("Of 140 victims, 93 went to the police, and 62 of these (67%) were unhappy.",
         {"93": 140, "62": 93, "67%": 93}),
        ("A total of 43 forces responded; of these, 26 (60%) had one.", {"26": 43, "60%": 43}),
        ("135,628 offences, of which 11,610 (8.6%) were charged", {"11,610": 135_628, "8.6%": 135_628}),
        ("Of these orders, two-thirds did not.", {}),
    ],
)  # fmt: skip
def test_pronoun_stands_for_the_count_before_it(text, bases):
    """'Of these' is of the last count, also where the sentence opened with another base."""
    assert {one.quote: one.base for one in quantities(text) if one.base} == bases
    assert not any(one.clashes for one in quantities(text))


def test_lead_before_a_of_b_is_of_the_count():
    """'Nearly 6,000 of the 118,411' is 5,000 to 6,000 of them."""
    (one,) = quantities("Nearly 6,000 of the 118,411 offences were charged.")
    assert one.reading.low == Fraction(5_000, 118_411)
    assert one.reading.high == Fraction(6_000, 118_411)
