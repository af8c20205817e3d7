"""Many runs side by side, in processes that stay warm; one that dies takes only its own run with it."""

from __future__ import annotations

import glob
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from multiprocessing.context import BaseContext
from typing import Any

from stats.run.execute import Ended, Job, Made, NotebookStopped, attempt, environment, run

Work = Callable[[Job], Made]
Begin = Callable[[Job], None]
Ends = Generator[Ended, None, None]

CAN_HOLD_BACK = hasattr(signal, "pthread_sigmask")
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""Several processes of several threads would be in each other's way; and no number may hang on how many there are."""

DIED = (
    "the process of this run died: its memory was full, somebody ended it, or a library crashed.\n"
    "  The old figures are unchanged. Run it again alone; if it dies again, give it more memory (-j 1)."
)


def leave_unsaid(_: Job) -> None:
    """Say nothing of a job that begins."""


def run_all(
    jobs: Sequence[Job], workers: int, *, work: Work = run, warm: Sequence[str] = (), began: Begin = leave_unsaid
) -> Ends:
    """Run jobs side by side and yield how each ended, as it ends; who stops listening leaves what has not begun.

    Parameters
    ----------
    jobs : sequence of Job
    workers : int
        How many processes to use at most.
    work : callable
        What is done with a job.
    warm : sequence of str
        The modules that a process has imported before it begins.
    began : callable
        Told of each job as it begins.
    """
    left = list(reversed(jobs))
    while left:
        in_hand: list[Job] = []
        at_once = max(1, min(workers, len(left)))
        with processes(at_once, warm) as pool:
            yield from run_in(pool, left, at_once, work, began, in_hand)
        for suspect in in_hand:
            clear_away(suspect)
            yield _alone(suspect, warm, work)


def run_in(pool: Executor, left: list[Job], at_once: int, work: Work, began: Begin, in_hand: list[Job]) -> Ends:
    """Take jobs from the end of `left` until none is left or a process has died; what it had in hand is then named.

    Parameters
    ----------
    pool : Executor
        Of any kind: processes here, or workers on other machines.
    left : list of Job
    at_once : int
        How many jobs the pool works on side by side. It is given one more, so that no process waits for us.
    work, began : callable
        As in `run_all`.
    in_hand : list of Job
        Filled with the jobs that were in hand when a process died; they have not ended.
    """
    running: dict[Future[Ended], Job] = {}
    untold: dict[str, Job] = {}
    try:
        while left or running:
            while left and len(running) <= at_once:
                with environment(ONE_THREAD):
                    running[pool.submit(attempt, left[-1], work)] = left[-1]
                job = left.pop()
                untold[job.name] = job
            _tell(islice(running.values(), at_once), untold, began)
            wait(running, return_when=FIRST_COMPLETED)
            for done in [future for future in running if future.done()]:
                ended = done.result()
                _tell([running.pop(done)], untold, began)
                yield ended
    except BrokenProcessPool:
        in_hand += running.values() or [left.pop()]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _tell(jobs: Iterable[Job], untold: dict[str, Job], began: Begin) -> None:
    for job in jobs:
        if untold.pop(job.name, None):
            began(job)


def _alone(job: Job, warm: Sequence[str], work: Work) -> Ended:
    """Run a job in a process of its own: either it, or a neighbour that ran at the same time, ended a process."""
    with processes(1, warm) as pool, environment(ONE_THREAD):
        done = pool.submit(attempt, job, work)
        died = isinstance(done.exception(), BrokenProcessPool)
    clear_away(job)
    return Ended(job, NotebookStopped(DIED)) if died else done.result()


class _Processes(ProcessPoolExecutor):
    """Processes that Ctrl-C reaches only while they do a job: else each would print where it was, and not only we."""

    def submit(self, call: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """Begin processes where they are needed, and none by half; Ctrl-C is heard when they have begun."""
        with _unstopped():
            return super().submit(_stoppable, call, *given, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for what is under way, always: it would else go on writing where the command has cleared away."""
        super().shutdown(wait=True, cancel_futures=cancel_futures)


@contextmanager
def _unstopped() -> Iterator[None]:
    """Hold Ctrl-C back until the end; processes that begin meanwhile do not hear it.

    Another thread may hear it in our place, so that it must not interrupt us either.
    """
    if not CAN_HOLD_BACK or threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    handler, mask = signal.getsignal(signal.SIGINT), signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    if callable(handler):
        signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if callable(handler):
            signal.signal(signal.SIGINT, handler)
        if heard:
            signal.raise_signal(signal.SIGINT)


def _stoppable(call: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
    """Do a job in one of the processes, which Ctrl-C ends."""
    try:
        if CAN_HOLD_BACK:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        return call(*given, **named)
    finally:
        if CAN_HOLD_BACK:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def processes(workers: int, warm: Sequence[str]) -> ProcessPoolExecutor:
    """Return processes that see the variables of this one, and end when it dies."""
    return _Processes(workers, mp_context=_context(warm), initializer=_begin, initargs=(dict(os.environ),))


def _context(warm: Sequence[str]) -> BaseContext:
    """Return how processes begin: anew, or copied from one that has imported what they need."""
    if sys.platform == "win32" or not warm:
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


def clear_away(job: Job) -> None:
    """Remove the temporary folders of a job whose processes have died; those of a process that lives are its own."""
    for folder in job.out.parent.glob(f".{glob.escape(job.name)}.*.*"):
        pid = folder.name.split(".")[-2]
        if pid.isdecimal() and not _lives(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    if os.name == "nt":
        return True  # to ask is to end it there
    try:
        os.kill(pid, 0)
    except OSError as problem:
        return not isinstance(problem, ProcessLookupError)
    return True
