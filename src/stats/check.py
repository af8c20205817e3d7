"""Checks a table must pass: each returns the table, or stops and shows the wrong rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
import pandera.pandas as pa

from stats.errors import CheckFailed
from stats.registers.columns import Column, Table

SHOWN = 8
"""How many wrong rows an error shows at most."""

LINE = "line"
"""The name of an index that holds the line of the raw file a row was read from."""

_DTYPES = {"text": "str", "date": "datetime64[s]", "whole number": "Int64", "number": "float64"}


def fits(table: pd.DataFrame, plan: Table, *, name: str) -> pd.DataFrame:
    """Return the table if it has exactly the registered columns, types, ranges and key.

    Parameters
    ----------
    table : DataFrame
    plan : Table
        The table's entry in the register of columns.
    name : str
        What the table is called in an error.

    Raises
    ------
    CheckFailed
        Showing the rows that do not fit.
    """
    schema = pa.DataFrameSchema(
        {column: _column(spec) for column, spec in plan.columns.items()}, strict=True, ordered=True
    )
    try:
        schema.validate(table, lazy=True)
    except pa.errors.SchemaErrors as problem:
        cases = problem.failure_cases
        wrong = table.loc[sorted({int(i) for i in cases["index"].dropna()})]
        found = "; ".join(
            sorted({f"{c.column or 'columns'}: {c.check} ({c.failure_case})" for c in cases.itertuples()})[:SHOWN]
        )
        raise _failed(f"{name} does not fit its columns.", wrong, [("found", found)]) from None
    return unique(table, plan.key, name=name) if plan.key else table


def unique(table: pd.DataFrame, key: Sequence[str], *, name: str) -> pd.DataFrame:
    """Return the table if no two rows share the key."""
    repeated = table[table.duplicated(list(key), keep=False)].sort_values(list(key))
    if len(repeated):
        raise _failed(f"{name} has rows with the same {', '.join(key)}.", repeated)
    return table


def covers(table: pd.DataFrame, wanted: pd.DataFrame, *, name: str) -> pd.DataFrame:
    """Return the table if it has a row for each wanted combination and no other.

    Parameters
    ----------
    table, wanted : DataFrame
        `wanted` holds the complete grid; its columns are the key.
    """
    key = list(wanted.columns)
    merged = wanted.merge(table[key].drop_duplicates(), on=key, how="outer", indicator=True)
    wrong = merged[merged["_merge"] != "both"]
    if len(wrong):
        wrong = wrong.assign(_merge=wrong["_merge"].map({"left_only": "missing", "right_only": "not expected"}))
        raise _failed(f"{name} does not cover its grid.", wrong.rename(columns={"_merge": "problem"}))
    return table


def between(table: pd.DataFrame, column: str, low: float, high: float, *, name: str) -> pd.DataFrame:
    """Return the table if every value that is not missing lies from `low` to `high`."""
    wrong = table[table[column].notna() & ~table[column].between(low, high)]
    if len(wrong):
        raise _failed(f"{name} has {column} outside {low:g} to {high:g}.", wrong)
    return table


def adds_up(
    parts: pd.DataFrame,
    totals: pd.DataFrame,
    *,
    on: Sequence[str],
    part: str,
    total: str,
    tolerance: float = 0,
    name: str,
) -> pd.DataFrame:
    """Return `parts` if, group by group, they sum to `totals` within `tolerance` (in the unit of the totals).

    A group that has parts and no total, or a total and no parts, fails; so does a part that is missing.
    """
    if parts[part].isna().any():
        raise _failed(f"{name} has parts that are missing, and missing is not zero.", parts[parts[part].isna()])
    summed = parts.groupby(list(on), as_index=False, dropna=False)[part].sum()
    both = summed.merge(totals[[*on, total]], on=list(on), how="outer", suffixes=("_parts", "_total"))
    left = f"{part}_parts" if part == total else part
    right = f"{total}_total" if part == total else total
    off = both[left].isna() | both[right].isna() | ((both[left] - both[right]).abs() > tolerance)
    if off.any():
        raise _failed(f"{name} does not add up (tolerance {tolerance:g}).", both[off])
    return parts


def among(table: pd.DataFrame, column: str, known: Iterable[str], *, name: str) -> pd.DataFrame:
    """Return the table if every value of a column, empty ones apart, is a known one."""
    wrong = table[table[column].notna() & ~table[column].isin(set(known))]
    if len(wrong):
        raise _failed(f"{name} has a {column} that is in no register.", wrong)
    return table


def told_where_missing(table: pd.DataFrame, column: str, *, name: str) -> pd.DataFrame:
    """Return the table if every value that is missing has a status that says why: it is not zero."""
    wrong = table[table[column].isna() & table["status"].isna()]
    if len(wrong):
        raise _failed(f"{name} has a {column} that is missing, and nothing says why.", wrong)
    return table


def _column(spec: Column) -> pa.Column:
    limits = []
    if spec.low is not None:
        limits.append(pa.Check.ge(spec.low))
    if spec.high is not None:
        limits.append(pa.Check.le(spec.high))
    return pa.Column(_DTYPES[spec.type], checks=limits, nullable=spec.may_be_empty)


def _failed(wrong: str, rows: pd.DataFrame, evidence: Sequence[tuple[str, object]] = ()) -> CheckFailed:
    shown = rows.head(SHOWN).to_string(index=True)
    more = f"\n… and {len(rows) - SHOWN:,} more" if len(rows) > SHOWN else ""
    return CheckFailed(
        wrong,
        [*evidence, ("rows", f"{len(rows):,}"), ("wrong", f"\n{shown}{more}")],
        "Look at the raw file and its reader; mend the reader, or record the exception in a register.",
    )
