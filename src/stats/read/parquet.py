"""A tidy table in a Parquet file, asked column by column through DuckDB: the extra `scale`.

Only the columns that are asked for are read, within a bound on memory. DuckDB is shut in: it can open this one file,
writes nothing, loads no extension and reaches no network.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from stats.errors import CannotOpen, CheckFailed, NotToHand, UsageMistake
from stats.registers.entries import shown

MEMORY = "1GB"
"""What DuckDB may hold at most."""

WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT")
DECIMAL = ("FLOAT", "DOUBLE")

_FILE = "read_parquet(?, hive_partitioning = false, can_have_nan = true)"
"""Without the last word DuckDB takes a NaN for a number: other writers leave it out of their statistics."""


@dataclass(frozen=True)
class Tidy:
    """A Parquet file that is open: its columns with their types, as DuckDB names them."""

    path: Path
    columns: dict[str, str]
    _engine: Any

    def ask(self, query: str, values: Sequence[object] = ()) -> pd.DataFrame:
        """Return the answer to a query of `FROM {}`, where the braces stand for this file.

        Parameters
        ----------
        query : str
            Names in it come from `columns`, through `quoted`; values are `?`, and never part of the text.
        values : sequence
            One for each `?` of the query.

        Returns
        -------
        DataFrame
            Whole numbers that may be missing are Int64; texts are str; dates are datetime64.
        """
        found = self._engine.execute(query.format(_FILE), [str(self.path), *values])
        kinds = [str(column[1]) for column in found.description]
        return pd.DataFrame(
            {name: _column(cells, kind) for (name, cells), kind in zip(found.fetchnumpy().items(), kinds, strict=True)}
        )


def quoted(name: str) -> str:
    """Return a column as it may stand in a query.

    Examples
    --------
    >>> quoted('offences "n"; --')
    '"offences ""n""; --"'
    """
    return '"' + name.replace('"', '""').replace("{", "{{").replace("}", "}}") + '"'


@contextmanager
def open_parquet(path: Path, *, memory: str = MEMORY, threads: int | None = None) -> Iterator[Tidy]:
    """Open a Parquet file for questions.

    Parameters
    ----------
    path : Path
    memory : str
        The bound, as DuckDB writes it: '1GB'.
    threads : int, optional
        One a core by default.

    Raises
    ------
    NotToHand
        If DuckDB is not installed.
    CannotOpen
        If it is no Parquet file, or a damaged one.
    CheckFailed
        If a sum has more digits than a number can hold.
    UsageMistake
        If an answer would need more memory than `memory`.
    """
    duckdb = of_the_extra("duckdb")
    whole = path.absolute()
    _must_be_parquet(whole)
    try:
        with duckdb.connect(config=_alone(memory, threads)) as engine:
            only = "'" + str(whole).replace("'", "''") + "'"
            engine.execute(f"SET allowed_paths = [{only}]")
            engine.execute("SET enable_external_access = false; SET lock_configuration = true")
            tidy = Tidy(whole, {}, engine)
            told = tidy.ask("DESCRIBE SELECT * FROM {}")
            yield Tidy(whole, dict(zip(told["column_name"], told["column_type"], strict=True)), engine)
    except duckdb.OutOfMemoryException:
        raise UsageMistake(
            "the answer needs more memory than it may take.", [("file", shown(path)), ("at most", memory)],
            "Group by fewer columns, or choose fewer rows.",
        ) from None  # fmt: skip
    except (duckdb.ConversionException, duckdb.OutOfRangeException) as problem:
        raise CheckFailed(
            "a total has more digits than a number can hold.", [("file", shown(path)), ("it says", _first(problem))],
            "Look at the numbers: a code or a marker may have been read as one.",
        ) from None  # fmt: skip
    except duckdb.Error as problem:
        raise CannotOpen(
            "the Parquet file cannot be read.", [("file", shown(path)), ("it says", _first(problem))],
            "Make it again: stats read FILE --out TABLE.parquet",
        ) from None  # fmt: skip


def of_the_extra(module: str) -> Any:
    """Return a module of the extra `scale`, which the small default path does without.

    Raises
    ------
    NotToHand
        If it is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError:
        raise NotToHand(
            "Parquet files need an extra that is not installed.", [("missing", module)],
            "Install it: pip install 'plainfigures[scale]'. Or write the table as CSV.",
        ) from None  # fmt: skip


def _must_be_parquet(path: Path) -> None:
    """Stop at anything but a file that begins and ends as Parquet does."""
    found: object = "no such file"
    if path.is_file():
        with path.open("rb") as file:
            start = file.read(4)
            file.seek(max(0, os.fstat(file.fileno()).st_size - 4))
            found = f"it begins {start!r} and ends {file.read()!r}"
    if found != "it begins b'PAR1' and ends b'PAR1'":
        raise CannotOpen("this is no Parquet file.", [("file", shown(path)), ("found", found)],
                         "Make it from the published file: stats read FILE --out TABLE.parquet")  # fmt: skip


def _alone(memory: str, threads: int | None) -> dict[str, object]:
    return {
        "autoinstall_known_extensions": False, "autoload_known_extensions": False, "allow_community_extensions": False,
        "temp_directory": "", "memory_limit": memory, "threads": threads or os.cpu_count() or 1,
    }  # fmt: skip


def _column(cells: Any, kind: str) -> Any:
    """Return a column with its missing cells missing; whole numbers stay whole beside them."""
    missing, held = np.ma.getmaskarray(cells), np.ma.getdata(cells)
    if kind in WHOLE:
        return pd.arrays.IntegerArray(np.where(missing, 0, held).astype("int64"), missing)
    if kind in DECIMAL:
        return pd.arrays.FloatingArray(np.where(missing, 0, held).astype("float64"), missing)
    if kind == "VARCHAR":
        texts = held.astype(object)
        texts[missing] = None
        return pd.array(texts, dtype="str")
    return pd.Series(held).mask(missing)


def _first(problem: BaseException) -> str:
    return str(problem).split("\n", 1)[0][:200]
