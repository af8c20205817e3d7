"""Two releases of one table side by side: what is new, revised, dropped and unchanged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from stats import check
from stats.errors import CheckFailed
from stats.estimate.shape import Numbers

CHANGES = ("new", "revised", "dropped", "unchanged")


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
