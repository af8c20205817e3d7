import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import stats.home
from stats.errors import RegisterError, UnknownName, UsageMistake
from stats.home import home
from stats.period import Period
from stats.registers import load


def test_registers_are_read_once():
    """Asking again gives the very same registers, so that a notebook pays for them once."""
    first = load()
    assert load() is first
    assert load(first.root) is first


def test_copy_of_the_data_loads_and_is_apart_from_ours(broken, registers):
    """The registers of another folder are read from there, and a change there is seen there alone."""
    other = broken.damage("registers/areas.csv", "Lincs", "Lincs; Yellowbellies").load()
    assert other.areas.find("yellowbellies").name == "Lincolnshire"
    with pytest.raises(UnknownName):
        registers.areas.find("yellowbellies")


@pytest.mark.parametrize(
    ("ask", "name", "near"),
    [
        ("measure", "charge_share_of_offences", "charge_share_of_offences_recorded"),
        ("source", "ons_population_2019", "ons_population_2018"),
        ("document", "article_005", "article_000"),
        ("ladder", "stalking-2021-2022", "stalking-2021-22"),
        ("claim", "c004-01x", "C004-01"),
    ],
)
def test_unknown_name_is_answered_with_the_nearest(registers, ask, name, near):
    """A misspelt measure, source, document, ladder or claim stops, and the nearest is named."""
    with pytest.raises(UnknownName, match=rf"(?s)is called '{name}'.*nearest:.*\b{near}\b.*See them all"):
        getattr(registers, ask)(name)
    assert getattr(registers, ask)(near).id == near


def test_unknown_document_lists_the_documents(registers):
    """A document is asked for as a document, and all of them are listed."""
    with pytest.raises(UnknownName, match="no document is called 'article_009'") as refusal:
        registers.document("article_009")
    assert "article_003: Super-complaint filed" in str(refusal.value)
    assert "stats show claim" in str(refusal.value)


def test_sources_come_oldest_release_first(registers):
    """The releases of a dataset are in the order in which they came out."""
    published = [s.order for s in registers.sources_of("population")]
    assert published == sorted(published)
    assert len(published) == 5
    assert registers.sources_of("horoscopes") == []


def test_coverage_is_that_of_the_newest_release(registers):
    """Recorded offences reach December 2025, and outcomes one financial year."""
    assert registers.coverage("recorded_offences") == Period.parse("April 2012 to December 2025")
    assert registers.coverage("outcomes") == Period.parse("2024/25")


def test_source_that_does_not_say_what_it_covers_is_refused(registers):
    """Population tables state no span, so asking for it stops and names the entry to mend."""
    with pytest.raises(
        RegisterError, match=r"(?s)does not say what it covers.*source:.*ons_population.*Add covers_from and covers_to"
    ):
        registers.coverage("population")


@pytest.mark.parametrize("end", ["covers_from", "covers_to"])
def test_source_that_covers_from_nowhere_or_to_nowhere_is_refused(registers, end):
    """A span wants both its ends."""
    half = {name: source.model_copy(update={end: None}) for name, source in registers.sources.items()}
    with pytest.raises(RegisterError, match=r"(?s)does not say what it covers.*home_office_outcomes_2024_25"):
        replace(registers, sources=half).coverage("outcomes")


def test_document_is_the_source_of_its_own_words(registers):
    """An article cited as a source is 'reported', says that it is no statistics of its own, and carries our hash."""
    source = registers.document_source("article_003")
    ours = registers.root / "data" / "claims" / "article_003.yml"
    assert source.sha256 == hashlib.sha256(ours.read_bytes()).hexdigest()
    assert source.read() == ours.read_bytes()
    assert source.citation.startswith("Morning Star, Super-complaint filed against the police")
    assert source.citation.endswith("[reported]")
    assert "not statistics of its own" in source.status


def test_gaps_of_an_area_include_those_of_its_forces(registers):
    """A total for England and Wales meets the gap of Greater Manchester; Kent does not."""
    year = Period.parse("2019/20")
    gap = "greater-manchester-recorded-2019-20"

    def found(area, period=year):
        return {g.id for g in registers.gaps_in("recorded_offences", period, area=registers.areas.find(area))}

    assert gap in found("England and Wales") & found("England") & found("Greater Manchester")
    assert gap not in found("Kent") | found("Wales") | found("Greater Manchester", Period.parse("2020/21"))


