"""What the figures of a run cost: a line a figure, in a file that the runner names and takes away."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

SPENT = "STATS_SPENT"
"""Environment variable: the file that the figures of a run tell their cost to. Without it nobody is told."""


def note_spent(seconds: float) -> None:
    """Tell the runner how long a figure took to be drawn and written, and how much memory this process has had."""
    if os.environ.get(SPENT):
        with open(os.environ[SPENT], "a", encoding="ascii") as file:
            file.write(json.dumps([seconds, peak_memory()]) + "\n")


def take_spent(told: Path) -> tuple[float, int]:
    """Return the seconds of all figures, and the most bytes that their process had; 0 where none told."""
    lines = [json.loads(line) for line in told.read_text("ascii").splitlines()] if told.exists() else []
    told.unlink(missing_ok=True)
    return sum(seconds for seconds, _ in lines), max((memory for _, memory in lines), default=0)


def peak_memory() -> int:
    """Return the most bytes of memory that this process has had; 0 where the system does not tell.

    On Linux it is read from /proc: what `getrusage` tells counts that of the process which this one was forked from.
    """
    try:
        told = re.search(rb"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_bytes())
    except OSError:
        told = None
    if told:
        return int(told[1]) * 1024
    try:
        import resource
    except ImportError:  # Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
