"""Quarterly counts as points, with a fitted line and its band for each run between breaks that is long enough."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise, product

import pandas as pd
from matplotlib.axes import Axes

from stats import present
from stats.draw.labels import SIZE, Box, Point, place
from stats.draw.page import DARK_BLUE, DARK_GREY, TEXT, Drawing, page, styled
from stats.draw.series_words import Subject
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
from stats.draw.trend_words import alt_of, description_of, interval, numbers_of, rounded_ratios, verdict, words_of
from stats.estimate.counts import breaks_between
from stats.estimate.trend_runs import Run
from stats.period import Period
from stats.registers import Break, Source
from stats.registers.breaks import Gap

BAND = "#C6D0DB"
LINE_PLACES = 3
"""Decimals of fitted counts: what lies beyond differs from one processor to another."""

_LOWER_BY = 0.11
"""Inches between two places that are tried for a label, one above the other."""


def draw_trend(
    name: str,
    runs: Sequence[Run],
    *,
    subject: Subject,
    breaks: Sequence[Break],
    sources: Sequence[Source],
    gaps: Sequence[Gap] = (),
    covered: Period | None = None,
) -> Drawing:
    """Return the drawing of a series with the trend of each run.

    Parameters
    ----------
    name : str
        Stem of the files.
    runs : sequence of Run
        As `trend_runs.trends_between_breaks` returns them.
    subject : Subject
    breaks : sequence of Break
        Every registered break and notice of the series.
    sources : sequence of Source
    gaps : sequence of Gap
        Of the counts, and of the population, which is why none is taken into account.
    covered : Period, optional
        What is to hand; a span that begins or ends inside a run is then said to.
    """
    table = _table(runs)
    periods = [period for run in runs for period in run.periods]
    crossed = breaks_between(periods, breaks)
    words = words_of(runs, periods, subject, crossed, breaks, gaps, covered)
    with styled():
        figure, axes = page(words, sources, plot_height=PLOT_HEIGHT, left=LEFT, right=RIGHT)
        top = _plot(axes, table)
        marks = number_places([position(entry, periods) for entry in crossed], top, apart=len(table) / 24)
        _label_runs(axes, table, runs, marks)
        label_time(axes, periods)
        for number, mark in enumerate(marks, start=1):
            draw_break(axes, number, *mark)
    return Drawing(
        name, figure, table, words, alt=alt_of(runs, periods, subject, crossed),
        description=description_of(table, runs, crossed), measures=(subject.measure,), sources=tuple(sources),
        breaks=tuple(crossed), numbers=numbers_of(name, runs, subject),
    )  # fmt: skip


def _table(runs: Sequence[Run]) -> pd.DataFrame:
    return pd.concat([_rows(number, run) for number, run in enumerate(runs, start=1)], ignore_index=True)


def _rows(number: int, run: Run) -> pd.DataFrame:
    counts = [int(count.value) for count in run.counts]
    rows = pd.DataFrame(
        {
            "period": [p.label for p in run.periods], "short": [p.short for p in run.periods],
            "period_start": [p.start for p in run.periods], "period_end": [p.end for p in run.periods],
            "run": number, "is_mixed": run.is_mixed, "offences_n": counts,
            "text": [present.count(count) for count in counts],
        }
    )  # fmt: skip
    none = pd.DataFrame(math.nan, index=rows.index, columns=["value", "lower", "upper"])
    line = (run.found.line if run.found else none).round(LINE_PLACES)
    ratios = rounded_ratios(run)
    return rows.assign(
        trend_n=line["value"], trend_lower_n=line["lower"], trend_upper_n=line["upper"], change_ratio=ratios[0],
        change_lower_ratio=ratios[1], change_upper_ratio=ratios[2], change_text=verdict(run),
        interval_text=interval(run), method=run.found.ratio.method if run.found else "",
    )  # fmt: skip


def _plot(axes: Axes, table: pd.DataFrame) -> float:
    """Draw points, lines and bands, and return the upper end of the axis."""
    for _, run in table.dropna(subset=["trend_n"]).groupby("run"):
        axes.fill_between(
            run.index, run["trend_lower_n"], run["trend_upper_n"], facecolor=BAND, edgecolor=DARK_BLUE, linewidth=0.6
        )
        axes.plot(run.index, run["trend_n"], color=DARK_BLUE, linewidth=2.2)
    for is_mixed, points in table.groupby("is_mixed"):
        axes.plot(
            points.index, points["offences_n"], color=DARK_GREY, linestyle="", marker="o",
            markersize=4.5 if is_mixed else 4, markeredgecolor=DARK_GREY,
            markerfacecolor="white" if is_mixed else DARK_GREY, markeredgewidth=1.6 if is_mixed else 1,
        )  # fmt: skip
    points, band = float(table["offences_n"].max()), float(table["trend_upper_n"].max())
    most = max(points, min(band, 1.5 * points)) if not math.isnan(band) else points
    top = set_height(axes, float(table["offences_n"].min()), most, headroom=0.35)
    axes.set_xlim(-0.6 - len(table) / 60, len(table) - 0.4 + len(table) / 60)
    label_ticks(axes.yaxis, whole=True, lowest=0.0 if table["offences_n"].min() >= 0 else None)
    axes.grid(axis="y")
    return top


def _label_runs(axes: Axes, table: pd.DataFrame, runs: Sequence[Run], marks: Sequence[tuple[float, float]]) -> None:
    """Print what is said of each run over it, the runs with a trend first."""
    inches = to_inches(axes)
    solid = _solid(table, marks, axes)
    lines = [
        (inches(a, table.loc[a, "trend_n"]), inches(b, table.loc[b, "trend_n"]))
        for _, run in table.dropna(subset=["trend_n"]).groupby("run")
        for a, b in pairwise(run.index)
    ]
    upright = [Box(x - 0.02, 0, x + 0.02, y) for x, y in (inches(*mark) for mark in marks)]
    order = sorted(range(len(runs)), key=lambda at: (runs[at].found is None, -len(runs[at].counts)))
    for at in order:
        text = _label(runs[at])
        box = _free(text, table[table["run"] == at + 1], axes, solid, lines, upright) if text else None
        if box:
            solid.append(box)
            x, y = (box.left + box.right) / 2 / PLOT_WIDTH, (box.bottom + box.top) / 2 / PLOT_HEIGHT
            axes.text(
                x, y, text, ha="center", va="center", size=SIZE, color=TEXT, transform=axes.transAxes, linespacing=1.2,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
            )  # fmt: skip


def _label(run: Run) -> str:
    if run.is_mixed:
        return ""
    return f"{verdict(run)}\n({interval(run)})" if run.found else verdict(run).replace(" to say", "\nto say")


def _solid(table: pd.DataFrame, marks: Sequence[tuple[float, float]], axes: Axes) -> list[Box]:
    """Return what no label may cover: points, bands, numbers of breaks."""
    inches = to_inches(axes)
    found = [(*inches(at, n), 0.05) for at, n in table["offences_n"].items()] + [(*inches(*m), 0.13) for m in marks]
    boxes = [Box(x - r, y - r, x + r, y + r) for x, y, r in found]
    wide = inches(0.5, 0)[0] - inches(0, 0)[0]
    for at, row in table.dropna(subset=["trend_n"]).iterrows():
        x, low = inches(at, row["trend_lower_n"])
        boxes.append(Box(x - wide, low, x + wide, min(inches(at, row["trend_upper_n"])[1], PLOT_HEIGHT)))
    return boxes


def _free(
    text: str, rows: pd.DataFrame, axes: Axes, solid: Sequence[Box], lines: Sequence[tuple[Point, Point]],
    upright: Sequence[Box],
) -> Box | None:  # fmt: skip
    """Return the lowest free place over the middle of a run, or under it, for a label that would not be left out."""
    inches = to_inches(axes)
    x = inches((rows.index[0] + rows.index[-1]) / 2, 0)[0]
    _, high = inches(0, float(rows[["offences_n", "trend_upper_n"]].max().max()))
    heights = sorted((min(high, PLOT_HEIGHT) + _LOWER_BY * k for k in range(-30, 30)), key=lambda y: abs(y - high))
    within = Box(0.03, 0.03, PLOT_WIDTH + RIGHT - 0.05, PLOT_HEIGHT)
    for only_over, y in [*product((True,), heights), *product((False,), heights)]:
        placed = place(
            [(text, (x, y))], within=within, obstacles=solid, lines=lines, rather_not=upright, only_over=only_over
        )
        for _, box in placed:
            if box.top < PLOT_HEIGHT:
                return box
    return None
