"""Documents are made from their templates: with their own figures, under the name of what was asked."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from stats.errors import BadParameter, UnknownName
from stats.home import home
from stats.publish.documents.model import Grid, Heading, plain
from stats.publish.documents.pdf import as_pdf
from stats.publish.documents.rendering import rendered
from stats.publish.documents.template import load_template, template_path
from stats.run import documents
from stats.run.claims import facts_of
from stats.run.documents import asked_for, build_documents, each_of, figures_of, filled, make_figures_of
from stats.run.showing import Lines

ROOT = home()


def quiet(total: int) -> Lines:
    """Show nothing."""
    return Lines(total, lambda _: None)


def test_a_force_goes_by_any_of_its_names(registers):
    """The document is called after it; a wrong one stops, and so does a parameter that there is not."""
    template = load_template(template_path("force", ROOT))
    named, given = asked_for(template, {"area": "Heddlu Gwent"}, registers)
    assert (named.name, given["area"].code) == ("force-gwent", "W15000002")
    with pytest.raises(UnknownName, match="Lincolnshire"):
        asked_for(template, {"area": "Lincolshire"}, registers)
    with pytest.raises(BadParameter, match=r"it asks for: +area"):
        asked_for(template, {"force": "Kent"}, registers)


def test_one_word_stands_for_many_areas(registers):
    """As in a matrix; all of them are the forces and British Transport Police."""
    assert each_of({}, registers) == [{}]
    assert each_of({"area": "Lincs"}, registers) == [{"area": "Lincolnshire"}]
    assert len(each_of({"area": "all"}, registers)) == 44


def test_committed_figures_are_referred_to_where_they_lie():
    """Nothing is made for a document that rests on committed briefs."""
    template = load_template(template_path("briefing", ROOT))
    folders = figures_of(template, ROOT)
    assert {folder.path.parent for folder in folders} == {ROOT / "figures"}
    blocks = rendered(template, facts_of(ROOT), folders, {}).blocks
    text = " ".join(plain(block.words) for block in blocks if hasattr(block, "words"))
    assert "just 5 per cent of cases" in text


@pytest.mark.parametrize("name", ["annex", "rebuttal", "reconciliation"])
def test_every_template_is_filled_in_by_its_defaults(name, tmp_path, monkeypatch):
    """Each reference leads somewhere, and nothing in it is typed; links within it lead to its own headings."""
    seen = []
    monkeypatch.setattr(documents, "written", lambda document, suffix: seen.append(document) or b"made")
    build_documents(name, {}, ROOT, lambda _: None, formats=("html",), out=tmp_path, show=quiet)
    (document,) = seen
    anchors = {f"#{block.anchor}" for block in document.blocks if isinstance(block, Heading)}
    cells = [words for table in document.tables for row in table.rows for cell in row for words in cell.words]
    assert {words.address for words in cells if words.address.startswith("#")} <= anchors
    assert document.references
    assert document.contact


def test_a_rebuttal_opens_with_what_would_change_our_mind():
    """And names rows, formula and code of its number, and the same with other definitions."""
    facts = facts_of(ROOT)
    template, given = asked_for(load_template(template_path("rebuttal", ROOT)), {}, facts.registers)
    make_figures_of([(template, given)], ROOT, 1, quiet)
    blocks = rendered(template, facts, figures_of(template, ROOT), given).blocks
    assert plain(blocks[0].words) == "What would change our mind"
    text = " ".join(plain(item) for block in blocks for item in getattr(block, "items", ()))
    assert "Code: src/stats/estimate/attrition.py, line" in text
    assert "Formula: offences recorded in the period and charged" in text
    rows, others = (block for block in blocks if isinstance(block, Grid))
    assert rows.name == "cells"
    assert plain(others.rows[0][0].words) == "of offences recorded"


@pytest.mark.parametrize("name", ["Lincolnshire", "City of London"])
def test_the_page_of_a_force_is_made_whole(name, tmp_path, monkeypatch, registers):
    """With its own figures; a force whose counts are too small to show is said to be so, and none is typed."""
    seen = []
    monkeypatch.setattr(documents, "written", lambda document, suffix: seen.append(document) or b"made")
    said = []
    (made,) = build_documents("force", {"area": name}, ROOT, said.append, formats=("html",), out=tmp_path, show=quiet)
    assert made.read_bytes() == b"made"
    (document,) = seen
    area = registers.areas.find(name)
    text = " ".join(plain(item) for block in document.blocks for item in getattr(block, "items", ()))
    assert ("led to a charge or summons is withheld" in text) == (name == "City of London")
    assert f"In the year ending March 2025 {area.police} recorded" in text
    assert len(document.pictures) == 4
    assert document.title == f"Stalking recorded by {area.police}"


def test_each_figure_lies_beside_its_document_by_itself(tmp_path):
    """For Word, for slides and as a table: the files of the figure, and one to copy from; the formats decide."""
    made = build_documents("briefing", {}, ROOT, lambda _: None, formats=("docx",), out=tmp_path, show=quiet)
    folder = tmp_path / "briefing-figures"
    assert {path.suffix for path in folder.iterdir()} == {".docx", ".png", ".svg", ".csv"}
    for suffix in ("png", "svg", "csv"):
        committed = ROOT / "figures" / "national_outcomes" / f"outcomes.{suffix}"
        assert (folder / f"national_outcomes-outcomes.{suffix}").read_bytes() == committed.read_bytes()
    assert set(made) == {tmp_path / "briefing.docx", *folder.iterdir()}
    build_documents("briefing", {}, ROOT, lambda _: None, formats=("html",), out=tmp_path / "page", show=quiet)
    assert [path.name for path in (tmp_path / "page").iterdir()] == ["briefing.html"]


def test_what_a_briefing_says_fits_two_pages():
    """The tables behind its figures, and where its numbers come from, begin on the third."""
    facts, template = facts_of(ROOT), load_template(template_path("briefing", ROOT))
    document = filled(template, facts, figures_of(template, ROOT), {})
    pages = [page.extract_text() for page in PdfReader(BytesIO(as_pdf(document))).pages]
    assert ["The tables behind the figures" in page for page in pages[:3]] == [False, False, True]
