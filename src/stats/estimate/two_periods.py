"""How the quarterly level of one period compares with that of another: a ratio with room for usual unevenness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from stats.errors import NotComparable, NotHonest
from stats.estimate.by_series import Series, by_series
from stats.estimate.change import comparable
from stats.estimate.estimate import Contract, Estimate
from stats.estimate.quarters import Day, counts_of, enough, first_quarter_of, quarters, uncrossed
from stats.estimate.shape import Numbers, check_level
from stats.estimate.trend import AS_IF_UNEVEN, ONE_YEAR
from stats.estimate.trend_models import Fit, p_value, quasi_poisson, ratio_limits
from stats.period import Period
from stats.registers import Break

INTERVALS = ("t", "normal")


@dataclass(frozen=True)
class PeriodRatio:
    """The mean quarter of the later period over that of the earlier.

    Parameters
    ----------
    ratio : Estimate
        Unit 'ratio'; `n` is the number of quarters of both.
    p_value : float
        Of a ratio of 1.
    dispersion : float
        How many times more the quarters vary than Poisson counts.
    df_resid : int
        Quarters less the two means.
    """

    ratio: Estimate
    p_value: float
    dispersion: float
    df_resid: int


def _parted(series: Series) -> tuple[Sequence[Any], dict[str, Any]]:
    """Cut a table's counts and dates where its last column becomes true."""
    counts, dates, later = series.columns
    is_after = np.asarray(later, dtype=bool)
    days = (
        [d for d, a in zip(dates, is_after, strict=True) if not a],
        [d for d, a in zip(dates, is_after, strict=True) if a],
    )
    return (counts[~is_after], counts[is_after]), {"dates": days, **series.options}


@by_series("ratio", arrange=_parted)
def two_period(
    before: Sequence[float] | Sequence[Estimate],
    after: Sequence[float] | Sequence[Estimate],
    *,
    dates: tuple[Sequence[Day], Sequence[Day]] | None = None,
    breaks: Sequence[Break] | None = None,
    interval: str = "t",
    level: float = 0.95,
) -> PeriodRatio:
    """Return the quasi-Poisson ratio of two periods of quarterly counts (McCullagh and Nelder 1989).

    A table with the names of its columns of counts, of quarters, and of whether a quarter is of the later period, gives
    the same table, with the ratio of its series.

    Parameters
    ----------
    before, after : sequence of int, or of Estimate
        Counts of zero or more, one a quarter. Estimates bring their quarters and breaks in their contracts.
    dates : (before, after), optional
        The quarters of each, as Period or a day in it; with them the breaks and the seasons are looked at.
    breaks : sequence of Break
        Every registered break of the series; wanted with `dates`. Counts without dates are not looked at for breaks.
    interval : {"t", "normal"}
        Student's t on the quarters less two, or the normal quantile, which is too narrow for few quarters.
    level : float
        Confidence level, between 0 and 1.

    Raises
    ------
    NotComparable
        For estimates that `change.comparable` would not compare, or unlike seasons: winter against a whole year.
    BreakCrossed
        If a registered break parts the two periods or falls inside one of them.
    NotHonest
        If a period has fewer than four quarters, or no offences.

    Examples
    --------
    >>> found = two_period([112, 98, 104, 121], [130, 118, 109, 139, 128, 121, 117, 142])
    >>> [round(number, 2) for number in (found.ratio.value, found.ratio.lower, found.ratio.upper)]
    [1.15, 1.02, 1.31]
    """
    check_level(level)
    if interval not in INTERVALS:
        raise ValueError(f"interval must be one of {', '.join(INTERVALS)}, not {interval!r}")
    contract, known = None, dates
    if dates and breaks is None:
        raise ValueError("give every registered break of the series with its dates: breaks=[] says that there is none")
    if isinstance(before[0], Estimate):
        contract, known, breaks = _of_contracts([*before], [*after])
    if known:
        _are_like(quarters(known[0]), quarters(known[1]), breaks or ())
    counts = [_counts(part) for part in (before, after)]
    fit = two_level_fit(*counts, least=1)
    df = fit.df_resid if interval == "t" else None
    lower, upper = ratio_limits(fit, level, df=df)
    quantile = "with t" if df else "with the normal quantile"
    ratio = Estimate(
        float(np.exp(fit.coef[1])), float(lower), float(upper), "ratio", f"quasi-Poisson {quantile}, {AS_IF_UNEVEN}",
        level, sum(map(len, counts)), "full count", contract,
    )  # fmt: skip
    return PeriodRatio(ratio, p_value(fit, df=df), fit.dispersion, fit.df_resid)


def two_level_fit(before: Numbers, after: Numbers, *, least: float = 0.0) -> Fit:
    """Return the quasi-Poisson fit of two levels; its second coefficient is the log of their ratio.

    `least` is that of `trend_models.quasi_poisson`.
    """
    is_after = np.repeat([0.0, 1.0], [len(before), len(after)])
    x = np.column_stack([np.ones(len(is_after)), is_after])
    return quasi_poisson(np.concatenate([before, after]), x, least=least)


def _of_contracts(
    before: list[Estimate], after: list[Estimate]
) -> tuple[Contract, tuple[list[Period], list[Period]], Sequence[Break]]:
    """Check that every quarter is of one series, and return what the contracts know."""
    first, *others = [*before, *after]
    for other in others:
        comparable(first, other)
    contracts = [[e.contract for e in part if e.contract] for part in (before, after)]
    known = ([c.period for c in contracts[0]], [c.period for c in contracts[1]])
    return contracts[1][-1], known, contracts[0][0].breaks


def _are_like(before: list[Period], after: list[Period], breaks: Sequence[Break]) -> None:
    if after[0].start <= before[-1].end:
        raise NotComparable(
            "the later period must start after the earlier one ends.",
            [("before", f"{before[0]} to {before[-1]}"), ("after", f"{after[0]} to {after[-1]}")],
            "Give the earlier quarters first.",
        )
    uncrossed([*before, *after], breaks, what="a comparison")
    seasons = [Counter(first_quarter_of([p]) for p in part) for part in (before, after)]
    shares = [[part[q] / part.total() for q in range(1, 5)] for part in seasons]
    if shares[0] != shares[1]:
        raise NotComparable(
            "these two periods hold unlike seasons.",
            [("before", f"{before[0]} to {before[-1]}"), ("after", f"{after[0]} to {after[-1]}")],
            "Take whole years of both, or the same quarters of the year.",
        )


def _counts(part: Sequence[float] | Sequence[Estimate]) -> Numbers:
    numbers = [one.value if isinstance(one, Estimate) else one for one in part]
    counts = counts_of(numbers, len(numbers))
    enough(len(counts), least=ONE_YEAR, what="a period to compare")
    if not counts.any():
        raise NotHonest(
            "a period without any offence has no ratio.", [("quarters", len(counts))], "Give the two counts instead."
        )
    return counts
