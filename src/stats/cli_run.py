"""The command `stats run`: briefs as they are committed, or a matrix of notebooks. Thin, like the rest."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import click

from stats.cli_help import WithExamples
from stats.errors import UsageMistake, counted

WORDS = "stats.words"
"""Under this name the context of the command keeps the words that were typed."""

OF_MATRIX = (
    "is_plan", "as_json", "keep_going", "timeout", "only_failed", "limit", "figures_only", "engine", "executor",
)  # fmt: skip
"""Options that need a matrix."""

FLAGS = ("is_plan", "as_json", "only_failed", "figures_only")
"""Those that are False when they are not given; the others are None."""


def _address(ctx: click.Context, parameter: click.Parameter, text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"dask://[\w.-]+:\d{1,5}", text):
        raise click.BadParameter(f"'{text}' is no address of a scheduler: write dask://HOST:PORT", ctx, parameter)
    return text


@click.command(
    cls=WithExamples,
    examples=(
        "stats run national_headline",
        "stats run --matrix notebooks/matrices/every_force.yml --plan",
        "stats run --notebook charge_share --area all --offence stalking --period 2024/25",
    ),
)
@click.argument("briefs", nargs=-1, metavar="[BRIEF]...")
@click.option("--matrix", "matrices", multiple=True, metavar="FILE",
              type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A matrix; may repeat.")  # fmt: skip
@click.option("--notebook", "notebooks", multiple=True, metavar="NAME", help="In place of a file: a notebook, or all.")
@click.option("--area", "areas", multiple=True, metavar="NAME", help="An area; or all, forces, nations.")
@click.option("--offence", "offences", multiple=True, metavar="NAME", help="An offence or group; or all, codes.")
@click.option("--period", "periods", multiple=True, metavar="PERIOD",
              help="A period, FIRST to LAST where a series is drawn; or all, quarters.")  # fmt: skip
@click.option("--set", "fixed", multiple=True, metavar="KEY=VALUE", help="Another parameter, the same for all.")
@click.option("--plan", "is_plan", is_flag=True, help="Print what would run, what is done, what cannot be and why.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path),
              help="Folder for the figures (default: figures; of a matrix build/runs).")  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(1), help="Notebooks side by side (default: one a core).")
@click.option("--keep-going/--stop", default=None, help="After a failure: run the rest (the default), or stop.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS", help="At most, for one cell.")
@click.option("--only-failed", is_flag=True, help="Only what failed the last time.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Run N at most; the next run does the next.")
@click.option("--figures-only", is_flag=True, help="The same figures, without notebooks.")
@click.option("--engine", type=click.Choice(["fork", "stock"]), help="How kernels start (default: the best to hand).")
@click.option("--executor", metavar="dask://HOST:PORT", callback=_address, help="Run on the workers of a cluster.")
@click.option("--force", is_flag=True, help="Make the figures even if nothing has changed.")
@click.pass_context
def run(ctx: click.Context, /, briefs: tuple[str, ...], **given: Any) -> None:
    """Make the figures of one or more briefs, or of all; or those of a matrix.

    A BRIEF is a name (national_headline) or a file in notebooks/briefs. A matrix is notebooks x areas x offences x
    periods: a file (--matrix), or flags. What cannot be computed is listed with the reason, and is no failure.

    Ends with 0 if all that can be computed is there, else with the code of the first failure; 2 is a mistake in what
    was asked, and nothing has run then.
    """
    axes = ("matrices", "notebooks", "areas", "offences", "periods", "fixed")
    if any(given[name] for name in axes):
        ctx.exit(_matrix(ctx, briefs, given))
    asked = [name for name in OF_MATRIX if given[name] is not (False if name in FLAGS else None)]
    if asked:
        flags = ", ".join(p.opts[-1] for p in ctx.command.params if p.name in asked)
        raise UsageMistake("this belongs to a matrix.", [("given", flags)], "Add --matrix FILE, or --notebook NAME.")
    _briefs(briefs, given)


def _matrix(ctx: click.Context, briefs: tuple[str, ...], given: dict[str, Any]) -> int:
    from stats.home import home
    from stats.run.options import RunOptions
    from stats.run.remembered import Remembered
    from stats.run.running import run_matrix

    if briefs:
        raise UsageMistake("briefs and a matrix were both given.", [("briefs", ", ".join(briefs))],
                           "Run them one after the other.")  # fmt: skip
    keep_going = given.pop("keep_going") is not False
    options = RunOptions(home(), keep_going=keep_going, words=ctx.meta.get(WORDS, ()), **given)
    with Remembered(options.root, figures_only=options.figures_only) as remembered:
        return run_matrix(options, click.echo, remembered=remembered)


def _briefs(briefs: tuple[str, ...], given: dict[str, Any]) -> None:
    from stats.home import home
    from stats.run.build import build_figures

    started = time.monotonic()
    made, current = build_figures(
        home(), briefs, out=given["out"], jobs=given["jobs"], force=given["force"], say=click.echo
    )
    click.echo(f"{counted(made, 'brief')} made, {current} up to date, in {time.monotonic() - started:.0f} s")
