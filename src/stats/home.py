"""Where the repository lies, whichever folder the command is called from."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from stats.errors import UsageMistake

VARIABLE = "STATS_HOME"


def home() -> Path:
    """Return the top folder of the repository.

    The environment variable `STATS_HOME` wins; else the folder this code was installed from; else
    the nearest folder above the working one that holds `data/registers`.

    Raises
    ------
    UsageMistake
        If none of them holds `data/registers`.
    """
    told = os.environ.get(VARIABLE)
    return _home(told, "" if told else os.getcwd())


@lru_cache(maxsize=64)
def _home(told: str | None, working: str) -> Path:
    """Look once for each place that is told: a plan asks thousands of times."""
    tried = [Path(told)] if told else [Path(__file__).parents[2], Path(working), *Path(working).parents]
    for folder in tried:
        if (folder / "data" / "registers").is_dir():
            return folder.resolve()
    raise UsageMistake(
        "the data of this project cannot be found.",
        [("looked in", "\n".join(map(str, tried)))],
        f"Run the command inside a clone of the repository, or set {VARIABLE} to its folder.",
    )
