"""The axes of quantities over time: years below, breaks as numbered lines, lengths in inches for the labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matplotlib.axes import Axes

from stats.draw.page import ORANGE, TEXT, WIDTH
from stats.draw.ticks import time_ticks
from stats.period import Period
from stats.registers import Break

LEFT, RIGHT, PLOT_HEIGHT = 0.85, 0.45, 2.3
PLOT_WIDTH = WIDTH - LEFT - RIGHT
"""The axes, in inches."""


def to_inches(axes: Axes) -> Callable[[float, float], tuple[float, float]]:
    """Return a function from data to inches from the lower left corner of the axes."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    return lambda x, y: (
        float((x - left) / (right - left) * PLOT_WIDTH),
        float((y - low) / (high - low) * PLOT_HEIGHT),
    )


def label_time(axes: Axes, periods: Sequence[Period]) -> None:
    """Print the years under the axis: all of them, or as many as fit."""
    ticks, labels, name = time_ticks(periods)
    every = -(-len(ticks) // (8 if "\n" in labels[0] else 11))
    axes.set_xticks(ticks[::every], labels[::every], size=9)
    axes.set_xlabel(name, size=9)


def position(entry: Break, periods: Sequence[Period]) -> float:
    """Return where a cut is drawn: between two periods, or at the period that the break falls inside."""
    at = next(i for i, p in enumerate(periods) if entry.date <= p.end)
    return at - 0.5 if entry.date <= periods[at].start else at


def number_places(positions: Sequence[float], top: float, *, apart: float) -> list[tuple[float, float]]:
    """Return where the numbers of the breaks stand: one close behind another stands lower."""
    lower = [number > 0 and at - positions[number - 1] < apart for number, at in enumerate(positions)]
    return [(at, top * (0.89 if is_lower else 0.965)) for at, is_lower in zip(positions, lower, strict=True)]


def draw_break(axes: Axes, number: int, at: float, height: float) -> None:
    """Draw a break as a dashed line with its number."""
    axes.axvline(at, ymax=0.93, color=ORANGE, linestyle=(0, (4, 3)), linewidth=1.4, zorder=0)
    axes.text(
        at, height, str(number), ha="center", va="center", size=9, color=TEXT, weight="bold",
        bbox={"boxstyle": "circle,pad=0.25", "facecolor": "white", "edgecolor": ORANGE, "linewidth": 1.4},
    )  # fmt: skip
