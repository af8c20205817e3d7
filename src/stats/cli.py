"""The `stats` command: thin. Heavy imports wait inside the commands, so that help is instant."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from stats.errors import StatsError

SHOWN = ("area", "offence", "measure", "break", "source", "claim")


class _Speaking(click.Group):
    """Prints a mistake as a message, with its own exit code and no traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except StatsError as mistake:
            click.echo(str(mistake), err=True)
            ctx.exit(mistake.exit_code)


@click.group(cls=_Speaking, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="plainfigures")
def cli() -> None:
    """Plain Figures: statistics on stalking and harassment in England and Wales that can be checked.

    Most people need two commands only: make, and make test.
    """


@cli.command()
def data() -> None:
    """Clean the raw files into data/tidy, through every check."""
    from stats.home import home
    from stats.run.build import build_data

    build_data(home(), click.echo)


@cli.command()
@click.argument("briefs", nargs=-1, metavar="[BRIEF]...")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the figures (default: figures)."
)
@click.option("--jobs", type=click.IntRange(1), help="How many notebooks to run side by side (default: one a core).")
@click.option("--force", is_flag=True, help="Make the figures even if nothing has changed.")
def run(briefs: tuple[str, ...], out: Path | None, jobs: int | None, force: bool) -> None:
    """Make the figures of one or more briefs, or of all.

    A BRIEF is a name (national_headline) or a file in notebooks/briefs.
    """
    from stats.home import home
    from stats.run.build import build_figures

    started = time.monotonic()
    made, current = build_figures(home(), briefs, out=out, jobs=jobs, force=force, say=click.echo)
    click.echo(f"{made} briefs made, {current} up to date, in {time.monotonic() - started:.0f} s")


@cli.command()
@click.argument("notebook")
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder for the files (default: build/draft).",
)
def figure(notebook: str, values: tuple[str, ...], out: Path | None) -> None:
    r"""Make the figures of a NOTEBOOK with parameters of your own, marked as a draft.

    \b
    For example:
      stats figure charge_share area=Lincs
      stats figure recorded_offences area="Heddlu Gwent" start="2020/21" end="2024/25"

    What is not given keeps the notebook's default. Wrong names stop before anything runs.
    """
    from stats.home import home
    from stats.run.build import build_draft

    build_draft(home(), notebook, values, out=out, say=click.echo)


@cli.command()
@click.argument("what", type=click.Choice(SHOWN))
@click.argument("words", nargs=-1)
def show(what: str, words: tuple[str, ...]) -> None:
    r"""Look up an area, offence, measure, break, source or claim.

    \b
    For example:
      stats show area lincs
      stats show measure charge_share_of_offences_recorded
      stats show claim 5 per cent
    """
    from stats.publish.show import show as shown
    from stats.registers import load

    click.echo(shown(what, " ".join(words), load()))


@cli.command()
def notebooks() -> None:
    """Run the committed notebooks and store their outputs in them."""
    from stats.home import home
    from stats.run.build import build_notebooks

    build_notebooks(home(), click.echo)


@cli.command()
def reproduce() -> None:
    """Rebuild everything from the raw files and compare it with what is committed."""
    from stats.home import home
    from stats.run.reproduce import reproduce as rebuild
    from stats.run.reproduce import workers

    rebuild(home(), workers(), click.echo)
    click.echo("Everything committed is what the sources and the code make.")


@cli.command()
def environment() -> None:
    """Write environment.yml from pyproject.toml and requirements.lock."""
    from stats.home import home
    from stats.publish.files import write
    from stats.run.environment import environment as made

    click.echo(write(home() / "environment.yml", made(home())))


@cli.command()
def methods() -> None:
    """Write docs/methods.md: every method, when it is used and refused, and a worked example."""
    from stats.home import home
    from stats.publish.files import write
    from stats.publish.methods import PAGE, methods_page

    click.echo(write(home() / PAGE, methods_page(home())))


def main() -> None:
    """Run the command; a user's mistake prints no traceback."""
    try:
        cli(standalone_mode=True)
    except KeyboardInterrupt:
        click.echo("Stopped. What was already there is unchanged.", err=True)
        sys.exit(130)
