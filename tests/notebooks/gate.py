"""What a committed notebook must hold, beyond what nbval compares: nbval passes a notebook with nothing in it."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

LARGEST = 600_000
"""Bytes a committed notebook may have."""


def problems(path: Path) -> list[str]:
    """Return what is wrong with a committed notebook, cell by cell."""
    notebook = json.loads(path.read_text("utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    wrong = [f"{path.stat().st_size} bytes"] if path.stat().st_size > LARGEST else []
    if [cell["execution_count"] for cell in code] != list(range(1, len(code) + 1)):
        wrong.append("cells were not run once, from the first to the last")
    for number, cell in enumerate(code):
        wrong += [f"cell {number}: {what}" for what in _of_cell(cell)]
    if not any(output for cell in code for output in pictures(cell)):
        wrong.append("no picture is stored")
    return wrong


def pictures(cell: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the outputs of a cell that hold a picture."""
    return [o for o in cell["outputs"] if any(kind.startswith("image/") for kind in o.get("data", ()))]


def _of_cell(cell: dict[str, Any]) -> list[str]:
    source = "".join(cell["source"])
    wrong = []
    shows_something = isinstance(ast.parse(source).body[-1], ast.Expr)
    if shows_something and not cell["outputs"]:
        wrong.append("stores no output, so nothing is compared")
    if any(output["output_type"] == "error" for output in cell["outputs"]):
        wrong.append("stores an error")
    if any(tag.lower().startswith("nbval") for tag in cell["metadata"].get("tags", ())) or "NBVAL" in source:
        wrong.append("is excused from comparison")
    if any("...</td>" in "".join(output.get("data", {}).get("text/html", "")) for output in cell["outputs"]):
        wrong.append("stores a table whose words are cut off")
    for output in pictures(cell):
        if set(output["data"]) != {"image/svg+xml", "text/plain"}:
            wrong.append("stores a picture that nbval does not compare")
        if not output["metadata"].get("image/svg+xml", {}).get("alt"):
            wrong.append("stores a picture without alternative text")
    return wrong
