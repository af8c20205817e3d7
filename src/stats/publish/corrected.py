"""Mistakes of ours, as they are told in public: in the changelog, on a document, and of a pack made before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from stats.period import month
from stats.publish.as_markdown import table
from stats.publish.documents.ending import meaning
from stats.publish.documents.model import Document, Notice, Reference, Words
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


def unlike_changelog(changelog: str, mistakes: Sequence[Mistake]) -> str:
    """Return the rows that the changelog lacks under Corrections, or has and are not registered; empty if neither.

    Parameters
    ----------
    changelog : str
        Its text.
    mistakes : sequence of Mistake
        All that are registered.
    """
    section = re.search(r"^## Corrections\n\n(.*?)\n\n", changelog, re.M | re.S)
    there, wanted = (text.splitlines() for text in (section[1] if section else "", changelog_rows(mistakes)))
    if there == wanted:
        return ""
    lacking = [line for line in wanted if line not in there]
    too_much = [line for line in there if line not in wanted]
    if lacking:
        return "\n".join(["lacks under Corrections:", *lacking])
    if too_much:
        return "\n".join(["has under Corrections what is not registered:", *too_much])
    return "has its corrections in another order"


def touching(mistakes: Iterable[Mistake], document: Document, shown: Iterable[str] = ()) -> list[Mistake]:
    """Return the corrections of what a document states or shows, or that name it.

    Parameters
    ----------
    mistakes : iterable of Mistake
    document : Document
    shown : iterable of str
        The ids of all numbers and claims of the figures that it shows or quotes.
    """
    figures = {picture.name for picture in document.pictures} | {r.figure for r in document.references if r.figure}
    named = {document.name, *figures, *(reference.id for reference in document.references), *shown}
    return [mistake for mistake in mistakes if mistake.touches(named)]


def notice_of(
    mistakes: Iterable[Mistake], document: Document, numbers: Iterable[Reference] = (), shown: Iterable[str] = ()
) -> Notice | None:
    """Return what a document must say of the corrections that touch it, before all else; None if none does.

    Parameters
    ----------
    mistakes : iterable of Mistake
    document : Document
    numbers : iterable of Reference
        Numbers of its figures that it may not state itself: a correction names each as a reader knows it.
    shown : iterable of str
        As in `touching`.
    """
    known = {reference.id: reference for reference in (*numbers, *document.references)}
    found = touching(mistakes, document, shown)
    if not found:
        return None
    lead = Words("Correction. " if len(found) == 1 else "Corrections. ", is_strong=True)
    return Notice((lead, *(Words(f"{_sentence(mistake, known)} ") for mistake in found[:-1]),
                   Words(_sentence(found[-1], known))))  # fmt: skip


def _sentence(mistake: Mistake, known: Mapping[str, Reference]) -> str:
    """Return a correction in words: what was measured, where and when, as the list of numbers has it; its id last."""
    day, why = f"{mistake.found.day} {month(mistake.found)}", mistake.why.rstrip(".")
    of = known.get(mistake.of)
    told = "" if of is None else "a claim" if of.verdict else meaning(of)
    what, id_ = (f"{told}:", f" Id: {mistake.of}.") if told else (mistake.of, "")
    return f"No. {mistake.number}, found on {day}: {what} was “{mistake.was}” and is “{mistake.now}”. Why: {why}.{id_}"


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
