"""Survey answers as they came -> every cell checked against the codebook. What would name a person is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from stats.check import LINE, SHOWN
from stats.errors import CheckFailed, nearest
from stats.registers.codebooks import Codebook, SampleDesign
from stats.registers.identifying import cell_that_names, column_that_names

OUT = "Take it out of the file before it comes here: tables need codes, and nobody must be named by them."


@dataclass(frozen=True, repr=False)
class Survey:
    """The answers of a survey; printing it shows nobody's.

    Parameters
    ----------
    codebook : Codebook
    answers : DataFrame
        One row a person and a column a question: the label of the answer, missing where there is none.
    why_missing : DataFrame
        In the same cells what the code of a missing answer means.
    design : dict of str to Series
        Weight, psu, stratum and population as far as they are given; one entry a person.
    source_id : str
    """

    codebook: Codebook
    answers: pd.DataFrame
    why_missing: pd.DataFrame
    design: dict[str, pd.Series]
    source_id: str

    def __repr__(self) -> str:
        return f"Survey({self.codebook.title!r}, {len(self.answers):,} people; rows are not shown)"

    def _repr_html_(self) -> str:
        return self.__repr__()


def clean_survey(published: pd.DataFrame, codebook: Codebook, source_id: str) -> Survey:
    """Return the answers, each looked up in the codebook.

    Parameters
    ----------
    published : DataFrame
        As `read.survey` returns it: text, an empty cell as missing, the line of the file as index.
    codebook : Codebook
    source_id : str
        What the file goes by.

    Raises
    ------
    CheckFailed
        If a column is missing, unknown, or would name a person; a cell is blank, holds a code that is not in the
        codebook, or looks like what names a person; a weight is no number from 0; or a record is there twice. Rows are
        given by their number; what stands in them is not repeated.
    """
    _must_have_columns(list(published), codebook)
    _must_name_nobody(published)
    blank = published.isna()
    _must_be("a cell is blank, and a blank is no code", {name: blank[name] for name in published},
             "Give the code of a missing answer (refused, don't know, not asked, no answer).")  # fmt: skip
    known = {
        name: ~published[name].isin([*variable.codes, *variable.missing])
        for name, variable in codebook.variables.items()
    }
    _must_be("a code is not in the codebook", known, "Add it to `codes` or `missing` of its variable, or mend the row.")
    if codebook.record:
        _must_be("a record is there twice", {codebook.record: published[codebook.record].duplicated(keep=False)},
                 "Keep one row a person.")  # fmt: skip
    variables = codebook.variables
    return Survey(
        codebook,
        pd.DataFrame({name: published[name].map(v.codes).astype("str") for name, v in variables.items()}),
        pd.DataFrame({name: published[name].map(dict(v.missing)).astype("str") for name, v in variables.items()}),
        _design(published, codebook),
        source_id,
    )


def _must_have_columns(found: Sequence[str], codebook: Codebook) -> None:
    naming = {name: what for name in found if (what := column_that_names(name))}
    if naming:
        raise CheckFailed(
            "a column of the answers would name a person.", [(name, what) for name, what in naming.items()], OUT
        )
    wanted = codebook.columns
    missing = [name for name in wanted if name not in found]
    unknown = [name for name in found if name not in wanted]
    twice = sorted({name for name in found if list(found).count(name) > 1})
    if missing or unknown or twice:
        raise CheckFailed(
            "the columns of the answers are not those of the codebook.",
            [
                *(("missing", f"{name}; nearest found: {', '.join(nearest(name, unknown)) or 'none'}")
                  for name in missing),
                *(("not in the codebook", name) for name in unknown), *(("twice", name) for name in twice),
            ],
            "Name every column in the codebook, or take it out of the file.",
        )  # fmt: skip


def _must_name_nobody(published: pd.DataFrame) -> None:
    for name in published:
        kinds = {text: what for text in published[name].dropna().unique() if (what := cell_that_names(text))}
        if kinds:
            lines = published.index[published[name].isin(list(kinds))]
            what = ", ".join(sorted(set(kinds.values())))
            raise CheckFailed(
                "cells of the answers look like what names a person.",
                [("column", name), ("looks like", what), (_lines_are(published), _some(lines))], OUT,
            )  # fmt: skip


def _must_be(wrong: str, broken: Mapping[str, pd.Series], mend: str) -> None:
    found = {name: rows.index[rows] for name, rows in broken.items() if rows.any()}
    if found:
        raise CheckFailed(
            f"{wrong}.", [(f"column {name}, rows", _some(rows)) for name, rows in list(found.items())[:SHOWN]], mend
        )


def _design(published: pd.DataFrame, codebook: Codebook) -> dict[str, pd.Series]:
    if not isinstance(codebook.design, SampleDesign):
        return {}
    found = {}
    for what, column in codebook.design.columns.items():
        values = published[column]
        if what in ("weight", "population"):
            numbers = pd.to_numeric(values.where(values.str.fullmatch(r"\d+(\.\d+)?")), errors="coerce")
            _must_be(f"a {what} is no number from 0", {column: numbers.isna()}, "Look at the row.")
            values = numbers.astype("float64")
        found[what] = values
    return found


def _lines_are(published: pd.DataFrame) -> str:
    return "lines" if published.index.name == LINE else "rows"


def _some(lines: Iterable[int]) -> str:
    every = list(lines)
    return ", ".join(map(str, every[:12])) + (f" … and {len(every) - 12:,} more" if len(every) > 12 else "")
