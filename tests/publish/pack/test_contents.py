"""A pack holds everything that a document rests on, and each number in it is computed again from its tables."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
import yaml
from made_packs import FORMATS, SHARE, facts, files, packed, stating, with_table
from sample_document import sample

from stats.errors import NotReproduced
from stats.publish.documents import FORMATS as ALL_FORMATS
from stats.publish.documents.model import Cell, Grid, Reference, Words
from stats.publish.pack import pages, verify
from stats.publish.pack.pages import SECTIONS, sections_of
from stats.publish.pack.tables import as_table
from stats.run.parameters import MODELS


def test_everything_that_the_document_rests_on_is_there():
    """Formats, figures in four forms and for Word, tables, rows, claims, words, licences, the lock and the verifier."""
    made = files()
    assert {f"documents/{name}" for name in FORMATS} <= set(made)
    for figure in ("charged", "outcomes"):
        assert {f"figures/lincolnshire/{figure}.{s}" for s in ("svg", "png", "csv", "json", "docx")} <= set(made)
        assert f"tables/lincolnshire_{figure}.csv" in made
    assert {
        "tables/ladder.csv", "claims.json", "claims.md", "method.md", "limitations.md", "sources.md", "numbers.json",
        "how-to-reproduce.md", "CITATION.cff", "LICENSE", "LICENSE-DATA.md", "requirements.lock", "verify.py",
        "ro-crate-metadata.json", "MANIFEST.sha256", "data/home_office_outcomes_2024_25/entry.yml",
    } <= set(made)  # fmt: skip
    assert "corrections.md" not in made


def test_the_rows_of_a_figure_are_those_it_was_made_from():
    """The hash of the rows is the one that the figure's own JSON tells."""
    assert list(verify.unlike_rows(files())) == []
    told = json.loads(files()["figures/lincolnshire/charged.json"])["sources"][0]
    rows = files()[f"data/{told['id']}/{told['rows_sha256'][:16]}.csv"]
    assert rows.count(b"\n") == told["rows_used"] + 1


def test_every_number_of_the_figures_is_counted_from_the_rows_and_read_from_the_table():
    """Two ways each, and the one that the document states comes first."""
    numbers = json.loads(files()["numbers.json"])["numbers"]
    assert numbers[0]["id"] == SHARE
    assert numbers[0]["in_document"]
    assert len(numbers) == 42
    for number in numbers:
        formulas = [recipe["formula"] for recipe in number["recipes"]]
        assert formulas in (["share", "share"], ["sum", "count"], ["share", "percentage"]), number["id"]
    assert all(is_right for is_right, *_ in verify.checked(files()))


def test_no_path_of_this_computer_and_no_clock_is_in_a_pack(registers):
    """The date is the last on which a source was read, and no file names the folder of the repository."""
    for name, data in files().items():
        assert str(registers.root).encode() not in data, name
    assert json.loads(files()["ro-crate-metadata.json"])["@graph"][1]["datePublished"] == "2026-11-22"
    told = yaml.safe_load(files()["CITATION.cff"])
    assert (told["date-released"], told["type"]) == ("2026-11-22", "dataset")


def test_sources_give_licence_address_dates_hash_and_kind():
    """What an inspectorate asks of a source stands on the page."""
    page = files()["sources.md"].decode()
    for said in ("Open Government Licence v3.0", "2026-04-23", "official-mirror", "https://www.gov.uk/", "SHA-256"):
        assert said in page


def test_claims_come_with_verdict_evidence_and_source():
    """A claim that holds is told with what it rests on."""
    said = Reference("C000-02", "“Just over half”", verdict="supported")
    made = packed(stating(said))
    told = json.loads(made["claims.json"])["claims"][0]
    assert (told["id"], told["verdict"]) == ("C000-02", "supported")
    assert told["evidence"][0]["url"].startswith("http")
    assert "## C000-02: supported" in made["claims.md"].decode()
    assert "## article_000" in made["sources.md"].decode()


