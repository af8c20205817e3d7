"""The `stats` command: thin. Heavy imports wait inside the commands, so that help is instant."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from stats.cli_check import check
from stats.cli_claims import claim, claims
from stats.cli_documents import document, pack, verify
from stats.cli_help import OfNotebook, WithExamples
from stats.cli_release import release
from stats.cli_run import WORDS, run
from stats.cli_runs import again, runs
from stats.errors import NoAccess, StatsError
from stats.run.grouping import command as group
from stats.run.series import command as series

STOPPED = "Stopped. What was already there is unchanged."
SHOWN = ("area", "offence", "measure", "break", "source", "claim", "correction")


class _Speaking(click.Group):
    """Prints a mistake as a message, with its own exit code and no traceback."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the words as they were typed."""
        ctx.meta[WORDS] = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo(STOPPED, err=True)
            ctx.exit(130)
        except BrokenPipeError:
            raise  # whoever was reading has left: click ends in silence
        except (StatsError, OSError) as problem:
            mistake = NoAccess.of(problem) if isinstance(problem, OSError) else problem
            click.echo(str(mistake), err=True)
            ctx.exit(mistake.exit_code)


@click.group(cls=_Speaking, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="plainfigures")
def cli() -> None:
    """Plain Figures: statistics on stalking and harassment in England and Wales that can be checked.

    Most people need two commands only: make, and make test.
    """


for command in (document, pack, verify):
    cli.add_command(command)
cli.add_command(release)


@cli.command()
def data() -> None:
    """Clean the raw files into data/tidy, through every check."""
    from stats.home import home
    from stats.run.build import build_data

    build_data(home(), click.echo)


@cli.command(
    cls=OfNotebook,
    examples=(
        "stats figure charge_share area=Lincs",
        'stats figure recorded_offences area="Heddlu Gwent" start=2020/21 end=2024/25',
    ),
)
@click.argument("notebook")
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder for the files (default: build/draft).",
)
def figure(notebook: str, values: tuple[str, ...], out: Path | None) -> None:
    """Make the figures of a NOTEBOOK with parameters of your own, marked as a draft.

    What is not given keeps the notebook's default. Wrong names stop before anything runs.
    """
    from stats.home import home
    from stats.run.build import build_draft

    build_draft(home(), notebook, values, out=out, say=click.echo)


@cli.command(
    cls=WithExamples,
    examples=(
        "stats show area lincs",
        "stats show measure charge_share_of_offences_recorded",
        "stats show break stalking",
        "stats show claim 5 per cent",
    ),
)
@click.argument("what", type=click.Choice(SHOWN), metavar="WHAT")
@click.argument("words", nargs=-1)
def show(what: str, words: tuple[str, ...]) -> None:
    """Look up an area, offence, measure, break, source, claim or correction.

    WHAT is one of these words. WORDS are a name, a code or any words of the entry; without them, all are listed.
    """
    from stats.publish.show import show as shown
    from stats.registers import load

    click.echo(shown(what, " ".join(words), load()))


@cli.command(
    cls=WithExamples,
    examples=("stats read prc-pfa-tables.csv", "stats read pfa-population.csv --mid-year 2024 --out tidy.csv"),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File for the table (.csv or .parquet).")
@click.option("--all", "whole", is_flag=True, help="Print the whole tidy table, as CSV, in place of the summary.")
@click.option(
    "--as-published", "as_printed", is_flag=True, help="Leave out the declared corrections of publishers' errors."
)
@click.option("--period", help='What a file does not tell: its period, "2024/25" or "January 2014".')
@click.option("--mid-year", help="The same for a file of mid-year populations: 2024, or 2024-06-30.")
@click.option("--codebook", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Codebook of a survey (default: the .yml beside the file).")  # fmt: skip
@click.option("--fresh", is_flag=True, help="Open the file itself, and not the copy of an earlier reading.")
def read(file: Path, out: Path | None, whole: bool, **options: Any) -> None:
    """Read a FILE as its publisher gave it: recognise it, check it, and print or write its tidy table.

    Anything unknown in it stops, with the sheet and the row. Nothing is written then.
    """
    from stats.home import home
    from stats.publish.files import as_csv, write
    from stats.publish.tidy_file import as_file, in_short, must_be_apart
    from stats.run.reading import read_file
    from stats.run.reading_surveys import refuse_rows

    if out:
        must_be_apart(out, file, home())
    reading = read_file(file, home(), **options)
    if reading.is_of_people and (out or whole):
        raise refuse_rows(file)
    if out:
        write(out, as_file(reading.table, out))
    if whole:
        click.echo(as_csv(reading.table), nl=False)
        for said in (words for label, words in reading.summary if label == "correction"):
            click.echo(f"correction: {said}", err=True)
    else:
        click.echo(in_short(reading.summary, reading.table))
    if out:
        click.echo(f"wrote {out}", err=whole)


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


cli.add_command(run)
cli.add_command(group)
for command in (document, pack, verify):
    cli.add_command(command)
cli.add_command(release)
cli.add_command(series)
cli.add_command(claim)
cli.add_command(claims)
cli.add_command(check)
cli.add_command(runs)
cli.add_command(again)


def main() -> None:
    """Run the command; a user's mistake prints no traceback."""
    try:
        cli(standalone_mode=True)
    except KeyboardInterrupt:
        click.echo(STOPPED, err=True)
        sys.exit(130)
