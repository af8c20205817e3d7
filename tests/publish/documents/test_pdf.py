"""A document as PDF, read back: tagged, in order, with heads, and letter by letter as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sample_document import FIGURES, sample

from stats.errors import CheckFailed
from stats.publish.documents.arranged import names_of
from stats.publish.documents.ending import NUMBERS, tables_in_full
from stats.publish.documents.model import Block, Bullets, Cell, Document, Grid, Heading, Paragraph, Words, plain
from stats.publish.documents.pdf import as_pdf
from stats.publish.documents.pictures import picture_of


@pytest.fixture(scope="module")
def made() -> bytes:
    """Return the sample as PDF."""
    return as_pdf(sample())


@pytest.fixture(scope="module")
def read(made: bytes) -> PdfReader:
    """Return the sample read back."""
    return PdfReader(BytesIO(made))


def of(*blocks: Block) -> Document:
    """Return the sample with other blocks."""
    return replace(sample(), blocks=blocks, references=())


def said(text: str) -> tuple[Words]:
    """Return a line of one stretch."""
    return (Words(text),)


def parts(part: Any, kind: str) -> Iterator[Any]:
    """Give every element of a kind in the tree of tags."""
    below = part.get("/K", [])
    for child in below if isinstance(below, list) else [below]:
        element = child.get_object()
        if isinstance(element, dict) and "/S" in element:
            if element["/S"] == kind:
                yield element
            yield from parts(element, kind)


def tags(read: PdfReader, kind: str) -> list[Any]:
    """Return every element of a kind, in order of reading."""
    return list(parts(read.root_object["/StructTreeRoot"], kind))


def text_of(made: bytes) -> str:
    """Return the text of all pages, as one line."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(made)).pages]
    return " ".join(" ".join(pages).split())


def test_it_is_tagged_in_its_language_with_its_title_shown(read: PdfReader) -> None:
    """What PDF/UA asks of the file itself: tags, language, title, and the name of the standard."""
    root = read.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata.title == sample().title
    told = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in told
    assert sample().title in told
    assert read.pdf_header == "%PDF-1.7"


def test_it_is_dated_by_its_figures_and_never_by_the_clock(made: bytes, read: PdfReader) -> None:
    """The same document gives the same bytes, and its date is that of the newest release."""
    assert as_pdf(sample()) == made
    assert read.metadata.creation_date.date() == read.metadata.modification_date.date() == sample().as_at


def test_each_figure_is_told_to_who_cannot_see_it(read: PdfReader) -> None:
    """Each figure has its alternative text in the tree of tags."""
    assert [figure["/Alt"] for figure in tags(read, "/Figure")] == [picture.alt for picture in sample().pictures]


BEHIND = "The tables behind the figures"


def test_headings_are_headings_and_their_order_is_that_of_the_document(read: PdfReader) -> None:
    """The title is the only heading of the first level, and no level is left out."""
    assert [heading["/T"] for heading in tags(read, "/H1")] == [sample().title]
    sections = [plain(block.words) for block in sample().blocks if isinstance(block, Heading) and block.level == 2]
    assert [heading["/T"] for heading in tags(read, "/H2")] == [*sections, BEHIND, NUMBERS, "Sources", "Contact"]
    assert [heading["/T"] for heading in tags(read, "/H3")] == ["The table"]


def test_tables_have_heads_of_columns_and_of_rows(read: PdfReader) -> None:
    """Every cell names the head of its column and of its row, by ids that the tree knows."""
    tables = tags(read, "/Table")
    assert len(tables) == len(tables_in_full(sample()))
    known = {str(name) for name in read.root_object["/StructTreeRoot"]["/IDTree"]["/Names"][::2]}
    for table, grid in zip(tables, tables_in_full(sample()), strict=True):
        scopes = [head["/A"][0]["/Scope"] for head in parts(table, "/TH")]
        assert scopes == ["/Column"] * len(grid.heads) + ["/Row"] * len(grid.rows)
        named = [cell["/A"][0]["/Headers"] for cell in parts(table, "/TD")]
        assert [len(heads) for heads in named] == [2] * len(grid.rows) * (len(grid.heads) - 1)
        assert {str(name) for heads in named for name in heads} <= known


