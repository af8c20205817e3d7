"""A document as PDF/UA-1: tagged, in A4, with figures as vectors; the same bytes each time."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from math import ceil
from pathlib import Path
from typing import Any

from stats.errors import CheckFailed
from stats.publish.documents.arranged import are_leads, below, kept_with_next, names_of
from stats.publish.documents.ending import SHARES, TABLE, cited, linked_line, opening_words, printed_in_full
from stats.publish.documents.model import (
    Block,
    Bullets,
    Document,
    Grid,
    Heading,
    Line,
    Paragraph,
    Picture,
    plain,
)
from stats.publish.documents.pictures import must_have_alt
from stats.publish.documents.row_heads import with_row_heads

TEMPLATE = Path(__file__).with_name("pdf.typ")
WIDE, HIGH, LINE = 453.5, 680.0, 14.0
"""Points: the text of a page, less what stands round a figure, and a line of its title."""

LETTERS, NOTE_LETTERS = 84, 98
"""Letters of a line of a table and of a note, about."""

WIDEST, GAP, BOLD = 45, 3, 1.15
"""Of a column: the most letters of a line, those that the space beside it takes, and how much wider its head is set."""

ROW, ROW_LINE, HIGHEST_WHOLE = 9.0, 11.5, 450.0
"""Points: round a row of a table, of a line of it, and the height above which it may run on to the next page."""


def as_pdf(document: Document) -> bytes:
    """Return a document as PDF/UA-1.

    Text reaches the template as data, so that no character of a document is markup. Letters are matplotlib's own DejaVu
    Sans, and nothing is taken from the machine or the network.

    Parameters
    ----------
    document : Document

    Raises
    ------
    CheckFailed
        If a figure has no alternative text, a link leads nowhere, or a PDF that everybody can read cannot be made.
    """
    import typst

    must_have_alt(document)
    try:
        made = typst.compile(
            TEMPLATE, format="pdf", font_paths=[_fonts()], ignore_system_fonts=True,
            sys_inputs={"document": json.dumps(data_of(document), ensure_ascii=False)}, pdf_standards="ua-1",
            timestamp=datetime.combine(document.as_at, time(), UTC),
        )  # fmt: skip
    except typst.TypstError as problem:
        raise CheckFailed(
            "this document cannot be made into an accessible PDF.",
            [("document", document.name), ("why", problem.message), *(("hint", hint) for hint in problem.hints)],
            "Mend it where it is written.",
        ) from None
    return with_row_heads(made)


def data_of(document: Document) -> dict[str, Any]:
    """Return what the template reads: every word as text, and every block as a kind with its fields."""
    language, _, region = document.language.partition("-")
    return {
        "title": document.title, "subtitle": document.subtitle, "lang": language, "region": region or None,
        "as_at": opening_words(document), "contact": _line(linked_line(document.contact)),
        "blocks": _blocks(document),
        "citations": [_line(cited(citation)) for citation in document.citations],
    }  # fmt: skip


def _blocks(document: Document) -> list[dict[str, Any]]:
    names, blocks = names_of(document), printed_in_full(document)
    return [_part(block, names) | {"is_lead": leads} for block, leads in zip(blocks, are_leads(blocks), strict=True)]


def _part(block: Block, names: Mapping[Block, str]) -> dict[str, Any]:
    """Return a block as the template reads it."""
    if isinstance(block, Picture):
        return _picture(block, names[block], names[block.table])
    if isinstance(block, Grid):
        return _grid(block, names[block])
    if isinstance(block, Bullets):
        return {"kind": "bullets", "items": [_line(item) for item in block.items]}
    words: dict[str, Any] = {"kind": type(block).__name__.casefold(), "words": _line(block.words)}
    if isinstance(block, Heading):
        words |= {"level": block.level, "anchor": block.anchor}
    if isinstance(block, Paragraph):
        words |= {"number": block.number}
    return words


def _line(line: Line) -> list[dict[str, Any]]:
    return [vars(words) for words in line]


def _picture(picture: Picture, name: str, table: str) -> dict[str, Any]:
    """Return a figure, with the points at which it and its caption fit a page."""
    svg = picture.svg.decode("utf-8")
    wide, high = (float(found) for found in re.findall(r'(?:width|height)="([\d.]+)pt"', svg[: svg.index("viewBox")]))
    notes = below(picture, table)
    kept = kept_with_next(notes, len(picture.notes), NOTE_LETTERS)
    above = LINE * (1 + _lines(f"{name}: {picture.title}", 80) + _lines(picture.subtitle, 90))
    scale = min(WIDE / wide, (HIGH - above) / high)
    return {
        "kind": "picture", "alt": picture.alt, "name": name, "title": picture.title, "subtitle": picture.subtitle,
        "notes": notes, "kept": kept, "svg": svg, "wide": scale * wide, "high": scale * high,
    }  # fmt: skip


def _grid(grid: Grid, name: str) -> dict[str, Any]:
    """Return a table, with the widths of its columns."""
    columns = [[grid.heads[at], *(plain(row[at].words) for row in grid.rows)] for at in range(len(grid.heads))]
    widths = list(SHARES) if grid.name == TABLE else _widths(columns)
    return {
        "kind": "grid", "name": name, "caption": grid.caption, "heads": grid.heads,
        "notes": list(grid.notes),
        "rows": [[_line(cell.words) for cell in row] for row in grid.rows],
        "is_number": [any(row[at].value is not None for row in grid.rows) for at in range(len(columns))],
        "widths": widths, "is_whole": _height(columns, widths) <= HIGHEST_WHOLE,
    }  # fmt: skip


def _lines(text: str, letters: float = LETTERS) -> int:
    return ceil(len(text) / letters)


def _height(columns: list[list[str]], widths: list[float]) -> float:
    """Return how many points a table takes, about."""
    letters = [LETTERS * width / sum(widths) for width in widths]
    return sum(ROW + ROW_LINE * max(map(_lines, row, letters)) for row in zip(*columns, strict=True))


def _widths(columns: list[list[str]]) -> list[float]:
    """Return how wide columns are, in letters: what their texts ask for, up to the limit at which all fit the page.

    No column is narrower than its longest word, so that no word is broken or runs into the next.
    """
    longest = [max(map(len, column)) + GAP for column in columns]
    least = [max(BOLD * _longest_word(head), *map(_longest_word, cells), 0) + GAP for head, *cells in columns]
    for most in range(WIDEST, 0, -1):
        widths = [max(low, min(long, most)) for low, long in zip(least, longest, strict=True)]
        if sum(widths) <= LETTERS:
            return widths
    return least


def _longest_word(text: str) -> int:
    """Return how many letters the longest word has, where a hyphen, or a slash before a letter, ends a word."""
    return max(map(len, re.split(r"\s+|(?<=-)|(?<=/)(?=[A-Za-z])", text)))


def _fonts() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"
