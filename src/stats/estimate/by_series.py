"""A table in, the same table out, for methods that make one estimate of many rows: a trend, a pooled share.

`shape.estimator` is for methods that make one estimate of one row. Here each series of a table (the rows that share the
columns named in `by`) gives one estimate, and every row of the series carries it. docs/decisions/0014 says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast, overload

import numpy as np
import pandas as pd

from stats.errors import BadCount, NotComparable, NotHonest, StatsError
from stats.estimate.estimate import COLUMNS, Estimate
from stats.estimate.shape import Numbers, must_have

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

NONE = "no estimate: "
"""How the method of a series without an estimate begins; the reason follows."""


class SeriesMethod(Protocol[P, R_co]):
    """A method of one series: numbers in give its record; a table and the names of columns, a table.

    The table comes back with `value, lower, upper, unit, method, level, n, basis` added and nothing else changed: every
    row carries the estimate of its series. A series of which the method refuses an estimate, or in which a value is
    missing, has none, and its `method` says why; if all are refused, so is the table.

    `by` names the column or columns that tell the series apart; without it the table is one series. An option that
    takes one entry a row (weights, an offset) takes the name of a column; any option may be a mapping from the words in
    `by` to what holds for that series, as breaks do that touch one force alone.
    """

    @overload
    def __call__(
        self, table: pd.DataFrame, /, *names: str, by: str | Sequence[str] = (), **options: Any
    ) -> pd.DataFrame: ...
    @overload
    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co: ...


@dataclass(frozen=True)
class Series:
    """The rows of a table that are one series: its columns as arrays, its options, and where the rows stand."""

    columns: list[Any]
    options: dict[str, Any]
    at: Numbers


Arrange = Callable[[Series], tuple[Sequence[Any], dict[str, Any]]]


def as_named(series: Series) -> tuple[Sequence[Any], dict[str, Any]]:
    """Return the named columns, in order, as what a method is called with."""
    return series.columns, series.options


def by_series(
    estimate: str,
    *,
    a_row: Sequence[str] = (),
    is_whole_table: bool = False,
    arrange: Arrange = as_named,
) -> Callable[[Callable[P, R]], SeriesMethod[P, R]]:
    """Let a method of one series take a table as well.

    Parameters
    ----------
    estimate : str
        The field of the method's record that is its `Estimate`.
    a_row : sequence of str
        Options with one entry a row, for which a table gives the name of a column.
    is_whole_table : bool
        Each series is given all rows, and `arrange` says which are its own: a group of a sample keeps the design.
    arrange : callable
        Turns a `Series` into what the method is called with.
    """

    def decorate(method: Callable[P, R]) -> SeriesMethod[P, R]:
        @wraps(method)
        def call(*given: Any, **options: Any) -> Any:
            if not given or not isinstance(given[0], pd.DataFrame):
                return method(*given, **options)
            table = given[0]
            added = []
            wanted = [*given[1:], *(options[name] for name in a_row if isinstance(options.get(name), str))]
            for series in series_of(table, given[1:], options, a_row=a_row, is_whole_table=is_whole_table):
                rows = table if is_whole_table else table.iloc[series.at]
                missing = _missing(table.iloc[series.at], wanted)
                found = missing or _tried(method, estimate, arrange(series), rows)
                added.append((series.at, found))
            return _with(table, added)

        return cast("SeriesMethod[P, R]", call)

    return decorate


def series_of(
    table: pd.DataFrame, names: Sequence[str], options: Mapping[str, Any], *, a_row: Sequence[str] = (),
    is_whole_table: bool = False, added: Sequence[str] = COLUMNS,
) -> list[Series]:  # fmt: skip
    """Return the series of a table in the order they come.

    Parameters
    ----------
    table : DataFrame
    names : sequence of str
        The columns a method is called with.
    options : mapping
        Its options, and `by`.
    a_row, is_whole_table
        As of `by_series`.
    added : sequence of str
        The columns that will be added, which must not be there.

    Raises
    ------
    ValueError
        If a column is not there or would be written over, a row has no words in `by`, or there is no row.
    """
    by = options.get("by", ())
    keys = [by] if isinstance(by, str) else list(by)
    must_have(table, [*names, *keys, *(options[n] for n in a_row if isinstance(options.get(n), str))], added=added)
    if table.empty or table[keys].isna().to_numpy().any():
        raise ValueError("the table has no rows" if table.empty else f"every row must have its {', '.join(keys)}")
    found = []
    for key, at in _positions(table, keys):
        rows = table if is_whole_table else table.iloc[at]
        own = _options({name: option for name, option in options.items() if name != "by"}, key, rows, a_row)
        found.append(Series([_values(rows[name]) for name in names], own, at))
    return found


def _positions(table: pd.DataFrame, keys: list[str]) -> list[tuple[Any, Numbers]]:
    """The words that name each series, and the positions of its rows."""
    if not keys:
        return [(None, np.arange(len(table)))]
    groups = table.reset_index(drop=True).groupby(keys, sort=False).indices
    return [(key[0] if isinstance(key, tuple) and len(key) == 1 else key, at) for key, at in groups.items()]


def _tried(
    method: Callable[..., Any], estimate: str, call: tuple[Sequence[Any], dict[str, Any]],
    rows: pd.DataFrame,
) -> Estimate | StatsError:  # fmt: skip
    """The estimate of a series, or why there is none; counts that are wrong stop, with the rows they stand in."""
    args, options = call
    try:
        found: Estimate = getattr(method(*args, **options), estimate)
        return found
    except (NotHonest, NotComparable) as refusal:
        return refusal
    except BadCount as problem:
        wrong = rows.iloc[problem.at] if problem.at else rows
        raise BadCount(problem.wrong, problem.at, [("rows", f"\n{wrong.head().to_string()}")]) from None


def _missing(rows: pd.DataFrame, names: Sequence[str]) -> BadCount | None:
    """Why a series with a missing value has no estimate: missing is not zero, and is not left out in silence."""
    is_missing = rows[list(names)].isna().any(axis=1).to_numpy()
    if not is_missing.any():
        return None
    at = np.flatnonzero(is_missing)
    return BadCount("a value is missing, which is not zero.", at, [("rows", f"\n{rows.iloc[at].head().to_string()}")])


def _with(table: pd.DataFrame, added: list[tuple[Numbers, Estimate | StatsError]]) -> pd.DataFrame:
    refused = [found for _, found in added if isinstance(found, StatsError)]
    if refused and len(refused) == len(added):
        raise refused[0]
    columns = pd.DataFrame(index=range(len(table)), columns=COLUMNS, dtype="object")
    for at, found in added:
        row = {"method": NONE + found.wrong.rstrip(".")} if isinstance(found, StatsError) else found.columns()
        for name, value in row.items():
            columns.iloc[at, COLUMNS.index(name)] = value
    columns = columns.astype(dict.fromkeys(("value", "lower", "upper", "level"), "float64")).infer_objects()
    return pd.concat([table, columns.set_axis(table.index)], axis=1)


def _options(options: dict[str, Any], key: Any, rows: pd.DataFrame, a_row: Sequence[str]) -> dict[str, Any]:
    """The options of one series: entries of columns, and what a mapping says of it."""
    own = {name: _of_series(name, option, key) if isinstance(option, Mapping) else option
           for name, option in options.items()}  # fmt: skip
    return {name: _values(rows[option]) if name in a_row and isinstance(option, str) else option
            for name, option in own.items()}  # fmt: skip


def _of_series(name: str, option: Mapping[Any, Any], key: Any) -> Any:
    if key not in option:
        raise ValueError(f"{name} says nothing of {key!r}; it knows {', '.join(map(str, option))}")
    return option[key]


def _values(column: pd.Series) -> Any:
    """A column as an array of numbers, or a list of what else it holds (dates, words)."""
    if column.dtype.kind not in "iufb" and not column.dtype.name.startswith(("Int", "Float", "boolean")):
        return list(column)
    return column.to_numpy(dtype="float64", na_value=np.nan) if column.isna().any() else column.to_numpy()
