"""Alarms that a series may have changed its meaning at a date nobody registered. They tell of the data, never a cause.

A figure is never cut, and no effect claimed, on the strength of these: they say where to look for a rule change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stats.estimate.shape import Numbers


@dataclass(frozen=True)
class ChowTest:
    """Whether one fit does as well as two. `df` are the degrees of freedom of F above and below the line."""

    statistic: float
    df: tuple[int, int]
    p_value: float
    method: str = "Chow test, alarm about the data only"


@dataclass(frozen=True)
class BreakAlarm:
    """The largest Chow statistic of a series, and the last position (from 0) before the date where it stands.

    It has no p-value: the largest of many is large by chance, and its distribution is not the F of one chosen date.
    """

    statistic: float
    last_before: int
    tried: int
    method: str = "supF over the middle of the series, alarm about the data only"


def chow(y: Numbers, x: Numbers, last_before: int) -> ChowTest:
    """Return the F test of Chow (1960) of one least-squares fit against one on each side of a date chosen beforehand.

    Parameters
    ----------
    y : array of float
        Usually logs of counts.
    x : array, rows of y by columns
        The design: `trend_models.design`, or a column of ones for a change of the mean.
    last_before : int
        How many rows stand before the break.

    Raises
    ------
    ValueError
        If one side has no more rows than the design has columns.

    Examples
    --------
    >>> y = np.array([1.0, 2, 1, 2, 5, 6, 5, 6])
    >>> found = chow(y, np.ones((8, 1)), 4)
    >>> found.statistic, found.df
    (96.0, (1, 6))
    """
    from scipy.stats import f

    n, k = x.shape
    if not k < last_before < n - k:
        raise ValueError(f"more than {k} rows are wanted on each side, not {last_before} and {n - last_before}")
    df = (k, n - 2 * k)
    statistic = _chow_statistic(y, x, last_before)
    return ChowTest(statistic, df, float(f.sf(statistic, *df)))


def break_alarm(y: Numbers, x: Numbers, *, trim: float = 0.15) -> BreakAlarm:
    """Return the largest Chow statistic over the middle of a series (Andrews 1993), as an alarm about the data only.

    A high value says: look for a rule change, a merger or a mistake near this date. It says nothing of causes.

    Parameters
    ----------
    y, x : array
        As of `chow`.
    trim : float
        The share of the series left out at each end.

    Raises
    ------
    ValueError
        If trimming leaves nothing to try.

    Examples
    --------
    >>> y = np.array([1.0, 2, 1, 2, 5, 6, 5, 6])
    >>> break_alarm(y, np.ones((8, 1))).last_before
    3
    """
    n, k = x.shape
    edge = max(int(np.ceil(trim * n)), k + 1)
    tried = range(edge, n - edge + 1)
    if not tried or not 0 <= trim < 0.5:
        raise ValueError(f"trim {trim!r} leaves nothing of {n} rows to try")
    found = {at: _chow_statistic(y, x, at) for at in tried}
    highest = max(found, key=lambda at: found[at])
    return BreakAlarm(found[highest], highest - 1, len(tried))


def _chow_statistic(y: Numbers, x: Numbers, last_before: int) -> float:
    n, k = x.shape
    whole = _left_over(y, x)
    parts = _left_over(y[:last_before], x[:last_before]) + _left_over(y[last_before:], x[last_before:])
    return (whole - parts) / k / (parts / (n - 2 * k))


def _left_over(y: Numbers, x: Numbers) -> float:
    resid = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    return float(resid @ resid)
