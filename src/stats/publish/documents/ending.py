"""What every format says besides the text: where the numbers come from, the sources, the contact, and the day."""

from __future__ import annotations

from collections.abc import Iterable

from stats.period import month
from stats.present import capital
from stats.publish.documents.model import Block, Cell, Citation, Document, Grid, Heading, Line, Reference, Words
from stats.publish.markup import linked
from stats.publish.page import NOT_OFFICIAL

NUMBERS = "Where the numbers come from"
TABLE = "where_the_numbers_come_from"
CAPTION = "Each number and claim of this document, in order of first mention"
HEADS = ("As printed", "What it is, and its id", "Source")
"""Of the table of where the numbers come from."""

SHARES = (0.26, 0.62, 0.12)
"""Of the width of that table, for each of its columns."""

WHOSE = f"Made by Plain Figures. {NOT_OFFICIAL}"
MIRROR, COPY = "official-mirror", "Read from a copy that others keep"
"""The kind of a source that was not read at its publisher's, and what is said of it."""

OWN_ADDRESS = "The publisher's own address"


def as_at_words(document: Document) -> str:
    """Return up to which day the statistics were published that a document rests on."""
    return f"Statistics published up to {document.as_at.day} {month(document.as_at)}."


def opening_words(document: Document) -> str:
    """Return what stands below the title: the day, and whose document it is."""
    return f"{as_at_words(document)} {WHOSE}"


def printed_in_full(document: Document) -> list[Block]:
    """Return the blocks of a document as they are printed, then the table of where its numbers come from."""
    table = numbers_table(document)
    ending: list[Block] = [Heading(2, (Words(NUMBERS),), "end-numbers"), table] if table else []
    return [*document.printed, *ending]


def tables_in_full(document: Document) -> list[Grid]:
    """Return every table of a document, the one of where its numbers come from last."""
    table = numbers_table(document)
    return [*document.tables, *([table] if table else [])]


def numbers_table(document: Document) -> Grid | None:
    """Return each number and claim that a document states, with what it is and its source; None if it states none."""
    places = places_of(document.citations)
    rows = tuple((_cell(printed(one)), _what(one), _cell(_sources(one, places))) for one in document.references)
    return Grid(TABLE, CAPTION, HEADS, rows) if rows else None


def places_of(citations: Iterable[Citation]) -> dict[str, int]:
    """Return the number that each source goes by in a document, by its id."""
    return {citation.id: place for place, citation in enumerate(citations, 1)}


def printed(reference: Reference) -> str:
    """Return what a reader meets of a number or claim; of a claim that is not quoted, its id."""
    return reference.text.strip() or f"claim {reference.id}"


def meaning(reference: Reference) -> str:
    """Return what a number or claim is, in words: what is measured, where, when and on which basis.

    Examples
    --------
    >>> meaning(Reference("x", "5%", measure="a_share", area="K04000001", area_name="England and Wales"))
    'a share; England and Wales (K04000001)'
    """
    measure = reference.measure_name or reference.measure.replace("_", " ")
    area = f"{reference.area_name} ({reference.area})" if reference.area_name and reference.area else ""
    verdict = f"verdict: {reference.verdict}" if reference.verdict else ""
    told = (measure, area or reference.area_name or reference.area, reference.period, reference.basis, verdict)
    return "; ".join(filter(None, told))


def cited(citation: Citation) -> Line:
    """Return a source as a line, its addresses as links; a licence that its words tell already is not said twice."""
    said = [Words(citation.words.removesuffix("."))]
    said += [Words(f". {COPY}")] if citation.kind == MIRROR else []
    if citation.url:
        said += [Words(". "), Words(citation.url, address=citation.url)]
    if citation.publisher_url:
        said += [Words(f". {OWN_ADDRESS}: "), Words(citation.publisher_url, address=citation.publisher_url)]
    licence = f". Licence: {citation.licence}" if citation.licence not in citation.words else ""
    return (*said, Words(f"{licence}."))


def linked_line(text: str) -> Line:
    """Return a text as a line in which each https address is a link.

    Examples
    --------
    >>> [words.address for words in linked_line("Write to https://www.gov.uk/ or us")]
    ['', 'https://www.gov.uk/', '']
    """
    stretches = [Words(one) if isinstance(one, str) else Words(one.text or "", address=one.get("href", ""))
                 for one in linked(text) if one is not None]  # fmt: skip
    return tuple(words for words in stretches if words.text)


def _sources(reference: Reference, places: dict[str, int]) -> str:
    return ", ".join(str(places[name]) if name in places else name for name in reference.sources)


def _what(reference: Reference) -> Cell:
    told = meaning(reference)
    sentence = (Words(f"{capital(told)}. "),) if told else ()
    return Cell((*sentence, Words(f"Id: {reference.id}", is_id=True)))


def _cell(text: str) -> Cell:
    return Cell((Words(text),))
