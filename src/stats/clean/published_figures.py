"""Published figures as transcribed -> one row a figure, bound to a measure where one exists."""

from __future__ import annotations

import pandas as pd

from stats import check
from stats.clean.columns import as_registered, to_dates, to_number, to_whole
from stats.errors import CheckFailed
from stats.registers import Registers

BOUNDS = ("exact", "about", "more than", "less than", "nearly", "at least", "up to")


def clean_published_figures(
    published: pd.DataFrame, source_id: str, registers: Registers, *, kind: str
) -> pd.DataFrame:
    """Return the tidy table of published figures.

    Parameters
    ----------
    published : DataFrame
        As `read.published_figures` returns it.
    source_id : str
        The raw file it was read from.
    registers : Registers
    kind : str
        Provenance kind of the raw file.

    Raises
    ------
    CheckFailed
        If a measure, area, offence or bound is in no register, or a name repeats.
    """
    plan, name = registers.tables["published_figures"], "published figures"
    return (
        published.assign(
            period_start=lambda t: to_dates(t["period_start"]),
            period_end=lambda t: to_dates(t["period_end"]),
            value=lambda t: to_number(t["value"]),
            numerator_n=lambda t: to_whole(t["numerator_n"]),
            base_n=lambda t: to_whole(t["base_n"]),
            kind=pd.Series(kind, index=published.index, dtype="str"),
            source_id=pd.Series(source_id, index=published.index, dtype="str"),
        )
        .pipe(as_registered, "published_figures", registers)
        .pipe(check.fits, plan, name=name)
        .pipe(_end_after_start)
        .pipe(check.among, "measure", registers.measures, name=name)
        .pipe(check.among, "area_code", registers.areas.current, name=name)
        .pipe(check.among, "offence", registers.offences.groups, name=name)
        .pipe(check.among, "bound", BOUNDS, name=name)
        .pipe(_one_force_where_it_answered, registers)
    )


def _one_force_where_it_answered(figures: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Stop at an answer to an FOI request that is not of one force: a figure of several must say how many answered."""
    forces = [area.code for area in registers.areas.forces]
    wrong = figures[(figures["kind"] == "foi") & ~figures["area_code"].isin(forces)]
    if len(wrong):
        raise CheckFailed(
            "an answer to a freedom of information request is not of one police force.",
            list(zip(wrong["figure_id"].head(8), wrong["area_code"].fillna("no area"), strict=False)),
            "Put the answers of several forces into data/foi/template.csv, one row a force: a figure of them then says "
            "how many answered. A sum that somebody else printed is `reported`.",
        )  # fmt: skip
    return figures


def _end_after_start(figures: pd.DataFrame) -> pd.DataFrame:
    wrong = figures[figures["period_end"] < figures["period_start"]]
    if len(wrong):
        raise CheckFailed(
            "published figures end before they start.",
            [("wrong", "\n" + wrong[["figure_id", "period_start", "period_end"]].to_string())],
            "Put the earlier date first in the raw file's next edition.",
        )
    return figures
