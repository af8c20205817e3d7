"""Whether the level, or the trend, of a series changed at a date that was known before looking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from stats.errors import NotHonest
from stats.estimate.autocorrelation import durbin_watson
from stats.estimate.by_series import by_series
from stats.estimate.estimable import ONE_YEAR, bounded, enough_offences
from stats.estimate.estimate import Contract, Estimate
from stats.estimate.quarters import Day, counts_of, enough, first_quarter_of, position, quarters, uncrossed
from stats.estimate.shape import Numbers, check_level
from stats.estimate.trend import AS_IF_UNEVEN
from stats.estimate.trend_models import Fit, design, quasi_poisson, ratio_limits
from stats.period import month
from stats.registers import Break

NEAR = 12
"""Months on either side of a break in which no other change is given a cause: four quarters."""

TWO_YEARS = 8
"""Quarters that a slope needs on either side."""


@dataclass(frozen=True)
class StepChange:
    """The change of a series at a known date, and what else may have caused it.

    Parameters
    ----------
    level : Estimate
        Unit 'ratio': the level from the date on over what the earlier trend leads to.
    slope : Estimate or None
        Unit 'ratio per year': the yearly ratio after the date over that before; None if no slope was fitted.
    at : str
        The date, in words.
    rival : str
        The rule change at that date, which explains the step by itself, or what must be ruled out.
    dispersion, durbin_watson : float
    df_resid : int
        As of a `Trend`.
    """

    level: Estimate
    slope: Estimate | None
    at: str
    rival: str
    dispersion: float
    durbin_watson: float
    df_resid: int


@by_series("level")
def step_change(
    y: Sequence[float],
    dates: Sequence[Day],
    at: Break | date,
    *,
    breaks: Sequence[Break],
    slope: bool = False,
    level: float = 0.95,
    contract: Contract | None = None,
) -> StepChange:
    """Return the step of a full count by quarters at a known date, over and above trend and season.

    Segmented quasi-Poisson regression (Lopez Bernal, Cummins and Gasparrini 2017, Int J Epidemiol 46:348), with t. A
    table with the names of its columns of counts and quarters gives the same table, with the step of its series.

    Parameters
    ----------
    y : sequence of int
        Counts of zero or more, one a quarter.
    dates : sequence of Period or date
        The quarters, without a hole.
    at : Break or date
        The registered break that is modelled, or the first day of something else that was chosen before looking.
    breaks : sequence of Break
        Every registered break of the series.
    slope : bool
        Let the trend change too.
    level : float
        Confidence level, between 0 and 1.
    contract : Contract, optional

    Raises
    ------
    NotHonest
        If another registered break lies within four quarters of the date, the series is too short on one side or has
        fewer than 5 offences a quarter there, or nothing bounds the step or the slope.
    BreakCrossed
        If another registered break falls inside the span.
    NotComparable
        If the date is not the first day of a quarter of the series.
    BadCount
        If the counts are not whole numbers of zero or more.

    Examples
    --------
    >>> from stats.period import Period
    >>> quarters = Period.parse("2014/15 Q1").through(Period.parse("2016/17 Q4"), by="quarter")
    >>> y = [100, 104, 109, 103, 106, 111, 147, 139, 141, 149, 155, 148]
    >>> found = step_change(y, quarters, date(2015, 10, 1), breaks=[])
    >>> round(found.level.value, 2), found.at
    (1.27, 'October 2015')
    >>> found.rival
    'no rule change is registered near October 2015; other causes of the same date are not ruled out'
    """
    check_level(level)
    periods = quarters(dates)
    counts = counts_of(y, len(periods))
    day = at.date if isinstance(at, Break) else at
    own = [at] if isinstance(at, Break) else []
    others = [b for b in breaks if b not in own and b.kind == "break"]
    _far_from(day, others)
    uncrossed(periods, others, what="a step")
    begins = position(day, periods, name="the step")
    enough(len(periods), what="a step")
    enough(
        min(begins, len(periods) - begins),
        least=TWO_YEARS if slope else ONE_YEAR,
        what="each side of a step with a slope" if slope else "each side of a step",
    )
    for side in (counts[:begins], counts[begins:]):
        enough_offences(side, what="each side of a step")
    fit = step_fit(counts, begins, first_quarter=first_quarter_of(periods), slope=slope, least=1)
    found = [_ratio(fit, column, level, len(counts), contract) for column in (5, 6)[: 1 + slope]]
    when = at.when if isinstance(at, Break) else month(day)
    return StepChange(
        found[0], found[1] if slope else None, when, _rival(at, when), fit.dispersion, durbin_watson(fit.resid),
        fit.df_resid,
    )  # fmt: skip


def step_fit(
    y: Numbers,
    begins: int,
    *,
    first_quarter: int = 1,
    season: bool = True,
    slope: bool = False,
    least: float = 0.0,
) -> Fit:
    """Return the quasi-Poisson fit of trend, season and a level from position `begins` (from 0) on.

    The step has the column after the seasons; with `slope` one more follows, the years since the step. `least` is that
    of `trend_models.quasi_poisson`.
    """
    x = design(len(y), first_quarter=first_quarter, season=season, steps=[begins])
    if slope:
        x = np.column_stack([x, np.maximum(np.arange(len(y)) - begins, 0) / 4])
    return quasi_poisson(y, x, least=least)


def _ratio(fit: Fit, column: int, level: float, n: int, contract: Contract | None) -> Estimate:
    lower, upper = (float(limit) for limit in ratio_limits(fit, level, df=fit.df_resid, column=column))
    what, unit = ("a step", "ratio") if column == 5 else ("a slope", "ratio per year")
    bounded(lower, upper, what=what, unit=unit)
    method = f"segmented quasi-Poisson with t, {AS_IF_UNEVEN}"
    return Estimate(float(np.exp(fit.coef[column])), lower, upper, unit, method, level, n, "full count", contract)


def _far_from(day: date, others: Sequence[Break]) -> None:
    """Stop if another registered break lies within four quarters of a date."""
    near = [b for b in others if abs((b.date.year - day.year) * 12 + b.date.month - day.month) <= NEAR]
    if near:
        raise NotHonest(
            f"a change in {month(day)} cannot be told from a change of the recording rules.",
            [("rule change", f"{b.when}: {b.what_changed}") for b in near],
            "Model the registered break itself, or choose a date more than four quarters away from it.",
        )


def _rival(at: Break | date, when: str) -> str:
    if isinstance(at, Break):
        return f"a change of the recording rules: {at.what_changed}"
    return f"no rule change is registered near {when}; other causes of the same date are not ruled out"
