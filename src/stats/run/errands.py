"""What a worker of a cluster does: run a job in its own copy of the repository, and store what it made in the cache.

Each worker keeps one process for it, so that of its runs one goes on at a time, whatever its threads; a run that ends
its process leaves the worker alive; and when data, code or packages change a new process takes the place of the old.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import current_process
from pathlib import Path
from time import monotonic
from typing import Any

from stats.errors import NoCluster
from stats.home import home
from stats.publish.files import write
from stats.run.cache_keys import canonical
from stats.run.cache_room import NEW, clear, fresh_name
from stats.run.execute import Job, Made, NotebookStopped, environment
from stats.run.plan import notebook_path
from stats.run.pool import DIED, ONE_THREAD, Work, processes
from stats.run.remembered import CACHE, ELSEWHERE, Remembered

HALF_RUN = "half-run.ipynb"
"""Under this name a notebook that failed comes home, through the folder of its job in the cache."""

MARKS = "clusters"
"""The folder of the cache with a mark for each command that is under way: a worker that sees it sees the same cache."""

ALIKE = "Give all machines the same copy of the repository and the same packages (pip install -r requirements.lock)."

_ONE = threading.Lock()
_PROCESS: list[ProcessPoolExecutor] = []
_MEMORY: dict[bool, Remembered] = {}
_BEGAN: dict[str, Any] = {}


class Stale(Exception):
    """What this process has loaded is no longer what lies in the repository."""


@dataclass(frozen=True)
class Errand:
    """A job as it is handed to another machine: names and values, and no path.

    `desk` is the folder in `.new` of the cache that the client gave the job, `mark` that of its command, `key` the hash
    it has for the run, and `parts` what that covers.
    """

    name: str
    notebook: str
    parameters: dict[str, Any]
    is_draft: bool
    timeout: float | None
    figures_only: bool
    is_forced: bool
    desk: str
    mark: str
    key: str
    parts: Mapping[str, Any]


def tell(notebooks: Iterable[str], mark: str) -> dict[str, Any]:
    """Return what runs of notebooks would rest on here, and whether the cache is the one with the mark."""
    if current_process().daemon:
        raise NoCluster(
            "a worker under a nanny may start no process, and runs go on in one.", [],
            "Start the workers with --no-nanny, or with DASK_DISTRIBUTED__WORKER__DAEMON=False.",
        )  # fmt: skip
    with Remembered(home()) as remembered:
        return {"parts": remembered.cache.parts(home(), notebooks), "shares": _shares(remembered, mark)}


def run_errand(errand: Errand, work: Work) -> Made:
    """Run a job in the process that this worker keeps for it, and return what it cost; its files are in the cache.

    Raises
    ------
    NotebookStopped
        As `work` does, or if the process died.
    NoCluster
        If this worker is not like the computer that asks.
    """
    place = fresh_name(home() / CACHE)
    with _ONE:
        try:
            return _in_process(errand, work, place)
        except BrokenProcessPool:
            _end()
            raise NotebookStopped(DIED) from None
        finally:
            clear(place)


def _in_process(*given: Any) -> Made:
    try:
        return _handed(*given).result()
    except Stale:
        _end()
        return _handed(*given).result()


def _handed(errand: Errand, work: Work, place: Path) -> Future[Made]:
    for _ in range(2):  # a process may have died that had nothing to do
        if not _PROCESS:
            _PROCESS.append(processes(1, ()))
        try:
            with environment(ONE_THREAD):
                return _PROCESS[0].submit(make, errand, work, place, worker())
        except BrokenProcessPool as problem:
            broken = problem
            _end()
    raise broken


def _end() -> None:
    _PROCESS.pop().shutdown(wait=False, cancel_futures=True)


def make(errand: Errand, work: Work, place: Path, name: str) -> Made:
    """Make what an errand asks for, here in this process, unless it was made before; its files are then in the cache.

    Parameters
    ----------
    errand : Errand
    work : callable
        `stats.run.execute.run`, or what makes figures only.
    place : Path
        A folder to make it in, which is then cleared away.
    name : str
        Of this worker, for errors.
    """
    remembered = _remembered(errand.figures_only)
    if not _shares(remembered, errand.mark):
        raise other_cache([name])
    job = _job(errand, place)
    key = remembered.key(job)
    if key.compute != errand.key:
        raise unlike({name: remembered.cache.parts(home(), [errand.notebook])}, errand.parts)
    found = None if errand.is_forced else remembered.cache.find(key)
    if found is not None:
        remembered.cache.release(found)
        return Made([], found.record["seconds"], {})
    try:
        _, seconds, memory = work(job)
    except NotebookStopped as stopped:
        _send_home(stopped, remembered.cache.folder / NEW / errand.desk)
        raise
    started = monotonic()
    remembered.cache.release(remembered.keep(job, job.out, seconds))
    return Made([], {**seconds, "store": monotonic() - started}, memory)


def worker() -> str:
    """Return the address of the worker that this is."""
    from distributed import get_worker

    return str(get_worker().address)


def unlike(told: Mapping[str, Mapping[str, Any]], here: Mapping[str, Any]) -> NoCluster:
    """Return the error of workers that would make other figures: which, and in what they differ from the client."""
    lines = [(f"worker {name}", "\n".join(_differences(theirs, here))) for name, theirs in told.items()]
    return NoCluster("a worker has not what this computer has.", lines, ALIKE)


def other_cache(names: Iterable[str]) -> NoCluster:
    """Return the error of workers whose results would not come home."""
    return NoCluster(
        "a worker has another cache than this computer.", [("worker", name) for name in names],
        f"Start all on one shared copy of the repository, or set {ELSEWHERE} to one shared folder, here and there.",
    )  # fmt: skip


def _differences(theirs: Mapping[str, Any], here: Mapping[str, Any]) -> list[str]:
    """Return a line for each part that differs; of packages, what each has that the other has not."""
    found = [part for part in {**here, **theirs} if canonical(here.get(part)) != canonical(theirs.get(part))]
    lines = []
    for part in found:
        if part == "packages":
            lines += [f"{part}: here {_beside(here, theirs)}, there {_beside(theirs, here)}"]
        elif part == "Python":
            lines += [f"{part}: here {here.get(part)}, there {theirs.get(part)}"]
        else:
            lines += [f"{part} differs"]
    return lines or ["the parameters, read otherwise"]


def _beside(one: Mapping[str, Any], other: Mapping[str, Any], most: int = 5) -> str:
    alone = sorted(set(one["packages"]) - set(other["packages"]))
    names = [name.removesuffix(".dist-info") for name in alone[:most]]
    more = [f"{len(alone) - most} more"] if len(alone) > most else []
    return ", ".join([*names, *more]) or "none of them"


def _remembered(figures_only: bool) -> Remembered:
    """Return what was made before, as it stands now.

    Raises
    ------
    Stale
        If something that this process has loaded, or may have, was changed since it began.
    """
    if figures_only not in _MEMORY:
        _MEMORY[figures_only] = Remembered(home(), figures_only=figures_only)
    remembered = _MEMORY[figures_only]
    remembered.look_again()
    made = home() / "data" / "tidy" / "made.json"  # it holds the hash of each table
    now = {**remembered.cache.parts(home(), ()), "tables": made.read_bytes() if made.exists() else b""}
    if _BEGAN.setdefault("parts", now) != now:
        raise Stale
    return remembered


def _shares(remembered: Remembered, mark: str) -> bool:
    return (remembered.cache.folder / MARKS / mark).exists()


def _job(errand: Errand, place: Path) -> Job:
    return Job(
        errand.name, notebook_path(errand.notebook, home()), errand.parameters, place / "figures",
        place / f"{errand.name}.ipynb", is_draft=errand.is_draft, timeout=errand.timeout,
    )  # fmt: skip


def _send_home(stopped: NotebookStopped, desk: Path) -> None:
    """Put the notebook of a run that failed where the client looks for it."""
    if stopped.executed is not None and stopped.executed.exists():
        write(desk / HALF_RUN, stopped.executed.read_bytes())
