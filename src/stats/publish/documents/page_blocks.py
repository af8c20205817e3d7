"""The blocks of a document as elements of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from stats.publish.documents.arranged import below, names_of
from stats.publish.documents.model import (
    Block,
    Bullets,
    Cell,
    Document,
    Grid,
    Heading,
    Line,
    Notice,
    Paragraph,
    Picture,
    Words,
)
from stats.publish.documents.page_picture import inline
from stats.publish.markup import Inner, el, link, linked

WIDER = "The picture is wider than this screen: scroll it sideways, or open the figure as a table below it."
"""Said where the style sheet knows that it is so."""


class Blocks:
    """The blocks of one document, written in order: what was counted and mentioned so far is kept.

    Ids of ours hold a dot, so that they are never an anchor that a heading has.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.places = {reference.id: place for place, reference in enumerate(document.references, 1)}
        self.names = names_of(document)
        self.mentioned: set[str] = set()
        self._count: Counter[str] = Counter()
        self._level = 1

    def all(self) -> list[Element]:
        """Return every block as an element."""
        return [self.element(block) for block in self.document.blocks]

    def element(self, block: Block) -> Element:
        """Return one block as an element."""
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block)
            case Bullets():
                return el("ul", *(el("li", *self.line(item)) for item in block.items))
            case Notice():
                return self._notice(block)
            case Grid():
                return self.grid(block)
            case Picture():
                return self._picture(block)

    def line(self, words: Line) -> list[Inner]:
        """Return words as elements; each number leads to where it comes from."""
        return [self._stretch(one) for one in words]

    def grid(self, grid: Grid) -> Element:
        """Return a table that can be scrolled by keyboard where it is wider than the page."""
        id_ = self._next("table")
        numeric = [any(row[n].value is not None for row in grid.rows) for n in range(len(grid.heads))]
        heads = (_cell("th", [head], n, scope="col") for head, n in zip(grid.heads, numeric, strict=True))
        caption = el("caption", el("span", f"{self.names[grid]}: {grid.caption}"), id=id_)
        table = el(
            "table", caption, el("thead", el("tr", *heads)),
            el("tbody", *(self._row(row, numeric) for row in grid.rows)),
        )  # fmt: skip
        notes = [el("p", *linked(note)) for note in grid.notes]
        return el("div", _scrolling(table, aria_labelledby=id_), el("div", *notes, class_="notes") if notes else None)

    def _row(self, cells: Sequence[Cell], numeric: Sequence[bool]) -> Element:
        first, *rest = (self.line(cell.words) for cell in cells)
        others = (_cell("td", words, is_number) for words, is_number in zip(rest, numeric[1:], strict=True))
        return el("tr", _cell("th", first, numeric[0], scope="row"), *others)

    def _heading(self, heading: Heading) -> Element:
        self._level = min(heading.level, self._level + 1)
        return el(f"h{self._level}", *self.line(heading.words), id=heading.anchor)

    def _paragraph(self, paragraph: Paragraph) -> Element:
        words = self.line(paragraph.words)
        if not paragraph.number:
            return el("p", *words)
        id_, number = f"paragraph.{paragraph.number}", str(paragraph.number)
        to_it = el("a", number, href=f"#{id_}", class_="at", aria_label=f"Paragraph {number}")
        return el("div", to_it, el("p", *words), id=id_, class_="numbered")

    def _notice(self, notice: Notice) -> Element:
        id_ = self._next("notice")
        number = self._count["notice"]
        several = sum(isinstance(block, Notice) for block in self.document.blocks) > 1
        label = el("p", "Please note", f" ({number})" if several else None, class_="label", id=id_)
        return el("section", label, el("p", *self.line(notice.words)), class_="notice", aria_labelledby=id_)

    def _picture(self, picture: Picture) -> Element:
        id_ = self._next("figure")
        drawn = inline(picture, f"{id_}.")
        said = [el("p", *linked(words)) for words in below(picture)]
        return el(
            "div",
            el(
                "figure",
                el("figcaption", el("p", el("strong", f"{self.names[picture]}: {picture.title}")),
                   el("p", picture.subtitle), el("p", WIDER, class_="sideways")),
                _scrolling(drawn, class_="wide picture", aria_label=f"Picture: {picture.table.caption}"),
                el("div", *said, class_="notes"),
                id=id_,
            ),
            el("details", el("summary", "The figure in words"), el("p", picture.description)),
            el("details", el("summary", "The figure as a table"), self.grid(picture.table)),
            class_="with-figure",
        )  # fmt: skip

    def _stretch(self, words: Words) -> Inner:
        inner = self._led(words)
        if words.is_emphasised:
            inner = el("em", inner)
        return el("strong", inner) if words.is_strong else inner

    def _led(self, words: Words) -> Inner:
        if words.reference in self.places:
            return self._number(words)
        if words.address.startswith("#"):
            return el("a", words.text, href=words.address)
        return link(words.address, words.text)

    def _number(self, words: Words) -> Element:
        place = self.places[words.reference]
        own = {} if words.reference in self.mentioned else {"id": f"said.{place}"}
        self.mentioned.add(words.reference)
        told = f"Where this comes from: {words.reference}"
        return el("a", words.text, href=f"#number.{place}", class_="number", title=told, **own)

    def _next(self, kind: str) -> str:
        self._count[kind] += 1
        return f"{kind}.{self._count[kind]}"


def _cell(tag: str, words: Sequence[Inner], is_number: bool, **attributes: str) -> Element:
    return el(tag, *words, **attributes, **({"class_": "n"} if is_number else {}))


def _scrolling(inner: Element, class_: str = "wide", **label: str) -> Element:
    """Return what may be wider than the page in a region of its own: by keyboard it is reached, and then scrolled."""
    return el("div", inner, class_=class_, role="region", tabindex="0", **label)
