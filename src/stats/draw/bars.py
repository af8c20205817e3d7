"""Shares of one whole as bars from zero: an area, and England and Wales beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from stats import present
from stats.draw.labels import width_of
from stats.draw.notes import coverage, few
from stats.draw.page import DARK_BLUE, DARK_GREY, TEXT, WIDTH, Drawing, Number, Words, page, styled, wrap
from stats.draw.ticks import label_ticks
from stats.estimate.small_counts import WITHHELD
from stats.period import Period
from stats.registers import Area, Measure, OffenceGroup, Source

_HATCH = "////"
LEFT = 2.5
PLOT_WIDTH = WIDTH - LEFT - 0.3
_APART = 0.35
"""Inches between a bar, its number and its name."""


def draw_outcomes(
    name: str,
    tables: Sequence[tuple[Area, pd.DataFrame]],
    *,
    group: OffenceGroup,
    period: Period,
    measure: Measure,
    sources: Sequence[Source],
    notes: Sequence[str] = (),
) -> Drawing:
    """Return the drawing of what became of recorded offences.

    Parameters
    ----------
    name : str
        Stem of the files.
    tables : sequence of (Area, DataFrame)
        One or two areas, each with the table of `attrition.outcome_groups`.
    group : OffenceGroup
    period : Period
        In which the offences were recorded.
    measure : Measure
    sources : sequence of Source
    notes : sequence of str
    """
    table = pd.concat([_plotted(area, rows) for area, rows in tables], ignore_index=True)
    words = _words(table, tables, group, period, measure, notes)
    with styled():
        a_group = max(0.36, 0.2 * len(tables) + 0.08)  # its name takes two lines
        figure, axes = page(words, sources, plot_height=0.3 + len(tables[0][1]) * a_group, left=LEFT)
        _plot(axes, table, [area for area, _ in tables])
    return Drawing(
        name, figure, table, words, alt=_alt(table, tables, group, period), description=_description(table),
        measures=(measure,), sources=tuple(sources), numbers=_numbers(name, table, group, period, measure),
    )  # fmt: skip


def _plotted(area: Area, rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": area.code,
            "area_name": area.name,
            "outcome_group": rows["group"],
            "offences_n": rows["offences_n"],
            "recorded_n": rows["n"],
            "share_pct": rows["value"] * 100,
            "status": rows["status"],
            "text": [
                "[c]" if status else f"{present.percent(value, n)} ({present.count(offences)})"
                for status, value, n, offences in zip(
                    rows["status"], rows["value"], rows["n"], rows["offences_n"], strict=True
                )
            ],
        }
    )


def _plot(axes: Axes, table: pd.DataFrame, areas: Sequence[Area]) -> None:
    groups = list(dict.fromkeys(table["outcome_group"]))
    thick = 0.72 / len(areas)
    end = float(table["share_pct"].max()) * 1.35
    for order, area in enumerate(areas):
        rows = table[table["area_code"] == area.code].set_index("outcome_group").loc[groups]
        at = [i + (order - (len(areas) - 1) / 2) * thick for i in range(len(groups))]
        style: dict[str, Any] = (
            {"color": DARK_BLUE} if order == 0 else {"facecolor": "white", "edgecolor": DARK_GREY, "hatch": _HATCH}
        )
        axes.barh(at, rows["share_pct"].fillna(0), height=thick * 0.9, linewidth=1, **style)
        for y, share, text in zip(at, rows["share_pct"], rows["text"], strict=True):
            axes.text(
                (0 if math.isnan(share) else max(share, 0)) + 0.8, y, text, va="center", ha="left", size=9, color=TEXT
            )
        if len(areas) > 1:
            named = _roomiest(table, groups, end)
            _name_bar(axes, area, order, float(rows["share_pct"].iloc[named]), at[named], rows["text"].iloc[named])
    axes.set_xlim(0, end)
    axes.set_ylim(len(groups) - 0.5, -0.55)
    axes.set_yticks(range(len(groups)), [wrap(g, 28) for g in groups], size=9.5)
    axes.tick_params(axis="y", length=0)
    label_ticks(axes.xaxis, unit="%")
    axes.grid(axis="x")


def _roomiest(table: pd.DataFrame, groups: Sequence[str], end: float) -> int:
    """Return the group where a name fits beside the bar of each area: one shown and short, else a hidden one."""
    reach, order = {}, {}
    for group, rows in table.groupby("outcome_group", sort=False):
        bars = rows["share_pct"].astype("float64").fillna(0)
        names = [width_of(r.text) + width_of(r.area_name, bold=True) for r in rows.itertuples()]
        reach[group] = max(bar / end * PLOT_WIDTH + name for bar, name in zip(bars, names, strict=True))
        order[group] = (bool(rows["status"].ne("").any()), bars.max() < end * 0.06, bars.max(), groups.index(group))
    fitting = [group for group in order if reach[group] + _APART <= PLOT_WIDTH]
    return groups.index(min(fitting or order, key=lambda group: order[group] if fitting else reach[group]))


def _name_bar(axes: Axes, area: Area, order: int, share: float, y: float, text: str) -> None:
    """Name the series beside its own bar, so that no legend has to be matched by colour."""
    beside = 0.0 if math.isnan(share) else max(share, 0)
    axes.annotate(
        area.name, (beside + 0.8, y), xytext=(width_of(text) * 72 + 8, 0), textcoords="offset points", va="center",
        ha="left", size=9, weight="bold", color=DARK_BLUE if order == 0 else DARK_GREY,
    )  # fmt: skip


def _words(
    table: pd.DataFrame,
    tables: Sequence[tuple[Area, pd.DataFrame]],
    group: OffenceGroup,
    period: Period,
    measure: Measure,
    notes: Sequence[str],
) -> Words:
    area = tables[0][0]
    first = table[table["area_code"] == area.code]
    largest = _largest(first)
    whole = present.count(first["recorded_n"].iloc[0])
    title = (
        f"{area.name}: the outcome so far of {largest['text'].split(' ')[0]} of {whole} recorded {group.name} offences "
        f"is ‘{largest['outcome_group'][0].lower()}{largest['outcome_group'][1:]}’"
    )
    versus = f" and {tables[1][0].name}" if len(tables) > 1 else ""
    subtitle = (
        f"{present.capital(measure.plain_name)}, {group.name}, {area.name}{versus}, offences recorded in the {period}"
    )
    subtitle = subtitle.replace(
        "in the " + str(period), f"in {period}" if period.kind == "quarter" else f"in the {period}"
    )
    covered = [note for area, _ in tables for note in coverage(area)]
    hidden = (f"[c] Withheld here: {WITHHELD}",) if (table["status"] != "").any() else ()
    small = [note for area, rows in tables for note in few(area, int(rows["n"].iloc[0]))]
    return Words(title, subtitle, (*small, *notes, *covered, *hidden))


def _largest(rows: pd.DataFrame) -> pd.Series:
    return rows.loc[rows["share_pct"].astype("float64").idxmax()]


def _alt(table: pd.DataFrame, tables: Sequence[tuple[Area, pd.DataFrame]], group: OffenceGroup, period: Period) -> str:
    """Tell the charged share of every area, the largest other groups of the first, and which are withheld."""
    area = tables[0][0]
    charged = tables[0][1].set_index("stage").loc["charged", "group"]
    shares = "; ".join(
        f"{r.area_name} {'withheld' if r.status else r.text}"
        for r in table[table["outcome_group"] == charged].itertuples()
    )
    own = table[table["area_code"] == area.code]
    others = own[(own["offences_n"] > 0) & (own["outcome_group"] != charged)].sort_values("share_pct", ascending=False)
    top = "; ".join(f"{r.outcome_group.lower()} {r.text}" for r in others.head(3).itertuples())
    return (
        f"Bar chart of outcomes so far of {present.count(own['recorded_n'].iloc[0])} {group.name} offences recorded "
        f"in {area.possessive} in {'the ' if period.months == 12 else ''}{period}. {charged}: {shares}."
        + (f" Largest others in {area.name}: {top}." if top else "")
        + _hidden(table)
    )


def _hidden(table: pd.DataFrame) -> str:
    """Name the groups that are withheld, by area."""
    names = table[table["status"] != ""].groupby("area_name", sort=False)["outcome_group"]
    return "".join(
        f" Withheld in {area}: {present.listed([group.lower() for group in groups])}." for area, groups in names
    )


def _description(table: pd.DataFrame) -> str:
    parts = []
    for area, rows in table.groupby("area_name", sort=False):
        each = "; ".join(f"{r.outcome_group}: {r.text}" for r in rows.itertuples())
        parts.append(f"{area}, share and number of offences: {each}.")
    return " ".join(parts)


def _numbers(
    name: str, table: pd.DataFrame, group: OffenceGroup, period: Period, measure: Measure
) -> tuple[Number, ...]:
    numbers = []
    for row in table[table["status"] == ""].itertuples():
        stem, outcome = f"{name}.{row.area_code}.{_slug(row.outcome_group)}", row.outcome_group.lower()
        where = {"area": row.area_code, "period": period.label, "basis": "full count"}
        share = present.percent(row.share_pct / 100, row.recorded_n)
        what, counted = f"{measure.plain_name}: {outcome}, {group.name}", f"offences recorded: {outcome}, {group.name}"
        numbers += [
            Number(f"{stem}.share", row.share_pct / 100, share, what, "share", measure.id, **where),
            Number(
                f"{stem}.count", int(row.offences_n), present.count(row.offences_n), counted, "count",
                "outcomes_of_one_kind", **where,
            ),
        ]  # fmt: skip
    return tuple(numbers)


def _slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
