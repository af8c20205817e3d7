"""The words after `stats release`: thin, like the rest of the command."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from stats.errors import UsageMistake

KINDS = ("official-copy", "official-mirror")
"""Where a released file was read: from its publisher, or from a copy that somebody else keeps."""


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


@release.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--published", metavar="YYYY-MM-DD", help="The day it was published; a year alone if no more is known.")
@click.option("--url", metavar="ADDRESS", help="Where it was downloaded from.")
@click.option("--title", metavar="WORDS", help="Its title (default: that of its layout, and what it covers).")
@click.option("--licence", metavar="WORDS", help="Its licence (default: that of the publisher's release before).")
@click.option("--licence-url", metavar="ADDRESS", help="Where the licence stands (default: as before).")
@click.option("--status", metavar="WORDS", help="The status of the statistics (default: as before).")
@click.option("--kind", type=click.Choice(KINDS), default=KINDS[0], show_default=True, help="Whose copy it is.")
@click.option("--retrieved", type=click.DateTime(["%Y-%m-%d"]), help="The day it was downloaded (default: today).")
@click.option("--mid-year", metavar="YYYY", help="The year of a population whose file does not tell it.")
@click.option("--id", "name", metavar="NAME", help="A name for the source (default: publisher, dataset and day).")
@click.option("--caveat", "caveats", multiple=True, metavar="WORDS", help="What to know before using it; may repeat.")
@click.option("--total", "totals", multiple=True, metavar="WHERE=NUMBER",
              help="A total that the release prints, which ours must equal; three are wanted. Such as: "
              '"England and Wales, stalking, 2024/25 = 135,628".')  # fmt: skip
@click.option("--totals-from", metavar="WORDS", help="The other publication that printed them, if one did (within 1%).")
@click.option("--not-tied", metavar="WHY", help="Add it without three totals; why stays in the entry and is shown.")
@click.option("--no-figures", is_flag=True, help="Do not run the briefs to see which figures would change.")
def add(
    file: Path, published: str | None, url: str | None, title: str | None, licence: str | None,
    licence_url: str | None, status: str | None, kind: str, retrieved: datetime | None, mid_year: str | None,
    name: str | None, caveats: tuple[str, ...], totals: tuple[str, ...], totals_from: str | None,
    not_tied: str | None, no_figures: bool,
) -> None:  # fmt: skip
    """Store a FILE as its publisher gave it, make the tables anew, and say what has changed.

    What the file does not tell is asked for, or taken from the flags. Every older release stays as it is. The
    committed figures are not touched: what they would become lies in build/releases.
    """
    from stats.home import home
    from stats.run.release import add_release
    from stats.run.release_entry import Told

    day = (retrieved or datetime.now()).date()
    told = Told(
        day, published, url, title, licence, licence_url, status, mid_year, name, kind, caveats,
        totals, totals_from, not_tied,
    )  # fmt: skip
    ask = _ask if sys.stdin.isatty() else None
    add_release(file.expanduser(), told, home(), click.echo, ask=ask, workers=0 if no_figures else None)


@release.command()
@click.argument("source")
def remove(source: str) -> None:
    """Undo an adding: take SOURCE out of data/raw and make the tables without it.

    Only a release that no commit holds. The file and its entry are moved to build/removed, and can be added again.
    """
    from stats.home import home
    from stats.run.release_remove import remove_release

    remove_release(source, home(), click.echo)


def _ask(name: str, meaning: str) -> str:
    """Ask the person at the terminal."""
    return str(click.prompt(f"{name} ({meaning})")).strip()
