"""Ratios measured side by side, in one run, against a named rival. `make bench` prints them; nothing here is a test.

Each pair is run in turn (ours, rival, ours, rival …), so that a machine that slows down slows both. The whole takes
an hour or more and 8 GB, most of it for the slowest rivals; `make bench FAST=1` gives those a part of their work (8 of
43 forces, 3 pairs).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from checking import speed
from cluster import cluster
from drawing import drawing
from forces import every_force
from kernels import kernels
from light import light
from numpy.typing import NDArray
from reading import reading
from scale import grouping
from statsmodels.stats.proportion import binom_test, proportion_confint

from documents import documents
from stats.estimate.exact_binomial import differ_from
from stats.estimate.funnel import funnel
from stats.estimate.outcomes_by_force import charged_by_force
from stats.estimate.proportions import proportion
from stats.read.tidy import read_tidy
from stats.registers import load
from stats.run.claims import facts_of
from stats.run.plan import load_brief, notebook_path

ROOT = Path(__file__).parents[1]
BRIEFS = ("lincolnshire", "article_003")
ROUNDS = 3


def main() -> None:
    """Run every pair and print its ratio."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        names = ", ".join(BRIEFS)
        light(out)
        print(f"{ROUNDS} rounds in turn, {os.cpu_count()} cores; briefs: {names}\n")
        pair("stats run, all changed", lambda: ours(out, "--force"), "papermill, one by one", lambda: papermill(out))
        pair("stats run, nothing changed", lambda: ours(out), "stats run, all changed", lambda: ours(out, "--force"))
        drawing()
        if "--fast" in sys.argv:
            reading(out, slow_sheets=4, rounds=ROUNDS)
            grouping(out, rounds=ROUNDS)
        else:
            reading(out)
            grouping(out)
    charged, recorded = forces()
    pair(
        f"{len(charged)} forces at once, funnel and all intervals", lambda: at_once(charged, recorded),
        "intervals and tests row by row over statsmodels", lambda: row_by_row(charged, recorded),
    )  # fmt: skip
    speed(facts_of())
    every_force(**({"areas": 8, "pairs": 3} if "--fast" in sys.argv else {}))
    kernels(runs=20 if "--fast" in sys.argv else 200)
    cluster()
    documents(8 if "--fast" in sys.argv else 43)


def pair(name: str, us: Callable[[], None], rival: str, them: Callable[[], None], *, rounds: int = ROUNDS) -> None:
    """Time two ways of doing the same, in turn, and print the median of the ratios."""
    us()
    times = [(seconds(us), seconds(them)) for _ in range(rounds)]
    ratios = [a / b for a, b in times]
    medians = [statistics.median(column) for column in zip(*times, strict=True)]
    print(f"{name} / {rival}: {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})")
    print(f"    medians {in_words(medians[0])} and {in_words(medians[1])}")


def forces() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many stalking offences of the latest year were charged so far, and recorded, in each force shown."""
    registers = load()
    table = charged_by_force(
        read_tidy("outcomes", registers), group=registers.offences.find("stalking"),
        period=registers.coverage("outcomes"), registers=registers,
    )  # fmt: skip
    shown = table.dropna(subset=["value"])
    return shown["charged_n"].to_numpy("int64"), shown["n"].to_numpy("int64")


def at_once(charged: NDArray[np.int64], recorded: NDArray[np.int64]) -> None:
    """Compute three intervals, exact tests with Holm, and the funnel with its limits, vectorised over the forces."""
    table = pd.DataFrame({"charged_n": charged, "offences_n": recorded})
    for method in ("wilson", "exact", "jeffreys"):
        proportion(table, "charged_n", "offences_n", basis="full count", as_if=True, method=method)
    differ_from(charged, recorded, basis="full count", as_if=True)
    found = funnel(charged, recorded)
    for level in (0.95, 0.998):
        found.limits(recorded, level)


def row_by_row(charged: NDArray[np.int64], recorded: NDArray[np.int64]) -> None:
    """Compute the same intervals and tests force by force.

    The rival does without the funnel, which statsmodels has not, and without Holm, whose sweep of the memory there
    would take longer than all the rest.
    """
    share = charged.sum() / recorded.sum()
    for x, n in zip(charged.tolist(), recorded.tolist(), strict=True):
        for method in ("wilson", "beta", "jeffreys"):
            proportion_confint(x, n, method=method)
        binom_test(x, n, share)


def in_words(duration: float) -> str:
    """Return seconds as they are read: 7.4 s, or 3.2 ms."""
    return f"{duration:.1f} s" if duration >= 1 else f"{duration * 1000:.1f} ms"


def ours(out: Path, *options: str) -> None:
    """Make the figures with `stats run`."""
    command([sys.executable, "-m", "stats", "run", *BRIEFS, "--out", str(out / "ours"), *options])


def papermill(out: Path) -> None:
    """Run the same notebooks with the papermill command, its parameters given as a file so that it guesses none."""
    for name in BRIEFS:
        brief = load_brief(ROOT / "notebooks" / "briefs" / f"{name}.yml")
        parameters = out / f"{name}.yml"
        parameters.write_text(yaml.safe_dump(brief.asked.as_parameters()), "utf-8")
        notebook = notebook_path(brief.notebook, ROOT)
        command(
            [sys.executable, "-m", "papermill", str(notebook), str(out / f"{name}.ipynb"), "-f", str(parameters)],
            STATS_OUT=str(out / "papermill" / name),
        )


def command(words: list[str], **environment: str) -> None:
    """Run a command and stop if it fails."""
    subprocess.run(words, check=True, capture_output=True, env={**os.environ, **environment}, cwd=ROOT)


def seconds(work: Callable[[], None]) -> float:
    """Return how long a piece of work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
