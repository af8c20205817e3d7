"""What `stats check` does: read the draft, load the facts, say what is to be said, and write the page if asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from stats.claims.draft.check import check_draft
from stats.errors import UsageMistake
from stats.publish.check_page import GENERATOR, check_page
from stats.publish.checked import Checked
from stats.publish.files import write
from stats.publish.tidy_file import must_be_apart
from stats.read.drafts import read_draft
from stats.run.claims import facts_of

PAGE = (".html", ".htm")


def check(draft: Path | str, *, as_at: str | None = None, written: date | None = None) -> Checked:
    """Return a draft with what is to be said of it.

    Parameters
    ----------
    draft : Path or str
        A document, or "-" for standard input.
    as_at : str, optional
        A day or a release: what was known then.
    written : datetime.date, optional
        When it was written; by default the day the document gives itself.

    Raises
    ------
    CannotOpen, NoAccess
        If it cannot be read.
    UnknownName, NotToHand
        If `as_at` is no day, or nothing was out then.
    """
    read = read_draft(draft)
    facts = facts_of(as_at=as_at)
    day = written or read.dated
    known = "--written" if written else f"the document's own day: {read.dated_by}" if read.dated else ""
    return Checked(read, tuple(check_draft(read.text, facts, written=day)), facts, day, known)


def must_be_a_report(out: Path, draft: Path | str, root: Path) -> None:
    """Stop before anything is read if the page would take the place of something that is no page of ours.

    Raises
    ------
    UsageMistake
        Nothing was written.
    """
    if str(draft) != "-":
        must_be_apart(out, Path(draft), root, what="the report")
    if out.suffix.casefold() not in PAGE:
        wrong = "the report is a web page, and its name must say so."
        raise UsageMistake(wrong, [("--out", out)], f"End the name in .html: {out.with_suffix('.html').name}")
    if out.exists() and not _is_ours(out):
        wrong = "a file of this name is there, and it is no report of this command."
        raise UsageMistake(wrong, [("--out", out)], "Give another name with --out. Nothing was written.")


def write_page(checked: Checked, out: Path) -> Path:
    """Write the page, whole or not at all."""
    return write(out, check_page(checked))


def _is_ours(page: Path) -> bool:
    with page.open("rb") as file:
        return GENERATOR.encode() in file.read(2_000)
