"""Dask with two workers of this computer beside the pool of two processes: a matrix, and jobs that do nothing.

`python bench/cluster.py AREAS ROUNDS JOBS` runs these alone. Every run is made anew (--force). The workers
stay from one round to the next with what they have imported, and the pool begins with each command: the first round of
both is told apart.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from processes import ROOT, ROUNDS, Limit, report

from stats.run.cluster import _errand, _mark, connected
from stats.run.execute import Job, Made
from stats.run.pool import leave_unsaid, processes, run_in
from stats.run.remembered import ELSEWHERE, Remembered
from stats.run.workers import Workers

WORKERS = 2
AREAS = ("Kent", "Essex", "Dorset", "Surrey", "Norfolk", "Suffolk", "Cumbria", "Gwent", "Cleveland", "Sussex",
         "Hampshire", "Warwickshire")  # fmt: skip
JOBS = 200


def cluster(areas: int = len(AREAS), rounds: int = ROUNDS, jobs: int = JOBS) -> None:
    """Measure both, and print what was measured."""
    print(f"cluster: {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}, "
          f"distributed {version('distributed')}, {WORKERS} workers of one thread")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        os.environ[ELSEWHERE] = str(Path(folder) / "shared")
        try:
            with _cluster(Path(folder)) as address:
                for figures_only in ((), ("--figures-only",)):
                    _matrix(Path(folder), address, areas, rounds, figures_only)
                _tasks(Path(folder), address, jobs)
        finally:
            del os.environ[ELSEWHERE]


@contextmanager
def _cluster(folder: Path) -> Iterator[str]:
    """Start a scheduler and its workers on loopback, give the address, and end them."""
    told = folder / "scheduler.json"
    path = os.pathsep.join(filter(None, (str(Path(__file__).parent), os.environ.get("PYTHONPATH"))))
    common = ("--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(told))
    worker = ("worker", "--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
    started = []
    try:
        for words in (("scheduler", "--port", "0"), *[worker] * WORKERS):
            command = [sys.executable, "-m", f"distributed.cli.dask_{words[0]}", *common, *words[1:]]
            with (folder / "log").open("ab") as log:
                started.append(
                    subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "PYTHONPATH": path})
                )
        while not told.exists() or not told.read_text("utf-8").strip():
            time.sleep(0.05)
        address = "dask://" + json.loads(told.read_text("utf-8"))["address"].removeprefix("tcp://")
        with connected(address) as client:
            client.wait_for_workers(WORKERS, timeout=120)
        yield address
    finally:
        for process in started:
            process.kill()
            process.wait()


def _matrix(folder: Path, address: str, areas: int, rounds: int, options: tuple[str, ...]) -> None:
    """Run the same areas by both, in turn."""
    asked = [word for area in AREAS[:areas] for word in ("--area", area)]
    words = ("run", "--notebook", "charge_share", *asked, "--offence", "stalking", "--period", "2024/25", "--force")

    def seconds(name: str, *more: str) -> float:
        command = [sys.executable, "-m", "stats", *words, *options, *more, "--out", str(folder / name)]
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        return time.perf_counter() - started

    ways = (partial(seconds, "dask", "--executor", address), partial(seconds, "pool", "-j", str(WORKERS)))
    what = " ".join((f"{areas} areas", *options))
    first = [way() for way in ways]
    print(f"{what}, the first round: Dask {first[0]:.2f} s, pool {first[1]:.2f} s")
    report(f"{what}: Dask, {WORKERS} workers / pool, -j {WORKERS}", [_in_turn(ways) for _ in range(rounds)], Limit())


def _in_turn(ways: tuple[Callable[[], float], ...]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    ours, theirs = (way() for way in ways)
    return (ours,), (theirs,)


def nothing(_: Job) -> Made:
    """Do nothing."""
    return Made([], {}, {})


def one_file(job: Job) -> Made:
    """Make one small file, as the least that can be stored."""
    job.out.mkdir(parents=True)
    (job.out / "told.csv").write_text(f"area\n{job.name}\n", "utf-8")
    return Made([], {}, {})


class Bare(Executor):
    """What `get_executor` returns, with the manners of `concurrent.futures`."""

    def __init__(self, client: Any) -> None:
        self._executor = client.get_executor(pure=False)

    def submit(self, call: Callable[..., Any], /, *given: Any, **_: Any) -> Future[Any]:
        """Submit."""
        future: Future[Any] = self._executor.submit(call, *given)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Shut down."""
        self._executor.shutdown(wait=wait and not cancel_futures)


def _tasks(folder: Path, address: str, count: int) -> None:
    """Print what a job costs that does nothing: by the pool, by Dask alone, and by all that a worker does for a run."""
    jobs = [
        Job(f"n{n}", ROOT / "notebooks" / "charge_share.ipynb", {"area": f"n{n}"}, folder / "d" / f"n{n}", folder / "x")
        for n in range(count)
    ]
    with (
        Remembered(ROOT, figures_only=True) as remembered,
        connected(address) as client,
        _mark(remembered.cache.folder) as mark,
    ):
        errand = partial(_errand, remembered=remembered, mark=mark, is_forced=True)
        ways: dict[str, tuple[Callable[[], Executor], Callable[[Job], Made]]] = {
            "nothing, in the pool": (lambda: processes(WORKERS, ()), nothing),
            "nothing, by Dask": (lambda: Bare(client), nothing),
            "one small file, stored by a worker": (lambda: Workers(client, errand), one_file),
        }
        print(f"cost of a task, {count} of them by {WORKERS}, milliseconds each:")
        for name, (pool, work) in ways.items():
            times = sorted(_each(pool(), jobs, work) for _ in range(3))
            print(f"    {name:36} {statistics.median(times):.2f} (from {times[0]:.2f} to {times[-1]:.2f})")


def _each(pool: Executor, jobs: list[Job], work: Callable[[Job], Made]) -> float:
    """Return the milliseconds of a job, without those of the first few: processes start with them."""
    ends = run_in(pool, jobs[::-1], WORKERS, work, leave_unsaid, [])
    started, few = 0.0, 4 * WORKERS
    for number, ended in enumerate(ends, 1):
        if not isinstance(ended.made, list):
            raise SystemExit(str(ended.made))
        if number == few:
            started = time.perf_counter()
    return 1000 * (time.perf_counter() - started) / (len(jobs) - few)


if __name__ == "__main__":
    from cluster import cluster as by_its_name  # workers know its functions by the name of this module

    by_its_name(*map(int, sys.argv[1:]))
