"""A value with its range, one row each: bounds while outcomes are pending, counts that words allow, published rates."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from stats.draw.page import DARK_BLUE, DARK_GREY, TEXT, Drawing, Number, Words, page, styled, wrap
from stats.registers import Measure, Source

ROW_COLUMNS = ("label", "value_pct", "lower_pct", "upper_pct", "is_bound", "text", "status")
"""What a table of rows must have; `is_bound` marks a range whose words give one end only."""


def draw_ranges(
    name: str,
    table: pd.DataFrame,
    *,
    words: Words,
    axis: str,
    alt: str,
    description: str,
    measures: Sequence[Measure],
    sources: Sequence[Source],
    claims: Sequence[str] = (),
    numbers: Sequence[Number] = (),
    end: float | None = None,
) -> Drawing:
    """Return the drawing of a table of ranges.

    Parameters
    ----------
    name : str
        Stem of the files.
    table : DataFrame
        The columns of `ROW_COLUMNS` and any others worth keeping; percentages from 0 to 100.
    words : Words
    axis : str
        What the horizontal axis measures.
    alt, description : str
        Built from the table by the caller, who knows what it means.
    measures, sources, claims, numbers
        As `Drawing` takes them.
    end : float, optional
        Where the axis ends, in per cent; by default a little beyond the largest value.
    """
    labels = [wrap(label, 38) for label in table["label"]]
    heights = [max(0.42, 0.175 * max(label.count("\n") + 1, wrap(text, 34).count("\n") + 1) + 0.16)
               for label, text in zip(labels, table["text"], strict=True)]  # fmt: skip
    with styled():
        figure, axes = page(words, sources, plot_height=fsum(heights) + 0.1, left=2.95, right=2.45)
        _plot(axes, table, labels, heights, axis, end)
    return Drawing(
        name, figure, table, words, alt, description, tuple(measures), tuple(sources), claims=tuple(claims),
        numbers=tuple(numbers),
    )  # fmt: skip


def _plot(
    axes: Axes, table: pd.DataFrame, labels: Sequence[str], heights: Sequence[float], axis: str, end: float | None
) -> None:
    tops = [fsum(heights[:i]) for i in range(len(heights))]
    middles = [top + height / 2 for top, height in zip(tops, heights, strict=True)]
    high = float(table[["value_pct", "upper_pct"]].max().max())
    end = end or (100.0 if high > 60 else max(1.0, high * 1.12))
    for y, row in zip(middles, table.itertuples(), strict=True):
        _draw_row(axes, y, row, end)
        axes.text(
            1.03,
            y,
            wrap(row.text, 34),
            transform=axes.get_yaxis_transform(),
            va="center",
            ha="left",
            size=9,
            color=TEXT,
        )
    for top in tops[1:]:
        axes.axhline(top, color="#E8E8E8", linewidth=0.8, zorder=0)
    axes.set_xlim(0, end)
    axes.set_ylim(fsum(heights), -0.05)
    axes.set_yticks(middles, labels, size=9)
    axes.tick_params(axis="y", length=0, pad=8)
    axes.xaxis.set_major_formatter(lambda v, _: f"{v:g}%")
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axes.set_xlabel(axis, size=9)
    axes.grid(axis="x")


def _draw_row(axes: Axes, y: float, row: Any, end: float) -> None:
    if pd.notna(row.lower_pct) and pd.notna(row.upper_pct):
        if row.is_bound:
            axes.annotate(
                "",
                (row.upper_pct, y),
                (row.lower_pct, y),
                arrowprops={"arrowstyle": "->", "color": DARK_BLUE, "linewidth": 1.6, "linestyle": "--"},
            )
            axes.plot([row.lower_pct], [y], marker="|", markersize=11, markeredgewidth=2, color=DARK_BLUE)
        else:
            axes.plot(
                [row.lower_pct, row.upper_pct],
                [y, y],
                color=DARK_BLUE,
                linewidth=2,
                marker="|",
                markersize=9,
                markeredgewidth=2,
            )
    if pd.notna(row.value_pct):
        axes.plot(
            [row.value_pct],
            [y],
            marker="o",
            markersize=8,
            color=DARK_BLUE,
            markeredgecolor="white",
            zorder=4,
            clip_on=False,
        )
    elif pd.isna(row.lower_pct):
        axes.text(end * 0.01, y, row.status or "[x]", va="center", ha="left", size=9, color=DARK_GREY)
