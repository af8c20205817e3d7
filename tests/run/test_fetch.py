"""Fetching a registered source, or a new release, to its place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import PAGE, TABLE, Server, serving

from stats.errors import NotFetched, RegisterError, SourceChanged, UnknownName, UsageMistake
from stats.read.fetching import Limits
from stats.run.fetch import fetch_new, fetch_source

ONCE = Limits(timeout=60, retries=0, pause=0.01)
RAW = "raw/ons/2025/population_mid_2024.csv"
SHA = hashlib.sha256(TABLE).hexdigest()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server on this computer."""
    with serving() as found:
        yield found


@pytest.fixture
def to_fetch(broken, server: Server):
    """A copy of the data in which one source is a copy of a published file, and its file is not here."""

    def made(way: str = "table", sha256: str = SHA):
        text = (broken.root / "data" / f"{RAW}.yml").read_text("utf-8")
        text = re.sub(r"sha256: \w+", f"sha256: {sha256}", text).replace("official-mirror", "official-copy")
        broken.write(f"{RAW}.yml", f"file_url: {server.at(way)}/table.csv\n{text}")
        return broken.remove(RAW)

    return made


def test_a_registered_file_goes_to_the_place_of_its_entry(to_fetch) -> None:
    """It is compared with its entry, lies beside it, and the registers read again."""
    house = to_fetch()
    stored = fetch_source("ons_population_2024", house.root, limits=ONCE)
    assert stored.path == house.root / "data" / RAW
    assert stored.path.read_bytes() == TABLE
    assert stored.lines[0] == ("fetched", str(stored.path))
    assert house.load().source("ons_population_2024").read() == TABLE
    assert {p.name for p in stored.path.parent.iterdir()} == {stored.path.name, f"{stored.path.name}.yml"}


def test_a_missing_file_that_can_be_fetched_says_how(to_fetch) -> None:
    """The build stops at an entry without its file, and names the command."""
    with pytest.raises(RegisterError, match="Download it: stats release fetch ons_population_2024"):
        to_fetch().load()


def test_a_file_that_is_here_is_not_fetched_again(to_fetch, server: Server) -> None:
    """The second time nothing is asked for."""
    house = to_fetch()
    fetch_source("ons_population_2024", house.root, limits=ONCE)
    before = server.visits.total()
    stored = fetch_source("ons_population_2024", house.root, limits=ONCE)
    assert stored.lines[0][0] == "already here"
    assert stored.came is None
    assert server.visits.total() == before


def test_another_file_in_its_place_is_left_alone(to_fetch, server: Server) -> None:
    """What is here is never overwritten; both hashes are shown and nothing is asked for."""
    house = to_fetch()
    house.write(RAW, "by hand")
    before = server.visits.total()
    with pytest.raises(SourceChanged, match=rf"(?s)left as it is.*expected sha256:\s+{SHA}.*found sha256"):
        fetch_source("ons_population_2024", house.root, limits=ONCE)
    assert (house.root / "data" / RAW).read_text("utf-8") == "by hand"
    assert server.visits.total() == before


@pytest.mark.parametrize(
    ("way", "kind", "mend"),
    [
        ("other", "text, as CSV files are; it begins b'Force Name", r"new edition.*stats release fetch --url http://"),
        ("page", r"a web page \(HTML\); it begins b'<!DOCTYPE html", "open the address in a browser"),
    ],
)
def test_a_file_that_is_not_the_one_described_is_kept_out(to_fetch, way: str, kind: str, mend: str) -> None:
    """Expected, found, size, what it is and how it begins; the place stays empty."""
    house = to_fetch(way)
    with pytest.raises(SourceChanged) as caught:
        fetch_source("ons_population_2024", house.root, limits=ONCE)
    said = str(caught.value)
    assert re.search(
        rf"(?s)not kept.*expected sha256:\s+{SHA}.*found sha256:\s+\w{{64}}.*size:\s+\d+ bytes.*{kind}.*{mend}", said
    )
    assert [p.name for p in (house.root / "data" / RAW).parent.iterdir()] == [f"{Path(RAW).name}.yml"]


def test_another_address_of_the_same_file_may_be_given(to_fetch, server: Server) -> None:
    """The address is not trusted any more than the entry's: the hash decides."""
    house = to_fetch("404")
    with pytest.raises(NotFetched, match="no file at this address"):
        fetch_source("ons_population_2024", house.root, limits=ONCE)
    with pytest.raises(SourceChanged):
        fetch_source("ons_population_2024", house.root, url=server.at("other"), limits=ONCE)
    assert fetch_source("ons_population_2024", house.root, url=server.at("table"), limits=ONCE).sha256 == SHA


