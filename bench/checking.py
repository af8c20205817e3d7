"""How fast drafts are checked: a long one in one process, and a page by the whole command, from cold.

`python bench/checking.py` runs these alone.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from processes import ROUNDS, whole
from score_sets import KINDS, sentences

from stats.claims.draft.check import check_draft
from stats.claims.facts import Facts
from stats.run.claims import facts_of

PAGES, REPORT, WORDS, QUANTITIES = 200, 100, 500, 5
WITHIN, COLD = 10.0, 1.5
"""Seconds that a report of `REPORT` pages, and a page from cold, may take."""


def speed(facts: Facts) -> None:
    """Measure both, and print what is promised beside them."""
    pages = draft(PAGES)
    print(f"Drafts made of our sentences, about {WORDS} words and {QUANTITIES} numbers a page, checked in one process:")
    for length in (REPORT, PAGES):
        at_length(pages[:length], facts)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.txt"
        page.write_text(pages[0], "utf-8")
        from_cold(page)


def at_length(pages: list[str], facts: Facts) -> None:
    """Time one draft in this process."""
    wall, processor = time.perf_counter(), time.process_time()
    found = check_draft("\n\n".join(pages), facts)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    promise = kept(wall, processor, WITHIN) if len(pages) == REPORT else ""
    print(f"    {len(pages)} pages, {len(found):,} remarks: {wall:.1f} s ({processor:.1f} s of the processor), "
          f"{len(pages) / wall:,.1f} pages a second{promise}", flush=True)  # fmt: skip


def kept(wall: float, processor: float, most: float) -> str:
    """Return whether a promise was kept; where others use the machine too, the processor's time tells it better."""
    busy = "not by the clock, and by the processor's time yes: the machine is busy"
    return f"; {most:g} s allowed: {'kept' if wall < most else busy if processor < most else 'NOT KEPT'}"


def from_cold(page: Path) -> None:
    """Time the whole command on one page, in turn with Python alone and with pandas imported."""
    ways = {
        "stats check": ("-m", "stats", "check", page),
        "python -c pass": ("-c", "pass"),
        "python -c 'import pandas'": ("-c", "import pandas"),
    }
    runs = [[whole(*words, fine=(0, 1)) for words in ways.values()] for _ in range(ROUNDS)]
    print("One page as a whole process, from cold:")
    for name, times in zip(ways, zip(*runs, strict=True), strict=True):
        (wall, processor), walls = map(statistics.median, zip(*times, strict=True)), [each[0] for each in times]
        promise = kept(wall, processor, COLD) if name == "stats check" else ""
        print(f"    {name:26} {wall:.2f} s (from {min(walls):.2f} to {max(walls):.2f} in {ROUNDS}; "
              f"{processor:.2f} s of the processor){promise}", flush=True)  # fmt: skip


def draft(pages: int, *, seed: int = 1) -> list[str]:
    """Return so many pages made of our sentences in a shuffled order: about 500 words and five quantities on each.

    Parameters
    ----------
    pages : int
    seed : int
        The same seed gives the same pages.
    """
    chance = random.Random(seed)
    each = [passage for kind in KINDS for passage in sentences(kind)]
    counted = [(passage.text, len(passage.expect) + len(passage.quantities)) for passage in each]
    numbered = _shuffled([(text, quantities) for text, quantities in counted if quantities], chance)
    prose = _shuffled([(passage.text, 0) for passage in each if passage.id.startswith("P")], chance)
    return [_page(numbered, prose, chance) for _ in range(pages)]


def _shuffled(texts: list[tuple[str, int]], chance: random.Random) -> Iterator[tuple[str, int]]:
    """Return the texts again and again, each time in another order."""
    for _ in cycle([None]):
        yield from chance.sample(texts, len(texts))


def _page(numbered: Iterator[tuple[str, int]], prose: Iterator[tuple[str, int]], chance: random.Random) -> str:
    texts, quantities = [], 0
    while quantities < QUANTITIES:
        text, holds = next(numbered)
        texts.append(text)
        quantities += holds
    while sum(len(text.split()) for text in texts) < WORDS:
        texts.append(next(prose)[0])
    chance.shuffle(texts)
    return "\n\n".join(texts)


if __name__ == "__main__":
    sys.exit(speed(facts_of()))
