from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.claims.spans import SPAN, Span, read_beside, read_span
from stats.period import Period

DAY = date(2017, 7, 6)


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("three months to December 2016", ["October to December 2016"]),
        ("a three month period to December 2016", ["October to December 2016"]),
        ("year ending March 2022", ["year ending March 2022"]), ("year to 31 March 2022", ["year ending March 2022"]),
        ("12 months to March 2022", ["year ending March 2022"]), ("2021-22", ["year ending March 2022"]),
        ("2021/22", ["year ending March 2022"]), ("in 2021–22", ["year ending March 2022"]),
        ("April to December 2020", ["April to December 2020"]), ("Oct-Dec 2016", ["October to December 2016"]),
        ("in 2016", ["year ending December 2016", "year ending March 2017"]),
        ("last year", ["year ending December 2016", "year ending March 2017", "year ending June 2017"]),
        ("this year", ["year ending December 2017", "year ending March 2018"]),
        ("in the last quarter", ["April to June 2017"]),
        ("since 2012", ["1 January 2012 to 6 July 2017", "1 April 2012 to 6 July 2017"]),
        ("between 2010 and 2015", ["January 2010 to December 2015", "April 2010 to March 2016"]),
    ],
)  # fmt: skip
def test_span_is_every_period_it_may_mean(words, labels):
    """Spans with one meaning give one period; bare years give the calendar and the financial year."""
    assert [span.period.label for span in read_span(words, DAY)] == labels


@pytest.mark.parametrize("words", ["whenever", "2021-28", "", "since 2030"])
def test_unknown_span_is_none(words):
    """Words that name no time, and years that do not follow each other, give nothing."""
    assert read_span(words, DAY) is None


@pytest.mark.parametrize("words", ["last year", "this year", "since 2012", "in the last quarter"])
def test_relative_span_needs_the_date_of_the_document(words):
    """Today's clock is never used."""
    assert read_span(words) is None


@given(st.text())
def test_any_text_is_a_span_or_none(text):
    """Odd text never raises, and a reading has a period."""
    found = read_span(text, DAY)
    assert found is None or all(span.period.start <= span.period.end for span in found)


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("the 12 months to September 2016", ["year ending September 2016"]),
        ("the year to the end of March 2016", ["year ending March 2016"]),
        ("Q3 2015", ["July to September 2015", "October to December 2015"]),
        ("the third quarter of 2015/16", ["October to December 2015"]), ("Q3 2015/16", ["October to December 2015"]),
        ("FY 2015/16", ["year ending March 2016"]), ("2015/2016", ["year ending March 2016"]),
        ("financial year 2015 to 2016", ["year ending March 2016"]),
        ("the calendar year 2015", ["year ending December 2015"]),
        ("between 1 April 2015 and 31 March 2016", ["year ending March 2016"]),
        ("1 April to 31 December 2015", ["April to December 2015"]),
        ("01.01.15 - 01.01.16", ["1 January 2015 to 1 January 2016"]),
        ("January-March 2016", ["January to March 2016"]), ("in March 2016", ["March 2016"]),
        ("the quarter to December 2016", ["October to December 2016"]),
        ("in the first half of 2016", ["January to June 2016", "April to September 2016"]),
        ("the first nine months of 2015/16", ["April to December 2015"]),
        ("between 2014/15 and 2015/16", ["April 2014 to March 2016"]),
        ("over the past five years", ["July 2012 to June 2017"]), ("the past 12 months", ["year ending June 2017"]),
        ("in the last year", ["year ending June 2017"]), ("last month", ["June 2017"]),
        ("this quarter", ["July to September 2017"]),
        ("three years ago", ["year ending December 2014", "year ending March 2015"]),
    ],
)  # fmt: skip
def test_more_spans_are_found_whole_and_read(words, labels):
    """Quarters, halves, days, ranges of years and the past so many months; the whole of the words is the span."""
    assert SPAN.search(words)[0] == words
    assert [span.period.label for span in read_span(words, DAY)] == labels


@pytest.mark.parametrize(
    "words",
    [
        "summer 2016",
        "the pandemic",
        "since records began",
        "every year",
        "annually",
        "between April and June",
        "in the first 14 months",
        "in their first year",
        "in summer last year",
        "in March the previous year",
        "in March of the previous year",
        "March the year before",
    ],
)
def test_span_that_cannot_be_known_is_found_and_not_guessed(words):
    """Words of a time without a period have a place in the text and no reading."""
    assert SPAN.search(words)[0] == words
    assert read_span(words, DAY) is None


@pytest.mark.parametrize(
    ("words", "other", "label"),
    [
        ("the year before", "year ending March 2022", "year ending March 2021"),
        ("in the previous year", "2021-22", "year ending March 2021"),
        ("a year earlier", "2021-22", "year ending March 2021"), ("a year later", "2021-22", "year ending March 2023"),
        ("two years earlier", "2021-22", "year ending March 2020"),
        ("the same period last year", "April to December 2020", "April to December 2019"),
        ("the same quarter a year earlier", "Oct-Dec 2016", "October to December 2015"),
        ("the same period in 2018", "April to December 2020", "April to December 2018"),
        ("the same period in 2018/19", "2020/21", "year ending March 2019"),
        ("the 12 months before", "2021-22", "year ending March 2021"),
        ("the previous quarter", "Oct-Dec 2016", "July to September 2016"),
    ],
)  # fmt: skip
def test_span_beside_another_is_read_by_it(words, other, label):
    """'The year before' is as long as the other and ends a year sooner; without another it means nothing."""
    assert [span.period.label for span in read_beside(words, read_span(other))] == [label]
    assert read_beside(words, None) is None
    assert read_span(words, DAY) is None


def test_month_of_a_broken_period_keeps_its_days():
    """Half of a month moves back by the calendar, and never past the end of a month."""
    leap = (Span(Period.parse("2020-02-15 to 2020-02-29"), "as written"),)
    assert str(read_beside("the year before", leap)[0].period) == "15 February 2019 to 28 February 2019"


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("the 12 months to the end of March last year", ["year ending March 2016"]),
        ("in March last year", ["March 2016"]), ("March of last year", ["March 2016"]),
        ("in the year to June this year", ["year ending June 2017"]),
        ("from January to March this year", ["January to March 2017"]),
        ("between April and December last year", ["April to December 2016"]),
        ("since March last year", ["1 March 2016 to 6 July 2017"]),
        ("in the first six months of this year", ["January to June 2017", "April to September 2017"]),
        ("in the first quarter of last year", ["January to March 2016", "April to June 2016"]),
        ("FY22", ["year ending March 2022", "year ending March 2023"]),
        ("in FY2022", ["year ending March 2022", "year ending March 2023"]),
        ("in FY21/22", ["year ending March 2022"]), ("FY98", ["year ending March 1998", "year ending March 1999"]),
    ],
)  # fmt: skip
def test_month_of_last_year_is_of_the_year_before_the_document(words, labels):
    """It is found whole, read by the document's date, and never read as the bare year; 'FY22' needs no date."""
    assert SPAN.search(words)[0] == words
    assert [span.period.label for span in read_span(words, DAY)] == labels
    assert words.startswith(("FY", "in FY")) or read_span(words) is None


@pytest.mark.parametrize("text", ["offences may this year exceed 300", "in Kent 2016 offences were recorded"])
def test_may_is_a_verb_too_and_a_bare_number_no_year(text):
    """No month is made of 'may', and no year of a count."""
    assert not SPAN.search(text) or SPAN.search(text)[0] == "this year"
