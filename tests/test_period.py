from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadPeriod
from stats.period import Period, month

years = st.integers(1900, 2100)
months = st.integers(1, 12)


@pytest.mark.parametrize("words", ["2024/25", "2024-25", "2024/2025", "2024–25", "FY 2024/25", "fy2024/25"])
def test_financial_year_runs_from_april_to_march(words):
    """2024/25, however it is written, is 1 April 2024 to 31 March 2025."""
    assert Period.parse(words) == Period(date(2024, 4, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2024/25 Q1", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024/25 Q2", date(2024, 7, 1), date(2024, 9, 30)),
        ("2024/25 Q3", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024/25q4", date(2025, 1, 1), date(2025, 3, 31)),
        ("2023/24 Q4", date(2024, 1, 1), date(2024, 3, 31)),
    ],
)
def test_fourth_quarter_falls_in_the_next_calendar_year(words, start, end):
    """Quarters count from April, so the fourth is January to March of the second year."""
    assert Period.parse(words) == Period(start, end)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("year ending March 2025", date(2024, 4, 1), date(2025, 3, 31)),
        ("the year to Sept 2018", date(2017, 10, 1), date(2018, 9, 30)),
        ("YE Dec 2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("ye feb. 2024", date(2023, 3, 1), date(2024, 2, 29)),
    ],
)
def test_year_ending_is_the_twelve_months_up_to_that_month(words, start, end):
    """'year ending September 2018' starts in October 2017; a leap day is kept."""
    assert Period.parse(words) == Period(start, end)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("Oct-Dec 2016", date(2016, 10, 1), date(2016, 12, 31)),
        ("April to September 2014", date(2014, 4, 1), date(2014, 9, 30)),
        ("Nov 2012 to Oct 2013", date(2012, 11, 1), date(2013, 10, 31)),
        ("2020-01-01 to 2021-01-01", date(2020, 1, 1), date(2021, 1, 1)),
    ],
)
def test_spans_are_read_from_months_or_dates(words, start, end):
    """Months take whole months, dates are taken as they stand, both ends included."""
    assert Period.parse(words) == Period(start, end)


@pytest.mark.parametrize("words", ["2016", " 2024 ", "1997"])
def test_bare_year_is_refused(words):
    """A year alone may be calendar, financial or 'ending', so it is refused with ways to write it."""
    with pytest.raises(BadPeriod, match=r"(?s)is a bare year.*given:.*Write one of '2024/25'"):
        Period.parse(words)


@pytest.mark.parametrize("words", ["2024/26", "2024/24", "2024/23", "2024-2026", "2024/25 Q5", "2024/25 Q0", "2024/1"])
def test_impossible_financial_year_is_refused(words):
    """The second year follows the first, and a year has four quarters."""
    with pytest.raises(BadPeriod, match="is not a financial year, whose second year follows its first"):
        Period.parse(words)


def test_months_in_reverse_are_refused():
    """'Nov-Feb 2017' might mean two winters, so both years are asked for."""
    with pytest.raises(BadPeriod, match="ends before it starts; name the year of both months"):
        Period.parse("Nov-Feb 2017")
    assert Period.parse("Nov 2016 to Feb 2017").months == 4
    with pytest.raises(BadPeriod, match="is not a period"):
        Period.parse("Nov 2017 to Feb 2017")


@pytest.mark.parametrize(
    "words", ["", "recently", "Aprilis 2020", "Q1", "2020-02-30 to 2020-03-01", "year ending 2020"]
)
def test_other_words_are_refused(words):
    """What is no period is shown as it was given, with what may be written instead."""
    with pytest.raises(BadPeriod, match=r"(?s)is not a period\..*given:.*'year ending March 2025'"):
        Period.parse(words)


def test_end_before_start_is_refused():
    """Dates in the wrong order are shown, both of them."""
    with pytest.raises(BadPeriod, match=r"(?s)cannot end before it starts.*2020-12-31.*2020-04-01.*earlier date first"):
        Period.parse("2020-12-31 to 2020-04-01")
    assert Period(date(2020, 4, 1), date(2020, 4, 1)).days == 1


