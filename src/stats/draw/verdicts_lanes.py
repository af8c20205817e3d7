"""Claims beside their evidence as the table that is plotted: a row for each reading of a claim and for each figure."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from fractions import Fraction
from math import nan
from typing import Any

import pandas as pd

from stats import present
from stats.claims.compared import Ends, Figure, Row
from stats.registers import Registers

DEFAULT, STRICT = "claim", "claim, strict reading"
OWN, OTHER = "figure", "figure of another measure"
"""What a row of the plotted table is."""

_QUOTED = 110
"""Letters of a quote that fit beside the plot; a longer one is cut where a word ends."""


def verdicts_table(rows: Sequence[Row], reading: str, registers: Registers) -> pd.DataFrame:
    """Return what is plotted: of each claim a row for each reading, then one for each figure beside it.

    Parameters
    ----------
    rows : sequence of Row
    reading : {"both", "default", "strict"}
    registers : Registers

    Returns
    -------
    DataFrame
        `value`, `lower`, `upper`: per cent, or counts; `value_ratio`, `lower_ratio`, `upper_ratio`: counts over the
        figure that the claim is measured by. `lower_is_open`, `upper_is_open`: the words give no such end.
    """
    lanes = [lane for row in rows for lane in _lanes(row, reading, registers)]
    return pd.DataFrame(lanes)


def cited(figure: Figure) -> str:
    """Return who says so and when: a figure without a date says that it has none."""
    return figure.evidence.cited if figure.evidence.published else f"{figure.evidence.publisher}, date not known"


def label_of(row: Row, most: int = _QUOTED) -> str:
    """Return the quote in quotation marks, cut where a word ends if it is long; what is read is kept."""
    quote = row.claim.quote
    head = textwrap.shorten(quote, most, placeholder=" …")
    wanted = row.words.split()[-1]
    if wanted in head or wanted not in quote:
        return f"“{head}”"
    tail = textwrap.shorten(" ".join(reversed(quote.split())), most, placeholder=" …")
    return f"“{' '.join(reversed(tail.split()))}”"


def _lanes(row: Row, reading: str, registers: Registers) -> list[dict[str, Any]]:
    default, strict = row.allows
    is_same = row.default == row.strict or default == strict
    lanes = []
    if reading != "strict" or is_same:
        said = row.words if default.casefold() in (row.words, "1") else f"{row.words}”: {of_base(row, default)}"
        lanes.append(_lane(row, DEFAULT, f"“{said}{'' if '”' in said else '”'}", row.default))
    if reading != "default" and not is_same:
        lanes.append(_lane(row, STRICT, f"strictly {of_base(row, strict)}", row.strict))
    is_mixed = any(not figure.is_own for figure in row.figures)
    return lanes + [_figure_lane(row, figure, is_mixed, registers) for figure in row.figures]


def of_base(row: Row, text: str) -> str:
    """Return a count with the base that it is drawn as a share of: '0 of 112'."""
    return f"{text} of {present.count(row.base_n)}" if row.base_n else text


def _figure_lane(row: Row, figure: Figure, is_mixed: bool, registers: Registers) -> dict[str, Any]:
    e = figure.evidence
    measure = registers.measures.get(e.measure)
    counts = f" ({e.counts})" if e.counts else ""
    what = f", {measure.plain_name}" if is_mixed and measure else ""
    whose_counts = "its own counts, " if figure.evidence.release == row.document.id else ""
    text = f"{of_base(row, e.text)}{counts}{what}: {whose_counts}{cited(figure)}"
    lane = _lane(row, OWN if figure.is_own else OTHER, text, figure.ends)
    return {
        **lane, "value": _in_unit(row, figure.ends.at), "value_ratio": _over(row, figure.ends.at),
        "measure": e.measure, "publisher": e.publisher, "published": e.published, "figure_id": e.figure,
        "release": e.release, "is_reference": figure is row.reference,
    }  # fmt: skip


def _lane(row: Row, role: str, text: str, ends: Ends) -> dict[str, Any]:
    high = ends.high
    return {
        "claim_id": row.claim.id, "document": row.document.id, "verdict": row.verdict.verdict, "group": row.group,
        "axis": row.axis, "role": role, "label": label_of(row), "text": text,
        "unit": "percent" if row.axis == "share" else "count", "value": nan,
        "lower": _in_unit(row, ends.low), "upper": nan if high is None else _in_unit(row, high), "value_ratio": nan,
        "lower_ratio": _over(row, ends.low), "upper_ratio": nan if high is None else _over(row, high),
        "lower_is_in": ends.low_is_in, "upper_is_in": ends.high_is_in, "lower_is_open": ends.low_is_open,
        "upper_is_open": ends.high_is_open, "measure": row.claim.measure or "", "publisher": row.document.publisher,
        "published": row.document.published, "figure_id": "", "release": row.document.id, "is_reference": False,
        "status": "", "reason": row.verdict.reason,
    }  # fmt: skip


def _in_unit(row: Row, number: Fraction) -> float:
    return float(number * 100 if row.axis == "share" else number)


def _over(row: Row, number: Fraction) -> float:
    return nan if row.axis == "share" else float(number / row.reference.ends.at)
