"""Ways of doing the same, each in a process of its own, in turn; what is printed are ratios, each with its spread.

The time is that of the work, without the imports before it; the memory is the peak of the whole process.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 5

MEASURE = """
import json, re, time
from pathlib import Path
{before}
wall, cpu = time.perf_counter(), time.process_time()
{work}
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024
print("measured", json.dumps([wall, cpu, peak]))
"""
"""The peak is the kernel's own of this process alone (Linux): `getrusage` would count that of its parent too."""


@dataclass(frozen=True)
class Way:
    """One way of doing something: what is imported before, and the work."""

    name: str
    before: str
    work: str


@dataclass(frozen=True)
class Limit:
    """What the ratios of ours to the rival's may be at most; None where nothing is promised.

    The processor's time counts both cores where two are used at once. It is steadier where others use the machine too.
    """

    time: float | None = None
    memory: float | None = None
    processor: float | None = None


def measured(way: Way) -> tuple[float, float, float]:
    """Return the seconds, the processor's seconds of all threads, and the peak megabytes of one run."""
    code = MEASURE.format(before=way.before, work=way.work)
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    wall, cpu, peak = json.loads(done.stdout.rpartition("measured")[2])
    return wall, cpu, peak


def whole(*words: object, fine: tuple[int, ...] = (0,)) -> tuple[float, float]:
    """Return the seconds and the processor's seconds of a whole command of Python, its start included.

    `fine` holds the exit statuses of a command that did its work: 1 may mean that it found something.
    """
    return program(sys.executable, *words, fine=fine)


def program(*words: object, fine: tuple[int, ...] = (0,), errors: int | None = None) -> tuple[float, float]:
    """Return the same of any program; `errors` is where its standard error goes."""
    started = time.perf_counter()
    process = subprocess.Popen([*map(str, words)], stdout=subprocess.DEVNULL, stderr=errors, cwd=ROOT)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in fine:
        raise SystemExit(f"{words} stopped with {process.returncode}")
    return time.perf_counter() - started, used.ru_utime + used.ru_stime


def repository(folder: Path) -> None:
    """Copy what a run needs, so that the cache and the journal of the repository itself stay as they are."""
    from stats.run.reproduce import COPIED

    for name in (*COPIED, "data/tidy"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, folder / name)


def against(what: str, ours: Way, rival: Way, limit: Limit, *, rounds: int = ROUNDS) -> None:
    """Run two ways in turn and print the ratios of ours to the rival's."""
    runs = [(measured(ours), measured(rival)) for _ in range(rounds)]
    report(f"{what}: {ours.name} / {rival.name}", runs, limit)


def report(title: str, runs: list[tuple[tuple[float, ...], tuple[float, ...]]], limit: Limit) -> bool:
    """Print the median ratios of time, of processor time and of memory, each with its lowest and highest.

    It returns whether all that is promised is kept.
    """
    print(title)
    is_kept = True
    promised = {"time": limit.time, "processor": limit.processor, "memory": limit.memory}
    for place, (name, most) in enumerate(list(promised.items())[: len(runs[0][0])]):
        ratios = [a[place] / b[place] for a, b in runs]
        medians = [statistics.median(run[side][place] for run in runs) for side in (0, 1)]
        middle, unit = statistics.median(ratios), "MB" if name == "memory" else "s"
        is_kept = is_kept and (most is None or middle <= most)
        promise = f"; at most {most:.3g}: {'kept' if middle <= most else 'NOT KEPT'}" if most else ""
        spread = f"from {min(ratios):.3g} to {max(ratios):.3g} in {len(runs)}"
        figures = " and ".join(f"{figure:,.3f}" if figure < 100 else f"{figure:,.0f}" for figure in medians)
        print(f"    {name:9} {middle:.3g} ({spread}); medians {figures} {unit}{promise}", flush=True)
    return is_kept
