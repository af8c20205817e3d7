"""Two releases of the same table, row by row: new, revised, dropped, unchanged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

CHANGES = ("new", "revised", "dropped", "unchanged")


def compare_releases(earlier: pd.DataFrame, later: pd.DataFrame, *, keys: Sequence[str], value: str) -> pd.DataFrame:
    """Return what a later release says of each row, beside what an earlier one said.

    Parameters
    ----------
    earlier, later : DataFrame
        Tidy tables in which `keys` name a row.
    keys : sequence of str
    value : str
        The column of numbers; a missing one is not zero.

    Returns
    -------
    DataFrame
        `keys`, `change` (new, revised, dropped or unchanged), `was`, `now`, `difference` (later less earlier) and
        `change_pct` (per cent of the earlier), both empty where they cannot be computed.
    """
    names = list(keys)
    before = earlier[[*names, value]].rename(columns={value: "was"})
    after = later[[*names, value]].rename(columns={value: "now"})
    both = before.merge(after, on=names, how="outer", indicator=True, validate="one_to_one")
    was, now = (both[name].astype("float64") for name in ("was", "now"))
    same = (was == now) | (was.isna() & now.isna())
    change = np.select(
        [both["_merge"] == "right_only", both["_merge"] == "left_only", same],
        ["new", "dropped", "unchanged"],
        "revised",
    )
    difference = now - was
    return both[names].assign(
        change=pd.Series(change, index=both.index, dtype="str"), was=was, now=now, difference=difference,
        change_pct=(100 * difference / was.where(was > 0)),
    )  # fmt: skip
