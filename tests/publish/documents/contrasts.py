"""What is measured on pictures that a browser has drawn, and how.

Words: behind each word of a figure lies what is drawn there when all words are hidden. Every colour that fills at least
a twentieth of the word's box is taken for its background, and the worst contrast counts.

Marks: each shape that is drawn, by the better of its fill and its line against the page; a hatched fill counts by its
line. Grid lines are left out, and they alone: straight lines of the colours that `draw` has for them. It does not
measure whether two marks that overlap can be told apart.

Under a simulation of how a person sees: where the true picture has exactly the colour of a mark, the colour
that the simulated picture has there most. Chromium simulates; we only look.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO
from itertools import combinations

import numpy as np
from PIL import Image
from playwright.sync_api import Page

GRID = {(217, 217, 217), (232, 232, 232)}
WHITE = (255, 255, 255)
SEEN_AS = ("protanopia", "deuteranopia", "tritanopia", "achromatopsia")
AT_LEAST = 1 / 20
"""Of a word's box: less is the edge of a letter's neighbour, or a thin line."""

MANY = 5_000
"""Dots of a colour are enough to say how it is seen."""

Colour = tuple[int, int, int]

WORDS = """() => [...document.querySelectorAll('[data-name] svg text')].map(t => {
  const box = t.getBoundingClientRect(), figure = t.closest('[data-name]').dataset.name;
  return [figure, t.textContent, getComputedStyle(t).fill, box.x + scrollX, box.y + scrollY, box.width, box.height]
})"""

MARKS = """() => [...document.querySelectorAll('[data-name] svg :is(path, use, rect)')]
  .filter(e => !e.closest('defs, clipPath, pattern')).map(e => {
    const style = getComputedStyle(e), box = e.getBBox(), figure = e.closest('[data-name]').dataset.name;
    const used = e.href && document.getElementById(e.href.baseVal.slice(1));
    const drawn = (used || e).getAttribute('d') || '';
    return [figure, style.fill, style.stroke, style.strokeDasharray, Math.min(box.width, box.height) < .5,
            used ? drawn : drawn.replace(/[^A-Z]/g, '')];
  })"""


@dataclass(frozen=True)
class Mark:
    """A shape: its figure, colours, dashes, and its form (exactly, of a mark that is drawn again and again)."""

    figure: str
    fill: Colour | str
    line: Colour | str
    dashes: str
    is_straight: bool
    form: str

    @property
    def colour(self) -> Colour | None:
        """The colour that carries it; None of what is white or nothing."""
        drawn = [c for c in (self.fill, self.line) if isinstance(c, tuple)]
        return max(drawn, key=lambda c: contrast(c, WHITE)) if drawn and set(drawn) != {WHITE} else None

    @property
    def is_grid(self) -> bool:
        """Whether it is a line to read by."""
        return self.is_straight and self.fill == "none" and self.line in GRID

    @property
    def looks(self) -> tuple[str, str, str]:
        """What tells it from another but for colour: filled, hollow, hatched or a line; dashes; form."""
        filled = {WHITE: "hollow", "none": "line"}.get(self.fill, "hatched" if self.fill == "pattern" else "solid")
        return filled, self.dashes if filled == "line" else "", "" if filled == "line" else self.form


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG computes it."""
    bright = []
    for colour in (one, other):
        parts = [c / 255 for c in colour]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        bright.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(bright) + 0.05) / (min(bright) + 0.05)


def words_on(page: Page) -> list[tuple[float, str, str]]:
    """The worst contrast of each word of the pictures of a page, with its figure and the word, worst first."""
    words = page.evaluate(WORDS)
    hide = page.add_style_tag(content="svg text { visibility: hidden }")
    behind = _pixels(page)
    hide.evaluate("e => e.remove()")
    measured = []
    for figure, word, fill, x, y, width, height in words:
        box = behind[int(y) : int(y + height) + 1, int(x) : int(x + width) + 1]
        colours, times = np.unique(box, return_counts=True)
        under = [_unpacked(c) for c, n in zip(colours, times, strict=True) if n >= AT_LEAST * box.size]
        measured.append((min(contrast(_read(fill), c) for c in under), figure, word))
    return sorted(measured)


def marks_on(page: Page) -> list[Mark]:
    """The shapes of the pictures of a page that are no grid."""
    found = [Mark(name, _read(fill), _read(line), *rest) for name, fill, line, *rest in page.evaluate(MARKS)]
    return [mark for mark in found if mark.colour and not mark.is_grid]


def seen(page: Page, colours: set[Colour]) -> dict[str, dict[Colour, Colour]]:
    """How each colour of a page looks to whom; white too."""
    true, told = _pixels(page), {}
    session = page.context.new_cdp_session(page)
    where = {colour: np.flatnonzero(true == _packed(np.array(colour)))[:MANY] for colour in {*colours, WHITE}}
    for who in SEEN_AS:
        session.send("Emulation.setEmulatedVisionDeficiency", {"type": who})
        simulated = _pixels(page)
        told[who] = {c: _unpacked(_most(simulated.flat[at])) for c, at in where.items() if at.size}
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})
    return told


def alike(marks: list[Mark], seen_as: dict[Colour, Colour], least: float) -> list[tuple[str, Colour, Colour, object]]:
    """Pairs of colours of one figure with less contrast than this between them, and marks that are alike otherwise."""
    looks: dict[str, dict[Colour, set[object]]] = defaultdict(lambda: defaultdict(set))
    for mark in marks:
        if mark.colour in seen_as and not mark.is_straight:
            looks[mark.figure][mark.colour].add(mark.looks)
    return [
        (figure, one, other, shared)
        for figure, colours in looks.items()
        for one, other in combinations(sorted(colours), 2)
        if contrast(seen_as[one], seen_as[other]) < least and (shared := colours[one] & colours[other])
    ]


def _pixels(page: Page) -> np.ndarray:
    """The colours of a page, each as one number: to compare three takes three times as long."""
    return _packed(np.asarray(Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")))


def _packed(colours: np.ndarray) -> np.ndarray:
    return colours.astype(np.int32) @ np.array([65536, 256, 1], dtype=np.int32)


def _unpacked(number: int) -> Colour:
    return int(number) >> 16, int(number) >> 8 & 255, int(number) & 255


def _most(numbers: np.ndarray) -> int:
    found, times = np.unique(numbers, return_counts=True)
    return int(found[times.argmax()])


def _read(style: str) -> Colour | str:
    """The colour of a computed style; 'none' of what does not show, 'pattern' of a hatched one."""
    if style.startswith("url"):
        return "pattern"
    numbers = re.findall(r"[\d.]+", style)
    is_there = len(numbers) == 3 or (len(numbers) == 4 and float(numbers[3]) > 0)
    return _colour(numbers[:3]) if is_there else "none"


def _colour(parts: object) -> Colour:
    red, green, blue = (int(float(part)) for part in parts)
    return red, green, blue
