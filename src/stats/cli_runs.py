"""The commands on runs that were made: thin, like the rest of the command."""

from __future__ import annotations

from datetime import datetime

import click

from stats.cli_help import WithExamples

STATUSES = ("done", "cached", "failed", "stopped")


@click.command(
    cls=WithExamples,
    examples=("stats runs --failed", "stats runs --notebook charge_share --area Lincs --since 2026-11-01 --json"),
)
@click.option("--failed", is_flag=True, help="Only those that failed.")
@click.option("--status", type=click.Choice(STATUSES), help="Only those that ended so.")
@click.option(
    "--since", metavar="YYYY-MM-DD", type=click.DateTime(["%Y-%m-%d"]), help="Only those of this day or later."
)
@click.option("--notebook", help="Only those of one notebook.")
@click.option("--area", help="Only those of one area, by any of its names.")
@click.option("--offence", help="Only those of one offence group.")
@click.option("--period", help="Only those of one period, such as 2024/25.")
@click.option("--last", type=click.IntRange(0), default=50, show_default=True, help="How many at most; 0 for all.")
@click.option("--json", "as_json", is_flag=True, help="Print an array with one object a run.")
def runs(
    failed: bool, status: str | None, since: datetime | None, last: int, as_json: bool, **wanted: str | None
) -> None:
    """List the runs of notebooks: when, their key, how each ended, how long it took, and why it failed."""
    from stats.home import home
    from stats.run.journal import PLACE, read
    from stats.run.runs import chosen, listed

    day = since.date() if since else None
    every, torn = read(home() / PLACE)
    found = chosen(every, status="failed" if failed else status, since=day, **wanted)
    for words in torn:
        click.echo(words, err=True)
    click.echo(listed(found[-last:] if last else found, as_json=as_json, every=every))


@click.command(cls=WithExamples, examples=("stats again 3fa9c01d",))
@click.argument("key")
def again(key: str) -> None:
    """Repeat one run: the notebook and parameters of a KEY, or of as much of it as tells it from the others."""
    from stats.home import home
    from stats.run.again import again as repeat

    repeat(key, home(), click.echo)
