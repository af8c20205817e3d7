"""Put the files of an entry of the cache where people look for them: all of them ready first, then renamed."""

from __future__ import annotations

import os
import time
from pathlib import Path

from stats.run.cache_entries import EXECUTED, Entry, sha
from stats.run.cache_room import clear, fresh_name

BACK = 2.0
"""Seconds that a file is dated back, the coarsest step in which a file system keeps time."""


def place_figures(entry: Entry, out: Path, cache: Path) -> list[Path]:
    """Put the figures of an entry into a folder, in place of those that an earlier run left there.

    Raises
    ------
    EntryDamaged
        Before anything is replaced.
    """
    from stats.publish.folder import files_in

    out.parent.mkdir(parents=True, exist_ok=True)
    earlier = files_in(out)
    names, ready = entry.figures, _ready(cache, out)
    try:
        ready.mkdir()
        for name in names:
            if not _is(out / name, entry.files[name]):
                _write(ready / name, entry.read(name))
        _move(ready, out, names)
    finally:
        clear(ready)
    files = [out / name for name in names]
    for old in earlier.difference(files):
        old.unlink(missing_ok=True)
    return files


def place_executed(entry: Entry, executed: Path, notebook: Path | None) -> Path:
    """Put the notebook with its outputs into its place, under the words that it has now."""
    from stats.run.rerender import rerender

    data = entry.read(EXECUTED)
    if notebook is not None and not entry.is_rendered:
        data = rerender(data, notebook.read_bytes())
    executed.parent.mkdir(parents=True, exist_ok=True)
    beside = executed.with_name(f".{executed.name}.{os.urandom(6).hex()}")
    try:
        _write(beside, data)
        os.replace(beside, executed)
    finally:
        beside.unlink(missing_ok=True)
    return executed


def _ready(cache: Path, out: Path) -> Path:
    """Return a folder that can be renamed to `out`: in the cache, where what a killed process left is swept away."""
    fresh = fresh_name(cache)
    if fresh.parent.stat().st_dev == out.parent.stat().st_dev:
        return fresh
    return out.parent / f".{out.name}.{fresh.name}"


def _move(ready: Path, out: Path, names: list[str]) -> None:
    if not out.exists():
        try:
            os.rename(ready, out)
            return
        except OSError:
            out.mkdir(parents=True, exist_ok=True)  # another process was quicker
    for name in names:
        if (ready / name).exists():
            os.replace(ready / name, out / name)


def _is(path: Path, stored: tuple[int, str]) -> bool:
    """Whether a file is there already, with these bytes, and so old that a later write has another date."""
    try:
        told = path.stat()
        is_like = told.st_size == stored[0] and told.st_mtime + BACK <= time.time()
        return is_like and sha(path.read_bytes()) == stored[1]
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    then = time.time() - BACK
    os.utime(path, (then, then))
