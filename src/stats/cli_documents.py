"""The commands on documents that leave the repository: thin, like the rest of the command."""

from __future__ import annotations

from pathlib import Path

import click

from stats.cli_help import WithExamples
from stats.publish.documents import FORMATS


@click.command(
    cls=WithExamples,
    examples=("stats document briefing", "stats document force area=lincs", "stats document annex --format docx"),
)
@click.argument("name", required=False)
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="Only this; may repeat.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path),
              help="Folder for the files (default: build/documents).")  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(1), help="Figures side by side (default: one a core).")
def document(
    name: str | None, values: tuple[str, ...], formats: tuple[str, ...], out: Path | None, jobs: int | None
) -> None:
    """Make a document from its template in briefings: web page, Word, LibreOffice, PDF and tables.

    NAME is that of a template; without it the pages that are committed are written to documents. A number in a template
    cannot be typed: each is a reference to a figure or claim, so every format states the same.
    """
    from stats.home import home
    from stats.run.asking import pairs
    from stats.run.committed_documents import build_committed
    from stats.run.documents import build_documents

    if name is None:
        build_committed(home(), click.echo)
        return
    build_documents(name, pairs(values), home(), click.echo, formats=formats or tuple(FORMATS), out=out, jobs=jobs)


@click.command(
    cls=WithExamples,
    examples=("stats pack annex", "stats pack force area=lincs", "stats pack briefing --format html --out ~/packs"),
)
@click.argument("name")
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="Only this; may repeat.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path),
              help="Folder for the packs (default: build/packs).")  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(1), help="Figures side by side (default: one a core).")
def pack(name: str, values: tuple[str, ...], formats: tuple[str, ...], out: Path | None, jobs: int | None) -> None:
    """Write the evidence pack of a document: a folder and a zip that can be checked anywhere.

    It holds the document in every format, its figures, tables and data, claims with their verdicts, method, limitations
    and sources, and verify.py, which needs only Python. What may not be handed over is refused.
    """
    from stats.home import home
    from stats.run.asking import pairs
    from stats.run.packs import build_packs

    build_packs(name, pairs(values), home(), click.echo, formats=formats or tuple(FORMATS), out=out, jobs=jobs)


@click.command(cls=WithExamples, examples=("stats verify annex.zip", "stats verify annex.zip --quick"))
@click.argument("file", metavar="PACK.zip", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--quick", is_flag=True, help="Do not make the pack again; what only its document tells is not compared.")
@click.option("--rebuild", is_flag=True, hidden=True, help="Make the pack again, as is done without it.")
@click.pass_context
def verify(ctx: click.Context, file: Path, quick: bool, rebuild: bool) -> None:
    """Check an evidence pack: its hashes, its numbers, and whether this repository still makes the same, to the byte.

    Ends with 0 if it is whole and still what we say, and with 6 if not.
    """
    from stats.errors import NotReproduced
    from stats.home import home
    from stats.publish.visible import visible
    from stats.run.packs import verify_pack

    found = verify_pack(file, home(), rebuild=rebuild or not quick)
    click.echo("\n".join(map(visible, found.lines)))  # names of files in a pack may hold what steers a terminal
    ctx.exit(0 if found.is_intact and found.is_current else NotReproduced.exit_code)
