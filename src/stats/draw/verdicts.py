"""Claims beside the figures they were judged by: a row each, a range against a range, shares apart from counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from stats.claims.compared import Axis, Left, Row, must_be_published
from stats.draw.page import MARGIN, QUIET, RULE, TEXT, WIDTH, Drawing, Words, page, styled
from stats.draw.verdicts_key import draw_key, height_of_key
from stats.draw.verdicts_lanes import OTHER, OWN, verdicts_table
from stats.draw.verdicts_marks import draw_lane, join_to_figure, set_scale
from stats.draw.verdicts_rows import LEFT, LINE, RIGHT, SIZE, Laid, laid_out
from stats.draw.verdicts_words import alt_of, description_of, numbers_of, words_of
from stats.errors import NotToHand
from stats.registers import Registers, Source

HEAD, FOOT = 0.34, 0.5
"""Heights in inches: of the heading of a panel, and of the axis below it."""

HEADINGS: dict[Axis, str] = {
    "share": "Shares, per cent",
    "count": "Counts, as a multiple of the figure they were judged by",
}
ENDS: dict[Axis, str] = {"share": "per cent of the base of each", "count": "as many as the figure says (log scale)"}


def draw_verdicts(
    name: str,
    rows: Sequence[Row],
    *,
    registers: Registers,
    sources: Sequence[Source],
    left: Sequence[Left] = (),
    day: str | None = None,
    reading: str = "both",
) -> Drawing:
    """Return the drawing of claims beside their evidence.

    Parameters
    ----------
    name : str
        Stem of the files.
    rows : sequence of Row
        As `claims.compared.compared` returns them.
    registers : Registers
    sources : sequence of Source
        The documents of the claims, and what their figures were read from.
    left : sequence of Left
        The claims of the same documents that cannot be drawn.
    day : str, optional
        The day as at which they were judged.
    reading : {"both", "default", "strict"}

    Raises
    ------
    NotToHand
        If there is no claim to draw.
    NotHonest
        If a claim or a figure was made up.
    """
    if not rows:
        raise _nothing_to_draw(left, day)
    must_be_published(rows)
    table = verdicts_table(rows, reading, registers)
    words = words_of(rows, table, len(left), day, registers)
    panels = {axis: laid_out(rows, table, axis) for axis in dict.fromkeys(row.axis for row in rows)}
    with styled():
        figure = _lay(words, sources, panels, table)
    measures = {m: registers.measures[m] for m in table["measure"] if m in registers.measures}
    return Drawing(
        name, figure, table, words, alt_of(rows), description_of(rows, table), tuple(measures.values()),
        tuple(sources), claims=tuple(row.claim.id for row in rows), numbers=numbers_of(name, rows, registers),
    )  # fmt: skip


def _nothing_to_draw(left: Sequence[Left], day: str | None) -> NotToHand:
    return NotToHand(
        f"no claim asked for can stand beside a figure{f' as known on {day}' if day else ''}.",
        [(one.claim.id, f"“{one.claim.words}”: {one.why}") for one in left],
        "Ask as at a later day, or choose another document.",
    )


def _lay(words: Words, sources: Sequence[Source], panels: Mapping[Axis, list[Laid]], table: pd.DataFrame) -> Canvas:
    """Return the page with its key and panels; `page` leaves room for one, which the panels share."""
    key = height_of_key(table)
    heights = {axis: HEAD + fsum(laid.height for laid in rows) for axis, rows in panels.items()}
    total = key + fsum(heights.values()) + FOOT * (len(panels) - 1)
    figure, first = page(words, sources, plot_height=total, left=LEFT, right=RIGHT)
    box = first.get_position()
    first.remove()
    high = float(figure.get_figheight())
    top = box.y1 * high
    draw_key(figure, table, top=top, left=MARGIN, width=WIDTH - 2 * MARGIN)
    top -= key
    for axis, rows in panels.items():
        tall = heights[axis] - HEAD
        place = (box.x0, (top - heights[axis]) / high, box.width, tall / high)
        x, y, width, height = (round(edge, 6) for edge in place)
        _panel(figure.add_axes((x, y, width, height)), axis, rows, table)
        top -= heights[axis] + FOOT
    return figure


def _panel(axes: Axes, axis: Axis, rows: Sequence[Laid], table: pd.DataFrame) -> None:
    set_scale(axes, axis, table[table["axis"] == axis])
    axes.set_ylim(fsum(laid.height for laid in rows), 0)
    axes.set_yticks([])
    axes.set_xlabel(ENDS[axis], size=SIZE)
    axes.grid(axis="x")
    wide = WIDTH - LEFT - RIGHT
    start = (MARGIN - LEFT) / wide
    axes.text(start, -0.1, HEADINGS[axis], transform=axes.get_yaxis_transform(), size=10, weight="bold", color=TEXT)
    for laid in rows:
        axes.plot(
            [start, 1 + (RIGHT - MARGIN) / wide], [laid.top, laid.top], transform=axes.get_yaxis_transform(),
            color=RULE, linewidth=0.8, clip_on=False, zorder=0, solid_capstyle="butt",
        )  # fmt: skip
        _label(axes, laid, start)
        _draw(axes, laid)


def _label(axes: Axes, laid: Laid, start: float) -> None:
    """Write the verdict, the words as quoted, and whose they are."""
    at = laid.top + 0.07
    for text, weight, colour in laid.label:
        axes.text(
            start, at, text, transform=axes.get_yaxis_transform(), size=SIZE, weight=weight, color=colour, va="top",
            ha="left", linespacing=1.25,
        )  # fmt: skip
        at += LINE * (text.count("\n") + 1)


def _draw(axes: Axes, laid: Laid) -> None:
    join_to_figure(axes, laid)
    for y, lane in zip(laid.lanes, laid.table.itertuples(), strict=False):
        draw_lane(axes, y, lane)
    roles = [*laid.table["role"], *[""] * (len(laid.texts) - len(laid.table))]
    for y, text, role in zip(laid.lanes, laid.texts, roles, strict=True):
        axes.text(
            1.05, y, text, transform=axes.get_yaxis_transform(), va="center", ha="left", size=SIZE, linespacing=1.25,
            color=TEXT if role in (OWN, OTHER) else QUIET,
        )  # fmt: skip
