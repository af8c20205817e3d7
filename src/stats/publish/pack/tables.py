"""The tables of a document as CSV: the words as readers meet them, and beside them the numbers they stand for."""

from __future__ import annotations

import csv
import io

from stats.errors import NotReproduced
from stats.publish.documents.model import Document, Grid, plain
from stats.publish.files import unrun


def tables_of(document: Document) -> dict[str, bytes]:
    """Return each table of a document as CSV, by its path in a pack.

    Raises
    ------
    NotReproduced
        If two tables go by one name: one would take the place of the other.
    """
    found: dict[str, bytes] = {}
    for grid in document.tables:
        path, table = f"tables/{grid.name}.csv", as_table(grid)
        if path in found and found[path] != table:
            raise NotReproduced(
                "two tables of a document go by one name.", [("document", document.name), ("table", grid.name)],
                "Give each a name of its own.",
            )  # fmt: skip
        found[path] = table
    return found


def as_table(grid: Grid) -> bytes:
    """Return a table as CSV: a column for each head, then for each that holds numbers a column of them.

    Text that a spreadsheet program would run as a formula gets an apostrophe before it.
    """
    values = [[cell.value for cell in row] for row in grid.rows]
    numeric = [at for at, _ in enumerate(grid.heads) if any(row[at] is not None for row in values)]
    lines = [[*grid.heads, *(f"{grid.heads[at]} (number)" for at in numeric)]]
    for row, numbered in zip(grid.rows, values, strict=True):
        numbers = ["" if numbered[at] is None else repr(numbered[at]) for at in numeric]
        lines.append([*(plain(cell.words) for cell in row), *numbers])
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator="\n").writerows([unrun(cell) for cell in line] for line in lines)
    return made.getvalue().encode("utf-8")
