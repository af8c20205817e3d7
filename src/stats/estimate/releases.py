"""Two releases of one table side by side: what is new, revised, dropped and unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stats import check
from stats.errors import CheckFailed
from stats.estimate.counts import cells, recorded
from stats.estimate.estimate import Estimate
from stats.estimate.revisions import Revisions, revisions
from stats.estimate.shape import Numbers
from stats.period import Period
from stats.registers import OffenceGroup, Registers
from stats.registers.areas import ENGLAND_AND_WALES

MIDDLE = 0.8
"""The share of forces that a typical revision is told of."""


@dataclass(frozen=True)
class Moved:
    """How far the counts of one period moved from one release to another.

    Parameters
    ----------
    was, now : Estimate
        Of England and Wales together, each with its release.
    forces : DataFrame
        One row a force, by name: `area_code`, `area_name` and the columns of `compare_releases`.
    offences : DataFrame
        One row an offence code: `offence_code` and those columns, England and Wales together.
    half_pct : float
        Half of the forces moved by more than this either way, in per cent of the earlier count.
    middle_pct : (float, float)
        The middle 80% of forces moved by between these two.
    revisions : Revisions
        Of the forces' counts, in offences.
    """

    was: Estimate
    now: Estimate
    forces: pd.DataFrame
    offences: pd.DataFrame
    half_pct: float
    middle_pct: tuple[float, float]
    revisions: Revisions


def moved_between(
    table: pd.DataFrame, *, group: OffenceGroup, period: Period, earlier: Registers, later: Registers
) -> Moved:
    """Return how far recorded offences of a period moved from one release to another, by force and by offence code.

    Parameters
    ----------
    table : DataFrame
        Tidy recorded offences, both releases in it.
    group : OffenceGroup
    period : Period
        That both releases cover.
    earlier, later : Registers
        As at each release: `registers.as_at("2018", "recorded_offences")`.

    Raises
    ------
    NotToHand
        If one of the releases lacks a force, quarter or class.
    """
    whole = later.areas.current[ENGLAND_AND_WALES]
    first, last = (
        recorded(table, area=whole, group=group, period=period, registers=release) for release in (earlier, later)
    )
    rows = [cells(table, area=whole, group=group, period=period, registers=release) for release in (earlier, later)]
    forces = _summed(rows, ["area_code", "area_name"]).sort_values("area_name", ignore_index=True)
    half, low, high = _typical(forces["change_pct"].dropna().to_numpy())
    return Moved(
        first, last, forces, _summed(rows, ["offence_code"]), half, (low, high),
        revisions(forces["was"].to_numpy(), forces["now"].to_numpy()),
    )  # fmt: skip


def _typical(percents: Numbers) -> tuple[float, float, float]:
    """Return the median either way, and the ends of the middle; not-a-number where no force has a per cent."""
    if not len(percents):
        return (float("nan"),) * 3
    low, high = np.quantile(percents, [(1 - MIDDLE) / 2, (1 + MIDDLE) / 2])
    return float(np.median(np.abs(percents))), float(low), float(high)


def _summed(rows: Sequence[pd.DataFrame], keys: Sequence[str]) -> pd.DataFrame:
    sums = [release.groupby(list(keys), as_index=False)["offences_n"].sum() for release in rows]
    return compare_releases(*sums, keys=keys, value="offences_n")


def compare_releases(earlier: pd.DataFrame, later: pd.DataFrame, *, keys: Sequence[str], value: str) -> pd.DataFrame:
    """Return every row of two releases of one table, with what became of it.

    Parameters
    ----------
    earlier, later : DataFrame
        Each with the columns of `keys` and `value`; others are left aside. Where a release covers a part of the span
        only, give both the span they share: what lies outside it would count as new or dropped.
    keys : sequence of str
        The columns that tell one row from another.
    value : str
        A column of numbers; missing is not zero.

    Returns
    -------
    DataFrame
        In the order of the keys: the keys; `change`, one of 'new', 'revised', 'dropped', 'unchanged'; `was` and `now`,
        in the unit of the value; `difference`, `now` less `was`; `change_pct`, the difference in per cent of `was`. A
        number that one of the releases lacks is missing, and so are its difference and its per cent. From zero or
        below (a published correction) there is no per cent.

    Raises
    ------
    CheckFailed
        If a column is not there, a release has two rows of one key, or a value is no number.

    Examples
    --------
    >>> first = pd.DataFrame({"force": ["Kent", "Essex"], "offences_n": [200, 0]})
    >>> second = pd.DataFrame({"force": ["Kent", "Dorset"], "offences_n": [210, 5]})
    >>> compare_releases(first, second, keys=["force"], value="offences_n")[["force", "change", "change_pct"]]
        force   change  change_pct
    0  Dorset      new         NaN
    1   Essex  dropped         NaN
    2    Kent  revised         5.0
    """
    keys = list(keys)
    first = _plain(earlier, keys, value, "the earlier release").rename(columns={value: "was"})
    last = _plain(later, keys, value, "the later release").rename(columns={value: "now"})
    both = first.merge(last, on=keys, how="outer", sort=True, indicator="change")
    was, now = both["was"].to_numpy("float64"), both["now"].to_numpy("float64")
    moved = now - was
    percent = np.divide(100 * moved, was, out=np.full(len(both), np.nan), where=was > 0)
    return both.assign(change=_changes(both["change"], was, now), difference=moved, change_pct=percent)[
        [*keys, "change", "was", "now", "difference", "change_pct"]
    ]


def _changes(found: pd.Series, was: Numbers, now: Numbers) -> pd.Series:
    is_same = (was == now) | (np.isnan(was) & np.isnan(now))
    words = found.astype("str").map({"right_only": "new", "left_only": "dropped", "both": "revised"})
    return words.mask((found == "both") & is_same, "unchanged").astype("str")


def _plain(table: pd.DataFrame, keys: Sequence[str], value: str, name: str) -> pd.DataFrame:
    """Return the keys and the value as floats, or stop."""
    missing = [column for column in (*keys, value) if column not in table]
    if missing:
        raise CheckFailed(
            f"{name} lacks a column that it is compared by.",
            [("missing", ", ".join(missing)), ("columns", ", ".join(map(str, table.columns)))],
            "Give both releases in one form: the same keys and the same value.",
        )
    if not pd.api.types.is_numeric_dtype(table[value]):
        raise CheckFailed(
            f"{name} holds values that are no numbers.",
            [("column", value), ("type", table[value].dtype)],
            "Clean both releases first; a marker belongs in a status column beside the number.",
        )
    rows = check.unique(table[[*keys, value]], keys, name=name)
    return rows.assign(**{value: rows[value].to_numpy("float64", na_value=np.nan)})
