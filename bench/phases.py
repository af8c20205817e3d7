"""Where the time of many notebooks goes: by what papermill noted in each, and what its cells do."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Seconds = dict[str, float]


@dataclass(frozen=True)
class Took:
    """What one way took: seconds, the processor's seconds, and seconds of each phase by its name, all runs together."""

    wall: float
    cpu: float
    phases: Seconds


def phases(executed: Path, began: float, wall: float, lanes: int) -> Seconds:
    """Return where the time of all lanes went, by what papermill noted in the executed notebooks."""
    notebooks = [json.loads(path.read_text("utf-8")) for path in executed.glob("*.ipynb")]
    notes = [notebook["metadata"]["papermill"] for notebook in notebooks]
    first = min(datetime.fromisoformat(note["start_time"]).replace(tzinfo=UTC).timestamp() for note in notes)
    inside, cells = sum(note["duration"] for note in notes), added(map(of_cells, notebooks))
    return {
        "before the first notebook": lanes * (first - began),
        "kernels: start and end": inside - sum(cells.values()),
        **cells,
        "between notebooks, and after": lanes * (wall - first + began) - inside,
    }


def of_cells(notebook: dict[str, Any]) -> Seconds:
    """Return the seconds of a notebook's cells by kind."""
    return added(
        {kind("".join(cell["source"])): cell["metadata"]["papermill"]["duration"] or 0}
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    )


def kind(source: str) -> str:
    """Return what a cell does, so that the same cells are added up on both sides."""
    if source.startswith(("import ", "from ")):
        return "cells: imports"
    if "publish(" in source:
        return "cells: drawing, to files"
    return "cells: the registers" if "load()" in source else "cells: all others"


def added(many: Iterable[Seconds]) -> Seconds:
    """Return seconds by kind, of many runs together."""
    total: Seconds = {}
    for spent in many:
        for name, seconds in spent.items():
            total[name] = total.get(name, 0) + seconds
    return total


def where_time_goes(ours: list[Took], rival: list[Took], runs: int) -> None:
    """Print the phases of both; two processes side by side have two seconds in one."""
    print("    where the time goes, ms of a process for each run: ours, rival")
    mine, theirs = (added(took.phases for took in side) for side in (ours, rival))
    for name in dict.fromkeys([*mine, *theirs]):
        each = [1000 * side.get(name, 0) / (runs * len(ours)) for side in (mine, theirs)]
        print(f"    {name:30}{each[0]:8,.0f}{each[1]:8,.0f}")
