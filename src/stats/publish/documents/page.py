"""A document as a page: one file that opens offline, asks nothing of any server, runs nothing, and prints.

It has no link to leave it quickly. Such a link belongs on a site, where it takes the place of what was being read; a
file that was handed over stays in its folder and among the last opened, so a link would promise what it cannot do.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

from stats.publish.documents.ending import (
    CAPTION,
    HEADS,
    OWN_ADDRESS,
    WHOSE,
    as_at_words,
    meaning,
    numbers_table,
    places_of,
    printed,
)
from stats.publish.documents.ending import NUMBERS as TITLE_OF_NUMBERS
from stats.publish.documents.model import Citation, Document, Heading, Kind, Reference, plain
from stats.publish.documents.page_blocks import Blocks
from stats.publish.markup import Inner, el, link, linked, written
from stats.publish.page import foot, head

GENERATOR = "Plain Figures: documents"

KINDS: dict[Kind, str] = {
    "briefing": "briefing", "annex": "annex", "force": "police force page", "rebuttal": "what a number rests on",
    "reconciliation": "why two numbers differ",
}  # fmt: skip

FEW = 3
"""A document of so many sections needs no list of contents."""

NUMBERS, SOURCES, CONTACT = "end.numbers", "end.sources", "end.contact"
SHEET = Path(__file__).with_suffix(".css")


def as_html(document: Document) -> bytes:
    """Return a document as the bytes of a page.

    Parameters
    ----------
    document : Document

    Raises
    ------
    CannotOpen
        If the SVG of a figure holds anything that a figure of ours is not drawn of.
    """
    blocks = Blocks(document)
    body, end = blocks.all(), _end(blocks)
    page = el(
        "html", head(document.title, GENERATOR, SHEET),
        el(
            "body", el("a", "Skip to the text", href="#text.begins", class_="skip"),
            el("header", el("p", f"Plain Figures: {KINDS[document.kind]}", class_="brand")),
            el(
                "main", *_opening(document), *_contents(document),
                el("div", *body, id="text.begins", tabindex="-1", class_="text"), *end,
            ),
            foot(),
        ),
        lang=document.language,
    )  # fmt: skip
    return written(page)


def _opening(document: Document) -> list[Element]:
    as_at = el("time", as_at_words(document), datetime=document.as_at.isoformat())
    return [
        el("h1", document.title),
        *([el("p", document.subtitle, class_="subtitle")] if document.subtitle else []),
        el("p", as_at, f" {WHOSE}", class_="as-at"),
    ]


def _contents(document: Document) -> list[Element]:
    sections = [b for b in document.blocks if isinstance(b, Heading) and b.level == 2]
    if len(sections) <= FEW:
        return []
    entries = [(plain(section.words), section.anchor) for section in sections] + _ends(document)
    items = (el("li", el("a", words, href=f"#{anchor}")) for words, anchor in entries)
    title = el("h2", "Contents", id="contents.begin")
    return [el("nav", title, el("ol", *items), class_="contents", aria_labelledby="contents.begin")]


def _ends(document: Document) -> list[tuple[str, str]]:
    """Return the sections after the text, with their anchors: those of which there is something to say."""
    there = (
        (TITLE_OF_NUMBERS, NUMBERS, document.references), ("Sources", SOURCES, document.citations),
        ("Contact", CONTACT, document.contact),
    )  # fmt: skip
    return [(words, anchor) for words, anchor, has in there if has]


def _end(blocks: Blocks) -> list[Element]:
    document, made = blocks.document, []
    for words, anchor in _ends(document):
        made.append(el("h2", words, id=anchor))
        if anchor == NUMBERS:
            made.append(_numbers(blocks))
        elif anchor == SOURCES:
            made.append(el("ol", *(_source(one, n) for n, one in enumerate(document.citations, 1)), class_="sources"))
        else:
            made.append(el("p", *linked(document.contact)))
    return made


def _numbers(blocks: Blocks) -> Element:
    document = blocks.document
    places = places_of(document.citations)
    heads = el("tr", *(el("th", name, scope="col") for name in HEADS))
    lines = (_number(one, n, places, blocks.mentioned) for n, one in enumerate(document.references, 1))
    number = blocks.names[table] if (table := numbers_table(document)) else ""
    caption = el("caption", el("span", f"{number}: {CAPTION}"), id="end.caption")
    made = el("table", caption, el("thead", heads), el("tbody", *lines), class_="references")
    return el("div", made, class_="wide", role="region", tabindex="0", aria_labelledby="end.caption")


def _number(reference: Reference, place: int, places: dict[str, int], mentioned: set[str]) -> Element:
    said: Inner = printed(reference)
    if reference.id in mentioned:
        said = el("a", said, href=f"#said.{place}", title="Back to the text")
    sources: list[Inner] = []
    for source in reference.sources:
        named = el("a", f"Source {places[source]}", href=f"#source.{places[source]}") if source in places else source
        sources += [", " if sources else None, named]
    return el(
        "tr", el("th", said, scope="row"),
        el("td", el("p", meaning(reference)), el("p", el("code", *_breakable(reference.id)))), el("td", *sources),
        id=f"number.{place}",
    )  # fmt: skip


def _breakable(name: str) -> list[Inner]:
    """Return an id that may be broken after '/' and '.', and holds nothing else when it is copied."""
    first, *others = re.split(r"(?<=[/.])(?=.)", name)
    return [first, *(part for other in others for part in (el("wbr"), other))]


def _source(citation: Citation, place: int) -> Element:
    kind = citation.kind.replace("-", " ")
    own = citation.publisher_url
    address: list[Inner] = [f". {OWN_ADDRESS}: ", link(own, own, class_="bare")] if own else []
    said = [f". {label}: {words}" for label, words in (("Licence", citation.licence), ("Kind", kind)) if words]
    return el("li", link(citation.url, citation.words), *address, *said, ".", id=f"source.{place}")
