"""The ladder from victims to convictions, the rates published about a year, and claims beside recorded counts."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from stats import present
from stats.draw.notes import coverage
from stats.draw.page import Drawing, Number, Words
from stats.draw.ranges import draw_ranges
from stats.draw.steps import draw_steps
from stats.registers import Registers, Source
from stats.registers.areas import ENGLAND_AND_WALES
from stats.registers.claims import Claim
from stats.registers.ladders import Ladder


def draw_ladder(
    name: str, table: pd.DataFrame, ladder: Ladder, *, registers: Registers, sources: Sequence[Source]
) -> Drawing:
    """Return the ladder drawn as a table of steps.

    Parameters
    ----------
    name : str
        Stem of the files.
    table : DataFrame
        As `claims.ladder.steps` returns it.
    ladder : Ladder
    registers : Registers
    sources : sequence of Source
    """
    units = present.listed(list(dict.fromkeys(table["unit"])))
    words = Words(
        f"From victims to convictions, {ladder.plain_name}: the unit changes, so this is no flow",
        f"Published or implied numbers, {ladder.plain_name}, England and Wales; counted in {units}",
        _links(table),
    )
    each = "; ".join(f"{r.step.lower()} {r.text} ({r.unit})" for r in table.itertuples())
    return draw_steps(
        name, table, words=words, alt=f"Table of {len(table)} steps, {ladder.plain_name}: {each}.",
        description=" ".join(f"{r.step}: {r.text} {r.unit}. {r.about}" for r in table.itertuples()),
        measures=tuple(registers.measure(m) for m in table["measure"]), sources=sources,
        numbers=_step_numbers(name, table, ladder, registers),
    )  # fmt: skip


def draw_rates(
    name: str,
    table: pd.DataFrame,
    ladder: Ladder,
    *,
    claims: Sequence[Claim],
    registers: Registers,
    sources: Sequence[Source],
) -> Drawing:
    """Return the rates published about a year, side by side with what each is a rate of.

    Parameters
    ----------
    name : str
        Stem of the files.
    table : DataFrame
        As `claims.ladder.rates` returns it.
    ladder : Ladder
    claims : sequence of Claim
        Whose words are set beside the rates.
    registers : Registers
    sources : sequence of Source
        Of the rates and of the words.
    """
    empty = dict.fromkeys(("lower_pct", "upper_pct"), math.nan)
    plotted = table.assign(
        **empty, is_bound=False, status="", text=[f"{present.capital(r.why)}; {r.period}" for r in table.itertuples()]
    )
    low, high = table["value_pct"].min(), table["value_pct"].max()
    words = Words(
        f"{present.capital(_in_words(len(table)))} published rates run from {low:g}% to {high:g}%, as they differ in "
        f"{_differences(table, registers)}",
        f"Percentages published about {ladder.plain_name}, England and Wales, as printed",
        tuple(_beside(claim, table, registers) for claim in claims),
    )
    each = "; ".join(f"{r.label}, {r.why}" for r in table.itertuples())
    return draw_ranges(
        name, plotted, words=words, axis="per cent of the base named beside it",
        alt=f"Chart of {len(table)} published rates: {each}.", description=" ".join(
            f"{r.label} ({r.period}): {r.numerator}, over {r.denominator}." for r in table.itertuples()
        ),
        measures=tuple({m: registers.measure(m) for m in table["measure"]}.values()), sources=sources,
        claims=[c.id for c in claims], numbers=_rate_numbers(name, table),
    )  # fmt: skip


def _differences(table: pd.DataFrame, registers: Registers) -> str:
    """Return in what published rates differ, and perhaps: the same measure of the same period has another release."""
    measures = [registers.measure(name) for name in table["measure"]]
    bases = [measure.denominator.what if measure.denominator else "" for measure in measures]
    told = {
        "what is counted": {measure.numerator.what for measure in measures}, "base": set(bases),
        "period": set(table["period"].str.partition(" (")[0]),
    }  # fmt: skip
    said = [name for name, values in told.items() if len(values) > 1]
    of_one = table.groupby(["measure", "period"])["value_pct"].nunique()
    return present.listed([*said, "perhaps release"] if (of_one > 1).any() else said)


def draw_beside(name: str, table: pd.DataFrame, *, registers: Registers, sources: Sequence[Source]) -> Drawing:
    """Return claims of recorded offences beside the recorded count.

    Parameters
    ----------
    name : str
        Stem of the files.
    table : DataFrame
        As `claims.beside.beside_recorded` returns it.
    registers : Registers
    sources : sequence of Source
    """
    versus = present.listed([f"“{r.words}” against {r.text}" for r in table.itertuples()])
    words = Words(
        f"What was claimed, and what the police recorded: {versus}",
        "Words as published, and offences recorded by the police in the same area and period",
        (
            "Past quarters are revised in every release; the words were published from an earlier one",
            *(note for code in dict.fromkeys(table["area_code"]) for note in coverage(registers.areas.current[code])),
        ),
    )
    each = "; ".join(f"claimed {r.step}, recorded {r.text} ({r.unit}, {r.period})" for r in table.itertuples())
    measure = registers.measure("recorded_offences")
    numbers = [
        Number(
            f"{name}.{r.claim_id}", r.offences_n, r.text, r.unit, "count", measure.id, r.area_code, r.period,
            "full count",
        )
        for r in table.itertuples()
    ]  # fmt: skip
    return draw_steps(
        name, table, words=words, heads=("Words as published", "Recorded", "Where and when"),
        alt=f"Table of {len(table)} claims beside recorded counts: {each}.",
        description=" ".join(f"{r.step}: {r.text} {r.unit}. {r.about}" for r in table.itertuples()),
        measures=(measure,), sources=sources, numbers=numbers, claims=list(table["claim_id"]),
    )  # fmt: skip


def _links(table: pd.DataFrame) -> tuple[str, ...]:
    """Say which steps are part of the one above, by their units."""
    pairs = zip(table["step"], table["step"][1:], table["unit"], table["unit"][1:], strict=False)
    within = [f"{b} are among {a[0].lower()}{a[1:]}" for a, b, upper, lower in pairs if upper == lower]
    apart = (
        "where the unit changes, no step is a part of the step above it, "
        "and none is divided by another without naming both"
    )
    return (*within, present.capital(apart))


def _beside(claim: Claim, table: pd.DataFrame, registers: Registers) -> str:
    measure = registers.measure(claim.measure or "")
    same = table.loc[table["measure"] == measure.id, "value_pct"]
    printed = present.listed([f"{v:g}%" for v in same], "or") if len(same) else "no figure here"
    who = registers.document_of(claim.id).cited
    return (
        f"Claim {claim.id} ({who}) says “{claim.quote}”. What was published at {claim.words}: "
        f"{_measures_at(claim.words, table, registers)}. What was published as {measure.plain_name}: {printed}"
    )


def _measures_at(words: str, table: pd.DataFrame, registers: Registers) -> str:
    found = table.loc[table["label"].str.startswith(f"{words} "), "measure"]
    return present.listed([registers.measure(m).plain_name for m in dict.fromkeys(found)]) or "none of these"


def _in_words(n: int) -> str:
    return ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")[n] if n < 10 else str(n)


def _step_numbers(name: str, table: pd.DataFrame, ladder: Ladder, registers: Registers) -> tuple[Number, ...]:
    return tuple(
        Number(
            f"{name}.{row.measure}.{end}", getattr(row, end), present.count(getattr(row, end)),
            f"{row.step.lower()}, {ladder.plain_name}", "count", row.measure, ENGLAND_AND_WALES, ladder.plain_name,
            registers.measure(row.measure).basis, f"{row.text} {row.unit}. {row.about}",
        )
        for row in table.itertuples()
        if not row.status
        for end in (("low",) if row.low == row.high else ("low", "high"))
    )  # fmt: skip


def _rate_numbers(name: str, table: pd.DataFrame) -> tuple[Number, ...]:
    return tuple(
        Number(
            f"{name}.{row.figure_id}", row.value_pct / 100, f"{row.value_pct:g}%",
            f"{row.numerator}, over {row.denominator}", "share", row.measure, ENGLAND_AND_WALES, row.period,
            "as published", row.why,
        )
        for row in table.itertuples()
    )  # fmt: skip
