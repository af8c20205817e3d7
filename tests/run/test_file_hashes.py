"""Hashes of files that are remembered, and when they are not to be trusted."""

import hashlib
import json
import os
import time
from pathlib import Path

import pytest

from stats.run import file_hashes
from stats.run.file_hashes import MISSING, FileHashes

LONG_AGO = 1_600_000_000


@pytest.fixture
def index(tmp_path) -> Path:
    """Where hashes are remembered."""
    return tmp_path / "cache" / "index.json"


def old(path: Path, data: bytes = b"one") -> str:
    """Write a file as if it had been there for years."""
    path.write_bytes(data)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return str(path)


def unread(monkeypatch) -> None:
    """Make every reading of a file's bytes a failure."""
    monkeypatch.setattr(file_hashes.hashlib, "sha256", lambda _: pytest.fail("a file was read"))


def test_the_hash_is_that_of_the_bytes(index, tmp_path):
    """SHA-256, and a word where there is no file."""
    path = old(tmp_path / "a.csv")
    assert FileHashes(index).of(path) == hashlib.sha256(b"one").hexdigest()
    assert FileHashes(index).of(str(tmp_path / "none.csv")) == MISSING
    assert FileHashes(index).of(str(tmp_path / "a.csv" / "none")) == MISSING


def test_a_file_that_is_as_it_was_is_not_read_again(index, tmp_path, monkeypatch):
    """Neither by the same process nor, once saved, by the next."""
    path, hashes = old(tmp_path / "a.csv"), FileHashes(index)
    found = hashes.of(path)
    hashes.save()
    unread(monkeypatch)
    assert hashes.of(path) == found
    assert FileHashes(index).of(path) == found


@pytest.mark.parametrize("change", ["bytes of the same size", "size", "another file of that name", "date"])
def test_a_file_that_changed_is_read_again(index, tmp_path, change):
    """By its size, its times and its inode; a file whose date alone changed has the same hash."""
    path, hashes = tmp_path / "a.csv", FileHashes(index)
    before = hashes.of(old(path))
    hashes.save()
    if change == "another file of that name":
        old(tmp_path / "b.csv", b"two")
        os.replace(tmp_path / "b.csv", path)
    elif change == "date":
        os.utime(path)
    else:
        path.write_bytes(b"two" if change.startswith("bytes") else b"longer")
    assert FileHashes(index).of(str(path)) == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (FileHashes(index).of(str(path)) == before) is (change == "date")


def test_a_date_put_back_does_not_hide_a_change(index, tmp_path):
    """What copies dates, or sets them, leaves the second time that the system keeps."""
    path, hashes = tmp_path / "a.csv", FileHashes(index)
    hashes.of(old(path))
    hashes.save()
    time.sleep(0.02)
    with path.open("r+b") as file:
        file.write(b"two")
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert FileHashes(index).of(str(path)) == hashlib.sha256(b"two").hexdigest()


def test_a_file_as_young_as_the_clock_is_not_trusted(index, tmp_path, monkeypatch):
    """Written, hashed and written again within one step of the clock: size, times and inode are those of before."""
    path, hashes, now = tmp_path / "a.csv", FileHashes(index), time.time_ns()
    path.write_bytes(b"one")
    monkeypatch.setattr(file_hashes, "stamp", lambda _: [3, now, now, 7])
    assert hashes.of(str(path)) == hashlib.sha256(b"one").hexdigest()
    hashes.save()
    path.write_bytes(b"two")
    assert hashes.of(str(path)) == hashlib.sha256(b"two").hexdigest()
    assert FileHashes(index).of(str(path)) == hashlib.sha256(b"two").hexdigest()


def test_the_step_of_the_clock_is_what_makes_it_so(index, tmp_path, monkeypatch):
    """The test above bites: with no step, the second bytes are taken for the first."""
    path, hashes, now = tmp_path / "a.csv", FileHashes(index), time.time_ns() - 10_000_000
    monkeypatch.setattr(file_hashes, "FINE", 0)
    monkeypatch.setattr(file_hashes, "COARSE", 0)
    monkeypatch.setattr(file_hashes, "stamp", lambda _: [3, now, now, 7])
    path.write_bytes(b"one")
    hashes.of(str(path))
    path.write_bytes(b"two")
    assert hashes.of(str(path)) == hashlib.sha256(b"one").hexdigest()


@pytest.mark.parametrize(("age", "is_trusted"), [(1.5, False), (2.5, True)])
def test_where_times_are_whole_seconds_a_file_must_be_older(index, tmp_path, monkeypatch, age, is_trusted):
    """Some disks keep each second, or every other one."""
    path, hashes, now = tmp_path / "a.csv", FileHashes(index), 1_700_000_000 * 10**9
    monkeypatch.setattr(file_hashes, "stamp", lambda _: [3, now, now, 7])
    monkeypatch.setattr(file_hashes, "_clock", lambda _: now + int(age * 1e9))
    path.write_bytes(b"one")
    hashes.of(str(path))
    path.write_bytes(b"two")
    assert (hashes.of(str(path)) == hashlib.sha256(b"one").hexdigest()) is is_trusted


def test_a_file_written_while_it_is_read_is_not_remembered(index, tmp_path, monkeypatch):
    """What was read may be half of each."""
    path, hashes = old(tmp_path / "a.csv"), FileHashes(index)
    told = iter([[3, 1, 1, 7], [3, 2, 2, 7]])
    monkeypatch.setattr(file_hashes, "stamp", lambda _: next(told))
    hashes.of(path)
    hashes.save()
    assert not index.exists()


def test_a_date_in_the_future_is_never_trusted(index, tmp_path):
    """A clock that was wrong costs a reading, and no more."""
    path, hashes = tmp_path / "a.csv", FileHashes(index)
    path.write_bytes(b"one")
    os.utime(path, (LONG_AGO * 2, LONG_AGO * 2))
    hashes.of(str(path))
    hashes.save()
    assert not index.exists()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"schema": 99, "files": {}, "notes": {}}',
                                    '{"schema": 1, "files": {"a": [1]}, "notes": {}}', '{"schema": 1}'])  # fmt: skip
def test_a_damaged_index_is_none(index, tmp_path, damage):
    """It is only a memory."""
    path = old(tmp_path / "a.csv")
    index.parent.mkdir()
    index.write_text(damage, "utf-8")
    hashes = FileHashes(index)
    assert hashes.of(path) == hashlib.sha256(b"one").hexdigest()
    hashes.save()
    assert path in json.loads(index.read_text("utf-8"))["files"]


def test_two_that_save_both_are_remembered(index, tmp_path, monkeypatch):
    """The second adds to what the first wrote; files that are gone are forgotten."""
    paths = [old(tmp_path / f"{name}.csv", name.encode()) for name in "abc"]
    first, second = FileHashes(index), FileHashes(index)
    first.of(paths[0]), first.of(paths[2]), second.of(paths[1])
    Path(paths[2]).unlink()
    first.save(), second.save()
    assert set(json.loads(index.read_text("utf-8"))["files"]) == set(paths[:2])
    unread(monkeypatch)
    assert all(FileHashes(index).of(path) for path in paths[:2])


def test_where_nothing_can_be_written_nothing_is_trusted(tmp_path):
    """A file where the folder should be: files are hashed each time."""
    (tmp_path / "cache").write_bytes(b"")
    path, hashes = old(tmp_path / "a.csv"), FileHashes(tmp_path / "cache" / "index.json")
    assert hashes.of(path) == hashes.of(path) == hashlib.sha256(b"one").hexdigest()
