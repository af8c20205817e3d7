"""A matrix is run: what is done is left, a failure harms no neighbour, and what cannot be computed is no failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from stats.errors import NotToHand, StatsError, UsageMistake
from stats.home import home
from stats.publish.failures import Summary
from stats.run import running
from stats.run.execute import Ended, Job, NotebookStopped
from stats.run.options import RunOptions
from stats.run.pool import Begin, Ends
from stats.run.remembered import Record
from stats.run.running import run_matrix
from stats.run.showing import Lines

AREAS = ("Kent", "Lincs", "Essex", "Dorset")


class Memory:
    """A memory that forgets nothing and writes nothing."""

    def __init__(self, done: tuple[str, ...] = (), failed: tuple[str, ...] = (), brings: tuple[str, ...] = ()) -> None:
        self.done, self.once_failed, self.brings = set(done), failed, brings
        self.said: list[tuple[str, str]] = []

    def is_done(self, job: Job) -> bool:
        """Whether it was made."""
        return job.name in self.done

    def bring(self, job: Job) -> Record | None:
        """What another made."""
        return self._record(job, "cached") if job.name in self.brings else None

    def begin(self, job: Job) -> Job:
        """It is run where it belongs."""
        return job

    def ended(self, ended: Ended) -> Record:
        """Keep how it ended."""
        if isinstance(ended.made, StatsError):
            error = {"class": "NotToHand", "said": str(ended.made), "code": ended.made.exit_code}
            return self._record(ended.job, "failed", error)
        return self._record(ended.job, "done")

    def stopped(self, job: Job) -> Record:
        """Keep that it was stopped."""
        return self._record(job, "stopped")

    def failed(self) -> frozenset[str]:
        """What failed before."""
        return frozenset(self.once_failed)

    def _record(self, job: Job, status: str, error: dict[str, object] | None = None) -> Record:
        self.said.append((status, job.name))
        return {"name": job.name, "key": job.name, "notebook": job.notebook.stem, "parameters": job.parameters,
                "status": status, "error": error or {}, "seconds": {"execute": 1.0}, "executed": ""}  # fmt: skip


def name(area: str) -> str:
    """The name of a run of an area."""
    return f"charge_share-{area.lower()}-stalking-2024_25"


NAMES = [name(area) for area in ("Kent", "Lincolnshire", "Essex", "Dorset")]


@pytest.fixture
def ran(monkeypatch, tmp_path):
    """Run the four areas with a stand-in for papermill; `fails` are the names that fail."""

    def call(memory: Memory, *, fails: tuple[str, ...] = (), interrupted: str = "", **options):
        started: list[Job] = []

        def each(jobs: list[Job], began: Begin) -> Ends:
            for job in jobs:
                started.append(job)
                began(job)
                if interrupted == job.name:
                    raise KeyboardInterrupt
                failure = NotebookStopped("NotToHand: no such number.", job.executed, 4)
                yield Ended(job, failure if job.name in fails else [job.out / "a.svg"])

        monkeypatch.setattr(running, "here", lambda workers, figures_only: each)
        monkeypatch.setattr(running, "write_failures", lambda summary, root: pages.append(summary) or [tmp_path / "f"])
        lines: list[str] = []
        given = {"notebooks": ("charge_share",), "areas": AREAS, "offences": ("stalking",), "periods": ("2024/25",)}
        asked = RunOptions(home(), **{**given, "out": tmp_path / "out", **options})
        code = run_matrix(asked, lines.append, remembered=memory, show=lambda n: Lines(n, lambda line: None))
        return code, [job.name for job in started], "\n".join(lines), started

    pages: list[Summary] = []
    call.pages = pages
    return call


def test_what_is_not_done_runs_and_what_is_done_is_left(ran) -> None:
    """In order; what became of each is remembered, and told at the end."""
    memory = Memory(done=(NAMES[1],))
    code, started, said, _ = ran(memory)
    assert (code, started) == (0, [NAMES[0], *NAMES[2:]])
    assert memory.said == [("done", name) for name in started]
    assert said.splitlines()[0] == "4 combinations: 3 to make, 1 up to date, 0 cannot be computed"
    assert "3 runs: 3 done, in " in said


def test_a_failure_harms_no_neighbour(ran) -> None:
    """The rest runs; at the end it is told with its own words and how to run it again, and gives the exit code."""
    memory = Memory()
    code, started, said, _ = ran(memory, fails=(NAMES[1],))
    assert (code, len(started)) == (4, 4)
    assert sorted(what for what, _ in memory.said) == ["done"] * 3 + ["failed"]
    assert "FAILED (1)" in said
    assert f"\n{NAMES[1]}\n" in said
    assert "NotToHand: no such number." in said
    assert "stats again charge_share-l" in said
    (summary,) = ran.pages
    assert [failure.name for failure in summary.failed] == [NAMES[1]]


def test_stop_stops_at_the_first_failure(ran) -> None:
    """What was not begun is left for the next time, and counted."""
    code, started, said, _ = ran(Memory(), fails=(NAMES[1],), keep_going=False)
    assert (code, started) == (4, NAMES[:2])
    assert "4 runs: 1 done, 1 failed, 2 stopped, in " in said


def test_what_is_in_hand_when_the_command_is_interrupted_is_stopped(ran) -> None:
    """The journal has it, and the interrupt goes on its way."""
    memory = Memory()
    with pytest.raises(KeyboardInterrupt):
        ran(memory, interrupted=NAMES[1])
    assert memory.said == [("done", NAMES[0]), ("stopped", NAMES[1])]


def test_a_limit_and_only_what_failed(ran) -> None:
    """A limit takes the first; only-failed asks the journal."""
    assert ran(Memory(), limit=2)[1] == NAMES[:2]
    _, started, said, _ = ran(Memory(failed=(NAMES[3], "another")), only_failed=True)
    assert started == [NAMES[3]]
    assert "3 left for later" in said


@pytest.mark.parametrize("figures_only", [False, True])
def test_what_is_answered_at_once_rests_on_notebooks_too(ran, monkeypatch, figures_only: bool) -> None:
    """Where they are made: one that is taken away is made again, and not called up to date."""
    kept: list[Path] = []
    monkeypatch.setattr(running, "remember_nothing_to_do", lambda *_, folders, **__: kept.extend(folders))
    jobs = ran(Memory(), figures_only=figures_only)[3]
    assert kept == [*dict.fromkeys(f for job in jobs for f in (job.out, job.executed.parent)
                                   if f == job.out or not figures_only)]  # fmt: skip


def test_force_runs_what_is_done(ran) -> None:
    """And brings nothing that was made before."""
    assert ran(Memory(done=tuple(NAMES), brings=tuple(NAMES)), force=True)[1] == NAMES


def test_what_was_made_elsewhere_is_brought_and_not_run(ran) -> None:
    """From a cache, whoever made it."""
    _, started, said, _ = ran(Memory(brings=(NAMES[0],)))
    assert started == NAMES[1:]
    assert "4 runs: 3 done, 1 cached, in " in said


def test_a_plan_runs_nothing(ran) -> None:
    """As text or JSON."""
    for as_json in (False, True):
        code, started, said, _ = ran(Memory(done=(NAMES[0],)), is_plan=True, as_json=as_json)
        assert (code, started) == (0, [])
        assert NAMES[1] in said


def test_what_cannot_be_computed_is_listed_and_is_no_failure(ran) -> None:
    """The exit code is 0, and no figure is empty."""
    code, started, said, _ = ran(Memory(), periods=("2024/25", "2013/14"))
    assert (code, started) == (0, NAMES)
    assert "4 × The police did not count stalking apart from harassment before April 2014" in said


def test_a_job_has_its_folder_its_limit_and_its_parameters(ran, tmp_path: Path) -> None:
    """As the runner takes it; it is no draft, as a brief is none."""
    job = ran(Memory(), timeout=90.0, fixed=("beside=none",))[3][0]
    assert job.parameters == {"area": "Kent", "offence": "stalking", "period": "2024/25", "beside": "none"}
    assert (job.timeout, job.is_draft, job.out.parent) == (90.0, False, (tmp_path / "out").resolve())
    assert job.executed.name == f"{job.name}.ipynb"


def test_other_machines_run_the_same_plan(ran, monkeypatch) -> None:
    """With as many at a time as was asked, and anew if it was forced."""
    asked: list[object] = []

    def over(address: str, remembered: Memory, **given: object):
        asked.append((address, given))
        return lambda jobs, began: (Ended(job, [job.out / "a.svg"]) for job in jobs)

    monkeypatch.setattr("stats.run.cluster.over", over)
    memory = Memory()
    assert ran(memory, executor="dask://a:1", jobs=3, force=True)[:2] == (0, [])
    assert asked == [("dask://a:1", {"workers": 3, "force": True})]
    assert memory.said == [("done", name) for name in NAMES]


@pytest.mark.parametrize(("fixed", "said"), [(("beside",), "key=value"), (("beside=none", "beside=Kent"), "twice")])
def test_a_wrong_pair_is_refused(ran, fixed: tuple[str, ...], said: str) -> None:
    """Before anything runs."""
    with pytest.raises(UsageMistake, match=said):
        ran(Memory(), fixed=fixed)


def test_a_table_that_was_changed_stops_the_plan(monkeypatch, tmp_path: Path) -> None:
    """Nothing is planned from a table that is not what the raw files make."""

    def changed(names, registers) -> None:
        raise NotToHand("the table was changed.")

    monkeypatch.setattr("stats.read.made.must_be_as_made", changed)
    with pytest.raises(NotToHand):
        run_matrix(
            RunOptions(home(), notebooks=("charge_share",), out=tmp_path, is_plan=True), print, remembered=Memory()
        )
