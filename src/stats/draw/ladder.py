"""The ladder from victims to convictions, the rates published about a year, and claims beside recorded counts."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from stats import present
from stats.draw.page import Drawing, Number, Words
from stats.draw.ranges import draw_ranges
from stats.draw.steps import draw_steps
from stats.registers import Registers, Source
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
        f"From victims to convictions, {ladder.plain_name}: the unit changes, so nothing flows from step to step",
        f"Published or implied numbers, {ladder.plain_name}, England and Wales; counted in {units}",
        ("No step is a part of the step above it, and no step may be divided by another without naming both units",),
    )
    each = "; ".join(f"{r.step.lower()} {r.text} ({r.unit})" for r in table.itertuples())
    return draw_steps(
        name, table, words=words, alt=f"Table of {len(table)} steps, {ladder.plain_name}: {each}.",
        description=" ".join(f"{r.step}: {r.text} {r.unit}. {r.about}" for r in table.itertuples()),
        measures=tuple(registers.measure(m) for m in table["measure"]), sources=sources,
        numbers=_step_numbers(name, table, ladder, registers, sources),
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
    """
    empty = dict.fromkeys(("lower_pct", "upper_pct", "inner_lower_pct", "inner_upper_pct"), math.nan)
    plotted = table.assign(**empty, is_bound=False, status="", text=[present.capital(w) for w in table["why"]])
    low, high = table["value_pct"].min(), table["value_pct"].max()
    words = Words(
        f"{present.capital(_in_words(len(table)))} published rates for about one year run from {low:g}% to {high:g}%, because their bases differ",
        f"Percentages published about {ladder.plain_name}, England and Wales, as printed",
        tuple(_beside(claim, table, registers) for claim in claims),
    )
    each = "; ".join(f"{r.label}, {r.why}" for r in table.itertuples())
    return draw_ranges(
        name, plotted, words=words, axis="per cent of the base named beside it", alt=f"Chart of {len(table)} published rates: {each}.",
        description=" ".join(f"{r.label} ({r.period}): {r.numerator}, over {r.denominator}." for r in table.itertuples()),
        measures=tuple({m: registers.measure(m) for m in table["measure"]}.values()), sources=sources,
        claims=[c.id for c in claims], numbers=_rate_numbers(name, table, sources),
    )  # fmt: skip


def draw_beside(
    name: str, table: pd.DataFrame, *, registers: Registers, sources: Sequence[Source]
) -> Drawing:
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
    words = Words(
        f"What was claimed, and what the police recorded: {present.listed([f'{r.step} against {r.text}' for r in table.itertuples()])}",
        "Words as published, and offences recorded by the police in the same area and period",
        ("Past quarters are revised in every release; the words were published from an earlier one",),
    )
    each = "; ".join(f"claimed {r.step}, recorded {r.text} ({r.unit}, {r.period})" for r in table.itertuples())
    measure = registers.measure("recorded_offences")
    numbers = [
        Number(f"{name}.{r.claim_id}", r.offences_n, r.text, r.unit, "count", measure.id, r.area_code, r.period, "full count",
               tuple(s.id for s in sources))
        for r in table.itertuples()
    ]  # fmt: skip
    return draw_steps(
        name, table, words=words, alt=f"Table of {len(table)} claims beside recorded counts: {each}.",
        description=" ".join(f"{r.step}: {r.text} {r.unit}. {r.about}" for r in table.itertuples()),
        measures=(measure,), sources=sources, numbers=numbers, claims=list(table["claim_id"]),
    )  # fmt: skip


def _beside(claim: Claim, table: pd.DataFrame, registers: Registers) -> str:
    measure = registers.measure(claim.measure or "")
    same = table.loc[table["measure"] == measure.id, "value_pct"]
    printed = present.listed([f"{v:g}%" for v in same], "or") if len(same) else "no figure here"
    return (
        f"Claim {claim.id}, “{claim.quote}”: these words speak of {measure.plain_name}, of which the chart has {printed}; "
        f"it has {claim.words} for {_measures_at(claim.words, table, registers)}"
    )


def _measures_at(words: str, table: pd.DataFrame, registers: Registers) -> str:
    found = table.loc[table["label"].str.startswith(f"{words} "), "measure"]
    return present.listed([registers.measure(m).plain_name for m in dict.fromkeys(found)]) or "none of these"


def _in_words(n: int) -> str:
    return ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")[n] if n < 10 else str(n)


def _step_numbers(
    name: str, table: pd.DataFrame, ladder: Ladder, registers: Registers, sources: Sequence[Source]
) -> tuple[Number, ...]:
    return tuple(
        Number(f"{name}.{r.measure}.{end}", getattr(r, end), present.count(getattr(r, end)), f"{r.step.lower()}, {ladder.plain_name}",
               "count", r.measure, "K04000001", ladder.plain_name, registers.measure(r.measure).basis, tuple(s.id for s in sources))
        for r in table.itertuples() if not r.status
        for end in (("low",) if r.low == r.high else ("low", "high"))
    )  # fmt: skip


def _rate_numbers(name: str, table: pd.DataFrame, sources: Sequence[Source]) -> tuple[Number, ...]:
    return tuple(
        Number(f"{name}.{r.figure_id}", r.value_pct / 100, f"{r.value_pct:g}%", f"{r.numerator}, over {r.denominator}", "share",
               r.measure, "K04000001", r.period, "as published", tuple(s.id for s in sources))
        for r in table.itertuples()
    )  # fmt: skip
