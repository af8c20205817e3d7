"""What may not be handed over is refused by name, before anything is written."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from made_packs import SHARE, ask, facts, packed, stating, with_table
from sample_document import sample

from stats.claims.verdicts import RIGHT
from stats.errors import NotHonest, NotReproduced, NotToHand, SourceChanged
from stats.publish.documents.briefs import Folder
from stats.publish.documents.model import Citation, Document, Reference
from stats.publish.documents.rendering import rendered
from stats.publish.documents.template import load_template
from stats.publish.pack import contents
from stats.publish.pack.figure import Figure, figure_of
from stats.publish.pack.refusing import must_be_official, must_be_unchanged, must_hide_small_counts
from stats.run.claims import every_claim, judged


def figure(name: str = "lincolnshire/charged", **told) -> Figure:
    """Return a committed figure whose JSON says something else."""
    found = figure_of(name, facts().registers, ask)
    record = {**found.record, **told}
    return replace(found, files={**found.files, "json": json.dumps(record).encode()})


def test_the_sample_is_fit():
    """Nothing below is refused for another reason."""
    assert packed(stating())


def test_no_claim_but_a_right_one_gets_into_a_pack():
    """Each registered claim: one that holds is taken, any other is refused with its verdict."""
    seen = set()
    for claim, found in judged(every_claim(facts().registers), facts()):
        if found.verdict in seen:
            continue
        seen.add(found.verdict)
        document = stating(Reference(claim.id, claim.quote, verdict=found.verdict))
        if found.verdict in RIGHT:
            assert packed(document)
        else:
            with pytest.raises(NotHonest, match=rf"the claim {claim.id} is {found.verdict}"):
                packed(document)
    assert {"supported", "contradicted", "wrong-measure"} <= seen


def test_a_verdict_that_is_not_the_one_of_today_is_refused():
    """A document that was made before a verdict changed must be made again."""
    with pytest.raises(NotReproduced, match="prints a verdict that is not the one of today"):
        packed(stating(Reference("C000-02", "“Just over half”", verdict="supported-with-caveat")))


def test_made_up_data_never_get_into_a_pack():
    """Not as a figure, not as a citation, not as what a number rests on."""
    made_up = "illustrative_open_survey"
    shown = stating(
        Reference("illustrative_open_survey/replied.1", "29%", 0.29, figure="illustrative_open_survey/replied")
    )
    cited = replace(sample(), citations=(Citation("a_survey", "A survey", "", "", "illustrative"),))
    rests = replace(sample(), references=(replace(sample().references[0], sources=(made_up,)),))
    for document in (shown, cited, rests):
        with pytest.raises(NotHonest, match="is no evidence: it rests on made-up data"):
            packed(document)


def test_made_up_data_do_not_sneak_in_through_a_derived_table():
    """A figure whose JSON names an official source, and whose rows are made up all the same."""
    rows = b"area_code,offences_n,source_id\nE23000020,3,illustrative_foi_returns\n"
    by_rows = replace(figure(), rows={"home_office_outcomes_2024_25": rows})
    by_table = figure()
    by_table = replace(by_table, files={**by_table.files, "csv": b"source_id,value\nillustrative_foi_returns,3\n"})
    by_column = replace(by_table, files={**by_table.files, "csv": b"provenance,value\nillustrative,3\n"})
    by_flag = figure(is_illustrative=True)
    relabelled = figure(sources=[{"id": "illustrative_foi_returns", "kind": "official-copy"}])
    for spoilt in (by_rows, by_table, by_column, by_flag, relabelled):
        with pytest.raises(NotHonest, match="made-up data"):
            must_be_official(spoilt, facts().registers)


def test_a_figure_without_a_source_is_no_evidence():
    """Nothing to rest on is nothing to hand over."""
    with pytest.raises(NotHonest, match="no source"):
        must_be_official(figure(sources=[]), facts().registers)


def test_a_draft_is_refused():
    """Figures of somebody's own parameters are not published ones."""
    with pytest.raises(NotHonest, match="a draft is no evidence"):
        must_be_official(figure(is_draft=True), facts().registers)


def test_a_figure_whose_rows_changed_is_refused():
    """The rows as they are now have another hash than those in its JSON."""
    found = figure()
    source, rows = next(iter(found.rows.items()))
    spoilt = replace(found, rows={source: rows.replace(b",8Q,1,", b",8Q,2,", 1)})
    with pytest.raises(SourceChanged, match="rows that are not those of its source now"):
        must_be_unchanged(spoilt, facts().registers)
    must_be_unchanged(found, facts().registers)


def test_a_raw_file_that_changed_is_refused(broken):
    """The hash of the file is checked as well, though the tidy table is what it was."""
    path = broken.root / "data" / "raw" / "home-office" / "2026-04-23" / "outcomes_2024_25_recorded_basis.csv"
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data.replace(b"8Q", b"8L", 1))
    with pytest.raises(SourceChanged, match="a raw file is not the file its entry describes"):
        must_be_unchanged(figure(), broken.load())


def test_a_source_that_is_gone_is_refused():
    """A figure cannot rest on what is no longer there."""
    with pytest.raises(NotToHand, match="names a source that is not there"):
        must_be_official(figure(sources=[{"id": "gone_2019", "kind": "official-copy"}]), facts().registers)


def test_a_picture_or_number_of_yesterday_is_refused():
    """What the document shows must be what is committed."""
    document = sample()
    blocks = tuple(replace(b, png=b"old") if b in document.pictures else b for b in document.blocks)
    with pytest.raises(NotReproduced, match="not made from the figures of today"):
        packed(replace(document, blocks=blocks))
    for near in ("15.4%", "4%", "5"):
        with pytest.raises(NotReproduced, match=rf"(?s)printed {near}, now 5\.4%"):
            packed(replace(document, references=(replace(document.references[0], text=near), *document.references[1:])))
    stale = replace(document.references[0], text="5.6%")
    with pytest.raises(NotReproduced, match=r"(?s)printed 5\.6%, now 5\.4%"):
        packed(replace(document, references=(stale,)))


