"""Turn published text columns into areas, dates and whole numbers, or stop and show the rows that resist."""

from __future__ import annotations

import pandas as pd

from stats.check import LINE
from stats.errors import CheckFailed, UnknownName
from stats.period import Period
from stats.registers import Registers
from stats.registers.areas import Area, Areas

AS_DATE = "datetime64[s]"

LONGEST = 15
"""Digits of a whole number that every program holds exactly."""

MEND = (
    "Look the cell up in what it was typed from. A raw file of ours is corrected by a file with a new date, and a "
    "missing number is left blank: it is not zero."
)
"""What to do about a cell of a raw file in our own columns."""


def as_registered(table: pd.DataFrame, name: str, registers: Registers) -> pd.DataFrame:
    """Return the columns that a tidy table is registered with, in their order."""
    return table[registers.columns_of(name, table.columns)]


def to_areas(table: pd.DataFrame, areas: Areas, *, code: str, name: str) -> pd.DataFrame:
    """Return the table with `area_code` and `area_name`, joined on code.

    The printed name must be a name of the same area: a row whose code and name disagree is a slipped row.
    A blank code is looked up by name (British Transport Police has no code).
    """
    pairs = table[[code, name]].drop_duplicates()
    at = _at(pairs)
    known = {(c, n): _area(areas, c, n, (at, line)) for line, c, n in pairs.itertuples(name=None)}
    found = [known[pair] for pair in zip(table[code], table[name], strict=True)]
    return table.assign(
        area_code=pd.Series([a.code for a in found], index=table.index, dtype="str"),
        area_name=pd.Series([a.name for a in found], index=table.index, dtype="str"),
    )


def to_dates(text: pd.Series, *, mend: str = MEND) -> pd.Series:
    """Return ISO dates as dates; a blank stays missing."""
    dates = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
    return _or_stop(text, dates, "is not a date (year-month-day)", mend).astype(AS_DATE)


def to_whole(text: pd.Series, *, mend: str = MEND) -> pd.Series:
    """Return whole numbers; a blank stays missing, and nothing else turns into a number by guess."""
    plain = text.where(text.isna() | text.str.fullmatch(r"-?[0-9]+"))
    digits = _or_stop(text, plain, "is not a whole number", mend)
    numbers = pd.to_numeric(digits.where(digits.str.len() <= LONGEST))
    return _or_stop(text, numbers, "has more digits than any count", mend).astype("Int64")


def to_number(text: pd.Series) -> pd.Series:
    """Return decimal numbers; a blank stays missing."""
    plain = text.where(text.isna() | text.str.fullmatch(r"-?[0-9]+(\.[0-9]+)?"))
    return _or_stop(text, pd.to_numeric(plain, errors="coerce"), "is not a number").astype("float64")


def are_quarters(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table if every period is a quarter of the calendar."""
    spans = table[["period_start", "period_end"]].drop_duplicates()
    wrong = [s for s in spans.itertuples(name=None) if Period(s[1].date(), s[2].date()).kind != "quarter"]
    if wrong:
        raise CheckFailed(
            "a period is not a quarter.",
            [(f"{_at(spans)} {line}", f"{start.date()} to {end.date()}") for line, start, end in wrong[:8]],
            "A part year or a misread date; look at the raw file.",
        )
    return table


def _at(table: pd.DataFrame | pd.Series) -> str:
    """Whether the index counts the lines of a file or the rows of a table."""
    return LINE if table.index.name == LINE else "row"


def _area(areas: Areas, code: object, name: object, line: tuple[str, object]) -> Area:
    if pd.isna(name):
        raise CheckFailed(
            "a row has no area name.",
            [line, ("found", "nothing" if pd.isna(code) else code)],
            "A note under the table is the usual cause: teach the reader to leave it out. Do not edit the file.",
        )
    try:
        by_name = areas.find(str(name))
    except UnknownName as problem:
        raise CheckFailed(
            f"a row's area: {problem.wrong}",
            [line, ("code", code), ("name", name), *problem.evidence],
            "A note glued to the name, or a row of no force: teach the reader. A new spelling belongs in areas.csv.",
        ) from None
    if pd.notna(code) and by_name.code != code:
        raise CheckFailed(
            "a row's code and name are two different areas.",
            [line, ("code", code), ("name", name), ("the name belongs to", by_name.code)],
            "The columns of the raw file may have slipped; look at the file.",
        )
    if pd.isna(code) and by_name.kind != "special force":
        raise CheckFailed("a row has no area code.", [line, ("name", name)], "Look at the raw file.")
    return by_name


def _or_stop(text: pd.Series, converted: pd.Series, problem: str, mend: str = MEND) -> pd.Series:
    wrong = text[text.notna() & converted.isna()]
    if len(wrong):
        raise CheckFailed(
            f"a value of '{text.name}' {problem}.",
            [(f"{_at(text)} {line}", repr(value)) for line, value in wrong.head(8).items()],
            mend,
        )
    return converted
