"""What every format arranges alike: numbers of figures and tables, what stands below a figure, what stays together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from stats.publish.documents.ending import tables_in_full
from stats.publish.documents.model import Block, Document, Paragraph, Picture, plain

FEW_LINES = 7
"""Notes of a figure that take no more stand on its page with it; longer ones may run on to the next."""


def names_of(document: Document) -> dict[Block, str]:
    """Return what each figure and table of a document goes by in every format, in the order in which they are printed.

    Examples
    --------
    >>> from datetime import date
    >>> from stats.publish.documents.model import Grid
    >>> grid = Grid("t", "T", (), ())
    >>> names_of(Document("a", "briefing", "A", "", date(2026, 4, 23), (grid,)))[grid]
    'Table 1'
    """
    figures, tables = dict.fromkeys(document.pictures), dict.fromkeys(tables_in_full(document))
    numbered: dict[Block, str] = {picture: f"Figure {number}" for number, picture in enumerate(figures, 1)}
    return numbered | {grid: f"Table {number}" for number, grid in enumerate(tables, 1)}


def below(picture: Picture, table: str = "") -> list[str]:
    """Return what stands below a figure, each in a paragraph: its notes, then its source with the table of its numbers.

    Parameters
    ----------
    picture : Picture
    table : str
        What its table goes by; empty where that stands beside it, or nowhere.
    """
    where = f"{table} has these numbers." if table else ""
    return [words for words in (*picture.notes, " ".join(filter(None, (picture.source_line, where)))) if words]


def kept_with_next(said: Sequence[str], notes: int, letters: int) -> list[bool]:
    """Return for each paragraph below a figure whether the next must stand on its page.

    Few lines all stay with the figure. Of many, the last note stays with the source, so that no page begins with that.

    Parameters
    ----------
    said : sequence of str
        As `below` returns them.
    notes : int
        How many of them are notes: they stand first.
    letters : int
        Of a line, about.

    Examples
    --------
    >>> kept_with_next(["A note.", "Source: us."], 1, 100)
    [True, False]
    >>> kept_with_next(["A note. " * 80, "Another.", "Source: us. Table 1 has these numbers."], 2, 100)
    [False, True, False]
    """
    are_few = sum(ceil(len(words) / letters) for words in said) <= FEW_LINES
    return [at < len(said) - 1 and (are_few or at >= notes - 1) for at in range(len(said))]


def are_leads(blocks: Sequence[Block]) -> list[bool]:
    """Return for each block whether it leads up to the next, and so stays on its page: a figure, or after a colon."""
    leads = [
        isinstance(one, Paragraph) and (isinstance(after, Picture) or plain(one.words).rstrip().endswith(":"))
        for one, after in pairwise(blocks)
    ]  # fmt: skip
    return [*leads, False][: len(blocks)]
