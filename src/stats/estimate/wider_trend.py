"""The trend that is published: one ratio by two error models, with the wider interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stats.estimate.by_series import by_series
from stats.estimate.quarters import Day
from stats.estimate.trend import Trend, trend
from stats.registers import Break


@by_series("ratio", a_row=["offset"])
def wider_trend(y: Sequence[float], dates: Sequence[Day], *, breaks: Sequence[Break], **options: Any) -> Trend:
    """Return the trend with the wider of its quasi-Poisson and Newey-West intervals: the one to publish.

    The method names both. This is `trend` with `errors="hac"`.

    Parameters
    ----------
    y, dates, breaks, **options
        As `trend` takes them, but for `errors`.

    Examples
    --------
    >>> from stats.period import Period
    >>> quarters = Period.parse("2020/21 Q1").through(Period.parse("2022/23 Q4"), by="quarter")
    >>> found = wider_trend([90, 95, 104, 99, 98, 108, 115, 107, 112, 117, 126, 121], quarters, breaks=[])
    >>> found.ratio.method.split(", as if")[0]
    'quasi-Poisson with t (wider than Poisson with Newey-West errors, lag 4)'
    """
    return trend(y, dates, breaks=breaks, errors="hac", **options)
