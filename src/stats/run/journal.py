"""One line of JSON a run: what it was, how it ended, how long it took, what it made. No machine is named in it.

A line is appended by one write to a file opened for appending, so that two processes never mix theirs. A line that was
torn when the power failed is told and skipped; the next begins on a line of its own.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from stats.run.cache_keys import Key, Run, canonical

Status = Literal["done", "cached", "failed", "stopped"]
PHASES = ("start", "execute", "draw", "save", "store")
PLACE = Path("build", "records", "runs.jsonl")
"""Where the journal lies in a repository."""

OUTSIDE = "…/"
"""What stands for the folders of a path outside the repository."""

_ABSOLUTE = re.compile(r"(?<![\w.:/\\])(?:[A-Za-z]:[\\/]|/|\\\\)(?:[^\s'\"<>|:,;()\\/]+[\\/])+(?=[^\s'\"<>|:,;()\\/])")
"""The folders of a path that begins at the top of a disk."""


def record_of(
    run: Run, key: Key | None, status: Status, *, name: str, root: Path,
    seconds: Mapping[str, float] | None = None, memory: Mapping[str, Any] | None = None,
    error: Mapping[str, Any] | None = None, outputs: Mapping[str, str] | None = None, out: Path | None = None,
    executed: Path | None = None, versions: Mapping[str, str] | None = None, how: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return the record of one run, as it is written.

    Parameters
    ----------
    run : Run
    key : Key, optional
        None where it could not be worked out: its notebook is gone, say.
    status : str
        done, cached, failed or stopped.
    name : str
        The file-safe name of the run.
    root : Path
        The repository; what lies in it is named from there, and of other paths the last part alone.
    seconds : mapping
        By phase: start, execute, draw, save, store.
    memory : mapping
        Bytes at the peak, and `of` which process: the kernel, or the worker that had none.
    error : mapping
        `class`, `said`, `cell` (its number, from 1) and `line`, the first of it.
    outputs : mapping
        The hash of each file.
    out, executed : Path
        Where the figures, and the notebook or what there is of it, lie.
    versions : mapping
        What `Cache.versions` returned.
    how : mapping
        What else the run was told that changes its files.
    """
    assert status in get_args(Status)
    assert set(seconds or ()) <= set(PHASES)
    told = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "key": key.compute if key else "",
        "render": key.render if key else "",
        "notebook": run.notebook,
        "name": name,
        "parameters": dict(run.parameters),
        "how": dict(how or {}),
        "status": status,
        "seconds": {phase: round(took, 3) for phase, took in (seconds or {}).items()},
        "memory": dict(memory or {}),
        "error": dict(error or {}),
        "outputs": dict(outputs or {}),
        "out": str(out or ""),
        "executed": str(executed or ""),
        "versions": {"python": ".".join(map(str, sys.version_info[:3])), **(versions or {})},
    }
    found: dict[str, Any] = _without_places(told, root)
    return found


def append(path: Path, record: Mapping[str, Any]) -> None:
    """Add a record to the journal as one line, by one write."""
    path.parent.mkdir(parents=True, exist_ok=True)
    line = canonical(record) + b"\n"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
    try:
        size = os.fstat(handle).st_size
        if size and _last_byte(handle, size) != b"\n":
            line = b"\n" + line  # behind a torn one
        if os.write(handle, line) != len(line):
            raise OSError(28, os.strerror(28), str(path))
    finally:
        os.close(handle)


def read(path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the records of a journal, oldest first, and a word on each line that cannot be read."""
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return [], []
    found, told = [], []
    for number, line in enumerate(lines, 1):
        record = _parsed(line)
        if record is not None:
            found.append(record)
        elif line.strip(b"\0 \r"):
            told.append(f"line {number} of {path.name} is torn or damaged, and is left out.")
    return found, told


def _last_byte(handle: int, size: int) -> bytes:
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1)


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) and "key" in record else None


def _without_places(value: Any, root: Path) -> Any:
    """Return a value in which no text names this machine, or a folder outside the repository."""
    if isinstance(value, str):
        return without_place(value, root)
    if isinstance(value, Mapping):
        return {without_place(str(name), root): _without_places(inner, root) for name, inner in value.items()}
    if isinstance(value, Sequence):
        return [_without_places(inner, root) for inner in value]
    return value


def without_place(text: str, root: Path) -> str:
    """Return a text in which paths begin at the repository; of those outside it only the last part is left.

    Examples
    --------
    >>> without_place("[Errno 2] No such file: '/home/her/plain/data/a.csv', '/usr/lib/b.py'", Path("/home/her/plain"))
    "[Errno 2] No such file: 'data/a.csv', '…/b.py'"
    """
    here = text.replace(f"{root}{os.sep}", "").replace(str(root), ".")
    return _ABSOLUTE.sub(OUTSIDE, here.replace(_machine(), "this machine") if _machine() else here)


def _machine() -> str:
    import platform

    name = platform.node()
    return name if len(name) > 3 and name != "localhost" else ""
