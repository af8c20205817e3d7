"""Read a delimited file whose header must be exactly as expected."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

import pandas as pd

from stats.check import LINE, SHOWN
from stats.errors import CheckFailed, nearest
from stats.registers.entries import shown
from stats.registers.sources import Source


def read_exact(source: Source, columns: Sequence[str]) -> pd.DataFrame:
    """Return a raw CSV file as text, an empty cell as missing; the index is the line of the file a row starts on.

    Parameters
    ----------
    source : Source
        The entry of the file; its hash is checked.
    columns : sequence of str
        The header the file must have, in this order.

    Raises
    ------
    SourceChanged
        If the file is not the one the entry describes.
    CheckFailed
        If the header differs, or a row has a cell too many or too few.
    """
    (_, header), *rows = _rows(source)
    if header != list(columns):
        raise CheckFailed(
            "the header of a raw file has changed.",
            [
                ("file", shown(source.path)),
                ("expected", ", ".join(columns)),
                ("found", ", ".join(header)),
                *(
                    (f"missing {c}", f"nearest found: {', '.join(nearest(c, header)) or 'none'}")
                    for c in columns
                    if c not in header
                ),
            ],
            "If the publisher renamed a column, change the reader of this file; do not edit the file.",
        )
    slipped = [(line, row) for line, row in rows if len(row) != len(columns)]
    if slipped:
        raise CheckFailed(
            f"rows of a raw file have not {len(columns)} cells, so their columns have slipped.",
            [("file", shown(source.path)), *((f"line {line}", row) for line, row in slipped[:SHOWN])],
            "Look at these rows; a note under the table or an unquoted comma is the usual cause.",
        )
    return pd.DataFrame(
        [[cell or None for cell in row] for _, row in rows],
        columns=list(columns),
        index=pd.Index([line for line, _ in rows], name=LINE, dtype="int64"),
        dtype="str",
    )


def _rows(source: Source) -> list[tuple[int, list[str]]]:
    """Every row with the line that it starts on."""
    try:
        reader = csv.reader(StringIO(source.read().decode("utf-8-sig"), newline=""), strict=True)
        rows, start = [], 1
        for row in reader:
            rows.append((start, row))
            start = reader.line_num + 1
    except (UnicodeDecodeError, csv.Error) as problem:
        raise CheckFailed(
            "a raw file cannot be read as a table.",
            [("file", shown(source.path)), ("problem", problem)],
            "It must be comma-separated text in UTF-8.",
        ) from None
    if not rows:
        raise CheckFailed("a raw file is empty.", [("file", shown(source.path))], "Restore it (git checkout).")
    return rows
