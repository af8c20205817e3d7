"""What runs made is remembered, and what became of each is told."""

from __future__ import annotations

from dataclasses import replace
from functools import partialmethod
from pathlib import Path

import pytest
from made_runs import cells, put_notebook, repository

from stats.errors import NotToHand, StatsError
from stats.home import home
from stats.run import remembered as module
from stats.run.cache import Cache
from stats.run.execute import Ended, Job
from stats.run.journal import read
from stats.run.plan import notebook_path
from stats.run.remembered import Remembered

ASKED = {"area": "Kent", "offence": "stalking", "period": "2024/25", "beside": "none"}
WORDS = '{"cells": [{"cell_type": "code", "source": "1", "metadata": {}, "outputs": []}]}'


@pytest.fixture
def kent(tmp_path: Path) -> Job:
    """A job, which nobody runs here."""
    path = notebook_path("charge_share", home())
    return Job("charge_share-kent", path, ASKED, tmp_path / "out" / "kent", tmp_path / "notebooks" / "kent.ipynb")


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A memory whose cache and journal lie apart from the repository's."""
    monkeypatch.setattr(module, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(module, "PLACE", tmp_path / "journal.jsonl")

    def make(**how: bool) -> Remembered:
        return Remembered(home(), **how)

    make.journal = tmp_path / "journal.jsonl"
    return make


def ran(job: Job, share: str = "0.085", *, with_notebook: bool = True) -> Ended:
    """How a job ends that wrote one file."""
    job.out.mkdir(parents=True)
    path = job.out / "share.csv"
    path.write_text(f"share\n{share}\n", "utf-8")
    if with_notebook:
        job.executed.parent.mkdir(exist_ok=True)
        job.executed.write_text(WORDS, "utf-8")
    return Ended(job, [path], {"start": 0.5, "execute": 1.0}, {"bytes": 9, "of": "kernel"})


def test_what_was_made_is_done_and_comes_back(memory, kent: Job) -> None:
    """Figures and notebooks that were taken away are brought again, without a run; other parameters are another run."""
    essex = replace(kent, name="essex", parameters=ASKED | {"area": "Essex"}, out=kent.out.with_name("essex"))
    with memory() as remembered:
        assert not remembered.is_done(kent)
        record = remembered.ended(ran(remembered.begin(kent)))
        assert (record["status"], set(record["seconds"])) == ("done", {"start", "execute", "store"})
        assert record["memory"] == {"bytes": 9, "of": "kernel"}
        assert remembered.is_done(kent)
        assert (kent.out / "share.csv").read_text("utf-8") == "share\n0.085\n"
    for gone in (kent.out / "share.csv", kent.executed):
        gone.unlink()
        with memory() as remembered:
            assert not remembered.is_done(kent)
            assert remembered.bring(essex) is None
            assert remembered.bring(kent)["status"] == "cached"
            assert remembered.is_done(kent)
        assert gone.exists()


def test_what_another_machine_stored_is_brought_home(memory, kent: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what it cost there; what does not come into sight is a failure of that run, with what to set."""
    with memory() as there:
        begun = there.begin(kent)
        ran(begun)
        there.cache.release(there.keep(begun, begun.out, {"execute": 1.0}))
    monkeypatch.setattr(Cache, "find_of_another", partialmethod(Cache.find_of_another, patience=0.1))
    cost = {"execute": 1.0, "store": 0.5}
    essex = replace(kent, name="essex", parameters=ASKED | {"area": "Essex"}, out=kent.out.with_name("essex"))
    with memory() as here:
        record = here.ended(Ended(here.begin(kent), here.key(kent), cost, {"bytes": 9, "of": "kernel"}))
        assert (record["status"], record["memory"]) == ("done", {"bytes": 9, "of": "kernel"})
        assert record["seconds"]["execute"] == 1.0
        assert record["seconds"]["store"] >= 0.5
        assert here.is_done(kent)
        record = here.ended(Ended(here.begin(essex), here.key(essex), cost))
        assert (record["status"], record["error"]["code"]) == ("failed", 4)
        assert "STATS_CACHE" in record["error"]["said"]


def test_a_changed_figure_is_not_done(memory, kent: Job) -> None:
    """A figure that somebody changed by hand is made again."""
    with memory() as remembered:
        remembered.ended(ran(remembered.begin(kent)))
        (kent.out / "share.csv").write_text("share\n0.5\n", "utf-8")
        assert not remembered.is_done(kent)


def test_figures_alone_never_stand_for_a_notebook(memory, kent: Job) -> None:
    """Who wants figures only takes those of a notebook; who wants the notebook is not content with figures."""
    with memory(figures_only=True) as remembered:
        remembered.ended(ran(remembered.begin(kent), with_notebook=False))
        assert remembered.is_done(kent)
    with memory() as remembered:
        assert not remembered.is_done(kent)
        assert remembered.bring(kent) is None
        remembered.ended(ran(remembered.begin(kent)))
        assert remembered.is_done(kent)
    (kent.out / "share.csv").unlink()
    with memory(figures_only=True) as remembered:
        assert not remembered.is_done(kent)
        assert remembered.bring(kent)["how"] == {"figures_only": True}


def test_a_draft_is_not_taken_for_a_figure_to_publish(memory, kent: Job) -> None:
    """Nor the other way: a draft says so on its face."""
    draft = replace(kent, is_draft=True, name="draft", out=kent.out.with_name("draft"))
    with memory() as remembered:
        remembered.ended(ran(remembered.begin(kent)))
        assert remembered.bring(draft) is None
        assert remembered.ended(ran(remembered.begin(draft), "0.1"))["how"] == {"is_draft": True}
        assert (draft.out / "share.csv").read_text("utf-8") == "share\n0.1\n"
        assert (kent.out / "share.csv").read_text("utf-8") == "share\n0.085\n"


def test_what_changed_while_it_ran_is_not_kept(memory, kent: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run is recorded as failed, and the old figures stay."""
    kent.out.mkdir(parents=True)
    (kent.out / "share.csv").write_text("old", "utf-8")

    def changed(*_: object) -> None:
        raise StatsError("the data was changed while a run was under way.")

    with memory() as remembered:
        begun = remembered.begin(kent)
        monkeypatch.setattr(remembered.cache, "store", changed)
        record = remembered.ended(ran(begun))
    assert (record["status"], record["error"]["code"]) == ("failed", 1)
    assert (kent.out / "share.csv").read_text("utf-8") == "old"
    assert not begun.out.exists()


def test_the_journal_tells_which_failed_the_last_time(memory, kent: Job) -> None:
    """A run that failed and then went well has not failed; each end is one line."""
    failure = NotToHand("no such outcomes.", [("asked", "Kent")], "Choose another.")
    essex = replace(kent, name="essex")
    with memory() as remembered:
        for job in (kent, essex):
            remembered.ended(Ended(remembered.begin(job), failure))
        assert remembered.failed() == {kent.name, essex.name}
        remembered.ended(ran(remembered.begin(kent)))
        assert remembered.failed() == {essex.name}
        remembered.stopped(remembered.begin(essex))
        assert remembered.failed() == set()
    records, torn = read(memory.journal)
    assert [record["status"] for record in records] == ["failed", "failed", "done", "stopped"]
    assert "no such outcomes" in records[0]["error"]["said"]
    assert records[0]["error"]["code"] == 4
    assert torn == []


def test_a_changed_sentence_is_put_over_the_outputs_and_a_changed_cell_is_run(tmp_path: Path) -> None:
    """Words of a notebook are rendered anew without a run; its code is not what was run; and a date means nothing."""
    root = repository(tmp_path / "repository")
    path = root / "notebooks" / "charge_share.ipynb"
    job = Job("kent", path, ASKED, root / "figures" / "kent", root / "build" / "kent.ipynb")
    ended = ran(job, with_notebook=False)
    put_notebook(job.executed, cells())
    with Remembered(root) as remembered:
        begun = remembered.begin(job)
        begun.out.mkdir(parents=True)
        ended.made[0].rename(begun.out / "share.csv")
        remembered.ended(Ended(begun, [begun.out / "share.csv"]))
        assert remembered.is_done(job)
    path.touch()
    with Remembered(root) as remembered:
        assert remembered.is_done(job)
    figure = (job.out / "share.csv").stat()
    put_notebook(path, cells(words="What did become of them?"))
    with Remembered(root) as remembered:
        assert not remembered.is_done(job)
        assert remembered.bring(job)["status"] == "cached"
        assert remembered.is_done(job)
    assert "What did become of them?" in job.executed.read_text("utf-8")
    assert (job.out / "share.csv").stat().st_size == figure.st_size
    put_notebook(path, cells(words="What did become of them?", code="share = 2\nshare"))
    with Remembered(root) as remembered:
        assert not remembered.is_done(job)
        assert remembered.bring(job) is None
