"""`stats group`: the totals of a large tidy table, for the command line. Thin, like `stats.cli`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="group")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", required=True, metavar="COLUMN,...", help="The columns of the groups.")
@click.option("--where", multiple=True, metavar="COLUMN=VALUE", help="Only these rows; a column twice: either value.")
@click.option("--sum", "number", metavar="COLUMN", help="The numbers to add up (default: the only ones).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File for the groups (.csv or .parquet).")
def command(file: Path, by: str, where: tuple[str, ...], number: str | None, out: Path | None) -> None:
    """Add up the numbers of a large tidy table, a Parquet FILE, by its columns.

    A group with a missing number gets no total: missing_n says how many of its rows_n have none. Needs the extra
    'scale'.

    \b
    For example:
      stats read outcomes.ods --out outcomes.parquet
      stats group outcomes.parquet --by area_code,period_end --where offence_code=8Q --where basis=recorded
    """  # noqa: D301 - click keeps the lines after a backspace as they are
    from stats.publish.files import write
    from stats.publish.tidy_file import as_file
    from stats.run.scale import conditions, grouped

    groups = grouped(file, by=[name.strip() for name in by.split(",")], where=conditions(where), sum=number)
    if out:
        write(out, as_file(groups, out))
    click.echo(f"wrote {out}" if out else groups.to_string(index=False))
