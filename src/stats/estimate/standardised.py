"""Rates made comparable between areas whose residents are of unlike ages.

The conventions are those of the R package PHEindicatormethods: Dobson (1991) about Byar's limits for the weighted rate,
and no rate from fewer than 10 events.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, overload

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from stats.errors import NotHonest
from stats.estimate.estimate import COLUMNS, Contract, Estimate
from stats.estimate.poisson import byar_limits
from stats.estimate.shape import (
    WHY_NONE,
    Limits,
    Numbers,
    interval_method,
    is_whole,
    must_have,
    named,
    one_each,
    refuse,
    result,
    wide,
)

FEWEST = 10
"""Events below which no directly standardised rate is given."""

TOO_FEW = f"no standardised rate: fewer than {FEWEST} events"


@overload
def standardised_rate(
    table: pd.DataFrame, count: str, pop: str, std: str, /, *, by: str | Sequence[str], **options: Any
) -> pd.DataFrame: ...
@overload
def standardised_rate(
    count: ArrayLike, pop: ArrayLike, std: ArrayLike, /, *, contract: Contract | None = None, **options: Any
) -> Estimate: ...
def standardised_rate(*given: Any, by: Any = None, contract: Contract | None = None, **options: Any) -> Any:
    """Return the rate an area would have if its residents were of the ages of a standard population.

    Parameters
    ----------
    count, pop, std : arrays with one number an age group, or a table and the names of its columns
        Events (whole counts), residents in persons (above 0), and the standard population.
    by : str or list of str
        With a table, which has one row an area and age group: the columns that name an area.
    basis : {"sample", "full count", "case audit", "self-selected"}
    per : float
        Default 100,000.
    of : str
        What `pop` counts; default 'residents'.
    level, as_if
        As `poisson.rate`; the default level is 0.95.
    events_per_person : mapping of int to array, optional
        Where one person may have several events: how many people of each age group had 1, 2, 3 … of them. Events are
        then not independent, and the variance is the sum of (events a person)^2 (PHE technical guide 2018). The counts
        must be those the mapping adds up to. With a table, the names of columns instead of arrays.

    Returns
    -------
    Estimate, or a table
        `n` is the residents of all ages. The table is the same, with the estimate of its area on each row; an area with
        fewer than 10 events has no value, and says so; one with a missing count has a missing estimate.

    Raises
    ------
    NotHonest
        If an interval is asked for on a basis that has none; or, of one area, from fewer than 10 events.
    BadCount
        For counts that are not whole, populations not above 0, lists that are not of one length, or events per person
        that do not add up.

    Examples
    --------
    >>> found = standardised_rate([30, 50], [10_000, 20_000], [1, 3], basis="sample")
    >>> round(found.value, 1), round(found.lower, 1), round(found.upper, 1), found.unit
    (262.5, 207.2, 327.8, 'per 100,000 residents, age-standardised')
    """
    if isinstance(given[0], pd.DataFrame):
        return _of_areas(given[0], given[1:], by, options)
    count, pop, std = (wide(np.asarray(numbers)) for numbers in given)
    one_each("give one number an age group", count=count, pop=pop, std=std)
    columns = _standardised(np.zeros(len(count), "int64"), count, pop, std, **options)
    if columns["method"][0] == TOO_FEW:
        raise NotHonest(
            "so few events give no standardised rate.",
            [("events", f"{count.sum():,}"), ("fewest", FEWEST)],
            "Give the count, or widen the period or the area.",
        )
    return Estimate(**{name: _first(columns[name]) for name in COLUMNS}, contract=contract)


def dobson_limits(
    area: Numbers, count: Numbers, pop: Numbers, std: Numbers, level: float, *, squares: Numbers | None = None
) -> Limits:
    """Byar's limits of all events, moved to the weighted rate (Dobson, Kuulasmaa, Eberle and Scherer 1991).

    Parameters
    ----------
    area, count, pop, std : array
        One row an area and age group; areas are numbered from 0.
    level : float
    squares : array, optional
        The variance of each count; the count itself unless one person may have several events.

    Returns
    -------
    lower, upper : array
        Per person, one row an area; not-a-number below 10 events.
    """
    weight = std / np.bincount(area, std)[area] / pop
    value, events = np.bincount(area, weight * count), np.bincount(area, count)
    variance = np.bincount(area, weight**2 * (count if squares is None else squares))
    scale = np.sqrt(variance / np.where(events >= FEWEST, events, math.nan))
    lower, upper = (value + scale * (end - events) for end in byar_limits(events, level))
    return lower, upper


def _of_areas(table: pd.DataFrame, names: Sequence[str], by: Any, options: dict[str, Any]) -> pd.DataFrame:
    if by is None:
        raise ValueError("with a table, name the columns of an area: by='area_code'")
    keys = [by] if isinstance(by, str) else list(by)
    people = options.pop("events_per_person", None)
    must_have(table, [*names, *keys, *(people or {}).values()])
    if table[keys].isna().to_numpy().any():
        raise ValueError(f"every row must have its {', '.join(keys)}")
    is_missing = table[[*names, *(people or {}).values()]].isna().any(axis=1)
    rows = table[~is_missing.groupby([table[key] for key in keys]).transform("any")]
    area = rows.groupby(keys, sort=False)
    if people:
        options["events_per_person"] = {events: _numbers(rows[name]) for events, name in people.items()}
    columns = _standardised(area.ngroup().to_numpy(), *(_numbers(rows[name]) for name in names), **options)
    rates = rows[keys].drop_duplicates().assign(**{name: columns[name] for name in COLUMNS})
    found = table.merge(rates, on=keys, how="left").assign(unit=columns["unit"], basis=columns["basis"])
    return found.set_axis(table.index)


def _standardised(
    area: Numbers,
    count: Numbers,
    pop: Numbers,
    std: Numbers,
    *,
    basis: str,
    per: float = 100_000,
    of: str = "residents",
    level: float = 0.95,
    as_if: bool = False,
    events_per_person: Mapping[int, ArrayLike] | None = None,
) -> dict[str, Any]:
    known = ("dobson",) if events_per_person is None else ("dobson, repeat events",)
    chosen = interval_method(basis, None, known, as_if=as_if, level=level)
    _refuse_bad_ages(area, count, pop, std)
    squares = count if events_per_person is None else _squares(events_per_person, count)
    is_enough = np.bincount(area, count) >= FEWEST
    value = np.bincount(area, count * std / pop) / np.bincount(area, std)
    limits = None
    if chosen:
        lower, upper = dobson_limits(area, count, pop, std, level, squares=squares)
        limits = lower * per, upper * per
    words = np.where(is_enough, named(chosen, as_if=as_if) if chosen else WHY_NONE[basis], TOO_FEW)
    return result(
        np.where(is_enough, value, math.nan) * per, limits, unit=f"per {per:,} {of}, age-standardised", method=words,
        n=np.bincount(area, pop), basis=basis, level=level,
    )  # fmt: skip


def _refuse_bad_ages(area: Numbers, count: Numbers, pop: Numbers, std: Numbers) -> None:
    rule = "events must be whole counts from 0 on, populations above 0, and the standard the same in every area"
    refuse(rule, not is_whole(count), count=count, pop=pop)
    standards = np.bincount(area, std)
    is_wrong = (
        (count < 0)
        | ~((pop > 0) & (pop < math.inf))
        | ~(std >= 0)
        | (standards != standards[:1])[area]
        | ~(standards > 0)[area]
    )
    refuse(rule, np.asarray(is_wrong), count=count, pop=pop, std=std)


def _squares(events_per_person: Mapping[int, ArrayLike], count: Numbers) -> Numbers:
    """Return the sum of squared events a person, row by row; the events must be those counted."""
    people = [(int(events), np.asarray(n)) for events, n in events_per_person.items()]
    told = np.sum([events * n for events, n in people], axis=0)
    refuse("events per person must add up to the counts, age group by age group", told != count, count=count, told=told)
    return np.asarray(np.sum([events**2 * n for events, n in people], axis=0))


def _numbers(column: pd.Series) -> Numbers:
    """Whole numbers as integers, though missing ones beside them may have made them floats."""
    return column.convert_dtypes().to_numpy()


def _first(column: Any) -> Any:
    return column[0].item() if isinstance(column, np.ndarray) else column
