"""Whom a document cites, and the day of what it rests on."""

from __future__ import annotations

import pytest

from stats.home import home
from stats.publish.documents.cited import Citing
from stats.run.claims import facts_of


@pytest.fixture(scope="module")
def rows():
    """Published figures, by id."""
    return {row["figure_id"]: row for row in facts_of(home()).figures}


@pytest.fixture
def citing(registers):
    """Nothing cited yet."""
    return Citing(registers)


def test_who_printed_a_figure_is_a_source_of_its_own(citing, rows):
    """With publisher, title, date, address and kind; the file that we typed it into comes after it."""
    name = citing.of_row(rows["thornberry-charge-share-2021-22"])
    who, file = citing.citations
    assert (who.id, who.kind) == (name, "reported")
    assert who.words == "Emily Thornberry MP, Cracking down on stalking and harassment, published 2023-04-14 [reported]"
    assert who.url == rows["thornberry-charge-share-2021-22"]["url"]
    assert file.id == "published_reported_2026_11_22"
    undated = citing.citation(citing.of_row(rows["slt-conviction-ratio-2021-22"]))
    assert "no date of publication known" in undated.words


def test_one_page_is_one_source(citing, rows):
    """However many of its figures are stated."""
    first = citing.of_row(rows["thornberry-charge-share-2021-22"])
    assert citing.of_row(rows["thornberry-recorded-2021-22"]) == first
    assert citing.of_row(rows["slt-charge-share-2021-22-first"]) != first
    assert len(citing.citations) == 3


def test_the_publishers_own_address_stands_beside_that_of_a_copy(citing):
    """And is not said twice where it is the same."""
    citing.rests_on(["home_office_outcomes_2024_25"])
    (copy,) = citing.citations
    assert copy.url.startswith("https://github.com/")
    assert copy.publisher_url.startswith("https://www.gov.uk/")
    source = citing.registers.source("home_office_outcomes_2024_25")
    citing.registers.sources[source.id] = source.model_copy(update={"url": source.publisher_url})
    try:
        assert citing.citation(source.id).publisher_url == ""
    finally:
        citing.registers.sources[source.id] = source


def test_a_document_is_as_old_as_the_newest_official_release_it_rests_on(citing, rows):
    """Not the day on which somebody typed quotations, nor that of an article."""
    citing.rests_on(["home_office_outcomes_2024_25"])
    citing.of_row(rows["thornberry-charge-share-2021-22"])
    citing.rests_on(["published_official_2026_11_22"])
    assert citing.as_at.isoformat() == "2026-04-23"


def test_what_somebody_printed_dates_a_document_only_where_nothing_official_does(registers, rows):
    """Then by the day of typing, as the days of printing are not all known; official print counts by its own."""
    printed = Citing(registers)
    printed.of_row(rows["thornberry-charge-share-2021-22"])
    assert printed.as_at.isoformat() == "2026-11-22"
    official = next(row for row in rows.values() if row["kind"] == "official-transcribed" and row["published"] < "2020")
    printed.of_row(official)
    assert printed.as_at.isoformat()[:4] == official["published"][:4]
    assert Citing(registers).as_at.isoformat() == "1970-01-01"
