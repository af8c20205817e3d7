"""Fetching: a whole file or a plain reason, within bounds, and never anything half-written."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import TABLE, KeepingOpen, Server, serving

from stats.errors import NotFetched
from stats.read import answer
from stats.read.fetching import Fetched, Limits, _cause, _unreached, fetched, name_from

ONCE = Limits(timeout=60, retries=0, most_bytes=300_000, pause=0.01)
TWICE = replace(ONCE, retries=2)
HASTY = replace(TWICE, timeout=0.5)
"""For a server that stalls: each attempt waits for as long as this. The others answer, if the machine is not busy."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server that closes the connection after each answer."""
    with serving() as found:
        yield found


@pytest.fixture(scope="module")
def keeping_open() -> Iterator[Server]:
    """A server that keeps the connection open, though asked to close it."""
    with serving(KeepingOpen) as found:
        yield found


def bytes_of(url: str, folder: Path, limits: Limits = ONCE) -> tuple[bytes, Fetched]:
    """The bytes that came, with what is told of them; nothing may be left behind."""
    with fetched(url, folder, limits=limits) as came:
        data = came.path.read_bytes()
    assert list(folder.iterdir()) == []
    return data, came


def refused(url: str, folder: Path, limits: Limits = ONCE) -> str:
    """What is said of an address that gives no file; nothing may be left behind."""
    with pytest.raises(NotFetched) as caught, fetched(url, folder, limits=limits):
        pytest.fail("a file came")
    assert list(folder.iterdir()) == []
    return str(caught.value)


@pytest.mark.parametrize("way", ["table", "untold", "chunked", "moved", "elsewhere", "endless-redirect"])
def test_a_whole_file_comes_as_it_lies_at_the_publisher(server: Server, tmp_path: Path, way: str) -> None:
    """With or without a length, in chunks, and by way of another address or host."""
    data, came = bytes_of(server.at(f"{way}/table.csv"), tmp_path)
    assert data == TABLE
    assert (came.size, came.sha256) == (len(TABLE), hashlib.sha256(TABLE).hexdigest())
    assert came.kind == "text, as CSV files are"
    assert came.begins == TABLE[:40]


def test_the_address_that_answered_is_told(server: Server, tmp_path: Path) -> None:
    """A reader sees which host the file came from."""
    _, came = bytes_of(server.at("elsewhere"), tmp_path)
    assert came.address == f"http://localhost:{server.server_port}/table/of-another-host.csv"
    assert came.name == "of-another-host.csv"


def test_the_bytes_are_asked_for_unpacked(server: Server, tmp_path: Path) -> None:
    """They are hashed as they lie at the publisher, and the server is asked to close so that a byte too many shows."""
    bytes_of(server.at("table/asked.csv"), tmp_path)
    assert server.asked[-1]["Accept-Encoding"] == "identity"
    assert server.asked[-1]["Connection"] == "close"


def test_a_file_that_is_renamed_stays_and_everybody_may_read_it(server: Server, tmp_path: Path) -> None:
    """A temporary file is for its owner only; a stored one is not."""
    with fetched(server.at("table"), tmp_path / "new" / "folder", limits=ONCE) as came:
        os.replace(came.path, tmp_path / "kept.csv")
    assert (tmp_path / "kept.csv").read_bytes() == TABLE
    assert (tmp_path / "kept.csv").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("way", ["fails-once", "stalls-once", "breaks-once"])
def test_a_passing_failure_is_tried_again(server: Server, tmp_path: Path, way: str) -> None:
    """Status 500, silence and a body cut short may be over at the next attempt; the file is then whole."""
    path = f"{way}/{tmp_path.name}"
    data, _ = bytes_of(server.at(path), tmp_path, HASTY if way == "stalls-once" else TWICE)
    assert data == TABLE
    assert server.visits[f"/{path}"] == 2


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("stalls", r"(?s)stopped sending.*1,000 bytes of 180,000"),
        ("silent", r"(?s)does not answer.*nothing within 0\.5 s"),
        ("short", r"(?s)broke off.*179,999 bytes of 180,000"),
        ("chunked-short", r"(?s)broke off.*bytes of an unknown number"),
        ("empty", r"empty file"),
        ("hangs-up", r"(?s)cannot be reached.*found:\s+Remote end closed connection without response\n"),
        ("503", r"(?s)the server fails.*status 503"),
        ("429", r"status 429"),
    ],
)
def test_a_failure_that_lasts_is_told_with_the_number_of_attempts(
    server: Server, tmp_path: Path, way: str, said: str
) -> None:
    """Address, what was found, how often it was tried, and what to do."""
    path = f"{way}/{tmp_path.name}"
    text = refused(server.at(path), tmp_path, HASTY if way in ("stalls", "silent") else TWICE)
    assert server.visits[f"/{path}"] == 3
    assert re.search(said, text), text
    assert re.search(rf"address:\s+{server.at(path)}", text)
    assert re.search(r"attempts:\s+3", text)
    assert ("whether this computer has a network" if way == "hangs-up" else "Try again later") in text


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("401", "wants a password"),
        ("403", "does not let us have the file"),
        ("404", "no file at this address"),
        ("410", "was taken down"),
        ("204", "status 204"),
        ("206", "status 206"),
        ("304", "status 304"),
        ("long", "sends more than it says"),
        ("long-small", "sends more than it says"),
        ("huge", "1,000,000,000,000 bytes by its head; at most 300,000"),
        ("wordy", "content-length 'many'"),
        ("endless", "too large, and was cut off"),
        ("packed", "content-encoding gzip"),
        ("round", "from one to the next without end"),
        ("to-file", "leads to file:///etc/hostname"),
        ("to-ftp", "leads to ftp://127.0.0.1/table.csv"),
        ("to-secret", "holds a name or a password"),
    ],
)
def test_a_failure_that_cannot_pass_is_told_at_once(server: Server, tmp_path: Path, way: str, said: str) -> None:
    """No second attempt is made; the server is not pressed."""
    path = f"{way}/{tmp_path.name}" if way != "round" else "round"
    text = refused(server.at(path), tmp_path, TWICE)
    assert said in text
    assert "secret@" not in text
    assert "attempts" not in text
    assert server.visits[f"/{path}"] == (1 if way != "round" else answer.MOST_REDIRECTS + 1)


