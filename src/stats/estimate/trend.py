"""The yearly change of quarterly counts between breaks, as a ratio: 1.05 is five per cent more each year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd

from stats.errors import NotHonest
from stats.estimate.autocorrelation import durbin_watson
from stats.estimate.by_series import by_series
from stats.estimate.estimate import Contract, Estimate
from stats.estimate.quarters import (
    Day,
    counts_of,
    enough,
    exposure_of,
    first_quarter_of,
    position,
    quarters,
    uncrossed,
)
from stats.estimate.shape import AS_IF, Numbers, check_level, refuse
from stats.estimate.trend_models import (
    SLOPE,
    Fit,
    design,
    evened_line,
    log_ols,
    negative_binomial,
    newey_west,
    p_value,
    poisson,
    quantile,
    quasi_poisson,
    ratio_limits,
)
from stats.period import Period
from stats.registers import Break

AS_IF_UNEVEN = "as if chance and usual unevenness alone moved a full count"
"""What an interval of a trend supposes."""

YEAR_OF_LAGS = 4
"""Quarters over which Newey-West errors look for likeness."""

FEWEST = 5
"""Offences a quarter, on average, from which the limits of a ratio hold."""

ONE_YEAR = 4
"""Quarters that a level needs on either side of a step."""

BEYOND = 1000
"""Times a year; an interval that reaches this says nothing."""

SEASONS = ("quarter", "none")


@dataclass(frozen=True)
class Trend:
    """The yearly ratio of a series, with what tells how far it can be trusted.

    Parameters
    ----------
    ratio : Estimate
        Unit 'ratio per year'.
    p_value : float
        Of a ratio of 1.
    dispersion : float
        How many times more the counts vary than Poisson counts (log-OLS: the variance of the logs).
    durbin_watson : float
        Of what is left over; 2 without likeness of neighbouring quarters, towards 0 with much.
    df_resid : int
        Quarters less the terms fitted.
    line : DataFrame
        `value, lower, upper` a quarter: the fitted count with the season evened out, and its interval.
    """

    ratio: Estimate
    p_value: float
    dispersion: float
    durbin_watson: float
    df_resid: int
    line: pd.DataFrame = field(compare=False, repr=False)


@dataclass(frozen=True)
class _Model:
    """How a fit is made, whether its interval has Student's t, and what it is called."""

    fit: Callable[..., Fit]
    has_t: bool
    name: str
    is_hac: bool = False
    supposes: str = AS_IF_UNEVEN


MODELS = {
    "quasi": _Model(partial(quasi_poisson, least=1), True, "quasi-Poisson with t"),
    "hac": _Model(poisson, True, "Poisson with Newey-West errors", is_hac=True),
    "negbin": _Model(negative_binomial, True, "negative binomial (NB2) with t"),
    "log-ols": _Model(log_ols, True, "least squares of logs with t"),
    "log-ols-hac": _Model(log_ols, True, "least squares of logs with Newey-West errors", is_hac=True),
    "poisson": _Model(poisson, False, "Poisson", supposes=AS_IF),
}
"""What `errors` may be."""


