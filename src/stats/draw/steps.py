"""A ladder drawn as a table of steps: the unit changes at every rung, so nothing flows from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from stats.draw.page import DARK_BLUE, QUIET, RULE, TEXT, Drawing, Number, Words, page, styled, wrap
from stats.registers import Measure, Source

_LEFTS = (0.0, 0.29, 0.56)
_STEP, _UNIT, _ABOUT = 22, 28, 50
"""Characters on a line of each column."""


def draw_steps(
    name: str,
    table: pd.DataFrame,
    *,
    words: Words,
    alt: str,
    description: str,
    heads: tuple[str, str, str] = ("Step", "Number", "What is counted, when, and who says so"),
    measures: Sequence[Measure],
    sources: Sequence[Source],
    claims: Sequence[str] = (),
    numbers: Sequence[Number] = (),
) -> Drawing:
    """Return the drawing of a ladder.

    Parameters
    ----------
    name : str
        Stem of the files.
    table : DataFrame
        One row a rung: `step`, `text` (the number as printed, or [x]), `unit`, `about` (what, when, who).
    heads : three str
        What stands above the columns.
    words, alt, description, measures, sources, claims, numbers
        As `Drawing` takes them.
    """
    heights = [_height(row) for row in table.itertuples()]
    with styled():
        figure, axes = page(words, sources, plot_height=fsum(heights) + 0.3, left=0.15, right=0.15)
        _plot(axes, table, heights, heads)
    return Drawing(
        name, figure, table, words, alt, description, tuple(measures), tuple(sources), claims=tuple(claims),
        numbers=tuple(numbers),
    )  # fmt: skip


def _height(row: Any) -> float:
    lines = max(
        wrap(row.about, _ABOUT).count("\n") + 1,
        wrap(row.unit, _UNIT).count("\n") + 2,
        wrap(row.step, _STEP).count("\n") + 1,
    )
    return max(0.55, 0.165 * lines + 0.2)


def _plot(axes: Axes, table: pd.DataFrame, heights: Sequence[float], heads: Sequence[str]) -> None:
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(fsum(heights), -0.3)
    for left, head in zip(_LEFTS, heads, strict=True):
        axes.text(left, -0.12, head, size=9.5, weight="bold", color=QUIET, va="center")
    top = 0.0
    for height, row in zip(heights, table.itertuples(), strict=True):
        axes.axhline(top, color=RULE, linewidth=1)
        middle = top + height / 2
        axes.text(_LEFTS[0], middle, wrap(row.step, _STEP), size=10.5, weight="bold", va="center", color=TEXT)
        unit = wrap(row.unit, _UNIT)
        axes.text(
            _LEFTS[1],
            middle - 0.09 - 0.07 * unit.count("\n"),
            row.text,
            size=13,
            weight="bold",
            va="center",
            color=DARK_BLUE,
        )
        axes.text(_LEFTS[1], middle + 0.06 - 0.07 * unit.count("\n"), unit, size=9, va="top", color=TEXT)
        axes.text(_LEFTS[2], middle, wrap(row.about, _ABOUT), size=8.8, va="center", color=TEXT, linespacing=1.2)
        top += height
    axes.axhline(top, color=RULE, linewidth=1)
