"""`stats release`: what is done on the day that a publisher releases new figures. Thin, like `stats.cli`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

KINDS = ("official-copy", "official-mirror")
"""Where a released file was read: from its publisher, or from a copy that somebody else keeps."""


@click.group()
def release() -> None:
    """Add a release that a publisher put out, and see what it changes."""


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
@click.option("--no-figures", is_flag=True, help="Do not run the briefs to see which figures would change.")
def add(
    file: Path, published: str | None, url: str | None, title: str | None, licence: str | None,
    licence_url: str | None, status: str | None, kind: str, retrieved: datetime | None, mid_year: str | None,
    name: str | None, caveats: tuple[str, ...], no_figures: bool,
) -> None:  # fmt: skip
    """Store a FILE as its publisher gave it, make the tables anew, and say what has changed.

    What the file does not tell is asked for, or taken from the flags. Every older release stays as it is. The
    committed figures are not touched: what they would become lies in build/releases.
    """
    from stats.home import home
    from stats.run.release import add_release
    from stats.run.release_entry import Told

    day = (retrieved or datetime.now()).date()
    told = Told(day, published, url, title, licence, licence_url, status, mid_year, name, kind, caveats)
    ask = _ask if sys.stdin.isatty() else None
    add_release(file.expanduser(), told, home(), click.echo, ask=ask, workers=0 if no_figures else None)


def _ask(name: str, meaning: str) -> str:
    """Ask the person at the terminal."""
    return str(click.prompt(f"{name} ({meaning})")).strip()
