"""The room that the cache takes: what goes, what stays, and what readers keep."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from made_runs import figures

from stats.run import cache_room
from stats.run.cache import Cache
from stats.run.cache_entries import Entry
from stats.run.cache_keys import Key
from stats.run.cache_room import make_room, remove, sweep

KEYS = [Key(f"{number:02x}" * 32, "0" * 64) for number in range(6)]


@pytest.fixture
def cache(tmp_path) -> Cache:
    """A cache with six entries, the first of them used longest ago; none is being read."""
    cache = Cache(tmp_path / "cache")
    for number, key in enumerate(KEYS):
        entry = cache.store(key, figures(tmp_path / "made", f"number {number}", executed=False), {})
        cache.release(entry)
        used(entry, number)
    return cache


def used(entry: Entry, when: int) -> None:
    """Say when an entry was last used."""
    os.utime(entry.folder / "entry.json", (1_600_000_000 + when, 1_600_000_000 + when))


def there(cache: Cache) -> list[int]:
    """Return which of the six entries are there."""
    return [
        number for number, key in enumerate(KEYS) if (cache.folder / "runs" / key.compute[:2] / key.compute).exists()
    ]


def size(cache: Cache) -> int:
    """Return the bytes of one entry, the largest of the six."""
    return max(sum(p.stat().st_size for p in entry.iterdir()) for entry in (cache.folder / "runs").glob("*/*"))


def test_what_was_used_longest_ago_goes_first(cache):
    """Until the rest is within the bound, and no further."""
    make_room(cache.folder, 4 * size(cache))
    assert there(cache) == [2, 3, 4, 5]
    make_room(cache.folder, 4 * size(cache))
    assert there(cache) == [2, 3, 4, 5]


def test_what_is_found_counts_as_used(cache):
    """So it outlives what is younger."""
    cache.release(cache.find(KEYS[0]))
    make_room(cache.folder, 2 * size(cache))
    assert there(cache) == [0, 5]


def test_within_the_bound_nothing_goes(cache):
    """However old it is."""
    assert make_room(cache.folder, 6 * size(cache)) == []
    assert there(cache) == [0, 1, 2, 3, 4, 5]


def test_what_is_being_read_never_goes(cache, tmp_path):
    """By this process or another; once it was brought, released or closed it may."""
    other = Cache(cache.folder)
    held, brought, released = other.find(KEYS[0]), cache.find(KEYS[1]), cache.find(KEYS[2])
    make_room(cache.folder, 0)
    assert there(cache) == [0, 1, 2]
    cache.bring(brought, tmp_path / "out")
    cache.release(released)
    make_room(cache.folder, 0)
    assert there(cache) == [0]
    assert other.bring(held, tmp_path / "another")
    make_room(cache.folder, 0)
    assert there(cache) == []


def test_what_two_read_stays_until_both_are_done(cache):
    """Each has a mark of its own."""
    other = Cache(cache.folder)
    entries = cache.find(KEYS[0]), cache.find(KEYS[0]), other.find(KEYS[0])
    cache.release(entries[0]), cache.release(entries[1])
    make_room(cache.folder, 0)
    assert there(cache) == [0]
    other.close()
    make_room(cache.folder, 0)
    assert there(cache) == []


def test_who_comes_while_an_entry_is_on_its_way_out_has_all_of_it_or_nothing(cache, monkeypatch):
    """The reader's mark is there before the marks are looked for: the entry is put back."""
    place, taken, rename = cache.folder / "runs" / "00" / KEYS[0].compute, [], os.rename
    reader = Cache(cache.folder)

    def slow(source: Path, target: Path) -> None:
        rename(source, target)
        if not taken:
            taken.append(reader.find(KEYS[0]))  # sees nothing, or puts a mark and sees nothing
            taken.append(cache_room.mark(cache.folder, KEYS[0].compute))

    monkeypatch.setattr(os, "rename", slow)
    assert not remove(cache.folder, place)
    assert taken[0] is None
    assert reader.find(KEYS[0]).read("charge.csv") == b"n\nnumber 0\n"


def test_an_entry_that_was_away_for_a_moment_is_not_called_damaged(cache, monkeypatch):
    """Its first file was read before it went, and it is back."""
    read, calls = Path.read_bytes, []

    def once_gone(path: Path) -> bytes:
        calls.append(path.name)
        if path.name == "charge.json" and calls.count("charge.json") == 1:
            raise FileNotFoundError(2, "No such file or directory")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", once_gone)
    assert cache.find(KEYS[0])
    assert cache.told == []


def test_closing_makes_room_when_something_was_stored(tmp_path):
    """The bound is that of the cache; what it brought itself may go, what it holds may not."""
    with Cache(tmp_path / "cache", most=5_000) as cache:
        for number, key in enumerate(KEYS):
            made = figures(tmp_path / "made", f"number {number}", executed=False)
            entry = cache.store(key, made, {})
            used(entry, number)
            cache.bring(entry, tmp_path / "out")
        assert there(cache) == [0, 1, 2, 3, 4, 5]
    assert there(cache) == [5]


def test_what_killed_processes_left_is_swept_away(cache):
    """Half-written folders and files after an hour, marks of readers after a day; nobody else's."""
    half, beside, mark = (
        cache.folder / ".new" / "half",
        cache.folder / ".index.json.1",
        cache_room.mark(cache.folder, "a"),
    )
    half.mkdir()
    (half / "charge.csv").write_bytes(b"n")
    beside.write_bytes(b"")
    sweep(cache.folder)
    assert half.exists()
    assert beside.exists()
    for path in (half, beside, mark):
        os.utime(path, (time.time() - 4_000, time.time() - 4_000))
    sweep(cache.folder)
    assert (half.exists(), beside.exists(), mark.exists()) == (False, False, True)
    os.utime(mark, (time.time() - 90_000, time.time() - 90_000))
    sweep(cache.folder)
    assert not mark.exists()
    assert there(cache) == [0, 1, 2, 3, 4, 5]


def test_an_entry_on_its_way_out_is_young(cache, monkeypatch):
    """A sweep at that moment does not take it for something left behind."""
    place, ages, rename = cache.folder / "runs" / "00" / KEYS[0].compute, [], os.rename
    os.utime(place, (1, 1))

    def looked_at(source: Path, target: Path) -> None:
        rename(source, target)
        ages.append(time.time() - Path(target).stat().st_mtime)

    monkeypatch.setattr(os, "rename", looked_at)
    assert remove(cache.folder, place)
    assert ages[0] < 60


def test_a_cache_that_is_not_there_takes_no_room(tmp_path):
    """Nothing is made of it."""
    make_room(tmp_path / "none", 0)
    sweep(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_killed_anywhere_nothing_is_half_written(tmp_path):
    """Sixty processes that store, bring and remove are killed at some call or moment; the last does only the rest."""
    script = Path(__file__).parents[1] / "killed.py"
    done = subprocess.run([sys.executable, str(script), str(tmp_path), "60", "6"], capture_output=True, text=True,
                          check=True, timeout=120)  # fmt: skip
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["left"] > 0  # some were killed with something half done
    assert told["lines"] > 60
    sweep(tmp_path / "cache", left=0, stale=0)
    assert not [p for p in (tmp_path / "cache").rglob(".*") if p.is_file()]
