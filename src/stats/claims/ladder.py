"""The ladder from estimated victims to people convicted, and the reconciliation of the rates published about a year."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from stats import present
from stats.claims.feasible import bases_for, counts_for
from stats.registers import Registers, Source
from stats.registers.entries import find
from stats.registers.ladders import Implied, Ladder, Rung

WHERE = "data/tidy/published_figures.csv"


def steps(ladder: Ladder, published: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Return the rungs of a ladder as a table of steps.

    Parameters
    ----------
    ladder : Ladder
    published : DataFrame
        Tidy published figures.
    registers : Registers

    Returns
    -------
    DataFrame
        One row a rung: `step`, `measure`, `unit`, `low`, `high` (counts; equal where a figure was printed), `text`,
        `status`, `about`, `figures`.
    """
    figures = published.set_index("figure_id")
    return pd.DataFrame([_step(rung, figures, registers) for rung in ladder.rungs])


def rates(ladder: Ladder, published: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Return the rates published about a year, smallest first, each with its numerator, denominator and reason.

    Returns
    -------
    DataFrame
        One row a rate: `figure_id`, `label`, `value_pct`, `numerator`, `denominator`, `period`, `publisher`,
        `measure`, `why`.
    """
    figures = published.set_index("figure_id")
    rows = []
    for rate in ladder.rates:
        figure = figures.loc[rate.figure]
        measure = registers.measure(figure["measure"])
        rows.append(
            {
                "figure_id": rate.figure,
                "label": f"{figure['value']:g}%  {figure['publisher']}",
                "value_pct": float(figure["value"]),
                "numerator": _counted(figure["numerator_n"], measure.numerator.what),
                "denominator": _counted(figure["base_n"], measure.base),
                "period": figure["period_words"],
                "publisher": figure["publisher"],
                "measure": measure.id,
                "why": rate.why,
                "quote": figure["quote"],
                "url": figure["url"],
            }
        )
    return pd.DataFrame(rows).sort_values(["value_pct", "figure_id"], ignore_index=True)


def sources_used(ladder: Ladder, published: pd.DataFrame, registers: Registers) -> list[Source]:
    """Return the raw files that a ladder's published figures were read from."""
    used = set(published.loc[published["figure_id"].isin(ladder.figures), "source_id"])
    return [source for source in registers.sources_of("published_figures") if source.id in used]


def _step(rung: Rung, figures: pd.DataFrame, registers: Registers) -> dict[str, object]:
    measure = registers.measure(rung.measure)
    row: dict[str, object] = {
        "step": rung.step, "measure": rung.measure, "unit": measure.numerator.unit,
        "low": math.nan, "high": math.nan, "text": "[x]", "status": "[x]", "figures": "",
    }  # fmt: skip
    if rung.why_missing:
        return row | {"about": f"Not to hand: {rung.why_missing}."}
    if rung.figure:
        figure = find(figures.to_dict("index"), rung.figure, what="published figure", where=WHERE)
        bound = "" if figure["bound"] == "exact" else f"{figure['bound']} "
        return row | {
            "low": figure["value"], "high": figure["value"], "text": f"{bound}{present.count(figure['value'])}",
            "status": "", "about": _about(figure, measure.numerator.what), "figures": rung.figure,
        }  # fmt: skip
    assert rung.implied
    return row | _implied(rung.implied, figures, measure.numerator.what)


def _implied(implied: Implied, figures: pd.DataFrame, what: str) -> dict[str, object]:
    percent = figures.loc[implied.percent_figure]
    words = f"{percent['value']:g}%"
    if implied.base_figure:
        base = int(figures.loc[implied.base_figure, "value"])
        counts = counts_for(words, base)
        how = f"implied by {words} of the {base:,} of {figures.loc[implied.base_figure, 'publisher']}"
    else:
        part = int(percent["numerator_n"])
        counts = bases_for(words, part)
        how = f"implied by {part:,} being {words} of them"
    return {
        "low": counts[0], "high": counts[-1], "text": f"{counts[0]:,} to {counts[-1]:,}", "status": "",
        "about": f"{_about(percent.to_dict(), what)} No count was printed: {how}.",
        "figures": "; ".join(filter(None, (implied.percent_figure, implied.base_figure))),
    }  # fmt: skip


def _about(figure: dict[str, object], what: str) -> str:
    note = f" {figure['note']}." if isinstance(figure["note"], str) else ""
    return f"{present.capital(what)}; {figure['period_words']}. {figure['publisher']}.{note}".replace("..", ".")


def _counted(n: Any, what: str) -> str:
    return f"{present.count(float(n))} {what}" if pd.notna(n) else f"{what} (count not printed)"
