"""Where the values of a plot are printed, so that no label lies on a point, a line, another label or the axis.

All lengths are inches from the lower left corner of the axes; widths are those of DejaVu Sans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

SIZE = 9
"""Points of every label."""

_NARROW, _WIDE = 0.32, 0.64
"""Width of a comma and of a digit, as a share of the size of the letters."""

_GAP, _BESIDE, _ROOM, _STEPS = 0.075, 0.1, 0.02, 24
_LINE = 1.45
"""From one line of a label to the next, as a share of the size of the letters."""


@dataclass(frozen=True)
class Box:
    """A rectangle that nothing else may cover."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Whether two boxes overlap."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def inside(self, room: Box) -> bool:
        """Whether this box leaves a room neither to the sides nor below; above there is always room."""
        return room.left <= self.left and self.right <= room.right and room.bottom <= self.bottom

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left < x < self.right and self.bottom < y < self.top


Point = tuple[float, float]


def width_of(text: str, *, size: float = SIZE, bold: bool = False) -> float:
    """Return about how wide a text is printed, never too little for digits."""
    letters = fsum(_NARROW if letter in ",.:;'()[] il" else _WIDE for letter in text)
    return letters * size / 72 * (1.12 if bold else 1)


def place(
    wanted: Sequence[tuple[str, Point]],
    *,
    within: Box,
    obstacles: Sequence[Box],
    lines: Iterable[tuple[Point, Point]],
    rather_not: Sequence[Box] = (),
    only_over: bool = False,
) -> list[tuple[str, Box]]:
    """Return the labels that fit, each with its box, the first wanted first.

    Above its point if that is free, else below it, else beside it; a label with no free place is left out, since its
    value stands in the table.

    Parameters
    ----------
    wanted : sequence of (text, point)
    within : Box
        What a label must not leave.
    obstacles : sequence of Box
        Points, marks and other texts.
    lines : iterable of (point, point)
        Straight lines that a label must not hide.
    rather_not : sequence of Box
        What a label covers only where no other place is free.
    only_over : bool
        Keep the middle of each label over or under its point.
    """
    drawn = [
        (a[0] + (b[0] - a[0]) * k / _STEPS, a[1] + (b[1] - a[1]) * k / _STEPS)
        for a, b in lines
        for k in range(_STEPS + 1)
    ]
    taken, placed = list(obstacles), []
    for text, point in wanted:
        free = [
            box
            for box in _places(text, point, only_over=only_over)
            if box.inside(within) and not any(map(box.meets, taken)) and not any(box.holds(*p) for p in drawn)
        ]
        if free:
            best = next((box for box in free if not any(map(box.meets, rather_not))), free[0])
            taken.append(best)
            placed.append((text, best))
    return placed


def _places(text: str, point: Point, *, only_over: bool) -> list[Box]:
    lines = text.split("\n")
    width = max(map(width_of, lines)) + _ROOM
    height = (1 + (len(lines) - 1) * _LINE) * SIZE / 72 + _ROOM
    x, y = point
    above, below = y + _GAP, y - _GAP - height
    lefts = (x - width / 2, x - width, x)[: 1 if only_over else 3]
    boxes = [Box(left, bottom, left + width, bottom + height) for bottom in (above, below) for left in lefts]
    if only_over:
        return boxes
    beside = [Box(left, y - height / 2, left + width, y + height / 2) for left in (x - width - _BESIDE, x + _BESIDE)]
    return boxes + beside
