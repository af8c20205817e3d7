"""One run repeated from its line of the journal."""

import shutil
from pathlib import Path

import pytest
from made_runs import cells, figures, put_notebook

from stats.errors import BadParameter, NoAccess, UsageMistake
from stats.home import home
from stats.run.again import again
from stats.run.cache import Cache
from stats.run.execute import Job, Made, NotebookStopped, attempt
from stats.run.journal import PLACE, append, read, record_of
from stats.run.parameters import ChargeShare
from stats.run.remembered import CACHE

ASKED = {"area": "Lincolnshire", "offence": "stalking", "period": "2024/25", "beside": "none"}


class Wanted:
    """The run that is repeated."""

    notebook = "charge_share"
    parameters = ChargeShare.ask(**ASKED).as_parameters()
    name = "charge_share-lincolnshire"


@pytest.fixture
def root(broken) -> Path:
    """A copy of the repository in which that run once failed."""
    root = broken.root
    shutil.copytree(home() / "data" / "tidy", root / "data" / "tidy")
    (root / "notebooks").mkdir()
    shutil.copy(home() / "notebooks" / "charge_share.ipynb", root / "notebooks")
    (root / "requirements.lock").write_bytes((home() / "requirements.lock").read_bytes())
    with Cache(root / CACHE) as cache:
        key = cache.key(Wanted(), root, how={"is_draft": True})
    record = record_of(Wanted(), key, "failed", name=Wanted.name, root=root, how={"is_draft": True},
                       out=root / "figures" / "kent", executed=root / "build" / "notebooks" / "kent.ipynb")  # fmt: skip
    append(root / PLACE, record)
    return root


def by(work):
    """Run jobs in this process."""

    def runner(jobs, began):
        for job in jobs:
            began(job)
            yield attempt(job, work)

    return runner


def test_a_run_is_repeated_from_its_record(root):
    """The same notebook, parameters and places; it is kept, brought, and recorded as done."""
    jobs, said = [], []

    def work(job: Job) -> Made:
        jobs.append(job)
        figures(job.out, executed=False)
        put_notebook(job.executed, cells())
        return Made([], {}, {"bytes": 9, "of": "kernel"})

    (before,) = read(root / PLACE)[0]
    made = again(before["key"][:6], root, said.append, runner=by(work))
    (job,) = jobs
    assert job.notebook == root / "notebooks" / "charge_share.ipynb"
    assert job.parameters == ChargeShare.ask(**ASKED).as_parameters()
    assert job.is_draft
    assert job.executed == root / "build" / "notebooks" / "kent.ipynb"
    assert said == [f"figures/kent/{path.name}" for path in made]
    assert sorted(p.name for p in (root / "figures" / "kent").iterdir()) == sorted(p.name for p in made)
    record = read(root / PLACE)[0][-1]
    assert (record["status"], record["key"]) == ("done", before["key"])
    assert set(record["outputs"]) == {path.name for path in made}
    assert record["memory"] == {"bytes": 9, "of": "kernel"}
    with Cache(root / CACHE) as cache:
        key = cache.key(Wanted(), root, how={"is_draft": True})
        assert cache.find(key).has_notebook
        assert cache.is_placed(key, root / "figures" / "kent")


def test_a_run_that_fails_again_is_recorded_and_told(root):
    """With the cell that failed; its old figures are unchanged."""
    old = figures(root / "figures" / "kent", "old", executed=False)

    def work(job: Job) -> Made:
        ran = cells()
        ran[2] |= {"outputs": [{"output_type": "error", "ename": "NotToHand", "evalue": ""}], "execution_count": 3}
        put_notebook(job.executed, ran)
        raise NotebookStopped("NotToHand: no such year.\n  Choose another.", job.executed, 4)

    key = read(root / PLACE)[0][0]["key"]
    with pytest.raises(NotebookStopped, match="no such year"):
        again(key, root, print, runner=by(work))
    record = read(root / PLACE)[0][-1]
    assert record["status"] == "failed"
    assert record["error"] == {"class": "NotToHand", "said": "NotToHand: no such year.\n  Choose another.", "cell": 3,
                               "line": "share = 1", "code": 4}  # fmt: skip
    assert record["executed"] == "build/notebooks/kent.ipynb"
    assert "old" in (old / "charge.svg").read_text("utf-8")
    assert list((root / CACHE / ".new").iterdir()) == []


