"""Hashes of files, remembered by what the file system says of each, so that a file that is as it was is not read.

The index is one file of JSON, by path: size, the two times of change, inode, hash.
A file is remembered only if it was older than the clock's smallest step when it was read: one that is written twice
within a step keeps its size and time, and the first hash would be taken for the second. git calls such a file racy.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

MISSING = "missing"
"""The hash of a file that is not there."""

SCHEMA = 1
FINE, COARSE = 100_000_000, 2_000_000_000
"""Nanoseconds that two changes must lie apart to have different times: a tick of the system, and a whole (or, on FAT,
every second) second where the file system keeps no parts of it."""


class FileHashes:
    """The hashes of files; what was learnt is written by `save`.

    Parameters
    ----------
    index : Path
        Where they are remembered. It should lie on the disk of the files, whose clock it asks.
    """

    def __init__(self, index: Path) -> None:
        self.index = index
        told = _read(index)
        self._known: dict[str, list[Any]] = told["files"]
        self.notes: dict[str, dict[str, Any]] = told["notes"]
        self._learnt: dict[str, list[Any]] = {}
        self._now = 0
        self._noted = False

    def of(self, path: str) -> str:
        """Return the hash of a file, or `MISSING`."""
        try:
            seen = stamp(path)
        except (FileNotFoundError, NotADirectoryError):
            return MISSING
        known = self._learnt.get(path) or self._known.get(path)
        if known is not None and known[:4] == seen:
            return str(known[4])
        return self._hashed(path, seen)

    def note(self, kind: str, name: str, value: Any) -> None:
        """Remember what was worked out of files; the value, or another note of the kind, must tell of which bytes."""
        self.notes.setdefault(kind, {})[name] = value
        self._noted = True

    def save(self) -> None:
        """Write what was learnt, over what another process may have written in the meantime."""
        if not self._learnt and not self._noted:
            return
        told = _read(self.index)
        told["files"] = {path: known for path, known in (told["files"] | self._learnt).items() if os.path.exists(path)}
        told["notes"] = told["notes"] | self.notes
        put_whole(self.index, json.dumps({"schema": SCHEMA, **told}, separators=(",", ":")).encode())
        self._known, self._learnt, self._noted = told["files"], {}, False

    def _hashed(self, path: str, seen: list[int]) -> str:
        is_old = self._is_older_than_a_step(seen[1])  # by the clock as it was before the file was read
        try:
            with open(path, "rb") as file:
                found = hashlib.sha256(file.read()).hexdigest()
            if is_old and stamp(path) == seen:
                self._learnt[path] = [*seen, found]
        except FileNotFoundError:
            return MISSING
        return found

    def _is_older_than_a_step(self, changed: int) -> bool:
        step = FINE if changed % 1_000_000_000 else COARSE
        if changed + step > self._now:
            self._now = _clock(self.index.parent)
        return changed + step <= self._now


def stamp(path: str) -> list[int]:
    """Return what changes when a file is written: its size, both times, and its inode."""
    found = os.stat(path)
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def put_whole(path: Path, data: bytes) -> None:
    """Write beside, then rename; like `publish.files.write`, without what is slow to import."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.urandom(6).hex()}")
    try:
        beside.write_bytes(data)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _clock(folder: Path) -> int:
    """Return the time by the clock that dates the files; 0, before which nothing is, if none can be written there."""
    probe = folder / f".clock.{os.urandom(6).hex()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        now = probe.stat().st_mtime_ns
        probe.unlink()
    except OSError:
        return 0
    return now


def _read(index: Path) -> dict[str, Any]:
    """Return what an index tells; nothing if it is damaged, or another version wrote it."""
    try:
        told = json.loads(index.read_bytes())
        if told["schema"] == SCHEMA and all(len(known) == 5 for known in told["files"].values()):
            return {"files": told["files"], "notes": dict(told["notes"])}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return {"files": {}, "notes": {}}
