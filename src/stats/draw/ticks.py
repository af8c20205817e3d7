"""Where the ticks of an axis stand, and labels that say exactly where."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import MaxNLocator

from stats.draw.page import QUIET
from stats.period import Period

_MOST_PLACES = 12

_ROOM_BELOW = 0.11
"""Below a point that stands at zero or under it, for its label: a share of the height of the values."""


def set_height(axes: Axes, least: float, most: float, *, headroom: float = 0.22) -> float:
    """Set the axis from zero up, with room below a point that stands at zero or under it, and return its top.

    Parameters
    ----------
    axes : Axes
    least, most : float
        The values to show.
    headroom : float
        Above them, as a share of their height.
    """
    low, high = min(0.0, least), max(0.0, most)
    if low == high:
        high = 1.0
    top, bottom = high + headroom * (high - low), low
    if least <= 0:
        bottom -= _ROOM_BELOW * (high - low)
        axes.axhline(0, color=QUIET, linewidth=0.8, zorder=1)
    axes.set_ylim(bottom, top)
    return top


def label_ticks(axis: Axis, *, whole: bool = False, lowest: float | None = None, unit: str = "") -> None:
    """Set the ticks of an axis for its present limits, each labelled with the number it stands at.

    Parameters
    ----------
    axis : Axis
    whole : bool
        Whether the axis counts things, so that no tick stands between two whole numbers.
    lowest : float, optional
        No tick stands below it; by default the lower end of the axis.
    unit : str
        What follows each number, such as '%'.
    """
    low, high = sorted(axis.get_view_interval())
    locator = MaxNLocator(nbins="auto", steps=[1, 2, 2.5, 5, 10], integer=whole, min_n_ticks=1 if whole else 2)
    locator.set_axis(axis)
    slack = (high - low) * 1e-9
    first = low if lowest is None else max(low, lowest)
    ticks = [float(tick) for tick in locator.tick_values(low, high) if first - slack <= tick <= high + slack]
    axis.set_ticks(ticks, [f"{number}{unit}" for number in exact(ticks)])


def exact(numbers: Sequence[float]) -> list[str]:
    """Return numbers as text, all with as many decimals as the one that needs most: '0.25', '0.50'."""
    near = 1e-9 * max((abs(number) for number in numbers), default=1)
    places = next((p for p in range(_MOST_PLACES) if all(abs(round(n, p) - n) <= near for n in numbers)), _MOST_PLACES)
    return [f"{round(number, places) + 0.0:,.{places}f}" for number in numbers]


def time_ticks(periods: Sequence[Period]) -> tuple[list[int], list[str], str]:
    """Return where the ticks of a series stand, their labels, and what the axis is called.

    Quarters have a tick at the first quarter of each financial year. Where there is no first quarter every quarter
    has a tick and its own name.
    """
    if periods[0].months != 3:
        labels = [period.short.replace("year ending ", "").replace(" ", "\n") for period in periods]
        return list(range(len(periods))), labels, ""
    firsts = [at for at, period in enumerate(periods) if period.start.month == 4]
    if not firsts:
        return (
            list(range(len(periods))),
            [p.short for p in periods],
            "quarter of the financial year, which starts in April",
        )
    labels = [periods[at].short.removesuffix(" Q1") for at in firsts]
    return firsts, labels, "financial year, first quarter at the tick"
