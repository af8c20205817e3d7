"""Which rows of a tidy table a figure rests on: the very rows that its estimates add up."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from stats.estimate import attrition, counts, rates
from stats.period import Period
from stats.registers import Area, OffenceGroup, load
from stats.registers.claims import Claim

Asked = tuple[Area, OffenceGroup, Period]
"""An area, an offence group and a period that a number is of."""

_KEYS = ("source_id", "area_code", "offence_code", "period_start")
"""The columns that tell which rows a count adds up: to look at these alone is several times quicker."""


def rows_of_offences(offences: pd.DataFrame, asked: Iterable[Asked]) -> pd.DataFrame:
    """Return the rows behind recorded counts."""
    asked, registers = list(asked), load()
    codes = {code for _, group, _ in asked for code in group.codes}
    keys = offences.loc[offences["offence_code"].isin(codes), list(_KEYS)]
    return _together(
        offences, (counts.cells(keys, area=a, group=g, period=p, registers=registers) for a, g, p in asked)
    )


def rows_of_claims(offences: pd.DataFrame, claims: Iterable[Claim]) -> pd.DataFrame:
    """Return the rows behind the counts that claims of recorded offences are set beside."""
    areas, offence = load().areas.current, load().offences.find
    asked = [(areas[c.area_code or ""], offence(c.offence or ""), c.period.period) for c in claims]
    return rows_of_offences(offences, [(area, group, period) for area, group, period in asked if period])


def rows_of_population(population: pd.DataFrame, asked: Iterable[Asked]) -> pd.DataFrame:
    """Return the rows behind the bases of rates."""
    return _together(
        population,
        (rates.rows_of_residents(population, area=a, period=p, registers=load()) for a, _, p in asked),
    )


def rows_of_outcomes(outcomes: pd.DataFrame, asked: Iterable[Asked]) -> pd.DataFrame:
    """Return the rows behind outcome groups and charged shares."""
    return _together(
        outcomes,
        (attrition.cells(outcomes, area=a, group=g, period=p, registers=load()) for a, g, p in asked),
    )


def rows_of_figures(published: pd.DataFrame, plotted: pd.DataFrame) -> pd.DataFrame:
    """Return the published figures that a ladder or a chart of rates shows, which its table names."""
    named = plotted["figure_id"] if "figure_id" in plotted else plotted["figures"].str.split("; ").explode()
    return published[published["figure_id"].isin(named)]


def _together(table: pd.DataFrame, parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows that are in any part, each once: a force is part of its nation too."""
    return table[table.index.isin([at for part in parts for at in part.index])]
