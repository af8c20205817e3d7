"""The version of the data: what a release does to a series that somebody quotes, as three numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from stats.registers import Registers, Source
from stats.registers.breaks import Break
from stats.run.release_diff import Diff

LOG = "CHANGELOG.md"

FIRST = (1, 0, 0)
"""The version of the data before any release was added."""

_VERSION = re.compile(r"\bData (\d+)\.(\d+)\.(\d+)\b")

Version = tuple[int, int, int]


def current(root: Path) -> Version:
    """Return the highest version of the data that the changelog names."""
    path = root / LOG
    text = path.read_text("utf-8") if path.is_file() else ""
    found: Iterable[Version] = ((int(a), int(b), int(c)) for a, b, c in _VERSION.findall(text))
    return max(found, default=FIRST)


def proposed(before: Version, source: Source, in_use: Source, diff: Diff | None, registers: Registers) -> str:
    """Return the version of the data with a release, and why.

    The first number rises when something that could be quoted is gone or means something else: a row was dropped, or a
    registered break lies in the periods that are new. The second rises with new periods, the third with revisions
    alone, and with a release that figures do not rest on. Nothing rises when no row differs.

    Parameters
    ----------
    before : tuple of int
        As `current` returns it.
    source, in_use : Source
        The release, and the one that estimates are made from.
    diff : Diff, optional
        What it says beside the release before; None if that speaks of other periods.
    registers : Registers
    """
    major, minor, patch = before
    if source.id != in_use.id:
        rises, why = 3, "no figure rests on this release"
    elif diff is None:
        rises, why = 2, "periods that were not here before"
    else:
        rises, why = _of(diff, registers)
    version = {1: (major + 1, 0, 0), 2: (major, minor + 1, 0), 3: (major, minor, patch + 1)}.get(rises, before)
    return f"Data {'.'.join(map(str, version))} ({why})"


def _of(diff: Diff, registers: Registers) -> tuple[int, str]:
    """Which of the three numbers rises, and why; 0 if none does."""
    if len(diff.of("dropped")):
        return 1, "something was dropped"
    broken = _breaks_in_what_is_new(diff, registers)
    if broken:
        return 1, f"a series means something else from {', '.join(b.when for b in broken)}"
    if len(diff.of("new")):
        return 2, "new periods"
    return (3, "revisions only") if len(diff.of("revised")) else (0, "as before: no row differs")


def _breaks_in_what_is_new(diff: Diff, registers: Registers) -> list[Break]:
    """The registered breaks, no mere notices, whose date lies in periods that the release before did not hold."""
    new, dataset = diff.of("new"), diff.later.dataset
    if new.empty or "period_start" not in new:
        return []
    codes = new["offence_code"].unique()
    first, last = (day.date() for day in (new["period_start"].min(), new["period_end"].max()))
    return [b for b in registers.breaks_in(dataset, codes=codes) if b.kind == "break" and first <= b.date <= last]
