"""Markdown with references in it -> the blocks of a document. A reference is a sign that no keyboard types."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from stats.errors import StatsError
from stats.publish.documents.joined import joined
from stats.publish.documents.model import Block, Bullets, Cell, Grid, Heading, Line, Notice, Paragraph, Words, plain

if TYPE_CHECKING:
    from markdown_it.token import Token

BEGIN, END = "\ue000", "\ue001"
SIGN = re.compile(f"{BEGIN}([0-9]{{1,9}}){END}")
_TABLE = "Table: "

Meaning = Words | Sequence[Block]
"""What a sign stands for: words within a line, or blocks in the place of a paragraph."""


class NotADocument(StatsError):
    """Markdown that no document may hold."""


def sign(number: int) -> str:
    """Return the sign of a reference, to stand in Markdown."""
    return f"{BEGIN}{number}{END}"


def blocks_of(markdown: str, meanings: Sequence[Meaning], *, numbered: bool = False) -> tuple[Block, ...]:
    """Return the blocks of a text.

    Parameters
    ----------
    markdown : str
        CommonMark with tables; a quotation is a notice, and 'Table: caption' stands before a table.
    meanings : sequence of Words or of blocks
        What each sign stands for.
    numbered : bool
        Whether paragraphs are numbered.

    Raises
    ------
    NotADocument
        If it holds what a document may not: a picture that is no figure, code, a list within a list, in a notice
        anything but paragraphs, a second paragraph of an item, a caption without its table, a table that says nothing,
        a sign that was altered.
    """
    from markdown_it import MarkdownIt

    _must_be_whole(markdown, meanings)
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown)
    reader = _Reader(tokens, meanings)
    found = list(reader.blocks())
    return tuple(_numbered(found)) if numbered else tuple(found)


def _must_be_whole(markdown: str, meanings: Sequence[Meaning]) -> None:
    """Stop if a sign is not one that was given: a template may cut or change what a reference returned."""
    for line in SIGN.sub(lambda found: "" if int(found[1]) < len(meanings) else found[0], markdown).splitlines():
        if BEGIN in line or END in line:
            raise NotADocument(
                "a template alters what a reference returned.", [("in", re.sub(f"[{BEGIN}{END}]", "…", line)[:80])],
                "Write {{ number('…') }} as it is, with no filter behind it.",
            )  # fmt: skip


def _numbered(blocks: Sequence[Block]) -> Iterator[Block]:
    numbers = count(1)
    for block in blocks:
        yield replace(block, number=next(numbers)) if isinstance(block, Paragraph) else block


class _Reader:
    """Reads tokens one after another."""

    def __init__(self, tokens: list[Token], meanings: Sequence[Meaning]) -> None:
        self.tokens, self.meanings = tokens, meanings
        self.at = 0
        self.caption = ""
        self.anchors: set[str] = set()

    def blocks(self) -> Iterator[Block]:
        """Give the blocks, to the end."""
        readers: dict[str, Callable[[], Iterator[Block]]] = {
            "heading_open": self.heading, "paragraph_open": self.paragraph, "bullet_list_open": self.bullets,
            "blockquote_open": self.notice, "table_open": self.table,
        }  # fmt: skip
        while self.at < len(self.tokens):
            kind = self.tokens[self.at].type
            if kind not in readers:
                raise _refused(kind, self.tokens[self.at].content)
            yield from readers[kind]()

    def take(self) -> Token:
        """Return the next token, and go on."""
        self.at += 1
        return self.tokens[self.at - 1]

    def stands(self, kind: str) -> bool:
        """Whether the next token is of a kind."""
        return self.at < len(self.tokens) and self.tokens[self.at].type == kind

    def line(self) -> Line:
        """Return the words of an inline token."""
        return tuple(joined(_words(self.take().children or [], self.meanings)))

    def heading(self) -> Iterator[Block]:
        """A section, or a part of one."""
        level = int(self.take().tag[1])
        words = self.line()
        self.take()
        if level not in (2, 3):
            raise _refused(f"a heading of level {level}", plain(words))
        anchor = base = re.sub(r"[^a-z0-9]+", "-", plain(words).casefold()).strip("-") or "section"
        number = 2
        while anchor in self.anchors:
            anchor, number = f"{base}-{number}", number + 1
        self.anchors.add(anchor)
        yield Heading(2 if level == 2 else 3, words, anchor)

    def paragraph(self) -> Iterator[Block]:
        """A paragraph, the caption of a table, or what a sign that stands alone means; nothing if no word is left."""
        self.take()
        alone = SIGN.fullmatch(self.tokens[self.at].content.strip())
        meaning = self.meanings[int(alone[1])] if alone else None
        if meaning is not None and not isinstance(meaning, Words):
            self.at += 2
            yield from meaning
            return
        line = self.line()
        self.take()
        if plain(line).startswith(_TABLE):
            self.caption = _worded(line).removeprefix(_TABLE)
            if not self.stands("table_open"):
                raise _refused("a caption without a table after it", self.caption)
        elif line:
            yield Paragraph(line)

    def bullets(self) -> Iterator[Block]:
        """A list of lines."""
        items: list[Line] = []
        self.take()
        while (token := self.take()).type != "bullet_list_close":
            if token.type == "inline":
                self.at -= 1
                items.append(self.line())
            elif token.type == "paragraph_close" and self.stands("paragraph_open"):
                raise _refused("a second paragraph of an item", self.tokens[self.at + 1].content)
            elif token.type not in ("list_item_open", "list_item_close", "paragraph_open", "paragraph_close"):
                raise _refused(token.type, token.content)
        yield Bullets(tuple(items))

    def notice(self) -> Iterator[Block]:
        """A quotation: what must not be missed."""
        words: list[Words] = []
        self.take()
        while (token := self.take()).type != "blockquote_close":
            if token.type == "inline":
                self.at -= 1
                words += [Words(" ")] * bool(words) + list(self.line())
            elif token.type not in ("paragraph_open", "paragraph_close"):
                raise _refused(f"{token.type.removesuffix('_open')} in a notice", token.content)
        yield Notice(tuple(words))

    def table(self) -> Iterator[Block]:
        """A table; its caption stood before it."""
        rows: list[list[Line]] = []
        while (token := self.take()).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                self.at -= 1
                rows[-1].append(self.line())
        if not self.caption:
            raise _refused("a table without a caption", plain(rows[0][0]))
        name = re.sub(r"[^a-z0-9]+", "_", self.caption.casefold()).strip("_")[:40]
        body = tuple(tuple(Cell(line) for line in row) for row in rows[1:])
        if is_blank(body):
            raise _refused("a table that says nothing", self.caption)
        yield Grid(name, self.caption, tuple(_worded(line) for line in rows[0]), body)
        self.caption = ""


def is_blank(rows: Iterable[Iterable[Cell]]) -> bool:
    """Whether a table has no cell with a word in it."""
    return not any(plain(cell.words).strip() for row in rows for cell in row)


def _worded(line: Line) -> str:
    """Return the words of a caption or head of a table, in which no reference stands: it would lose what it is of."""
    if any(words.reference for words in line):
        raise NotADocument("a reference stands in the caption or a head of a table.", [("words", plain(line))],
                           "State it in a cell, or in a sentence beside the table.")  # fmt: skip
    return plain(line)


def _words(tokens: Sequence[Token], meanings: Sequence[Meaning]) -> Iterator[Words]:
    strong = emphasised = 0
    address = ""
    for token in tokens:
        kind = token.type
        if kind in ("strong_open", "strong_close"):
            strong += 1 if kind == "strong_open" else -1
        elif kind in ("em_open", "em_close"):
            emphasised += 1 if kind == "em_open" else -1
        elif kind in ("link_open", "link_close"):
            address = str(token.attrs.get("href", "")) if kind == "link_open" else ""
        elif kind in ("text", "softbreak", "text_special"):
            looks = Words("", bool(strong), bool(emphasised), address)
            yield from _meant(" " if kind == "softbreak" else token.content, looks, meanings)
        else:
            raise _refused(kind, token.content)


def _meant(text: str, looks: Words, meanings: Sequence[Meaning]) -> Iterator[Words]:
    """Give a text with what its signs mean in their place."""
    at = 0
    for found in SIGN.finditer(text):
        meaning = meanings[int(found[1])]
        if not isinstance(meaning, Words):
            raise NotADocument("a figure or table stands within a line.", [("line", SIGN.sub("…", text))],
                               "Give it a paragraph of its own.")  # fmt: skip
        yield replace(looks, text=text[at : found.start()])
        yield replace(looks, text=meaning.text, reference=meaning.reference)
        at = found.end()
    yield replace(looks, text=text[at:])


def _refused(what: str, words: str) -> NotADocument:
    return NotADocument(
        "a template holds what no document of ours has.", [("found", what.removesuffix("_open").replace("_", " ")),
        *([("text", words[:80])] if words else [])],
        "Write headings of levels 2 and 3, paragraphs, lists with -, tables with a caption, and notices with >.",
    )  # fmt: skip
