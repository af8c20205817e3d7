"""Run one notebook through papermill with validated parameters, and move its figures into place when all went well."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

from stats import errors
from stats.errors import NoAccess, StatsError
from stats.kernels.choice import PLAIN, failed_name, kernel_for
from stats.publish.files import write
from stats.publish.folder import DRAFT, OUT, files_in, numbers_of
from stats.publish.spent import SPENT, take_spent
from stats.run.cache_keys import Key
from stats.run.without_iri import leave_out_iri

NOTHING: Mapping[str, Any] = {}


class NotebookStopped(StatsError):
    """A notebook refused or failed."""

    def __init__(self, said: str, executed: Path | None = None, exit_code: int = 1) -> None:
        self.said, self.executed, self.exit_code = said, executed, exit_code
        super().__init__(said)

    def __str__(self) -> str:
        return self.said

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.said, self.executed, self.exit_code)


@dataclass(frozen=True)
class Job:
    """One notebook to run.

    `out` is the folder the figures go to, `executed` the notebook with its outputs, `timeout` the seconds that a cell
    may take.
    """

    name: str
    notebook: Path
    parameters: dict[str, Any]
    out: Path
    executed: Path
    is_draft: bool = False
    timeout: float | None = None


class Made(NamedTuple):
    """What a run has made: its files, the seconds by phase (`stats.run.journal.PHASES`), and the peak of memory."""

    files: list[Path]
    seconds: Mapping[str, float]
    memory: Mapping[str, Any]


class Ended(NamedTuple):
    """How a job ended: with its files, the key another machine stored them by, or its error; and what it cost."""

    job: Job
    made: list[Path] | Key | StatsError
    seconds: Mapping[str, float] = NOTHING
    memory: Mapping[str, Any] = NOTHING


def run(job: Job) -> Made:
    """Run a job and return the files it wrote, with what it cost.

    The figures are made in a temporary folder and take the place of the old ones only when the notebook has run to
    its end; a failure leaves the old ones as they were.

    Raises
    ------
    NotebookStopped
        With the notebook's own words if it refused.
    """
    job.executed.parent.mkdir(parents=True, exist_ok=True)
    return in_place(job, _execute, "kernel")


def in_place(job: Job, make: Callable[[Job], float], process: str) -> Made:
    """Have the figures of a job made in a temporary folder, then put them where they belong, and tell what it cost.

    `make` returns the seconds until its first cell began; `process` says what kind of process the figures are made by.
    """
    started = time.monotonic()
    job.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=job.out.parent, prefix=f".{job.name}.{os.getpid()}.") as folder:
        made = Path(folder)
        spent = made / ".spent"
        with environment({OUT: folder, DRAFT: "1" if job.is_draft else "", SPENT: str(spent)}):
            start = make(job)
        ran = time.monotonic()
        draw, memory = take_spent(spent)
        write(made / "numbers.json", numbers_of(made))
        files = _put(made, job.out)
    seconds = {"start": start, "execute": ran - started - start - draw, "draw": draw, "save": time.monotonic() - ran}
    return Made(files, seconds, {"bytes": memory, "of": process} if memory else {})


def attempt(job: Job, work: Callable[[Job], Made]) -> Ended:
    """Do the work of a job in this process, and return how it ended; whatever it raises is an error of this job."""
    started = time.monotonic()
    problem: StatsError
    try:
        return Ended(job, *work(job))
    except StatsError as refusal:
        problem = refusal
    except OSError as refusal:
        problem = NoAccess.of(refusal)
    except Exception as fault:
        said = f"the run {job.name} failed: {type(fault).__name__}: {fault}"
        problem = NotebookStopped(f"{said}\n  This is a fault of ours. The old figures are unchanged.")
    return Ended(job, problem, {"execute": time.monotonic() - started})


def _execute(job: Job) -> float:
    """Run a job's notebook, and return the seconds until its first cell began.

    The executed notebook takes its name when the run has ended well, and another if not.
    """
    leave_out_iri()
    from nbclient.exceptions import CellTimeoutError
    from papermill import PapermillExecutionError, execute_notebook

    kernel, engine = kernel_for()
    with tempfile.TemporaryDirectory(dir=job.executed.parent, prefix=f".{job.name}.") as folder:
        running, started = Path(folder) / job.executed.name, time.time()
        try:
            with kernel_options(kernel) as options:
                executed = execute_notebook(
                    str(job.notebook), str(running), parameters=job.parameters, kernel_name=kernel, engine_name=engine,
                    cwd=str(job.notebook.parent), progress_bar=False, log_output=False,
                    execution_timeout=ceil(job.timeout) if job.timeout else None, **options,
                )  # fmt: skip
        except PapermillExecutionError as failure:
            raise _stopped(failure.ename, failure.evalue, job, _keep(running, running, failed(job.executed))) from None
        except (RuntimeError, CellTimeoutError) as failure:  # of the kernel: it died, or never answered
            made = failed(running) if failed(running).exists() else running
            raise _ended(failure, job, _keep(made, running, failed(job.executed))) from None
        _keep(running, running, job.executed)
    failed(job.executed).unlink(missing_ok=True)
    return _first_cell(executed, started) - started


def _first_cell(executed: Any, otherwise: float) -> float:
    """Return when the first cell of an executed notebook began, in seconds as `time.time` tells them."""
    told = (cell.metadata["papermill"]["start_time"] for cell in executed.cells if cell.cell_type == "code")
    begun = [datetime.fromisoformat(when).replace(tzinfo=UTC).timestamp() for when in told if when]
    return min(begun, default=otherwise)


def failed(executed: Path) -> Path:
    """Return where the notebook of a run that failed lies: never where that of a good one does."""
    return Path(failed_name(str(executed)))


def _keep(made: Path, running: Path, name: Path) -> Path:
    """Give an executed notebook its name, in the file and in what papermill wrote in it, and return it."""
    text = made.read_text("utf-8").replace(json.dumps(str(running)), json.dumps(str(name)))
    return write(name, text.encode())


def _ended(failure: Exception, job: Job, executed: Path) -> NotebookStopped:
    """Return what is told of a run whose kernel died or took too long: no cell could say why."""
    from stats.kernels.engine import why

    longer = f" ({job.timeout:g} s; give it longer with --timeout)" if job.timeout else ""
    return NotebookStopped(
        f"the notebook {job.notebook.name} did not come to its end: {why(failure)}{longer}.\n"
        f"  The notebook as far as it ran is {executed}.",
        executed,
    )


def _stopped(name: str, said: str, job: Job, executed: Path) -> NotebookStopped:
    """Return what stopped a notebook: its own refusal, one of the computer, or a fault of ours."""
    if said.startswith(f"{name}: "):
        return NotebookStopped(said, executed, _exit_code(name))
    system = re.fullmatch(r"\[Errno (\d+)\] ([^:]+)(?:: '(.*)')?", said)
    if system:
        refusal = NoAccess.of(OSError(int(system[1]), system[2], system[3]))
        return NotebookStopped(str(refusal), executed, refusal.exit_code)
    return NotebookStopped(
        f"the notebook {job.notebook.name} failed: {name}: {said}\n"
        f"  This is a fault of ours. The notebook with its outputs is {executed}.",
        executed,
    )


def _exit_code(error: str) -> int:
    """Return the exit code of the error a notebook stopped with."""
    kind = getattr(errors, error, StatsError)
    return int(kind.exit_code)


@contextmanager
def kernel_options(kernel: str = PLAIN) -> Iterator[dict[str, Any]]:
    """Give how a kernel is started: silent, and over socket files of its own, so that two never share a port.

    A forked kernel speaks over socket files by itself.
    """
    from traitlets.config import Config

    quiet = {"extra_arguments": ["--IPKernelApp.log_level=50"]}
    if os.name == "nt" or kernel != PLAIN:
        yield quiet
        return
    with tempfile.TemporaryDirectory(prefix="stats-") as sockets:
        yield {**quiet, "config": Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets}/kernel"}})}


def _put(made: Path, out: Path) -> list[Path]:
    """Move the new files over the old, and remove the figures that an earlier run made and this one did not."""
    out.mkdir(parents=True, exist_ok=True)
    earlier = files_in(out)
    names = sorted(path.name for path in made.iterdir())
    for name in names:
        shutil.move(made / name, out / name)
    files = [out / name for name in names]
    for old in earlier.difference(files):
        old.unlink(missing_ok=True)
    return files


@contextmanager
def environment(values: dict[str, str]) -> Iterator[None]:
    """Set environment variables for a while, and put back what was there."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
