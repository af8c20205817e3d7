"""A series over time, cut where its meaning changed: counts, or a rate per 1,000 residents."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from stats import present
from stats.draw.page import DARK_BLUE, ORANGE, QUIET, TEXT, Drawing, page, styled
from stats.draw.series_words import Subject, alt_of, description_of, numbers_of, words_of
from stats.errors import NotToHand
from stats.estimate.counts import as_table, breaks_between
from stats.estimate.estimate import Estimate
from stats.period import Period
from stats.registers import Break, Source

MOST_LABELS = 12


def draw_series(
    name: str,
    estimates: Sequence[Estimate | None],
    periods: Sequence[Period],
    *,
    subject: Subject,
    breaks: Sequence[Break],
    sources: Sequence[Source],
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
    words = words_of(table, periods, subject, crossed, breaks, notes)
    with styled():
        figure, axes = page(words, sources, plot_height=3.3, left=0.85, right=0.45)
        _plot(axes, table, periods, crossed)
    return Drawing(
        name, figure, table, words, alt=alt_of(table, subject, crossed),
        description=description_of(table, subject, crossed),
        measures=(subject.measure,), sources=tuple(sources), breaks=tuple(crossed),
        numbers=numbers_of(name, table, subject),
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
    top = float(table["value"].max()) * 1.22
    axes.set_ylim(min(0.0, float(table["value"].min()) * 1.3), top or 1)
    axes.set_xlim(-0.6 - len(at) / 60, len(at) - 0.4 + len(at) / 60)
    places = max(0, 1 - math.floor(math.log10(top))) if 0 < top < 10 else 0
    axes.yaxis.set_major_formatter(lambda v, _: f"{v:,.{places}f}")
    axes.grid(axis="y")
    _label_values(axes, table, top)
    _label_time(axes, table, periods)
    places_of = [_position(entry, periods) for entry in crossed]
    for number, at_break in enumerate(places_of, start=1):
        is_close = number > 1 and at_break - places_of[number - 2] < len(at) / 24
        _draw_break(axes, number, at_break, top * (0.89 if is_close else 0.965))
    for missing in table.index[table["value"].isna()]:
        axes.text(missing, top * 0.012, "[x]", ha="center", va="bottom", size=9, color=QUIET)


def _label_values(axes: Axes, table: pd.DataFrame, top: float) -> None:
    known = table.dropna(subset=["value"])
    if len(table) <= MOST_LABELS:
        chosen = set(known.index)
    else:
        runs = known.groupby("run")["value"]
        chosen = {known.index[0], known.index[-1], *runs.idxmax().tolist()} if len(known) else set()
        chosen = {at for at in chosen if at == known.index[-1] or not _covers_a_point(known, at, top, len(table) / 24)}
        chosen = _apart(sorted(chosen), known, least=len(table) / 14)
    for at in chosen:
        x, y, ha, va = _beside_line(known, at, top)
        axes.text(
            x, y, known.loc[at, "text"], ha=ha, va=va, size=9, color=TEXT,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )  # fmt: skip


def _beside_line(known: pd.DataFrame, at: int, top: float) -> tuple[float, float, str, str]:
    """Return where a label stands so that its white ground hides no part of its own line."""
    value, step = float(known.loc[at, "value"]), top * 0.026
    run = known[known["run"] == known.loc[at, "run"]]["value"]
    climbs_after = at + 1 in run.index and run[at + 1] > value + step
    climbs_before = at - 1 in run.index and run[at - 1] > value + step
    if climbs_after and climbs_before:
        return at, value - step, "center", "top"
    if climbs_after and at - 1 not in run.index and value > top * 0.1:
        return at, value - step, "center", "top"
    if climbs_after:
        return at + 0.06, value + step, "right", "bottom"
    if climbs_before:
        return at - 0.06, value + step, "left", "bottom"
    return at, value + step, "center", "bottom"


def _covers_a_point(known: pd.DataFrame, at: int, top: float, width: float) -> bool:
    """Whether a label above this point would lie over a neighbour's point."""
    near = known[(abs(known.index - at) <= width) & (known.index != at)]["value"] - known.loc[at, "value"]
    return bool(near.between(0, top * 0.1, inclusive="neither").any())


def _apart(chosen: list[int], known: pd.DataFrame, *, least: float) -> set[int]:
    """Drop labels that would touch: the last point stays, then the larger values."""
    kept: list[int] = []
    for at in sorted(chosen, key=lambda i: (i != known.index[-1], -known.loc[i, "value"])):
        if all(abs(at - other) >= least for other in kept):
            kept.append(at)
    return set(kept)


def _label_time(axes: Axes, table: pd.DataFrame, periods: Sequence[Period]) -> None:
    if periods[0].months == 3:
        ticks = [i for i, p in enumerate(periods) if p.start.month == 4] or [0]
        labels = [periods[i].short.removesuffix(" Q1") for i in ticks]
    else:
        ticks, labels = list(range(len(periods))), list(table["short"])
        labels = [label.replace("year ending ", "").replace(" ", "\n") for label in labels]
    every = -(-len(ticks) // (8 if "\n" in labels[0] else 12))
    ticks, labels = ticks[::every], labels[::every]
    axes.set_xticks(ticks, labels, size=9)
    if periods[0].months == 3:
        axes.set_xlabel("financial year, first quarter at the tick", size=9)


def _position(entry: Break, periods: Sequence[Period]) -> float:
    """Where the cut is drawn: between two periods, or at the period that the break falls inside."""
    at = next(i for i, p in enumerate(periods) if entry.date <= p.end)
    return at - 0.5 if entry.date <= periods[at].start else at


def _draw_break(axes: Axes, number: int, at: float, height: float) -> None:
    axes.axvline(at, ymax=0.93, color=ORANGE, linestyle=(0, (4, 3)), linewidth=1.4, zorder=0)
    axes.text(
        at, height, str(number), ha="center", va="center", size=9, color=TEXT, weight="bold",
        bbox={"boxstyle": "circle,pad=0.25", "facecolor": "white", "edgecolor": ORANGE, "linewidth": 1.4},
    )  # fmt: skip


def _marker(points: int) -> float:
    return 6 if points <= 16 else 3.5
