"""Read a tidy table back with the types its register gives it."""

from __future__ import annotations

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
    dates = [column for column, spec in columns.items() if spec.type == "date"]
    table = pd.read_csv(
        path, dtype={c: _DTYPES[spec.type] for c, spec in columns.items()}, keep_default_na=False, na_values=[""]
    )
    table = table[registers.columns_of(name, table.columns)]
    return table.assign(**{c: pd.to_datetime(table[c], format="%Y-%m-%d").astype("datetime64[s]") for c in dates})
