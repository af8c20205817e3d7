"""Read a tidy table back with the types its register gives it."""

from __future__ import annotations

import pandas as pd

from stats.errors import NotToHand
from stats.registers import Registers
from stats.registers.entries import find, shown

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
    """
    columns = find(registers.tables, name, what="table", where="data/registers/columns.yml").columns
    path = registers.root / "data" / "tidy" / f"{name}.csv"
    if not path.is_file():
        raise NotToHand(f"the table {name} has not been made.", [("file", shown(path))], "Run: make data")
    dates = [column for column, spec in columns.items() if spec.type == "date"]
    table = pd.read_csv(
        path, dtype={c: _DTYPES[spec.type] for c, spec in columns.items()}, keep_default_na=False, na_values=[""]
    )
    return table.assign(**{c: pd.to_datetime(table[c], format="%Y-%m-%d").astype("datetime64[s]") for c in dates})
