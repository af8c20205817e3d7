"""Millions of rows of a tidy table, grouped and added up through DuckDB: the extra `scale`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd

from stats.errors import BadParameter, NotComparable, NotToHand, nearest
from stats.read.parquet import DECIMAL, MEMORY, WHOLE, Tidy, open_parquet, quoted

Value = str | int | date
APART = {"basis": "two bases are two measures", "unit": "two units are two measures"}
"""Columns whose values are never added up."""

KEYS = ("VARCHAR", "DATE", "BOOLEAN", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", *WHOLE)
"""Types that rows may be grouped by; other programs write days with a time."""


def grouped(
    path: Path, *, by: Sequence[str], where: Mapping[str, Value | Sequence[Value]] | None = None,
    sum: str | None = None, memory: str = MEMORY, threads: int | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Return the total of each group of a tidy table in a Parquet file; only the columns that are named are read.

    Parameters
    ----------
    path : Path
        As `stats read FILE --out TABLE.parquet` writes it.
    by : sequence of str
        The columns of the groups; one at least.
    where : mapping, optional
        Column to the value, or values, that its rows must have. Codes are text: '8Q', '4.10'. Days are dates or text.
    sum : str, optional
        The column of numbers; by default `value`, or the only one whose name ends in `_n`.
    memory, threads
        As `open_parquet`.

    Returns
    -------
    DataFrame
        A row a group, in the order of `by`, missing keys last: `by`, the total under the name of its column, `rows_n`,
        and `missing_n`, the rows without a number. A group with such a row has no total: missing is not zero.

    Raises
    ------
    BadParameter
        If a column or a value cannot be.
    NotToHand
        If no row has a value that was asked for, or the extra is not installed.
    NotComparable
        If groups would add up two measures, areas with their parts, or periods that overlap.
    CannotOpen, CheckFailed, UsageMistake
        As `open_parquet`.
    """
    with open_parquet(path, memory=memory, threads=threads) as tidy:
        number = _number(tidy, sum)
        _must_be_keys(tidy, by, number)
        chosen = {name: _values(tidy, name, wanted) for name, wanted in (where or {}).items()}
        _must_be_there(tidy, chosen)
        _must_add_up(tidy, by, chosen)
        found = _ask(tidy, f"{_names(by)}, {_total(tidy, number)}", chosen, f"GROUP BY {_names(by)} {_in_order(by)}")
    return found.astype({"rows_n": "int64", "missing_n": "int64"})


def _ask(tidy: Tidy, what: str, chosen: Mapping[str, Sequence[Value]], rest: str = "") -> pd.DataFrame:
    """Ask for the rows that were chosen; their values stay apart from the text."""
    tests = [f"{quoted(name)} IN ({', '.join('?' * len(values))})" for name, values in chosen.items()]
    rows = f"WHERE {' AND '.join(tests)}" if tests else ""
    query = f"SELECT {what} FROM {{}} {rows} {rest}"  # noqa: S608 - names are columns of the file, and quoted
    return tidy.ask(query, [value for values in chosen.values() for value in values])


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(quoted, names))


def _in_order(by: Sequence[str]) -> str:
    return f"ORDER BY {', '.join(f'{quoted(name)} NULLS LAST' for name in by)}"


def _number(tidy: Tidy, asked: str | None) -> str:
    numbers = [name for name, kind in tidy.columns.items() if kind in (*WHOLE, *DECIMAL)]
    usual = [name for name in numbers if name == "value" or name.endswith("_n")]
    if asked is None and len(usual) == 1:
        return usual[0]
    if asked not in numbers:
        raise BadParameter(
            "which numbers are added up?", [("asked", asked or "nothing"), ("file", tidy.path.name)],
            f"Name one column of: {', '.join(usual or numbers) or 'none, this table has no numbers'}.",
        )  # fmt: skip
    return asked


def _must_be_keys(tidy: Tidy, by: Sequence[str], number: str) -> None:
    if not by or len({*by}) < len(by) or {"rows_n", "missing_n", number} & {*by}:
        raise BadParameter("a group is told by columns, each named once.", [("by", ", ".join(by) or "nothing")],
                           f"Choose of: {', '.join(name for name in tidy.columns if name != number)}.")  # fmt: skip
    for name in by:
        _must_be_key(tidy, name)


def _must_be_key(tidy: Tidy, name: str) -> None:
    if name not in tidy.columns:
        close = ", ".join(nearest(name, tidy.columns)) or "none"
        raise BadParameter("the table has no such column.", [("column", name), ("nearest", close)],
                           f"Choose of: {', '.join(tidy.columns)}.")  # fmt: skip
    if tidy.columns[name] not in KEYS:
        raise BadParameter("rows cannot be grouped or chosen by such a column.",
                           [("column", name), ("it holds", tidy.columns[name])],
                           "Choose a column of codes, names, days or whole numbers.")  # fmt: skip


def _values(tidy: Tidy, name: str, wanted: Value | Sequence[Value]) -> list[Value]:
    """Return the values of one condition, each of the type of its column."""
    _must_be_key(tidy, name)
    listed = [wanted] if isinstance(wanted, str | int | date) else list(wanted)
    if not listed:
        raise BadParameter(
            "a condition names no value.", [("column", name)], "Give one value or more, or leave it out."
        )
    return [_value(name, tidy.columns[name], value) for value in listed]