def test_nine_months_are_not_like_twelve():
    """April to December is refused beside a whole year, and any twelve months are like any other."""
    year = Period.parse("2019/20")
    assert not Period.parse("Apr-Dec 2020").is_like(year)
    assert Period.parse("year ending December 2020").is_like(year)
    assert Period.parse("2018/19").is_like(year)  # 365 days and 366


def test_dorset_periods_are_not_alike():
    """367 days and 395 days, as in one force's answer, are neither alike nor like a year."""
    first = Period(date(2020, 1, 1), date(2021, 1, 1))
    second = Period(date(2021, 1, 2), date(2022, 1, 31))
    assert (first.length(), second.length()) == ("367 days", "395 days")
    assert not first.is_like(second)
    assert not first.is_like(Period.parse("year ending December 2020"))
    assert second.follows(first)


def test_period_of_odd_days_is_like_a_year_of_as_many():
    """Where one of two periods is not made of months, days are counted: 365 are like a year that has 365."""
    odd = Period(date(2019, 1, 2), date(2020, 1, 1))
    assert odd.is_like(Period.parse("year ending December 2019"))
    assert not odd.is_like(Period.parse("year ending December 2020"))


def test_periods_sort_by_date_and_never_change():
    """Earlier periods come first, the shorter of two with one start before the longer, and none can be moved."""
    year, quarter, before = (Period.parse(words) for words in ("2024/25", "2024/25 Q1", "2023/24"))
    assert sorted([year, quarter, before]) == [before, quarter, year]
    with pytest.raises(FrozenInstanceError):
        year.end = quarter.end


@pytest.mark.parametrize(
    ("words", "kind", "label", "short"),
    [
        ("2024/25", "financial year", "year ending March 2025", "2024/25"),
        ("1999/00", "financial year", "year ending March 2000", "1999/00"),
        ("year ending December 2016", "year", "year ending December 2016", "year ending December 2016"),
        ("2024/25 Q1", "quarter", "April to June 2024", "2024/25 Q1"),
        ("2024/25 Q4", "quarter", "January to March 2025", "2024/25 Q4"),
        ("Apr-Apr 2020", "span", "April 2020", "April 2020"),
        ("May-July 2020", "span", "May to July 2020", "May to July 2020"),
        (
            "Apr 2020 to Sep 2021",
            "span",
            "April 2020 to September 2021",
            "April 2020 to September 2021",
        ),
        (
            "2020-01-01 to 2021-01-01",
            "span",
            "1 January 2020 to 1 January 2021",
            "1 January 2020 to 1 January 2021",
        ),
    ],
)
def test_labels_are_what_a_reader_meets(words, kind, label, short):
    """A label never is a bare year, and a short one fits an axis."""
    period = Period.parse(words)
    assert (period.kind, period.label, str(period), period.short) == (kind, label, label, short)


@pytest.mark.parametrize(
    ("words", "length"),
    [("2024/25", "12 months"), ("2024/25 Q2", "3 months"), ("Apr-Apr 2020", "1 month")],
)
def test_length_is_in_words(words, length):
    """One month is a month, three are months."""
    assert Period.parse(words).length() == length


def test_contains_takes_both_ends():
    """The first and the last day belong to a period, the days around it do not."""
    period = Period.parse("2024/25")
    inside = [date(2024, 3, 31), date(2024, 4, 1), date(2025, 3, 31), date(2025, 4, 1)]
    assert [period.contains(day) for day in inside] == [False, True, True, False]


def test_follows_means_the_very_next_day():
    """2024/25 follows 2023/24, and neither itself nor the year before that."""
    year = Period.parse("2024/25")
    assert year.follows(Period.parse("2023/24"))
    assert not year.follows(year)
    assert not year.follows(Period.parse("2022/23"))


def test_through_counts_quarters_and_years():
    """2023/24 to 2024/25 is two years or eight quarters."""
    first, last = Period.parse("2023/24"), Period.parse("2024/25")
    assert [p.short for p in first.through(last, by="year")] == ["2023/24", "2024/25"]
    assert [p.short for p in first.through(last, by="quarter")][3:5] == ["2023/24 Q4", "2024/25 Q1"]
    assert len(first.through(last, by="quarter")) == 8


