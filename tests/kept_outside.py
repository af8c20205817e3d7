"""What was really published and is not committed: the files, the claims and the articles beside the repository.

STATS_OFFICIAL names the folder of published files, the rest lies beside it; STATS_OFFICIAL_REQUIRED turns what is
missing from a skip into a failure.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from stats.home import home


def shared(name: str, environment: Mapping[str, str] = os.environ) -> Path:
    """Return a file or folder beside the published files; skip where it is missing, or fail where it is required."""
    official = Path(environment.get("STATS_OFFICIAL") or home().parent / "shared" / "official")
    path = official if name == "official" else official.parent / name
    if not path.exists():
        stop = pytest.fail if environment.get("STATS_OFFICIAL_REQUIRED") else pytest.skip
        stop(f"{name} is not at {path}; set STATS_OFFICIAL to the folder of published files")
    return path


def zoo() -> list[dict[str, str]]:
    """Return the rows of the zoo: id, claim, verdict and what else it says of each."""
    with shared("zoo.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def articles() -> dict[str, str]:
    """Return the text of each article by its number, '000' and on."""
    return {path.name[:3]: path.read_text("utf-8") for path in sorted(shared("articles").glob("*.txt"))}
