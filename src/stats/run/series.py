"""A series of recorded offences as at any release, for the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stats.errors import NotToHand, UsageMistake

if TYPE_CHECKING:
    from stats.period import Period
    from stats.registers import OffenceGroup, Registers

DATASET = "recorded_offences"


def asked_for(
    area: str, offence: str, *, by: str, start: str | None, end: str | None, as_at: str | None, root: Path
) -> str:
    """Return a series as text.

    Parameters
    ----------
    area, offence : str
        Names, aliases or codes.
    by : {"year", "quarter"}
        Financial years or quarters.
    start, end : str, optional
        The first and the last period; by default all that the release covers.
    as_at : str, optional
        A release or a date; by default the newest release.
    root : Path
        Of the repository.

    Raises
    ------
    StatsError
        For an unknown name, release or period, or one that the release does not cover.
    """
    from stats.estimate.counts import series
    from stats.publish.series_text import series_text
    from stats.read.tidy import read_tidy
    from stats.registers import load

    every = load(root)
    registers = every.as_at(as_at, DATASET) if as_at else every
    where, group = registers.areas.find(area), registers.offences.find(offence)
    periods = _periods(start, end, by, _covered(group, by, registers))
    return series_text(
        series(
            read_tidy(DATASET, registers), area=where, group=group, periods=periods, registers=registers,
            across_breaks=True,
        ),
        registers,
    )  # fmt: skip


def _covered(group: OffenceGroup, by: str, registers: Registers) -> list[Period]:
    """Return the whole years or quarters of the release in which a class of the group exists, or else all of them."""
    from stats.period import Period

    span = registers.coverage(DATASET)
    quarters = span.through(span, by="quarter")
    years = [Period.financial_year(quarter.start.year) for quarter in quarters if quarter.start.month == 4]
    whole = quarters if by == "quarter" else [year for year in years if year.end <= span.end]
    if not whole:
        raise NotToHand(
            "this release holds no whole financial year.", [("it covers", span.label)], "Ask with --by quarter."
        )
    return [period for period in whole if _exists(group, period, registers)] or whole


def _exists(group: OffenceGroup, period: Period, registers: Registers) -> bool:
    try:
        registers.offences.classes_in(group, period)
    except NotToHand:
        return False
    return True


def _periods(start: str | None, end: str | None, by: str, covered: list[Period]) -> list[Period]:
    """Return the periods from the first to the last that was asked for; what is not covered is refused later on."""
    from stats.period import Period

    first, last = Period.parse(start) if start else covered[0], Period.parse(end) if end else covered[-1]
    if not (start and end) and last.end < first.start:
        first = last = first if start else last
    for period in (first, last) if by == "year" else ():
        if period.months != 12:
            raise UsageMistake(
                f"the series is by year, and {period} is {period.length()}.",
                [("from", start or first), ("to", end or last)],
                "Write years ('2017/18'), or ask with --by quarter.",
            )
    return first.through(last, by=by)


@click.command(
    name="series",
    epilog="""\b
For example:
  stats series "England and Wales" stalking
  stats series lincs stalking --by quarter --from "2020/21 Q1"
  stats series kent harassment --from 2017/18 --to 2017/18 --as-at 2018""",
)
@click.argument("area")
@click.argument("offence")
@click.option(
    "--by", type=click.Choice(["year", "quarter"]), default="year", help="Financial years (the default) or quarters."
)
@click.option("--from", "start", metavar="PERIOD", help="The first of them (default: all that the release covers).")
@click.option("--to", "end", metavar="PERIOD", help="The last of them.")
@click.option("--as-at", metavar="RELEASE|DATE", help="An older release, or the newest of a day (default: of today).")
def command(area: str, offence: str, by: str, start: str | None, end: str | None, as_at: str | None) -> None:
    """Print recorded offences of an AREA and OFFENCE as a table, as at the newest release or an older one.

    Numbers of two releases are not compared: past quarters are revised in every release.
    """
    from stats.home import home

    click.echo(asked_for(area, offence, by=by, start=start, end=end, as_at=as_at, root=home()))
