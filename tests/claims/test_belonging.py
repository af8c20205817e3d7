from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.claims.quantities import quantities

DAY = date(2022, 11, 25)


def times(text: str) -> list[tuple[str, str | None]]:
    """Each quote with the first period of its own time."""
    return [(one.quote, one.span[0].period.label if one.span else None) for one in quantities(text, DAY)]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("696 cases in 2019-20 and 4,087 between April and December 2020.",
         ["year ending March 2020", "April to December 2020"]),
        ("In 2019-20 there were 696 cases and in 2020-21 4,087.", ["year ending March 2020", "year ending March 2021"]),
        ("It fell from 11% in 2019-20 to 6% in 2021-22.", ["year ending March 2020", "year ending March 2022"]),
        ("In the year ending March 2022, 118,411 offences were recorded, up from 99,106 in the year before.",
         ["year ending March 2022", "year ending March 2021"]),
        ("In 2021-22, 118,411 offences were recorded and 5,948 were charged, against 3,506 the year before.",
         ["year ending March 2022", "year ending March 2022", "year ending March 2021"]),
        ("118,411 offences were recorded, up from 99,106 in 2020/21.", [None, "year ending March 2021"]),
        ("44,990 offences between April and September 2020, up from 30,000 in the same period last year.",
         ["April to September 2020", "April to September 2019"]),
        ("In the three months to December 2016 there were 1,383; in the same quarter a year earlier there were 1,100.",
         ["October to December 2016", "October to December 2015"]),
        ("118,411 and 117,177 offences were recorded in 2021-22 and 2022-23 respectively.",
         ["year ending March 2022", "year ending March 2023"]),
        ("In the years ending March 2021 and 2022 the police recorded 99,106 and 117,692 offences.",
         ["year ending March 2021", "year ending March 2022"]),
        ("In the years ending June 2021, 2022 and 2023 there were 30, 40 and 50 orders.",
         ["year ending June 2021", "year ending June 2022", "year ending June 2023"]),
        ("118,411 and 117,177 offences were recorded in 2021-22 and 2022-23.",
         ["year ending March 2022", "year ending March 2023"]),
        ("Reports rose 5% in March last year and 2% in FY22.", ["March 2021", "year ending March 2022"]),
        ("1,000 orders in the first 14 months, 400 offences in 2021-22.", [None, "year ending March 2022"]),
        ("2016 saw 400 offences.", ["year ending December 2016"]),
        ("2016 offences fell by 5%.", ["year ending December 2016"]),
        ("118,411 in 2021-22, 117,177 in 2022-23 and 128,829 in 2023-24.",
         ["year ending March 2022", "year ending March 2023", "year ending March 2024"]),
        ("The figure for 2021-22 was 118,411 (2020-21: 99,106).", ["year ending March 2022", "year ending March 2021"]),
        ("Between 2019/20 and 2021/22 charges rose from 3,506 to 5,948.",
         ["year ending March 2020", "year ending March 2022"]),
        ("There were 14 of 19 last year, 24 of 29 the year before.",
         ["year ending December 2021", "year ending December 2020"]),
        ("A rise of 19% on the previous year, to 118,411 offences.", [None, None]),
        ("In 2021/22 there were 118,411. The year before there were 99,106.",
         ["year ending March 2022", "year ending March 2021"]),
        ("It rose to 118,411 in 2021/22, against 128,829 a year later.",
         ["year ending March 2022", "year ending March 2023"]),
        ("Figures for April 2019 to March 2020 show 33,350 crimes, compared to 20,093 for the previous 12 months.",
         ["year ending March 2020", "year ending March 2019"]),
        ("There were 128,829 in the year ending March 2024, 1% fewer than the year before (130,139).",
         ["year ending March 2024", "year ending March 2024", "year ending March 2023"]),
        ("5,859 cases in 2023-24 compared with 2,208 in 2018-19 - a rise of 165%",
         ["year ending March 2024", "year ending March 2019", "year ending March 2024"]),
        ("By March 2021, 456 orders had been issued.", [None]),
        ("There were 2,443 in the summer of 2021.", [None]), ("There were 99,106 the year before.", [None]),
        ("118,411 offences; there were forty areas in 2021/22.", [None, "year ending March 2022"]),
    ],
)  # fmt: skip
def test_each_quantity_has_its_own_time(text, periods):
    """The nearest time that nothing parts from it; 'the year before' by the other time, here or a sentence before."""
    assert [period for _, period in times(text)] == periods


def test_time_that_cannot_be_known_keeps_its_words():
    """A season, or 'the year before' nothing, is told by its words and never guessed."""
    (one,) = quantities("There were 2,443 reports in Summer 2021.", DAY)
    assert (one.span, one.span_words) == (None, "in Summer 2021")
    (two,) = quantities("There were 99,106 reports the year before.", DAY)
    assert (two.span, two.span_words) == (None, "the year before")
    (three,) = quantities("There were 99,106 reports.", DAY)
    assert (three.span, three.span_words) == (None, "")


def test_relative_times_follow_the_date_of_the_document_and_never_the_clock():
    """Without a date 'last year' is unknown; with one it is the year before that."""
    text = "Last year there were 351 reports."
    assert quantities(text)[0].span is None
    assert quantities(text, date(2017, 7, 6))[0].span[0].period.label == "year ending December 2016"


def test_each_quantity_has_its_own_age_group():
    """Several groups in a sentence go each to its own share."""
    found = quantities("4.0% of women aged 16 to 59 and 8.8% of 16-19 year-olds were stalked.")
    assert [one.age for one in found] == ["aged 16 to 59", "16-19 year-olds"]
    assert all(one.ages == ("aged 16 to 59", "16-19 year-olds") for one in found)
    both = quantities("4.0% of women and 2.3% of men aged 16 to 59 were stalked.")
    assert [one.age for one in both] == ["aged 16 to 59"] * 2


@given(
    st.lists(
        st.sampled_from(
            ["5%", "118,411 offences", "in 2021/22", "the year before", "and", ",", "from", "to", "up from", "(", ")",
             ";", "respectively", "last year", "between 2019 and 2021", "aged 16 to 59", ".\n"]
        )
    ).map(" ".join)
)  # fmt: skip
def test_span_stands_in_the_text_where_it_says(text):
    """The words of a span, and its offsets, are those of the text."""
    for one in quantities(text, DAY):
        for span in one.span or ():
            assert text[span.start : span.end] == one.span_words
