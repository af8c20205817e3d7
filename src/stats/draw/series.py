"""A series over time, cut where its meaning changed: counts, or a rate per 1,000 residents."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from stats import present
from stats.draw.labels import SIZE, Box, place
from stats.draw.page import DARK_BLUE, QUIET, TEXT, Drawing, page, styled
from stats.draw.series_words import Subject, alt_of, description_of, numbers_of, words_of
from stats.draw.ticks import label_ticks, set_height
from stats.draw.time_axis import (
    LEFT,
    PLOT_HEIGHT,
    PLOT_WIDTH,
    RIGHT,
    draw_break,
    label_time,
    number_places,
    position,
    to_inches,
)
from stats.errors import NotToHand
from stats.estimate.counts import as_table, breaks_between
from stats.estimate.estimate import Estimate
from stats.period import Period
from stats.registers import Break, Gap, Source

MOST_LABELS = 12

_CLEAR: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
"""Behind a text, so that no line runs through it."""


def draw_series(
    name: str,
    estimates: Sequence[Estimate | None],
    periods: Sequence[Period],
    *,
    subject: Subject,
    breaks: Sequence[Break],
    sources: Sequence[Source],
    gaps: Sequence[Gap] = (),
    notes: Sequence[str] = (),
) -> Drawing:
    """Return the drawing of a series.

    Parameters
    ----------
    name : str
        Stem of the files.
    estimates : sequence of Estimate or None
        One for each period; None where it is not to hand.
    periods : sequence of Period
    subject : Subject
    breaks : sequence of Break
        Every registered break and notice of the series.
    sources : sequence of Source
    gaps : sequence of Gap
        Every registered gap of the series and, for a rate, of the population.
    notes : sequence of str
        Printed under the plot, after the breaks.
    """
    if not any(estimates):
        raise NotToHand(
            f"no {subject.measure.plain_name} is to hand for {subject.area.name}.",
            [("asked", f"{periods[0]} to {periods[-1]}")],
            "Choose a period within the data; nothing is filled in.",
        )
    table = _table(estimates, periods, breaks)
    crossed = breaks_between(periods, breaks)
    words = words_of(table, periods, subject, crossed, breaks, gaps, notes)
    with styled():
        figure, axes = page(words, sources, plot_height=PLOT_HEIGHT, left=LEFT, right=RIGHT)
        _plot(axes, table, periods, crossed)
    return Drawing(
        name, figure, table, words, alt=alt_of(table, subject, crossed),
        description=description_of(table, subject, crossed),
        measures=(subject.measure,), sources=tuple(sources), breaks=tuple(crossed),
        numbers=numbers_of(name, table, estimates, subject),
    )  # fmt: skip


def _table(estimates: Sequence[Estimate | None], periods: Sequence[Period], breaks: Sequence[Break]) -> pd.DataFrame:
    rows = as_table([e for e in estimates if e], breaks)
    frame = pd.DataFrame({"period": [p.label for p in periods], "short": [p.short for p in periods]})
    table = frame.merge(rows, on="period", how="left")
    text = [
        present.value(v, unit=u) if pd.notna(v) else "[x]" for v, u in zip(table["value"], table["unit"], strict=True)
    ]
    # A run also ends at a missing period: a line drawn over a hole would invent what is not to hand.
    hole = table["value"].isna().cumsum()
    run = (table["run"].astype("float") * 1000 + hole).rank(method="dense").astype("Int64")
    return table.assign(run=run, status=["[x]" if t == "[x]" else "" for t in text], text=text)


def _plot(axes: Axes, table: pd.DataFrame, periods: Sequence[Period], crossed: Sequence[Break]) -> None:
    at = table.index.to_numpy()
    for _, run in table.dropna(subset=["value"]).groupby("run"):
        mixed = run["is_mixed"].astype(bool)
        axes.plot(run.index, run["value"], color=DARK_BLUE, marker="o", markersize=_marker(len(table)))
        axes.plot(
            run.index[mixed], run["value"][mixed], linestyle="", marker="o", markersize=_marker(len(table)) + 1,
            markerfacecolor="white", markeredgecolor=DARK_BLUE, markeredgewidth=1.6,
        )  # fmt: skip
    top = set_height(axes, float(table["value"].min()), float(table["value"].max()))
    axes.set_xlim(-0.6 - len(at) / 60, len(at) - 0.4 + len(at) / 60)
    label_ticks(
        axes.yaxis, whole=bool(table["unit"].eq("count").any()), lowest=0.0 if table["value"].min() >= 0 else None
    )
    axes.grid(axis="y")
    marks = number_places([position(entry, periods) for entry in crossed], top, apart=len(at) / 24)
    _label_values(axes, table, marks)
    label_time(axes, periods)
    for number, mark in enumerate(marks, start=1):
        draw_break(axes, number, *mark)
    for missing in table.index[table["value"].isna()]:
        axes.text(missing, top * 0.012, "[x]", ha="center", va="bottom", size=9, color=QUIET, bbox=_CLEAR)


def _label_values(axes: Axes, table: pd.DataFrame, marks: Sequence[tuple[float, float]]) -> None:
    """Print the values that fit, the last and the first before the larger ones."""
    known = table.dropna(subset=["value"])
    chosen = list(known.index)
    if len(table) > MOST_LABELS:
        low = known.index[known["value"] <= 0]
        chosen = [known.index[0], known.index[-1], *known.groupby("run")["value"].idxmax(), *low]
    ends = (known.index[-1], known.index[0])
    values = known["value"].astype("float64")
    chosen = sorted(set(chosen), key=lambda at: (at != ends[0], at != ends[1], values[at] >= 0, -values[at], at))
    inches = to_inches(axes)
    points = {at: inches(at, float(value)) for at, value in known["value"].items()}
    lines = [(points[a], points[b]) for _, run in known.groupby("run") for a, b in pairwise(run.index)]
    radius = _marker(len(table)) / 144 + 0.015
    missing = [(*inches(at, 0), 0.14) for at in table.index[table["value"].isna()]]
    solid = [(*point, radius) for point in points.values()] + [(*inches(*mark), 0.13) for mark in marks] + missing
    placed = place(
        [(str(known.loc[at, "text"]), points[at]) for at in chosen],
        within=Box(0.03, 0.03, PLOT_WIDTH + RIGHT - 0.05, 9),
        obstacles=[Box(x - r, y - r, x + r, y + r) for x, y, r in solid],
        lines=lines,
        rather_not=[Box(x - 0.02, 0, x + 0.02, y) for x, y in (inches(*mark) for mark in marks)],
    )
    for text, box in placed:
        x, y = (box.left + box.right) / 2 / PLOT_WIDTH, (box.bottom + box.top) / 2 / PLOT_HEIGHT
        axes.text(
            x, y, text, ha="center", va="center", size=SIZE, color=TEXT, transform=axes.transAxes,
            bbox=_CLEAR,
        )  # fmt: skip


def _marker(points: int) -> float:
    return 6 if points <= 16 else 3.5
