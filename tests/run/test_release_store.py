"""Put a released file into place whole, or not at all."""

from __future__ import annotations

import errno
import os

import pytest
from made_releases import tree

from stats.run import release_store
from stats.run.release_store import Kept, put, take_away, take_back


@pytest.fixture
def root(tmp_path):
    """A repository with one raw file and its entry."""
    folder = tmp_path / "data" / "raw" / "home-office" / "2026-04-23"
    folder.mkdir(parents=True)
    (folder / "old.csv").write_bytes(b"old")
    (folder / "old.csv.yml").write_bytes(b"id: old\n")
    return tmp_path


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("at", [1, 2])
def test_a_refusal_of_the_disk_leaves_nothing(root, monkeypatch, code, at):
    """Whether the file or its entry cannot be put, neither is there afterwards, nor is their folder."""
    before, calls = tree(root), []

    def refuse(ready, path, replace=os.replace):
        if "raw" in str(path):
            calls.append(path)
            if len(calls) == at:
                raise OSError(code, os.strerror(code), str(path))
        replace(ready, path)

    monkeypatch.setattr(release_store.os, "replace", refuse)
    with pytest.raises(OSError, match=os.strerror(code)):
        put(root / "data/raw/home-office/2026-07-23/new.csv", b"new", {"id": "new"}, root)
    assert tree(root) == before
    assert not (root / "data/raw/home-office/2026-07-23").exists()
    assert not (root / "build" / "incoming").exists()


def test_a_folder_that_cannot_be_made_leaves_nothing(root, monkeypatch):
    """A read-only data/raw refuses the folder of the day."""
    before = tree(root)
    (root / "data/raw/other").write_bytes(b"a file where a folder is wanted")
    with pytest.raises(OSError):
        put(root / "data/raw/other/2026/new.csv", b"new", {"id": "new"}, root)
    (root / "data/raw/other").unlink()
    assert tree(root) == before


def test_taking_away_keeps_what_else_is_there(root):
    """The folder of the day stays while another release lies in it."""
    raw = root / "data/raw/home-office/2026-04-23/new.csv"
    before = tree(root)
    put(raw, b"new", {"id": "new"}, root)
    assert set(tree(root)) - set(before) == {f"data/raw/home-office/2026-04-23/new.csv{end}" for end in ("", ".yml")}
    take_away(raw, root)
    assert tree(root) == before


def test_only_the_very_file_is_taken_back(root, tmp_path):
    """A file without an entry that has other bytes or another name stays, and so does one with an entry."""
    given = tmp_path / "new.csv"
    given.write_bytes(b"new")
    folder = root / "data/raw/home-office/2026-07-23"
    folder.mkdir()
    for name, data in (("new.csv", b"new"), ("other.csv", b"new")):
        (folder / name).write_bytes(data)
    assert take_back(given, b"new", root) == [folder / "new.csv"]
    assert sorted(path.name for path in folder.iterdir()) == ["other.csv"]


def test_tables_and_pages_are_put_back_as_they_were(tmp_path):
    """Changed, added and removed files alike; what else lies beside a page is not looked at."""
    tidy, page, beside = tmp_path / "tidy", tmp_path / "docs" / "claims.md", tmp_path / "docs" / "other.md"
    for path in (tidy / "a.csv", tidy / "b.csv", page):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(path.name.encode())
    before, kept = tree(tmp_path), Kept(tidy, page, tmp_path / "docs" / "never.md")
    (tidy / "a.csv").write_bytes(b"half")
    (tidy / "b.csv").unlink()
    (tidy / "c.csv").write_bytes(b"new")
    page.write_bytes(b"half")
    (tmp_path / "docs" / "never.md").write_bytes(b"new")
    kept.put_back()
    assert tree(tmp_path) == before
    beside.write_bytes(b"somebody's")
    kept.put_back()
    assert beside.is_file()
