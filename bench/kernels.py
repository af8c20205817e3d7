"""Forked kernels against plain ones: to ready, an empty notebook, one with only imports, nbval; and memory of 200 runs.

Both sides run in one warm process, in turn. The processor's time is that of everything that ran: a kernel's own, its
client's, and the parent's that forked it.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from processes import ROOT, ROUNDS, Limit, report

KINDS = (("stats-fork", "stats"), ("python3", "nbclient"))
PACKAGES = ("papermill", "nbclient", "jupyter_client", "ipykernel", "nbval", "numpy", "pandas", "matplotlib")
REAP_ORPHANS = 36
"""Linux, `prctl`: what a child leaves behind becomes our child, so that its time is counted."""
LIBRARIES = "import numpy, pandas, matplotlib.pyplot, scipy.stats, statsmodels.stats.proportion, pandera.pandas"
TICK = os.sysconf("SC_CLK_TCK")
Cost = tuple[float, float]


def kernels(rounds: int = ROUNDS, runs: int = 200) -> None:
    """Measure every pair, and the memory."""
    logging.disable(logging.WARNING)
    os.environ["NUMPY_OF_THIS_BENCH"] = str(os.getpid())  # a parent of our own, whose time is ours alone
    ctypes.CDLL(None).prctl(REAP_ORPHANS, 1)
    print(f"kernels: {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")
    print("    " + ", ".join(f"{name} {version(name)}" for name in PACKAGES))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        pairs("start to ready", ready, Limit(), rounds)
        asked = (
            ("an empty notebook", [""], 1 / 3),
            ("only the imports, of libraries", [LIBRARIES], 1 / 10),
            ("only the imports, of a shipped notebook", imports(), 1 / 10),
        )
        for what, cells, most in asked:
            path = written(place, cells)
            pairs(what, lambda kernel, engine, path=path: executed(path, kernel, engine), Limit(most), rounds)
        pairs("nbval, shipped notebooks", nbval, Limit(1 / 1.5), rounds)
        memory(written(place, imports()), runs)


def pairs(what: str, work: Callable[[str, str], object], limit: Limit, rounds: int) -> None:
    """Do a piece of work with both kinds, in turn, and print the ratios."""
    for kind in KINDS:
        work(*kind)
    done = [tuple(cost(lambda kind=kind: work(*kind)) for kind in KINDS) for _ in range(rounds)]
    report(f"{what}: forked / plain kernel", done, limit)  # type: ignore[arg-type] # one cost a kind


def cost(work: Callable[[], object]) -> Cost:
    """Return the seconds and the processor's seconds of a piece of work, all its processes included."""
    reap()
    before, started = spent(), time.perf_counter()
    work()
    wall = time.perf_counter() - started
    reap()
    return wall, spent() - before


def reap() -> None:
    """Take leave of what has ended of all that we started."""
    until = time.monotonic() + 2
    while time.monotonic() < until:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0 and not leaving():
                return
        except ChildProcessError:
            return
        time.sleep(0.002)


def leaving() -> bool:
    """Whether a parent of kernels that nobody holds is about to end."""
    return len(parents()) > 1


def spent() -> float:
    """Return the processor's seconds of this process, of its children that ended, and of living parents of kernels."""
    own = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in own) + sum(sum(times) for _, times in parents())


def parents() -> list[tuple[int, list[float]]]:
    """Return the parents of kernels below this process, each with its times and those of its kernels that ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text().rpartition(")")[2].split()
            is_parent = b"kernels/parent.py" in path.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if int(words[1]) == os.getpid() and is_parent:
            found.append((int(path.parent.name), [int(word) / TICK for word in words[11:15]]))
    return found


def written(folder: Path, cells: list[str]) -> Path:
    """Write a notebook of code cells."""
    from nbformat import v4, write

    path = folder / "asked.ipynb"
    write(v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells]), path)
    return path


def imports() -> list[str]:
    """Return the cell of imports of a shipped notebook."""
    cells = json.loads((ROOT / "notebooks" / "charge_share.ipynb").read_text("utf-8"))["cells"]
    return ["".join(c["source"]) for c in cells if c["cell_type"] == "code" and "import pandas" in "".join(c["source"])]


def executed(path: Path, kernel: str, engine: str) -> None:
    """Execute a notebook."""
    from papermill import execute_notebook

    execute_notebook(
        str(path), str(path.with_name("out.ipynb")), kernel_name=kernel, engine_name=engine, progress_bar=False
    )


def ready(kernel: str, _: str) -> None:
    """Start a kernel, wait for its first answer, and kill it."""
    asyncio.run(_ready(kernel))


async def _ready(kernel: str) -> None:
    from jupyter_client import AsyncKernelManager

    manager: Any = AsyncKernelManager(kernel_name=kernel)
    await manager.start_kernel(stderr=subprocess.DEVNULL)
    client = manager.client()
    client.start_channels(hb=False)
    await client._async_recv_reply(client.kernel_info(), timeout=60)
    client.stop_channels()
    await manager.shutdown_kernel(now=True)


def nbval(kernel: str, _: str) -> None:
    """Validate every shipped notebook with nbval."""
    words = ["--nbval", "--nbval-kernel-name", kernel, "-p", "no:cacheprovider", "-c", "/dev/null", "-q"]
    command = [sys.executable, "-m", "pytest", *words, *map(str, sorted((ROOT / "notebooks").glob("*.ipynb")))]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(done.stdout[-2000:])


def memory(path: Path, runs: int) -> None:
    """Print what the parent and its client hold after the first tenth of many runs, and after all."""
    held = []
    for number in range(1, runs + 1):
        executed(path, *KINDS[0])
        if number in (max(1, runs // 10), runs):
            held.append([megabytes(pid) for pid in (parents()[0][0], os.getpid())])
    for name, first, last in zip(("parent", "client"), *held, strict=True):
        print(f"memory of the {name}: {first:.0f} MB after {max(1, runs // 10)} runs, {last:.0f} MB after {runs}")


def megabytes(pid: int) -> float:
    """Return what a process holds in memory."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


if __name__ == "__main__":
    kernels(*map(int, sys.argv[1:]))
