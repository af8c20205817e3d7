"""Taking back a release that was added wrongly: only one that nobody can have quoted yet."""

from __future__ import annotations

import subprocess
from dataclasses import replace

import pytest
from made_releases import NEW, TOLD, house_of, made_file, made_rows, tree

from stats.errors import CheckFailed, UnknownName, UsageMistake
from stats.run import release_remove
from stats.run.release import add_release
from stats.run.release_remove import remove_release

ID = "home_office_recorded_2026_07_23"


def git(root, *words):
    """Run git in a folder as nobody in particular."""
    who = ["-c", "user.name=A test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A repository to which a release was added that is not committed: root, tree before, tree after, file."""
    root = house_of(tmp_path_factory.mktemp("house"))
    git(root, "init", "--quiet")
    git(root, "add", "data", "docs")
    git(root, "commit", "--quiet", "--message", "as it was")
    before = _files(root)
    file = made_file(root.parent / f"{root.name}-downloads", made_rows())
    add_release(file, TOLD, root, lambda _: None, workers=0)
    return root, before, _files(root), file


def _files(root):
    return {name: sha for name, sha in tree(root).items() if not name.startswith(".git/")}


def test_a_release_typed_by_us_or_unknown_is_not_removed(house):
    """One is corrected by a file with a new date; the other is answered with the nearest."""
    root, _, after, _ = house
    with pytest.raises(UsageMistake, match="not put here by `stats release add`"):
        remove_release("home_office_recorded_2026_04_23", root, print)
    with pytest.raises(UnknownName, match=ID):
        remove_release("home_office_recorded_2026_07_24", root, print)
    assert _files(root) == after


@pytest.mark.parametrize("at", ["make_data", "page_again"])
def test_if_the_tables_cannot_be_made_everything_stays(house, monkeypatch, at):
    """The file, its entry and the tables are as they were."""
    root, _, after, _ = house

    def fails(*_):
        raise CheckFailed("no.", [], "Look.")

    monkeypatch.setattr(release_remove, at, fails)
    with pytest.raises(CheckFailed, match="Nothing was removed"):
        remove_release(ID, root, print)
    assert _files(root) == after


def test_without_a_history_nobody_can_tell(house, monkeypatch):
    """Where git is not there, or the folder is no repository, the steps by hand are told."""
    root, _, after, _ = house
    for gone in (lambda *_, **__: (_ for _ in ()).throw(FileNotFoundError("git")),
                 lambda *_, **__: subprocess.CompletedProcess([], 128, "", "not a git repository")):  # fmt: skip
        monkeypatch.setattr(release_remove.subprocess, "run", gone)
        with pytest.raises(UsageMistake, match=rf"(?s)cannot be told.*move {NEW} and its .yml out of data/raw"):
            remove_release(ID, root, print)
    assert _files(root) == after


def test_what_was_added_is_taken_out_and_can_be_added_under_the_right_day(house):
    """Every file is as before the adding; the file itself lies in build/removed, byte for byte, with its entry."""
    root, before, after, file = house
    with pytest.raises(CheckFailed, match=f"stats release remove {ID}"):
        add_release(file, replace(TOLD, published="2026-07-22"), root, print, workers=0)
    lines = []
    away = remove_release(ID, root, lines.append)
    assert _files(root) == before
    assert not (root / NEW).parent.exists()
    assert sorted(path.name for path in away.iterdir()) == ["release.csv", "release.csv.yml"]
    assert (away / "release.csv").read_bytes() == file.read_bytes()
    assert "stats release add" in lines[-1]
    add_release(away / "release.csv", TOLD, root, lines.append, workers=0)
    assert _files(root) == after
    assert remove_release(ID, root, lines.append) != away
    assert (away / "release.csv").is_file()


def test_a_committed_release_stays(house):
    """Others may have quoted it: the commit is named."""
    root, _, _, file = house
    add_release(file, TOLD, root, lambda _: None, workers=0)
    git(root, "add", "data")
    git(root, "commit", "--quiet", "--message", "a release")
    committed = _files(root)
    with pytest.raises(UsageMistake, match=r"(?s)is committed, and.*commit:\s+\w{7,}"):
        remove_release(ID, root, print)
    assert _files(root) == committed
