"""The drawing, and the page it is laid out on: title, subtitle, plot, notes and source line."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum
from pathlib import Path
from typing import Any

import matplotlib.style
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from stats.draw.covered import must_be_covered
from stats.draw.illustrative import LEAD, NOTE, is_marked, led, must_own_up, write_across
from stats.draw.notes import WHOSE, source_line, stopped
from stats.errors import StatsError
from stats.registers import Break, Measure, Source
from stats.registers.illustrative import is_made_up

STYLE = Path(__file__).with_name("house.mplstyle")
DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE, DARK_GREY, PURPLE = (
    "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1",
)  # fmt: skip
TEXT, QUIET, RULE = "#1A1A1A", "#4D4D4D", "#D9D9D9"

WIDTH = 8.0
MARGIN = 0.15
_INCHES_A_LINE = {15: 0.27, 10.5: 0.19, 8.5: 0.155}
_HEAD, _NOTE = "head", "note"
"""The labels of what is written above and below a plot."""
_GAP = 0.06
"""Between two texts, in inches."""

_CHARACTERS = {15: 61, 10.5: 100, 8.5: 122}
"""How many characters of DejaVu Sans fit on a line of the page, by size in points."""


@dataclass(frozen=True)
class Number:
    """One number that a document may quote, with what must be said beside it.

    `qualifier` is what stands beside it on the figure: a bound, an assumed base, how it is implied. `sources` are the
    ids of those it rests on, where they are not all of its figure's.
    """

    id: str
    value: float | int | None
    text: str
    what: str
    unit: str
    measure: str | None
    area: str | None
    period: str | None
    basis: str
    qualifier: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """What is written round a plot.

    `title` says the message, `subtitle` the statistic, `notes` what to know before quoting it.
    """

    title: str
    subtitle: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """A figure and everything that must travel with it.

    `coverage` says which forces answered, and is wanted of FOI returns. Where a source is made up, every word, number
    and row says so.

    Raises
    ------
    StatsError
        If it has no alternative text, no description or no source.
    NotHonest
        If it is of FOI returns and does not print their coverage, or of made-up data that its sources do not name.
    """

    name: str
    figure: Figure
    table: pd.DataFrame
    words: Words
    alt: str
    description: str
    measures: tuple[Measure, ...]
    sources: tuple[Source, ...]
    breaks: tuple[Break, ...] = ()
    claims: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    coverage: str = ""

    def __post_init__(self) -> None:
        for what, text in (("alternative text", self.alt), ("description", self.description)):
            if len(text.split()) < 8 or not any(c.isdigit() for c in text):
                raise StatsError(
                    f"a figure cannot be made without {what} that says what it shows.",
                    [("figure", self.name), (what, text or "empty")],
                    "Build the text from the plotted table: chart type, finding, numbers.",
                )
        if not self.sources:
            raise StatsError("a figure cannot be made without a source.", [("figure", self.name)], "Name its sources.")
        must_own_up(self.name, [self.table], self.sources)
        must_be_covered(self.name, self.coverage, (self.words.subtitle, self.alt), self.sources)
        if is_made_up(self.sources):
            _say_made_up(self)

    @property
    def source_line(self) -> str:
        """The sources as printed under the plot."""
        return source_line(self.sources)

    @property
    def caption(self) -> str:
        """Title and subtitle, as text to set beside the figure."""
        return f"{stopped(self.words.title)} {stopped(self.words.subtitle)}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What to know before quoting it, as sentences."""
        return tuple(map(stopped, self.words.notes))

    @property
    def plot_between(self) -> tuple[float, float]:
        """Where its words end above the plot, and begin below it: how far down, as shares of the picture's height."""
        ends, begins = 0.0, 1.0
        for text in self.figure.texts:
            top = 1 - text.get_position()[1]
            if text.get_label() == _HEAD:
                lines = text.get_text().count("\n") + 1
                ends = max(ends, top + _INCHES_A_LINE[float(text.get_fontsize())] * lines / self.figure.get_figheight())
            elif text.get_label() == _NOTE:
                begins = min(begins, top)
        return round(ends, 6), round(begins, 6)


def _say_made_up(drawing: Drawing) -> None:
    """Have every part of a drawing say that its data are made up; the plot said so when the page was laid out."""
    if not is_marked(drawing.figure):
        raise StatsError("a figure of made-up data must say so across its plot.", [("figure", drawing.name)],
                         "Lay it out with `page`, which writes it.")  # fmt: skip
    said = {
        "words": _marked(drawing.words, drawing.sources),
        "alt": led(drawing.alt),
        "description": led(drawing.description),
        "table": drawing.table.assign(provenance="illustrative"),
        "numbers": tuple(replace(n, what=led(n.what), qualifier=led(n.qualifier).strip(": ")) for n in drawing.numbers),
    }
    for name, value in said.items():
        object.__setattr__(drawing, name, value)


def _marked(words: Words, sources: Sequence[Source]) -> Words:
    if not is_made_up(sources) or words.title.startswith(LEAD):
        return words
    return Words(led(words.title), words.subtitle, (NOTE, *words.notes))


def page(
    words: Words, sources: Sequence[Source], *, plot_height: float, left: float, right: float = 0.3
) -> tuple[Figure, Axes]:
    """Return a figure with its texts set, and axes for the plot.

    Parameters
    ----------
    words : Words
    sources : sequence of Source
    plot_height : float
        Height of the axes in inches, without what stands below them.
    left, right : float
        Room beside the axes in inches.
    """
    words = _marked(words, sources)
    head = [(words.title, 15, "bold"), (words.subtitle, 10.5, "normal")]
    foot = [
        *(stopped(n) for n in words.notes),
        source_line(sources),
        WHOSE,
    ]
    # fsum, here and in every layout: the built-in sum adds floats in another way from Python 3.12 on.
    head_height = MARGIN + fsum(_height(text, size) + _GAP for text, size, _ in head) + 0.12
    foot_height = fsum(_height(text, 8.5) + _GAP for text in foot) + MARGIN
    below_axes = 0.5
    height = round(head_height + plot_height + below_axes + foot_height, 2)
    figure = Figure(figsize=(WIDTH, height))
    box = (left / WIDTH, (foot_height + below_axes) / height, (WIDTH - left - right) / WIDTH, plot_height / height)
    x, y, width, high = (round(edge, 6) for edge in box)
    axes = figure.add_axes((x, y, width, high))
    top = height - MARGIN
    for text, size, weight in head:
        top = _write(figure, text, size, top, height, weight=weight, label=_HEAD)
    top = foot_height
    for text in foot:
        top = _write(figure, text, 8.5, top, height, color=QUIET, label=_NOTE)
    if is_made_up(sources):
        write_across(figure, axes)
    return figure, axes


def styled() -> Any:
    """Return the context in which every figure is drawn and saved: ours alone, whatever the machine's settings."""
    return matplotlib.style.context(["default", str(STYLE)])


def wrap(text: str, characters: int) -> str:
    """Break a label into lines of at most so many characters."""
    return "\n".join(textwrap.wrap(text, characters, break_long_words=False)) or text


def _write(figure: Figure, text: str, size: float, top: float, height: float, **style: Any) -> float:
    figure.text(
        MARGIN / WIDTH, top / height, _lines(text, size), size=size, va="top", ha="left", linespacing=1.25, **style
    )
    return top - _height(text, size) - _GAP


def _lines(text: str, size: float) -> str:
    return wrap(text, _CHARACTERS[size])


def _height(text: str, size: float) -> float:
    return _INCHES_A_LINE[size] * (_lines(text, size).count("\n") + 1)
