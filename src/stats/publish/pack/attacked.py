"""The attack on all tables of a pack together: what a reader can work out of the counts that are hidden."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from stats.errors import CheckFailed
from stats.estimate.attack import NEARLY
from stats.estimate.small_counts import SMALLEST_SHOWN
from stats.publish.pack.printed_counts import Count, Dimension


def given_away(counts: Sequence[Count]) -> list[tuple[Count, int]]:
    """Return the hidden counts that a reader can see to lie below 5, with the largest that each can be.

    Every printed count is the sum of what it holds: places, offence codes, quarters and kinds of outcome. What no
    printed count tells apart is one unknown. A linear programme finds the largest that each hidden count can be, when
    nothing is below zero and nothing hidden below 1 (zeros are shown): so totals, parts and differences of all tables
    are used at once.

    A count that another table prints is no secret: whether it may be printed is asked of every table.

    Raises
    ------
    CheckFailed
        If no counts fit the tables that hold a hidden one.
    """
    found: dict[tuple[Dimension, ...], tuple[Count, int]] = {}
    printed = {count.box for count in counts if count.count is not None}
    counts = [count for count in counts if count.count is not None or count.box not in printed]
    for hidden in [count for count in counts if count.count is None]:
        near = _near(hidden, counts)
        most = _largest(hidden, near)
        if most is None:
            most = _largest(hidden, [count for count in near if count.source == hidden.source])
        if most is None:
            raise CheckFailed(
                "tables of the pack do not add up, so that what is hidden in them cannot be judged.",
                [("hidden", f"{hidden.table}: {hidden.label}"), ("tables", ", ".join(sorted({c.table for c in near})))],
                "Make the figures again from one release: make figures",
            )
        if most < SMALLEST_SHOWN:
            found.setdefault(hidden.box, (hidden, int(most)))
    return list(found.values())


def _near(hidden: Count, counts: Sequence[Count]) -> list[Count]:
    """Return the counts that share something with a hidden one, or with another that does."""
    near, left = [hidden], [count for count in counts if count is not hidden]
    while more := [count for count in left if any(_overlap(count, other) for other in near)]:
        near += more
        left = [count for count in left if not any(count is other for other in more)]
    return near


def _overlap(one: Count, other: Count) -> bool:
    return all(a & b for a, b in zip(one.box, other.box, strict=True))


def _largest(hidden: Count, near: Sequence[Count]) -> float | None:
    """Return the largest that a hidden count can be; infinite if nothing holds it, None if no counts fit.

    It stands first among those near it.
    """
    from scipy.optimize import linprog

    inside = _unknowns(near)
    shown = [at for at, count in enumerate(near) if count.count is not None]
    dark = [at for at, count in enumerate(near) if count.count is None]
    solved = linprog(
        -inside[:, 0], A_eq=inside[:, shown].T if shown else None,
        b_eq=[near[at].count for at in shown] if shown else None,
        A_ub=-inside[:, dark].T, b_ub=-np.ones(len(dark)), bounds=(0, None), method="highs",
    )  # fmt: skip
    if solved.status == 3:
        return float("inf")
    return None if solved.status != 0 else float(np.floor(-solved.fun + NEARLY))


def _unknowns(near: Sequence[Count]) -> np.ndarray:
    """Return a row for each thing that the counts tell apart, and a column for each count that may hold it (0 or 1)."""
    sides = [_classes([count.box[side] for count in near]) for side in range(4)]
    rows = {tuple(map(all, zip(*combined, strict=True))) for combined in itertools.product(*sides)}
    return np.array(sorted(row for row in rows if any(row)), dtype="float64")


def _classes(sets: Sequence[Dimension]) -> list[tuple[bool, ...]]:
    """Return which of the sets hold each kind of element, each kind once."""
    return list({tuple(element in one for one in sets) for element in frozenset().union(*sets)})
