from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.claims.spans import read_span

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
