"""The commands on claims: thin, like the rest of the command."""

from __future__ import annotations

import click

from stats.cli_help import WithExamples

AS_AT = "A date (2023-01-31, 2018), or the id of a release: what was known then (default: all that is here)."


@click.command(
    cls=WithExamples,
    examples=("stats claim C003-01", "stats claim 5 per cent conviction", "stats claim C004-06 --as-at 2018"),
)
@click.argument("words", nargs=-1, required=True)
@click.option("--as-at", "as_at", metavar="DATE", help=AS_AT)
@click.option("--json", "as_json", is_flag=True, help="Print plain values.")
def claim(words: tuple[str, ...], as_at: str | None, as_json: bool) -> None:
    """Look up a published claim by words or id: is it true, by which figure, and what may be said."""
    from stats.run.claims import answer, facts_of

    click.echo(answer(" ".join(words), facts_of(as_at=as_at), as_json=as_json))


@click.command()
@click.option("--as-at", "as_at", metavar="DATE", help=AS_AT)
@click.option("--json", "as_json", is_flag=True, help="Print plain values.")
def claims(as_at: str | None, as_json: bool) -> None:
    """List every registered claim with its verdict."""
    from stats.run.claims import facts_of, listing

    click.echo(listing(facts_of(as_at=as_at), as_json=as_json))
