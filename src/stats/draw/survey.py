"""One answer of a survey by group: shares with the interval that the design allows, or counts of those who answered."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from stats import present
from stats.draw.page import Drawing, Number, Words
from stats.draw.ranges import draw_ranges
from stats.errors import UnknownName, nearest
from stats.estimate.attack import ALL
from stats.estimate.survey_tables import SurveyTable
from stats.registers import Measure, Source

EVERYBODY = "everybody"
"""What the group of all is called on a figure."""


def draw_survey(
    name: str, table: SurveyTable, answer: str, *, measure: Measure, sources: Sequence[Source]
) -> Drawing:  # fmt: skip
    """Return the drawing of the people who gave one answer, group by group.

    Parameters
    ----------
    name : str
        Stem of the files.
    table : SurveyTable
    answer : str
        The label of an answer.
    measure : Measure
    sources : sequence of Source

    Raises
    ------
    UnknownName
        If nobody could give such an answer; the nearest are named.
    NotHonest
        If a text claims more than people who chose to answer bear.
    """
    plotted, basis = _plotted(table, answer), table.survey.codebook.basis
    words = _words(table, plotted, answer)
    each = "; ".join(f"{row.label}: {row.text}" for row in plotted.itertuples())
    alt = f"Chart of {len(plotted)} rows, people who answered “{answer}”: {each}."
    for text in (words.title, alt):
        present.fitting(text, basis=basis)
    return draw_ranges(
        name, plotted, words=words, axis=f"share who answered “{answer}”", alt=alt,
        description=f"{table.survey.codebook.variables[table.question].question} {each}. {'. '.join(table.notes)}.",
        measures=[measure], sources=sources, numbers=_numbers(name, plotted, answer, measure, basis), end=100,
    )  # fmt: skip


def _plotted(table: SurveyTable, answer: str) -> pd.DataFrame:
    rows = table.table[table.table["answer"] == answer]
    if rows.empty:
        known = list(table.table["answer"].unique())
        raise UnknownName(
            f"no answer is called '{answer}'.",
            [("nearest", ", ".join(nearest(answer, known) or known))],
            "Write the label as it stands in the codebook.",
        )
    plotted = pd.DataFrame(
        {
            "label": rows["group"].where(rows["group"] != ALL, EVERYBODY),
            "answer": answer,
            "people_n": rows["people_n"],
            "base_n": rows["base_n"],
            "value_pct": rows["value"] * 100,
            "lower_pct": rows["lower"] * 100,
            "upper_pct": rows["upper"] * 100,
            "is_bound": False,
            "text": rows["text"],
            "method": rows["method"],
            "status": rows["status"],
        }
    ).reset_index(drop=True)
    plotted.attrs["sources"] = [table.survey.source_id]
    return plotted


def _words(table: SurveyTable, plotted: pd.DataFrame, answer: str) -> Words:
    book = table.survey.codebook
    whole = plotted[plotted["label"] == EVERYBODY].iloc[0]
    title = f"“{present.capital(answer)}”: {whole['text']}"
    by = f", by answer to “{book.variables[table.by].question}”" if table.by else ""
    subtitle = f"{book.variables[table.question].question} People who answered “{answer}”{by}"
    return Words(title, subtitle, table.notes)


def _numbers(name: str, plotted: pd.DataFrame, answer: str, measure: Measure, basis: str) -> tuple[Number, ...]:
    return tuple(
        Number(
            f"{name}.{row.Index}", None if pd.isna(row.value_pct) else row.value_pct / 100, row.text,
            f"people who answered “{answer}”, {row.label}", "share", measure.id, None, None, basis, row.text,
        )
        for row in plotted.itertuples()
    )  # fmt: skip
