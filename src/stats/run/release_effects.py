"""Which figures a release changes, and in which words: the briefs run again beside what is committed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from stats.errors import StatsError, counted
from stats.home import VARIABLE
from stats.registers import Registers, Source
from stats.run.execute import environment as with_environment
from stats.run.plan import Brief, brief_paths, job_of, load_brief
from stats.run.pool import run_all

WORDS = ("title", "subtitle", "notes", "alt", "description", "source_line")
"""The words of a figure that a reader meets."""

Was = tuple[str, str, str]
"""A name, what it said and what it says now."""


@dataclass(frozen=True)
class Effect:
    """What becomes of one figure: its numbers and words that differ, or why it cannot be made."""

    figure: str
    numbers: list[Was] = field(default_factory=list)
    words: list[Was] = field(default_factory=list)
    rows: list[Was] = field(default_factory=list)
    claims: tuple[str, ...] = ()
    stopped: str = ""

    @property
    def kind(self) -> str:
        """What changes, in a few words."""
        if self.stopped:
            return "cannot be made"
        if self.numbers:
            return "numbers change"
        if [name for name, _, _ in self.words if name != "source_line"]:
            return "words change"
        return "names the new release only" if self.words or self.rows else "unchanged"


def figures_again(dataset: str, root: Path, out: Path, workers: int) -> list[Effect]:
    """Run every brief that reads a dataset into a folder of its own, and return what differs from what is committed.

    Parameters
    ----------
    dataset : str
    root : Path
        The repository; its committed figures are read and never written.
    out : Path
        Where the figures are made.
    workers : int
        How many notebooks run side by side.
    """
    with with_environment({VARIABLE: str(root)}):
        briefs, effects = _readers(dataset, root)
        jobs = [job_of(brief, root, out, out.parent / "notebooks") for brief in briefs]
        for job, made, *_ in run_all(jobs, workers) if jobs else ():
            if isinstance(made, StatsError):
                effects.append(Effect(job.name, stopped=str(made)))
            else:
                effects += compared(root / "figures" / job.name, job.out)
    return sorted(effects, key=lambda effect: effect.figure)


def compared(committed: Path, made: Path) -> list[Effect]:
    """Return what differs between two folders of one brief, figure by figure."""
    names = {path.stem for folder in (committed, made) for path in folder.glob("*.svg")}
    return [_effect(f"{made.name}/{name}", *(_record(at / f"{name}.json") for at in (committed, made)))
            for name in sorted(names)]  # fmt: skip


def without(source: Source, registers: Registers) -> Registers:
    """Return the registers as they were before a source was added."""
    return replace(registers, sources={name: s for name, s in registers.sources.items() if name != source.id})


def _readers(dataset: str, root: Path) -> tuple[list[Brief], list[Effect]]:
    """Every brief that reads a dataset; one that is no longer possible is an effect."""
    briefs, stopped = [], []
    for path in brief_paths((), root):
        try:
            brief = load_brief(path)
            if dataset in brief.asked.reads:
                briefs.append(brief)
        except StatsError as problem:
            stopped.append(Effect(path.stem, stopped=str(problem)))
    return briefs, stopped


def _record(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def _effect(figure: str, was: dict[str, Any], now: dict[str, Any]) -> Effect:
    numbers = _changed(*({n["id"]: n["text"] for n in record.get("numbers", ())} for record in (was, now)))
    words = _changed(*({name: _text(record.get(name, "")) for name in WORDS} for record in (was, now)))
    rows = _changed(*({s["id"]: counted(s["rows_used"], "row") for s in record.get("sources", ()) if "rows_used" in s}
                      for record in (was, now)))  # fmt: skip
    return Effect(figure, numbers, words, rows, tuple(now.get("claims", ())))


def _text(words: str | list[str]) -> str:
    return words if isinstance(words, str) else " ".join(words)


def _changed(was: dict[str, str], now: dict[str, str]) -> list[Was]:
    names: Iterable[str] = {**was, **now}
    return [(n, was.get(n) or "nothing", now.get(n) or "nothing") for n in names if was.get(n) != now.get(n)]