@by_series("ratio", a_row=["offset"])
def trend(
    y: Sequence[float],
    dates: Sequence[Day],
    *,
    breaks: Sequence[Break],
    season: str = "quarter",
    errors: str = "quasi",
    offset: Sequence[float] | None = None,
    lag: int = YEAR_OF_LAGS,
    level: float = 0.95,
    modelled: Sequence[Break] = (),
    contract: Contract | None = None,
) -> Trend:
    """Return the yearly ratio of a full count by quarters, from a log-linear trend with a term for each season.

    A table with the names of its columns of counts and quarters gives the same table, with the ratio of its series.

    Parameters
    ----------
    y : sequence of int
        Counts of zero or more, one a quarter.
    dates : sequence of Period or date
        The quarters, or a day in each, without a hole.
    breaks : sequence of Break
        Every registered break of the series.
    season : {"quarter", "none"}
    errors : {"quasi", "hac", "negbin", "log-ols", "log-ols-hac", "poisson"}
        Quasi-Poisson (McCullagh and Nelder 1989), Newey-West (1987) with Bartlett weights and the small-sample factor,
        negative binomial 2, least squares of the logs. All have Student's t but Poisson, which is refused where the
        counts vary more than it supposes. Newey-West alone is too narrow over few quarters: publish `wider_trend`.
    offset : sequence of float, optional
        Residents or another exposure, one a quarter; its log enters the model.
    lag : int
        Of Newey-West errors, in quarters.
    level : float
        Confidence level, between 0 and 1.
    modelled : sequence of Break
        Breaks inside the span at which a step of the level is fitted; the trend is then the same on both sides.
    contract : Contract, optional

    Raises
    ------
    BreakCrossed
        If a registered break falls inside the span and is not modelled.
    NotHonest
        If there are fewer than 12 quarters ('too short to say') or fewer than 5 offences a quarter ('too few to
        say'), Poisson errors would be too small, the terms cannot be told apart, or nothing bounds the trend.
    BadCount
        If the counts are not whole numbers of zero or more; for log-OLS, if one is zero.

    Examples
    --------
    >>> quarters = Period.parse("2020/21 Q1").through(Period.parse("2022/23 Q4"), by="quarter")
    >>> found = trend([90, 95, 104, 99, 98, 108, 115, 107, 112, 117, 126, 121], quarters, breaks=[])
    >>> [round(number, 3) for number in (found.ratio.value, found.ratio.lower, found.ratio.upper)]
    [1.108, 1.022, 1.201]
    """
    model = _chosen(errors, season, level)
    periods = quarters(dates)
    counts = counts_of(y, len(periods))
    uncrossed(periods, breaks, what="a trend", but=modelled)
    enough(len(periods))
    _enough_offences(counts)
    steps = [_step(entry, periods) for entry in modelled]
    x = design(len(counts), first_quarter=first_quarter_of(periods), season=season == "quarter", steps=steps)
    _can_be_told_apart(x)
    exposure = None if offset is None else exposure_of(offset, len(periods))
    if model.fit is log_ols:
        refuse("least squares of logs wants counts above zero", counts == 0, count=counts)
    fit = model.fit(counts, x, exposure)
    if errors == "poisson":
        _no_more_than_poisson(fit)
    if model.is_hac:
        fit = newey_west(fit, lag=lag, small_sample=True)
    return _trend(fit, model, periods, season=season == "quarter", lag=lag, level=level, contract=contract)


def _chosen(errors: str, season: str, level: float) -> _Model:
    check_level(level)
    if season not in SEASONS:
        raise ValueError(f"season must be one of {', '.join(SEASONS)}, not {season!r}")
    if errors not in MODELS:
        raise ValueError(f"errors must be one of {', '.join(MODELS)}, not {errors!r}")
    return MODELS[errors]


def _trend(
    fit: Fit, model: _Model, periods: Sequence[Period], *, season: bool, lag: int, level: float,
    contract: Contract | None,
) -> Trend:  # fmt: skip
    df = fit.df_resid if model.has_t else None
    lower, upper = ratio_limits(fit, level, df=df)
    _is_bounded(float(lower), float(upper))
    method = f"{model.name}{f', lag {lag}' if model.is_hac else ''}, {model.supposes}"
    value = float(np.exp(fit.coef[SLOPE]))
    ratio = Estimate(
        value, float(lower), float(upper), "ratio per year", method, level, len(periods), "full count", contract
    )
    line = evened_line(fit, quantile(level, df), season=season)
    return Trend(ratio, p_value(fit, df=df), fit.dispersion, durbin_watson(fit.resid), fit.df_resid, line)


def _can_be_told_apart(x: Numbers) -> None:
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise NotHonest(
            "the quarters are too few to tell trend, season and steps apart.",
            [("quarters", len(x)), ("terms", x.shape[1])], "Model fewer breaks, or begin after the last of them.",
        )  # fmt: skip


def _is_bounded(lower: float, upper: float) -> None:
    if not (lower > 1 / BEYOND and upper < BEYOND):
        raise NotHonest(
            "these counts put no bound on a trend.",
            [("ratio a year", f"{lower:.3g} to {upper:.3g}")], "Give the counts, and no word of a rise or fall.",
        )  # fmt: skip


def _step(entry: Break, periods: Sequence[Period]) -> int:
    at = position(entry.date, periods, name=f"the break '{entry.label}'")
    enough(min(at, len(periods) - at), least=ONE_YEAR, what="the level on either side of a break")
    return at


def _enough_offences(counts: Numbers) -> None:
    if counts.mean() < FEWEST:
        raise NotHonest(
            f"too few to say: a trend wants {FEWEST} offences a quarter on average.",
            [("offences", f"{counts.sum():,.0f} in {len(counts)} quarters")],
            "Give the counts themselves, and no word of a rise or fall.",
        )


def _no_more_than_poisson(fit: Fit) -> None:
    from scipy.stats import chi2

    if chi2.sf(fit.pearson_chi2, fit.df_resid) < 0.05:
        raise NotHonest(
            "these counts vary more than Poisson counts do, so a Poisson interval would be too narrow.",
            [("dispersion", f"{fit.dispersion:.1f} times that of Poisson counts")],
            "Use errors='quasi', 'hac' or 'negbin'.",
        )
