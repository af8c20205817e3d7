"""The committed figures of a pack, drawn again: a digit that was typed over in one of its files alone is found so."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from stats.errors import NotReproduced, StatsError
from stats.publish.folder import SUFFIXES
from stats.run.documents import Ready
from stats.run.figures_only import make_all
from stats.run.plan import brief_paths, job_of, load_brief
from stats.run.reproduce_first import first_difference

Drawn = dict[str, dict[str, bytes]]
"""The files of briefs as their notebooks make them now: by the name of the brief, and by their own."""


def must_be_as_drawn(ready: Ready, figures: Iterable[str], root: Path, drawn: Drawn, workers: int | None) -> None:
    """Stop if a file of a committed figure is not what its notebook draws from the parameters of its brief.

    Figures that were made for a document alone are new each time something about them changed: they are left out.

    Parameters
    ----------
    ready : Ready
    figures : iterable of str
        'brief/figure', as the document calls them.
    root : Path
    drawn : dict
        What was drawn before, which is added to.
    workers : int, optional

    Raises
    ------
    NotReproduced
        Naming each file, and the first thing that differs in it.
    """
    wanted = [figure.partition("/") for figure in figures]
    committed = {folder.label: folder.path for folder in ready.folders if folder.path.parent == root / "figures"}
    briefs = {label for label, _, _ in wanted if label in committed}
    _draw(sorted(briefs - set(drawn)), root, drawn, workers or os.cpu_count() or 1)
    unlike = []
    for label, _, figure in wanted:
        for name in [f"{figure}.{suffix}" for suffix in SUFFIXES] if label in committed else ():
            old, new = (committed[label] / name).read_bytes(), drawn[label].get(name, b"")
            unlike += [(f"{label}/{name}", first_difference(Path(name).suffix, old, new))] if old != new else []
    if unlike:
        raise NotReproduced(
            "a figure is not what its notebook draws.", unlike,
            "Make it again (make figures), look at it, and make the document again.",
        )  # fmt: skip


def _draw(briefs: Iterable[str], root: Path, drawn: Drawn, workers: int) -> None:
    """Draw the figures of briefs, as `stats run --figures-only` does, in a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="plain-figures-") as folder:
        place, jobs = Path(folder).resolve(), []
        for brief in map(load_brief, [path for name in briefs for path in brief_paths((name,), root)]):
            jobs.append(job_of(brief, root, place, place))
        for job, made, *_ in make_all(jobs, workers) if jobs else ():
            if isinstance(made, StatsError):
                raise made
            drawn[job.name] = {path.name: path.read_bytes() for path in job.out.iterdir()}
