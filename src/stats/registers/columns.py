"""The columns of the tidy tables: name, type, unit, meaning. One place for the checks and the codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from stats.errors import RegisterError, nearest
from stats.registers.entries import Entry, entry, read_mapping
from stats.registers.places import place

NEEDED = ("recorded_offences", "outcomes", "population", "published_figures", "tie_out")
"""The tables that are made."""


class Column(Entry):
    """One column of a tidy table. `key` columns together name a row; `low` and `high` bound a number."""

    type: Literal["text", "date", "whole number", "number"]
    unit: str
    meaning: str
    key: bool = False
    may_be_empty: bool = False
    low: float | None = None
    high: float | None = None


class Table(Entry):
    """One tidy table: what its rows are, the dataset its sources belong to, and its columns in order.

    `is_kept` tells whether it lies in data/tidy; else it is made anew from its file whenever it is read.
    """

    rows: str
    dataset: Literal["recorded_offences", "outcomes", "population", "published_figures", "foi_returns"]
    is_kept: bool = True
    columns: dict[str, Column]

    @property
    def key(self) -> list[str]:
        """The columns that together name a row."""
        return [name for name, column in self.columns.items() if column.key]


def load_tables(folder: Path) -> dict[str, Table]:
    """Return the register of tidy tables in `folder`, by name."""
    path = folder / "columns.yml"
    tables = {name: entry(Table, fields, file=path, name=name) for name, fields in read_mapping(path).items()}
    for name in NEEDED:
        if name not in tables:
            raise RegisterError(
                f"the register of columns has no table '{name}'.",
                [*place(path), ("nearest", ", ".join(nearest(name, tables)) or "none")],
                "Correct the name of the table, or restore its entry (git checkout).",
            )
    return tables
