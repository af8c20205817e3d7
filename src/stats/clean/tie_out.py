"""Tie our totals to printed ones: a good fit stays within its tolerance, a poor one is shown with its reason."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from stats import check
from stats.clean.columns import as_registered
from stats.errors import CheckFailed
from stats.registers import Registers
from stats.registers.places import place
from stats.registers.totals import PrintedTotal


def tie_out(recorded: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Return one row a printed total of recorded offences, with ours beside it.

    Parameters
    ----------
    recorded : DataFrame
        Tidy recorded offences.
    registers : Registers

    Raises
    ------
    CheckFailed
        If a good fit lies outside its tolerance, or a known poor fit has become good.
    """
    rows = compared(recorded, "recorded_offences", registers)
    table, plan = as_registered(rows, "tie_out", registers), registers.tables["tie_out"]
    texts = [name for name, column in plan.columns.items() if column.type == "text"]
    table = table.astype({name: "str" for name in texts} | {"printed_n": "Int64", "offences_n": "Int64"})
    return check.fits(must_fit(table, registers), plan, name="tie-out")


def compared(table: pd.DataFrame, dataset: str, registers: Registers) -> pd.DataFrame:
    """Return the printed totals of a dataset, ours beside each; `offences_n` holds residents for populations.

    Parameters
    ----------
    table : DataFrame
        The tidy table of the dataset.
    dataset : str
        recorded_offences, outcomes or population.
    registers : Registers
    """
    newest = registers.newest(dataset).id
    totals = [total for total in registers.totals.values() if total.dataset == dataset]
    return pd.DataFrame(
        [_row(total, table[table["source_id"] == (total.release or newest)], registers) for total in totals]
    )


def must_fit(rows: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Return printed totals beside ours if each fits as well, or as poorly, as it says.

    Raises
    ------
    CheckFailed
        Naming the register, or the entry of the release, that holds the first one that does not.
    """
    if rows.empty:
        return rows
    outside = (rows["offences_n"] - rows["printed_n"]).abs() * 100 > rows["tolerance_pct"] * rows["printed_n"]
    wrong = rows[outside != (rows["fit"] == "poor")]
    if len(wrong):
        total = registers.totals[wrong["total_id"].iloc[0]]
        told = total.release and total.id.startswith(f"{total.release}-total-")
        where = (
            place(Path(f"{registers.source(total.release).path}.yml"), total.release)
            if told and total.release
            else registers.where("registers/totals.yml", total.id)
        )
        raise CheckFailed(
            "our totals do not fit the printed ones as the register says.",
            [*where, ("wrong", "\n" + wrong.drop(columns="reason").to_string(index=False))],
            "Look up the printed total again: its area, offences, period and edition. If it is right, the file differs "
            "from what its publisher printed."
            if told
            else "Find out why before changing data/registers/totals.yml.",
        )
    return rows


def _row(total: PrintedTotal, table: pd.DataFrame, registers: Registers) -> dict[str, object]:
    ours = _ours(total, table, registers)
    return {
        "total_id": total.id,
        "area_code": total.area_code,
        "period_start": pd.Timestamp(total.start).as_unit("s"),
        "period_end": pd.Timestamp(total.end).as_unit("s"),
        "offence_codes": " ".join(total.codes),
        "printed_by": total.printed_by,
        "printed_n": total.printed,
        "offences_n": ours,
        "difference_pct": round((ours - total.printed) / total.printed * 100, 2) + 0.0,
        "tolerance_pct": total.tolerance_pct,
        "fit": total.fit,
        "reason": total.reason,
    }


def _ours(total: PrintedTotal, table: pd.DataFrame, registers: Registers) -> int:
    """The sum over the forces of its area; the residents of one that has none are none."""
    forces = [a.code for a in registers.areas.members(registers.areas.current[total.area_code])]
    time = "mid_year" if total.dataset == "population" else "period_start"
    value = "residents_n" if total.dataset == "population" else "offences_n"
    its = table["area_code"].isin(forces) & table[time].between(pd.Timestamp(total.start), pd.Timestamp(total.end))
    if total.codes:
        its &= table["offence_code"].isin(total.codes)
    if total.outcome_types:
        its &= table["outcome_type_code"].isin(total.outcome_types)
    return int(table.loc[its, value].sum())
