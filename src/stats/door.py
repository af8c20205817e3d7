"""What `stats` does first: answer at once what needs no command line to be built, and open the door to the rest.

Importing click takes about three times as long as starting Python does. So two things are answered before it:
`stats --help`, from the text beside this file (a test compares it with what click prints), and a run that has nothing
to do (`stats.run.nothing_to_do`). All else, and these two wherever they are in doubt, is done by `stats.cli`.
"""

from __future__ import annotations

import os
import sys

HELP = "help.txt"
WIDTH = 80
"""Columns that the text is set for, as click sets it in a terminal of this width or more."""


def main() -> None:
    """Run the command."""
    words = sys.argv[1:]
    said = _help() if words in (["--help"], ["-h"]) else _again(words) if words[:1] == ["run"] else None
    if said is None:
        from stats.cli import main as rest

        rest()
        return
    try:
        sys.stdout.write(said)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(1)


def _help() -> str | None:
    """The help of the whole command, if it was set for a terminal as wide as this one."""
    if os.environ.get("COLUMNS") or any(name.endswith("_COMPLETE") for name in os.environ) or _columns() < WIDTH:
        return None
    try:
        with open(os.path.join(os.path.dirname(__file__), HELP), encoding="utf-8") as file:
            return file.read()
    except OSError:
        return None


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or WIDTH
    except (OSError, ValueError):
        return WIDTH


def _again(words: list[str]) -> str | None:
    """What the same words said before, if there is still nothing to do."""
    from stats.run.nothing_to_do import nothing_to_do

    root = _root()
    said = nothing_to_do(words, root) if root else None
    return None if said is None else f"{said}\n"


def _root() -> str | None:
    """The folder of the repository, as `stats.home` finds it."""
    told = os.environ.get("STATS_HOME")
    tried = [told] if told else [os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))]
    if not told:
        folder = os.getcwd()
        while folder not in tried:
            tried.append(folder)
            folder = os.path.dirname(folder)
    found = next((folder for folder in tried if os.path.isdir(os.path.join(folder, "data", "registers"))), None)
    return os.path.realpath(found) if found else None
