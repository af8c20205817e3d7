"""Outcomes as published -> one row a force, quarter, offence code and outcome type."""

from __future__ import annotations

import pandas as pd

from stats import check
from stats.clean.columns import are_quarters, as_registered, to_areas, to_dates, to_whole
from stats.registers import Registers


def clean_outcomes(published: pd.DataFrame, source_id: str, registers: Registers) -> pd.DataFrame:
    """Return the tidy table of outcomes on the recorded basis.

    Parameters
    ----------
    published : DataFrame
        As `read.outcomes` returns it; types with no offences have no row.
    source_id : str
        The release it was read from.
    registers : Registers

    Returns
    -------
    DataFrame
        The columns of `outcomes` in the register of columns; `offences_n` in offences.

    Raises
    ------
    CheckFailed
        If an area, date, type or count cannot be read, or a row repeats.
    """
    plan, name = registers.tables["outcomes"], "outcomes"
    return (
        published.pipe(to_areas, registers.areas, code="force_code", name="force_name")
        .assign(
            period_start=lambda t: to_dates(t["quarter_start"]),
            period_end=lambda t: to_dates(t["quarter_end"]),
            outcome_type_code=lambda t: t["outcome_type"],
            offences_n=lambda t: to_whole(t["offences"]),
            status=pd.Series(pd.NA, index=published.index, dtype="str"),
            source_id=pd.Series(source_id, index=published.index, dtype="str"),
        )
        .pipe(as_registered, "outcomes", registers)
        .pipe(check.fits, plan, name=name)
        .pipe(are_quarters)
        .pipe(check.among, "outcome_type_code", registers.outcomes, name=name)
        .pipe(check.among, "offence_code", [o.code for o in registers.offences.counted], name=name)
        .sort_values(plan.key, ignore_index=True)
    )


def outcomes_sum_to_recorded(outcomes: pd.DataFrame, recorded: pd.DataFrame) -> pd.DataFrame:
    """Return the outcomes if, in each force, quarter and code, they sum exactly to the offences recorded.

    Parameters
    ----------
    outcomes, recorded : DataFrame
        Tidy tables. Only the quarters that have outcomes are compared.
    """
    on = ["area_code", "period_start", "offence_code"]
    same = recorded[recorded["period_start"].isin(outcomes["period_start"].unique())]
    no_rows_is_none = same.assign(offences_n=0)
    check.adds_up(
        pd.concat([outcomes, no_rows_is_none])[[*on, "offences_n"]], same, on=on, part="offences_n",
        total="offences_n", name="outcomes against recorded offences",
    )  # fmt: skip
    return outcomes
