"""Read a tidy table back with the types its register gives it."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import pandas as pd

from stats.read.made import must_be_as_made
from stats.registers import Registers
from stats.registers.entries import find

_DTYPES = {"text": "str", "date": "str", "whole number": "Int64", "number": "float64"}


def read_tidy(name: str, registers: Registers) -> pd.DataFrame:
    """Return a table of `data/tidy`.

    Parameters
    ----------
    name : str
        A table of the register of columns, such as 'recorded_offences'.
    registers : Registers

    Raises
    ------
    NotToHand
        If the table has not been made yet.
    CheckFailed
        If the table is not what was made from the raw files, or has not the columns of its register.
    """
    columns = find(registers.tables, name, what="table", where="data/registers/columns.yml").columns
    path = registers.root / "data" / "tidy" / f"{name}.csv"
    must_be_as_made([name], registers)
    table = _parsed(path.read_bytes(), tuple((column, spec.type) for column, spec in columns.items()))
    return table[registers.columns_of(name, table.columns)]


@lru_cache(maxsize=8)
def _parsed(data: bytes, types: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """Return a table from its bytes: those alone are its key, so that a table that changed is never an old one."""
    table = pd.read_csv(
        BytesIO(data), dtype={column: _DTYPES[kind] for column, kind in types}, keep_default_na=False, na_values=[""]
    )
    dates = [column for column, kind in types if kind == "date" and column in table]
    return table.assign(**{c: pd.to_datetime(table[c], format="%Y-%m-%d").astype("datetime64[s]") for c in dates})
