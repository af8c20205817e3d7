"""The words of a trend: what is said of each run between breaks, title, notes, alternative text and numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pandas as pd

from stats import present
from stats.draw.notes import coverage
from stats.draw.page import Number, Words
from stats.draw.series_words import Subject, break_notes, value_notes
from stats.estimate.estimable import FEWEST
from stats.estimate.quarters import LEAST
from stats.estimate.trend_runs import TOO_FEW, TOO_SHORT, Run
from stats.period import Period, month
from stats.registers import Break
from stats.registers.breaks import Gap

RATIO_PLACES = 6
"""Decimals of a ratio that is kept."""

MINUS = "\N{MINUS SIGN}"

FINE, FINEST = 10, 3
"""Intervals that span fewer percentage points than the first have one decimal; none has more than the second."""


def verdict(run: Run) -> str:
    """Return what may be said of a run: 'up 54% a year', 'no clear change' or 'too short to say'."""
    if run.found is None:
        return run.why_not
    if not run.is_clear:
        return "no clear change"
    change = _percents(run)[0]
    return f"{'up' if change > 0 else 'down'} {abs(change)}% a year"


def interval(run: Run) -> str:
    """Return the interval of a run with a trend, in the words of its verdict: '42% to 68%', '−0.5% to 18% a year'."""
    if run.found is None:
        return ""
    _, low, high = _percents(run)
    if not run.is_clear:
        return f"{low}% to {high}% a year".replace("-", MINUS)
    return f"{low}% to {high}%" if low > 0 else f"{abs(high)}% to {abs(low)}%"


def in_full(run: Run) -> str:
    """Return verdict and interval in one: 'up 54% a year (95% confidence interval: 42% to 68%)'."""
    if run.found is None:
        return verdict(run)
    return f"{verdict(run)} ({_level(run)} confidence interval: {interval(run)})"


def from_to(run: Run) -> str:
    """Return the months of a run: 'April 2014 to March 2018'."""
    return f"{month(run.span.start)} to {month(run.span.end)}"


def runs_table(runs: Sequence[Run]) -> pd.DataFrame:
    """Return one row a run, as printed: quarters, what is said, interval and the error model that gave it."""
    return pd.DataFrame(
        {
            "quarters": from_to(run),
            "how many": len(run.counts),
            "recorded offences": verdict(run),
            "interval": interval(run),
            "wider of two models": _model(run).split(" (wider")[0],
        }
        for run in runs
    )


def words_of(
    runs: Sequence[Run],
    periods: Sequence[Period],
    subject: Subject,
    crossed: Sequence[Break],
    breaks: Sequence[Break],
    gaps: Sequence[Gap],
    covered: Period | None = None,
) -> Words:
    """Return title, subtitle and notes of a chart of trends."""
    subtitle = (
        f"{present.capital(subject.measure.plain_name)} a quarter, {subject.group.name}, {subject.area.name}, "
        f"{_whole(periods)}, with the yearly change of each run between recording breaks"
    )
    mixed = [run.periods[0].label for run in runs if run.is_mixed]
    cuts = break_notes(periods, crossed, breaks, mixed=mixed)
    counts = pd.Series([count.value for run in runs for count in run.counts])
    notes = (
        *cuts,
        *_cut_off(periods, breaks, covered),
        *_how(runs),
        *value_notes(counts, gaps),
        *_limits(runs, subject, gaps),
        *coverage(subject.area),
    )
    return Words(_title(runs, subject), subtitle, notes)


def alt_of(runs: Sequence[Run], periods: Sequence[Period], subject: Subject, crossed: Sequence[Break]) -> str:
    """Return chart type and finding of every run."""
    cut = f", cut at {len(crossed)} recording {'break' if len(crossed) == 1 else 'breaks'}" if crossed else ""
    said = " ".join(f"{from_to(run)}: {in_full(run)}." for run in _told(runs))
    what = f"{subject.measure.plain_name} a quarter, {subject.group.name}, in {subject.area.possessive}"
    line = "with a trend line for each run that has one" if any(run.found for run in runs) else "without a trend line"
    return f"Chart of {what}, {_whole(periods)}, {line}{cut}. {said}"


def description_of(table: pd.DataFrame, runs: Sequence[Run], crossed: Sequence[Break]) -> str:
    """Return range, trend of each run and breaks, from the plotted table."""
    low, high = table.loc[table["offences_n"].idxmin()], table.loc[table["offences_n"].idxmax()]
    parts = [
        f"The chart shows {len(table)} quarters as points.",
        f"The lowest count is {low['text']} ({low['period']}), the highest {high['text']} ({high['period']}).",
    ]
    parts += [_described(run, table[table["run"] == number]) for number, run in enumerate(runs, start=1)]
    parts += [f"A break is marked at {entry.when}: {entry.label}." for entry in crossed]
    return " ".join(parts)


def rounded_ratios(run: Run) -> tuple[float, float, float]:
    """Return the yearly ratio and its limits as they are kept: what lies beyond differs between processors."""
    if run.found is None:
        return math.nan, math.nan, math.nan
    ratio = run.found.ratio
    return round(ratio.value, RATIO_PLACES), round(ratio.lower, RATIO_PLACES), round(ratio.upper, RATIO_PLACES)


def _described(run: Run, rows: pd.DataFrame) -> str:
    quarters = f"{len(run.counts)} quarter{'s' if len(run.counts) > 1 else ''}"
    if run.found is None:
        return f"{from_to(run)}: {quarters}, no line, {verdict(run)}."
    first, last = (present.count(rows["trend_n"].iloc[at]) for at in (0, -1))
    return f"{from_to(run)}: {quarters}, the line runs from {first} to {last} offences a quarter, {in_full(run)}."


def numbers_of(name: str, runs: Sequence[Run], subject: Subject) -> tuple[Number, ...]:
    """Return the yearly ratio of each run that has one, with its interval as a qualifier."""
    return tuple(
        Number(
            f"{name}.{run.span.start:%Y-%m}", rounded_ratios(run)[0], verdict(run),
            f"yearly change in {subject.measure.plain_name}, {subject.group.name}", run.found.ratio.unit,
            subject.measure.id, subject.area.code, from_to(run), run.found.ratio.basis,
            f"{_level(run)} confidence interval: {interval(run)}; {run.found.ratio.method}",
        )
        for run in runs
        if run.found
    )  # fmt: skip


def _title(runs: Sequence[Run], subject: Subject) -> str:
    """Say the latest run with a trend, and what holds since, if that is another."""
    told = _told(runs)
    if not any(run.found for run in told):
        verdicts = set(map(verdict, told))
        said = verdicts.pop() if len(verdicts) == 1 else "too short or too few to say"
        return f"{_subject(subject)}: {said}{' whether it is changing' if said.endswith('to say') else ''}"
    last, found = told[-1], next(run for run in reversed(told) if run.found)
    said = f"{_subject(subject)}: {verdict(found)} from {from_to(found)}"
    return said if found is last else f"{said}, {verdict(last)} since {month(last.span.start)}"


def _subject(subject: Subject) -> str:
    return f"Recorded {subject.group.name}, {subject.area.name}"


def _told(runs: Sequence[Run]) -> list[Run]:
    """Return the runs that are more than one quarter with a break inside."""
    return [run for run in runs if not run.is_mixed] or list(runs)


def _how(runs: Sequence[Run]) -> list[str]:
    found = [run for run in runs if run.found]
    if not found:
        return ["Points: counts as recorded", *_why_none(runs)]
    models: dict[str, list[str]] = {}
    for run in found:
        models.setdefault(_model(run), []).append(from_to(run))
    said = "; ".join(f"{model} for {present.listed(spans)}" for model, spans in models.items())
    alike = present.listed([from_to(run) for run in found if run.is_alike])
    notes = [
        "Points: counts as recorded. Line: fitted trend, the season evened out. Band: its "
        f"{_level(found[0])} confidence interval",
        *_why_none(runs),
        "A full count has no sampling error: the interval is as if chance and usual unevenness alone moved it",
        f"The wider interval of two error models is shown: {said}",
    ]
    if alike:
        notes.append(f"Neighbouring quarters are alike, so an interval may still be too narrow: {alike}")
    return notes


def _why_none(runs: Sequence[Run]) -> list[str]:
    """Return what 'too short' and 'too few' mean, where they are said."""
    rules = {
        TOO_SHORT: f"Too short to say: fewer than {LEAST} quarters between breaks",
        TOO_FEW: f"Too few to say: fewer than {FEWEST} offences a quarter on average",
    }
    said = {run.why_not for run in runs}
    return [rule for reason, rule in rules.items() if reason in said]


def _model(run: Run) -> str:
    return run.found.ratio.method.split(", as if")[0] if run.found else ""


def _cut_off(periods: Sequence[Period], breaks: Sequence[Break], covered: Period | None) -> list[str]:
    """Say where the span asked for begins or ends inside a run: a part of it may show another trend than the whole."""
    if covered is None:
        return []
    cuts = {b.date for b in breaks if b.kind == "break"}
    first, after = periods[0].start, periods[-1].end + timedelta(days=1)
    ends = [f"begins in {month(first)}"] if first > covered.start and first not in cuts else []
    ends += [f"ends in {month(periods[-1].end)}"] if after <= covered.end and after not in cuts else []
    if not ends:
        return []
    return [f"The span was chosen and {present.listed(ends)}, inside a run: another span can show another trend"]


def _limits(runs: Sequence[Run], subject: Subject, gaps: Sequence[Gap]) -> list[str]:
    notes = [f"Recorded offences are what the police wrote down, not how much {subject.group.name} there is"]
    if any(run.found for run in runs):
        its = [gap for gap in gaps if gap.dataset == "population" and (not gap.areas or subject.area.code in gap.areas)]
        missing = "".join(f". {present.capital(gap.what)}" for gap in its)
        notes.append(f"The change is of counts, and growth of the population is not taken off{missing}")
    return notes


def _whole(periods: Sequence[Period]) -> str:
    return f"{month(periods[0].start)} to {month(periods[-1].end)}"


def _level(run: Run) -> str:
    return present.percent(run.found.ratio.level, n=1) if run.found else ""


def _percents(run: Run) -> tuple[Decimal, Decimal, Decimal]:
    """Return the yearly change and its limits in per cent, as printed: a limit that is not 0 is not printed as 0."""
    changes = [Decimal(repr(number)) * 100 - 100 for number in rounded_ratios(run)]
    places = 0 if changes[2] - changes[1] >= FINE else 1
    while any(change and not present.half_away(change, places) for change in changes[1:]) and places < FINEST:
        places += 1
    value, low, high = (present.half_away(change, places) for change in changes)
    return value, low, high
