"""The same command again with nothing to do, answered before anything is imported: no click, no pydantic, no JSON.

When a run ends with nothing to make, what it said is kept with the size, the times and the place on the disk of every
file that it rests on and of every file that it has made. If the same words are typed while all of these are as they
were, what was said then is said again. Anything else (a date touched, a file added, another Python) goes the long
way, which compares contents. Only `os` and `sys` are imported here, since importing is what would take the time.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

SCHEMA = "nothing to do, 1"
SETTLED = 2.0
"""Seconds since a file was last changed, below which its times do not tell whether it is changed again."""

END = "\n-\n"
"""Stands between what is compared, what is said, and the files."""


def nothing_to_do(words: Sequence[str], root: str) -> str | None:
    """Return what the same words said before, if nothing they rest on has changed since; else None.

    Parameters
    ----------
    words : list of str
        The command as it was typed, without the name of the program.
    root : str
        Folder of the repository.
    """
    try:
        with open(_place(words, root), encoding="utf-8") as file:
            asked, said, files = file.read().split(END)
    except (OSError, ValueError):
        return None
    return said if asked == _asked(words) and all(map(_is_as_it_was, files.split("\n"))) else None


def standing(files: Iterable[Path], root: Path) -> list[str]:
    """Return how files and their folders stand, before any of them is read; nothing if one was changed just now.

    Parameters
    ----------
    files : iterable of Path
        Every file that a run rests on; one that is added to their folders counts as a change.
    root : Path
        Of the repository.
    """
    given = [str(path) for path in files]
    lines = [_line(path) for path in (*given, *_folders(given, str(root)))]
    whole = [line for line in lines if line]
    return whole if len(whole) == len(lines) and not any(map(_is_fresh, given)) else []


def remember_nothing_to_do(
    words: Sequence[str], root: Path, said: str, *, inputs: Sequence[str], folders: Iterable[Path]
) -> None:
    """Keep what a run that has nothing to do says; quietly nothing where that would not be safe.

    Parameters
    ----------
    words : sequence of str
        As they were typed; without them nothing is kept.
    root : Path
        Of the repository.
    said : str
    inputs : sequence of str
        As `standing` gave them before the run began; without them nothing is kept.
    folders : iterable of Path
        The folders of what was made.
    """
    from pathlib import Path

    from stats.publish.files import write

    made = [str(folder) for folder in folders]
    is_there = all(map(os.path.isdir, made))
    within = [entry.path for folder in made for entry in os.scandir(folder)] if is_there else []
    lines = [*inputs, *filter(None, map(_line, [*made, *within]))]
    is_plain = not any("\n" in text for text in (*words, *lines)) and END not in said
    if words and inputs and is_there and is_plain:
        write(Path(_place(words, str(root))), END.join((_asked(words), said, "\n".join(lines))).encode())


def _folders(files: list[str], root: str) -> list[str]:
    """The folders of files and what lies between, so that one more file in them is seen."""
    found: set[str] = set()
    for folder in {os.path.dirname(path) for path in files}:
        above = folder
        found.add(folder)
        while above.startswith(f"{root}{os.sep}"):
            found.add(above)
            above = os.path.dirname(above)
    return sorted(found - {root})


def _place(words: Sequence[str], root: str) -> str:
    import zlib

    name = zlib.crc32(_asked(words).encode())
    return os.path.join(root, "build", "nothing-to-do", f"{name:08x}.txt")


def _asked(words: Sequence[str]) -> str:
    """What must be the same: the words, the folder, our code, Python, its packages, and what the environment says."""
    told = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("STATS_"))
    packages = next((path for path in sys.path if path.endswith("site-packages")), "")
    state = _line(packages) if packages else ""
    return "\n".join(
        [SCHEMA, *words, os.getcwd(), __file__, sys.version.replace("\n", " "), sys.prefix, str(state), *told]
    )


def _line(path: str) -> str | None:
    """How a file, or a folder, stands; None if it is not there."""
    try:
        of = os.stat(path)
    except OSError:
        return None
    return f"{of.st_size} {of.st_mtime_ns} {of.st_ctime_ns} {of.st_ino}\t{path}"


def _is_as_it_was(line: str) -> bool:
    return _line(line.partition("\t")[2]) == line


def _is_fresh(path: str) -> bool:
    """Whether a file was changed so lately that one more change might not show in its times."""
    import time

    of = os.stat(path)
    return max(of.st_mtime, of.st_ctime) > time.time() - SETTLED
