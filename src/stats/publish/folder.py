"""Where the figures of a run go, and the numbers that a folder of figures holds. Imports nothing heavy."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from stats.home import home
from stats.publish.files import as_json

OUT = "STATS_OUT"
"""Environment variable: the folder of the brief being run. Without it, files go to build/lab."""

DRAFT = "STATS_DRAFT"
"""Environment variable: set when the parameters are somebody's own and not those of a published brief."""


def folder_of(notebook: str) -> Path:
    """Return the folder that a running notebook writes its figures to."""
    return Path(os.environ.get(OUT) or home() / "build" / "lab" / notebook)


def is_draft() -> bool:
    """Whether what is being made is a draft."""
    return bool(os.environ.get(DRAFT))


SUFFIXES = ("svg", "png", "csv", "json")
"""How the files of a figure end."""


def figures_in(folder: Path) -> list[str]:
    """Return the names of the figures of ours in a folder, which may hold anything else too."""
    return [path.stem for path in sorted(folder.glob("*.json")) if _is_record(path)]


def files_in(folder: Path) -> set[Path]:
    """Return the files of the figures of ours in a folder, whether or not all of them are there."""
    return {folder / f"{name}.{suffix}" for name in figures_in(folder) for suffix in SUFFIXES}


def numbers_of(folder: Path) -> bytes:
    """Return `numbers.json` for a brief: every number of its figures that a document may quote."""
    records = [json.loads((folder / f"{name}.json").read_text("utf-8")) for name in figures_in(folder)]
    return as_json(
        {
            "numbers": [{**number, "figure": record["name"]} for record in records for number in record["numbers"]],
            "sources": list({s["id"]: _without_rows(s) for record in records for s in record["sources"]}.values()),
        }
    )


def _without_rows(source: dict[str, Any]) -> dict[str, Any]:
    """Return a source without the rows that one figure used of it: another figure used others."""
    return {name: value for name, value in source.items() if not name.startswith("rows_")}


def _is_record(path: Path) -> bool:
    try:
        told = json.loads(path.read_text("utf-8"))
    except ValueError:
        return False
    return isinstance(told, dict) and {"name", "notebook", "parameters", "alt"} <= set(told)
