"""Many runs side by side: each ends once, with its files or its own error, whatever its neighbours do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import nbformat
import pytest
from living import is_running

from stats.errors import StatsError
from stats.run import pool
from stats.run.execute import Job, Made
from stats.run.figures_only import make_all
from stats.run.pool import run_all

WRITE = "import os\nopen(os.environ['STATS_OUT'] + '/told.txt', 'w').write(os.environ.get('TOLD', 'nothing'))"


def job(folder: Path, name: str, *cells: str) -> Job:
    """Return a job of a notebook of code cells."""
    path = folder / f"{name}.ipynb"
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, cells)])), "utf-8")
    return Job(name, path, {}, folder / name, folder / "executed" / f"{name}.ipynb")


def ended(jobs: list[Job], workers: int = 2) -> dict[str, str]:
    """Return for each job the first line of its error, or what it wrote."""
    said = {}
    for made, files, *_ in make_all(jobs, workers):
        assert made.name not in said
        said[made.name] = str(files).splitlines()[0] if isinstance(files, StatsError) else files[1].read_text("utf-8")
    return said


def test_each_run_ends_as_if_it_were_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash, an exit, a refusal and a fault: none harms a neighbour, and each is told as what it was."""
    monkeypatch.setenv("TOLD", "by the command")
    crash = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
    jobs = [
        job(tmp_path, "well", WRITE), job(tmp_path, "crash", crash), job(tmp_path, "after", WRITE),
        job(tmp_path, "exit", WRITE, "import os\nos._exit(0)"), job(tmp_path, "fault", "1 / 0"),
        job(tmp_path, "refusal", "from stats.errors import NotHonest\nraise NotHonest('not so')"),
        job(tmp_path, "last", WRITE),
    ]  # fmt: skip
    said = ended(jobs)
    died = "the process of this run died: its memory was full, somebody ended it, or a library crashed."
    assert said == {
        "well": "by the command", "crash": died, "after": "by the command", "exit": died,
        "fault": "the notebook fault.ipynb failed in cell 0: ZeroDivisionError: division by zero",
        "refusal": "NotHonest: not so", "last": "by the command",
    }  # fmt: skip
    assert not (tmp_path / "exit").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".crash")]


def test_a_notebook_that_is_not_there_is_an_error_of_its_run(tmp_path: Path) -> None:
    """The others are made."""
    gone = job(tmp_path, "gone", WRITE)
    gone.notebook.unlink()
    said = ended([gone, job(tmp_path, "well", WRITE)], workers=1)
    assert said["well"] == "nothing"
    assert said["gone"].startswith("NoAccess: ")


def test_a_fault_of_the_library_is_an_error_of_its_run(tmp_path: Path) -> None:
    """Whatever is raised, each run ends with an error that says so."""
    jobs = [job(tmp_path, name, WRITE) for name in ("one", "two")]
    said = {made.name: str(error) for made, error, *_ in run_all(jobs, 1, work={}.__getitem__)}
    fault = "failed: TypeError: unhashable type: 'dict'\n  This is a fault of ours. The old figures are unchanged."
    assert said == {name: f"the run {name} {fault}" for name in ("one", "two")}


def test_a_pool_that_takes_no_more_runs_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process may die while the next run is handed over: that run, and those under way, are run again."""
    from concurrent.futures import ProcessPoolExecutor

    refused, submit = [], ProcessPoolExecutor.submit

    def refuse_the_second(self, *given):
        if len(refused) < 2:
            refused.append(given)
            if len(refused) == 2:
                raise BrokenProcessPool
        return submit(self, *given)

    monkeypatch.setattr(ProcessPoolExecutor, "submit", refuse_the_second)
    said = ended([job(tmp_path, name, WRITE) for name in ("one", "two", "three")])
    assert said == {"one": "nothing", "two": "nothing", "three": "nothing"}


def test_who_stops_listening_leaves_what_has_not_begun(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A run that stops at a failure begins no other: what waits is put off, and what runs is let end."""
    begun: list[str] = []

    def record(job: Job) -> Made:
        time.sleep(0.1)
        begun.append(job.name)
        return Made([], {}, {})

    monkeypatch.setattr(pool, "processes", lambda workers, warm: ThreadPoolExecutor(workers))
    jobs = [Job(str(n), tmp_path, {}, tmp_path, tmp_path) for n in range(6)]
    told: list[str] = []
    ends = run_all(jobs, 1, work=record, began=lambda job: told.append(job.name))
    next(ends)
    ends.close()
    assert 0 < len(begun) < 6
    assert told == ["0"]


