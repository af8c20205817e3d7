"""Ratios measured side by side, in one run, against a named rival. `make bench` prints them; nothing here is a test.

Each pair is run in turn (ours, rival, ours, rival …), so that a machine that slows down slows both.
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

import yaml

from stats.run.plan import load_brief, notebook_path

ROOT = Path(__file__).parents[1]
BRIEFS = ("lincolnshire", "article_003")
ROUNDS = 3


def main() -> None:
    """Run every pair and print its ratio."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        names = ", ".join(BRIEFS)
        print(f"{ROUNDS} rounds in turn, {os.cpu_count()} cores; briefs: {names}\n")
        pair("stats run, all changed", lambda: ours(out, "--force"), "papermill, one by one", lambda: papermill(out))
        pair("stats run, nothing changed", lambda: ours(out), "stats run, all changed", lambda: ours(out, "--force"))


def pair(name: str, us: Callable[[], None], rival: str, them: Callable[[], None]) -> None:
    """Time two ways of doing the same, in turn, and print the median of the ratios."""
    us()
    times = [(seconds(us), seconds(them)) for _ in range(ROUNDS)]
    ratios = [a / b for a, b in times]
    medians = [statistics.median(column) for column in zip(*times, strict=True)]
    print(f"{name} / {rival}: {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})")
    print(f"    medians {medians[0]:.1f} s and {medians[1]:.1f} s")


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
