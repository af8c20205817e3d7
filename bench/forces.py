"""One notebook over the police forces: `stats run --matrix` beside three other ways, each in turn with ours.

1. A loop over the papermill command, one notebook after another.
2. `papermill.execute_notebook` in a pool of 2 processes.
3. The limit: the same cells as plain functions in 2 warm processes (`forces_rivals.py`). It writes no notebook.

`python bench/forces.py [--areas N] [--pairs K] [--notebook NAME] [--only WAY]` runs these pairs alone: all 43
forces and 5 pairs take half an hour or more, 8 forces and 3 pairs five minutes.

No notebook that is shipped fits a model and draws two figures as well. `charge_share`, the default, is the nearest: it
estimates shares with their intervals, and draws two figures. `is_it_changing` fits trends, and draws one.

All run in a copy of the repository, so that nobody's cache is lost. Ours starts cold each time: no cache, no journal,
and no parent of kernels, for the key of its parent is this process's own, it ends with the command that held it, and
the next run waits until it has gone. The processor's time is that of all processes: those that outlive a command are
left to this process, as in `kernels.py`.
"""

from __future__ import annotations

import argparse
import ctypes
import filecmp
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import yaml
from forces_rivals import Job
from kernels import REAP_ORPHANS, spent
from phases import Took, phases, where_time_goes
from processes import ROOT, ROUNDS, Limit, report, repository

from stats.registers import load
from stats.run.axes import resolved
from stats.run.matrix import load_matrix
from stats.run.planning import plan_of

PERIODS = {"charge_share": "2024/25", "is_it_changing": "2014/15 Q1 to 2025/26 Q3"}
PACKAGES = ("papermill", "nbclient", "ipykernel", "pandas", "matplotlib")
ALL_FORCES = 43
WORKERS = 2
LONGEST_END = 30
"""Seconds that what a command leaves behind may take to end."""


@dataclass
class Place:
    """A copy of the repository, and beside it what every way makes."""

    folder: Path
    notebook: str
    jobs: list[Job] = field(default_factory=list)

    @property
    def copy(self) -> Path:
        """The copy."""
        return self.folder / "repository"

    def made(self, way: str) -> Path:
        """Return the folder for the figures of one way."""
        return self.folder / "made" / way

    def executed(self, way: str) -> Path:
        """Return the folder for its executed notebooks; ours has a place of its own."""
        return self.copy / "build" / "notebooks" / "ours" if way == "ours" else self.folder / "executed" / way


Way = Callable[[Place], Took]


def every_force(
    *, areas: int = ALL_FORCES, pairs: int = ROUNDS, notebook: str = "charge_share", only: str | None = None
) -> None:
    """Measure ours against each of the three, or one of them alone."""
    ctypes.CDLL(None).prctl(REAP_ORPHANS, 1)
    with tempfile.TemporaryDirectory(prefix="forces-") as folder:
        place = prepared(Path(folder).resolve(), notebook, areas)
        say_what_runs(place, pairs)
        with bytecode_and_a_parent_of_our_own(place):
            for name, rival, limit in RIVALS:
                if only in (None, rival.__name__):
                    against(place, name, rival, limit, pairs)


def prepared(folder: Path, notebook: str, areas: int) -> Place:
    """Copy what a run needs, and write the matrix and the jobs of it."""
    place = Place(folder, notebook)
    repository(place.copy)
    registers = load(place.copy)
    names = list(resolved("area", ["forces"], registers)[:areas])
    matrix = {"notebooks": notebook, "areas": names, "offences": "stalking", "periods": PERIODS[notebook]}
    (folder / "matrix.yml").write_text(yaml.safe_dump(matrix), "utf-8")
    wanted = plan_of([load_matrix(folder / "matrix.yml")], registers).wanted
    path = str(place.copy / "notebooks" / f"{notebook}.ipynb")
    place.jobs = [{"name": w.name, "notebook": path, "parameters": w.parameters} for w in wanted]
    return place


def say_what_runs(place: Place, pairs: int) -> None:
    """Print what is compared, where, and with which versions."""
    print(f"{place.notebook} over {len(place.jobs)} forces, {pairs} pairs, 2 notebooks side by side but in the loop")
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    print(
        f"    {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; Python {sys.version.split()[0]}, {versions}"
    )
    print("    ours is the whole command, from an empty cache and with no parent of kernels running; what the warm")
    print("    processes did before (imports, a first run of the notebook) is not counted")
    if len(place.jobs) < ALL_FORCES:
        print(f"    a quick try: what is paid once a command weighs more than over all {ALL_FORCES} forces")