def test_no_more_than_the_limit_is_written(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An endless body is cut off at the first piece past the limit, and does not fill the disk."""
    sizes: list[int] = []
    was = answer.Answer.read
    monkeypatch.setattr(answer.Answer, "read", lambda self, size: sizes.append(len(found := was(self, size))) or found)
    refused(server.at("endless"), tmp_path)
    assert sum(sizes) <= ONCE.most_bytes


def test_a_file_exactly_at_the_limit_comes(server: Server, tmp_path: Path) -> None:
    """The limit is the most that is taken, and one byte less refuses."""
    at, below = Limits(most_bytes=len(TABLE), retries=0), Limits(most_bytes=len(TABLE) - 1, retries=0)
    for way in ("table", "untold"):
        assert bytes_of(server.at(way), tmp_path, at)[0] == TABLE
        assert "too large" in refused(server.at(way), tmp_path, below)


def test_a_body_that_drips_is_stopped_by_the_clock(server: Server, tmp_path: Path) -> None:
    """A byte now and then keeps within the patience for each, so the whole has a limit too."""
    began = time.monotonic()
    text = refused(server.at("drips"), tmp_path, Limits(timeout=60, retries=3, most_seconds=0.4, pause=0.01))
    assert "took too long" in text
    assert time.monotonic() - began < 15, "it waited for the last byte"


def test_no_attempt_begins_after_the_time_is_up(server: Server, tmp_path: Path) -> None:
    """A pause that would end past the limit is not waited for."""
    path = f"503/{tmp_path.name}"
    refused(server.at(path), tmp_path, Limits(retries=9, most_seconds=0.5, pause=10))
    assert server.visits[f"/{path}"] == 1


def test_pauses_grow(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is twice the one before, up to half a minute."""
    pauses: list[float] = []
    monkeypatch.setattr("stats.read.fetching.time", SimpleNamespace(sleep=pauses.append, monotonic=time.monotonic))
    refused(server.at("503"), tmp_path, Limits(retries=7, pause=1, most_seconds=1e6))
    assert pauses == [1, 2, 4, 8, 16, 30, 30]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://ons.gov.uk/a.csv", "no address of the web"),
        ("file:///etc/passwd", "no address of the web"),
        ("doi:10.5281/zenodo.1/a.csv", "no address of the web"),
        ("/etc/passwd", "no address of the web"),
        ("https:///a.csv", "no address of the web"),
        ("http://[::1/a.csv", "no address of the web"),
        ("http://127.0.0.1:99999/a.csv", "no address of the web"),
        ("https://me:secret@ons.gov.uk/a.csv", "holds a name or a password"),
        ("http://127.0.0.1:9/a.csv", "cannot be reached"),
    ],
)
def test_an_address_that_is_none_is_refused(tmp_path: Path, url: str, said: str) -> None:
    """Only the web is asked, and no password is printed."""
    text = refused(url, tmp_path)
    assert said in text
    assert "secret" not in text


@pytest.mark.parametrize(
    ("problem", "cause"),
    [
        ("Pool(host='a'): Max retries (Caused by New(\"c: [Errno -2] Name not known\"))", "Name not known"),
        ("Pool: Max (Caused by SSLError(V(1, '[SSL: X] certificate verify failed: self-signed')))", "self-signed"),
        ("plain", "plain"),
    ],
)
def test_of_wrapped_errors_the_cause_is_told(problem: str, cause: str) -> None:
    """The wrapping is of no use to a reader."""
    assert _cause(Exception(problem)) == cause


def test_an_unsafe_connection_is_not_tried_again() -> None:
    """A wrong certificate does not mend itself, while a server that is down may come back."""
    from requests import exceptions

    assert not _unreached(exceptions.SSLError("self-signed"), ONCE).may_pass
    assert _unreached(exceptions.ConnectionError("down"), ONCE).may_pass
    assert not _unreached(exceptions.InvalidURL("odd"), ONCE).may_pass


