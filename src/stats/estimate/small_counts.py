"""Which parts of one printed total are hidden: counts of 1 to 4, and whatever else would give them away.

Apart from the tables of `disclosure`, and without pandas, so that a plan can ask what a figure could not show.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from stats.errors import NotHonest

SMALLEST_SHOWN = 5

WIDER = "Ask for a longer period, a wider offence group or a larger area."

WITHHELD = "a count of 1 to 4, or one that would give such a count away"
"""Why a count is [c]. Which of the two it is stays unsaid: that alone can give a small count away."""

MINIMUM_BASE = 100
"""Recorded offences below which a force gets no verdict: at shares of 5% to 10%, fewer than 5 to 10 charges."""

LEAST_SHOWN = 0.9
"""The share of territorial forces that must be shown. Counts that are withheld are low ones, so that the forces left
would not stand for all."""


def too_small(counts: Sequence[int], threshold: int = SMALLEST_SHOWN, *, zeros: bool = False) -> list[bool]:
    """Return which counts must be hidden for their own sake: 1 to `threshold` - 1, and 0 if `zeros` says so.

    Examples
    --------
    >>> too_small([0, 1, 4, 5, -2])
    [False, True, True, False, False]
    """
    return [0 < count < threshold or (zeros and count == 0) for count in counts]


def hidden(counts: Sequence[int]) -> list[bool]:
    """Return which parts of one printed total must be hidden, or stop if hiding cannot protect them.

    Counts of 1 to 4 are hidden; then the smallest others above zero, until a reader who knows the total, that every
    zero is shown, and that a hidden count is at least 1, cannot pin any hidden count below 5.

    Parameters
    ----------
    counts : sequence of int
        The parts of one total that is itself printed. Negative corrections are never hidden.

    Raises
    ------
    NotHonest
        If the total alone gives a hidden count away, or nothing above zero would be left to show.

    Examples
    --------
    >>> hidden([3, 57, 40, 0])
    [True, False, True, False]
    """
    hide = also_hidden(counts, too_small(counts))
    is_any_shown = any(count >= SMALLEST_SHOWN and not hide[at] for at, count in enumerate(counts))
    if any(hide) and not (_is_safe(counts, hide) and is_any_shown):
        raise NotHonest(
            "so few offences cannot be shown by outcome.",
            [("total", f"{sum(counts):,}"), ("why", "the total would give counts of 1 to 4 away")],
            WIDER,
        )
    return hide


def also_hidden(counts: Sequence[int], hide: Sequence[bool]) -> list[bool]:
    """Return which parts of a total are hidden once the smallest others protect those that already are."""
    hide = list(hide)
    shown = sorted((count, at) for at, count in enumerate(counts) if count >= SMALLEST_SHOWN and not hide[at])
    while any(hide) and not _is_safe(counts, hide) and shown:
        _, at = shown.pop(0)
        hide[at] = True
    return hide


def _is_safe(counts: Sequence[int], hide: Sequence[bool]) -> bool:
    """Whether the largest value any hidden count could have, by the total alone, is 5 or more, and two are hidden.

    The attack on a single line: all but one of the hidden are 1, and the last has the rest.
    """
    inside = list(itertools.compress(counts, hide))
    return len(inside) >= 2 and sum(inside) - (len(inside) - 1) >= SMALLEST_SHOWN
