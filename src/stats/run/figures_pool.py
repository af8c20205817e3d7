"""Figures of many runs side by side, in processes that stay warm; one that dies takes only its own run with it."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import connection, get_context, parent_process
from multiprocessing.context import BaseContext
from pathlib import Path

from stats.errors import NoAccess, StatsError
from stats.run.execute import Job, NotebookStopped, clear_away, environment
from stats.run.figures_only import imported_by, make_figures

Make = Callable[[Job], list[Path]]
Ended = Generator[tuple[Job, list[Path] | StatsError], None, None]

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""Several processes of several threads would be in each other's way; and no number may hang on how many there are."""


_OUR_FAULT = "This is a fault of ours. The old figures are unchanged."


def make_all(jobs: Sequence[Job], workers: int, *, make: Make = make_figures) -> Ended:
    """Make the figures of jobs side by side and yield each with the files it wrote, or with its error, as it ends.

    Parameters
    ----------
    jobs : sequence of Job
    workers : int
        How many processes to use at most.
    make : callable
        What makes the figures of a job.
    """
    left = list(reversed(jobs))
    warm = _imported_by(dict.fromkeys(job.notebook for job in jobs))
    while left:
        in_hand: list[Job] = []
        yield from _until_a_process_dies(left, in_hand, max(1, min(workers, len(left))), warm, make)
        for suspect in in_hand:
            clear_away(suspect)
            yield suspect, _alone(suspect, warm, make)


def _imported_by(notebooks: Iterable[Path]) -> list[str]:
    """Return what notebooks import; one that cannot be read says so when it is run."""
    found: dict[str, None] = {"stats.publish.figures": None}
    for notebook in notebooks:
        with suppress(StatsError, OSError):
            found |= dict.fromkeys(imported_by(notebook))
    return list(found)


def _until_a_process_dies(left: list[Job], in_hand: list[Job], workers: int, warm: list[str], make: Make) -> Ended:
    """Take jobs from `left` until none is left or a process has died; what was under way then is left in `in_hand`."""
    with _pool(workers, warm) as pool:
        running: dict[Future[list[Path]], Job] = {}
        while left or running:
            while left and len(running) <= workers:  # one more than work, so that none waits for us
                job = left.pop()
                try:
                    with environment(ONE_THREAD):
                        running[pool.submit(make, job)] = job
                except BrokenProcessPool:
                    in_hand += [job, *running.values()]
                    return
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                if isinstance(done.exception(), BrokenProcessPool):
                    in_hand += running.values()
                    return
                yield running.pop(done), _ended(done)


def _alone(job: Job, warm: list[str], make: Make) -> list[Path] | StatsError:
    """Run a job in a process of its own: either it, or a neighbour that ran at the same time, ended a process."""
    with _pool(1, warm) as pool, environment(ONE_THREAD):
        ended = _ended(pool.submit(make, job))
    clear_away(job)
    return ended


def _ended(done: Future[list[Path]]) -> list[Path] | StatsError:
    try:
        return done.result()
    except StatsError as problem:
        return problem
    except BrokenProcessPool:
        return NotebookStopped(
            "the process that made these figures died: its memory was full, somebody ended it, or a library crashed.\n"
            "  The old figures are unchanged. Run it again alone; if it dies again, give it more memory (-j 1)."
        )
    except OSError as problem:
        return NoAccess.of(problem)
    except Exception as problem:
        return NotebookStopped(f"the figures could not be made: {type(problem).__name__}: {problem}\n  {_OUR_FAULT}")


def _pool(workers: int, warm: list[str]) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=_context(warm), initializer=_begin, initargs=(dict(os.environ),))


def _context(warm: list[str]) -> BaseContext:
    """Return how processes begin: copied from one that has imported what the notebooks import, or else anew."""
    if sys.platform == "win32":
        return get_context("spawn")
    copied = get_context("forkserver")
    copied.set_forkserver_preload(["__main__", *warm])
    return copied


def _begin(variables: dict[str, str]) -> None:
    """Have a process see the variables of the command now, and end when the command has died."""
    os.environ.clear()
    os.environ.update(variables | ONE_THREAD)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