def test_a_step_from_a_safe_connection_to_an_open_one_is_refused() -> None:
    """From https to https, from http to either, and never from https to http."""
    from requests import Response

    for before, after, fine in [("https", "https", True), ("http", "https", True), ("https", "http", False)]:
        response, found = Response(), answer.Answer(f"{before}://ons.gov.uk/a", most_bytes=1, until=1e12)
        response.status_code, response.headers["location"] = 301, f"{after}://www.ons.gov.uk/a"
        response.raw = type("Raw", (), {"close": lambda self: None})()
        if fine:
            found.arrived(response)
            assert found.address == f"{after}://www.ons.gov.uk/a"
        else:
            with pytest.raises(answer.Failed, match="away from a safe connection"):
                found.arrived(response)


def test_a_server_that_keeps_the_connection_open_is_borne_with(
    keeping_open: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the last byte told there is a short wait for one too many, then the file is whole."""
    monkeypatch.setattr(answer, "LINGER", 0.1)
    began = time.monotonic()
    for way in ("table", "moved"):
        assert bytes_of(keeping_open.at(way), tmp_path, Limits(timeout=60))[0] == TABLE
    assert time.monotonic() - began < 50
    assert "more than it says" in refused(keeping_open.at("long"), tmp_path)
    assert "more than it says" in refused(keeping_open.at("long-small"), tmp_path)


class Bar:
    """A bar that remembers."""

    def __init__(self) -> None:
        self.total, self.seen, self.closed = 0, 0, 0

    def update(self, size: int) -> None:
        """Add so many."""
        self.seen += size

    def reset(self) -> None:
        """Begin again."""
        self.seen = 0

    def close(self) -> None:
        """Count the ends."""
        self.closed += 1


def test_progress_is_shown_of_each_attempt_and_taken_away(server: Server, tmp_path: Path) -> None:
    """A bar per attempt, full at the end, and closed when the attempt fails too."""
    bars: list[Bar] = []
    path = f"breaks-once/{tmp_path.name}"
    with fetched(server.at(path), tmp_path, limits=TWICE, bar=lambda: bars.append(Bar()) or bars[-1]):
        pass
    assert [bar.closed > 0 for bar in bars] == [True, True]
    assert (bars[1].total, bars[1].seen) == (len(TABLE), len(TABLE))


def test_stopping_by_hand_leaves_nothing(server: Server, tmp_path: Path) -> None:
    """Ctrl-C in the middle of the body removes what had come."""

    class Stopping(Bar):
        def update(self, size: int) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), fetched(server.at("table"), tmp_path, limits=ONCE, bar=Stopping):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "offered", "name"),
    [
        ("https://a.uk/files/prc%20pfa.ods", None, "prc pfa.ods"),
        ("https://a.uk/files/prc.ods/", None, "prc.ods"),
        ("https://a.uk/", None, "download"),
        ("https://a.uk", None, "download"),
        ("https://a.uk/%2e%2e%2f%2e%2e%2fetc%2fpasswd", None, "passwd"),
        ("https://a.uk/..%5c..%5cboot.ini", None, "boot.ini"),
        ("https://a.uk/.bashrc", None, "bashrc"),
        ("https://a.uk/a\x00b%00c.csv", None, "a_b_c.csv"),
        ("https://a.uk/C:evil.csv", None, "C_evil.csv"),
        ("https://a.uk/x", 'attachment; filename="table.xlsx"', "table.xlsx"),
        ("https://a.uk/x", "attachment; filename*=UTF-8''t%C3%A9.csv", "té.csv"),
        ("https://a.uk/x", 'attachment; filename="../../../.ssh/keys"', "keys"),
        ("https://a.uk/x", 'attachment; filename=".."', "download"),
        ("https://a.uk/x.csv", "inline", "x.csv"),
        ("https://a.uk/" + "é" * 300 + ".csv", None, "é" * 55 + ".csv"),
        ("https://a.uk/" + "a" * 300 + ".csv", None, "a" * 110 + ".csv"),
    ],
)
def test_a_name_stays_in_its_folder(address: str, offered: str | None, name: str) -> None:
    """The server's name or the address's last part, without folders, dots in front, or signs that steer."""
    assert name_from(address, offered) == name


@given(st.text(), st.none() | st.text())
def test_no_name_leads_out_of_the_folder(path: str, offered: str | None) -> None:
    """Whatever the server says, the name is one part, not empty, and not hidden."""
    header = offered if offered is None else f'attachment; filename="{offered}"'
    for name in (name_from("https://a.uk/" + path.lstrip("/"), header), name_from("https://a.uk/x", header)):
        assert Path(name).name == name
        assert 0 < len(name.encode()) <= 120
        assert not name.startswith(".")
        assert not set(name) & set('/\\:*?"<>|\0\n')


def test_the_name_that_a_server_offers_is_made_harmless(server: Server, tmp_path: Path) -> None:
    """A header is only words of the server."""
    assert bytes_of(server.at("named"), tmp_path)[1].name == "outside.csv"
