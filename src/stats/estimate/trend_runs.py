"""A long series, cut at its registered breaks: the yearly change of each run, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from stats.errors import BadCount, NotHonest
from stats.estimate.counts import segments
from stats.estimate.estimate import Contract, Estimate
from stats.estimate.quarters import LEAST
from stats.estimate.trend import Trend, trend
from stats.period import Period

MIXED, TOO_SHORT, TOO_FEW = "a break falls inside", "too short to say", "too few to say"
BELOW_ZERO = "no trend, for a correction below zero"

ALIKE = 1.0
"""A Durbin-Watson statistic below this says that neighbouring quarters are alike beyond trend and season."""


@dataclass(frozen=True)
class Run:
    """Quarters between two breaks.

    Parameters
    ----------
    counts : tuple of Estimate
        Full counts with contracts, one a quarter.
    found : Trend or None
        The trend of the wider of two error models.
    why_not : str
        Where there is no trend, the reason in a few words: 'too short to say'.
    """

    counts: tuple[Estimate, ...]
    found: Trend | None = None
    why_not: str = ""

    @property
    def periods(self) -> list[Period]:
        """The quarters."""
        return [_contract(count).period for count in self.counts]

    @property
    def span(self) -> Period:
        """From the first day of the run to the last."""
        return Period(self.periods[0].start, self.periods[-1].end)

    @property
    def is_mixed(self) -> bool:
        """Whether this is a single quarter with a break inside, comparable with neither neighbour."""
        return self.why_not == MIXED

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no change."""
        return self.found is not None and not self.found.ratio.lower <= 1 <= self.found.ratio.upper

    @property
    def is_alike(self) -> bool:
        """Whether neighbouring quarters resemble each other so much that the interval may still be too narrow."""
        return self.found is not None and self.found.durbin_watson < ALIKE


def trends_between_breaks(counts: Sequence[Estimate], *, level: float = 0.95) -> list[Run]:
    """Return the runs of a quarterly series between its registered breaks, in order, each with its trend if it has one.

    No trend crosses a break. A quarter with a break inside is a run of its own and belongs to no trend.

    Parameters
    ----------
    counts : sequence of Estimate
        Quarterly full counts of one area and offence group, as `counts.series` returns them.
    level : float
        Confidence level, between 0 and 1.
    """
    periods = [_contract(count).period for count in counts]
    marked = zip(segments(periods, _contract(counts[0]).breaks), counts, strict=True)
    return [
        _run(tuple(count for _, count in part), is_mixed=is_mixed, level=level)
        for (_, is_mixed), part in groupby(marked, key=lambda pair: pair[0])
    ]


def _run(counts: tuple[Estimate, ...], *, is_mixed: bool, level: float) -> Run:
    run = Run(counts)
    if is_mixed:
        return replace(run, why_not=MIXED)
    contract = _contract(counts[0])
    try:
        found = trend(
            [count.value for count in counts], run.periods, breaks=contract.breaks, errors="hac",
            level=level, contract=replace(contract, period=run.span),
        )  # fmt: skip
    except NotHonest:
        return replace(run, why_not=TOO_SHORT if len(counts) < LEAST else TOO_FEW)
    except BadCount:
        return replace(run, why_not=BELOW_ZERO)
    return replace(run, found=found)


def _contract(count: Estimate) -> Contract:
    if count.contract is None:
        raise ValueError("each count of a series must carry its contract")
    return count.contract