def test_breaks_of_an_area_come_in_order_of_date(registers):
    """Humberside has its own break on top of the national ones; Kent has the national ones alone."""
    humberside = registers.breaks_in("recorded_offences", codes=["8Q"], area=registers.areas.find("Humberside"))
    kent = registers.breaks_in("recorded_offences", codes=["8Q"], area=registers.areas.find("Kent"))
    assert [b.date for b in humberside] == sorted(b.date for b in humberside)
    assert {b.id for b in humberside} - {b.id for b in kent} == {"2024-04-humberside"}


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "what", "near"),
    [
        ("registers/breaks.yml", "offences: [8L, 8Q]", "offences: [8L, 8O]", "2014-04-stalking-own-class",
         r"offence code:\s+8O", "8"),
        ("registers/breaks.yml", "moves_between: [8L, 8R]", "moves_between: [8L, R8R]", "2017-04-malicious",
         r"offence code:\s+R8R", "8R"),
        ("registers/breaks.yml", "areas: [E23000012]", "areas: [E23000112]", "2024-04-humberside",
         r"area code:\s+E23000112", "E23000012"),
        ("registers/gaps.yml", "areas: [BTP]", "areas: [BTPP]", "british-transport-police-population",
         r"area code:\s+BTPP", "BTP"),
        ("registers/gaps.yml", "offences: [8R]", "offences: [8RR]", "humberside-8r-negative-outcomes",
         r"offence code:\s+8RR", "8R"),
        ("registers/totals.yml", "codes: [8U]", "codes: [8UU]", "controlling-or-coercive-2024-25",
         r"offence code:\s+8UU", "8U"),
        ("registers/totals.yml", "area_code: E23000035", "area_code: E2300035", "devon-and-cornwall-2024-25",
         r"area code:\s+E2300035", "E23000035"),
        ("registers/ladders.yml", "measure: persons_convicted", "measure: person_convicted", "stalking-2021-22",
         r"measure:\s+person_convicted", "persons_convicted"),
        ("registers/ladders.yml", "offence: stalking", "offence: stalkng", "stalking-2021-22",
         r"offence group:\s+stalkng", "stalking"),
        ("claims/article_000.yml", "first_base: C000-01", "first_base: C000-99", "article_000",
         r"claim:\s+C000-99", "C000-09"),
        ("claims/article_000.yml", "nested_in: C000-01", "nested_in: C000-91", "C000-02",
         r"claim:\s+C000-91", "C000-01"),
        ("claims/article_000.yml", "nested_in: C000-01", "same_as: C000-01a", "C000-02",
         r"claim:\s+C000-01a", "C000-01"),
        ("claims/article_003.yml", "measure: conviction_ratio_to_offences_recorded",
         "measure: conviction_ratio_of_offences_recorded", "C003-01", "conviction_ratio_of",
         "conviction_ratio_to_offences_recorded"),
        ("claims/article_003.yml", "area_code: K04000001", "area_code: K0400001", "C003-01",
         r"area code:\s+K0400001", "K04000001"),
        ("claims/article_003.yml", "offence: stalking", "offence: staking", "C003-01",
         r"offence group or code:\s+staking", "stalking"),
    ],
)  # fmt: skip
def test_reference_that_leads_nowhere_is_refused(broken, file, old, new, entry, what, near):
    """An entry that names what no register holds stops with its file, its name, the nearest and the mend."""
    words = rf"(?s)in no register.*file:.*data/{file}.*entry:.*{entry}.*{what}.*nearest:.*\b{near}.*Correct the name"
    with pytest.raises(RegisterError, match=words):
        broken.damage(file, old, new).load()


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        ("registers/breaks.yml", "id: 2002-04-recording-standard", "id: 1997-harassment-offence", "id"),
        ("registers/gaps.yml", "id: outcomes-closed-basis", "id: outcomes-before-2024-25", "id"),
        ("registers/totals.yml", "id: bedfordshire-2024-25", "id: devon-and-cornwall-2024-25", "id"),
        ("registers/ladders.yml", "id: stalking-2019-20", "id: stalking-2021-22", "id"),
        ("registers/offences.csv", "8M,Rac", "8L,Rac", "code"),
        ("registers/outcomes.csv", "17,Time", "16,Time", "outcome type"),
        ("claims/article_000.yml", "id: C000-02", "id: C000-01", "id"),
        ("raw/ons/2019-02-06/population_mid_2017.csv.yml", "_2017", "_2018", "id"),
    ],
)
def test_two_entries_never_share_a_name(broken, file, old, new, what):
    """A name given twice would hide one of its two entries, so it stops and names both."""
    with pytest.raises(RegisterError, match=rf"(?s)two entries share one {what}\..*entries:.* and .*of its own"):
        broken.damage(file, old, new).load()


