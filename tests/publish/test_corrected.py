"""A mistake of ours is told where it stood: in the changelog, on the document, and of a pack made before."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from made_packs import FORMATS, SHARE, ask, facts, packed
from openpyxl import load_workbook
from sample_document import sample

from stats.publish.corrected import NONE, changelog_rows, notice_of, superseding, touching, unlike_changelog
from stats.publish.documents.model import Reference, plain
from stats.publish.documents.workbook import as_xlsx
from stats.publish.pack.comparing import unlike_repository
from stats.publish.pack.contents import pack_of
from stats.registers.mistakes import Mistake

ROOT = Path(__file__).parents[2]


def mistake(**fields) -> Mistake:
    """Return a made-up correction."""
    told = {
        "number": 1, "of": SHARE, "was": "5.4%", "is": "5.5%", "found": "2026-11-30", "why": "a row | was left out.",
        "outputs": ["lincolnshire/charged"], **fields,
    }  # fmt: skip
    return Mistake.model_validate(told)


def under_corrections(changelog: str) -> str:
    """Return what stands first under Corrections."""
    section = re.search(r"^## Corrections\n\n(.*?)\n\n", changelog, re.M | re.S)
    assert section
    return section[1]


def test_the_changelog_has_the_row_of_every_correction(registers):
    """A correction that is registered and not told there fails here; so does one that is told and not registered."""
    assert under_corrections((ROOT / "CHANGELOG.md").read_text("utf-8")) == changelog_rows(registers.mistakes)


def test_the_row_of_a_correction_says_all_of_it():
    """Numbered, with was, is, when, why and what changed; a sign of Markdown in it does not break the table."""
    assert changelog_rows([]) == NONE
    rows = changelog_rows([mistake(), mistake(number=2, by="A. Reader", of="C003-01")]).splitlines()
    assert rows[2] == (
        f"| 1 | {SHARE} | 5.4% | 5.5% | 2026-11-30 |  | a row \\| was left out. | lincolnshire/charged |"
    )
    assert "A. Reader" in rows[3]


@pytest.mark.parametrize(
    "fields",
    [{}, {"of": "C003-01", "outputs": ["sample"]}, {"of": "x/y", "outputs": ["lincolnshire/outcomes", "another"]}],
    ids=["a number it states", "the document by name", "a figure it shows"],
)
def test_a_document_that_is_touched_says_so(fields):
    """By a number or claim it states, a figure it shows, or its own name."""
    notice = notice_of([mistake(**fields)], sample())
    assert notice is not None
    assert plain(notice.words).startswith("Correction. No. 1, found on 30 November 2026: ")
    assert "was “5.4%” and is “5.5%”. Why: a row | was left out." in plain(notice.words)


def test_a_correction_names_the_number_as_a_reader_knows_it():
    """By measure, area and period, as the list of numbers does, its id last; also a number of a figure alone."""
    words = "share of recorded offences charged so far; Lincolnshire (E23000020); year ending March 2025; full count"
    said = plain(notice_of([mistake()], sample()).words)
    assert said == (
        f"Correction. No. 1, found on 30 November 2026: {words}: was “5.4%” and is “5.5%”. "
        f"Why: a row | was left out. Id: {SHARE}."
    )
    other = mistake(of="lincolnshire/charged.x")
    assert ": lincolnshire/charged.x was “5.4%”" in plain(notice_of([other], sample()).words)
    known = [Reference("lincolnshire/charged.x", "5.4%", measure_name="a share", period="2024/25")]
    assert ": a share; 2024/25: was “5.4%”" in plain(notice_of([other], sample(), known).words)


def test_a_correction_stands_on_the_cover_of_the_workbook():
    """Before all else there, as in the other formats."""
    document = sample()
    notice = notice_of([mistake()], document)
    book = load_workbook(BytesIO(as_xlsx(replace(document, blocks=(notice, *document.blocks)))))
    cover = [str(cell.value) for row in book["Cover"].iter_rows() for cell in row if cell.value]
    said = plain(notice.words)
    assert said in cover
    assert cover.index(said) < cover.index(document.subtitle)
    plain_cover = load_workbook(BytesIO(as_xlsx(document)))["Cover"]
    assert not [cell for row in plain_cover.iter_rows() for cell in row if "Correction" in str(cell.value)]


def test_what_the_changelog_does_not_tell_of_the_corrections_is_named():
    """A row that is lacking is printed, to be put there; one that is registered no more is too."""
    none = "# Changelog\n\n## Corrections\n\nNone so far.\n\nMore.\n"
    there = none.replace(NONE, changelog_rows([mistake()]))
    assert unlike_changelog(none, []) == unlike_changelog(there, [mistake()]) == ""
    assert unlike_changelog(none, [mistake()]) == f"lacks under Corrections:\n{changelog_rows([mistake()])}"
    two = [mistake(), mistake(number=2)]
    second = changelog_rows(two).splitlines()[-1]
    assert unlike_changelog(there, two) == f"lacks under Corrections:\n{second}"
    more = none.replace(NONE, changelog_rows(two))
    assert unlike_changelog(more, [mistake()]) == f"has under Corrections what is not registered:\n{second}"
    assert unlike_changelog("# Changelog\n", []) == f"lacks under Corrections:\n{NONE}"


def test_a_document_that_is_not_touched_says_nothing():
    """A correction of something else is no banner of it."""
    other = mistake(of="C003-01", outputs=["article_003/rates"])
    assert touching([other], sample()) == []
    assert notice_of([other], sample()) is None


def test_a_correction_of_a_number_that_only_a_figure_shows_touches_the_document():
    """Whoever sees the figure sees the number, though the text does not state it: notice, pack and check agree."""
    number = "lincolnshire/charged.E23000020.offences_recorded.charged"
    assert number not in {reference.id for reference in sample().references}
    corrected = mistake(of=number, outputs=["another"])
    assert touching([corrected], sample()) == []
    assert touching([corrected], sample(), [number]) == [corrected]
    assert number in plain(notice_of([corrected], sample(), (), [number]).words)
    known = replace(facts(), registers=replace(facts().registers, mistakes=(corrected,)))
    made = pack_of(sample(), FORMATS, known, ask)
    assert number in made["corrections.md"].decode()
    assert not [line for line in unlike_repository(made, known) if "corrections.md" in line]
    del made["corrections.md"]
    assert "corrections.md: correction 1 is left out" in list(unlike_repository(made, known))


def test_several_corrections_stand_in_one_notice():
    """In order of their numbers."""
    notice = notice_of([mistake(), mistake(number=2)], sample())
    assert notice is not None
    said = plain(notice.words)
    assert said.startswith("Corrections. ")
    assert said.index("No. 1") < said.index("No. 2")


def test_a_pack_is_superseded_by_what_came_after_it_and_touches_it():
    """Not by what was known when it was made, and not by what it does not hold."""
    assert superseding([mistake()], [], [SHARE])[0].startswith(f"superseded by correction 1: {SHARE} was 5.4%, is 5.5%")
    assert superseding([mistake()], [1], [SHARE]) == []
    assert superseding([mistake()], [], ["C003-01"]) == []


def test_a_correction_goes_through_to_the_pack_of_a_document(monkeypatch):
    """From the register to corrections.md, and to the list of those that the pack knows."""
    known = facts()
    monkeypatch.setattr(
        "made_packs.facts", lambda: replace(known, registers=replace(known.registers, mistakes=(mistake(),)))
    )
    made = packed(sample())
    assert "| 1 | lincolnshire/charged.E23000020" in made["corrections.md"].decode()
    assert b'"corrections": [\n    1\n  ]' in made["numbers.json"]