def _value(name: str, kind: str, value: Value) -> Value:
    try:
        if kind == "DATE":
            return date.fromisoformat(str(value))
        if kind == "BOOLEAN":
            return {"true": True, "false": False}[str(value).casefold()]
        if kind in WHOLE and not isinstance(value, bool):
            return int(str(value))
    except (ValueError, KeyError):
        pass
    if kind == "VARCHAR" and isinstance(value, str):
        return value
    raise BadParameter(
        "a value is not of the kind that its column holds.", [("column", name), ("asked", repr(value))],
        "Codes and names are text, days are year-month-day, whole numbers are digits.",
    )  # fmt: skip


def _must_be_there(tidy: Tidy, chosen: Mapping[str, Sequence[Value]]) -> None:
    """Stop at a value that no row has: it is misspelt, or not to hand."""
    for name, values in chosen.items():
        known = set(_ask(tidy, f"DISTINCT {quoted(name)}", {})[name].dropna().map(_plain))
        lost = [str(value) for value in values if value not in known]
        if lost:
            close = ", ".join(nearest(lost[0], map(str, known))) or ", ".join(sorted(map(str, known))[:5])
            raise NotToHand("no row of the table has this value.", [("column", name), ("asked", ", ".join(lost))],
                            f"Nearest: {close}.")  # fmt: skip
    if len(chosen) > 1 and _ask(tidy, "1 AS one", chosen, "LIMIT 1").empty:
        raise NotToHand("no row of the table has all of these values.",
                        [(name, ", ".join(map(str, values))) for name, values in chosen.items()],
                        "Leave out a condition, and look at what is there.")  # fmt: skip


def _plain(value: object) -> object:
    return value.date() if isinstance(value, pd.Timestamp) else value


def _must_add_up(tidy: Tidy, by: Sequence[str], chosen: Mapping[str, Sequence[Value]]) -> None:
    """Stop before two measures, an area and its parts, or periods that overlap are added up."""
    names = [n for n in (*APART, "area_kind", "period_start", "period_end") if n in tidy.columns]
    if not names:
        return
    held = _ask(tidy, f"DISTINCT {_names(names)}", chosen)
    for name, why in APART.items():
        if name in held and name not in by:
            _must_be_one(name, sorted(held[name].dropna().unique()), why)
    if "area_kind" in held and not {"area_kind", "area_code", "area_name"} & {*by}:
        kinds = held["area_kind"].replace({"special force": "force", "body": "force"}).dropna().unique()
        _must_be_one("area_kind", sorted(kinds), "an area and its parts would be counted twice")
    if {"period_start", "period_end"} <= {*names}:
        _must_not_overlap(held[["period_start", "period_end"]].dropna().drop_duplicates(), by)


def _must_be_one(name: str, found: Sequence[str], why: str) -> None:
    if len(found) > 1:
        raise NotComparable(f"these rows cannot be added up: {why}.", [(name, ", ".join(found))],
                            f"Group by {name} too, or choose one: where {name}={found[0]}.")  # fmt: skip


def _must_not_overlap(periods: pd.DataFrame, by: Sequence[str]) -> None:
    given = [name for name in periods if name in by]
    for _, group in periods.groupby(given) if given else [(None, periods)]:
        ordered = sorted(group.itertuples(index=False))
        for first, second in pairwise(ordered):
            if second.period_start <= first.period_end:
                raise NotComparable(
                    "these rows cannot be added up: their periods overlap.",
                    [(f"{p.period_start:%d %B %Y}", f"to {p.period_end:%d %B %Y}") for p in (first, second)],
                    "Group by period_start and period_end, or choose periods that lie apart.",
                )  # fmt: skip


def _total(tidy: Tidy, number: str) -> str:
    """The total of a group, or nothing if a part of it is missing; decimals in an order that never changes."""
    known = quoted(number)
    if tidy.columns[number] in DECIMAL:
        known = f"CASE WHEN isnan({known}) THEN NULL ELSE {known} END"  # as other programs write a missing decimal
        added = f"list_sum(list_sort(list({known})))"
    else:
        added = f"CAST(sum({known}) AS BIGINT)"
    total = f"CASE WHEN count({known}) = count(*) THEN {added} END AS {quoted(number)}"
    return f"{total}, count(*) AS rows_n, count(*) - count({known}) AS missing_n"


def conditions(words: Iterable[str]) -> dict[str, list[Value]]:
    """Return what `--where COLUMN=VALUE` says; a column named twice may have either value.

    Raises
    ------
    BadParameter
        If a word has no '='.

    Examples
    --------
    >>> conditions(["offence_code=8Q", "offence_code=4.10"])
    {'offence_code': ['8Q', '4.10']}
    """
    found: dict[str, list[Value]] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise BadParameter("a condition is COLUMN=VALUE.", [("asked", word)], "For example: offence_code=8Q.")
        found.setdefault(name.strip(), []).append(value)
    return found
