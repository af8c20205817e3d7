"""Run jobs that are remembered: bring what was made before, run the rest side by side, and show how far it has come."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from stats.kernels.beginning import begin
from stats.run.execute import Job, NotebookStopped
from stats.run.pool import ONE_THREAD, Begin, Ends, run_all
from stats.run.remembered import Record, Remembered

if TYPE_CHECKING:
    from stats.run.showing import Showing

WARM = ("stats.run.papermill_imported",)
"""What a process that runs notebooks has imported before it begins."""
Runner = Callable[[list[Job], Begin], Ends]


def here(workers: int | None, *, figures_only: bool = False) -> Runner:
    """Return what runs jobs in processes of this computer, by default one a core."""
    at_once = workers or os.cpu_count() or 1
    if not figures_only:
        return partial(_run_notebooks, at_once)
    from stats.run.figures_only import make_all

    return lambda jobs, began: make_all(jobs, at_once, began=began)


def _run_notebooks(at_once: int, jobs: list[Job], began: Begin) -> Ends:
    """Run notebooks in processes that share what they import, while the parent of their kernels starts beside them."""
    for folder in {job.notebook.parent for job in jobs}:
        begin(str(folder), os.environ | ONE_THREAD)
    return run_all(jobs, at_once, warm=WARM if sys.platform.startswith("linux") else (), began=began)


def make(
    jobs: Sequence[Job], remembered: Remembered, runner: Runner, showing: Showing, *, force: bool = False,
    keep_going: bool = True,
) -> list[Record]:  # fmt: skip
    """Make what jobs ask for, and return the record of each that ended, in that order.

    Parameters
    ----------
    jobs : sequence of Job
    remembered : Remembered
    runner : callable
        Runs jobs side by side, as `stats.run.pool.run_all` does.
    showing : Showing
    force : bool
        Whether to run also what was made before.
    keep_going : bool
        Whether a failure leaves the rest to run.
    """
    records: list[Record] = []
    left = []
    with showing:
        for job in jobs:
            brought = None if force else remembered.bring(job)
            if brought is None:
                left.append(job)
            else:
                _tell(brought, showing, records)
        _run(left, remembered, runner, showing, keep_going, partial(_tell, showing=showing, records=records))
    return records


def _run(
    left: Sequence[Job], remembered: Remembered, runner: Runner, showing: Showing, keep_going: bool,
    tell: Callable[[Record], None],
) -> None:  # fmt: skip
    """Run jobs; those in hand when the command is interrupted are written down as stopped."""
    in_hand: dict[str, Job] = {}

    def began(job: Job) -> None:
        in_hand[job.name] = job
        showing.began(job.name)

    try:
        with closing(runner([remembered.begin(job) for job in left], began)) as ends:
            for ended in ends:
                in_hand.pop(ended.job.name, None)
                tell(record := remembered.ended(ended))
                if record["status"] == "failed" and not keep_going:
                    break
    except BaseException:
        for job in in_hand.values():
            remembered.stopped(job)
        raise


def _tell(record: Record, showing: Showing, records: list[Record]) -> None:
    from stats.publish.failures import in_plain_words

    records.append(record)
    why = in_plain_words(record["error"]) if record["error"] else ""
    showing.ended(record["name"], record["status"], sum(record["seconds"].values()), why)


def must_be_made(record: Record) -> None:
    """Stop with the words of a run, if it failed.

    Raises
    ------
    NotebookStopped
    """
    from stats.publish.failures import in_plain_words

    if record["status"] == "failed":
        raise NotebookStopped(in_plain_words(record["error"]), exit_code=record["error"]["code"])
