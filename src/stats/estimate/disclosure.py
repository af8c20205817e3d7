"""Hide counts of 1 to 4 in our own tables, and whatever else would give them away."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from stats.errors import NotHonest
from stats.estimate.attack import ALL, Printed, labels, sums, unsafe
from stats.estimate.shape import refuse
from stats.estimate.small_counts import SMALLEST_SHOWN, WIDER, too_small


def round_base(x: int, base: int = 5, *, ties: Literal["up", "down", "even"] = "up") -> int:
    """Return a count rounded to the nearest multiple of a base.

    Parameters
    ----------
    x : int
    base : int
        Above zero.
    ties : {"up", "down", "even"}
        Where a count half-way between two multiples goes: away from zero, towards zero, or to the even multiple.

    Examples
    --------
    >>> [round_base(x, 10) for x in (4, 5, 14, 25)]
    [0, 10, 10, 30]
    """
    if base <= 0 or ties not in ("up", "down", "even"):
        raise ValueError(f"base must be above zero and ties up, down or even, not {base} and {ties!r}")
    multiples, rest = divmod(abs(x), base)
    goes_up = 2 * rest > base or (2 * rest == base and (ties == "up" or (ties == "even" and multiples % 2 == 1)))
    return (multiples + goes_up) * base * (-1 if x < 0 else 1)


def suppress(
    table: pd.DataFrame, threshold: int = SMALLEST_SHOWN, *, by: Sequence[str], count: str, zeros: bool = False
) -> pd.DataFrame:
    """Return a table of counts with its totals, as it may be printed: small counts hidden, and what gives them away.

    Counts of 1 to `threshold` - 1 are hidden, totals too. A line with one hidden count gives it away, so another is
    hidden, the smallest first. That goes on until `attack`, which knows every total printed and whether zeros are
    shown, leaves every small count a chance to be `threshold` or more. What need not have been hidden is shown again.

    Parameters
    ----------
    table : DataFrame
        One row a cell, without totals.
    threshold : int
        The smallest count shown.
    by : sequence of str
        One or two columns that name a cell.
    count : str
        The column of whole counts; corrections below zero are never hidden.
    zeros : bool
        Whether zeros are hidden too.

    Returns
    -------
    DataFrame
        The cells in their order, then the totals (labelled 'all'). `status` is '[c]' where `count` is hidden, and
        `count` is missing there.

    Raises
    ------
    NotHonest
        If hiding cannot protect a count, or nothing above zero would be left to show.
    BadCount
        If a count is missing or not whole: missing is not zero.

    Examples
    --------
    >>> rows = [("Kent", 2, 30, 8), ("Essex", 9, 41, 7), ("Surrey", 12, 60, 25)]
    >>> wide = pd.DataFrame(rows, columns=["force", "yes", "no", "unknown"])
    >>> safe = suppress(wide.melt("force", var_name="reply", value_name="n"), by=["force", "reply"], count="n")
    >>> print(safe.loc[safe["status"] == "[c]", ["force", "reply"]].to_string(index=False))
    force   reply
     Kent     yes
    Essex     yes
     Kent unknown
    Essex unknown
    """
    whole = with_totals(table, by=by, count=count)
    counts = whole[count].to_numpy()
    printed = Printed(
        counts, np.asarray(too_small(counts, threshold, zeros=zeros)), sums(labels(whole, by)), 0 if zeros else 1
    )
    small = printed.places.tolist()
    safe = _shown_again(_protected(printed, small, threshold), small, threshold)
    is_cell = (whole[list(by)] != ALL).all(axis=1).to_numpy()
    if small and not (is_cell & ~safe.is_hidden & (counts > 0)).any():
        raise _unprotected(printed)
    hide = pd.Series(safe.is_hidden, index=whole.index)
    return whole.assign(status=hide.map({True: "[c]", False: ""}), **{count: whole[count].astype("Int64").mask(hide)})


def with_totals(table: pd.DataFrame, *, by: Sequence[str], count: str) -> pd.DataFrame:
    """Return the cells of a table, then a total (labelled 'all') for each row, each column and the whole.

    Raises
    ------
    BadCount
        If a count is missing or not whole.
    ValueError
        If a cell is there twice, a label is 'all', or `by` names no dimension or more than two.

    Examples
    --------
    >>> print(with_totals(pd.DataFrame({"reply": ["yes", "no"], "n": [9, 41]}), by=["reply"], count="n").to_string())
      reply   n
    0   yes   9
    1    no  41
    2   all  50
    """
    labels(table, by)
    if (table[list(by)] == ALL).any(axis=None):
        raise ValueError(f"a cell is called {ALL!r}, as totals are; give the cells alone")
    numbers = table[count].to_numpy("float64", na_value=np.nan)
    refuse("counts must be there, and whole", ~(np.floor(numbers) == numbers), **{count: numbers})
    cells = table.assign(**{count: numbers.astype("int64")})
    kept = [list(names) for size in range(len(by) - 1, 0, -1) for names in itertools.combinations(by, size)]
    sides = [cells.groupby(names, sort=False, as_index=False)[count].sum() for names in kept]
    whole = pd.DataFrame({count: [int(numbers.sum())]})
    return pd.concat([cells, *sides, whole], ignore_index=True).fillna(dict.fromkeys(by, ALL))


def _protected(printed: Printed, small: Sequence[int], threshold: int) -> Printed:
    """Hide one count after another until no small one is given away; a total only where no cell will do."""
    totals = {total for _, total in printed.sums}
    while (places := _exposed(printed, small, threshold)) is not None:
        can = [at for at in places if not printed.is_hidden[at] and printed.counts[at] > 0]
        if not can:
            raise _unprotected(printed)
        ends = Counter(at for line in _alone(printed) for at in line)
        ranked = min((at in totals, -ends[at], printed.counts[at], at) for at in can)
        printed = printed.hiding(ranked[-1])
    return printed


def _exposed(printed: Printed, small: Sequence[int], threshold: int) -> Sequence[int] | None:
    """Return the places of which one must be hidden next; None if all is well."""
    alone = _alone(printed)
    if alone:
        return alone[0]
    seen = next(unsafe(printed, small, threshold), None)
    if seen is None:
        return None
    lines = _lines(printed)
    near = [at for line in lines for at in line if seen in line and not printed.is_hidden[at]]
    return near or [at for line in lines for at in line if printed.is_hidden[list(line)].any()]


def _lines(printed: Printed) -> list[tuple[int, ...]]:
    return [(*parts, total) for parts, total in printed.sums]


def _alone(printed: Printed) -> list[tuple[int, ...]]:
    """The lines with one hidden count, which they give away."""
    return [line for line in _lines(printed) if printed.is_hidden[list(line)].sum() == 1]


def _shown_again(printed: Printed, small: Sequence[int], threshold: int) -> Printed:
    """Show again, the largest first, what need not be hidden."""
    for at in sorted(set(printed.places.tolist()) - set(small), key=lambda at: -printed.counts[at]):
        trial = printed.hiding(at, is_hidden=False)
        if next(unsafe(trial, small, threshold), None) is None:
            printed = trial
    return printed


def _unprotected(printed: Printed) -> NotHonest:
    return NotHonest(
        "so small a table cannot be shown with its totals.",
        [("cells and totals", len(printed.counts)), ("why", "they would give small counts away, or nothing is left")],
        WIDER,
    )
