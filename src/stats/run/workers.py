"""The workers of a Dask cluster as a pool: a run that no worker can end is an error of its own, and a loss is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import suppress
from functools import partial
from typing import Any

from stats.errors import NoCluster
from stats.run.errands import ALIKE, Errand, run_errand
from stats.run.execute import Ended, Job, NotebookStopped

NO_WORKER = 300.0
"""Seconds that a cluster may be without any worker before the command gives up."""

LOOK = 5.0
"""Seconds between two looks at whether any worker is left."""

LOST = "the scheduler was lost."
KILLED = (
    "each worker that was given this run died: its memory was full, or a library crashed.\n"
    "  The old figures are unchanged. Look at the log of the workers, and give them more memory."
)


class Workers(Executor):
    """The workers of a cluster, as `stats.run.pool.run_in` uses a pool.

    Parameters
    ----------
    client : distributed.Client
    errand : callable
        Returns a job as it is handed to another machine.
    """

    def __init__(self, client: Any, errand: Callable[[Job], Errand]) -> None:
        self._client, self._errand = client, errand
        self._address, self._connection = client.scheduler.address, client.scheduler_comm
        self._executor = client.get_executor(pure=False)
        self._under_way: set[Future[Ended]] = set()
        self._is_over = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, call: Callable[..., Any], /, *given: Any, **_: Any) -> Future[Any]:
        """Have a worker `attempt` a job, given the job and its work; what becomes of it is always told of that job."""
        job, work = given
        ended: Future[Ended] = Future()

        def end(done: Future[Ended]) -> None:
            with suppress(InvalidStateError):  # it was given up
                try:
                    ended.set_result(_told(done, job))
                except CancelledError:
                    ended.set_exception(self._loss(LOST))
                except Exception as refusal:
                    ended.set_exception(refusal)

        errand = self._errand(job)
        try:
            asked = self._executor.submit(call, errand, partial(run_errand, work=work))
        except Exception:
            raise self._loss(LOST) from None
        self._under_way.add(ended)
        ended.add_done_callback(self._under_way.discard)
        asked.add_done_callback(end)
        return ended

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take back what no worker has begun; what is under way ends there, and is stored."""
        self._is_over.set()
        with suppress(Exception):  # nobody may be there any more
            self._executor.shutdown(wait=wait and not cancel_futures)

    def _loss(self, wrong: str) -> NoCluster:
        mend = "What was made is kept. See that scheduler and workers run, and give the same command again."
        return NoCluster(wrong, [("scheduler", self._address)], mend)

    def _watch(self) -> None:
        """Give up when nobody will answer: a scheduler that was lost, even for a moment, or long no worker at all.

        A result that was on its way when the connection broke is never told by distributed.
        """
        without, wrong = 0.0, ""
        while not wrong and not self._is_over.wait(LOOK):
            with suppress(Exception):  # of the connection, which is looked at next
                without = 0.0 if self._client.nthreads() else without + LOOK
            if without >= NO_WORKER:
                wrong = f"no worker has been there for {without:g} s."
            elif self._client.scheduler_comm is not self._connection:
                wrong = LOST
        for ended in list(self._under_way) if wrong else ():
            with suppress(InvalidStateError):
                ended.set_exception(self._loss(wrong))


def _told(done: Future[Ended], job: Job) -> Ended:
    """Return how a job ended.

    Raises
    ------
    NoCluster
        If a worker refused it, or cannot run it. That is no failure of the job, and such a worker, which is done with
        each job at once, would be given all the others.
    """
    try:
        ended = done.result()._replace(job=job)
    except CancelledError:
        raise
    except Exception as problem:
        if type(problem).__name__ == "KilledWorker":
            return Ended(job, NotebookStopped(KILLED))
        said = f"{type(problem).__name__}: {problem}"
        raise NoCluster("a worker cannot run our code.", [("run", job.name), ("it says", said)], ALIKE) from None
    if isinstance(ended.made, NoCluster):
        raise ended.made
    return ended
