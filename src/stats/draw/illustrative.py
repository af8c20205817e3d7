"""What a figure of made-up data must say on its face: across the plot, in its words, its table and every number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from stats.errors import NotHonest
from stats.registers import Source
from stats.registers.illustrative import BEGINS, is_made_up

ACROSS = "ILLUSTRATIVE\nmade-up data"
LEAD = "Illustrative: "
NOTE = "Illustrative: every number here is made up, to show the page. None may be quoted, or used as evidence"
SOURCES = "sources"
"""The attribute of a table that names the sources it was made from."""

_APART, _POINTS = 2.6, 7.3
"""Inches of plot for each mark; points of its letters for each inch of the plot's width, and half of its height."""


def led(text: str) -> str:
    """Return a text that begins by saying that what it tells is made up."""
    return text if text.startswith(LEAD) else LEAD + text


def write_across(figure: Figure, axes: Axes) -> None:
    """Write across the plot that its data are made up, over everything, light enough to read what lies below."""
    box, (width, height) = axes.get_position(), map(float, figure.get_size_inches())
    size = round(min(26.0, box.width * width * _POINTS, box.height * height * _POINTS * 2), 1)
    marks = max(1, round(box.height * height / _APART))
    for at in range(marks):
        figure.text(
            round((box.x0 + box.x1) / 2, 6), round(box.y0 + box.height * (at + 0.5) / marks, 6), ACROSS, size=size,
            weight="bold", rotation=18, ha="center", va="center", color="#801650", alpha=0.55, zorder=10,
            linespacing=1.0, bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.35, "pad": 1},
        )  # fmt: skip


def is_marked(figure: Figure) -> bool:
    """Whether a figure says across its plot that its data are made up."""
    return any(text.get_text() == ACROSS for text in figure.texts)


def named_in(table: pd.DataFrame) -> list[str]:
    """Return the made-up sources that a table names: in its column `source_id`, or in what it was made from."""
    named = {str(name) for name in table.attrs.get(SOURCES, ())}
    named |= set(table["source_id"].dropna().astype("str")) if "source_id" in table else set()
    if "provenance" in table and (table["provenance"] == "illustrative").any():
        named.add(f"{BEGINS}data")
    return sorted(name for name in named if name.startswith(BEGINS))


def must_own_up(name: str, tables: Iterable[pd.DataFrame], sources: Sequence[Source]) -> None:
    """Stop if a table is made from made-up data and the sources named do not say so.

    Raises
    ------
    NotHonest
        Naming the figure and the made-up sources.
    """
    found = sorted({source for table in tables for source in named_in(table)})
    if found and not is_made_up(sources):
        raise NotHonest(
            "made-up data cannot be drawn as if somebody had published them.",
            [("figure", name), ("made from", ", ".join(found)), ("sources", ", ".join(s.id for s in sources))],
            "Name the made-up source among the sources: the figure will say so on its face.",
        )