def test_each_run_is_told_when_it_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, and no more at a time than there are processes."""
    monkeypatch.setattr(pool, "processes", lambda workers, warm: ThreadPoolExecutor(workers))
    now: list[str] = []
    most = 0
    jobs = [Job(str(n), tmp_path, {}, tmp_path, tmp_path) for n in range(9)]
    work, began = lambda job: Made([], {"execute": 1.0}, {}), lambda job: now.append(job.name)
    for ended in run_all(jobs, 2, work=work, began=began):
        most = max(most, len(now))
        now.remove(ended.job.name)
        assert ended.seconds == {"execute": 1.0}
    assert (now, most) == ([], 2)


def test_nothing_to_do_starts_nothing() -> None:
    """No jobs, no processes."""
    assert list(make_all([], 2)) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_no_process_outlives_the_command(tmp_path: Path) -> None:
    """A command that is killed takes its processes with it, though they were in the middle of a run."""
    job(tmp_path, "slow", "import os, time\nopen('pid', 'w').write(str(os.getpid()))\ntime.sleep(60)")
    program = (
        "from pathlib import Path\nfrom stats.run.execute import Job\nfrom stats.run.figures_only import make_all\n"
        f"here = Path({str(tmp_path)!r})\n"
        "if __name__ == '__main__':\n"
        "    list(make_all([Job('slow', here / 'slow.ipynb', {}, here / 'slow', here / 'executed.ipynb')], 1))\n"
    )
    (tmp_path / "command.py").write_text(program, "utf-8")
    command = subprocess.Popen([sys.executable, str(tmp_path / "command.py")])
    pid = _in_time(lambda: (tmp_path / "pid").read_text("utf-8") if (tmp_path / "pid").exists() else "")
    command.send_signal(signal.SIGKILL)
    command.wait()
    assert _in_time(lambda: not is_running(int(pid)))


def _in_time(found, seconds: float = 30):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if value := found():
            return value
        time.sleep(0.05)
    raise AssertionError("not in time")


def test_ctrl_c_is_heard_when_processes_have_begun() -> None:
    """A process that began by half would print its own error; who ignores Ctrl-C is left to ignore it."""
    done = []

    def begin() -> None:
        with pool._unstopped():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("all the same")

    with pytest.raises(KeyboardInterrupt):
        begin()
    assert done
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with pool._unstopped():
            os.kill(os.getpid(), signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_ctrl_c_reaches_a_process_only_while_it_does_a_job() -> None:
    """One that waits for its next job is not ended by it, and prints nothing: it is the next job that is stopped."""
    with pool.processes(1, ()) as one:
        who = one.submit(os.getpid).result()
        assert signal.SIGINT not in one.submit(signal.pthread_sigmask, signal.SIG_BLOCK, []).result()
        os.kill(who, signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            one.submit(time.sleep, 10).result()
        assert one.submit(os.getpid).result() == who


def test_who_leaves_waits_for_what_is_under_way() -> None:
    """It would else write into folders that were removed, and make them anew."""
    with pool.processes(1, ()) as one:
        under_way = one.submit(time.sleep, 0.3)
        while not under_way.running():
            time.sleep(0.01)
        one.shutdown(wait=False, cancel_futures=True)
        assert under_way.done()
