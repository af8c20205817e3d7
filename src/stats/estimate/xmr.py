"""XmR charts with the rules of NHS 'Making Data Count': which points of an otherwise steady process are special."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
import pandas as pd

from stats.errors import NotHonest
from stats.estimate.autocorrelation import acf
from stats.estimate.by_series import series_of
from stats.estimate.shape import Numbers, refuse

CONSTANT = 2.66
"""Three sigma as a multiple of the mean moving range: 3 / 1.128 (Wheeler and Chambers 1992)."""

SCREEN = 3.267
"""Moving ranges of at least this many times their mean are left out of it."""

RUN = 7
"""Points in a row, on one side of the mean or each further than the last."""

LEAST_POINTS = 12
"""Points from which limits are computed."""

COMMON = "Common Cause"
CHARTED = ("run", "mean", "lower", "upper", "special_cause")


@dataclass(frozen=True)
class Limits:
    """Centre line, process limits, and the lines at two thirds of the way to them."""

    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float


@overload
def xmr(table: pd.DataFrame, y: str, /, *, by: str | Sequence[str] = (), **options: Any) -> pd.DataFrame: ...
@overload
def xmr(y: Sequence[float], /, *, screen: bool = True, rebase: Sequence[int] = ()) -> pd.DataFrame: ...
def xmr(*given: Any, **options: Any) -> pd.DataFrame:
    """Return the points of an XmR chart with their limits and special causes, one row a point.

    A table and the name of its column of points give the same table with `run, mean, lower, upper, special_cause`
    added, chart by chart (`by`). Limits are where single points fall, and no interval of an estimate.

    The rules are those of NHS 'Making Data Count', as NHSRplotthedots has them: a point beyond the limits, seven in a
    row on one side of the mean, seven in a row rising or falling, two of three close to a limit.

    Parameters
    ----------
    y : sequence of float
        In order of time, none missing.
    screen : bool
        Leave outlying moving ranges (3.267 times their mean, or more) out of the limits.
    rebase : sequence of int
        Positions, from 0, at which new limits begin: where a registered break is, and nowhere else.

    Returns
    -------
    DataFrame
        `y, run, mean, lower, upper, special_cause`.

    Raises
    ------
    NotHonest
        If there are fewer than 12 points between two rebases, or the points between two rebases both resemble their
        neighbours (autocorrelation at lag 1 above 1.96 / sqrt(n)) and drift one way (Kendall's tau, p below 0.05):
        the limits would then be those of no process, and half of the points special.
    BadCount
        If a value is missing.

    Examples
    --------
    >>> found = xmr([10, 12, 11, 9, 10, 11, 10, 12, 9, 11, 10, 25, 11, 10])
    >>> found["special_cause"].iloc[11], round(float(found["upper"].iloc[0]), 2)
    ('Above UCL', 15.61)
    """
    if not isinstance(given[0], pd.DataFrame):
        return _charted(given[0], **options)
    table, name = given
    series = series_of(table, [name], options, added=CHARTED)
    charts = [(_charted(one.columns[0], **one.options), one.at) for one in series]
    added = pd.concat([chart.set_axis(at) for chart, at in charts]).sort_index().drop(columns="y")
    return pd.concat([table, added.set_axis(table.index)], axis=1)


def _charted(y: Sequence[float], *, screen: bool = True, rebase: Sequence[int] = ()) -> pd.DataFrame:
    points = np.asarray(y, dtype=float)
    refuse("every point must be a number", ~np.isfinite(points), y=points)
    starts = [0, *sorted(rebase)]
    if len(set(starts)) < len(starts) or any(not 0 <= at < len(points) for at in starts):
        raise ValueError(f"rebase must name positions after the first point and within {len(points)}, not {rebase!r}")
    parts = [points[a:b] for a, b in zip(starts, [*starts[1:], len(points)], strict=True)]
    for part in parts:
        _can_have_limits(part)
    return pd.concat([_chart(part, run, screen) for run, part in enumerate(parts)], ignore_index=True)


def xmr_limits(y: Numbers, *, constant: float = CONSTANT, screen: bool = True) -> Limits:
    """Return mean and process limits: the mean, and `constant` mean moving ranges on either side of it.

    Where every moving range is screened out, as in a series that never moves, the limits are not-a-number.
    """
    mean, moved = float(np.mean(y)), np.abs(np.diff(y))
    kept = moved[moved < SCREEN * moved.mean()] if screen and len(moved) else moved
    spread = float(kept.mean()) if len(kept) else float("nan")
    reach, near = constant * spread, 2 * (constant / 3) * spread
    return Limits(mean, mean - reach, mean + reach, mean - near, mean + near)


def special_causes(y: Numbers, limits: Limits) -> list[str]:
    """Return for each point the first rule that it breaks, in the words of NHSRplotthedots, or 'Common Cause'."""
    side = np.sign(y - limits.mean)
    outside = (y > limits.upper) | (y < limits.lower)
    close = ~outside & ((y < limits.near_lower) | (y > limits.near_upper))
    trending, steps = _in_seven_trending(y), np.sign(np.diff(y, append=y[-1:]))
    goes_on = trending & np.append(trending[1:], False)
    step = np.where(goes_on, steps, np.append(0.0, steps[:-1]))
    where = np.where(side > 0, "Above", "Below")
    return [
        str(word)
        for word in np.select(
            [outside, trending, close & _in_two_of_three(close, side), _in_seven_on_one_side(side)],
            [
                np.where(side == 1, "Above UCL", "Below LCL"),
                np.where(step == 1, "7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"),
                np.char.add(np.char.add("2 in 3 ", where), " CL"),
                np.char.add(np.char.add("7 Points ", where), " CL"),
            ],
            COMMON,
        )
    ]


def _chart(part: Numbers, run: int, screen: bool) -> pd.DataFrame:
    limits = xmr_limits(part, screen=screen)
    return pd.DataFrame(
        {
            "y": part, "run": run, "mean": limits.mean, "lower": limits.lower, "upper": limits.upper,
            "special_cause": special_causes(part, limits),
        }
    )  # fmt: skip


def _can_have_limits(part: Numbers) -> None:
    from scipy.stats import kendalltau

    if len(part) < LEAST_POINTS:
        raise NotHonest(
            f"too short to say: limits want {LEAST_POINTS} points between two rebases.",
            [("points", len(part))],
            "Show the points alone.",
        )
    likeness = float(acf(part, 1)[0])
    drift = kendalltau(np.arange(len(part)), part)
    if likeness > 1.96 / np.sqrt(len(part)) and drift.pvalue < 0.05:
        raise NotHonest(
            "this series grows or shrinks and each point resembles the last, so it has no steady limits.",
            [
                ("autocorrelation", f"{likeness:.2f} at lag 1, above 1.96 / sqrt({len(part)})"),
                ("drift", f"Kendall's tau {drift.statistic:.2f}"),
            ],
            "Fit a trend between breaks instead, or rebase where a break is registered.",
        )


def _spread(last_of: Numbers, over: int) -> Numbers:
    """Return which points belong to a run of `over` points, given which points end one."""
    padded = np.append(last_of, np.zeros(over - 1, dtype=bool))
    return np.array([padded[at : at + over].any() for at in range(len(last_of))], dtype=bool)


def _ends(holds: list[bool], n: int, over: int) -> Numbers:
    """Return which of n points end a run of `over` points for which something holds."""
    return np.array([False] * min(over - 1, n) + holds, dtype=bool)


def _in_seven_on_one_side(side: Numbers) -> Numbers:
    n = len(side)
    holds = [abs(side[at : at + RUN].sum()) == RUN for at in range(n - RUN + 1)]
    return _spread(_ends(holds, n, RUN), RUN)


def _in_seven_trending(y: Numbers) -> Numbers:
    n, steps = len(y), np.sign(np.diff(y))
    holds = [abs(steps[at : at + RUN - 1].sum()) == RUN - 1 for at in range(n - RUN + 1)]
    return _spread(_ends(holds, n, RUN), RUN)


def _in_two_of_three(close: Numbers, side: Numbers) -> Numbers:
    n = len(close)
    holds = [close[at : at + 3].sum() >= 2 and abs(side[at : at + 3].sum()) == 3 for at in range(n - 2)]
    return _spread(_ends(holds, n, 3), 3)
