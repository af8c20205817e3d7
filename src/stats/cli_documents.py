"""The commands on documents that leave the repository: thin, like the rest of the command."""

from __future__ import annotations

from pathlib import Path

import click

from stats.cli_help import WithExamples

SUFFIXES = ("html", "docx", "odt", "pdf", "xlsx")


@click.command(
    cls=WithExamples,
    examples=("stats document briefing", "stats document force area=lincs", "stats document annex --format docx"),
)
@click.argument("name")
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--format", "formats", multiple=True, type=click.Choice(SUFFIXES), help="Only this; may repeat.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path),
              help="Folder for the files (default: build/documents).")  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(1), help="Figures side by side (default: one a core).")
def document(name: str, values: tuple[str, ...], formats: tuple[str, ...], out: Path | None, jobs: int | None) -> None:
    """Make a document from its template in briefings: web page, Word, LibreOffice, PDF and tables.

    NAME is that of a template. A number in it cannot be typed: each is a reference to a figure or claim, so every
    format states the same.
    """
    from stats.home import home
    from stats.run.build import pairs
    from stats.run.documents import build_documents

    build_documents(name, pairs(values), home(), click.echo, formats=formats or SUFFIXES, out=out, jobs=jobs)
