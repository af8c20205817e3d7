"""Where the figures of a run go, and the numbers that a folder of figures holds. Imports nothing heavy."""

from __future__ import annotations

import json
import os
from pathlib import Path

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


def numbers_of(folder: Path) -> bytes:
    """Return `numbers.json` for a brief: every number of its figures that a document may quote."""
    paths = [path for path in sorted(folder.glob("*.json")) if path.name != "numbers.json"]
    records = [json.loads(path.read_text("utf-8")) for path in paths]
    return as_json(
        {
            "numbers": [{**number, "figure": record["name"]} for record in records for number in record["numbers"]],
            "sources": list({source["id"]: source for record in records for source in record["sources"]}.values()),
        }
    )
