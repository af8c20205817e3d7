"""The letters of every figure: those that matplotlib brings, so that no font of the machine is looked for."""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path

import matplotlib

FOLDER = Path(__file__).parent
MANAGER = "matplotlib.font_manager"


def load_own_fonts() -> None:
    """Have matplotlib load the list of its own fonts that lies here, if nobody has loaded a list before.

    By itself it lists the fonts of the machine, or reads the list that somebody made there. That takes seconds on a new
    machine, and again in each process where the home folder cannot be written. `stats.run.font_list` makes the list
    anew; for a version of matplotlib without one, matplotlib does what it always does. The figures are the same either
    way: the letters are those of its own DejaVu Sans.
    """
    if MANAGER in sys.modules or not list_of_this_version().is_file():
        return
    usual = matplotlib.get_cachedir
    matplotlib.get_cachedir = lambda: str(FOLDER)
    try:
        __import__(MANAGER)
    finally:
        matplotlib.get_cachedir = usual


def list_of_this_version() -> Path:
    """Return the file that holds, or would hold, the list of fonts that the installed matplotlib understands."""
    spec = find_spec(MANAGER)
    source = getattr(spec and spec.loader, "get_source", lambda name: None)(MANAGER)
    version = re.search(r"^    __version__ = '([\w.]+)'", source or "", re.M)
    return FOLDER / f"fontlist-v{version[1] if version else 'unknown'}.json"