def test_the_text_is_read_in_order_and_letter_by_letter(made: bytes) -> None:
    """Signs that mean something elsewhere are only signs here."""
    text = text_of(made)
    awkward = plain(sample().blocks[2].words)
    pieces = [sample().title, sample().subtitle, "1. So far 5.4% of the offences were charged. Charged is not convict",
              f"2. {awkward}", "This replaces an earlier number. See the corrections.", "One point, with a link",
              "Charged so far 83 5.4%", "[c] too few to show. [z] does not apply.", "Limits", "3. The share can only",
              NUMBERS, "Lincolnshire (E23000020)",
              f"Sources 1. {sample().citations[0].words}", f"Contact {sample().contact}"]  # fmt: skip
    places = [text.find(piece) for piece in pieces]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(
    "text", ["#panic() $x$ @y <z> /* c */ // d `e` = f - g + h", 'a "b" \\ #{1} ~ -- --- ...', "ŵ ŷ − – … £ €"]
)
def test_no_text_is_markup(text: str) -> None:
    """Whatever a document says is printed as it stands: in headings, paragraphs, heads, cells, captions and notes."""
    cells = ((Cell(said(text)), Cell(said(text))),)
    grid = Grid("t", text, (text, "n"), cells, (text,))
    made = as_pdf(of(Heading(2, said(text), "here"), Paragraph(said(text)), grid))
    assert text_of(made).count(text) >= 5


def test_links_lead_out_and_within(read: PdfReader) -> None:
    """An address is a link, and '#' leads to the heading of that anchor."""
    notes = [note.get_object() for page in read.pages for note in page.get("/Annots", [])]
    out = {note["/A"]["/URI"] for note in notes if "/A" in note and "/URI" in note["/A"]}
    assert out == {
        "https://www.gov.uk/",
        sample().citations[0].url,
        "https://www.gov.uk/own",
        "https://example.org/issues",
    }
    assert len([note for note in notes if "/Dest" in note or note.get("/A", {}).get("/S") == "/GoTo"]) == 1


def test_nothing_of_the_machine_is_in_it(made: bytes, read: PdfReader) -> None:
    """The only letters are matplotlib's DejaVu Sans, and all are in the file."""
    fonts = {name for page in read.pages for font in page["/Resources"]["/Font"].values()
             for name in [font.get_object()["/BaseFont"].split("+")[1]]}  # fmt: skip
    assert fonts <= {"DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSans-BoldOblique"}
    assert b"/work" not in made
    assert b"/home" not in made


def test_pages_are_numbered_and_the_title_stands_at_their_foot(read: PdfReader) -> None:
    """Each page says which of how many it is; to a screen reader that is no part of the text."""
    for number, page in enumerate(read.pages, 1):
        assert f"page {number} of {len(read.pages)}" in page.extract_text()
        assert b"/Artifact" in page.get_contents().get_data()


def test_a_figure_without_alternative_text_is_refused() -> None:
    """We say it before typst does, and name the figure."""
    picture = replace(sample().pictures[0], alt=" ")
    with pytest.raises(CheckFailed, match="no alternative text") as refused:
        as_pdf(of(picture))
    assert ("figure", "lincolnshire/charged") in refused.value.evidence


@pytest.mark.parametrize(("words", "why"), [
    (Words("here", address="#nowhere"), "label `<nowhere>` does not exist"),
    (Words("\u6f22"), "could not be displayed"),
])  # fmt: skip
def test_a_link_that_leads_nowhere_and_a_letter_that_no_font_has_are_refused(words: Words, why: str) -> None:
    """A box in place of a letter, or a dead link, is an error that says which."""
    with pytest.raises(CheckFailed, match="accessible PDF") as refused:
        as_pdf(of(Paragraph((words,))))
    assert why in str(refused.value)


