"""A tidy table that was read from a published file, as a file and in short."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from stats.errors import UsageMistake
from stats.publish.files import as_csv

SHOWN = 5
"""How many rows of the table follow a summary."""


def must_be_apart(out: Path, file: Path, root: Path, *, what: str = "the tidy table") -> None:
    """Stop if what is made would be written over the file it was read from, or among the data of the repository.

    Raises
    ------
    UsageMistake
        Nothing was written.
    """
    if out.resolve() == file.resolve() or (out.exists() and out.samefile(file)):
        wrong = f"{what} would take the place of the file it is read from."
    elif out.resolve().is_relative_to((root / "data").resolve()):
        wrong = "the folder data holds raw files, registers and tables that are made, and nothing written by hand."
    else:
        return
    raise UsageMistake(wrong, [("--out", out)], "Give another place with --out. Nothing was written.")


def as_file(table: pd.DataFrame, path: Path) -> bytes:
    """Return a table as the name of its file says: Parquet if it ends in .parquet, else CSV."""
    if path.suffix.casefold() == ".parquet":
        from stats.publish.parquet_file import as_parquet

        return as_parquet(table)
    return as_csv(table)


def in_short(summary: Iterable[tuple[str, str]], table: pd.DataFrame) -> str:
    """Return a summary, a line each, and the first rows of the table."""
    lines = list(summary)
    width = max(len(label) for label, _ in lines)
    said = "\n".join(f"{label:<{width}}  {words}" for label, words in lines)
    return f"{said}\n\n{table.head(SHOWN).to_string(index=False)}"
