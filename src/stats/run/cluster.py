"""Run jobs on the workers of a Dask cluster; what they make comes home through the cache, which all of them share."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from stats.errors import NoCluster, StatsError
from stats.publish.files import write
from stats.run.cache_keys import canonical
from stats.run.errands import ALIKE, HALF_RUN, MARKS, Errand, other_cache, tell, unlike
from stats.run.execute import Ended, Job, NotebookStopped, failed, run
from stats.run.making import Runner
from stats.run.pool import Begin, Ends, run_in
from stats.run.remembered import Remembered
from stats.run.workers import Workers

ANSWER, FIRST_WORKER = 20.0, 60.0
"""Seconds that a command waits for a scheduler to answer, and then for the first worker."""


def over(address: str, remembered: Remembered, *, workers: int | None = None, force: bool = False) -> Runner:
    """Return what runs jobs on the workers of a cluster, by default one at a time on each.

    Parameters
    ----------
    address : str
        Of the scheduler: 'dask://HOST:PORT'.
    remembered : Remembered
        Of this computer; its cache is the one that the workers store in.
    workers : int, optional
        How many runs go on side by side.
    force : bool
        Whether workers run also what was made before.
    """

    def runner(jobs: list[Job], began: Begin) -> Ends:
        if not jobs:
            return
        notebooks = sorted({job.notebook.stem for job in jobs})
        with _mark(remembered.cache.folder) as mark, connected(address) as client:
            there = must_be_alike(client, remembered, notebooks, mark)
            errand = partial(_errand, remembered=remembered, mark=mark, is_forced=force)
            for ended in run_in(Workers(client, errand), jobs[::-1], workers or there, _work(remembered), began, []):
                yield _at_home(ended, remembered)

    return runner


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Give a client of the scheduler at an address, over TLS where the settings of Dask ask for it.

    Raises
    ------
    NoCluster
        If distributed is not installed, or nobody answers.
    """
    try:
        import dask
        import distributed
    except ImportError:
        raise NoCluster(
            "to run on other machines takes a package that is not installed.", [("package", "distributed")],
            "pip install 'plainfigures[cluster]'; in the repository: pip install -r requirements.lock",
        ) from None  # fmt: skip
    for name in ("distributed", "tornado"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they would say, we say
    protocol = "tls" if dask.config.get("distributed.comm.require-encryption") else "tcp"
    place = f"{protocol}://{address.removeprefix('dask://')}"
    try:
        client = distributed.Client(place, timeout=ANSWER, set_as_default=False)  # type: ignore[no-untyped-call] # it has no types
    except (OSError, ValueError) as problem:
        said = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        raise NoCluster("no scheduler answers.", [("address", place), ("it says", said)],
                        "See that it runs, that its port is open to this computer, and that both use TLS or neither.",
                        ) from None  # fmt: skip
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=5)  # type: ignore[no-untyped-call] # it has no types


def must_be_alike(client: Any, remembered: Remembered, notebooks: Sequence[str], mark: str) -> int:
    """Return how many workers there are, after each was asked what runs of these notebooks would rest on there.

    Raises
    ------
    NoCluster
        If there is none, or one would make other figures or keep them elsewhere: which, and what differs.
    """
    try:
        client.wait_for_workers(1, timeout=FIRST_WORKER)
        told = client.run(tell, list(notebooks), mark, on_error="return")
    except (OSError, TimeoutError):
        told = {}
    if not told:
        raise NoCluster(
            "the scheduler has no worker.", [("waited", f"{FIRST_WORKER:g} s")], "Start one (docs/many_machines.md)."
        )
    silent = {name: said for name, said in told.items() if isinstance(said, BaseException)}
    if silent:
        raise _cannot_run(silent)
    ours = remembered.cache.parts(remembered.root, notebooks)
    other = {name: said["parts"] for name, said in told.items() if canonical(said["parts"]) != canonical(ours)}
    if other:
        raise unlike(other, ours)
    blind = [name for name, said in told.items() if not said["shares"]]
    if blind:
        raise other_cache(blind)
    return len(told)


def _cannot_run(silent: Mapping[str, BaseException]) -> StatsError:
    for said in silent.values():
        if isinstance(said, StatsError):
            return said
    lines = [(f"worker {name}", f"{type(said).__name__}: {said}") for name, said in silent.items()]
    return NoCluster("a worker cannot run our code.", lines, ALIKE)


@contextmanager
def _mark(cache: Path) -> Iterator[str]:
    """Leave a mark in the cache while a command is under way, for the workers to see, and give its name."""
    path = cache / MARKS / os.urandom(8).hex()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    try:
        yield path.name
    finally:
        path.unlink(missing_ok=True)


def _work(remembered: Remembered) -> Callable[[Job], Any]:
    if not remembered.figures_only:
        return run
    from stats.run.figures_only import make_figures

    return make_figures


def _errand(job: Job, remembered: Remembered, mark: str, is_forced: bool) -> Errand:
    notebook = job.notebook.stem
    return Errand(
        job.name, notebook, job.parameters, job.is_draft, job.timeout, remembered.figures_only, is_forced,
        desk=job.out.parent.name, mark=mark, key=remembered.key(job).compute,
        parts=remembered.cache.parts(remembered.root, [notebook]),
    )  # fmt: skip


def _at_home(ended: Ended, remembered: Remembered) -> Ended:
    """Return how a job ended as if here: with the key of what it made, or with its half-run notebook in its place."""
    job, problem = ended.job, ended.made
    if not isinstance(problem, StatsError):
        failed(job.executed).unlink(missing_ok=True)
        return ended._replace(made=remembered.key(job))
    half_run, name = job.out.parent / HALF_RUN, failed(job.executed)
    if not isinstance(problem, NotebookStopped) or problem.executed is None:
        return ended
    there = str(problem.executed)
    if half_run.exists():
        text = half_run.read_text("utf-8").replace(json.dumps(there), json.dumps(str(name)))
        write(name, text.encode())
    at = name if half_run.exists() else None
    return ended._replace(made=NotebookStopped(problem.said.replace(there, str(name)), at, problem.exit_code))
