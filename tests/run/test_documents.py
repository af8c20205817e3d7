"""Documents are made from their templates: with their own figures, under the name of what was asked."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import asdict
from io import BytesIO
from types import SimpleNamespace

import pandas as pd
import pytest
from pypdf import PdfReader

from stats.draw import charge
from stats.draw.charge import draw_charge_shares
from stats.errors import BadParameter, RegisterError, UnknownName
from stats.estimate.attrition import cohort, outcome_groups, withheld
from stats.home import home
from stats.period import Period
from stats.publish.documents.blocks import NotADocument
from stats.publish.documents.briefs import Folder
from stats.publish.documents.model import Grid, Heading, Paragraph, plain
from stats.publish.documents.pdf import as_pdf
from stats.publish.documents.rendering import rendered
from stats.publish.documents.template import load_template, template_path
from stats.read.tidy import read_tidy
from stats.registers import Area, load
from stats.run import documents
from stats.run.claims import facts_of
from stats.run.documents import asked_for, build_documents, each_of, figures_of, make_figures_of
from stats.run.filling import filled
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
    assert [plain(row[0].words) for row in others.rows] == [
        "stalking, of offences recorded", "stalking, of offences with an outcome",
        "stalking, of offences recorded, if every pending one were charged",
        "stalking, of outcomes assigned in the year",
        "stalking and harassment together, of offences recorded",
    ]  # fmt: skip
    assert re.fullmatch(r"\d\.\d% \(\d+ of \d,\d+\)", plain(others.rows[4][1].words))


def test_the_rows_that_a_rebuttal_names_give_its_number():
    """Whoever filters the named table as it is printed finds the offences recorded, and those charged."""
    facts = facts_of(ROOT)
    template, given = asked_for(load_template(template_path("rebuttal", ROOT)), {}, facts.registers)
    make_figures_of([(template, given)], ROOT, 1, quiet)
    document = rendered(template, facts, figures_of(template, ROOT), given)
    told = {plain(what.words): plain(which.words) for what, which in document.tables[0].rows}
    table = pd.read_csv(ROOT / told.pop("Rows of the table"), dtype=str)
    counted = table.pop(told["Column added up"]).astype(int)
    codes = told.pop("outcome_type_code").partition(" for the number charged")[0].split(", ")
    kept = pd.Series(True, index=table.index)
    for column in [what for what in told if what in table]:
        value, _, bound = told[column].partition(" or ")
        is_there = {"later": table[column] >= value, "earlier": table[column] <= value}
        kept &= is_there.get(bound, table[column].isin(value.split(", ")))
    stem = f"charge/charged.{given['area'].code}.offences_recorded"
    value = {one.id: one.value for one in document.references}
    assert counted[kept].sum() == value[f"{stem}.base"]
    assert counted[kept & table["outcome_type_code"].isin(codes)].sum() == value[f"{stem}.charged"]


@pytest.fixture(scope="module")
def drawn_for(tmp_path_factory):
    """Return the folders of a rebuttal's figures for an area, with its own numbers and words but another's picture."""
    outcomes, registers = read_tidy("outcomes", load()), load()
    period = Period.parse("2024/25")
    pictured = ROOT / "figures" / "lincolnshire"

    def folder(area: Area, name: str, offence: str) -> Folder:
        asked = {"group": registers.offences.find(offence), "period": period, "registers": registers}
        places = dict.fromkeys((area, registers.areas.find("England and Wales")))
        groups = {one: outcome_groups(outcomes, area=one, **asked) for one in places}
        cohorts = [(one, cohort(outcomes, area=one, **asked), withheld(rows)) for one, rows in groups.items()]
        drawing = draw_charge_shares("charged", cohorts, sources=[registers.newest("outcomes", period)], **asked)
        made = tmp_path_factory.mktemp("made") / name
        shutil.copytree(pictured, made)
        record = json.loads((made / "charged.json").read_text("utf-8"))
        sources = [source["id"] for source in record["sources"]]
        record["numbers"] = [{**asdict(number), "sources": sources} for number in drawing.numbers]
        record["parameters"] |= {"area": area.name, "offence": offence}
        (made / "charged.json").write_text(json.dumps(record), "utf-8")
        drawing.table.to_csv(made / "charged.csv", index=False)
        return Folder(name, made)

    return lambda area: [folder(area, "charge", "stalking"), folder(area, "wider", "stalking and harassment")]


def test_a_rebuttal_is_made_for_every_area(drawn_for, monkeypatch):
    """What is withheld is said to be, with why, and everything else stands; nothing small is told."""
    monkeypatch.setattr(charge, "draw_ranges", lambda name, table, **said: SimpleNamespace(table=table, **said))
    facts, blank = facts_of(ROOT), load_template(template_path("rebuttal", ROOT))
    hidden, bounded = set(), set()
    for area in [*facts.registers.areas.forces, facts.registers.areas.find("England and Wales")]:
        template, given = asked_for(blank, {"area": area.name}, facts.registers)
        folders = drawn_for(area)
        document = rendered(template, facts, folders, given)
        words = " ".join(plain(block.words) for block in document.blocks if isinstance(block, Paragraph))
        first, _, third, _, wider = (plain(row[1].words) for row in document.tables[1].rows)
        numbers = folders[0].numbers
        stem = f"charge/charged.{area.code}.offences_recorded"
        assert (first == "[c]") == (f"{stem}.share" not in numbers) == ("The share charged is withheld" in words)
        assert (third == "[c]") == (f"{stem}.upper" not in numbers) == ("1 to 4" in words)
        assert wider == "[c]" or "%" in wider
        assert plain(document.blocks[0].words) == "What would change our mind"
        told = {plain(what.words): plain(which.words) for what, which in document.tables[0].rows}
        assert set(told["area_code"].split(", ")) == {one.code for one in facts.registers.areas.members(area)}
        hidden |= {area.name} if first == "[c]" else set()
        bounded |= {area.name} if third == "[c]" else set()
    assert {"City of London", "British Transport Police"} <= hidden
    assert {"Hertfordshire", "Warwickshire"} <= bounded
    assert len(bounded) < 10


def test_what_a_rebuttal_withholds_is_told_by_the_table_of_its_figure(drawn_for, monkeypatch):
    """A share that cannot be made of corrections is not one of a small count; a bound alone may be withheld."""
    monkeypatch.setattr(charge, "draw_ranges", lambda name, table, **said: SimpleNamespace(table=table, **said))
    facts = facts_of(ROOT)
    template, given = asked_for(
        load_template(template_path("rebuttal", ROOT)), {"area": "City of London"}, facts.registers
    )
    folders = drawn_for(given["area"])
    file = folders[0].path / "charged.csv"
    file.write_text(file.read_text("utf-8").replace(",[c]", ",[x]"), "utf-8")
    words = [plain(one.words) for one in rendered(template, facts, folders, given).blocks if isinstance(one, Paragraph)]
    assert any("withheld: the published counts hold corrections" in one for one in words), words

    template, given = asked_for(template, {"area": "Lincolnshire"}, facts.registers)
    folders = drawn_for(given["area"])
    record = json.loads((folders[0].path / "charged.json").read_text("utf-8"))
    record["numbers"] = [
        one for one in record["numbers"] if not one["id"].endswith("E23000020.offences_recorded.upper")
    ]
    (folders[0].path / "charged.json").write_text(json.dumps(record), "utf-8")
    made = rendered(template, facts, folders, given)
    words = " ".join(plain(one.words) for one in made.blocks if isinstance(one, Paragraph))
    assert "The share if every pending offence were charged is withheld: it rests on a count of 1 to 4" in words
    assert plain(made.tables[1].rows[2][1].words) == "[c]"
    assert "5.4%" in plain(made.tables[1].rows[0][1].words)


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
    assert ("In England and Wales it is" in text) == (name != "City of London"), "residents are the wrong base there"


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
    """The tables behind its figures begin on the third at the latest."""
    facts, template = facts_of(ROOT), load_template(template_path("briefing", ROOT))
    document = filled(template, facts, figures_of(template, ROOT), {})
    pages = [page.extract_text() for page in PdfReader(BytesIO(as_pdf(document))).pages]
    assert any("The tables behind the figures" in page for page in pages[:3])


@pytest.mark.parametrize("asked", ["{aera}", "{area", "{}", "{area.nothing}"])
def test_a_parameter_that_the_document_is_not_asked_for_is_named(tmp_path, registers, asked):
    """With the file, and what the document is asked for."""
    briefs = f"{{a: {{notebook: charge_share, parameters: {{area: '{asked}'}}}}}}"
    head = f"kind: force\ntitle: x\nasks: {{area: Kent}}\nbriefs: {briefs}\n"
    (tmp_path / "a.md").write_text(f"---\n{head}---\n", "utf-8")
    with pytest.raises(RegisterError, match=r"(?s)not asked for.*a\.md.*asks: +area"):
        make_figures_of([asked_for(load_template(tmp_path / "a.md"), {}, registers)], ROOT, 1, quiet)


def test_a_template_is_named_whatever_is_wrong_in_it(tmp_path):
    """Also where the words alone are refused, and no line is known."""
    (tmp_path / "a.md").write_text("---\nkind: briefing\ntitle: x\n---\n#### Deep\n", "utf-8")
    with pytest.raises(NotADocument, match=r"(?s)a heading of level 4.*template: +\S*a\.md"):
        filled(load_template(tmp_path / "a.md"), facts_of(ROOT), [], {})


def test_figures_of_a_document_do_not_go_by_the_name_of_a_committed_brief(registers):
    """Two figures would have one name, and one of them would be lost."""
    template, _ = asked_for(load_template(template_path("rebuttal", ROOT)), {}, registers)
    wrong = template.model_copy(update={"briefs": {"national_outcomes": template.briefs["charge"]}})
    with pytest.raises(RegisterError, match=r"(?s)name of a committed brief.*national_outcomes"):
        figures_of(wrong, ROOT)
