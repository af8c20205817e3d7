"""What is recorded of a run that failed: the class of its error, what it said, and the cell that it came from."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any


def error_of(problem: BaseException, executed: Path | None = None) -> dict[str, Any]:
    """Return what is recorded of an error: its class, what it said, and the cell, from the notebook as it was left.

    Examples
    --------
    >>> from stats.errors import StatsError
    >>> error_of(StatsError("no such force."))
    {'class': 'StatsError', 'said': 'StatsError: no such force.'}
    """
    said = str(problem)
    named = re.match(r"([A-Z]\w+): ", said) or re.search(r" failed: (\w+): ", said)
    return {"class": named[1] if named else type(problem).__name__, "said": said,
            **(failed_cell(executed) if executed else {})}  # fmt: skip


def failed_cell(executed: Path) -> dict[str, Any]:
    """Return the number and the first line of the cell of a notebook that failed; nothing if none did."""
    try:
        cells = json.loads(executed.read_bytes())["cells"]
    except (OSError, ValueError, KeyError):
        return {}
    for number, cell in enumerate((cell for cell in cells if cell["cell_type"] == "code"), 1):
        if any(output["output_type"] == "error" for output in cell["outputs"]):
            lines = "".join(cell["source"]).splitlines()
            return {"cell": cell.get("execution_count") or number, "line": lines[0] if lines else ""}
    return {}
