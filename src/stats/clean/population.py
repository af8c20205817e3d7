"""Population estimates as published -> one row an area and year."""

from __future__ import annotations

import pandas as pd

from stats import check
from stats.clean.columns import as_registered, to_areas, to_dates, to_whole
from stats.registers import Registers

ROUNDING = 100
"""Some tables are rounded to 100 residents, so a total may differ from its parts by half of that for each part."""


def clean_population(published: pd.DataFrame, source_id: str, registers: Registers) -> pd.DataFrame:
    """Return the tidy table of mid-year populations.

    Parameters
    ----------
    published : DataFrame
        As `read.population` returns it.
    source_id : str
        The release it was read from.
    registers : Registers

    Returns
    -------
    DataFrame
        The columns of `population` in the register of columns; `residents_n` in residents.

    Raises
    ------
    CheckFailed
        If a force is missing from a year, a row repeats, or forces do not sum to the printed nation.
    """
    plan, name = registers.tables["population"], "population"
    return (
        published.pipe(to_areas, registers.areas, code="area_code", name="area_name")
        .assign(
            mid_year=lambda t: to_dates(t["mid_year"] + "-06-30"),
            residents_n=lambda t: to_whole(t["population"]),
            source_id=pd.Series(source_id, index=published.index, dtype="str"),
        )
        .pipe(as_registered, "population", registers)
        .pipe(check.fits, plan, name=name)
        .pipe(_forces_complete, registers)
        .pipe(_nations_add_up, registers)
        .sort_values(plan.key, ignore_index=True)
    )


def _forces_complete(population: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    forces = [a.code for a in registers.areas.forces if a.kind == "force"]
    rows = [(code, year) for code in forces for year in population["mid_year"].unique()]
    grid = pd.DataFrame(rows, columns=["area_code", "mid_year"]).astype({"area_code": "str"})
    check.covers(population[population["area_code"].isin(forces)], grid, name="population of forces")
    return population


def _nations_add_up(population: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    areas = registers.areas
    for nation in (a for a in areas.current.values() if a.kind in ("nation", "nations")):
        members = [a.code for a in areas.members(nation) if a.kind == "force"]
        years = population.loc[population["area_code"] == nation.code, ["mid_year", "residents_n"]]
        forces = population[population["area_code"].isin(members) & population["mid_year"].isin(years["mid_year"])]
        if len(years):
            check.adds_up(
                forces, years, on=["mid_year"], part="residents_n", total="residents_n",
                tolerance=ROUNDING / 2 * (len(members) + 1), name=f"population of {nation.name}",
            )  # fmt: skip
    return population
