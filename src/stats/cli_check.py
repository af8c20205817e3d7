"""The command `stats check`: thin, like the rest of the command."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from stats.cli_help import WithExamples
from stats.errors import NoAccess, StatsError

TO_MEND, NOT_READ = 1, 2
"""The exit codes: something in the draft is wrong; it could not be read or checked."""


class _Answering(WithExamples):
    """Ends with 2 whatever stopped it, a fault of ours too: 1 says that the draft is to be mended."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (BrokenPipeError, click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            _say("Stopped. Nothing was written.")
            ctx.exit(130)
        except Exception as problem:
            _say(_told(problem))
            ctx.exit(NOT_READ)


@click.command(
    cls=_Answering,
    examples=(
        "stats check press-release.docx",
        "stats check press-release.docx --out report.html",
        "stats check briefing.pdf --written 2022-11-25 --as-at 2022-11-25 --json",
        "stats check < statement.txt",
    ),
)
@click.argument("draft", default="-", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--out", metavar="FILE.html", type=click.Path(dir_okay=False, path_type=Path),
              help="Write the findings as a page; nothing else is ever written.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print an array with one object a finding.")
@click.option("--as-at", "as_at", metavar="DATE",
              help="A date (2023-01-31, 2018), or the id of a release: what was known then.")  # fmt: skip
@click.option("--written", metavar="YYYY-MM-DD", type=click.DateTime(["%Y-%m-%d"]),
              help="When it was written, to read 'last year' by (default: the document's own day).")  # fmt: skip
@click.pass_context
def check(
    ctx: click.Context, draft: Path, out: Path | None, as_json: bool, as_at: str | None, written: datetime | None
) -> None:
    """Check the numbers of a DRAFT: what is wrong, why, and what may be written in its place.

    DRAFT is a .docx, .odt, .md, .txt, .html or .pdf file; without it, or with -, standard input. Nothing leaves this
    computer. Ends with 0 if nothing is wrong, 1 if something is to be mended, 2 if the draft could not be checked.
    """
    from stats.home import home
    from stats.publish.check_record import check_json
    from stats.run.checking import check as checked_by
    from stats.run.checking import must_be_a_report, write_page

    if out:
        must_be_a_report(out, draft, home())
    if str(draft) == "-" and sys.stdin.isatty():
        _say("Paste the text, then press Ctrl-D on a line of its own.")
    found = checked_by(draft, as_at=as_at, written=written.date() if written else None)
    if out:
        write_page(found, out)
    _print(check_json(found) if as_json else _text(found))
    if out:
        _say(f"\nwrote {out}", err=as_json)
    ctx.exit(TO_MEND if found.is_to_mend else 0)


def _text(found: Any) -> str:
    """The findings, as wide as the terminal; coloured if a person looks on and has not asked for none."""
    import os
    import shutil

    from stats.publish.check_text import check_text

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return check_text(found, width=shutil.get_terminal_size().columns, colour=colour)


def _told(problem: Exception) -> str:
    """A mistake as its message; a fault of ours with all that is known of it."""
    if isinstance(problem, StatsError):
        return str(problem)
    if isinstance(problem, OSError):
        return str(NoAccess.of(problem))
    import traceback

    return f"{''.join(traceback.format_exception(problem))}This is a fault of ours. The draft was not checked."


def _say(words: str, *, err: bool = True) -> None:
    """Print a message, which may name a file, so that it steers no terminal."""
    from stats.publish.visible import visible_lines

    _print(visible_lines(words), err=err)


def _print(text: str, *, err: bool = False) -> None:
    """Print a text in letters that the terminal can write."""
    from stats.publish.visible import writable

    click.echo(writable(text, (sys.stderr if err else sys.stdout).encoding), err=err)
