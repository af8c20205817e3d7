"""What a person tells of a file that does not tell its period itself: never against what the file says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pandas as pd

from stats.errors import UsageMistake
from stats.period import Period
from stats.read.published import Published

COLUMNS = ("area_code", "area_name", "area_kind")


@dataclass(frozen=True)
class Told:
    """A period, or the 30 June of a mid-year estimate, as a person gave it; or neither."""

    period: Period | None = None
    mid_year: date | None = None

    @classmethod
    def of(cls, period: str | None, mid_year: str | None) -> Told:
        """Return what the words say.

        Raises
        ------
        BadPeriod
            If the words are no period.
        UsageMistake
            If the middle of a year is another day than 30 June, or both are given.
        """
        if period and mid_year:
            raise UsageMistake(
                "a file has a period or the middle of a year, not both.",
                [("--period", period), ("--mid-year", mid_year)], "Give one of them.",
            )  # fmt: skip
        found = re.fullmatch(r"\s*((?:19|20)\d\d)(?:-06-30)?\s*", mid_year or "")
        if mid_year and not found:
            raise UsageMistake(
                f"'{mid_year}' is not the middle of a year.", [("expected", "30 June, where estimates are made for")],
                "Write the year or the day: --mid-year 2024, --mid-year 2024-06-30.",
            )  # fmt: skip
        return cls(Period.parse(period) if period else None, date(int(found[1]), 6, 30) if found else None)

    @property
    def words(self) -> str:
        """What was told, in words; empty where nothing was."""
        if self.mid_year:
            return f"the middle of {self.mid_year.year}"
        return str(self.period or "")


NOTHING_TOLD = Told()


def with_told(table: pd.DataFrame, parts: list[Published], told: Told) -> pd.DataFrame:
    """Return the table of one layout with the period that a person told.

    Raises
    ------
    UsageMistake
        If the file tells another period itself, or wants the other of the two.
    """
    if not told.words:
        return table
    wanted = parts[0].layout.period
    if not wanted.startswith("untold"):
        return _must_be_as_told(table, parts[0], told)
    if (wanted == "untold_mid_year") != bool(told.mid_year):
        flag = "--mid-year 2024" if wanted == "untold_mid_year" else '--period "2024/25"'
        raise _stop(parts[0], "this table wants the other of the two.", told, f"such as {flag}", f"Give {flag}.")
    _must_not_be_denied(parts, told)
    at = sum(name in table for name in COLUMNS)
    for number, (name, day) in enumerate(_days(told).items()):
        table.insert(at + number, name, pd.Series(pd.Timestamp(day), index=table.index).astype("datetime64[s]"))
    return table


def _days(told: Told) -> dict[str, date]:
    if told.mid_year:
        return {"mid_year": told.mid_year}
    return {"period_start": told.period.start, "period_end": told.period.end} if told.period else {}


def _must_be_as_told(table: pd.DataFrame, part: Published, told: Told) -> pd.DataFrame:
    """Stop unless every row already has the period that was told."""
    days = _days(told)
    if all(name in table and (table[name] == pd.Timestamp(day)).all() for name, day in days.items()):
        return table
    known = [name for name in ("period_start", "period_end", "mid_year") if name in table]
    said = " to ".join(f"{day:%d %B %Y}" for day in (table[known].min().min(), table[known].max().max()))
    raise _stop(part, "the file tells its period itself, and it is another.", told, said, "Leave the flag out.")


def _must_not_be_denied(parts: list[Published], told: Told) -> None:
    """Stop if the words over a table, or on the cover, name years and none is the one told."""
    text = " ".join(words for part in parts for words in (*part.above, *part.words))
    years = sorted(set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)))
    if years and not {str(day.year) for day in _days(told).values()} & set(years):
        raise _stop(parts[0], "the words of the file name another year.", told, f"one of {', '.join(years)}",
                    "Look at the title and the cover of the file.")  # fmt: skip


def _stop(part: Published, wrong: str, told: Told, expected: str, mend: str) -> UsageMistake:
    return UsageMistake(
        wrong,
        [("file", part.file), ("layout", part.layout.id), ("expected", expected), ("told", told.words)],
        mend,
    )