def test_a_disk_that_refuses_is_recorded_as_a_failure(root):
    """And told as everywhere."""

    def work(_: Job) -> Made:
        raise OSError(28, "No space left on device")

    with pytest.raises(NotebookStopped, match="Make room on the disk") as stopped:
        again(read(root / PLACE)[0][0]["key"], root, print, runner=by(work))
    assert stopped.value.exit_code == NoAccess.exit_code
    assert read(root / PLACE)[0][-1]["error"]["class"] == "NoAccess"


def test_a_run_that_is_interrupted_is_recorded_as_stopped(root):
    """Control-C, say."""

    def work(_: Job) -> Made:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        again(read(root / PLACE)[0][0]["key"], root, print, runner=by(work))
    assert read(root / PLACE)[0][-1]["status"] == "stopped"


def test_other_code_or_data_are_told_with_the_new_key(root):
    """The old run cannot be had back: this is one of today."""
    said = []
    (root / "requirements.lock").write_bytes(b"pandas==9\n")

    def work(job: Job) -> Made:
        put_notebook(job.executed, cells())
        figures(job.out, executed=False)
        return Made([], {}, {"bytes": 9, "of": "kernel"})

    again(read(root / PLACE)[0][0]["key"], root, said.append, runner=by(work))
    new = read(root / PLACE)[0][-1]["key"]
    assert said[0] == f"The code, the data or the packages have changed since: its key is now {new[:8]}."
    assert new != read(root / PLACE)[0][0]["key"]


def test_no_such_key_and_parameters_that_no_longer_do_stop(root):
    """Before anything runs, and nothing is recorded."""
    with pytest.raises(UsageMistake, match="no run has a key"):
        again("zz", root, print)
    append(root / PLACE, {**read(root / PLACE)[0][0], "key": "e" * 64, "parameters": {"area": "Kent"}})
    with pytest.raises(BadParameter):
        again("eeee", root, print)
    assert len(read(root / PLACE)[0]) == 2


def test_figures_that_were_made_without_a_notebook_are_made_so_again(root):
    """And where they lay outside the repository, they come to a place of their name inside it."""
    asked = []

    def work(job: Job) -> Made:
        asked.append(job)
        figures(job.out, executed=False)
        return Made([], {}, {})

    (before,) = read(root / PLACE)[0]
    append(root / PLACE, {**before, "how": {"figures_only": True}, "out": "…/kent", "executed": ""})
    made = again(before["key"], root, print, runner=by(work))
    assert {path.parent for path in made} == {root / "build" / "figures" / Wanted.name}
    assert not asked[0].executed.exists()
    assert read(root / PLACE)[0][-1]["how"] == {"figures_only": True}


def test_a_failed_run_is_recorded_with_its_own_notebook_and_repeated_under_the_good_name(root):
    """The record names the notebook to look at; the run after that does not add to its name."""
    asked = []

    def work(job: Job) -> Made:
        asked.append(job.executed.name)
        failed = job.executed.with_name("kent.failed.ipynb")
        put_notebook(failed, cells())
        raise NotebookStopped("NotToHand: no such year.", failed, 4)

    for _ in range(2):
        with pytest.raises(NotebookStopped):
            again(read(root / PLACE)[0][0]["key"], root, print, runner=by(work))
    assert asked == ["kent.ipynb", "kent.ipynb"]
    assert read(root / PLACE)[0][-1]["executed"] == "build/notebooks/kent.failed.ipynb"
