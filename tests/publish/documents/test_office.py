"""A document for the office: what Word, LibreOffice and a screen reader need stands in the file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import count
from pathlib import Path
from tempfile import gettempdir
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from docx import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sample_document import sample

from stats.draw.notes import WHOSE
from stats.errors import CheckFailed
from stats.publish.documents.ending import NUMBERS, SHARES, numbers_table, opening_words, tables_in_full
from stats.publish.documents.model import (
    Bullets,
    Cell,
    Citation,
    Document,
    Grid,
    Heading,
    Notice,
    Paragraph,
    Picture,
    Words,
    plain,
)
from stats.publish.documents.office import as_docx, as_odt, as_snippet
from stats.publish.documents.office_parts import SPACES, opened, q
from stats.publish.documents.office_tree import TEXT_WIDTH_CM, is_whole
from stats.publish.visible import visible_lines
from stats.read.drafts import read_draft

AWKWARD = "Quotes “here” & <there>, a #hash, $5, *stars*, _lines_, [brackets], \\ and @"
WRITERS = {"docx": as_docx, "odt": as_odt}
MOST_BYTES = 25_000_000


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """The sample in both formats."""
    return {kind: write(sample()) for kind, write in WRITERS.items()}


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of an office file."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body(data: bytes) -> ElementTree.Element:
    """Return the part with the text."""
    held = parts(data)
    return opened(held.get("word/document.xml") or held["content.xml"])


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """Return the style and the text of every paragraph and heading, in the order of the file."""
    found = []
    for one in body(data).iter():
        if one.tag == q("w:p"):
            style = one.find(f"{q('w:pPr')}/{q('w:pStyle')}")
            found.append(("" if style is None else style.get(q("w:val")), "".join(map(_sign, one.iter()))))
        elif one.tag in (q("text:p"), q("text:h")):
            found.append((one.get(q("text:style-name")), _inside(one)))
    return found


def _sign(one: ElementTree.Element) -> str:
    return (one.text or "") if one.tag == q("w:t") else "\t" * (one.tag == q("w:tab"))


def _inside(one: ElementTree.Element) -> str:
    signs = {q("text:s"): " " * int(one.get(q("text:c"), "1")), q("text:tab"): "\t", q("draw:frame"): ""}
    if one.tag in signs:
        return signs[one.tag]
    return (one.text or "") + "".join(_inside(inner) + (inner.tail or "") for inner in one)


def said(document: Document) -> list[str]:
    """Return every word of a document that its readers meet, in order."""
    lines = [document.title, document.subtitle, opening_words(document)]
    figures, tables = count(1), count(1)
    of_table = {picture.table: len(document.tables) - back for back, picture in enumerate(reversed(document.pictures))}
    for block in document.printed:
        lines += [f"Figure {next(figures)}:"] if isinstance(block, Picture) else []
        lines += [f"Table {next(tables)}:"] if isinstance(block, Grid) else []
        lines += _lines(block)
        lines += [f"Table {of_table[block.table]} has these numbers."] if isinstance(block, Picture) else []
    numbers = numbers_table(document)
    copy, own = "Read from a copy that others keep", "The publisher's own address"
    cited = [f"{one.words}. {copy}. {one.url}. {own}: {one.publisher_url}. Licence: {one.licence}."
             for one in document.citations]  # fmt: skip
    ends = [NUMBERS, f"Table {next(tables)}:", *_lines(numbers), "Sources", *cited, "Contact", document.contact]
    return " ".join([*lines, *ends]).split()


def _lines(block: object) -> list[str]:
    if isinstance(block, Picture):
        return [block.title, block.subtitle, *block.notes, block.source_line]
    if isinstance(block, Grid):
        return [block.caption, *block.heads, *(plain(cell.words) for row in block.rows for cell in row), *block.notes]
    if isinstance(block, Bullets):
        return [plain(item) for item in block.items]
    assert isinstance(block, Heading | Paragraph | Notice)
    number = [f"{block.number}."] if isinstance(block, Paragraph) and block.number else []
    return [*number, plain(block.words)]


@pytest.mark.parametrize("kind", WRITERS)
def test_every_word_of_the_document_stands_in_the_file_in_order(made, kind) -> None:
    """Nothing is lost, added, rounded or moved; of a figure its words, and at the end its table."""
    assert " ".join(text for _, text in paragraphs(made[kind])).split() == said(sample())


@pytest.mark.parametrize("kind", WRITERS)
def test_no_sign_of_a_text_is_taken_for_a_mark(made, kind) -> None:
    """The awkward paragraph comes back letter by letter, after its number."""
    assert f"2.\t{AWKWARD}" in [text for _, text in paragraphs(made[kind])]


@given(texts=st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=40))
@settings(max_examples=5)
def test_any_text_comes_back_on_one_line(texts) -> None:
    """Whatever stands in a text, its file can be read, and control signs are spelt out."""
    blocks = tuple(Notice((Words(text),)) for text in texts)
    told = [visible_lines(text).replace("\n", " ").split() for text in texts]
    for write in WRITERS.values():
        found = paragraphs(write(Document("any", "briefing", "Any", "", date(2026, 4, 23), blocks)))
        assert [text.split() for style, text in found if style == "Notice"] == told


@pytest.mark.parametrize("kind", WRITERS)
def test_same_document_same_bytes(made, kind) -> None:
    """No time, no order of the moment and no path is in the file."""
    assert WRITERS[kind](sample()) == made[kind]
    assert len(made[kind]) < MOST_BYTES
    held = b"".join(part for name, part in parts(made[kind]).items() if not name.endswith(".png"))
    assert re.findall(rb"\b20\d\d-\d\d-\d\dT[\d:]+Z", held) == [b"2026-04-23T00:00:00Z"] * 2
    assert gettempdir().encode() not in held
    assert b"Pandoc" not in held


@pytest.mark.parametrize("kind", WRITERS)
def test_another_pandoc_and_its_settings_change_nothing(made, kind, tmp_path, monkeypatch) -> None:
    """A newer pandoc of this computer is not used, and neither are its user's own styles."""
    import pypandoc

    newer, own = tmp_path / "pandoc", tmp_path / "data" / "pandoc" / f"reference.{kind}"
    newer.write_text("#!/bin/sh\necho 'pandoc 99.0'\n", "utf-8")
    newer.chmod(0o755)
    own.parent.mkdir(parents=True)
    own.write_bytes(b"nothing that can be read")
    monkeypatch.delenv("PYPANDOC_PANDOC", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    pypandoc.clean_pandocpath_cache()
    assert WRITERS[kind](sample()) == made[kind]


@pytest.mark.parametrize("kind", WRITERS)
def test_nothing_runs_and_nothing_points_outside_but_links(made, kind) -> None:
    """No macro, no embedded program, no picture or template that is fetched."""
    held = parts(made[kind])
    assert not [name for name in held if re.search(r"vba|macro|script|basic|embeddings|activex|\.bin$", name, re.I)]
    outside = [one.get("Target") for name, part in held.items() if name.endswith(".rels")
               for one in opened(part) if one.get("TargetMode") == "External"]  # fmt: skip
    outside += [one.get(q("xlink:href")) for one in body(made[kind]).iter(q("text:a"))]
    links = {"https://www.gov.uk/", sample().citations[0].url, "https://www.gov.uk/own", "https://example.org/issues"}
    assert {address for address in outside if not address.startswith("#")} == links
    assert all(one.get(q("xlink:href")) in held for one in body(made[kind]).iter(q("draw:image")))


@pytest.mark.parametrize("kind", WRITERS)
def test_an_address_that_leads_nowhere_from_there_is_text(kind) -> None:
    """A source that is a file of the repository is named and not linked; a licence is said once."""
    file = Citation("x", "Typed from print (Open Licence).", "data/raw/x.csv", "Open Licence", "reported")
    data = WRITERS[kind](replace(sample(), blocks=(), references=(), contact="", citations=(file,)))
    assert "Typed from print (Open Licence). data/raw/x.csv." in [text for _, text in paragraphs(data)]
    assert not list(body(data).iter(q("text:a"))) + list(body(data).iter(q("w:hyperlink")))


@pytest.mark.parametrize("kind", WRITERS)
def test_a_link_within_the_document_leads_to_its_heading(made, kind) -> None:
    """The anchor that a link names is a bookmark of the file."""
    tree = body(made[kind])
    anchors = [one.get(q("w:anchor")) for one in tree.iter(q("w:hyperlink")) if one.get(q("w:anchor"))]
    anchors += [one.get(q("xlink:href"))[1:] for one in tree.iter(q("text:a")) if one.get(q("xlink:href"))[0] == "#"]
    marks = [one.get(q("w:name")) for one in tree.iter(q("w:bookmarkStart"))]
    marks += [one.get(q("text:name")) for one in tree.iter(q("text:bookmark-start"))]
    assert anchors == ["what-we-found"]
    assert set(anchors) < set(marks)


@pytest.mark.parametrize(("kind", "heading"), [("docx", "Heading{}"), ("odt", "Heading_20_{}")])
def test_the_outline_is_in_the_styles(made, kind, heading) -> None:
    """A title, then sections from the first level on; numbered paragraphs, a notice and captions have styles too."""
    outline = [(style, text) for style, text in paragraphs(made[kind]) if style in ("Title", "Subtitle")
               or style.startswith("Heading")]  # fmt: skip
    assert outline == [
        ("Title", sample().title), ("Subtitle", sample().subtitle), (heading.format(1), "What we found"),
        (heading.format(2), "The table"), (heading.format(1), "Limits"),
        (heading.format(1), "The tables behind the figures"), (heading.format(1), NUMBERS),
        (heading.format(1), "Sources"), (heading.format(1), "Contact"),
    ]  # fmt: skip
    styles = [style for style, _ in paragraphs(made[kind])]
    assert [styles.count(name) for name in ("NumberedParagraph", "Notice", "TableCaption", "PictureTitle")] \
        == [3, 1, 4, 2]  # fmt: skip


@pytest.mark.parametrize("kind", WRITERS)
def test_every_style_that_is_used_is_written_down(made, kind) -> None:
    """No paragraph falls back to a look of somebody else's office."""
    held = parts(made[kind])
    styles = held.get("word/styles.xml", b"") + held.get("styles.xml", b"") + held.get("content.xml", b"")
    known = set(re.findall(rb'(?:w:styleId|style:name)="([^"]+)"', styles))
    assert {style.encode() for style, _ in paragraphs(made[kind])} <= known


def test_docx_says_what_it_is(made) -> None:
    """Its title, language and day are ours; nobody is named but the project."""
    about = WordDocument(BytesIO(made["docx"])).core_properties
    assert (about.title, about.language, about.author) == (sample().title, "en-GB", "Plain Figures")
    assert about.last_modified_by == "Plain Figures"
    assert about.created.isoformat() == about.modified.isoformat() == "2026-04-23T00:00:00+00:00"
    held = parts(made["docx"])
    assert set(re.findall(rb'<w:lang w:val="([^"]+)"', held["word/styles.xml"])) == {b"en-GB"}
    assert b'themeFontLang w:val="en-GB"' in held["word/settings.xml"]


def test_odt_says_what_it_is(made) -> None:
    """Its title, language and day are ours; its type stands first, and not compressed."""
    held = parts(made["odt"])
    told = held["meta.xml"].decode()
    assert f"<dc:title>{sample().title}</dc:title>" in told
    assert "<dc:language>en-GB</dc:language>" in told
    assert set(re.findall("creator>([^<]+)<", told)) == {"Plain Figures"}
    assert b'fo:language="en" fo:country="GB"' in held["styles.xml"]
    assert made["odt"][30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"
    listed = re.findall(r'full-path="([^"]+)"', held["META-INF/manifest.xml"].decode())
    assert set(listed) == {"/", *held} - {"mimetype", "META-INF/manifest.xml"}


def test_docx_tables_say_what_heads_them(made) -> None:
    """The first row repeats and is told to be the head, and so is the first column; no row is torn apart."""
    tables = WordDocument(BytesIO(made["docx"])).tables
    assert len(tables) == len(tables_in_full(sample())) == 4
    for table, grid in zip(tables, tables_in_full(sample()), strict=True):
        xml = table._tbl.xml
        assert table.rows[0]._tr.xml.count("<w:tblHeader") == xml.count("<w:tblHeader") == 1
        assert 'w:firstRow="1"' in xml
        assert 'w:firstColumn="1"' in xml
        assert xml.count("<w:cantSplit/>") == len(grid.rows) + 1
        assert [row.cells[0].paragraphs[0].style.name for row in table.rows[1:]] == ["Row Head"] * len(grid.rows)
        assert [[cell.text.replace("\n", "") for cell in row.cells] for row in table.rows[1:]] == \
            [[plain(cell.words) for cell in row] for row in grid.rows]  # fmt: skip


def test_odt_tables_say_what_heads_them(made) -> None:
    """The first row and the first column are told to be heads; a table goes by its name in the document."""
    tables = list(body(made["odt"]).iter(q("table:table")))
    assert [table.get(q("table:name")) for table in tables] == [grid.name for grid in tables_in_full(sample())]
    for table in tables:
        assert len(table.findall(f"{q('table:table-header-rows')}/{q('table:table-row')}")) == 1
        assert len(table.findall(f"{q('table:table-header-columns')}/{q('table:table-column')}")) == 1
        rows = table.findall(q("table:table-row"))
        assert {row[0][0].get(q("text:style-name")) for row in rows} == {"RowHead"}


def test_docx_pictures_have_their_alternative_text(made) -> None:
    """Each picture's text is its alt, its bytes are ours, and it is no wider than the text."""
    tree, held = body(made["docx"]), parts(made["docx"])
    assert [one.get("descr") for one in tree.iter(q("wp:docPr"))] == [one.alt for one in sample().pictures]
    widths = [int(one.get("cx")) / 360_000 for one in tree.iter(q("wp:extent"))]
    assert all(10 < width <= TEXT_WIDTH_CM for width in widths)
    assert {part for name, part in held.items() if "/media/" in name} == {one.png for one in sample().pictures}
    assert "figure-1.png" not in held["word/document.xml"].decode()


def test_odt_pictures_have_their_alternative_text(made) -> None:
    """What pandoc drops is there: the alt as title, and the description."""
    tree, held = body(made["odt"]), parts(made["odt"])
    assert [one.text for one in tree.iter(q("svg:title"))] == [one.alt for one in sample().pictures]
    assert [one.text for one in tree.iter(q("svg:desc"))] == [one.description for one in sample().pictures]
    shown = [held[one.get(q("xlink:href"))] for one in tree.iter(q("draw:image"))]
    assert shown == [one.png for one in sample().pictures]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_figure_without_alternative_text_is_refused(kind) -> None:
    """Pandoc would write it all the same; the error names the document and the figure."""
    silent = replace(sample().pictures[0], alt=" ")
    with pytest.raises(CheckFailed, match=r"no alternative text[^$]*sample[^$]*lincolnshire/charged"):
        WRITERS[kind](replace(sample(), blocks=(silent,)))


@pytest.mark.parametrize("kind", WRITERS)
def test_a_bare_document_is_one_too(kind) -> None:
    """Without a subtitle, sources, contact, blocks or notes nothing is left over; a table may be large, or in Welsh."""
    rows = tuple((Cell((Words(f"Row {n}"),)), Cell((Words(f"{n:,}"),), n, "count")) for n in range(300))
    bare = Document("b", "force", "Title", "", date(2026, 4, 23), (Grid("t", "Caption", ("What", "N"), rows),),
                    language="cy")  # fmt: skip
    texts = [text for _, text in paragraphs(WRITERS[kind](bare))]
    assert texts[:3] == ["Title", opening_words(bare), "Table 1: Caption"]
    assert texts[3:] == ["What", "N", *(plain(cell.words) for row in rows for cell in row)]
    assert read_draft(WRITERS[kind](bare)).language == "cy"


@pytest.mark.parametrize("kind", WRITERS)
def test_our_own_reader_of_drafts_finds_the_text(made, kind) -> None:
    """What we publish can be checked by what checks drafts."""
    draft = read_draft(made[kind], name=f"sample.{kind}")
    assert (draft.title, draft.language) == (sample().title, "en-GB")
    assert "So far 5.4% of the offences were charged. Charged is not convicted." in draft.text
    assert AWKWARD in draft.text
    assert not draft.hidden
    assert not draft.comments


def office() -> str:
    """Return LibreOffice's command; skip where it is missing, or fail where it is required."""
    command = shutil.which("soffice")
    if command is None:
        stop = pytest.fail if os.environ.get("STATS_OFFICIAL_REQUIRED") else pytest.skip
        stop("LibreOffice is not here: apt-get install --no-install-recommends libreoffice-writer-nogui")
    return command


def structure(node: object) -> list[tuple[str, str]]:
    """Return the kind and the alternative text of every part of a tagged PDF, in order."""
    node = node.get_object()
    if isinstance(node, list):
        return [one for inner in node for one in structure(inner)]
    if not isinstance(node, dict):
        return []
    own = [(str(node["/S"]), str(node.get("/Alt", "")))] if "/S" in node else []
    return own + (structure(node["/K"]) if "/K" in node else [])


def test_libreoffice_opens_both(made, tmp_path: Path) -> None:
    """It makes of each an accessible PDF of a few pages, which still holds words, heads and alternative texts."""
    files = [tmp_path / f"{kind}.{kind}" for kind in WRITERS]
    for path in files:
        path.write_bytes(made[path.stem])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    accessible = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
    command = [office(), profile, "--headless", "--convert-to", accessible, "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=180)
    for path in files:
        pdf = PdfReader(path.with_suffix(".pdf"))
        root, told = pdf.trailer["/Root"], structure(pdf.trailer["/Root"]["/StructTreeRoot"])
        text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
        assert 3 <= len(pdf.pages) <= 6
        assert root["/Lang"] == "en-GB"
        assert f"2. {AWKWARD}" in text
        assert f"Page 1 of {len(pdf.pages)}" in text
        kinds = [kind for kind, _ in told]
        assert [kinds.count(kind) for kind in ("/Title", "/H1", "/H2", "/Table", "/TH")] == [1, 6, 1, 4, 15]
        alts = [alt for kind, alt in told if kind == "/Figure"]
        assert len(alts) == len(sample().pictures)
        assert all(alt.startswith(one.alt) for alt, one in zip(alts, sample().pictures, strict=True))


def test_prefixes_are_known_to_every_office() -> None:
    """A part is written with the prefixes of its format, and not with ns0."""
    for write in WRITERS.values():
        head = next(
            part for name, part in parts(write(sample())).items() if name.endswith(("document.xml", "content.xml"))
        )
        assert b"ns0:" not in head
    assert len(set(SPACES.values())) == len(SPACES)


def test_a_figure_by_itself_is_ready_to_be_copied_into_a_text() -> None:
    """Its title, subtitle, picture with alternative text, notes and source line, and nothing else; twice the same."""
    picture = sample().pictures[0]
    made = as_snippet(picture, sample().as_at)
    word = WordDocument(BytesIO(made))
    said = [paragraph.text for paragraph in word.paragraphs]
    assert said == [picture.title, picture.subtitle, "", *picture.notes, picture.source_line, WHOSE]
    assert len(picture.notes) > 1
    assert word.tables == []
    (shape,) = word.inline_shapes
    assert shape._inline.docPr.get("descr") == picture.alt
    assert made == as_snippet(picture, sample().as_at)


def test_a_figure_by_itself_without_alternative_text_is_refused() -> None:
    """As in a document."""
    with pytest.raises(CheckFailed, match="no alternative text"):
        as_snippet(replace(sample().pictures[0], alt=" "), sample().as_at)


KEPT = {"docx": ("w:styleId", "<w:keepNext/>"), "odt": ("style:name", 'fo:keep-with-next="always"')}


def kept_styles(data: bytes, kind: str) -> set[str]:
    """Return the styles of paragraphs that stay on the page of what follows."""
    told, sign = KEPT[kind]
    text = (parts(data).get("word/styles.xml") or parts(data)["styles.xml"]).decode()
    return {name for style in re.split(r"(?=<[ws]\w*:style )", text) if sign in style
            for name in re.findall(rf'^<[^>]*\b{told}="([^"]+)"', style)}  # fmt: skip


@pytest.mark.parametrize("kind", WRITERS)
def test_what_leads_up_to_a_figure_or_a_list_stays_with_it(kind) -> None:
    """A paragraph right before a figure, and one that ends with a colon; others may stand at the end of a page."""
    texts = ("Look.", "These:", "Free.", "Numbered.", "Numbered too:")
    look, these, free, numbered, too = (
        Paragraph((Words(text),), number) for text, number in zip(texts, (0, 0, 0, 1, 2), strict=True)
    )
    items, picture = Bullets(((Words("One"),),)), sample().pictures[0]
    blocks = (look, picture, these, items, free, items, numbered, items, too, items)
    data = WRITERS[kind](replace(sample(), blocks=blocks))
    found = {text.split("\t")[-1]: style for style, text in paragraphs(data)}
    kept = kept_styles(data, kind)
    assert [found[text] in kept for text in texts] == [True, True, False, False, True]


@pytest.mark.parametrize("kind", WRITERS)
def test_few_notes_stay_with_their_figure_and_no_source_stands_alone(kind) -> None:
    """Each note is a paragraph; many may run on to the next page, but the last stays with the source."""
    few = replace(sample().pictures[0], notes=("First.", "Second."), source_line="Source: us.")
    many = replace(few, notes=("Long. " * 150, "Last."), source_line="Source: them.")
    data = WRITERS[kind](replace(sample(), blocks=(few, many)))
    kept = kept_styles(data, kind)
    said = [(text[:14], style in kept) for style, text in paragraphs(data)]
    at = said.index(("First.", True))
    assert said[at : at + 3] == [("First.", True), ("Second.", True), ("Source: us. Ta", False)]
    at = said.index(("Long. Long. Lo", False))
    assert said[at : at + 3] == [("Long. Long. Lo", False), ("Last.", True), ("Source: them. ", False)]


@pytest.mark.parametrize("kind", WRITERS)
def test_an_id_stands_small_on_a_line_of_its_own(kind, made) -> None:
    """Nothing is put between its letters, and its column has room for it."""
    name = sample().references[0].id
    assert ("TableId", f"Id: {name}") in paragraphs(made[kind])
    assert sum(SHARES) == pytest.approx(1)


def test_letters_of_a_figure_are_seven_points_on_paper(made) -> None:
    """A figure is drawn with letters of nine points at eight inches, and is as wide as the text."""
    widths = [int(one.get("cx")) / 360_000 for one in body(made["docx"]).iter(q("wp:extent"))]
    assert all(9 * width / (8 * 2.54) >= 7 for width in widths)


def test_a_long_table_does_not_begin_with_a_row_alone() -> None:
    """Its head and first rows stay together; a table that fits a page stands on one."""
    short, long = (Grid(f"t{n}", "T", ("A", "B"), ((Cell((Words("a"),)), Cell((Words("b"),))),) * n) for n in (10, 60))
    assert [is_whole(short), is_whole(long)] == [True, False]
    tables = WordDocument(BytesIO(as_docx(replace(sample(), blocks=(short, long), references=())))).tables
    kept = [["w:keepNext" in row._tr.xml for row in table.rows] for table in tables]
    assert kept[0] == [True] * 10 + [False]
    assert [at for at, is_kept in enumerate(kept[1]) if is_kept] == [0, 1, 2, 59]