def test_a_small_count_of_a_table_of_ours_is_refused():
    """In a table of the document, and in its words."""
    with pytest.raises(NotHonest, match=r"(?s)counts below 5 are shown.*Out-of-court disposal: 4"):
        packed(with_table("parts", ("Recorded", 1531), ("Out-of-court disposal", 4), ("Other or passed on", None)))
    name, year = "lincolnshire/outcomes", "year ending March 2025"
    of = ("count", "outcomes_of_one_kind", "E23000020", year)
    said = Reference(f"{name}.E23000020.out-of-court-disposal.count", "4", 4, *of, figure=name)
    with pytest.raises(NotHonest, match=r"(?s)counts below 5 are shown.*out-of-court-disposal.count: 4"):
        must_hide_small_counts(stating(said), [figure("lincolnshire/outcomes")], facts().registers)


def from_template(tmp_path: Path, monkeypatch, count: int) -> Document:
    """Return a document with a table that its author wrote: 1,531 offences, and of them so many with one outcome."""
    folder = Folder("charge", facts().registers.root / "figures" / "lincolnshire")
    told = {**folder.numbers[SHARE.replace("lincolnshire/", "charge/")], "measure": "", "unit": "count", "figure": ""}
    parts = {"of": 1531, "part": count, "rest": 1531 - count}
    numbers = {name: {**told, "id": name, "value": n, "text": f"{n:,}"} for name, n in parts.items()}
    monkeypatch.setattr("stats.publish.documents.stated.Stated.numbers", numbers)
    rows = "".join(
        f"| {label} | {{{{ number('{name}') }}}} |\n"
        for label, name in (("Recorded", "of"), ("Out-of-court disposal", "part"), ("Other or passed on", "rest"))
    )
    text = f"Table: What became of them\n\n| What | Offences |\n|---|---|\n{rows}"
    head = "---\nkind: briefing\ntitle: Stalking\ncontact: us\nbriefs: {charge: lincolnshire}\n---\n"
    (tmp_path / "a.md").write_text(head + text, "utf-8")
    return rendered(load_template(tmp_path / "a.md"), facts(), [folder], {})


def test_a_small_count_of_a_table_of_a_template_is_refused(tmp_path, monkeypatch):
    """An author's table holds references; the check sees the numbers behind them, and so does who opens the CSV."""
    made = packed(from_template(tmp_path, monkeypatch, 5))["tables/what_became_of_them.csv"].decode()
    assert made.splitlines()[:2] == ["What,Offences,Offences (number)", 'Recorded,"1,531",1531']
    with pytest.raises(NotHonest, match=r"(?s)counts below 5 are shown.*what_became_of_them.*Out-of-court disposal: 4"):
        packed(from_template(tmp_path, monkeypatch, 4))


def test_a_small_count_that_two_tables_give_away_together_is_refused():
    """Each table is safe alone: the figure hides two kinds, and the other table shows the larger of them."""
    safe = with_table("one", ("Recorded", 1531), ("Other or passed on", None), ("Out-of-court disposal", None))
    assert packed(safe)
    unsafe = with_table("one", ("Recorded", 1531), ("Other or passed on", 6))
    with pytest.raises(
        NotHonest, match=r"(?s)tables of the pack together give hidden counts.*at most 3.*tables/one.csv"
    ):
        packed(unsafe)


def test_a_small_count_of_people_in_a_survey_is_refused():
    """The answers of one to four people are shown nowhere."""
    found = figure(parameters={})
    table = b"label,answer,people_n,base_n,text\n25 to 44,carried one,3,129,x\n"
    spoilt = replace(found, files={**found.files, "csv": table})
    with pytest.raises(NotHonest, match="25 to 44, carried one"):
        must_hide_small_counts(sample(), [spoilt], facts().registers)


def test_a_figure_that_hides_counts_of_what_is_not_known_is_refused():
    """What the attack does not understand is not passed as safe."""
    found = figure(parameters={})
    spoilt = replace(found, files={**found.files, "csv": b"label,people,status\n25 to 44,,[c]\n"})
    with pytest.raises(NotHonest, match="does not know"):
        must_hide_small_counts(sample(), [spoilt], facts().registers)


def test_a_number_that_does_not_follow_from_its_rows_is_refused(monkeypatch):
    """A committed figure that was changed by hand, with the hashes of its rows left as they were."""
    real = contents.figure_of

    def spoilt(name, *rest):
        found = real(name, *rest)
        return replace(
            found, files={**found.files, "json": found.files["json"].replace(b'"text": "1,354"', b'"text": "1,355"')}
        )

    monkeypatch.setattr(contents, "figure_of", spoilt)
    with pytest.raises(NotReproduced, match="does not follow from its rows"):
        packed(sample())


def test_figures_made_for_the_document_alone_are_taken_from_their_folder(tmp_path):
    """A page of a force has figures that are not committed."""
    folder = shutil.copytree(facts().registers.root / "figures" / "lincolnshire", tmp_path / "its_own")
    document = stating()
    picture = replace(document.pictures[0], name="charge/charged")
    number = replace(document.references[0], id=SHARE.replace("lincolnshire/", "charge/"), figure="charge/charged")
    made = packed(replace(document, blocks=(picture,), references=(number,)), folders={"charge": Path(folder)})
    assert "figures/charge/charged.svg" in made
