"""Read a worded span of time as the periods it may mean, by the document's own date and never by the clock."""

from __future__ import annotations

import re
from datetime import date

from stats.claims.span_readers import (
    FINANCIAL,
    LENGTH,
    MONTH,
    READERS,
    YEAR,
    Reader,
    Span,
    Spans,
    dated_by,
    many,
    months_before,
    parsed,
)
from stats.errors import BadPeriod

__all__ = ["BESIDE", "LOW_SPAN", "SPAN", "Span", "Spans", "read_beside", "read_span"]

_DASH = r"\s?(?:-|\u2013|to|and|until)\s?"
_DAY = r"\d\d?(?:st|nd|rd|th)?"
_IN = r"(?:(?:in|during|for|over|from|between) )?"
_TO = r"(?:to|ending|ended|up to|until)(?: the end of)?"
_NUMERIC = r"\d\d?[./]\d\d?[./]\d{2,4}"
_OF_YEAR = rf"(?:{YEAR}|(?:of )?last year|of this year|(?:(?<!may )|(?<=in may )|(?<=to may )|(?<=of may ))this year)\b"
"""'Offences may this year rise': no month."""
_ONE_EARLIER = (
    r"(?:last year|(?:the|a) year (?:before|earlier|ago|prior)|the (?:previous|preceding|prior) (?:financial )?year)"
)
BESIDE = re.compile(
    rf"{_IN}(?:(?:the|a) )?same (?:\w+ )?(?:period|quarter|months?|time|point|weeks?)(?: (?:in|of|for|the)){{0,2}}"
    rf" (?:{_ONE_EARLIER}|(?:the )?(?:previous|preceding) year|year before|{FINANCIAL}|{YEAR})\b"
    rf"|{_IN}(?:the |a )?(?:(?P<many>{LENGTH}) years?|year) (?:before|earlier|prior|previously|(?P<later>later"
    rf"|after))\b(?! \d)"
    r"|(?:in )?the (?P<following>following|next|subsequent) (?:financial )?(?P<unit3>year|quarter)\b"
    rf"|{_IN}(?:the )?(?:previous|preceding|prior) (?:(?:financial|calendar) )?(?P<unit>year|quarter|(?:12"
    rf"|twelve) months)\b"
    rf"|{_IN}(?:the )?(?P<unit2>quarter|(?:12|twelve) months) (?:before|earlier|prior|previously)\b",
    re.I,
)
"""A span that is read by another one beside it: 'the year before', 'the same period last year'."""
_SPAN = (
    rf"(?<![\w.,/-])(?:{BESIDE.pattern}"
    rf"|{_IN}(?:(?:the|a) )?(?:first )?{LENGTH}[- ]months? (?:period )?{_TO}(?: {_DAY})? {MONTH} {_OF_YEAR}"
    rf"|{_IN}(?:the )?(?:(?:financial )?years?|quarter) {_TO}(?: {_DAY})? {MONTH} {_OF_YEAR}|ye {MONTH} {YEAR}"
    rf"|{_IN}(?:the )?(?:q[1-4](?: of)?|(?:first|second|third|fourth|final|last) (?:quarter|half) of"
    rf"|first {LENGTH} months of) (?:the )?(?:{FINANCIAL}|{YEAR}|(?:last|this) year\b)(?: financial year)?"
    rf"|{_IN}(?:the|its|their) first (?:{LENGTH} )?(?:years?|quarters?|months?)(?! (?:of|to|end|up))"
    rf"|{_IN}(?:the )?financial year {YEAR} to {YEAR}|{_IN}(?:the )?(?:calendar year {YEAR}|{YEAR} calendar year)"
    rf"|(?:between |from ){FINANCIAL}{_DASH}{FINANCIAL}"
    rf"|{_IN}(?:the )?(?:fy ?|financial year )?{FINANCIAL}(?: q[1-4]| financial year)?"
    rf"|{_IN}fy ?(?:{YEAR}|\d\d)(?:[-/]\d\d)?(?![-/])"
    rf"|(?:between |from )?{_DAY} {MONTH}(?: {YEAR})?{_DASH}{_DAY} {MONTH} {YEAR}"
    rf"|(?:between |from )?{_NUMERIC} ?(?:-|\u2013|to|and) ?{_NUMERIC}"
    rf"|{_IN}{MONTH}(?: {YEAR})?{_DASH}{MONTH} {_OF_YEAR}|(?:between|from) {MONTH} (?:and|to) {MONTH}(?! \d)"
    rf"|(?:between |from ){YEAR}{_DASH}{YEAR}|since (?:{MONTH} {_OF_YEAR}|{YEAR})"
    rf"|{_IN}(?<!\d )(?<!th )(?<!st )(?<!nd )(?<!rd ){MONTH} {_OF_YEAR}"
    rf"|(?:(?:on|by|since|until|before|after|from|to) )?{_DAY} {MONTH} (?:of )?(?:last|this) year"
    rf"|(?:(?:in|on|by|since|until|before|after|from|to) )?(?:{_DAY} )?{MONTH} (?:(?:of |in )?the (?:previous|preceding"
    r"|following|next) year|the year (?:before|after))"
    rf"|(?:in|during|of|for|to|from|(?<=\d\d\d\d )and|(?<=\d\d\d\d, )and) {YEAR}(?![-/,.\u2013]?\d|%)"
    rf"|(?<=\d\d\d\d, ){YEAR}(?=,? and {YEAR}|, {YEAR})"
    rf"|{_IN}the (?:last|past) (?:{LENGTH} )?(?:years?|quarters?|months?)|(?:in )?(?:last|this) (?:year|quarter|month)"
    rf"|{LENGTH} years? ago|(?:each|every|per) year|annually|per annum|a year(?! (?:ago|and|old|or|in))"
    rf"|{_IN}(?:spring|summer|autumn|winter)(?: (?:{YEAR}|(?:last|this) year)| of (?:{YEAR}|(?:last|this) year))"
    rf"|(?<![^\"'(]){YEAR}(?= saw | (?:offences|crimes|figures|reports|charges|cases|numbers|totals)"
    r" (?:rose|fell|grew|dropped|(?:have |had )?(?:increased|decreased)|(?:were|are) (?:up|down|higher|lower))\b)"
    r"|since records began|in recent years"
    rf"|(?:by|until|before|after|as (?:of|at))(?: the end of)?(?: {_DAY})? (?:{MONTH} {_OF_YEAR}|{YEAR})"
    r"|(?:during |since |before |in )?the (?:(?:covid(?:-19)? )?pandemic|(?:first |second )?lockdown))\b"
)
SPAN = re.compile(_SPAN, re.I)
"""Where a span may stand in a text; `read_span` says what it means."""
LOW_SPAN = re.compile(_SPAN)
"""The same for a text in lower case: twice as fast."""


