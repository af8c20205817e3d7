"""What each way of wording a span may mean: a reader for each, which gives periods or None."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from stats.period import MONTHS, Period

MONTH = "(?:" + "|".join(f"{name}|{name[:3]}" for name in map(str.lower, MONTHS)) + r"|sept)\b\.?"
YEAR = r"(?:19|20)\d\d"
FINANCIAL = rf"{YEAR}[-/\u2013](?:\d{{4}}|\d\d)\b(?![-/]\d)"
MANY = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "twenty-four": 24,
}  # fmt: skip
LENGTH = "(?:" + "|".join(sorted(MANY, key=len, reverse=True)) + r"|\d{1,2})"
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_PREPOSITION = r"(?:(?:in|during|for|over|of|from|between|on|and|to) )?"
_OF_A_YEAR = re.compile(rf"({MONTH}|(?:quarter|half|months) of|\bq[1-4](?: of)?)(?: of)?(?: the)? (last|this) year\b")
_LAST_DAYS = (28, 29, 30, 31)
_TWELVE = 12
_QUARTER = 3
_CENTURY, _LATE = 100, 70
_APRIL = 4


@dataclass(frozen=True)
class Span:
    """One thing a worded span may mean, and the words for that reading ('calendar year', 'financial year').

    `start` and `end` tell where the words stand, for a span found in a text.
    """

    period: Period
    said: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


Spans = tuple[Span, ...] | None


def months_before(period: Period, months: int) -> Period:
    """Return a period of the same length so many months earlier."""
    if period.months is not None:
        first = period.start.year * 12 + period.start.month - 1 - months
        return Period.months_from(first // 12, first % 12 + 1, period.months)
    return Period(_day_before(period.start, months), _day_before(period.end, months))


def _day_before(day: date, months: int) -> date:
    at = day.year * 12 + day.month - 1 - months
    whole = Period.months_from(at // 12, at % 12 + 1, 1)
    return min(whole.start + timedelta(days=day.day - 1), whole.end)


def dated_by(text: str, day: date | None) -> str:
    """Return the words with the year that 'last year' or 'this year' after a month or a part of a year means.

    Without a day they stay, and nothing reads them.
    """
    if day is None:
        return text
    return _OF_A_YEAR.sub(lambda found: f"{found[1]} {day.year - (found[2] == 'last')}", text)


def many(words: str) -> int:
    """Return how many a word or a figure says."""
    return MANY.get(words.replace(" ", "-")) or int(words)


def parsed(text: str) -> Spans:
    """Return the one period that words name as they stand."""
    text = re.sub(r"^(?:in|during|for|of|over|between|from|and|to) ", "", text)
    text = re.sub(
        r"^(?:the )?(?:financial )?years? (?:ended|ending|up to|to) (?:the end of )?(?:\d\d(?:st"
        r"|th)? )?", "year ending ",
        text,
    )  # fmt: skip
    text = re.sub(r"^(?:the )?(?:financial year )?(?=\d{4}[-/])| financial year$", "", text)
    text = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", text).replace(" and ", " to ").replace(" until ", " to ")
    text = re.sub(r"^(q[1-4]) (\d{4}[-/]\d+)$", r"\2 \1", text)
    return (Span(Period.parse(text), "as written"),)


def _months_to(found: re.Match[str], day: date | None) -> Spans:
    """'Twelve months to March 2022', 'the quarter ending 31 December 2016'; not to the middle of a month."""
    if found["day"] and int(found["day"]) not in _LAST_DAYS:
        return None
    months = many(found["months"] or "three")
    return (Span(_months_ended(Period.parse(found["last"]).end + timedelta(days=1), months), "as written"),)


def _one_year(found: re.Match[str], day: date | None) -> Spans:
    return _years(int(found[1]), int(found[1]))


def _calendar(found: re.Match[str], day: date | None) -> Spans:
    return (Span(Period.year_ending(int(found[1] or found[2]), _TWELVE), "as written"),)


def _many_years(found: re.Match[str], day: date | None) -> Spans:
    return _years(int(found[1]), int(found[2]))


def _years(first: int, last: int) -> tuple[Span, ...]:
    calendar = Period(Period.year_ending(first, _TWELVE).start, Period.year_ending(last, _TWELVE).end)
    financial = Period(Period.financial_year(first).start, Period.financial_year(last).end)
    return Span(calendar, "calendar year"), Span(financial, "financial year")


def _many_financial(found: re.Match[str], day: date | None) -> Spans:
    first, last = parsed(found[1]), parsed(found[2])
    return (Span(Period(first[0].period.start, last[0].period.end), "as written"),) if first and last else None


def _financial_to(found: re.Match[str], day: date | None) -> Spans:
    return parsed(f"{found[1]}/{found[2]}")


def _part(found: re.Match[str], day: date | None) -> Spans:
    """'The third quarter of 2021/22', 'the first half of 2020', 'the first nine months of 2021', 'Q3 2021'."""
    at, months = (int(found["q"]), _QUARTER) if found["q"] else _which(found)
    year = found["year"]
    whole = parsed(year) if len(year) > len("2021") else _years(int(year), int(year))
    spans = []
    for span in whole or ():
        first = span.period.start.year * 12 + span.period.start.month - 1 + (at - 1) * months
        spans.append(Span(Period.months_from(first // 12, first % 12 + 1, months), span.said))
    return tuple(spans) or None


def _which(found: re.Match[str]) -> tuple[int, int]:
    if found["months"]:
        return 1, many(found["months"])
    at = ORDINALS[found["which"]]
    return (min(at, 2), 6) if found["part"] == "half" else (at, _QUARTER)


def _numeric_days(found: re.Match[str], day: date | None) -> Spans:
    d1, m1, y1, d2, m2, y2 = (int(part) for part in found.groups())
    first, last = (date(y if y >= _CENTURY else y + 2000, m, d) for d, m, y in ((d1, m1, y1), (d2, m2, y2)))
    return (Span(Period(first, last), "as written"),)


def _days_of_one_year(found: re.Match[str], day: date | None) -> Spans:
    return parsed(f"{found[1]} {found[3]} to {found[2]} {found[3]}")


def _since(found: re.Match[str], day: date | None) -> Spans:
    if day is None:
        return None
    if found[1]:
        return (Span(Period(Period.parse(found[1] + found[2]).start, day), "to the document's date"),)
    starts = [(span.period.start, span.said) for span in _years(int(found[2]), int(found[2]))]
    spans = [Span(Period(start, day), f"{said}, to the document's date") for start, said in starts if start <= day]
    return tuple(spans) or None


def _relative(found: re.Match[str], day: date | None) -> Spans:
    if day is None:
        return None
    back = found[1] == "last"
    financial = Period.financial_year(day.year - (day.month < _APRIL) - back)
    calendar = Period.year_ending(day.year - back, _TWELVE)
    spans = [Span(calendar, "calendar year"), Span(financial, "financial year")]
    if back:
        spans.append(Span(_months_ended(day, _TWELVE), "the twelve months before"))
    return tuple(spans)


def _named_by_end(found: re.Match[str], day: date | None) -> Spans:
    """'FY22' is the year that ends in 2022; some write it of the one that begins then."""
    short = int(found[1])
    year = short if short >= _CENTURY else short + (1900 if short > _LATE else 2000)
    return tuple(Span(Period.financial_year(first), "financial year") for first in (year - 1, year))


def _short_financial(found: re.Match[str], day: date | None) -> Spans:
    return parsed(f"20{found[1]}/{found[2]}")


def _years_ago(found: re.Match[str], day: date | None) -> Spans:
    return None if day is None else _years(day.year - many(found[1]), day.year - many(found[1]))


def _months_ended(day: date, months: int) -> Period:
    """The last so many whole months before that of a day."""
    first = day.year * 12 + day.month - 1 - months
    return Period.months_from(first // 12, first % 12 + 1, months)


def _past(found: re.Match[str], day: date | None) -> Spans:
    if day is None:
        return None
    months = many(found[1] or "one") * {"year": _TWELVE, "quarter": _QUARTER, "month": 1}[found[2]]
    return (Span(_months_ended(day, months), f"the {months} whole months before the document's date"),)


def _quarter(found: re.Match[str], day: date | None) -> Spans:
    if day is None:
        return None
    first = day.year * 12 + (day.month - 1) // 3 * 3 - (_QUARTER if found[1] == "last" else 0)
    said = "the quarter before the document's date" if found[1] == "last" else "the quarter of the document's date"
    return (Span(Period.months_from(first // 12, first % 12 + 1, _QUARTER), said),)


def _month(found: re.Match[str], day: date | None) -> Spans:
    if day is None:
        return None
    period = Period.months_from(day.year, day.month, 1)
    return (Span(months_before(period, 1) if found[1] == "last" else period, f"{found[1]} month"),)


Reader = Callable[[re.Match[str], date | None], Spans]
_WORDED: tuple[tuple[str, Reader], ...] = (
    (
        rf"{_PREPOSITION}(?:(?:the|a) )?(?:(?P<months>{LENGTH})[- ]months? (?:period )?|quarter )"
        r"(?:up to|to|ending|ended|until)(?: the end of)? (?:(?P<day>\d\d)(?:st|th)? )?(?P<last>.+)",
        _months_to,
    ),
    (rf"{_PREPOSITION}({YEAR})", _one_year),
    (rf"{_PREPOSITION}(?:the )?(?:calendar year ({YEAR})|({YEAR}) calendar year)", _calendar),
    (rf"{_PREPOSITION}(?:the )?financial year ({YEAR}) to ({YEAR})", _financial_to),
    (rf"{_PREPOSITION}fy ?({YEAR}|\d\d)", _named_by_end),
    (rf"{_PREPOSITION}fy ?(\d\d)[-/](\d\d)", _short_financial),
    (rf"(?:between |from )({FINANCIAL})(?: ?- ?| and | to | until )({FINANCIAL})", _many_financial),
    (rf"(?:between |from )({YEAR})(?: ?- ?| and | to )({YEAR})", _many_years),
    (
        rf"{_PREPOSITION}(?:the )?(?:q(?P<q>[1-4])(?: of)?|(?P<which>first|second|third|fourth|final|last)"
        rf" (?P<part>quarter|half) of|first (?P<months>{LENGTH}) months of) (?:the )?(?:financial year )?"
        rf"(?P<year>{YEAR}(?:[-/]\d{{2,4}})?)(?: financial year)?",
        _part,
    ),
    (r"(?:between |from )?(\d\d?)[./](\d\d?)[./](\d{4}|\d\d) ?(?:-|to|and) ?(\d\d?)[./](\d\d?)[./](\d{4}|\d\d)",
     _numeric_days),
    (rf"(?:between |from )?(\d\d? {MONTH}) ?(?:-|to|and|until) ?(\d\d? {MONTH}) ({YEAR})", _days_of_one_year),
    (r"since (?:(\w+\.? ))?(\d{4})", _since),
    (r"(?:in )?(last|this) year", _relative),
    (rf"({LENGTH}) years? ago", _years_ago),
    (r"(?:in |during )?(?:the )?(last|this) quarter", _quarter),
    (r"(?:in |during )?(last|this) month", _month),
    (rf"{_PREPOSITION}the (?:last|past) (?:({LENGTH}) )?(year|quarter|month)s?", _past),
)  # fmt: skip
READERS = tuple((re.compile(pattern), read) for pattern, read in _WORDED)
"""Tried in order on the words in lower case, with plain hyphens."""
