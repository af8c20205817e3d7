"""The words after `stats release`: thin, like the rest of the command."""

from __future__ import annotations

from pathlib import Path

import click

from stats.errors import UsageMistake


@click.group()
def release() -> None:
    """Fetch, store and compare the releases that publishers issue."""


@release.command()
@click.argument("source", nargs=-1, metavar="[SOURCE]")
@click.option("--url", help="Address of the file: of a release not registered yet, or in place of the entry's.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the file.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), default=30, show_default=True,
              help="Seconds to wait while nothing comes.")  # fmt: skip
@click.option("--retries", type=click.IntRange(0, 10), default=3, show_default=True,
              help="Further attempts if the server fails, stalls or breaks off.")  # fmt: skip
def fetch(source: tuple[str, ...], url: str | None, out: Path | None, timeout: float, retries: int) -> None:
    """Download the file of a registered SOURCE, and compare it with its entry.

    SOURCE is an id, or words of an entry. Without it, --url downloads a new release into build/downloads. Nothing that
    is here is overwritten.
    """
    from stats.home import home
    from stats.read.fetching import Limits
    from stats.run.fetch import fetch_new, fetch_source
    from stats.run.progress import DownloadBar, is_watched

    limits, bar = Limits(timeout=timeout, retries=retries), DownloadBar if is_watched() else None
    if source:
        stored = fetch_source(" ".join(source), home(), url=url, out=out, limits=limits, bar=bar)
    elif url:
        stored = fetch_new(url, home(), out=out, limits=limits, bar=bar)
    else:
        raise UsageMistake("nothing to fetch was named.", [], "Name a source (stats show source), or give --url.")
    for label, text in stored.lines:
        click.echo(f"{label:<12}  {text}")
    if not source:
        click.echo(f"Next: stats release add {stored.lines[0][1]}")
