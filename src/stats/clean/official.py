"""The tidy table of a file as published -> the rows and columns of ours, as text, for the cleaning of that dataset.

A publisher's file holds every offence and area; ours are the forces of the register and the offence classes it counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from stats.errors import CheckFailed
from stats.registers import Registers

FORCES = ("force", "special force")


def recorded_as_ours(table: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Return the recorded offences that are ours, with the columns of `read.recorded_crime` and `status`.

    Parameters
    ----------
    table : DataFrame
        As `run.reading` returns it for recorded crime by force; `offences_n` in offences.
    registers : Registers

    Raises
    ------
    CheckFailed
        If no offence of ours is in it, or one stands beside a body that is no force.
    """
    ours = _counted(table, registers)
    return _by_quarter(ours).assign(
        offence_code=ours["offence_code"], offences=_text(ours["offences_n"]), status=ours["status"]
    )


def outcomes_as_ours(table: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Return the outcomes of our offences on the recorded basis, with the columns of `read.outcomes`.

    Parameters
    ----------
    table : DataFrame
        As `run.reading` returns it for outcomes. A type that no offence has is left out, as in our table.
    registers : Registers

    Raises
    ------
    CheckFailed
        If outcomes on the recorded basis are not in it: the other basis counts other offences.
    """
    recorded = table[table["basis"] == "recorded"]
    _must_hold(recorded, "outcomes on the recorded basis", "basis", sorted(table["basis"].dropna().unique()))
    ours = _counted(recorded, registers)
    ours = ours[ours["offences_n"].ne(0).fillna(value=True)]
    return _by_quarter(ours).assign(
        offence_code=ours["offence_code"], outcome_type=ours["outcome_type_code"], offences=_text(ours["offences_n"])
    )


def population_as_ours(table: pd.DataFrame, *, mid_year: date | None) -> pd.DataFrame:
    """Return the residents of forces and nations, with the columns of `read.population`.

    Parameters
    ----------
    table : DataFrame
        As `run.reading` returns it for populations; regions and households are left out.
    mid_year : date, optional
        The day of the estimate, where the file does not tell it.

    Raises
    ------
    CheckFailed
        If neither the file nor the entry tells the year.
    """
    ours = table[(table["unit"] == "residents") & table["area_kind"].isin(("force", "nation", "nations"))]
    _must_hold(ours, "residents of forces", "unit", sorted(table["unit"].unique()))
    if "mid_year" not in ours and mid_year is None:
        raise CheckFailed(
            "neither the file nor its entry tells the year of the population.",
            [("expected", "a column a year, or covers_to in the entry")],
            "Give the 30 June it is of: stats release add FILE --mid-year 2024",
        )
    years = ours["mid_year"].dt.year if "mid_year" in ours else pd.Series(mid_year.year if mid_year else 0, ours.index)
    return pd.DataFrame(
        {
            "area_code": ours["area_code"],
            "area_name": ours["area_name"],
            "mid_year": years.astype("str"),
            "population": _text(ours["value"]),
        }
    ).reset_index(drop=True)


def _counted(table: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """The rows of forces and of the offence classes that are counted here."""
    codes = [offence.code for offence in registers.offences.counted]
    ours = table[table["offence_code"].isin(codes)]
    _must_hold(ours, f"offences {', '.join(codes)}", "offence_code", sorted(table["offence_code"].dropna().unique()))
    strange = ours.loc[~ours["area_kind"].isin(FORCES), ["area_name", "offence_code"]].drop_duplicates()
    if len(strange):
        raise CheckFailed(
            "offences of ours stand beside a body that is no police force.",
            [("wrong", f"\n{strange.head(8).to_string(index=False)}"), ("expected", "the forces of the register")],
            "Look at the file: its columns may have slipped.",
        )
    return ours.reset_index(drop=True)


def _by_quarter(ours: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "force_code": ours["area_code"].where(ours["area_kind"] == "force").astype("str"),
            "force_name": ours["area_name"],
            "quarter_start": ours["period_start"].dt.strftime("%Y-%m-%d"),
            "quarter_end": ours["period_end"].dt.strftime("%Y-%m-%d"),
        }
    )


def _text(numbers: pd.Series) -> pd.Series:
    return numbers.astype("Int64").astype("str").where(numbers.notna()).astype("str")


def _must_hold(rows: pd.DataFrame, what: str, column: str, found: Sequence[str]) -> None:
    if rows.empty:
        raise CheckFailed(
            f"a file does not hold {what}.",
            [("expected", what), (f"{column} found", ", ".join(found[:12]) or "none")],
            "It is another table of this publisher: look at what was downloaded.",
        )
