"""A matrix of runs remembers what it made, and tells what became of each run."""

from __future__ import annotations

from contextlib import closing

import pytest

from stats.errors import NotToHand
from stats.home import home
from stats.run import remembered as module
from stats.run.journal import read
from stats.run.matrix import Wanted
from stats.run.remembered import Remembered

ASKED = {"area": "Kent", "offence": "stalking", "period": "2024/25", "beside": "none"}
KENT = Wanted("charge_share", ASKED, "charge_share-kent")
ESSEX = Wanted("charge_share", ASKED | {"area": "Essex"}, "charge_share-essex")


@pytest.fixture
def memory(tmp_path, monkeypatch):
    """A memory whose cache and journal lie apart from the repository's."""
    monkeypatch.setattr(module, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(module, "PLACE", tmp_path / "journal.jsonl")

    def make():
        return closing(Remembered(home(), tmp_path / "out", tmp_path / "notebooks"))

    make.folder, make.journal = tmp_path / "out", tmp_path / "journal.jsonl"
    return make


def made(folder, name):
    """The files of a run that has just ended."""
    (folder / name).mkdir(parents=True)
    path = folder / name / "share.csv"
    path.write_text("share\n0.085\n", "utf-8")
    return [path]


def test_what_was_made_is_done_and_comes_back(memory):
    """Figures that were taken away are brought again, without a run; other parameters are another run."""
    with memory() as remembered:
        assert not remembered.is_done(KENT)
        remembered.keep(KENT, made(memory.folder, KENT.name))
        assert remembered.is_done(KENT)
    (memory.folder / KENT.name / "share.csv").unlink()
    with memory() as remembered:
        assert not remembered.is_done(KENT)
        assert remembered.bring(ESSEX) is None
        assert [path.read_text("utf-8") for path in remembered.bring(KENT)] == ["share\n0.085\n"]
        assert remembered.is_done(KENT)


def test_a_changed_figure_is_not_done(memory):
    """A figure that somebody changed by hand is made again."""
    with memory() as remembered:
        remembered.keep(KENT, made(memory.folder, KENT.name))
        (memory.folder / KENT.name / "share.csv").write_text("share\n0.5\n", "utf-8")
        assert not remembered.is_done(KENT)


def test_the_journal_tells_which_failed_the_last_time(memory):
    """A run that failed and then went well has not failed; each end is one line."""
    failure = NotToHand("no such outcomes.", [("asked", "Kent")], "Choose another.")
    with memory() as remembered:
        remembered.ended(KENT, failure)
        remembered.ended(ESSEX, failure)
        assert remembered.failed() == {KENT.name, ESSEX.name}
        remembered.ended(KENT, made(memory.folder, KENT.name))
        assert remembered.failed() == {ESSEX.name}
    records, torn = read(memory.journal)
    assert [record["status"] for record in records] == ["failed", "failed", "done"]
    assert "no such outcomes" in records[0]["error"]["said"]
    assert torn == []