@contextmanager
def bytecode_and_a_parent_of_our_own(place: Place) -> Iterator[None]:
    """Have commands find the copy, compile a module once, and share their parent of kernels with nobody else."""
    before = dict(os.environ)
    os.environ |= {"STATS_HOME": str(place.copy), "NUMPY_OF_THIS_BENCH": str(os.getpid())}
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def against(place: Place, name: str, rival: Way, limit: Limit, pairs: int) -> None:
    """Run ours and a rival in turn, print the ratios, and where the time goes if a limit is not kept."""
    one = Place(place.folder, place.notebook, place.jobs[:1])
    rival(one)  # bytecode, fonts, and files that are read for the first time
    ours(place)
    done = [(ours(place), rival(place)) for _ in range(pairs)]
    must_be_alike(place, rival.__name__)
    times = [((a.wall, a.cpu), (b.wall, b.cpu)) for a, b in done]
    if not report(f"stats run --matrix / {name}", times, limit):  # type: ignore[arg-type] # two of what may be three
        where_time_goes([a for a, _ in done], [b for _, b in done], len(place.jobs))


def ours(place: Place) -> Took:
    """Run the matrix by our command, cold."""
    shutil.rmtree(place.copy / "build", ignore_errors=True)
    words = ["run", "--matrix", place.folder / "matrix.yml", "--out", place.made("ours"), "-j", WORKERS]
    return measured(place, "ours", lambda: command("-m", "stats", *words), lanes=WORKERS)


def loop(place: Place) -> Took:
    """Run the papermill command once for each force."""

    def work() -> None:
        for job in given(place, "loop"):
            parameters = place.folder / "parameters.yml"
            parameters.write_text(yaml.safe_dump(job["parameters"]), "utf-8")
            words = [job["notebook"], job["executed"], "-f", parameters, "-k", "python3", "--no-progress-bar"]
            command("-m", "papermill", *words, STATS_OUT=job["out"])

    return measured(place, "loop", work)


def pool(place: Place) -> Took:
    """Run papermill's function in a pool of processes, as a command."""
    return measured(place, "pool", lambda: rivals(place, "pool"), lanes=WORKERS)


def warm(place: Place) -> Took:
    """Run the cells in warm processes, which measure themselves."""
    emptied(place, "warm")
    wall, cpu, cells = json.loads(rivals(place, "warm").rpartition("measured")[2])
    all_ended()
    return Took(wall, cpu, cells | {"waiting": WORKERS * wall - sum(cells.values())})


def rivals(place: Place, way: str) -> str:
    """Call a rival and return what it printed."""
    jobs = place.folder / "jobs.json"
    jobs.write_text(json.dumps(given(place, way)), "utf-8")
    return command(Path(__file__).with_name("forces_rivals.py"), way, jobs)


def given(place: Place, way: str) -> list[Job]:
    """Return the jobs, with where one way puts what it makes."""
    out, executed = place.made(way), place.executed(way)
    return [
        {**job, "out": str(out / job["name"]), "executed": str(executed / f"{job['name']}.ipynb")} for job in place.jobs
    ]


def measured(place: Place, way: str, work: Callable[[], object], *, lanes: int = 1) -> Took:
    """Return what a piece of work takes: until it ends, and for the processor until all that it started has."""
    emptied(place, way)
    all_ended()
    before, began, started = spent(), time.time(), time.perf_counter()
    work()
    wall = time.perf_counter() - started
    all_ended()
    return Took(wall, spent() - before, phases(place.executed(way), began, wall, lanes))


def emptied(place: Place, way: str) -> None:
    """Make the folders of one way anew."""
    for folder in (place.made(way), place.executed(way)):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)


def all_ended() -> None:
    """Wait until no process is left that we, or what we called, have started: only then is its time known."""
    until = time.monotonic() + LONGEST_END
    while time.monotonic() < until:
        try:
            os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        time.sleep(0.005)
    raise SystemExit("a process does not end, so that its time cannot be known")


def command(*words: object, **variables: str) -> str:
    """Call a command of this Python and return what it printed; stop if it fails."""
    line = [sys.executable, *map(str, words)]
    done = subprocess.run(
        line, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **variables}, check=False
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{line[:5]} ended with {done.returncode}:\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
    return done.stdout


def must_be_alike(place: Place, way: str) -> None:
    """Stop unless a rival has made the same figures, byte for byte: else they are not the same work."""
    for job in place.jobs:
        ours, rival = place.made("ours") / job["name"], place.made(way) / job["name"]
        names = [path.name for path in rival.iterdir()]
        if not names or filecmp.cmpfiles(ours, rival, names, shallow=False)[0] != names:
            raise SystemExit(f"{way} made other figures of {job['name']} than ours")


RIVALS: tuple[tuple[str, Way, Limit], ...] = (
    ("a loop over the papermill command", loop, Limit(1 / 5, processor=1 / 2.5)),
    ("papermill.execute_notebook in a pool of 2", pool, Limit(1 / 2)),
    ("plain functions in 2 warm processes", warm, Limit(1.3, processor=1.2)),
)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Measure one notebook over the police forces, by four ways.")
    asked.add_argument("--areas", type=int, default=ALL_FORCES, help="how many forces (default: all 43)")
    asked.add_argument("--pairs", type=int, default=ROUNDS, help="how many pairs of each (default: 5)")
    asked.add_argument("--notebook", choices=list(PERIODS), default="charge_share", help="which notebook")
    asked.add_argument("--only", choices=[way.__name__ for _, way, _ in RIVALS], help="one of the three alone")
    every_force(**vars(asked.parse_args()))