def test_a_long_table_repeats_its_heads_and_loses_no_row() -> None:
    """A table over pages is one table, with its heads on each page."""
    rows = tuple((Cell(said(f"Row {n}")), Cell(said(f"{n:,}"), n, "count")) for n in range(100))
    made = as_pdf(of(Grid("long", "Long", ("Which one", "How many"), rows, ("Read at the foot.",))))
    read = PdfReader(BytesIO(made))
    pages = [page.extract_text() for page in read.pages]
    long = [page for page in pages if "Row" in page]
    assert len(long) > 1
    assert all("Which one" in page for page in long)
    assert all(f"Row {n}\n" in "\n".join(pages) or f"Row {n} " in "\n".join(pages) for n in range(100))
    assert len(tags(read, "/Table")) == 1
    assert len(tags(read, "/TH")) == 102


def test_figures_and_tables_are_numbered_as_elsewhere(made: bytes) -> None:
    """With a colon; below a figure stands which table has its numbers."""
    text, names = text_of(made), names_of(sample())
    for grid in tables_in_full(sample()):
        assert f"{names[grid]}: {grid.caption[:30]}" in text
    for picture in sample().pictures:
        assert f"{names[picture]}: {picture.title[:20]}" in text
        assert f"{names[picture.table]} has these numbers." in text


def test_an_id_is_copied_as_it_is(made: bytes) -> None:
    """It may be broken after its signs, and nothing stands there but a space of no width."""
    assert f"Id: {sample().references[0].id}" in text_of(made)


def pages_of(*blocks: Block) -> list[str]:
    """Return the text of each page, each as one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(as_pdf(of(*blocks)))).pages]


@pytest.mark.parametrize("before", [4, 12, 17, 18])
def test_a_figure_is_not_parted_from_few_notes_nor_from_what_leads_up_to_it(before: int) -> None:
    """Wherever on a page it falls."""
    few = replace(sample().pictures[0], notes=("First note.", "Second note."), source_line="Source: us.")
    words, lead = [Paragraph(said("Words before it."))] * before, Paragraph(said("Look at this."))
    (page,) = [page for page in pages_of(*words, lead, few) if "Look at this." in page]
    assert all(one in page for one in ("Figure 1:", "First note.", "Second note.", "Source: us."))


@pytest.mark.parametrize(("before", "notes"), [(12, 10), (13, 8), (14, 7)])
def test_the_source_of_a_figure_with_many_notes_does_not_stand_alone(before: int, notes: int) -> None:
    """They run on to the next page, and the last of them goes over with the source."""
    told = (*["A note of some words, one of many."] * notes, "The last.")
    many = replace(sample().pictures[0], notes=told, source_line="Source: us.")
    pages = pages_of(*[Paragraph(said("Words before it."))] * before, many)
    assert [page.count("A note of") for page in pages[:2]] == [notes, 0]
    assert "The last. Source: us." in pages[1]


@pytest.mark.parametrize("before", [32, 33, 34])
def test_a_paragraph_that_ends_with_a_colon_stays_with_its_list(before: int) -> None:
    """At the end of a page it goes over with the first item."""
    words, items = [Paragraph(said("Before."))] * before, Bullets((said("One item. " * 20), said("Another.")))
    (page,) = [page for page in pages_of(*words, Paragraph(said("These are they:")), items) if "These are" in page]
    assert "One item." in page


@pytest.mark.parametrize("before", [0, 12])
def test_a_figure_taller_than_a_page_is_made_to_fit(before: int) -> None:
    """No figure is cut off at the foot of a page, or shrunk to what is left of one: it stands within the margins."""
    made = as_pdf(
        of(*[Paragraph(said("Words before it."))] * before, picture_of(FIGURES / "article_004_claims", "claims"))
    )
    (figure,) = tags(PdfReader(BytesIO(made)), "/Figure")
    left, foot, right, top = next(said["/BBox"] for said in figure["/A"] if "/BBox" in said)
    margin = 70
    assert left > margin
    assert foot > margin
    assert right < 595 - margin
    assert top < 842 - margin
    assert top - foot > 450
