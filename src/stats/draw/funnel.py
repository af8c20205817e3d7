"""Many areas of unlike size about their share together, within limits: a funnel, with no order but that of names."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from stats import present
from stats.draw.funnel_words import Subject, alt_of, description_of, numbers_of, plotted, words_of
from stats.draw.labels import SIZE, Box, Point, place
from stats.draw.page import DARK_BLUE, DARK_GREY, DARK_PINK, ORANGE, TEXT, WIDTH, Drawing, page, styled
from stats.estimate.forces import ABOVE, BELOW, LOWER_EDGE, SPECIAL, TOO_SMALL, UPPER_EDGE, WITHIN, ForcesCompared
from stats.registers import Break, Measure, Source

LEFT, RIGHT, PLOT_HEIGHT = 0.75, 1.35, 4.0
PLOT_WIDTH = WIDTH - LEFT - RIGHT
"""The axes of a funnel, in inches."""

MARKS: dict[str, dict[str, Any]] = {
    WITHIN: {"marker": "o", "markersize": 6, "markerfacecolor": DARK_BLUE, "markeredgecolor": "white"},
    UPPER_EDGE: {"marker": "^", "markersize": 8, "markerfacecolor": "white", "markeredgecolor": DARK_PINK},
    LOWER_EDGE: {"marker": "v", "markersize": 8, "markerfacecolor": "white", "markeredgecolor": DARK_PINK},
    ABOVE: {"marker": "^", "markersize": 9, "markerfacecolor": DARK_PINK, "markeredgecolor": "white"},
    BELOW: {"marker": "v", "markersize": 9, "markerfacecolor": DARK_PINK, "markeredgecolor": "white"},
    TOO_SMALL: {"marker": "D", "markersize": 6, "markerfacecolor": "white", "markeredgecolor": DARK_GREY},
    SPECIAL: {"marker": "s", "markersize": 6.5, "markerfacecolor": "white", "markeredgecolor": DARK_GREY},
}
"""Each verdict has a shape of its own, so that colour is never needed."""

LINES = {"998": (0.998, "-", "99.8% limit"), "95": (0.95, (0, (5, 3)), "95% limit")}
RING: dict[str, Any] = {
    "marker": "o",
    "markersize": 11,
    "markerfacecolor": "none",
    "markeredgecolor": DARK_PINK,
    "markeredgewidth": 1.8,
}
NAMED = [ABOVE, BELOW, UPPER_EDGE, LOWER_EDGE, TOO_SMALL, SPECIAL]
"""Verdicts whose forces are named on the figure, the first before the others."""

_CURVE, _POINT, _WIDER, _APART = 120, 0.07, 0.14, 0.17
_ROOM = Box(0.03, 0.03, PLOT_WIDTH - 0.03, PLOT_HEIGHT - 0.02)


def draw_funnel(
    name: str,
    compared: ForcesCompared,
    *,
    subject: Subject,
    measure: Measure,
    sources: Sequence[Source],
    breaks: Sequence[Break] = (),
    notes: Sequence[str] = (),
) -> Drawing:
    """Return the drawing of forces compared.

    Parameters
    ----------
    name : str
        Stem of the files.
    compared : ForcesCompared
    subject : Subject
        The offence group and the period, and the force to name on the figure, if any.
    measure : Measure
    sources : sequence of Source
    breaks : sequence of Break
        Those of single forces within the period, each a note: `estimate.forces.breaks_of_forces`.
    notes : sequence of str
    """
    table = plotted(compared)
    words = words_of(table, compared, subject, [*(present.capital(b.what_changed) for b in breaks), *notes])
    with styled():
        figure, axes = page(words, sources, plot_height=PLOT_HEIGHT, left=LEFT, right=RIGHT)
        _plot(axes, table, compared, subject)
    return Drawing(
        name, figure, table, words, alt=alt_of(table, compared, subject), description=description_of(table, compared),
        measures=(measure,), sources=tuple(sources), breaks=tuple(breaks),
        numbers=numbers_of(name, table, compared, subject),
    )  # fmt: skip


def _plot(axes: Axes, table: pd.DataFrame, compared: ForcesCompared, subject: Subject) -> None:
    shown = table[table["charged_pct"].notna()]
    bases = shown["recorded_n"].astype("float64")
    first, last = float(bases.min()) * 0.85, float(bases.max()) * 1.15
    judged = table[compared.judged]
    axes.set_xscale("log")
    axes.set_xlim(first, last)
    axes.set_ylim(0, 1.06 * float(max(shown["charged_pct"].max(), judged["high998_pct"].max())))
    axes.yaxis.set_major_formatter(lambda v, _: f"{v:g}%")
    axes.set_xticks(*_ticks(first, last), size=9)
    axes.minorticks_off()
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10], integer=True))
    axes.set_xlabel("offences recorded, on a logarithmic scale", size=9)
    axes.set_ylabel("charged so far", size=9)
    lines = _draw_limits(axes, compared, first, last)
    for verdict, mark in MARKS.items():
        rows = shown[shown["verdict"] == verdict]
        axes.plot(rows["recorded_n"].astype("float64"), rows["charged_pct"], linestyle="", zorder=3, **mark)
    _label_points(axes, shown, lines, subject)


def _draw_limits(axes: Axes, compared: ForcesCompared, first: float, last: float) -> list[list[Point]]:
    """Draw the limits and the share together, name them at their right ends, and return the lines."""
    base = np.geomspace(first, last, _CURVE).round(3)
    target = compared.funnel.target * 100
    curves, ends = [(np.full(_CURVE, target))], [(target, f"together {present.percent(compared.funnel.target)}")]
    axes.plot(base, curves[0], color=ORANGE, linewidth=1.2, zorder=1)
    for level, style, words in LINES.values():
        for curve in compared.funnel.limits(base, level):
            percent = (curve * 100).round(6)
            axes.plot(base, percent, color=DARK_GREY, linestyle=style, linewidth=1.3, zorder=1)
            curves.append(percent)
            ends.append((float(percent[-1]), words))
    top = axes.get_ylim()[1]
    heights = _apart([end / top * PLOT_HEIGHT for end, _ in ends])
    for height, (_, words) in zip(heights, ends, strict=True):
        axes.text(
            1.012, height / PLOT_HEIGHT, words, transform=axes.transAxes, ha="left", va="center", size=SIZE, color=TEXT
        )
    return [list(zip(base.tolist(), curve.tolist(), strict=True)) for curve in curves]


def _apart(heights: Sequence[float]) -> list[float]:
    """Move labels up just so far that none lies on another, keeping their order."""
    moved, floor = list(heights), -math.inf
    for at in sorted(range(len(heights)), key=lambda at: heights[at]):
        moved[at] = floor = max(heights[at], floor + _APART)
    return moved


def _label_points(axes: Axes, shown: pd.DataFrame, lines: Sequence[list[Point]], subject: Subject) -> None:
    """Name the highlighted force, then those outside, at an edge and without a verdict, where they fit."""
    inches = _to_inches(axes)
    chosen = subject.highlight.code if subject.highlight else ""
    points = {r.area_code: inches(float(r.recorded_n), r.charged_pct) for r in shown.itertuples()}
    order = {chosen: 0} | {
        row.area_code: NAMED.index(row.verdict) + 1
        for row in shown.itertuples()
        if row.verdict in NAMED and row.area_code != chosen
    }
    names = dict(zip(shown["area_code"], shown["area_name"], strict=True))
    segments = [(inches(*a), inches(*b)) for line in lines for a, b in pairwise(line)]
    taken: list[Box] = []
    for code in sorted(set(order) & set(points), key=lambda code: (order[code], code)):
        # A name keeps further from the other points that have one than from its own, so that it is read with its own.
        around = [_round(p, _WIDER if c in order and c != code else _POINT) for c, p in points.items()]
        for text, box in place([(names[code], points[code])], within=_ROOM, obstacles=around + taken, lines=segments):
            taken.append(box)
            axes.text(
                (box.left + box.right) / 2 / PLOT_WIDTH, (box.bottom + box.top) / 2 / PLOT_HEIGHT, text, ha="center",
                va="center", size=SIZE, color=TEXT, weight="bold" if code == chosen else "normal",
                transform=axes.transAxes,
            )  # fmt: skip
    if chosen in points:
        row = shown.set_index("area_code").loc[chosen]
        axes.plot([float(row["recorded_n"])], [row["charged_pct"]], linestyle="", zorder=4, **RING)


def _round(point: Point, radius: float) -> Box:
    x, y = point
    return Box(x - radius, y - radius, x + radius, y + radius)


def _to_inches(axes: Axes) -> Callable[[float, float], tuple[float, float]]:
    left, right = (math.log(end) for end in axes.get_xlim())
    top = axes.get_ylim()[1]
    return lambda x, y: ((math.log(x) - left) / (right - left) * PLOT_WIDTH, y / top * PLOT_HEIGHT)


def _ticks(first: float, last: float) -> tuple[list[int], list[str]]:
    ticks = [step * 10**power for power in range(7) for step in (1, 2, 5) if first <= step * 10**power <= last]
    return ticks, [present.count(tick) for tick in ticks]
