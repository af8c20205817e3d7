"""Small tables with hidden counts, and every whole table that fits one."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from hypothesis import strategies as st

from stats.estimate.attack import ALL

BY = ["force", "reply"]

small_tables = st.sampled_from([(2, 3), (3, 2), (3, 3), (3, 3)]).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 7), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)


def table_of(counts, by=BY) -> pd.DataFrame:
    """A table in long form, without totals: a list of lists, or a list."""
    if by == BY:
        rows = [(f"r{r}", f"c{c}", n) for r, row in enumerate(counts) for c, n in enumerate(row)]
    else:
        rows = [(f"c{c}", n) for c, n in enumerate(counts)]
    return pd.DataFrame(rows, columns=[*by, "n"])


def hiding(table, hide) -> pd.DataFrame:
    """The table with some counts missing."""
    return table.assign(n=table["n"].astype("Int64").mask(pd.Series(hide, index=table.index)))


def whole_tables(printed, least) -> Iterator[dict]:
    """Every whole table that fits what is printed: the hidden counts by their cells, one by one."""
    names = printed[BY].itertuples(index=False, name=None)
    shown = {name: None if pd.isna(n) else int(n) for name, n in zip(names, printed["n"], strict=True)}
    cells = [name for name in shown if ALL not in name]
    totals = {
        name: [cell for cell in cells if all(t in (ALL, c) for t, c in zip(name, cell, strict=True))]
        for name in shown
        if ALL in name
    }
    for filled in _fillings(cells, shown, totals, least, {}):
        whole = filled | {total: sum(filled[part] for part in parts) for total, parts in totals.items()}
        found = {name: whole[name] for name, n in shown.items() if n is None}
        if all(n >= least for n in found.values()):
            yield found


def _fillings(cells, shown, totals, least, filled) -> Iterator[dict]:
    if not _can_be(cells, shown, totals, least, filled):
        return
    if len(filled) == len(cells):
        yield filled
        return
    cell = cells[len(filled)]
    most = min(60 if shown[total] is None else shown[total] for total, parts in totals.items() if cell in parts)
    for n in range(most, least - 1, -1) if shown[cell] is None else [shown[cell]]:
        yield from _fillings(cells, shown, totals, least, filled | {cell: n})


def _can_be(cells, shown, totals, least, filled) -> bool:
    """Whether no total that is shown is passed, and each that is complete is met."""
    for total, parts in totals.items():
        inside = sum(filled.get(part, shown[part] or 0) for part in parts)
        left = sum(shown[part] is None and part not in filled for part in parts)
        whole = shown[total]
        if whole is not None and (inside + least * left > whole or (not left and inside != whole)):
            return False
    return True
