"""What each force answered to one FOI request, as bars by name, with those that gave no number named below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from stats import present
from stats.clean.foi import PARTIAL
from stats.draw.page import DARK_BLUE, DARK_GREY, TEXT, Drawing, Number, Words, page, styled
from stats.draw.ticks import label_ticks
from stats.estimate.foi import FoiTotal
from stats.registers import Measure, Source

LEFT, ROW, LEAST = 1.75, 0.205, 1.1
"""Inches for the names of forces, for each of their bars, and for a plot of few."""

IN_FULL: dict[str, Any] = {"color": DARK_BLUE}
IN_PART: dict[str, Any] = {"facecolor": "white", "edgecolor": DARK_GREY, "hatch": "////"}
NOT_ZERO = "A force that gave no number is not zero. Counts are not rates: forces differ in size, and are not ranked"


def draw_foi(
    name: str, total: FoiTotal, *, measure: Measure, sources: Sequence[Source], notes: Sequence[str] = ()
) -> Drawing:
    """Return the drawing of answers to one question, with their coverage.

    Parameters
    ----------
    name : str
        Stem of the files.
    total : FoiTotal
    measure : Measure
    sources : sequence of Source
        The returns, and the recorded offences that coverage is measured by.
    notes : sequence of str
    """
    table, words = _plotted(total), _words(total, notes)
    with styled():
        figure, axes = page(words, sources, plot_height=max(LEAST, ROW * len(table) + 0.1), left=LEFT, right=0.75)
        _plot(axes, table, total.unit)
    return Drawing(
        name, figure, table, words, alt=_alt(total, table), description=_description(total, table), measures=(measure,),
        sources=tuple(sources), numbers=_numbers(name, total, measure), coverage=str(total.coverage),
    )  # fmt: skip


def _plotted(total: FoiTotal) -> pd.DataFrame:
    """The answers that were summed; a partial one is a lower bound."""
    rows = total.answers
    is_part = rows["reply"] == PARTIAL
    table = pd.DataFrame(
        {
            "area_code": rows["area_code"],
            "area_name": rows["area_name"],
            "answer_n": rows["answer_n"],
            "is_lower_bound": is_part,
            "text": [
                f"at least {present.count(n)}" if part else present.count(n)
                for n, part in zip(rows["answer_n"], is_part, strict=True)
            ],
            "period_start": rows["period_start"],
            "period_end": rows["period_end"],
            "definition": rows["definition"],
            "source_id": rows["source_id"],
        }
    )
    table.attrs["sources"] = sorted(set(rows["source_id"]))
    return table


def _plot(axes: Axes, table: pd.DataFrame, unit: str) -> None:
    end = max(1.0, float(table["answer_n"].max())) * 1.02
    for y, row in enumerate(table.itertuples()):
        axes.barh(y, int(row.answer_n), height=0.7, linewidth=1, **(IN_PART if row.is_lower_bound else IN_FULL))
        axes.text(int(row.answer_n) + end * 0.008, y, row.text, va="center", ha="left", size=8.5, color=TEXT)
    axes.set_xlim(0, end)
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.set_yticks(range(len(table)), list(table["area_name"]), size=8.5)
    axes.tick_params(axis="y", length=0)
    label_ticks(axes.xaxis)
    axes.set_xlabel(unit, size=9)
    axes.grid(axis="x")


def _words(total: FoiTotal, notes: Sequence[str]) -> Words:
    cover, count = total.coverage, present.count(total.estimate.lower)
    least = "at least " if cover.in_part else ""
    who = f"{'All' if cover.forces == cover.of else 'The'} {cover.forces} forces that answered"
    title = f"{who} counted {least}{count} {total.unit}"
    subtitle = f"{present.capital(total.question)}, {total.period}, as police forces answered. Coverage: {cover}"
    part = ("Hatched: the force answered in part, so its count is a lower bound",) if cover.in_part else ()
    return Words(title, subtitle, (*part, *_silent(total), *_otherwise(total), NOT_ZERO, *notes))


def _silent(total: FoiTotal) -> list[str]:
    """Each kind of silence, with the forces it is of."""
    return [
        f"{present.capital(reply if reply != 'none' else 'no answer')} ({len(names)}): {present.listed(names)}"
        for reply, names in total.silent.items()
    ]


def _otherwise(total: FoiTotal) -> list[str]:
    """Answers that count something else, and are not summed: the forces by what differs."""
    kinds = total.otherwise.groupby("differs", sort=True)["area_name"]
    each = [f"{differs}: {present.listed(list(dict.fromkeys(names)))}" for differs, names in kinds]
    return [f"Answered otherwise, and not summed ({len(total.otherwise)}): {'; '.join(each)}"] if each else []


def _alt(total: FoiTotal, table: pd.DataFrame) -> str:
    ends = table["answer_n"].min(), table["answer_n"].max()
    return (
        f"Bar chart of “{total.question}”, {total.period}, by force in order of name: {total}. "
        f"Single forces gave {present.count(ends[0])} to {present.count(ends[1])}."
    )


def _description(total: FoiTotal, table: pd.DataFrame) -> str:
    each = "; ".join(f"{row.area_name} {row.text}" for row in table.itertuples())
    return ". ".join([f"Answers: {each}", *_silent(total), *_otherwise(total)]) + "."


def _numbers(name: str, total: FoiTotal, measure: Measure) -> tuple[Number, ...]:
    cover, summed = total.coverage, total.estimate.lower
    least = "a lower bound: some forces answered in part; " if cover.in_part else ""
    what = f"{total.question} ({total.definition}), in the forces that answered"
    return (
        Number(f"{name}.total", summed, present.count(summed), what, "count", measure.id, None, total.period.label,
               "full count", f"{least}{cover}"),
        Number(f"{name}.coverage", cover.share, present.percent(cover.share, cover.of),
               f"share of recorded {cover.group.name} that the forces which answered have", "share", None, None,
               cover.period.label, "full count", str(cover)),
    )  # fmt: skip
