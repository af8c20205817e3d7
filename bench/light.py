"""What costs next to nothing: help, a plan, and a run with nothing to do, beside `python -c pass` and other runners.

`python bench/light.py` runs these pairs alone; `SNAKEMAKE=/path/to/bin/snakemake` compares with that too (it is no
dependency: install it into an environment of its own). The figures that are up to date are one run's, copied: how they
were made makes no difference to a run that leaves them alone. That is done in a copy of the repository, whose cache
goes with it: it holds the figures of one area under the keys of all.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from processes import ROOT, Limit, program, report, repository, whole

ROUNDS = 9
MATRIX = """\
notebooks: charge_share
areas: all
offences: [stalking, harassment, stalking and harassment, 8L, 8M, 8Q]
periods: 2024/25
"""
"""A release day of one year: more than 250 runs of two figures each."""

NOTHING = ("-c", "pass")
SNAKEFILE = """\
runs = open({names!r}).read().split()
rule all:
    input: expand({folder!r} + "/{{run}}/{{name}}", run=runs, name={files!r})
rule figure:
    input: {notebook!r}
    output: [{folder!r} + "/{{run}}/" + name for name in {files!r}]
    shell: "false"
"""


def light(folder: Path, *, rounds: int = ROUNDS) -> None:
    """Run every pair."""
    repository(folder / "repository")
    before = dict(os.environ)
    os.environ["STATS_HOME"] = str(folder / "repository")
    try:
        pairs(folder, rounds)
    finally:
        os.environ.clear()
        os.environ.update(before)


def pairs(folder: Path, rounds: int) -> None:
    """Run every pair in the copy that STATS_HOME names."""
    pair("stats --help", ("-m", "stats", "--help"), Limit(4), rounds)
    pair("importing click alone", ("-c", "import click"), Limit(), rounds)
    words = up_to_date(folder)
    plan = (*words, "--plan")
    pair("stats run --plan", ("-m", "stats", *plan), Limit(), rounds)
    pair("nothing to do", ("-m", "stats", *words), Limit(3), rounds)
    long_way(words, rounds)
    for name, rival, limit in rivals(folder):
        runs = [(whole("-m", "stats", *words), program(*rival, errors=subprocess.DEVNULL)) for _ in range(rounds)]
        report(f"nothing to do: stats run / {name}", runs, limit)
    nbformat(rounds)


def pair(what: str, words: tuple[str, ...], limit: Limit, rounds: int) -> None:
    """Print the ratio of a command to `python -c pass`."""
    whole(*words)
    runs = [(whole(*words), whole(*NOTHING)) for _ in range(rounds)]
    report(f"{what} / python -c pass", runs, limit)


def up_to_date(folder: Path) -> tuple[str, ...]:
    """Make a matrix all of whose figures are there, and return the command that has nothing to do."""
    matrix, out = folder / "light.yml", folder / "figures"
    matrix.write_text(MATRIX, "utf-8")
    os.utime(matrix, (1, 1))
    words = ("run", "--matrix", str(matrix), "--out", str(out), "--figures-only")
    time.sleep(2.5)  # what was changed just now is not taken to be settled
    subprocess.run([sys.executable, __file__, "--copy", *words], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    figures = len(list(out.glob("*/*.svg")))
    print(f"\n{len(list(out.iterdir()))} runs with {figures} figures are up to date")
    return words


def copied(words: tuple[str, ...]) -> None:
    """Run a matrix with copies of the committed figures of one brief in place of papermill."""
    from stats.home import home
    from stats.run import running
    from stats.run.execute import Ended
    from stats.run.options import RunOptions
    from stats.run.remembered import Remembered

    def copies(jobs, began):
        for job in jobs:
            began(job)
            shutil.copytree(ROOT / "figures" / "lincolnshire", job.out)
            yield Ended(job, sorted(job.out.iterdir()))

    running.here = lambda workers, figures_only: copies
    options = RunOptions(home(), matrices=(Path(words[2]),), out=Path(words[4]), figures_only=True, words=words)
    with Remembered(options.root, figures_only=True) as remembered:
        raise SystemExit(running.run_matrix(options, print, remembered=remembered))


def long_way(words: tuple[str, ...], rounds: int) -> None:
    """Print what it costs to compare contents, after the date of one file has been touched."""
    times = []
    for _ in range(min(rounds, 5)):
        os.utime(words[2])
        times.append(whole("-m", "stats", *words))
    wall, cpu = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"nothing to do, one date touched, so that contents are compared: {wall:.2f} s, processor {cpu:.2f} s")
    os.utime(words[2], (1, 1))
    whole("-m", "stats", *words)


def rivals(folder: Path) -> list[tuple[str, list[str], Limit]]:
    """Return the runners that are to be had, each with a command that finds the same figures up to date."""
    out = folder / "figures"
    names = sorted(path.name for path in out.iterdir())
    files = sorted(path.name for path in (out / names[0]).iterdir())
    notebook = str(ROOT / "notebooks" / "charge_share.ipynb")
    for path in out.glob("*/*"):
        os.utime(path)
    (folder / "names.txt").write_text(" ".join(names), "utf-8")
    (folder / "Snakefile").write_text(
        SNAKEFILE.format(names=str(folder / "names.txt"), folder=str(out), files=files, notebook=notebook), "utf-8"
    )
    targets = [f"{out}/{name}/{file}" for name in names for file in files]
    (folder / "Makefile").write_text(f"all: {' '.join(targets)}\n{' '.join(targets)}: {notebook}\n\tfalse\n", "utf-8")
    subprocess.run([sys.executable, "-m", "stats", "run", "--matrix", str(folder / "light.yml"), "--out", str(out),
                    "--figures-only"],
                   check=True, stdout=subprocess.DEVNULL, cwd=ROOT)  # fmt: skip
    found = [("make (by dates alone)", ["make", "-f", str(folder / "Makefile"), "all"], Limit())]
    if os.environ.get("SNAKEMAKE"):
        snake = [os.environ["SNAKEMAKE"], "-c1", "-s", str(folder / "Snakefile"), "-d", str(folder)]
        return [("snakemake", snake, Limit(1 / 10)), *found]
    print("snakemake is not compared: set SNAKEMAKE to its command")
    return found


def nbformat(rounds: int) -> None:
    """Print what leaving one optional module out saves of each import of nbformat and of papermill."""
    for name in ("nbformat", "papermill"):
        less = f"from stats.run.without_iri import leave_out_iri; leave_out_iri(); import {name}"
        runs = [(whole("-c", less), whole("-c", f"import {name}")) for _ in range(min(rounds, 5))]
        report(f"import {name}, without rfc3987_syntax / with it", runs, Limit())


def main(work: Callable[[Path], None]) -> None:
    """Run the pairs in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        work(Path(folder).resolve())


if __name__ == "__main__":
    copied(tuple(sys.argv[2:])) if sys.argv[1:2] == ["--copy"] else main(light)