@pytest.mark.parametrize(
    "file",
    [
        "areas.csv",
        "offences.csv",
        "offence_groups.csv",
        "outcomes.csv",
        "measures.yml",
        "breaks.yml",
        "gaps.yml",
        "columns.yml",
        "totals.yml",
        "ladders.yml",
    ],
)
def test_missing_register_is_named(broken, file):
    """Without a register nothing is computed: the file to restore is named."""
    with pytest.raises(RegisterError, match=rf"(?s)a file is missing.*data/registers/{file}.*Restore it"):
        broken.remove(f"registers/{file}").load()


def test_repository_is_found_from_any_folder(monkeypatch, tmp_path):
    """The command works from anywhere once the library is installed from a clone."""
    monkeypatch.delenv("STATS_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert home() == Path(__file__).resolve().parents[2]


def test_variable_names_another_repository(monkeypatch, broken):
    """STATS_HOME wins over the folder of the library."""
    monkeypatch.setenv("STATS_HOME", str(broken.root))
    assert home() == broken.root.resolve()


def test_repository_above_the_working_folder_is_found(monkeypatch, broken, tmp_path_factory):
    """A library installed elsewhere still finds the clone that one works in."""
    monkeypatch.delenv("STATS_HOME", raising=False)
    elsewhere = tmp_path_factory.mktemp("site-packages") / "stats" / "home.py"
    monkeypatch.setattr(stats.home, "__file__", str(elsewhere))
    monkeypatch.chdir(broken.root / "data" / "claims")
    assert home() == broken.root.resolve()


def test_lost_repository_is_a_mistake_with_a_mend(monkeypatch, tmp_path):
    """Where there is no data, the folder that was tried is shown, and what to set."""
    monkeypatch.setenv("STATS_HOME", str(tmp_path))
    with pytest.raises(
        UsageMistake, match=rf"(?s)data of this project cannot be found.*{tmp_path}.*set STATS_HOME to its folder"
    ):
        home()


def test_dates_in_the_registers_are_dates(registers):
    """A date is never kept as text, so that before and after mean something."""
    assert registers.breaks["2020-04-former-partners"].date == date(2020, 4, 1)
    assert all(type(s.retrieved) is date for s in registers.sources.values())


def test_claims_lead_to_the_documents_they_are_quoted_from(registers):
    """Each document once, in the order of the claims, as a source of what was reported."""
    assert registers.document_of("C003-01").cited == "Morning Star, 2022-11"
    claims = [registers.claim(name) for name in ("C004-07", "C003-01", "C004-06")]
    sources = registers.sources_of_claims(claims)
    assert [source.id for source in sources] == ["article_004", "article_003"]
    assert {source.kind for source in sources} == {"reported"}
    with pytest.raises(UnknownName, match="nearest:  C00"):
        registers.document_of("C003-99")


def test_others_and_findings_are_sources_of_their_words_too(registers):
    """A claim of another publisher leads to its document, a finding to who says so; each has the hash of its file."""
    (other,) = registers.sources_of_claims([registers.claim("Z08")])
    assert (other.id, other.path.name) == ("lincolnite_2022", "lincolnite_2022.yml")
    assert other.url.endswith("claims/others/lincolnite_2022.yml")
    finding = registers.finding_source("plaid_contacted_online")
    assert (finding.publisher, finding.published) == ("Plaid Cymru", "2017-05")
    for source in (other, finding):
        assert source.read()
        assert source.kind == "reported"
    undated = registers.finding_source("stalking_offences_in_force")
    assert undated.published == registers.document("article_003").retrieved.isoformat()
    with pytest.raises(UnknownName, match="nearest:  plaid_contacted_online"):
        registers.finding_source("plaid_contacted_on_line")


def test_zeros_that_may_be_missing_are_registered_as_such(registers):
    """The gap that a figure with a zero names is there, for the dataset it concerns."""
    (gap,) = (gap for gap in registers.gaps.values() if gap.shows_as == "zero")
    assert gap.dataset == "recorded_offences"
