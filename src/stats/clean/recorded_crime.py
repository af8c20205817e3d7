"""Recorded offences as published -> one row a force, quarter and offence code."""

from __future__ import annotations

import pandas as pd

from stats import check
from stats.clean.columns import are_quarters, as_registered, to_areas, to_dates, to_whole
from stats.period import Period
from stats.registers import Registers


def clean_recorded_crime(published: pd.DataFrame, source_id: str, registers: Registers) -> pd.DataFrame:
    """Return the tidy table of recorded offences.

    Parameters
    ----------
    published : DataFrame
        As `read.recorded_crime` returns it; from `clean.official` it has a `status` too.
    source_id : str
        The release it was read from.
    registers : Registers

    Returns
    -------
    DataFrame
        The columns of `recorded_offences` in the register of columns; `offences_n` in offences.

    Raises
    ------
    CheckFailed
        If an area, date or count cannot be read, a row repeats, or the grid of force, quarter and code has a hole.
    """
    plan, name = registers.tables["recorded_offences"], "recorded offences"
    return (
        published.pipe(to_areas, registers.areas, code="force_code", name="force_name")
        .assign(
            period_start=lambda t: to_dates(t["quarter_start"]),
            period_end=lambda t: to_dates(t["quarter_end"]),
            offences_n=lambda t: to_whole(t["offences"]),
            status=published.get("status", pd.Series(pd.NA, index=published.index)).astype("str"),
            source_id=pd.Series(source_id, index=published.index, dtype="str"),
        )
        .pipe(as_registered, "recorded_offences", registers)
        .pipe(check.fits, plan, name=name)
        .pipe(check.told_where_missing, "offences_n", name=name)
        .pipe(are_quarters)
        .pipe(check.covers, quarterly_grid(published, registers), name=name)
        .sort_values(plan.key, ignore_index=True)
    )


def quarterly_grid(published: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Return every force, quarter and offence code that must be there: each code from the day its class exists."""
    starts = to_dates(published["quarter_start"]).dt.date
    first, last = starts.min(), starts.max()
    quarters = Period.months_from(first.year, first.month, 3).through(
        Period.months_from(last.year, last.month, 3), by="quarter"
    )
    rows = [
        (force.code, quarter.start, offence.code)
        for quarter in quarters
        for offence in registers.offences.counted
        if offence.exists_in(quarter)
        for force in registers.areas.forces
    ]
    grid = pd.DataFrame(rows, columns=["area_code", "period_start", "offence_code"])
    return grid.astype({"area_code": "str", "period_start": "datetime64[s]", "offence_code": "str"})
