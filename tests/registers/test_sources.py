import hashlib
import shutil
from dataclasses import replace
from datetime import date

import pytest

from stats.errors import RegisterError, SourceChanged
from stats.period import Period
from stats.registers.sources import SILENT_KINDS

MID_2024 = "raw/ons/2025/population_mid_2024.csv"


def test_every_raw_file_is_the_one_its_entry_describes(registers):
    """Each file under data/raw has the hash that was written down when it was obtained."""
    assert len(registers.sources) == 12
    for source in registers.sources.values():
        assert hashlib.sha256(source.read()).hexdigest() == source.sha256


def test_changed_raw_file_is_refused_with_both_hashes(broken):
    """One digit changed in a raw file stops the reading: both hashes are shown, and what to do."""
    registers = broken.damage(MID_2024, "9074625", "9074626").load()
    source = registers.source("ons_population_2024")
    found = hashlib.sha256(source.path.read_bytes()).hexdigest()
    assert found != source.sha256
    with pytest.raises(
        SourceChanged,
        match=rf"(?s)not the file its entry describes.*{MID_2024}.*expected sha256:\s+{source.sha256}"
        rf".*found sha256:\s+{found}.*add a new release",
    ):
        source.read()


def test_raw_file_without_an_entry_is_refused(broken):
    """A file that nobody vouches for stops, and the entry to write is named."""
    shutil.copy(broken.root / "data" / MID_2024, broken.root / "data" / "raw" / "ons" / "found_somewhere.csv")
    with pytest.raises(
        RegisterError,
        match=r"(?s)belong side by side.*file:.*ons/found_somewhere\.csv\n.*missing:.*found_somewhere\.csv\.yml"
        r".*names publisher, title, dates, url, licence and sha256",
    ):
        broken.load()


def test_entry_without_a_raw_file_is_refused(broken):
    """A source whose file is gone stops, and the file to restore is named."""
    with pytest.raises(
        RegisterError, match=r"(?s)belong side by side.*file:.*mid_2024\.csv\.yml\n.*missing:.*mid_2024\.csv\n"
    ):
        broken.remove(MID_2024).load()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("publisher: Office for National Statistics\n", "", r"publisher:\s+missing"),
        ("publisher:", "publishr:", r"publishr:\s+no such field; the nearest is 'publisher'"),
        ("licence: Open Government Licence v3.0\n", "", r"licence:\s+missing"),
        ("kind: official-mirror", "kind: official", r"kind:.*'illustrative'.*found 'official'"),
        ("published: '2025'", "published: spring 2025", r"published:.*found 'spring 2025'"),
        ("published: '2025'", "published: 2025", r"published:\s+Input should be a valid string \(found 2025\)"),
        ("retrieved: 2026-11-22", "retrieved: recently", r"retrieved:.*found 'recently'"),
        ("sha256: b50b", "sha256: B50B", r"sha256:.*found 'B50B"),
    ],
)
def test_incomplete_or_wrong_entry_is_refused(broken, old, new, words):
    """A source must say who, what, when, where and under which licence: what is lacking is named."""
    with pytest.raises(
        RegisterError, match=rf"(?s)mid_2024\.csv\.yml.*entry:\s+ons_population_2024.*{words}.*Source are"
    ):
        broken.damage(f"{MID_2024}.yml", old, new).load()


def test_citation_is_built_from_the_fields(registers):
    """A citation is publisher, title, date and licence, and changes with them."""
    source = registers.source("ons_population_2018")
    assert source.citation == (
        "Office for National Statistics, Mid-year population estimates by police force area, mid-2018, "
        "published 2019-06-26 (Open Government Licence v3.0)"
    )
    later = source.model_copy(update={"published": "2020-01-01", "publisher": "ONS"})
    assert later.citation.startswith("ONS, Mid-year")
    assert "published 2020-01-01" in later.citation


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("official-copy", "(Open Government Licence v3.0)"),
        ("official-mirror", "(Open Government Licence v3.0)"),
        ("official-transcribed", "[official-transcribed]"),
        ("reported", "[reported]"),
        ("foi", "[foi]"),
        ("illustrative", "[illustrative]"),
    ],
)
def test_kind_is_shown_only_where_it_must_be(registers, kind, ending):
    """Official files speak for themselves; what somebody printed, or made up, says so in the citation."""
    source = registers.source("ons_population_2018").model_copy(update={"kind": kind})
    assert source.citation.endswith(ending)
    assert (f"[{kind}]" in source.citation) is (kind not in SILENT_KINDS)


def test_nothing_illustrative_is_among_the_data(registers):
    """Every figure here was published by somebody."""
    assert {s.kind for s in registers.sources.values()} == {
        "official-mirror",
        "official-transcribed",
        "reported",
        "foi",
    }


def test_recorded_crime_states_its_status(registers):
    """Police recorded crime has not been accredited since 2014, and its sources say so."""
    for dataset in ("recorded_offences", "outcomes"):
        for source in registers.sources_of(dataset):
            assert "not accredited" in source.status
            assert "2014" in source.status


@pytest.fixture
def spans(registers):
    """Releases of one table by the years they cover."""
    first = registers.newest("recorded_offences")

    def of(*spans):
        return [
            first.model_copy(
                update={
                    "id": f"release_{at}", "published": f"20{at + 30}",
                    "covers_from": date(start, 4, 1), "covers_to": date(end, 3, 31),
                }
            )
            for at, (start, end) in enumerate(spans)
        ]  # fmt: skip

    return of


@pytest.mark.parametrize(
    ("years", "newest", "of_2024"),
    [
        (((2012, 2025), (2012, 2026)), 1, 1),
        (((2012, 2025), (2012, 2025)), 1, 1),
        (((2012, 2026), (2024, 2025)), 0, 0),
        (((2017, 2018), (2012, 2025)), 1, 1),
        (((2024, 2025), (2025, 2026)), 1, 0),
    ],
    ids=["longer", "corrected", "a sheet of one year", "an old sheet", "a year each"],
)
def test_the_newest_release_is_the_last_that_is_no_part_of_another(registers, spans, years, newest, of_2024):
    """A part stands beside the whole; with a period, the last that covers it is taken."""
    sources = spans(*years)
    some = replace(registers, sources={s.id: s for s in sources})
    assert some.newest("recorded_offences") is sources[newest]
    year = Period(date(2024, 4, 1), date(2025, 3, 31))
    assert some.newest("recorded_offences", year) is sources[of_2024]
    assert some.coverage("recorded_offences", year).end == sources[of_2024].covers_to
