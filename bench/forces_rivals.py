"""The rivals of `forces.py`: the same notebook over the same forces, as somebody would do it without our runner.

`python forces_rivals.py pool JOBS` runs it by `papermill.execute_notebook` in a pool of 2 processes; the whole command
is measured. `python forces_rivals.py warm JOBS` runs the code cells as they stand, without papermill and without a
kernel, in 2 processes that have run the notebook once before: all is imported, the registers and fonts are loaded. It
measures itself, from the first cell to the last. JOBS is a file of what `forces.py` wants run.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from threading import BrokenBarrierError
from typing import Any

from phases import Seconds, added, kind

WORKERS = 2
Job = dict[str, Any]


def pool(jobs: list[Job]) -> None:
    """Run every job by papermill in a pool of processes."""
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as processes:
        list(processes.map(by_papermill, jobs))


def by_papermill(job: Job) -> None:
    """Run a job by papermill's own engine, in a plain kernel; over socket files, so that two never share a port."""
    from papermill import execute_notebook
    from traitlets.config import Config

    os.environ["STATS_OUT"] = job["out"]
    with tempfile.TemporaryDirectory() as sockets:
        execute_notebook(
            job["notebook"], job["executed"], parameters=job["parameters"], kernel_name="python3",
            engine_name="nbclient", progress_bar=False,
            config=Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets}/kernel"}}),
        )  # fmt: skip


def warm(jobs: list[Job]) -> None:
    """Run the cells of every job in warm processes, and print what it took."""
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"}
    context = get_context("spawn")
    ready = context.Barrier(WORKERS + 1)
    with context.Pool(WORKERS, warm_up, (jobs[0], ready)) as processes:
        ready.wait(300)
        wall, cpu = time.perf_counter(), time.process_time()
        done = list(processes.imap_unordered(as_functions, jobs))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print("measured", json.dumps([wall, cpu + sum(used for used, _ in done), added(cells for _, cells in done)]))


def warm_up(job: Job, ready: Any) -> None:
    """Run a job once for nothing, and wait until every process has."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            as_functions({**job, "out": folder})
            ready.wait(300)
        except BaseException:
            ready.abort()
            raise


def as_functions(job: Job) -> tuple[float, Seconds]:
    """Run the code cells of a job in names of their own, and return the processor's seconds, and seconds by kind."""
    os.environ["STATS_OUT"] = job["out"]
    spent: Seconds = {}
    names: dict[str, Any] = {"__name__": "__main__"}
    started = time.process_time()
    for cell in json.loads(Path(job["notebook"]).read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            source, began = "".join(cell["source"]), time.perf_counter()
            exec(compile(source, job["notebook"], "exec", dont_inherit=True), names)
            if "parameters" in cell["metadata"].get("tags", ()):
                names |= job["parameters"]
            spent[kind(source)] = spent.get(kind(source), 0) + time.perf_counter() - began
    return time.process_time() - started, spent


RIVALS: dict[str, Callable[[list[Job]], None]] = {"pool": pool, "warm": warm}

if __name__ == "__main__":
    try:
        RIVALS[sys.argv[1]](json.loads(Path(sys.argv[2]).read_text("utf-8")))
    except BrokenBarrierError:
        raise SystemExit("a process could not run the notebook") from None
