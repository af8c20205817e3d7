"""Saving a figure against the usual way of saving it, and figures without a kernel against notebooks.

`python bench/drawing.py` prints both; `make bench` prints them among the rest.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

from kernels import REAP_ORPHANS
from processes import ROOT, ROUNDS, Limit, report

from stats.draw.page import Drawing, styled
from stats.publish import figures
from stats.run.build import _job
from stats.run.execute import Job
from stats.run.figures_only import make_all, make_figures
from stats.run.plan import brief_paths, load_brief

BRIEFS = ("lincolnshire", "national_outcomes", "article_003", "article_004", "year_ending_march_2020", "is_it_changing")


def drawing(*, rounds: int = ROUNDS) -> None:
    """Print both ratios, ours to the rival's."""
    drawn = drawings()
    usual_way(drawn)
    runs = [(timed(lambda: saved(drawn)), timed(lambda: usual_way(drawn))) for _ in range(rounds)]
    report(
        f"{len(drawn)} figures saved as PNG and SVG: ours / tight PNG, tight SVG and a picture for the notebook",
        runs, Limit(time=1 / 1.8),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        alone = [sys.executable, __file__, folder]
        notebooks = [sys.executable, "-m", "stats", "run", "--force", "--jobs", "2", "--out", folder]
        runs = [(family(alone), family(notebooks)) for _ in range(rounds)]
    n = len(jobs(ROOT / "figures", ()))
    report(f"all {n} briefs in 2 processes: figures only / notebooks by stats run", runs, Limit(time=1 / 2))


def drawings() -> list[Drawing]:
    """Return the drawings of the briefs, as the notebooks make them."""
    found: list[Drawing] = []
    files_of = figures.files_of
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(figures, "files_of", lambda drawn, asked: (found.append(drawn), files_of(drawn, asked))[1]),
    ):
        for job in jobs(Path(folder), BRIEFS):
            make_figures(job)
    return found


def saved(drawn: list[Drawing]) -> None:
    """Save figures as the library does; what a notebook shows is the SVG that was saved."""
    for one in drawn:
        figures.as_png(one)
        figures.as_svg(one)


def usual_way(drawn: list[Drawing]) -> None:
    """Save figures as is usual, each with a tight box, and have the notebook draw them once more (the rival)."""
    from IPython.core.pylabtools import print_figure

    for one in drawn:
        with styled():
            one.figure.savefig(BytesIO(), format="png", dpi=200, bbox_inches="tight")
            one.figure.savefig(BytesIO(), format="svg", bbox_inches="tight")
            print_figure(one.figure, fmt="png", base64=True)


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Return the seconds and the processor's seconds of a piece of work."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def family(words: list[str]) -> tuple[float, float]:
    """Return the seconds of a command, and the processor's seconds of it and of every process that it began."""
    with every_descendant_is_ours():
        before, wall = os.times(), time.perf_counter()
        subprocess.run(words, check=True, capture_output=True, cwd=ROOT)
        wall = time.perf_counter() - wall
        try:
            while True:
                os.wait()
        except ChildProcessError:
            pass
        after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, used


@contextmanager
def every_descendant_is_ours() -> Iterator[None]:
    """Have orphans become our children, where the system can do that (Linux)."""
    system = ctypes.CDLL(None) if sys.platform == "linux" else None
    if system:
        system.prctl(REAP_ORPHANS, 1)
    yield
    if system:
        system.prctl(REAP_ORPHANS, 0)


def jobs(out: Path, briefs: tuple[str, ...]) -> list[Job]:
    """Return briefs (all, if none is named) as jobs that write below a folder."""
    return [_job(load_brief(path), ROOT, out) for path in brief_paths(briefs, ROOT)]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        for _, made, *_ in make_all(jobs(Path(sys.argv[1]), ()), 2):
            if not isinstance(made, list):
                raise SystemExit(str(made))
    else:
        drawing()
