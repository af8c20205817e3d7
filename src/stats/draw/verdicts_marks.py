"""The marks of claims and figures: bars with their ends, and how far a wrong claim is from its figure."""

from __future__ import annotations

from math import isnan, log
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from stats.draw.labels import width_of
from stats.draw.page import DARK_BLUE, DARK_GREY, DARK_PINK, TEXT, WIDTH
from stats.draw.ticks import label_ticks
from stats.draw.verdicts_lanes import DEFAULT, OTHER, STRICT
from stats.draw.verdicts_rows import LEFT, RIGHT, SIZE, Laid

COLOURS = {"fits": DARK_BLUE, "neither": DARK_GREY, "does not fit": DARK_PINK}
FACES = {"fits": DARK_BLUE, "neither": "white", "does not fit": "white"}
STRIPES = {"does not fit": "////////"}
"""A claim that fits is filled, one that does not is striped, and the rest are hollow."""

THICK = 0.11
"""Height of the bar of a claim, in inches."""

_WIDE, _TICK, _BETWEEN = WIDTH - LEFT - RIGHT, SIZE, 0.08
"""Width of the axis in inches, points of its labels, and inches between two of them."""

_NEAR_WHOLE, _ROOM = 60.0, 1.15
_LEAST, _MOST, _AWAY = 0.5, 2.0, 1.4
"""A multiple from a half to twice is always shown, and some room beyond what lies farther."""

TIMES = {
    1: "same", 0.1: "a tenth", 10: "10 times", 0.5: "half", 2: "twice", 0.2: "a fifth", 5: "5 times",
    0.01: "a hundredth", 100: "100 times", 0.001: "a thousandth", 1000: "1,000 times",
}  # fmt: skip
"""Ticks of multiples, those first that must be labelled."""


def set_scale(axes: Axes, axis: str, table: pd.DataFrame) -> None:
    """Set the horizontal axis: per cent from zero, or multiples of the figure on a log scale about 1."""
    if axis == "share":
        high = float(table[["value", "lower", "upper"]].max().max())
        axes.set_xlim(0, 100 if high > _NEAR_WHOLE or not high else max(1.0, high * _ROOM))
        label_ticks(axes.xaxis, unit="%")
        return
    found = table[["value_ratio", "lower_ratio", "upper_ratio"]]
    low, high = float(found[found > 0].min().min()), float(found.max().max())
    axes.set_xscale("log")
    axes.set_xlim(min(_LEAST, low) / _AWAY, max(_MOST, high) * _AWAY)
    axes.xaxis.set_minor_locator(NullLocator())
    shown = _with_room(*axes.get_xlim())
    axes.set_xticks(shown, [TIMES[at] for at in shown], size=_TICK)
    axes.axvline(1, color=TEXT, linewidth=1.1, zorder=1)


def _with_room(first: float, last: float) -> list[float]:
    """Return the multiples whose labels have room beside each other, from the first to the last of an axis."""
    shown: list[float] = []
    for at, label in TIMES.items():
        apart = [(abs(log(at / other)), other) for other in shown]
        inches = [(gap / log(last / first) * _WIDE, TIMES[other]) for gap, other in apart]
        is_free = all(gap > width_of(label + near, size=_TICK) / 2 + _BETWEEN for gap, near in inches)
        shown += [at] if first <= at <= last and is_free else []
    return sorted(shown)


def draw_lane(axes: Axes, y: float, lane: Any) -> None:
    """Draw one reading of a claim, or one figure."""
    low, high = ends_of(axes, lane)
    if lane.role == DEFAULT:
        _bar(axes, y, lane, low, high)
    elif lane.role == STRICT:
        _line(axes, y, lane, low, high, COLOURS[lane.group])
        _finish(axes, y, lane, low, high, COLOURS[lane.group], size=7)
    else:
        _line(axes, y, lane, low, high, TEXT)
        _figure(axes, y, lane, low, high)


def ends_of(axes: Axes, lane: Any) -> tuple[float, float]:
    """Return where the ends of a lane stand on its axis; an end that the words do not give is that of the axis."""
    is_share = lane.axis == "share"
    low = lane.lower if is_share else lane.lower_ratio
    high = lane.upper if is_share else lane.upper_ratio
    first, last = axes.get_xlim()
    return (first if lane.lower_is_open else low), (last if lane.upper_is_open or isnan(high) else high)


def join_to_figure(axes: Axes, laid: Laid) -> None:
    """Join a wrong claim by a dotted line to the figure it is measured by."""
    lanes = list(zip(laid.lanes, laid.table.itertuples(), strict=False))
    claim_y, claim = lanes[0]
    if claim.group != "does not fit":
        return
    y, figure = next((y, lane) for y, lane in lanes if lane.is_reference)
    at = figure.value if figure.axis == "share" else figure.value_ratio
    low, high = ends_of(axes, claim)
    start = high if at > high else low
    axes.plot([start, at, at], [claim_y, claim_y, y], color=DARK_PINK, linestyle=":", linewidth=1.6, zorder=2)


def _bar(axes: Axes, y: float, lane: Any, low: float, high: float) -> None:
    colour = COLOURS[lane.group]
    if high > low:
        axes.barh(
            y, high - low, left=low, height=THICK, facecolor=FACES[lane.group], edgecolor=colour, linewidth=1.2,
            hatch=STRIPES.get(lane.group), zorder=3,
        )  # fmt: skip
    _finish(axes, y, lane, low, high, colour, size=11)


def _finish(axes: Axes, y: float, lane: Any, low: float, high: float, colour: str, *, size: float) -> None:
    """Draw both ends: a tick where it is taken in, a ring where it is not, an arrow where the words give none."""
    ends = [(low, lane.lower_is_in, lane.lower_is_open, "<"), (high, lane.upper_is_in, lane.upper_is_open, ">")]
    for at, is_in, is_open, arrow in ends:
        style: dict[str, Any] = {"color": colour, "clip_on": False, "zorder": 4, "linestyle": "none"}
        if is_open:
            axes.plot([at], [y], marker=arrow, markersize=size * 0.75, **style)
        elif is_in:
            axes.plot([at], [y], marker="|", markersize=size, markeredgewidth=1.8 if high > low else 3.2, **style)
        else:
            axes.plot(
                [at], [y], marker="o", markersize=size * 0.42, markerfacecolor="white", markeredgewidth=1.4, **style
            )


def _line(axes: Axes, y: float, lane: Any, low: float, high: float, colour: str) -> None:
    if high > low:
        axes.plot([low, high], [y, y], color=colour, linewidth=1.6, zorder=3, solid_capstyle="butt")


def _figure(axes: Axes, y: float, lane: Any, low: float, high: float) -> None:
    """Draw a figure: a diamond if it is of the claim's measure, a hollow square if it is of another."""
    at = lane.value if lane.axis == "share" else lane.value_ratio
    axes.plot(
        [at], [y], marker="s" if lane.role == OTHER else "D", markersize=6, color=TEXT, zorder=5, clip_on=False,
        markerfacecolor="white" if lane.role == OTHER else TEXT, markeredgewidth=1.4, linestyle="none",
    )  # fmt: skip
    for end, is_open, arrow in ((low, lane.lower_is_open, "<"), (high, lane.upper_is_open, ">")):
        if is_open:
            axes.plot([end], [y], marker=arrow, markersize=6, color=TEXT, clip_on=False, zorder=4)
