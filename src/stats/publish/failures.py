"""What became of many runs: how many were done, which failed and why, and how to run one again. As text."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stats.errors import counted
from stats.publish.visible import visible, visible_lines

STATUSES = {
    "done": "made now",
    "cached": "made before, and as they were",
    "failed": "stopped by an error; nothing of theirs was replaced",
    "impossible": "cannot be computed from what is to hand",
    "stopped": "not begun, or ended with the whole",
}
WIDTH = 100
SHORTEST = 8
"""Letters of a key that are shown, or as many more as it takes to tell it from all others."""


@dataclass(frozen=True)
class Failure:
    """One run that failed, or could not be computed.

    `error` holds class, said, cell and line; `again` is the shortest beginning of its key that is its own.
    """

    name: str
    notebook: str
    parameters: Mapping[str, Any]
    error: Mapping[str, Any]
    again: str = ""
    executed: str = ""

    @property
    def reason(self) -> str:
        """Why it failed, in plain words."""
        return in_plain_words(self.error)

    @property
    def cell(self) -> str:
        """The cell that failed: its number and first line."""
        return f"{self.error['cell']}: {self.error.get('line', '')}".rstrip(": ") if self.error.get("cell") else ""

    @property
    def command(self) -> str:
        """What is typed to run it again."""
        return f"stats again {shlex.quote(self.again)}" if self.again else ""

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What there is to say of it, each with its label; what says nothing is left out."""
        given = "\n".join(f"{name} = {value}" for name, value in self.parameters.items())
        told = [
            ("Notebook", self.notebook), ("Parameters", given), ("Cell", self.cell), ("Reason", self.reason),
            ("Run it again", self.command), ("Half-run notebook", self.executed),
        ]  # fmt: skip
        return [(label, words) for label, words in told if words]


@dataclass(frozen=True)
class Summary:
    """What became of the runs of one command."""

    counts: Mapping[str, int]
    failed: tuple[Failure, ...]
    impossible: tuple[Failure, ...] = ()
    seconds: float = 0.0

    @property
    def sentence(self) -> str:
        """How many there were, and how they ended."""
        each = ", ".join(f"{self.counts[name]:,} {name}" for name in STATUSES if self.counts.get(name))
        total = counted(sum(self.counts.values()), "run")
        return f"{total}{f': {each}' if each else ''}, in {in_time(self.seconds)}"


def in_plain_words(error: Mapping[str, Any]) -> str:
    """Return why a run failed: an error's own words if it speaks to people, or with its class before them.

    Examples
    --------
    >>> in_plain_words({"class": "ZeroDivisionError", "said": "division by zero"})
    'ZeroDivisionError: division by zero'
    """
    said, name = str(error.get("said", "")).strip(), str(error.get("class", ""))
    if "\n" in said or not name or said.startswith(f"{name}:"):
        return said or "nothing is known of why"
    return f"{name}: {said}" if said else name


def in_time(seconds: float) -> str:
    """Return seconds as they are read.

    Examples
    --------
    >>> in_time(0.4), in_time(7.26), in_time(75), in_time(600), in_time(7_500)
    ('0.4 s', '7.3 s', '1 min 15 s', '10 min', '2 h 5 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def failures_text(summary: Summary) -> str:
    """Return the summary and each failure as text, without control characters."""
    lines = [summary.sentence]
    for title, runs in (("FAILED", summary.failed), ("CANNOT BE COMPUTED", summary.impossible)):
        if runs:
            lines += ["", f"{title} ({len(runs):,})"]
            for run in runs:
                lines += ["", visible(run.name), *_rows(run)]
    return "\n".join(lines) + "\n"


def _rows(run: Failure) -> Iterator[str]:
    for label, words in run.rows:
        lead = f"  {label.lower() + ':':<19}"
        for line in visible_lines(words).split("\n"):
            if label in ("Run it again", "Half-run notebook"):  # is copied as it stands
                yield lead + line
            else:
                blank = line[: len(line) - len(line.lstrip())]
                yield from textwrap.wrap(
                    line.lstrip(), WIDTH, initial_indent=lead + blank, subsequent_indent=" " * 21 + blank,
                    break_long_words=False, break_on_hyphens=False,
                ) or [lead.rstrip()]  # fmt: skip
            lead = " " * 21


def shortest(keys: Iterable[str]) -> dict[str, str]:
    """Return for each key the shortest beginning, of eight letters or more, that no other has.

    Examples
    --------
    >>> shortest(["3fa9c01d77", "b2", "3fa9c01d99"])
    {'3fa9c01d77': '3fa9c01d7', '3fa9c01d99': '3fa9c01d9', 'b2': 'b2'}
    """
    ordered = sorted(set(keys))
    beside = zip(["", *ordered], ordered, [*ordered[1:], ""], strict=False)
    return {key: key[: max(SHORTEST, _alike(before, key) + 1, _alike(key, after) + 1)] for before, key, after in beside}


def _alike(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
