"""A tidy table that was read from a published file, in short."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

SHOWN = 5
"""How many rows of the table follow a summary."""


def in_short(summary: Iterable[tuple[str, str]], table: pd.DataFrame) -> str:
    """Return a summary, a line each, and the first rows of the table."""
    lines = list(summary)
    width = max(len(label) for label, _ in lines)
    said = "\n".join(f"{label:<{width}}  {words}" for label, words in lines)
    return f"{said}\n\n{table.head(SHOWN).to_string(index=False)}"
