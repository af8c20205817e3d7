"""A figure -> the bytes of its PNG and its SVG: one drawing of each, at the size it was laid out, and no window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from PIL import Image

DOTS = 200
"""Dots an inch of a PNG: twice those of a figure on a screen."""

_UNTOLD = {"Date": None, "Creator": None, "Format": None, "Type": None}
_QUICK = 3
"""How hard zlib tries. With flat colours and letters 3 takes half the time of 6, and the file is no larger."""


def png_of(figure: Figure) -> bytes:
    """Return a figure as PNG.

    The margins are those it was laid out with: a tight box would take two more drawings of everything. Nothing is
    transparent, so red, green and blue are all that is stored.
    """
    with _canvas(figure, FigureCanvasAgg, DOTS) as canvas:
        canvas.draw()
        picture = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
        return saved(picture.convert("RGB"))


def saved(picture: Image.Image) -> bytes:
    """Return a picture as PNG, with as many dots an inch as every figure has."""
    buffer = BytesIO()
    picture.save(buffer, "png", compress_level=_QUICK, dpi=(DOTS, DOTS))
    return buffer.getvalue()


def svg_of(figure: Figure) -> str:
    """Return a figure as SVG, without a word on when and with what it was made."""
    buffer = BytesIO()
    with _canvas(figure, FigureCanvasSVG, figure.dpi) as canvas:
        canvas.print_svg(buffer, metadata=_UNTOLD)
    return buffer.getvalue().decode("utf-8")


@contextmanager
def _canvas(figure: Figure, kind: type[FigureCanvasBase], dots: float) -> Iterator[Any]:
    """Give a canvas to draw a figure on, and free it (ten megabytes for a PNG) when that is done."""
    usual = figure.dpi
    try:
        figure.dpi = dots
        yield kind(figure)
    finally:
        figure.dpi = usual
        FigureCanvasBase(figure)
