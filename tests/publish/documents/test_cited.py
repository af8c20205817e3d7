"""Whom a document cites, and the day of what it rests on."""

from __future__ import annotations

import pytest

from stats.home import home
from stats.publish.documents.cited import Citing, in_prose
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


def test_what_somebody_printed_dates_a_document_only_where_no_release_does(registers, rows):
    """By the newest day on which it was printed, never by that of our typing, be it official or not."""
    printed = Citing(registers)
    printed.of_row(rows["thornberry-charge-share-2021-22"])
    printed.of_row(rows["slt-conviction-ratio-2021-22"])
    assert printed.as_at.isoformat() == "2023-04-14"
    official = next(row for row in rows.values() if row["kind"] == "official-transcribed" and row["published"] < "2020")
    printed.of_row(official)
    assert printed.as_at.isoformat() == "2023-04-14"
    assert Citing(registers).as_at.isoformat() == "1970-01-01"


def test_what_a_figure_draws_dates_a_document_too(registers, rows):
    """A month is taken as its last day; a row that nobody printed says nothing."""
    printed = Citing(registers)
    printed.of_row(rows["slt-charge-share-2019-20"])
    assert printed.as_at.isoformat() == "2021-12-31"
    printed.draws([{"figure_id": "bbc-charge-share-2019-20"}, {"label": "another"}], rows.values())
    assert printed.as_at.isoformat() == "2022-11-30"


def test_where_no_day_of_printing_is_known_all_was_in_print_by_that_of_typing(registers, rows):
    """So no document is of 1970."""
    undated = Citing(registers)
    undated.of_row(rows["slt-conviction-ratio-2021-22"])
    assert undated.as_at.isoformat() == "2026-11-22"


@pytest.mark.parametrize(
    ("day", "words"), [("2023-04-14", "14 April 2023"), ("2022-11", "November 2022"), ("2021", "2021")]
)
def test_a_date_is_said_in_words_as_far_as_it_is_known(day, words):
    """No day is made up for a month."""
    assert in_prose(day) == words
