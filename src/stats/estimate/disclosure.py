"""Hide counts of 1 to 4 in our own tables, and whatever else would give them away."""

from __future__ import annotations

from collections.abc import Sequence

from stats.errors import NotHonest

SMALLEST_SHOWN = 5


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
    """
    hide = also_hidden(counts, [0 < count < SMALLEST_SHOWN for count in counts])
    is_any_shown = any(count >= SMALLEST_SHOWN and not hide[at] for at, count in enumerate(counts))
    if any(hide) and not (_is_safe(counts, hide) and is_any_shown):
        raise NotHonest(
            "so few offences cannot be shown by outcome.",
            [("total", f"{sum(counts):,}"), ("why", "the total would give counts of 1 to 4 away")],
            "Ask for a longer period, a wider offence group or a larger area.",
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
    """Whether the largest value any hidden count could have, by the total alone, is 5 or more, and two are hidden."""
    inside = [count for count, is_hidden in zip(counts, hide, strict=True) if is_hidden]
    return len(inside) >= 2 and sum(inside) - (len(inside) - 1) >= SMALLEST_SHOWN
