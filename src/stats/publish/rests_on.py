"""What a figure rests on: of each source the rows that it uses, with one hash over them."""

from __future__ import annotations

import hashlib
from typing import Any, Protocol

import pandas as pd

from stats.draw.page import Drawing
from stats.publish.files import as_csv
from stats.read.tidy import read_tidy
from stats.registers import Source, load

WHOLE = ("claims", "foi_returns", "survey_answers")
"""What is read from its file each time: claims of a document, FOI returns, answers of a survey."""


class Asked(Protocol):
    """The validated parameters of a notebook."""

    notebook: str

    def as_parameters(self) -> dict[str, Any]:
        """Return the parameters as plain values."""
        ...

    def uses(self, dataset: str, table: pd.DataFrame, drawing: Drawing) -> pd.DataFrame:
        """Return the rows of a tidy table that a drawing rests on."""
        ...


def rests_on(source: Source, drawing: Drawing, asked: Asked) -> dict[str, Any]:
    """Return how many rows of a source a figure uses, and their hash; of a source of `WHOLE`, the hash of its file."""
    if source.dataset in WHOLE:
        return {"file_sha256": source.sha256}
    rows = asked.uses(source.dataset, read_tidy(source.dataset, load()), drawing)
    its = rows[rows["source_id"] == source.id]
    return {"rows_used": len(its), "rows_sha256": hash_of(its)}


def hash_of(rows: pd.DataFrame) -> str:
    """Return the SHA-256 of tidy rows as CSV, sorted by their columns from left to right."""
    return hashlib.sha256(as_csv(rows.sort_values(list(rows.columns)))).hexdigest()