def test_a_folder_of_ones_own_may_be_given(to_fetch, tmp_path: Path) -> None:
    """The file has its entry's name there, and the place of the entry stays empty."""
    house = to_fetch()
    stored = fetch_source("mid-2024", house.root, out=tmp_path / "mine", limits=ONCE)
    assert stored.path == tmp_path / "mine" / Path(RAW).name
    assert not (house.root / "data" / RAW).exists()


def test_every_source_of_ours_says_why_it_cannot_be_fetched(registers) -> None:
    """What we typed or put together has no address that gives it; the page and the publisher are named."""
    for source in registers.sources.values():
        assert source.file_url is None
        with pytest.raises(NotFetched) as caught:
            fetch_source(source.id, registers.root)
        said = str(caught.value)
        assert re.search(r"why:\s+we (typed it|put its rows into this file)", said)
        assert source.url in said
        assert "here, as its entry describes it" in said
        assert "git checkout" not in said
        assert caught.value.exit_code == 8


def test_a_file_of_ours_that_is_gone_is_restored_and_not_fetched(broken) -> None:
    """The history of the repository has it."""
    with pytest.raises(NotFetched, match=r"(?s)not here.*Restore our file with git checkout"):
        fetch_source("ons_population_2024", broken.remove(RAW).root)


def test_a_copy_without_the_address_of_its_file_says_so(broken) -> None:
    """A page is not the file."""
    broken.damage(f"{RAW}.yml", "official-mirror", "official-copy")
    with pytest.raises(NotFetched, match="gives no address of the file itself"):
        fetch_source("ons_population_2024", broken.root)


def test_words_must_mean_one_source(broken) -> None:
    """Several are listed; for none, the nearest."""
    with pytest.raises(UsageMistake, match=r"(?s)more than one source.*ons_population_2017.*ons_population_2018"):
        fetch_source("ons", broken.root)
    with pytest.raises(UnknownName, match=r"(?s)no source is called.*ons_population_2018"):
        fetch_source("ons_population_2081", broken.root)


@pytest.mark.parametrize("url", ["ftp://ons.gov.uk/a.csv", "www.ons.gov.uk/a.csv", "https://me:x@ons.gov.uk/a.csv"])
def test_an_entry_holds_an_address_of_the_web_only(broken, url: str) -> None:
    """Another is refused when the entry is read."""
    broken.damage(f"{RAW}.yml", "kind:", f"file_url: {url}\nkind:")
    with pytest.raises(RegisterError, match=r"file_url:"):
        broken.load()


def test_a_new_release_goes_to_the_downloads(tmp_path: Path, server: Server) -> None:
    """Its hash and kind are told, for the entry that is still to be written."""
    stored = fetch_new(server.at("table/prc%20pfa.csv"), tmp_path, limits=ONCE)
    assert stored.path == tmp_path / "build" / "downloads" / "prc pfa.csv"
    assert stored.path.read_bytes() == TABLE
    assert ("sha256", SHA) in stored.lines
    assert ("kind", "text, as CSV files are") in stored.lines


def test_a_download_of_the_same_name_stays(tmp_path: Path, server: Server) -> None:
    """The same bytes are already here; others get their hash into the name; no third file takes a place."""
    first = fetch_new(server.at("table/a.csv"), tmp_path, limits=ONCE)
    assert fetch_new(server.at("table/a.csv"), tmp_path, limits=ONCE).lines[0][0] == "already here"
    other = fetch_new(server.at("other/a.csv"), tmp_path, limits=ONCE)
    assert other.path.name == f"a-{other.sha256[:8]}.csv"
    assert fetch_new(server.at("other/a.csv"), tmp_path, limits=ONCE).path == other.path
    assert first.path.read_bytes() == TABLE
    other.path.write_bytes(b"by hand")
    with pytest.raises(NotFetched, match="other files are in its place"):
        fetch_new(server.at("other/a.csv"), tmp_path, limits=ONCE)
    assert {p.name for p in first.path.parent.iterdir()} == {"a.csv", other.path.name}


def test_a_web_page_is_no_release(tmp_path: Path, server: Server) -> None:
    """A page of consent or error with status 200 is named as such, and kept out."""
    with pytest.raises(NotFetched, match=rf"(?s)gives a web page.*{len(PAGE)} bytes.*web page \(HTML\); it begins"):
        fetch_new(server.at("page/prc.xlsx"), tmp_path, limits=ONCE)
    assert list((tmp_path / "build" / "downloads").iterdir()) == []


def test_a_name_that_a_server_offers_stays_in_the_downloads(tmp_path: Path, server: Server) -> None:
    """Nothing is written above the folder."""
    stored = fetch_new(server.at("named"), tmp_path / "a" / "b", limits=ONCE)
    assert stored.path.parent == tmp_path / "a" / "b" / "build" / "downloads"
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [stored.path]
