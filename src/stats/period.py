"""A period has a start and an end: a quarter, a financial year, a year ending. Never a bare year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from stats.errors import BadPeriod

MONTHS = list(calendar.month_name)[1:]
_MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH = "(" + "|".join(f"{name.lower()}|{name[:3].lower()}" for name in MONTHS) + r"|sept)\.?"
_YEAR = r"((?:1[6-9]|20|21)\d\d)"
_ACCEPTED = (
    "'2024/25' (financial year), '2024/25 Q1' (its first quarter, April to June), "
    "'year ending March 2025', 'Oct-Dec 2016', '2020-04-01 to 2020-12-31'"
)


@dataclass(frozen=True, order=True)
class Period:
    """From the first day to the last, both included.

    Parameters
    ----------
    start, end : datetime.date

    Raises
    ------
    BadPeriod
        If the end comes before the start.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise BadPeriod(
                "a period cannot end before it starts.",
                [("start", self.start), ("end", self.end)],
                "Put the earlier date first.",
            )

    @classmethod
    def months_from(cls, year: int, month: int, months: int) -> Period:
        """Return the period of whole months that starts with `month` of `year`."""
        last = year * 12 + month - 1 + months - 1
        last_year, last_month = divmod(last, 12)
        return cls(date(year, month, 1), _month_end(last_year, last_month + 1))

    @classmethod
    def financial_year(cls, first_year: int) -> Period:
        """Return April of `first_year` to the next March."""
        return cls.months_from(first_year, 4, 12)

    @classmethod
    def quarter(cls, first_year: int, quarter: int) -> Period:
        """Return quarter 1 (April to June) to 4 (January to March) of a financial year."""
        month = 4 + 3 * (quarter - 1)
        return cls.months_from(first_year + (month > 12), (month - 1) % 12 + 1, 3)

    @classmethod
    def year_ending(cls, year: int, month: int) -> Period:
        """Return the twelve months that end with `month` of `year`."""
        return cls.months_from(year - (month < 12), month % 12 + 1, 12)

    @classmethod
    def parse(cls, words: str) -> Period:
        """Read a period from words.

        Raises
        ------
        BadPeriod
            For a bare year, a financial year whose years do not follow each other, or other words.
        """
        text = " ".join(str(words).lower().replace("–", "-").split())
        for read in (_read_financial, _read_year_ending, _read_months, _read_one_month, _read_days, _read_dates):
            found = read(text)
            if found:
                return found
        raise BadPeriod(_why_not(text), [("given", repr(words))], f"Write one of {_ACCEPTED}.")

    @property
    def days(self) -> int:
        """Length in days, both ends counted."""
        return (self.end - self.start).days + 1

    @property
    def months(self) -> int | None:
        """Length in months if the period is made of whole months, else None."""
        if self.start.day != 1 or self.end != _month_end(self.end.year, self.end.month):
            return None
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def kind(self) -> str:
        """'quarter', 'financial year', 'year' or 'span'."""
        if self.months == 3 and self.start.month in (1, 4, 7, 10):
            return "quarter"
        if self.months == 12:
            return "financial year" if self.start.month == 4 else "year"
        return "span"

    @property
    def label(self) -> str:
        """The name a reader meets: 'year ending March 2025', 'April to June 2024'."""
        if self.months == 12:
            return f"year ending {MONTHS[self.end.month - 1]} {self.end.year}"
        if self.months is None:
            return f"{day_in_words(self.start)} to {day_in_words(self.end)}"
        first, last = MONTHS[self.start.month - 1], MONTHS[self.end.month - 1]
        if self.start.year != self.end.year:
            return f"{first} {self.start.year} to {last} {self.end.year}"
        return f"{first} {self.end.year}" if first == last else f"{first} to {last} {self.end.year}"

    @property
    def short(self) -> str:
        """A compact name for axes and file names: '2024/25', '2024/25 Q1'."""
        year = self.start.year - (self.start.month < 4)
        if self.kind == "financial year":
            return f"{year}/{(year + 1) % 100:02d}"
        if self.kind == "quarter":
            return f"{year}/{(year + 1) % 100:02d} Q{(self.start.month - 4) % 12 // 3 + 1}"
        return self.label

    def length(self) -> str:
        """The length in words: '12 months', '367 days'."""
        if self.months is None:
            return f"{self.days} days"
        return f"{self.months} month" + ("s" if self.months != 1 else "")

    def is_like(self, other: Period) -> bool:
        """Whether two periods are as long as each other, in months or, failing that, in days."""
        if self.months is not None and other.months is not None:
            return self.months == other.months
        return self.days == other.days

    def contains(self, day: date) -> bool:
        """Whether a day falls in the period."""
        return self.start <= day <= self.end

    def follows(self, earlier: Period) -> bool:
        """Whether this period starts the day after `earlier` ends."""
        return self.start == earlier.end + timedelta(days=1)

    def through(self, last: Period, *, by: str) -> list[Period]:
        """Return the quarters or years from this period's start to the end of `last`.

        Parameters
        ----------
        last : Period
        by : {"quarter", "year"}

        Raises
        ------
        BadPeriod
            If the span is not made of whole quarters or years.
        """
        step = {"quarter": 3, "year": 12}[by]
        whole = Period(self.start, last.end)
        if whole.months is None or whole.months % step or (by == "quarter" and self.start.month % 3 != 1):
            raise BadPeriod(
                f"{whole.label} is not a whole number of {by}s.",
                [("from", self.label), ("to", last.label), ("length", whole.length())],
                f"Choose a start and an end that hold whole {by}s, such as '2023/24' to '2024/25'.",
            )
        first = self.start.year * 12 + self.start.month - 1
        return [
            Period.months_from((first + at) // 12, (first + at) % 12 + 1, step) for at in range(0, whole.months, step)
        ]

    def __str__(self) -> str:
        return self.label


def month(day: date) -> str:
    """Return 'April 2020' for a day of that month."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def day_in_words(day: date) -> str:
    """Return '23 April 2020'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _read_financial(text: str) -> Period | None:
    found = re.fullmatch(rf"(?:fy ?)?{_YEAR}[/-](\d{{2}}|\d{{4}})(?: ?q([1-4]))?", text)
    if not found:
        return None
    year, second, quarter = int(found[1]), found[2], found[3]
    if str(year + 1)[-len(second) :] != second:
        return None
    return Period.quarter(year, int(quarter)) if quarter else Period.financial_year(year)


def _read_year_ending(text: str) -> Period | None:
    found = re.fullmatch(rf"(?:(?:the )?year (?:ending|to)|ye) {_MONTH} {_YEAR}", text)
    return Period.year_ending(int(found[2]), _MONTH_NUMBER[found[1][:3]]) if found else None


def _read_months(text: str) -> Period | None:
    found = re.fullmatch(rf"{_MONTH}(?: {_YEAR})? ?(?:-|to) ?{_MONTH} {_YEAR}", text)
    if not found:
        return None
    first, last = _MONTH_NUMBER[found[1][:3]], _MONTH_NUMBER[found[3][:3]]
    end_year = int(found[4])
    start_year = int(found[2]) if found[2] else end_year
    if (start_year, first) > (end_year, last):
        return None
    return Period(date(start_year, first, 1), _month_end(end_year, last))


def _read_one_month(text: str) -> Period | None:
    found = re.fullmatch(rf"{_MONTH} {_YEAR}", text)
    return Period.months_from(int(found[2]), _MONTH_NUMBER[found[1][:3]], 1) if found else None


def _read_days(text: str) -> Period | None:
    found = re.fullmatch(rf"(\d\d?) {_MONTH} {_YEAR} to (\d\d?) {_MONTH} {_YEAR}", text)
    if not found:
        return None
    days = [(found[at], f"{_MONTH_NUMBER[found[at - 1][:3]]:02d}", int(found[at - 2])) for at in (3, 6)]
    return _read_dates(" to ".join(f"{year}-{number}-{day:02d}" for year, number, day in days))


def _read_dates(text: str) -> Period | None:
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)", text)
    if not found:
        return None
    try:
        return Period(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
    except ValueError:
        return None


def _why_not(text: str) -> str:
    if re.fullmatch(r"\d{4}", text):
        return f"'{text}' is a bare year: calendar, financial and 'ending' years differ."
    if re.fullmatch(r"(?:fy ?)?\d{4}[/-]\d+(?: ?q\d)?", text):
        return f"'{text}' is not a financial year, whose second year follows its first, or one of its four quarters."
    if re.fullmatch(rf"{_MONTH} ?(?:-|to) ?{_MONTH} \d{{4}}", text):
        return f"'{text}' ends before it starts; name the year of both months."
    return f"'{text}' is not a period."
