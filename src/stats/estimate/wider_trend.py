"""The trend that is published: one ratio by two error models, with the wider interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from stats.estimate.by_series import by_series
from stats.estimate.estimate import Estimate
from stats.estimate.quarters import Day
from stats.estimate.trend import Trend, trend
from stats.registers import Break


@dataclass(frozen=True)
class WiderTrend:
    """One trend by two error models: the wider interval is the one that is published, and both are named.

    `ratio` and `line` are those of the wider; its method names the other too.
    """

    ratio: Estimate
    line: pd.DataFrame = field(compare=False, repr=False)
    quasi: Trend
    hac: Trend


@by_series("ratio", a_row=["offset"])
def wider_trend(y: Sequence[float], dates: Sequence[Day], *, breaks: Sequence[Break], **options: Any) -> WiderTrend:
    """Return the trend by quasi-Poisson and by Newey-West errors; the wider interval is the one to publish.

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
    quasi, hac = (trend(y, dates, breaks=breaks, errors=errors, **options) for errors in ("quasi", "hac"))
    wider, other = sorted((quasi, hac), key=lambda found: found.ratio.lower)
    name, supposes = wider.ratio.method.split(", as if ")
    method = f"{name} (wider than {other.ratio.method.split(', as if ')[0]}), as if {supposes}"
    return WiderTrend(replace(wider.ratio, method=method), wider.line, quasi, hac)
