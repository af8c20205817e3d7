"""Tie our totals to printed ones: a good fit stays within its tolerance, a poor one is shown with its reason."""

from __future__ import annotations

import pandas as pd

from stats import check
from stats.clean.columns import as_registered
from stats.errors import CheckFailed
from stats.registers import Registers
from stats.registers.totals import PrintedTotal


def tie_out(recorded: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Return one row a printed total, with ours beside it.

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
    newest = registers.newest("recorded_offences").id
    rows = pd.DataFrame(
        [
            _row(total, recorded[recorded["source_id"] == (total.release or newest)], registers)
            for total in registers.totals.values()
        ]
    )
    table, plan = as_registered(rows, "tie_out", registers), registers.tables["tie_out"]
    texts = [name for name, column in plan.columns.items() if column.type == "text"]
    table = table.astype({name: "str" for name in texts} | {"printed_n": "Int64", "offences_n": "Int64"})
    outside = (table["offences_n"] - table["printed_n"]).abs() * 100 > table["tolerance_pct"] * table["printed_n"]
    wrong = table[outside != (table["fit"] == "poor")]
    if len(wrong):
        raise CheckFailed(
            "our totals do not fit the printed ones as the register says.",
            [
                *registers.where("registers/totals.yml", wrong["total_id"].iloc[0]),
                ("wrong", "\n" + wrong.drop(columns="reason").to_string(index=False)),
            ],
            "Find out why before changing data/registers/totals.yml.",
        )
    return check.fits(table, plan, name="tie-out")


def _row(total: PrintedTotal, recorded: pd.DataFrame, registers: Registers) -> dict[str, object]:
    forces = [a.code for a in registers.areas.members(registers.areas.current[total.area_code])]
    ours = recorded[
        recorded["area_code"].isin(forces)
        & recorded["offence_code"].isin(total.codes)
        & recorded["period_start"].between(pd.Timestamp(total.start), pd.Timestamp(total.end))
    ]["offences_n"].sum()
    return {
        "total_id": total.id,
        "area_code": total.area_code,
        "period_start": pd.Timestamp(total.start).as_unit("s"),
        "period_end": pd.Timestamp(total.end).as_unit("s"),
        "offence_codes": " ".join(total.codes),
        "printed_by": total.printed_by,
        "printed_n": total.printed,
        "offences_n": int(ours),
        "difference_pct": round((int(ours) - total.printed) / total.printed * 100, 2) + 0.0,
        "tolerance_pct": total.tolerance_pct,
        "fit": total.fit,
        "reason": total.reason,
    }
