"""Read a delimited file whose header must be exactly as expected."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pandas as pd

from stats.errors import CheckFailed, nearest
from stats.registers.entries import shown
from stats.registers.sources import Source


def read_exact(source: Source, columns: Sequence[str]) -> pd.DataFrame:
    """Return a raw CSV file as text, an empty cell as missing.

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
        If the header differs or a row has too many cells.
    """
    try:
        table = pd.read_csv(BytesIO(source.read()), dtype="str", keep_default_na=False, na_values=[""])
    except pd.errors.ParserError as problem:
        raise CheckFailed(
            "a raw file cannot be read as a table.",
            [("file", shown(source.path)), ("problem", problem)],
            "Look at the line named above.",
        ) from None
    if list(table.columns) != list(columns):
        raise CheckFailed(
            "the header of a raw file has changed.",
            [
                ("file", shown(source.path)),
                ("expected", ", ".join(columns)),
                ("found", ", ".join(table.columns)),
                *(
                    (f"missing {c}", f"nearest found: {', '.join(nearest(c, table.columns)) or 'none'}")
                    for c in columns
                    if c not in table.columns
                ),
            ],
            "If the publisher renamed a column, change the reader of this file; do not edit the file.",
        )
    return table
