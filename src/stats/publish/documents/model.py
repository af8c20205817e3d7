"""What a document is, whatever format it is written in: blocks of words, tables and figures, and what they refer to.

A template (`stats.publish.documents.template`) is rendered into a `Document`; each writer turns that into one format.
No writer rounds, rewrites or looks anything up: every number stands in the model as readers meet it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["briefing", "annex", "force", "rebuttal", "reconciliation"]


@dataclass(frozen=True)
class Words:
    """A stretch of text that looks alike.

    `address` is where it leads: an https address, or '#' and an anchor of the same document; empty if nowhere.
    `reference` is the id of the number or claim that it states; empty for the author's own words. `is_id` marks an id:
    it is set small, on a line of its own, and broken within no word.
    """

    text: str
    is_strong: bool = False
    is_emphasised: bool = False
    address: str = ""
    reference: str = ""
    is_id: bool = False


Line = tuple[Words, ...]
"""Words that follow each other: a heading, a paragraph, an item of a list, a cell of a table."""


@dataclass(frozen=True)
class Heading:
    """A heading; the title of the document is not among the blocks, so sections begin at level 2."""

    level: Literal[2, 3]
    words: Line
    anchor: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `number` counts through a document whose paragraphs are numbered, and is 0 elsewhere."""

    words: Line
    number: int = 0


@dataclass(frozen=True)
class Bullets:
    """A list, in no order."""

    items: tuple[Line, ...]


@dataclass(frozen=True)
class Notice:
    """A paragraph that must not be missed: a correction, or a limit of what follows."""

    words: Line


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    `words` are as readers meet it, with shorthand such as [c] where there is no number; `value` is the number behind
    it, as published, for a spreadsheet; `unit` is 'count', 'share', 'per 1,000 residents' or so, and empty for text.
    """

    words: Line
    value: float | int | None = None
    unit: str = ""


@dataclass(frozen=True)
class Grid:
    """A table: one row of heads, and rows whose first cell is their head.

    Parameters
    ----------
    name : str
        File-safe, and of this table alone within the document.
    caption : str
        What it shows, of whom, where and when.
    heads, rows : tuple
        As many cells in each as there are heads.
    notes : tuple of str
        Read below the table: what shorthand means, what is provisional, the sources.
    more_heads, more : tuple
        Columns of numbers that a workbook has beside these, and no page has.
    """

    name: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    more_heads: tuple[str, ...] = ()
    more: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True)
class Picture:
    """A figure with all that a reader who cannot see it needs.

    Parameters
    ----------
    name : str
        'brief/figure', as below `figures`.
    title, subtitle : str
        Its finding, and what is measured.
    alt : str
        Its kind and finding, with numbers, in a sentence or two.
    description : str
        What it shows, at length.
    notes : tuple of str
        What to know before quoting it, as sentences.
    source_line : str
    svg, png : bytes
        The plot alone: all other words of the figure are those above. The PNG has 200 dots an inch.
    table : Grid
        What is plotted.
    """

    name: str
    title: str
    subtitle: str
    alt: str
    description: str
    notes: tuple[str, ...]
    source_line: str
    svg: bytes
    png: bytes
    table: Grid


Block = Heading | Paragraph | Bullets | Notice | Grid | Picture


@dataclass(frozen=True)
class Reference:
    """A number or claim that a document states.

    Parameters
    ----------
    id, text : str
        Of a number ('lincolnshire/charged.E23000020.offences_recorded.share') or a claim ('C003-01'); as printed.
    value : float or int, optional
        None for a claim.
    unit, measure, area, period, basis : str
        Measure and area are told by id and code.
    sources : tuple of str
        Ids of the sources that it rests on.
    figure, verdict : str
        'brief/figure' that a number stands in; the verdict of a claim.
    measure_name, area_name : str
        What a reader knows them by.
    """

    id: str
    text: str
    value: float | int | None = None
    unit: str = ""
    measure: str = ""
    area: str = ""
    period: str = ""
    basis: str = ""
    sources: tuple[str, ...] = ()
    figure: str = ""
    verdict: str = ""
    measure_name: str = ""
    area_name: str = ""


@dataclass(frozen=True)
class Citation:
    """A source as a document cites it; `publisher_url` is the publisher's own address where `url` is another's."""

    id: str
    words: str
    url: str
    licence: str
    kind: str
    publisher_url: str = ""


@dataclass(frozen=True)
class Document:
    """A document, ready to be written in any format.

    Parameters
    ----------
    name : str
        File-safe; the files of every format are called after it.
    kind : Kind
    title, subtitle, contact, language : str
        `contact` is who answers for it.
    as_at : date
        The newest official release that it rests on: its files are dated by this day, and never by the clock.
    blocks : tuple of Block
        In order of reading.
    references : tuple of Reference
        Each number and claim it states, once, in order of first mention.
    citations : tuple of Citation
    """

    name: str
    kind: Kind
    title: str
    subtitle: str
    as_at: date
    blocks: tuple[Block, ...]
    references: tuple[Reference, ...] = ()
    citations: tuple[Citation, ...] = ()
    contact: str = ""
    language: str = "en-GB"

    @property
    def pictures(self) -> list[Picture]:
        """The figures, in order."""
        return [block for block in self.blocks if isinstance(block, Picture)]

    @property
    def tables(self) -> list[Grid]:
        """Every table, those behind figures too, as they are printed."""
        return [block for block in self.printed if isinstance(block, Grid)]

    @property
    def printed(self) -> list[Block]:
        """The blocks as they are printed: the tables behind the figures stand last, so that they break up no text."""
        behind = dict.fromkeys(picture.table for picture in self.pictures)
        heading = Heading(2, (Words("The tables behind the figures"),), "the-tables-behind-the-figures")
        return [*self.blocks, heading, *behind] if behind else list(self.blocks)


def plain(line: Line) -> str:
    """Return a line as plain text.

    Examples
    --------
    >>> plain((Words("83 of "), Words("1,531", reference="x")))
    '83 of 1,531'
    """
    return "".join(words.text for words in line)
