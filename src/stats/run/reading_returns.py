"""What `stats read` says of FOI returns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pandas as pd

from stats import present
from stats.clean.foi import GIVEN, REPLIES
from stats.errors import StatsError
from stats.period import Period
from stats.registers import Registers

Said = list[tuple[str, str]]
Made = TypeVar("Made")
MADE_UP = "illustrative: made up, and no evidence"


def foi_summary(table: pd.DataFrame, path: Path, registers: Registers) -> Said:
    """Return the lines that say what a file of FOI returns holds.

    Parameters
    ----------
    table : DataFrame
        Tidy FOI returns.
    path : Path
    registers : Registers
    """
    span = f"{table['period_start'].min():%d %B %Y} to {table['period_end'].max():%d %B %Y}"
    said = [("what", "FOI returns in our template (data/foi/template.csv)"), ("file", path.name), ("span", span)]
    for question, rows in table.groupby("question", sort=False):
        said += [("question", str(question)), *_replies(rows, registers), *_kinds(rows)]
    made_up = table["url"].fillna("").str.startswith("illustrative").any()
    return [*said, ("rows", f"{len(table):,}"), *([("provenance", MADE_UP)] if made_up else [])]


def _replies(rows: pd.DataFrame, registers: Registers) -> Said:
    """How many forces gave a number, and what became of the others: none of them is zero."""
    territorial = {area.code for area in registers.areas.forces if area.kind == "force"}
    gave = set(rows.loc[rows["reply"].isin(GIVEN), "area_code"]) & territorial
    counts = {reply: rows.loc[rows["reply"] == reply, "area_code"].nunique() for reply in REPLIES}
    unlisted = len(territorial - set(rows["area_code"]))
    replies = ", ".join(f"{n} {reply}" for reply, n in {**counts, "not in the file": unlisted}.items() if n)
    return [("coverage", f"{len(gave)} of {len(territorial)} forces gave a number"), ("replies", replies)]


def _kinds(rows: pd.DataFrame) -> Said:
    """What differs between answers, so that they are not summed."""
    given = rows[rows["reply"].isin(GIVEN)]
    spans = [Period(s.date(), e.date()).label for s, e in zip(given["period_start"], given["period_end"], strict=True)]
    kinds = given.assign(period=spans)
    return [
        ("not summed", f"{column} differs: {present.listed([f'{v} ({n})' for v, n in counts.items()], last='or')}")
        for column in ("definition", "unit", "period")
        if len(counts := kinds[column].value_counts().sort_index()) > 1
    ]


def naming(path: Path, make: Callable[[], Made]) -> Made:
    """Return what is made of a file; an error names the file."""
    try:
        return make()
    except StatsError as problem:
        if "file" not in dict(problem.evidence):
            problem.evidence.insert(0, ("file", path.name))
        raise
