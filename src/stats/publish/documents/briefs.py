"""The figures of a brief, as a document calls them, and what a cell of their tables is of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from stats.publish.folder import figures_in


@dataclass(frozen=True)
class Folder:
    """The figures of one brief, as a document calls them."""

    name: str
    path: Path

    @property
    def label(self) -> str:
        """What it is called beside the document: that of the committed brief, whatever the template calls it."""
        return self.path.name

    @cached_property
    def records(self) -> dict[str, dict[str, Any]]:
        """The record of each figure, by its name."""
        return {name: json.loads((self.path / f"{name}.json").read_text("utf-8")) for name in figures_in(self.path)}

    @cached_property
    def numbers(self) -> dict[str, dict[str, Any]]:
        """The numbers of its figures, by 'name/id'."""
        return {
            f"{self.name}/{number['id']}": {
                **number, "id": f"{self.label}/{number['id']}", "figure": f"{self.label}/{figure}",
            }
            for figure, record in self.records.items() for number in record["numbers"]
        }  # fmt: skip


AS_PRINTED = "text"
"""The column of a figure's table that holds its numbers as they are printed."""

OF_OTHERS = ("claim_id", "figure_id")
"""Columns that name a claim, or a figure that somebody else published."""


def of_cell(record: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, str]:
    """Return area, measure and period of a row of a figure's table, as far as the figure's numbers tell them apart."""
    area = row.get("area_code", "")
    numbers = [number for number in record["numbers"] if not area or number["area"] == area]
    told = {field: {number[field] for number in numbers} for field in ("measure", "period")}
    known = {field: values.pop() for field, values in told.items() if len(values) == 1}
    return {"area": area, **{field: known.get(field) or row.get(field, "") for field in told}}


def is_bare_number(text: str) -> bool:
    """Whether a cell holds nothing but a number.

    Examples
    --------
    >>> [is_bare_number(text) for text in ("83", "5.421293272370999", "8.6% (11,610)", "")]
    [True, True, False, False]
    """
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True
