"""One shape of result for every method: numbers in give an `Estimate`, a table in gives the table with its columns."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Protocol, overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stats.errors import BadCount, NotHonest
from stats.estimate.estimate import COLUMNS, NO_SAMPLING_ERROR, Contract, Estimate

Numbers = NDArray[Any]
"""One number a row: whole counts as integers, everything else as floats."""

Limits = tuple[Numbers, Numbers]
"""Lower and upper ends."""

WHY_NONE = {
    "full count": NO_SAMPLING_ERROR,
    "self-selected": "no interval: people who chose to answer stand for themselves",
    "case audit": "no interval: files chosen for review stand for themselves",
}
"""Why an interval would mislead, by the basis of the number."""

BASES = ("sample", *WHY_NONE)
AS_IF = "as if chance alone moved a full count"


class Estimator(Protocol):
    """A method: called with numbers it returns an Estimate; with a table and the names of its columns, the table.

    The table comes back with `value, lower, upper, unit, method, level, n, basis` added and nothing else changed. A row
    in which a number is missing has a missing estimate: missing is not zero.
    """

    @overload
    def __call__(self, table: pd.DataFrame, /, *names: str, **options: Any) -> pd.DataFrame: ...
    @overload
    def __call__(self, *numbers: float, contract: Contract | None = None, **options: Any) -> Estimate: ...


def estimator(compute: Callable[..., dict[str, Any]]) -> Estimator:
    """Turn a function of arrays (one number a row) into an `Estimator`.

    Parameters
    ----------
    compute : callable
        Takes its numbers as arrays of equal length and options by keyword; returns what `result` returns.
    """

    @wraps(compute)
    def call(*given: Any, contract: Contract | None = None, **options: Any) -> Any:
        if given and isinstance(given[0], pd.DataFrame):
            if contract is not None:
                raise ValueError("a contract is of one number; a table has many")
            return _of_table(compute, given[0], given[1:], options)
        if any(np.ndim(number) for number in given):
            raise ValueError("give numbers, or a table and the names of its columns; lists and arrays are neither")
        columns = compute(*(wide(np.asarray([number])) for number in given), **options)
        return Estimate(**{name: _plain(columns[name]) for name in COLUMNS}, contract=contract)

    return call


def result(
    value: Numbers,
    limits: Limits | None,
    *,
    unit: str,
    method: str | Numbers,
    n: Numbers,
    basis: str,
    level: float = math.nan,
) -> dict[str, Any]:
    """Return the columns of an estimate; no limits is not-a-number, as is the level then."""
    lower, upper = limits if limits is not None else (np.full(len(value), np.nan),) * 2
    return {
        "value": value, "lower": lower, "upper": upper, "unit": unit, "method": method,
        "level": level if limits is not None else math.nan, "n": n, "basis": basis,
    }  # fmt: skip


def interval_method(
    basis: str, method: str | None, known: tuple[str, ...], *, as_if: bool = False, level: float = 0.95
) -> str | None:
    """Return the method by which an interval is made, None where none is honest, or stop.

    Parameters
    ----------
    basis : {"sample", "full count", "case audit", "self-selected"}
    method : str or None
        As asked for; the first of `known` if the basis allows one and none is named.
    known : tuple of str
        The methods that are published, the default first.
    as_if : bool
        Ask for an interval round a full count, which then says so.
    level : float
        Between 0 and 1.

    Raises
    ------
    NotHonest
        If the basis allows no interval and one is asked for, or the method is not published here.
    ValueError
        If the basis or the level is none.
    """
    if basis not in BASES:
        raise ValueError(f"basis must be one of {', '.join(BASES)}, not {basis!r}")
    check_level(level)
    if basis == "sample" and as_if:
        raise ValueError("as_if is for a full count; a sample has an interval of its own")
    if basis != "sample" and not (basis == "full count" and as_if):
        if method is not None or as_if:
            raise NotHonest(
                f"a {basis} gets no {method or 'as-if'} interval.",
                [("why", WHY_NONE[basis])],
                "Pass as_if=True, and the interval will say what it supposes."
                if basis == "full count"
                else "Give the count and its base: 'x of the n'.",
            )
        return None
    if (method or known[0]) not in known:
        raise NotHonest(
            f"the method '{method}' is not published here.",
            [
                ("published", ", ".join(known)),
                ("why", "Wald gives 0 to 0 for none of n, and limits that are too narrow elsewhere"),
            ],
            f"Use one of {', '.join(known)}.",
        )
    return method or known[0]


def check_level(level: float) -> None:
    """Stop if a confidence level is not between 0 and 1: 95 for 0.95 would give 0% to 100%, quietly."""
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1 (0.95 for 95%), not {level!r}")


def named(method: str, *, as_if: bool) -> str:
    """Return how a method is printed, with what it supposes of a full count."""
    return f"{method}, {AS_IF}" if as_if else method


def refuse(rule: str, is_wrong: Numbers | bool, **numbers: Numbers) -> None:
    """Stop if any row breaks a rule, showing the numbers of the first few that do.

    Parameters
    ----------
    rule : str
        What must hold: 'x and n must be whole counts with 0 <= x <= n and n > 0'.
    is_wrong : array of bool
        One a row.
    numbers
        The columns, by name.
    """
    wrong = np.broadcast_to(is_wrong, next(iter(numbers.values())).shape)
    if wrong.any():
        at = np.flatnonzero(wrong)
        first = ", ".join(f"{name} = {_plain(column[at])!r}" for name, column in numbers.items())
        raise BadCount(f"{rule}, not {first}.", at)


def one_each(rule: str, **columns: Numbers) -> None:
    """Stop unless the columns are of one length: numpy would stretch a single number to all rows, quietly.

    Parameters
    ----------
    rule : str
        What must hold: 'residents and events must be one number an age group'.
    columns
        The columns, by name.
    """
    lengths = {name: column.shape for name, column in columns.items()}
    if len(set(lengths.values())) > 1 or any(len(shape) != 1 or not shape[0] for shape in lengths.values()):
        found = ", ".join(f"{column.size} of {name}" for name, column in columns.items())
        raise BadCount(f"{rule}, in lists of one length, not {found}.")


def wide(column: Numbers) -> Numbers:
    """Return whole numbers of any width as 64-bit ones, so that no product of two counts overflows."""
    return column.astype("int64") if column.dtype.kind in "iu" else column


def is_whole(*columns: Numbers) -> bool:
    """Whether every column holds whole numbers as such: 3 is one; 3.0, True and '3' are not."""
    return all(column.dtype.kind in "iu" for column in columns)


def must_have(table: pd.DataFrame, names: Sequence[str], *, added: Sequence[str] = COLUMNS) -> None:
    """Stop if a table lacks a column, or has one that would be added."""
    unknown = [name for name in names if name not in table.columns]
    taken = [name for name in added if name in table.columns]
    twice = table.columns[table.columns.duplicated()].intersection(list(names))
    if len(twice):
        raise ValueError(f"the table has two columns {twice[0]!r}")
    if unknown or taken:
        what = f"there is no column {unknown[0]!r}" if unknown else f"the table has a column {taken[0]!r} already"
        raise ValueError(f"{what}; its columns are {', '.join(map(str, table.columns))}")


def _of_table(
    compute: Callable[..., dict[str, Any]], table: pd.DataFrame, names: tuple[str, ...], options: dict[str, Any]
) -> pd.DataFrame:
    must_have(table, names, added=[name for name in COLUMNS if not name == "n" == names[-1]])
    known = table[list(names)].notna().all(axis=1)
    rows = table[known]
    try:
        columns = compute(*(_numbers(rows[name]) for name in names), **options)
    except BadCount as problem:
        wrong = rows.iloc[problem.at]
        raise BadCount(problem.wrong, problem.at, [("rows", f"\n{wrong.head().to_string()}")]) from None
    added = pd.DataFrame({name: columns[name] for name in COLUMNS}, index=np.flatnonzero(known))
    added = added.reindex(range(len(table))).assign(unit=columns["unit"], basis=columns["basis"])
    if "n" in table.columns:
        if not (added["n"].isna() | (added["n"].to_numpy() == table["n"].to_numpy())).all():
            raise ValueError("the table has a column 'n' already, which is not the base of this estimate")
        added["n"] = table["n"].to_numpy()
    return pd.concat([table.drop(columns="n", errors="ignore"), added.set_axis(table.index)], axis=1)


def _numbers(column: pd.Series) -> Numbers:
    """Whole numbers as integers, though missing ones beside them may have made them floats."""
    values = column.to_numpy(dtype="float64") if column.dtype.kind == "f" else np.asarray(column.array)
    if column.dtype.kind == "f" or column.dtype.name.startswith(("Int", "Float")):
        floats = column.to_numpy(dtype="float64")
        return wide(floats.astype("int64")) if (np.isfinite(floats) & (floats == np.floor(floats))).all() else floats
    return wide(values)


def _plain(column: Any) -> Any:
    if not isinstance(column, np.ndarray):
        return column
    return column[0].item() if isinstance(column[0], np.generic) else column[0]
