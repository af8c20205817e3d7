"""What documents cost: a briefing in every format, and the page of each police force, with where the time goes.

`python bench/documents.py [AREAS]` prints both; `make bench` prints them among the rest. No rival is at hand that makes
such documents, so these are seconds, and the share of each step.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree

from processes import ROOT, whole

from stats.home import VARIABLE
from stats.publish.documents import FORMATS
from stats.publish.documents.template import load_template, template_path
from stats.run.claims import facts_of
from stats.run.documents import asked_for, each_of, figures_of, filled, make_figures_of, own_figures, written
from stats.run.execute import environment
from stats.run.reproduce import COPIED
from stats.run.showing import Lines

MOST = 10.0
"""Seconds that a briefing in all formats may take."""


def documents(areas: int = 43) -> None:
    """Print what a briefing costs, then what the pages of forces cost."""
    seconds = [whole("-m", "stats", "document", "briefing") for _ in range(3)]
    wall, cpu = (sorted(column)[1] for column in zip(*seconds, strict=True))
    said = "kept" if wall <= MOST else "NOT KEPT"
    print(f"a briefing in {len(FORMATS)} formats: {wall:.1f} s, processor {cpu:.1f} s; at most {MOST:g} s: {said}")
    with tempfile.TemporaryDirectory() as folder, repository(Path(folder)) as root:
        pages(root, areas)


@contextmanager
def repository(folder: Path) -> Iterator[Path]:
    """Give a copy of the repository without anything that was built, for as long as it is needed."""
    for name in (*COPIED, "data/tidy", "figures"):
        source, to = ROOT / name, folder / name
        if source.is_dir():
            copytree(source, to)
        else:
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(source.read_bytes())
    with environment({VARIABLE: str(folder)}):
        yield folder


def pages(root: Path, areas: int) -> None:
    """Make the pages of so many forces from nothing, and print the seconds of a page and of each step."""
    spent: Counter[str] = Counter()
    started = time.perf_counter()
    facts = facts_of(root)
    template = load_template(template_path("force", root))
    asked = [asked_for(template, one, facts.registers) for one in each_of({"area": "forces"}, facts.registers)[:areas]]
    spent["registers and tables"] = time.perf_counter() - started
    with step(spent, f"figures ({len(own_figures(template))} notebooks a page, {os.cpu_count()} processes)"):
        make_figures_of(asked, root, None, lambda total: Lines(total, lambda _: None))
    for named, given in asked:
        with step(spent, "filling in"):
            document = filled(named, facts, figures_of(named, root), given)
        for suffix in FORMATS:
            with step(spent, suffix):
                written(document, suffix)
    total = sum(spent.values())
    print(f"{len(asked)} pages of forces in {len(FORMATS)} formats: {total:.0f} s, {total / len(asked):.2f} s a page")
    for name, took in spent.most_common():
        print(f"    {took / len(asked):6.3f} s a page  {took / total:4.0%}  {name}")


@contextmanager
def step(spent: Counter[str], name: str) -> Iterator[None]:
    """Add the seconds of a step to what was spent."""
    started = time.perf_counter()
    yield
    spent[name] += time.perf_counter() - started


if __name__ == "__main__":
    documents(*map(int, sys.argv[1:]))
