"""Mistakes of ours, as they are told in public: in the changelog, on a document, and of a pack made before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stats.period import month
from stats.publish.as_markdown import table
from stats.publish.documents.model import Document, Notice, Words
from stats.registers.mistakes import Mistake

NONE = "None so far."
HEADS = ("No.", "What", "Was", "Is", "Found", "By", "Why", "What changed with it")


def changelog_rows(mistakes: Sequence[Mistake]) -> str:
    """Return what stands under Corrections in the changelog: a table, or that there are none."""
    return table(HEADS, map(_row, mistakes)) if mistakes else NONE


def _row(mistake: Mistake) -> tuple[str, ...]:
    return (
        str(mistake.number), mistake.of, mistake.was, mistake.now, mistake.found.isoformat(), mistake.by or "",
        mistake.why, ", ".join(mistake.outputs),
    )  # fmt: skip


def touching(mistakes: Iterable[Mistake], document: Document) -> list[Mistake]:
    """Return the corrections of what a document states or shows, or that name it."""
    figures = {picture.name for picture in document.pictures} | {r.figure for r in document.references if r.figure}
    named = {document.name, *figures, *(reference.id for reference in document.references)}
    return [mistake for mistake in mistakes if mistake.touches(named)]


def notice_of(mistakes: Iterable[Mistake], document: Document) -> Notice | None:
    """Return what a document must say of the corrections that touch it, before all else; None if none does."""
    found = touching(mistakes, document)
    if not found:
        return None
    lead = Words("Correction. " if len(found) == 1 else "Corrections. ", is_strong=True)
    return Notice((lead, *(Words(f"{_sentence(mistake)} ") for mistake in found[:-1]), Words(_sentence(found[-1]))))


def _sentence(mistake: Mistake) -> str:
    day = f"{mistake.found.day} {month(mistake.found)}"
    why = mistake.why.rstrip(".")
    return f"No. {mistake.number}, found on {day}: {mistake.of} was “{mistake.was}” and is “{mistake.now}”. Why: {why}."


def superseding(mistakes: Iterable[Mistake], known: Iterable[int], names: Iterable[str]) -> list[str]:
    """Return a line for each correction that came after a pack was made and touches what is in it.

    Parameters
    ----------
    mistakes : iterable of Mistake
        All that are registered now.
    known : iterable of int
        The numbers of those that were registered when the pack was made.
    names : iterable of str
        What the pack holds: ids of numbers and claims, names of figures, the document.
    """
    known, names = set(known), set(names)
    return [
        f"superseded by correction {m.number}: {m.of} was {m.was}, is {m.now} (found {m.found.isoformat()}; {m.why})"
        for m in mistakes
        if m.number not in known and m.touches(names)
    ]


def corrections_page(mistakes: Sequence[Mistake]) -> bytes:
    """Return the corrections of a document as a page of Markdown."""
    return f"# Corrections\n\n{changelog_rows(mistakes)}\n".encode()
