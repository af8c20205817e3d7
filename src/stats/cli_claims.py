"""The commands on claims: thin, like the rest of the command."""

from __future__ import annotations

import click

from stats.cli_help import WithExamples
from stats.errors import UsageMistake

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
@click.option("--reviews", is_flag=True, help="Print the verdicts as ClaimReview (JSON-LD of schema.org).")
@click.option("--page", is_flag=True, help="Write docs/claims.md.")
def claims(as_at: str | None, as_json: bool, reviews: bool, page: bool) -> None:
    """List every registered claim with its verdict."""
    from stats.home import home
    from stats.publish.claims_page import PAGE
    from stats.run.claims import facts_of, listing, page_of, reviews_of

    facts = facts_of(as_at=as_at)
    if page:
        from stats.publish.files import write

        if as_at:
            raise UsageMistake("the page tells what is known now.", [("given", as_at)], "Leave out --as-at.")
        click.echo(write(home() / PAGE, page_of(facts)))
    else:
        click.echo(reviews_of(facts) if reviews else listing(facts, as_json=as_json))