@pytest.mark.parametrize(
    ("first", "last", "by", "words"),
    [
        ("2024/25", "Apr-Dec 2025", "year", r"(?s)is not a whole number of years.*21 months"),
        ("Apr-May 2024", "Apr-May 2024", "quarter", r"(?s)is not a whole number of quarters.*2 months"),
        ("May-July 2024", "Aug-Oct 2024", "quarter", r"(?s)is not a whole number of quarters.*6 months"),
        ("2024-01-02 to 2024-12-31", "2024-01-02 to 2025-01-01", "year", r"(?s)not a whole number of years.*366 days"),
    ],
)
def test_span_that_is_not_whole_is_refused(first, last, by, words):
    """A series of quarters or years never starts or ends with a part of one."""
    with pytest.raises(BadPeriod, match=words + r".*Choose a start and an end that hold whole"):
        Period.parse(first).through(Period.parse(last), by=by)


def test_series_that_runs_backwards_is_refused():
    """Asking from a later year to an earlier one stops."""
    with pytest.raises(BadPeriod, match="cannot end before it starts"):
        Period.parse("2024/25").through(Period.parse("2020/21"), by="year")


def test_month_names_a_date_for_prose():
    """A break is dated by its month and year."""
    assert month(date(2020, 4, 1)) == "April 2020"


@given(years, st.integers(1, 4))
def test_quarters_round_trip(year, quarter):
    """Both names of a quarter are read back as that quarter."""
    period = Period.quarter(year, quarter)
    assert period.kind == "quarter"
    assert Period.parse(period.short) == Period.parse(period.label) == period


@given(years)
def test_financial_years_round_trip(year):
    """Both names of a financial year are read back as that year, over a turn of the century too."""
    period = Period.financial_year(year)
    assert Period.parse(period.short) == Period.parse(period.label) == period
    assert period == Period.year_ending(year + 1, 3)


@given(years, months)
def test_years_ending_round_trip(year, last):
    """A year ending in any month is read back, and is twelve months long."""
    period = Period.year_ending(year, last)
    assert Period.parse(period.label) == period
    assert period.months == 12


@given(years, months, st.integers(1, 60))
def test_spans_of_several_months_round_trip(year, first, length):
    """A span of two months or more is read back from its label; its dates always are."""
    period = Period.months_from(year, first, length)
    assert period.months == length
    assert Period.parse(f"{period.start} to {period.end}") == period
    if length > 1:
        assert Period.parse(period.label) == period


@given(years, st.integers(1, 4), st.integers(0, 40))
def test_through_covers_the_span_without_holes(year, quarter, more):
    """Quarters from one to another follow each other, and together are the whole span."""
    first = Period.quarter(year, quarter)
    last = Period.quarter(year + (quarter - 1 + more) // 4, (quarter - 1 + more) % 4 + 1)
    found = first.through(last, by="quarter")
    assert len(found) == more + 1
    assert (found[0], found[-1]) == (first, last)
    assert all(later.follows(earlier) for earlier, later in pairwise(found))


@given(years, months, st.integers(1, 12))
def test_years_cover_the_span_without_holes(year, last_month, more):
    """Years ending in any month follow each other from the first to the last."""
    first, last = Period.year_ending(year, last_month), Period.year_ending(year + more, last_month)
    found = first.through(last, by="year")
    assert found == [Period.year_ending(year + n, last_month) for n in range(more + 1)]
    assert sum(p.days for p in found) == Period(first.start, last.end).days


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 800), st.integers(0, 800))
def test_being_alike_goes_both_ways(start, days, more):
    """If one period is like another, the other is like the one, and a period is like itself."""
    one = Period(start, start + timedelta(days=days))
    other = Period(start + timedelta(days=more), start + timedelta(days=days + more))
    assert one.is_like(one)
    assert one.is_like(other) == other.is_like(one)
