"""What a reader can work out of the hidden cells of a table from everything that is printed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from stats.errors import NotComparable
from stats.estimate.shape import Numbers

ALL = "all"
"""The label of a total: of its row, its column, or both."""

NEARLY = 1e-6
"""How far a linear programme may miss a whole number."""


Block = tuple[Numbers, Numbers, Numbers]
"""Hidden counts that hang together: their places among the hidden, coefficients (a row a sum), right side."""


@dataclass(frozen=True)
class Printed:
    """A table as it is printed: its cells and totals, which are hidden, and which cells add up to which total.

    Each of `sums` names its parts and then its total, by their places in `counts`. `least` is the smallest count that
    a reader knows a hidden one to have: 1 where zeros are shown.
    """

    counts: Numbers
    is_hidden: Numbers
    sums: tuple[tuple[tuple[int, ...], int], ...]
    least: int = 0

    @cached_property
    def places(self) -> Numbers:
        """The places of the hidden counts."""
        return np.flatnonzero(self.is_hidden)

    @cached_property
    def equations(self) -> tuple[Numbers, Numbers]:
        """What the sums say of the hidden counts: coefficients (a row a sum, a column a count) and right side."""
        signs = np.zeros((len(self.sums), len(self.counts)))
        for row, (parts, total) in enumerate(self.sums):
            signs[row, list(parts)], signs[row, total] = 1, -1
        right = -signs @ np.where(self.is_hidden, 0, self.counts)
        says = signs[:, self.places].any(axis=1)
        return signs[np.ix_(says, self.places)], right[says]

    @cached_property
    def blocks(self) -> list[Block]:
        """The equations in blocks that share no hidden count."""
        from scipy.sparse import csr_matrix
        from scipy.sparse.csgraph import connected_components

        signs, right = self.equations
        _, block = connected_components(csr_matrix(abs(signs).T @ abs(signs)), directed=False)
        found = []
        for number in range(block.max(initial=-1) + 1):
            inside = np.flatnonzero(block == number)
            rows = signs[:, inside].any(axis=1)
            found.append((inside, signs[np.ix_(rows, inside)], right[rows]))
        return found

    def hiding(self, *at: int, is_hidden: bool = True) -> Printed:
        """Return the table with some counts hidden, or shown."""
        hide = self.is_hidden.copy()
        hide[list(at)] = is_hidden
        return replace(self, is_hidden=hide)

    def largest(self, block: Block, aim: Numbers, most: Numbers | None = None) -> Numbers | None:
        """Return the counts of a block at which `aim` (a weight each) is largest; None if it has no end.

        `most` caps each count; infinite where it does not.
        """
        from scipy.optimize import linprog

        signs, right = block[1:]
        top = np.full(len(aim), np.inf) if most is None else most
        bounds = np.column_stack([np.full(len(aim), self.least), top])
        found = linprog(-aim, A_eq=signs, b_eq=right, bounds=bounds, method="highs")
        if found.status not in (0, 3):
            raise NotComparable(
                "no whole counts fit this table.",
                [("hidden", len(self.places)), ("least", self.least)],
                "Check that every total is the sum of its parts.",
            )
        return None if found.status == 3 else found.x


def attack(
    table: pd.DataFrame, *, by: Sequence[str], count: str, least: int = 0
) -> dict[tuple[object, ...], tuple[int, float]]:
    """Return the smallest and the largest count that each hidden cell can have, given everything that is printed.

    A linear programme for each end (the audit of cell suppression: Fischetti and Salazar 2001). In tables of one or
    two dimensions its answers are whole, and both ends can occur.

    Parameters
    ----------
    table : DataFrame
        One row a cell; hidden counts are missing. A total goes by the label 'all'; one that is not a row is not
        printed.
    by : sequence of str
        One or two columns that name a cell.
    count : str
        The column of counts.
    least : int
        The smallest count a reader knows a hidden one to have: 1 where zeros are shown.

    Returns
    -------
    dict
        From the labels of each hidden cell to its smallest and largest count; infinite where no total is printed.

    Raises
    ------
    NotComparable
        If no counts fit the totals.
    ValueError
        If a cell is there twice, or `by` names no dimension or more than two.

    Examples
    --------
    >>> rows = [("Kent", "yes", None), ("Kent", "no", 7), ("Kent", "all", 10)]
    >>> attack(pd.DataFrame(rows, columns=["force", "reply", "n"]), by=["force", "reply"], count="n")
    {('Kent', 'yes'): (3, 3)}
    """
    cells = labels(table, by)
    counts = pd.to_numeric(table[count]).to_numpy("float64", na_value=np.nan)
    printed = Printed(np.nan_to_num(counts), np.isnan(counts), sums(cells), least)
    bounds = {}
    for block in printed.blocks:
        for which, place in enumerate(block[0]):
            aim = np.eye(len(block[0]))[which]
            low, high = printed.largest(block, -aim), printed.largest(block, aim)
            bounds[cells[printed.places[place]]] = (
                least if low is None else math.ceil(low[which] - NEARLY),
                math.inf if high is None else math.floor(high[which] + NEARLY),
            )
    return {cell: bounds[cell] for cell in cells if cell in bounds}


def labels(table: pd.DataFrame, by: Sequence[str]) -> list[tuple[object, ...]]:
    """Return what each row is called, or stop if two are called the same."""
    cells = list(table[list(by)].itertuples(index=False, name=None))
    if len(set(cells)) < len(cells) or not 1 <= len(by) <= 2:
        raise ValueError(f"each cell must be there once, named by one or two columns, not by {', '.join(by) or 'none'}")
    return cells


def sums(cells: Sequence[tuple[object, ...]]) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Return which cells add up to which total, by their places."""
    found = []
    for total, cell in enumerate(cells):
        for side in (side for side, label in enumerate(cell) if label == ALL):
            parts = tuple(
                at
                for at, other in enumerate(cells)
                if other[side] != ALL and other[:side] + other[side + 1 :] == cell[:side] + cell[side + 1 :]
            )
            found += [(parts, total)] if parts else []
    return tuple(found)


def unsafe(printed: Printed, small: Sequence[int], threshold: int) -> Iterator[int]:
    """Yield those of the counts below a threshold, all hidden, that a reader can see to lie below it."""
    for block in printed.blocks:
        at = printed.places[block[0]]
        is_left = np.isin(at, small)
        while is_left.any():
            counts = printed.largest(block, is_left * 1.0, np.where(is_left, threshold, np.inf))
            reached = is_left & _reach(counts, threshold)
            if not reached.any():
                reached = np.arange(len(at)) == np.flatnonzero(is_left)[0]
                if not (reached & _reach(printed.largest(block, reached * 1.0), threshold)).any():
                    yield int(at[reached][0])
            is_left &= ~reached


def _reach(counts: Numbers | None, threshold: int) -> Numbers | bool:
    return True if counts is None else counts > threshold - 1 + NEARLY
