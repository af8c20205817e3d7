"""The shares that published counts give when they are printed with their base: '40 out of 1,082 outcomes' is 3.7%."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from stats.claims.draft.stages import stages_in
from stats.claims.facts import Facts
from stats.registers import Measure

DERIVED = "-as-a-share"
"""The end of the id of a figure that was divided here, and not printed."""


def with_derived(facts: Facts) -> Facts:
    """Return the facts, and among the published figures a share for each count that is printed with its base.

    Missing counts and bases give none. A share that is printed itself stays as it is printed, beside it.
    """
    return facts.once("derived", lambda: _with_derived(facts))


def _with_derived(facts: Facts) -> Facts:
    rows = [row for figure in facts.figures for row in _share(figure, facts)]
    if not rows:
        return facts
    return replace(facts, published=pd.concat([facts.published, pd.DataFrame(rows)], ignore_index=True))


def _share(row: dict[str, Any], facts: Facts) -> Iterator[dict[str, Any]]:
    """Yield the share of a count, of the one measure whose numerator and denominator its words name."""
    if row["unit"] == "percent" or not row["base_n"] or row["bound"] != "exact":
        return
    said = stages_in(row["quote"] or "", facts.registers.wordings)
    stages = {facts.registers.measures[row["measure"]].numerator.stage, *said}
    measure = _measure(stages, row["base_words"] or "", facts)
    if measure and 0 < row["value"] < row["base_n"]:
        yield {
            **row, "figure_id": f"{row['figure_id']}{DERIVED}", "measure": measure.id, "unit": "percent",
            "value": round(100 * row["value"] / row["base_n"], 1), "numerator_n": row["value"],
        }  # fmt: skip


def _measure(stages: set[str], base_words: str, facts: Facts) -> Measure | None:
    words = facts.registers.wordings
    base = next(iter(words.base_stages(base_words)), "")
    fit = [
        measure for measure in facts.registers.measures.values()
        if measure.unit == "percent" and not words.of(measure.id).is_mixed and measure.denominator
        and measure.denominator.stage == base and measure.numerator.stage in stages and measure.numerator.stage != base
    ]  # fmt: skip
    return fit[0] if fit else None
