"""Read a worded span of time as the periods it may mean, by the document's own date and never by the clock."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from stats.errors import BadPeriod
from stats.period import MONTHS, Period

_MONTH = "(?:" + "|".join(f"{name}|{name[:3]}" for name in MONTHS) + r"|Sept)\b\.?"
_YEAR = r"(?:19|20)\d\d"
_MANY = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "eighteen": 18, "3": 3, "6": 6, "9": 9, "12": 12, "18": 18}
_LENGTH = "(?:" + "|".join(sorted(_MANY, key=len, reverse=True)) + ")"
_DASH = r"\s?(?:-|\u2013|to|and|until)\s?"
SPAN = re.compile(
    rf"\b(?:(?:the )?{_LENGTH}[- ]months? (?:period )?(?:to|ending|up to)(?: the end of)? {_MONTH} {_YEAR}"
    rf"|(?:the )?years? (?:ending|ended|to)(?: (?:3[01]|2[89]))? {_MONTH} {_YEAR}"
    rf"|(?:in |during )?(?<![/.,\d]){_YEAR}[-/\u2013]\d\d(?:\d\d)?\b(?![-/])"
    rf"|(?:between )?{_MONTH}(?: {_YEAR})?{_DASH}{_MONTH} {_YEAR}"
    rf"|(?:between |from ){_YEAR}{_DASH}{_YEAR}"
    rf"|since (?:{_MONTH} )?{_YEAR}|(?<!\d )"
    rf"(?<!th )(?<!st )(?<!nd )(?<!rd ){_MONTH} {_YEAR}"
    rf"|(?:in|during|of|for) {_YEAR}(?![-/,.\u2013]?\d|%)"
    r"|(?:in )?(?:the )?last quarter|last year|this year)\b",
    re.I,
)
"""Where a span may stand in a text; `read_span` says what it means."""


@dataclass(frozen=True)
class Span:
    """One thing a worded span may mean, and the words for that reading ('calendar year', 'financial year')."""

    period: Period
    said: str


def read_span(words: str, document_date: date | None = None) -> tuple[Span, ...] | None:
    """Return every period a worded span may mean, the likeliest first; None where it cannot be known.

    Parameters
    ----------
    words : str
        'three months to December 2016', '2021-22', 'since 2012', 'in 2016', 'last year'.
    document_date : datetime.date, optional
        The day the document was written; 'last year', 'this year', 'last quarter' and 'since 2012' need it.
    """
    text = re.sub(r"\s+", " ", words.replace("\u2013", "-").casefold()).strip()
    for pattern, read in _READERS:
        found = re.fullmatch(pattern, text)
        if found:
            return _safely(read, found, document_date)
    return _safely(_parsed, re.fullmatch(".*", text, re.S), document_date)


_Reader = Callable[[re.Match[str], date | None], tuple[Span, ...] | None]


def _safely(read: _Reader, found: re.Match[str] | None, day: date | None) -> tuple[Span, ...] | None:
    try:
        return read(found, day) if found else None
    except (BadPeriod, ValueError):
        return None


def _parsed(found: re.Match[str], day: date | None) -> tuple[Span, ...]:
    text = re.sub(r"^(?:in|during|between|from) ", "", found[0])
    text = re.sub(r"^(?:the )?year (?:ended|ending|to) (?:\d\d )?", "year ending ", text).replace(" and ", " to ")
    return (Span(Period.parse(text), "as written"),)


def _months_to(found: re.Match[str], day: date | None) -> tuple[Span, ...]:
    end = Period.parse(found[2])
    first = end.end.year * 12 + end.end.month - _MANY[found[1]]
    return (Span(Period.months_from(first // 12, first % 12 + 1, _MANY[found[1]]), "as written"),)


def _one_year(found: re.Match[str], day: date | None) -> tuple[Span, ...]:
    return _years(int(found[1]), int(found[1]))


def _many_years(found: re.Match[str], day: date | None) -> tuple[Span, ...]:
    return _years(int(found[1]), int(found[2]))


def _years(first: int, last: int) -> tuple[Span, ...]:
    calendar = Period(Period.year_ending(first, 12).start, Period.year_ending(last, 12).end)
    financial = Period(Period.financial_year(first).start, Period.financial_year(last).end)
    return Span(calendar, "calendar year"), Span(financial, "financial year")


def _since(found: re.Match[str], day: date | None) -> tuple[Span, ...] | None:
    if day is None:
        return None
    if found[1]:
        return (Span(Period(Period.parse(found[1] + found[2]).start, day), "to the document's date"),)
    starts = [(span.period.start, span.said) for span in _years(int(found[2]), int(found[2]))]
    spans = [Span(Period(start, day), f"{said}, to the document's date") for start, said in starts if start <= day]
    return tuple(spans) or None


def _relative(found: re.Match[str], day: date | None) -> tuple[Span, ...] | None:
    if day is None:
        return None
    back = found[1] == "last"
    financial = Period.financial_year(day.year - (day.month < 4) - back)
    calendar = Period.year_ending(day.year - back, 12)
    spans = [Span(calendar, "calendar year"), Span(financial, "financial year")]
    if back:
        ends = day.year * 12 + day.month - 13
        spans.append(Span(Period.months_from(ends // 12, ends % 12 + 1, 12), "the twelve months before"))
    return tuple(spans)


def _last_quarter(found: re.Match[str], day: date | None) -> tuple[Span, ...] | None:
    if day is None:
        return None
    first = day.year * 12 + (day.month - 1) // 3 * 3 - 3
    return (Span(Period.months_from(first // 12, first % 12 + 1, 3), "the quarter before the document's date"),)


_READERS: tuple[tuple[str, _Reader], ...] = (
    (
        rf"(?:(?:in )?(?:the|a) )?({_LENGTH})[- ]months? (?:period )?(?:up to|to|ending)(?: the end of)? (.+)",
        _months_to,
    ),
    (rf"(?:in |during |of |for )?({_YEAR})", _one_year),
    (rf"(?:between |from )({_YEAR})(?: ?- ?| and | to )({_YEAR})", _many_years),
    (r"since (?:(\w+ ))?(\d{4})", _since),
    (r"(?:in )?(last|this) year", _relative),
    (r"(?:in )?(?:the )?last quarter", _last_quarter),
)