def test_a_table_cannot_run_in_a_spreadsheet_and_keeps_its_numbers():
    """Text like a formula gets an apostrophe; the number behind the words stands in a column of its own."""
    cells = (Cell((Words("=HYPERLINK(1)"),)), Cell((Words("1,531"),), 1531, "count"))
    rows = list(csv.reader(io.StringIO(as_table(Grid("t", "", ("@what", "n"), (cells,))).decode(), newline="")))
    assert rows == [["'@what", "n", "n (number)"], ["'=HYPERLINK(1)", "1,531", "1531"]]


def test_two_tables_of_one_name_are_refused():
    """One would take the place of the other."""
    with pytest.raises(NotReproduced, match="two tables of a document go by one name"):
        packed(with_table("ladder", ("Recorded", 1531)))


def test_a_name_that_leads_out_of_the_pack_is_refused():
    """A document cannot write beside its pack."""
    with pytest.raises(verify.Wrong, match="is no name of a file of a pack"):
        packed(replace(with_table("../../other", ("Recorded", 1531))))


def test_every_notebook_names_the_methods_that_its_figures_rest_on(registers):
    """A notebook without sections of docs/methods.md cannot be packed, and a renamed section is seen."""
    assert set(SECTIONS) == set(MODELS)
    there = sections_of((registers.root / "docs" / "methods.md").read_text("utf-8"))
    assert {name for names in SECTIONS.values() for name in names} <= set(there)


def test_what_others_printed_is_in_the_pack_with_its_row():
    """A figure that somebody else printed is read again from its row."""
    told = [Reference(f"published thornberry-charge-share-2021-22 {field}", text)
            for field, text in (("text", "5%"), ("counts", "5,948 of 118,411"))]  # fmt: skip
    made = packed(stating(*told))
    assert made["data/published_figures.csv"].count(b"\n") == 2
    numbers = {n["id"]: n for n in json.loads(made["numbers.json"])["numbers"]}
    assert [numbers[r.id]["recipes"][0]["formula"] for r in told] == ["whole percentage", "of"]


def test_a_cell_of_a_figure_is_read_again_and_one_that_is_not_there_is_refused():
    """What a template takes from the table of a figure."""
    name = "lincolnshire/outcomes"
    cell = Reference(f"{name}: E23000020, No suspect identified: text", "2.5% (38)", figure=name)
    numbers = {n["id"]: n for n in json.loads(packed(stating(cell))["numbers.json"])["numbers"]}
    assert numbers[cell.id]["recipes"][0]["formula"] == "text"
    with pytest.raises(NotReproduced, match="states a cell"):
        packed(stating(replace(cell, text="2.9% (38)")))


def test_the_same_document_gives_the_same_files():
    """Nothing in a pack changes by itself."""
    assert packed(sample()) == files()
    assert facts().registers.mistakes == ()


def test_a_pack_tells_how_it_is_made_again():
    """The command with its parameters and the commit, in words and for `stats verify`."""
    made = packed(sample(), asked={"template": "force", "area": "Kent"}, commit="0123abc")
    page = made["how-to-reproduce.md"].decode()
    formats = [f"--format {suffix}" for suffix in ALL_FORMATS if f"sample.{suffix}" in FORMATS]
    assert '`.venv/bin/stats pack force area="Kent" ' + " ".join(formats) + "`" in page
    every = [f"documents/sample.{suffix}" for suffix in ALL_FORMATS]
    told = {"template": "force", "area": "Kent"}
    assert '`.venv/bin/stats pack force area="Kent"`' in pages.reproduce_md("sample", every, [], told, None)
    assert "`0123abc`" in page
    told = json.loads(made["numbers.json"])["made_with"]
    assert told["asked"] == {"template": "force", "area": "Kent"}
    assert (told["commit"], told["quoted_as_wrong"]) == ("0123abc", [])
