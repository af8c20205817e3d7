"""What a series must bear before a trend, a step or a ratio is said of it; else the counts are given, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from stats.errors import NotHonest
from stats.estimate.quarters import enough, position
from stats.estimate.shape import Numbers
from stats.estimate.trend_models import Fit
from stats.period import Period
from stats.registers import Break

FEWEST = 5
"""Offences a quarter, on average, from which the limits of a ratio hold."""

ONE_YEAR = 4
"""Quarters that a level needs on either side of a step, and between two steps: one of each season."""

BEYOND = 1000
"""Times; an interval of a ratio that reaches this, or one over it, says nothing."""

ONLY_COUNTS = "Give the counts themselves, and no word of a rise or fall."


def enough_offences(counts: Numbers, *, what: str = "a trend") -> None:
    """Stop if there are fewer than five offences a quarter on average.

    Raises
    ------
    NotHonest
        Saying that they are too few to say.
    """
    if counts.mean() < FEWEST:
        raise NotHonest(
            f"too few to say: {what} wants {FEWEST} offences a quarter on average.",
            [("offences", f"{counts.sum():,.0f} in {len(counts)} quarters")],
            ONLY_COUNTS,
        )


def bounded(lower: float, upper: float, *, what: str = "a trend", unit: str = "ratio per year") -> None:
    """Stop if the interval of a ratio reaches a thousand times, or a thousandth, or is none.

    Raises
    ------
    NotHonest
        With the interval.
    """
    if not (lower > 1 / BEYOND and upper < BEYOND):
        raise NotHonest(f"these counts put no bound on {what}.", [(unit, f"{lower:.3g} to {upper:.3g}")], ONLY_COUNTS)


def steps_at(modelled: Sequence[Break], periods: Sequence[Period]) -> list[int]:
    """Return the positions, from 0, at which the levels after modelled breaks begin, or stop.

    Raises
    ------
    NotHonest
        If a level has less than a year of its own, at either end or between two breaks.
    NotComparable
        If a break does not fall on the first day of a quarter.
    """
    found = [(position(entry.date, periods, name=f"the break '{entry.label}'"), entry) for entry in modelled]
    for begins, _ in found:
        enough(min(begins, len(periods) - begins), least=ONE_YEAR, what="the level on either side of a break")
    for (first, one), (second, other) in pairwise(sorted(found, key=lambda pair: pair[0])):
        if second - first < ONE_YEAR:
            raise NotHonest(
                "two breaks within a year of each other cannot be modelled as two steps.",
                [
                    *(("break", f"{entry.when}: {entry.what_changed}") for entry in (one, other)),
                    ("quarters between", second - first),
                    ("why", f"with fewer than {ONE_YEAR}, the level between them cannot be told from season"),
                ],
                "End the series before the first of them, or begin after the last.",
            )
    return [begins for begins, _ in found]


def told_apart(x: Numbers) -> None:
    """Stop if the columns of a design are not independent.

    Raises
    ------
    NotHonest
        With how many quarters and terms there are.
    """
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise NotHonest(
            "the quarters are too few to tell trend, season and steps apart.",
            [("quarters", len(x)), ("terms", x.shape[1])],
            "Model fewer breaks, or begin after the last of them.",
        )


def no_more_than_poisson(fit: Fit) -> None:
    """Stop if the Pearson statistic of a fit says that its counts vary more than Poisson counts do.

    Raises
    ------
    NotHonest
        With how many times more.
    """
    from scipy.stats import chi2

    if chi2.sf(fit.pearson_chi2, fit.df_resid) < 0.05:
        raise NotHonest(
            "these counts vary more than Poisson counts do, so a Poisson interval would be too narrow.",
            [("dispersion", f"{fit.dispersion:.1f} times that of Poisson counts")],
            "Use errors='quasi', 'hac' or 'negbin'.",
        )
