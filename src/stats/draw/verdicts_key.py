"""The key above the rows: what each mark means, of those that are drawn."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from stats.draw.labels import width_of
from stats.draw.page import DARK_BLUE, DARK_PINK, TEXT, WIDTH
from stats.draw.verdicts_lanes import DEFAULT, OTHER, OWN, STRICT
from stats.draw.verdicts_marks import COLOURS, FACES, STRIPES, THICK

_SIZE, _LINE, _MARK, _GAP = 8.5, 0.22, 0.36, 0.18
"""Points of a label; inches of a line, of a mark, and between two entries."""

MEANINGS = {
    "fits": "claim that fits",
    "does not fit": "claim that does not fit",
    "neither": "claim that cannot be settled",
}

Draws = Callable[[Axes, float, float], None]


def height_of_key(table: pd.DataFrame) -> float:
    """Return the height of the key of a table, in inches."""
    return _LINE * (1 + max(line for _, _, line, _ in _placed(table))) + 0.1


def draw_key(figure: Figure, table: pd.DataFrame, *, top: float, left: float, width: float) -> None:
    """Draw the key of a table with its upper edge at `top` inches from the foot of the page."""
    high, tall = figure.get_figheight(), height_of_key(table)
    place = (left / WIDTH, (top - tall) / high, width / WIDTH, tall / high)
    x, y, wide, height = (round(edge, 6) for edge in place)
    axes = figure.add_axes((x, y, wide, height))
    axes.set_xlim(0, width)
    axes.set_ylim(tall, 0)
    axes.axis("off")
    for draws, label, line, start in _placed(table):
        middle = _LINE * (line + 0.5)
        draws(axes, start, middle)
        axes.text(start + _MARK + 0.07, middle, label, size=_SIZE, va="center", ha="left", color=TEXT)


def _placed(table: pd.DataFrame) -> list[tuple[Draws, str, int, float]]:
    """Return every entry with its line and where it starts on it."""
    placed: list[tuple[Draws, str, int, float]] = []
    line, at = 0, 0.0
    for draws, label in _entries(table):
        wide = _MARK + 0.07 + width_of(label, size=_SIZE) + _GAP
        if at and at + wide > WIDTH - 0.3:
            line, at = line + 1, 0.0
        placed.append((draws, label, line, at))
        at += wide
    return placed


def _entries(table: pd.DataFrame) -> list[tuple[Draws, str]]:
    roles, groups = set(table["role"]), set(table["group"])
    claims = table[table["role"].isin([DEFAULT, STRICT])]
    is_out = (~claims["lower_is_in"] & ~claims["lower_is_open"]) | (~claims["upper_is_in"] & ~claims["upper_is_open"])
    entries = [(_bar(group), meaning) for group, meaning in MEANINGS.items() if group in groups and DEFAULT in roles]
    entries += [(_gap, "how far off")] * ("does not fit" in groups)
    entries += [(_strict, "its strict reading")] * (STRICT in roles)
    entries += [(_marker("D", TEXT), "figure of the claim's measure")] * (OWN in roles)
    entries += [(_marker("s", "white"), "of another measure")] * (OTHER in roles)
    entries += [(_marker("o", "white"), "end not included")] * bool(is_out.any())
    entries += [(_marker(">", TEXT), "no end given")] * bool((table["lower_is_open"] | table["upper_is_open"]).any())
    return entries


def _bar(group: str) -> Draws:
    def draw(axes: Axes, x: float, y: float) -> None:
        axes.barh(
            y, _MARK, left=x, height=THICK, facecolor=FACES[group], edgecolor=COLOURS[group], linewidth=1.2,
            hatch=STRIPES.get(group),
        )  # fmt: skip

    return draw


def _gap(axes: Axes, x: float, y: float) -> None:
    axes.plot([x, x + _MARK], [y, y], color=DARK_PINK, linestyle=":", linewidth=1.6)


def _strict(axes: Axes, x: float, y: float) -> None:
    axes.plot([x, x + _MARK], [y, y], color=DARK_BLUE, linewidth=1.6, solid_capstyle="butt")


def _marker(marker: str, face: str) -> Draws:
    def draw(axes: Axes, x: float, y: float) -> None:
        axes.plot(
            [x + _MARK * 0.7], [y], marker=marker, markersize=6.5, color=TEXT, markerfacecolor=face,
            markeredgewidth=1.4, clip_on=False,
        )  # fmt: skip

    return draw
