"""How far the count of each force moved between two releases: dots about no change, in the order of names."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from stats.draw.moves_words import Subject, alt_of, description_of, moves_table, numbers_of, words_of
from stats.draw.page import DARK_BLUE, DARK_PINK, QUIET, RULE, TEXT, Drawing, page, styled
from stats.draw.ticks import label_ticks
from stats.estimate.releases import Moved
from stats.registers import Measure

BAND = "#DDE5EC"
LEFT, RIGHT, ROW = 2.15, 2.15, 0.19
"""Room beside the axes, and the height of a row, in inches."""


def draw_moves(name: str, moved: Moved, *, subject: Subject, measure: Measure, notes: Sequence[str] = ()) -> Drawing:
    """Return the drawing of revisions by force.

    Parameters
    ----------
    name : str
        Stem of the files.
    moved : Moved
        As `releases.moved_between` returns it.
    subject : Subject
    measure : Measure
    notes : sequence of str
    """
    table = moves_table(moved, subject)
    words, sources = words_of(table, moved, subject, notes), (subject.earlier, subject.later)
    with styled():
        figure, axes = page(words, sources, plot_height=ROW * (len(table) + 1.2), left=LEFT, right=RIGHT)
        _plot(axes, table, moved.middle_pct)
    return Drawing(
        name, figure, table, words, alt=alt_of(table, moved, subject), description=description_of(table),
        measures=(measure,), sources=sources, numbers=numbers_of(name, table, subject),
    )  # fmt: skip


def _plot(axes: Axes, table: pd.DataFrame, middle: tuple[float, float]) -> None:
    at = [0.0, *(row + 0.6 for row in range(1, len(table)))]
    _set_limits(axes, table["change_pct"], at[-1])
    axes.axvspan(*middle, ymax=(at[-1] - 0.4) / (at[-1] + 1.2), facecolor=BAND, edgecolor="none", zorder=0)
    axes.axvline(0, color=QUIET, linewidth=1.2, zorder=1)
    axes.axhline(0.8, color=RULE, linewidth=1)
    for y, row in zip(at, table.itertuples(), strict=True):
        axes.text(
            1.02, y, row.text, transform=axes.get_yaxis_transform(), va="center", ha="left", size=8.5, color=TEXT,
            weight="bold" if y == 0 else "normal",
        )  # fmt: skip
        if pd.notna(row.change_pct):
            _draw_row(axes, y, row.change_pct)
    axes.set_yticks(at, list(table["area_name"]), size=8.5)
    axes.get_yticklabels()[0].set_fontweight("bold")
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("change between the two releases, per cent of the earlier count", size=9)
    axes.grid(axis="x")


def _draw_row(axes: Axes, y: float, moved: float) -> None:
    """Draw the way from the earlier count to the later; England and Wales together is a diamond, no move is open."""
    colour = DARK_PINK if y == 0 else DARK_BLUE
    axes.plot([0, moved], [y, y], color=colour, linewidth=1.6, zorder=2)
    axes.plot(
        [moved], [y], color=colour, marker="D" if y == 0 else "o", markersize=6, zorder=3,
        markerfacecolor=colour if moved else "white", markeredgecolor=colour,
    )  # fmt: skip


def _set_limits(axes: Axes, percents: pd.Series, last: float) -> None:
    low, high = min(0.0, float(percents.min())), max(0.0, float(percents.max()))
    room = 0.06 * (high - low) or 1.0
    axes.set_xlim(low - room, high + room)
    axes.set_ylim(last + 0.6, -0.6)
    label_ticks(axes.xaxis, unit="%")