def read_span(words: str, document_date: date | None = None) -> Spans:
    """Return every period a worded span may mean, the likeliest first; None where it cannot be known.

    Parameters
    ----------
    words : str
        'three months to December 2016', '2021-22', 'Q3 2021', 'since 2012', 'in 2016', 'last year'.
    document_date : datetime.date, optional
        The day the document was written; 'last year', 'this year', 'last quarter' and 'since 2012' need it.

    Notes
    -----
    'Summer 2020', 'the pandemic' and 'every year' name no period, and 'the year before' none of its own.
    """
    text = dated_by(_tidy(words), document_date)
    for pattern, read in READERS:
        found = pattern.fullmatch(text)
        if found:
            return _safely(read, found, document_date)
    return _safely(lambda found, day: parsed(found[0]), re.fullmatch(".*", text, re.S), document_date)


def read_beside(words: str, other: Spans) -> Spans:
    """Return what a span means that is read by another beside it, as 'the year before' is; None without that one."""
    found = BESIDE.fullmatch(_tidy(words))
    if not found or not other:
        return None
    named = re.search(rf"({FINANCIAL}|{YEAR})$", found[0], re.I)
    spans = []
    for span in other:
        back = 12 * (span.period.end.year - int(named[1][:4])) if named else _months_back(found)
        back -= 12 if named and len(named[1]) > len("2021") and span.period.end.month < 4 else 0
        spans.append(Span(months_before(span.period, back), span.said))
    return tuple(spans)


def _months_back(found: re.Match[str]) -> int:
    unit = found["unit"] or found["unit2"] or found["unit3"] or "year"
    months = 3 if unit == "quarter" else 12 * many(found["many"] or "one")
    return -months if found["later"] or found["following"] else months


def _tidy(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("\u2013", "-").casefold()).strip()


def _safely(read: Reader, found: re.Match[str] | None, day: date | None) -> Spans:
    try:
        return read(found, day) if found else None
    except (BadPeriod, ValueError, OverflowError):
        return None
