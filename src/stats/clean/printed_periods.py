"""Printed periods -> a start and an end: financial quarters, years ending, months, headings and titles."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

from stats.errors import BadPeriod
from stats.period import Period
from stats.read.published import Published

_YEAR_ENDING = re.compile(r"year\s+(?:ending|to)\s+([a-z]+)\s+((?:19|20)\d\d|\d\d)", re.I)
_DATES = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00(?::00)?)?"), (1, 2, 3)),
    (re.compile(r"(\d\d?)/(\d\d?)/(\d{4})"), (3, 2, 1)),
)


def with_periods(table: pd.DataFrame, published: Published) -> pd.DataFrame:
    """Return the table with `period_start` and `period_end`, or `mid_year`, as its layout tells them.

    Raises
    ------
    CheckFailed
        If a period cannot be read, or the title names none.
    """
    timed = _timed(table, published)
    if "mid_year" not in table or table["mid_year"].isna().all():
        return timed.drop(columns="mid_year", errors="ignore")
    years = table["mid_year"].map({year: pd.Timestamp(f"{year}-06-30") for year in table["mid_year"].dropna().unique()})
    spans = {name: timed[name].where(years.isna()) for name in ("period_start", "period_end") if name in timed}
    return timed.assign(mid_year=years.astype("datetime64[s]"), **spans)


def _timed(table: pd.DataFrame, published: Published) -> pd.DataFrame:
    told = published.layout.period
    if told.startswith("untold"):
        return table
    if told == "title":
        return _spans(table, pd.Series(title_period(published), index=table.index))
    if told == "columns":
        return _spans(table, _from_columns(table, published))
    return _spans(table, _each(table, table["period_words"].fillna(""), published))


def title_period(published: Published) -> Period:
    """Return the last year that the words over a table name, or else those of the cover sheet."""
    for texts in (published.above, published.words):
        found = [period for text in texts for period in years_ending(text)]
        if found:
            return max(found, key=lambda period: period.end)
    raise published.stop(
        "neither the title of a table nor the cover names its period.", {"found": " / ".join(published.above)[:200]},
        "words such as 'year ending December 2024'", "Look at the file; a table without its period is not used.",
    )  # fmt: skip


def years_ending(text: str) -> list[Period]:
    """Return the years that words name, footnotes glued to them or not.

    Examples
    --------
    >>> [str(period) for period in years_ending("offences, year ending March 181,2,3")]
    ['year ending March 2018']
    """
    found = []
    for month, year in _YEAR_ENDING.findall(text):
        try:
            found.append(Period.parse(f"year ending {month} {year if len(year) == 4 else '20' + year}"))
        except BadPeriod:
            continue
    return found


def _from_columns(table: pd.DataFrame, published: Published) -> pd.Series:
    columns = published.layout.columns
    if "financial_quarter" in columns:
        quarters = table["financial_quarter"].str.strip().str.upper().str.removeprefix("Q")
        return _each(table, table["financial_year"].str.strip() + " Q" + quarters, published)
    name = next(name for name in ("year_ending", "month", "calendar_year", "financial_year") if name in columns)
    return _each(table, table[name].str.strip(), published, name)


def _each(table: pd.DataFrame, words: pd.Series, published: Published, name: str = "") -> pd.Series:
    read = {}
    for text in words.unique():
        try:
            read[text] = _period(published.layout.reads_as.get(text, text), name) if text else None
        except BadPeriod as problem:
            lines = table.loc[words == text, "line"]
            raise published.stop(
                "a period cannot be read.", dict.fromkeys(lines, text),
                "a quarter 1 to 4 of a financial year, or twelve months", problem.mend,
            ) from None  # fmt: skip
    return words.map(read)


def _period(text: str, name: str) -> Period:
    """Read a period from a cell or a heading; `name` is the column it stands in."""
    if name == "year_ending":
        return _twelve_months(text)
    if name == "calendar_year" and re.fullmatch(r"(?:19|20)\d\d", text):
        return Period.months_from(int(text), 1, 12)
    if name == "month":
        found = re.fullmatch(r"(\d{4})-(\d\d)(?:-01)?", text)
        if found and 1 <= int(found[2]) <= 12:
            return Period.months_from(int(found[1]), int(found[2]), 1)
    return Period.parse(_full_year(text))


def _twelve_months(text: str) -> Period:
    end = _date(text)
    if end is None:
        return Period.parse(f"year ending {_full_year(re.sub('^year ending ', '', text, flags=re.I))}")
    period = Period.year_ending(end.year, end.month)
    if period.end != end:
        raise BadPeriod(f"{text} is not the last day of a month.", [], "Look at the file; a day may have been lost.")
    return period


def _date(text: str) -> date | None:
    for pattern, order in _DATES:
        found = pattern.fullmatch(text)
        if found:
            try:
                return date(*(int(found[group]) for group in order))
            except ValueError:
                return None
    return None


def _full_year(text: str) -> str:
    return re.sub(r"(?<=[a-z])[ -]?'(\d\d)|(?<=[a-z])-(\d\d)$", lambda m: f" 20{m[1] or m[2]}", text, flags=re.I)


def _spans(table: pd.DataFrame, periods: pd.Series) -> pd.DataFrame:
    starts = {period: pd.Timestamp(period.start) for period in periods.dropna().unique()}
    ends = {period: pd.Timestamp(period.end) for period in starts}
    return table.assign(
        period_start=periods.map(starts).astype("datetime64[s]"), period_end=periods.map(ends).astype("datetime64[s]")
    )
