"""Where each claim and each of its figures stands on the page: heights in inches, labels broken into lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

import pandas as pd

from stats.claims.compared import Row
from stats.draw.page import QUIET, TEXT, wrap
from stats.draw.verdicts_lanes import label_of
from stats.draw.verdicts_words import heading_of, to_add, whose

SIZE, LINE = 8.5, 0.155
"""Points of a label, and inches from one of its lines to the next."""

LEFT, RIGHT = 2.4, 3.2
"""Room beside the axes, in inches."""

_LEFT, _LEFT_BOLD, _RIGHT = 33, 30, 43
"""Letters of a line to the left of the plot, and to its right."""

_LANE, _PAD = 0.075, 0.15
"""Room round a lane and round a row, in inches."""


@dataclass(frozen=True)
class Laid:
    """A row with its place: `top` and `height` in inches from the top of its panel, `lanes` the middle of each lane.

    `label` is what stands to the left, each part with its weight and colour; `texts` what stands beside each lane, and
    below them what is to be added; a lane without a mark is one of words alone.
    """

    table: pd.DataFrame
    label: tuple[tuple[str, str, str], ...]
    texts: tuple[str, ...]
    top: float
    height: float
    lanes: tuple[float, ...]


def laid_out(rows: Sequence[Row], table: pd.DataFrame, axis: str) -> list[Laid]:
    """Return the rows of one panel, one below the other."""
    alone = len({row.document.id for row in rows}) == 1
    laid: list[Laid] = []
    for row in rows:
        if row.axis == axis:
            top = laid[-1].top + laid[-1].height if laid else 0.0
            laid.append(_laid(row, table[table["claim_id"] == row.claim.id], top, alone))
    return laid


def _laid(row: Row, table: pd.DataFrame, top: float, alone: bool) -> Laid:
    label, add = _label(row, alone), to_add(row)
    texts = tuple(wrap(text, _RIGHT) for text in (*table["text"], *([add] if add else ())))
    heights = [_LANE + LINE * (text.count("\n") + 1) for text in texts]
    tall = max(fsum(heights), LINE * sum(part.count("\n") + 1 for part, _, _ in label)) + _PAD
    middles = tuple(top + _PAD / 2 + fsum(heights[:at]) + height / 2 for at, height in enumerate(heights))
    return Laid(table, label, texts, top, tall, middles)


def _label(row: Row, alone: bool) -> tuple[tuple[str, str, str], ...]:
    is_wrong = row.group == "does not fit"
    heading = wrap(heading_of(row), _LEFT_BOLD)
    return (
        (heading, "bold" if is_wrong else "normal", TEXT),
        (wrap(label_of(row), _LEFT), "normal", TEXT),
        (wrap(whose(row, alone=alone), _LEFT), "normal", QUIET),
    )
