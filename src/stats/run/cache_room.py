"""The room that the cache takes: what was used longest ago goes first, and nothing goes while it is read.

Who reads an entry first puts a mark beside the entries. Who removes one first renames it away, then looks for marks,
and puts it back if there is one. Whichever comes first, the reader has a whole entry or none; no lock is needed, which
a network file system may not have.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from stats.run.cache_entries import TOLD

NEW, READING = ".new", ".reading"
LEFT = 3_600
"""Seconds after which what lies in `.new` was left by a process that was killed."""

STALE = 86_400
"""Seconds after which a mark was left by a reader that was killed."""


def fresh_name(folder: Path) -> Path:
    """Return a name in `.new` that nobody else has."""
    (folder / NEW).mkdir(parents=True, exist_ok=True)
    return folder / NEW / os.urandom(8).hex()


def mark(folder: Path, compute: str) -> Path:
    """Mark an entry as being read, and return the mark; unlink it when done."""
    path = folder / READING / f"{compute}.{os.urandom(6).hex()}"
    try:
        path.touch()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return path


def remove(folder: Path, entry: Path, *, even_if_read: bool = False) -> bool:
    """Remove an entry at once, unless it is being read; return whether it is gone."""
    aside = fresh_name(folder)
    try:
        os.utime(entry)  # as young as it can be, so that nobody sweeps it away before it is put back
        os.rename(entry, aside)
    except FileNotFoundError:
        return True
    if not even_if_read and entry.name in _being_read(folder):
        try:
            os.rename(aside, entry)
        except OSError:
            clear(aside)  # another process stored the same in the meantime
        return False
    clear(aside)
    return True


def make_room(folder: Path, most: int) -> list[str]:
    """Remove the entries used longest ago until the rest take at most so many bytes; return which went."""
    found = sorted((*_use_of(entry), entry) for entry in _entries(folder))
    total, gone = sum(size for _, size, _ in found), []
    for _, size, entry in found:
        if total <= most:
            break
        if remove(folder, entry):
            total -= size
            gone.append(entry.name)
    return gone


def sweep(folder: Path, *, left: float = LEFT, stale: float = STALE) -> None:
    """Remove what processes that were killed left behind: half-written files and folders, and marks of readers."""
    beside = [path for path in _listed(folder) if path.name.startswith(".") and path.is_file()]
    for paths, seconds in (([*_listed(folder / NEW), *beside], left), (_listed(folder / READING), stale)):
        for path in paths:
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime >= seconds:
                    clear(path)


def clear(path: Path) -> None:
    """Remove a file, or a folder with what is in it."""
    from shutil import rmtree

    if path.is_dir():
        rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _being_read(folder: Path) -> set[str]:
    return {path.name.partition(".")[0] for path in _listed(folder / READING)}


def _entries(folder: Path) -> list[Path]:
    return [entry for shelf in _listed(folder / "runs") for entry in _listed(shelf)]


def _use_of(entry: Path) -> tuple[float, int]:
    """Return when an entry was last used, and its bytes."""
    used, size = 0.0, 0
    with suppress(FileNotFoundError, NotADirectoryError):
        for file in os.scandir(entry):
            told = file.stat()
            size += told.st_size
            used = told.st_mtime if file.name == TOLD else used
    return used, size


def _listed(folder: Path) -> list[Path]:
    try:
        return [Path(entry.path) for entry in os.scandir(folder)]
    except (FileNotFoundError, NotADirectoryError):
        return []
