"""What is recorded of a run that failed: the class of its error, what it said, and the cell that it came from."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any


def error_of(problem: BaseException, executed: Path | None = None) -> dict[str, Any]:
    """Return what is recorded of an error: its class, what it said, and the cell, from the notebook as it was left.

    A death of the kernel, or a cell that took too long, is of the class that the notebook tells: KernelDied, say.

    Examples
    --------
    >>> from stats.errors import StatsError
    >>> error_of(StatsError("no such force."))
    {'class': 'StatsError', 'said': 'StatsError: no such force.'}
    """
    said = str(problem)
    named = re.match(r"([A-Z]\w+): ", said) or re.search(r" failed(?: in cell \d+)?: (\w+): ", said)
    return {"class": named[1] if named else type(problem).__name__, "said": said,
            **(failed_cell(executed) if executed else {})}  # fmt: skip


def failed_cell(executed: Path) -> dict[str, Any]:
    """Return the class of the error of the cell of a notebook that failed, its number and first line; else nothing."""
    try:
        cells = json.loads(executed.read_bytes())["cells"]
    except (OSError, ValueError, KeyError):
        return {}
    for number, cell in enumerate((cell for cell in cells if cell["cell_type"] == "code"), 1):
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                line = "".join(cell["source"]).partition("\n")[0]
                return {"class": output["ename"], "cell": cell.get("execution_count") or number, "line": line}
    return {}
