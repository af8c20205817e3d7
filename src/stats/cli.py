"""The `stats` command: thin. Heavy imports wait inside the commands, so that help is instant."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from stats.cli_release import release
from stats.errors import NoAccess, StatsError

SHOWN = ("area", "offence", "measure", "break", "source", "claim")


class _Speaking(click.Group):
    """Prints a mistake as a message, with its own exit code and no traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # whoever was reading has left: click ends in silence
        except (StatsError, OSError) as problem:
            mistake = NoAccess.of(problem) if isinstance(problem, OSError) else problem
            click.echo(str(mistake), err=True)
            ctx.exit(mistake.exit_code)


class _WithExamples(click.Command):
    """Ends its help with examples, one a line as they are typed."""

    def __init__(self, *args: Any, examples: tuple[str, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the options."""
        with formatter.section("For example"):
            for example in self.examples:
                formatter.write(f"{'':{formatter.current_indent}}{example}\n")


class _Figure(_WithExamples):
    """Lists the notebooks in its help, or the keys of the notebook it was given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the first word, so that help knows which notebook was named."""
        ctx.meta["notebook"] = next((word for word in args[:1] if not word.startswith("-") and "=" not in word), None)
        return super().parse_args(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what can be asked below the options."""
        from stats.run.questions import keys, questions

        notebook, root = ctx.meta["notebook"], _home_if_any()
        if root and notebook:
            with formatter.section(f"Keys of {notebook}"):
                formatter.write_dl(keys(notebook, root))
        elif root:
            with formatter.section("Notebooks"):
                formatter.write_dl(questions(root))
            formatter.write_paragraph()
            formatter.write_text("The keys of one of them: stats figure NOTEBOOK --help")
        super().format_epilog(ctx, formatter)


def _home_if_any() -> Path | None:
    """Where the repository lies, or None: help answers without it."""
    from stats.home import home

    try:
        return home()
    except StatsError:
        return None


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


@cli.command(
    cls=_Figure,
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
    cls=_WithExamples,
    examples=(
        "stats show area lincs",
        "stats show measure charge_share_of_offences_recorded",
        "stats show break stalking",
        "stats show claim 5 per cent",
    ),
)
@click.argument("what", type=click.Choice(SHOWN), metavar="|".join(SHOWN))
@click.argument("words", nargs=-1)
def show(what: str, words: tuple[str, ...]) -> None:
    """Look up an area, offence, measure, break, source or claim.

    WORDS are a name, a code or any words of the entry. Without them, all are listed.
    """
    from stats.publish.show import show as shown
    from stats.registers import load

    click.echo(shown(what, " ".join(words), load()))


@cli.command(
    cls=_WithExamples,
    examples=("stats read prc-pfa-tables.csv", "stats read policeforceareatables.xlsx --out tidy.csv"),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File for the tidy table (CSV).")
@click.option("--all", "whole", is_flag=True, help="Print the whole tidy table, as CSV, in place of the summary.")
def read(file: Path, out: Path | None, whole: bool) -> None:
    """Read a FILE as its publisher gave it: recognise it, check it, and print or write its tidy table.

    Anything unknown in it stops, with the sheet and the row. Nothing is written then.
    """
    from stats.home import home
    from stats.publish.files import write
    from stats.publish.tidy_file import as_safe_csv, in_short
    from stats.run.reading import read_file

    reading = read_file(file, home())
    if out:
        write(out, as_safe_csv(reading.table))
    if whole:
        click.echo(as_safe_csv(reading.table), nl=False)
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


cli.add_command(release)


def main() -> None:
    """Run the command; a user's mistake prints no traceback."""
    try:
        cli(standalone_mode=True)
    except KeyboardInterrupt:
        click.echo("Stopped. What was already there is unchanged.", err=True)
        sys.exit(130)
