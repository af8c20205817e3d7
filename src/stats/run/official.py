"""A raw file as its publisher gave it, as the rows and columns that our cleaning takes."""

from __future__ import annotations

from datetime import date

import pandas as pd

from stats.clean.official import outcomes_as_ours, population_as_ours, recorded_as_ours
from stats.errors import NotRecognised
from stats.read.kept import kept
from stats.read.opening import opened
from stats.registers import Registers, Source
from stats.registers.entries import shown
from stats.run.reading import COPIES, KEPT_FROM, read_workbook


def official_rows(source: Source, registers: Registers) -> pd.DataFrame:
    """Return the rows of a source that has a layout.

    A large file is read from the parsed copy of an earlier reading, if its bytes are the same. The copies lie in the
    repository that the registers are of, so `reproduce`, which works in an empty one, reads the files themselves.

    Parameters
    ----------
    source : Source
        The hash of its file is checked.
    registers : Registers

    Raises
    ------
    SourceChanged
        If the file is not the one that the entry describes.
    NotRecognised
        If it is not laid out as the entry says.
    CheckFailed
        If anything in it is not what its layout says.
    """
    data = source.read()
    if len(data) < KEPT_FROM:
        workbook = opened(source.path, data)
    else:
        workbook = kept(source.path, data, registers.root.joinpath(*COPIES))
    reading = read_workbook(workbook, registers.root)
    found = [layout.id for layout in reading.layouts]
    if source.layout not in found:
        raise NotRecognised(
            "a raw file is not laid out as its entry says.",
            [("file", shown(source.path)), ("expected", source.layout), ("found", ", ".join(found))],
            "Correct `layout` in its entry; the file itself is never edited.",
        )
    return as_ours(reading.tables[source.layout], source.dataset, registers, mid_year=source.covers_to)


def as_ours(table: pd.DataFrame, dataset: str, registers: Registers, *, mid_year: date | None = None) -> pd.DataFrame:
    """Return what a file that was read holds for a dataset, in the columns that its cleaning takes.

    Parameters
    ----------
    table : DataFrame
        The part of a `Reading` that has the layout.
    dataset : str
        recorded_offences, outcomes or population.
    registers : Registers
    mid_year : date, optional
        The day of a population that the file does not tell.
    """
    if dataset == "recorded_offences":
        return recorded_as_ours(table, registers)
    if dataset == "outcomes":
        return outcomes_as_ours(table, registers)
    return population_as_ours(table, mid_year=mid_year)
