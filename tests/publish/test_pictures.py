"""The bytes of a figure: what matplotlib's own `savefig` would draw, drawn once."""

from __future__ import annotations

import gc
import weakref
from io import BytesIO

import numpy as np
import pytest
from matplotlib.artist import Artist
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.figure import Figure
from PIL import Image

from stats.draw.page import styled
from stats.publish.figures import as_png, as_svg
from stats.publish.pictures import DOTS, png_of, svg_of


def pixels(png: bytes) -> np.ndarray:
    """The dots of a PNG."""
    return np.asarray(Image.open(BytesIO(png)).convert("RGBA"))


@pytest.fixture
def figure() -> Figure:
    """A small figure with a line and words."""
    with styled():
        made = Figure(figsize=(4, 2))
        axes = made.add_axes((0.1, 0.2, 0.8, 0.7))
        axes.plot([1, 3, 2])
        axes.set_title("A title of some words")
    return made


@pytest.mark.parametrize("kind", ["official", "reported"])
def test_a_png_has_the_dots_that_matplotlib_saves(request, kind):
    """Not one dot differs from `savefig`, and what is left out is the transparency that no figure has."""
    drawing, buffer = request.getfixturevalue(kind), BytesIO()
    with styled():
        drawing.figure.savefig(buffer, format="png", dpi=DOTS)
    ours = as_png(drawing)
    assert (pixels(ours) == pixels(buffer.getvalue())).all()
    assert Image.open(BytesIO(ours)).mode == "RGB"
    assert len(ours) < len(buffer.getvalue())


@pytest.mark.parametrize("kind", ["official", "reported"])
def test_an_svg_is_what_matplotlib_saves(request, kind):
    """Byte for byte what `savefig` writes, with text as text."""
    drawing, buffer = request.getfixturevalue(kind), BytesIO()
    untold = {"Date": None, "Creator": None, "Format": None, "Type": None}
    with styled():
        drawing.figure.savefig(buffer, format="svg", metadata=untold)
        assert svg_of(drawing.figure) == buffer.getvalue().decode()


def test_each_picture_is_drawn_once(figure, monkeypatch):
    """Two pictures are two drawings of every line: no drawing to find a tight box, and none to show."""
    (line,), drawn = figure.axes[0].lines, []
    draw = type(line).draw
    monkeypatch.setattr(type(line), "draw", lambda self, *given: (drawn.append(self is line), draw(self, *given))[1])
    with styled():
        png_of(figure)
        svg_of(figure)
    assert drawn.count(True) == 2


def test_a_figure_is_left_as_it_was(figure):
    """The dots an inch are those from before, no picture is kept, and drawing again gives the same bytes."""
    with styled():
        first = png_of(figure), svg_of(figure)
        assert figure.dpi == 100
        assert type(figure.canvas) is FigureCanvasBase
        assert (png_of(figure), svg_of(figure)) == first


def test_a_drawing_that_fails_leaves_the_figure_as_it_was(figure):
    """An artist that stops the drawing leaves no canvas behind either."""

    class Broken(Artist):
        def draw(self, renderer):
            raise ValueError("cannot be drawn")

    figure.add_artist(Broken())
    with styled(), pytest.raises(ValueError, match="cannot be drawn"):
        png_of(figure)
    assert figure.dpi == 100
    assert type(figure.canvas) is FigureCanvasBase


def test_nothing_keeps_a_figure_alive(figure):
    """A figure whose picture was made is freed with its last name; no window and no list of figures holds it."""
    with styled():
        png_of(figure)
    gone = weakref.ref(figure.axes[0].lines[0])
    figure.clear()
    gc.collect()
    assert gone() is None


def test_ids_are_numbered_in_one_go(official):
    """Ids and what points to them are renamed together, in the order in which they stand."""
    svg = as_svg(official).decode()
    assert f'id="{official.name}-0"' in svg
    assert "#m" not in svg
