"""One entry of the cache on the disk: the files that a run made, and `entry.json`, which tells the hash of each."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stats.errors import StatsError
from stats.run.cache_keys import SCHEMA, Key, canonical

TOLD, EXECUTED = "entry.json", "executed.ipynb"
"""What tells of an entry; and the notebook with its outputs, where the run had one. It is no figure."""


class EntryDamaged(StatsError):
    """An entry of the cache that is not as it was stored."""


class ChangedMeanwhile(StatsError):
    """What a run rests on was changed while it ran."""


@dataclass(frozen=True)
class Entry:
    """What a run made.

    `key` is the one it was looked up by; `render` the words it was stored under; `files` the size and hash of each
    file; `record` what was told of the run.
    """

    folder: Path
    key: Key
    render: str
    files: dict[str, tuple[int, str]]
    record: dict[str, Any]

    @property
    def is_rendered(self) -> bool:
        """Whether the words of the notebook are still those it was stored with."""
        return self.render == self.key.render

    @property
    def figures(self) -> list[str]:
        """The files that go to the folder of figures; `numbers.json`, which is of them all, comes last."""
        return sorted(
            (name for name in self.files if name != EXECUTED), key=lambda name: (name == "numbers.json", name)
        )

    @property
    def has_notebook(self) -> bool:
        """Whether the notebook with its outputs was stored too."""
        return EXECUTED in self.files

    def read(self, name: str) -> bytes:
        """Return the bytes of a file.

        Raises
        ------
        EntryDamaged
            If they are not those that were stored, or are gone.
        """
        try:
            data = (self.folder / name).read_bytes()
        except OSError as problem:
            raise _damaged(self.folder, f"{name}: {problem.strerror}") from None
        if (len(data), sha(data)) != self.files[name]:
            raise _damaged(self.folder, f"{name} has other bytes than were stored")
        return data


def sha(data: bytes) -> str:
    """Return the hash of bytes."""
    return hashlib.sha256(data).hexdigest()


def read_entry(folder: Path, key: Key) -> Entry:
    """Return an entry after every byte of it was compared with its hash.

    Raises
    ------
    FileNotFoundError
        If there is none.
    EntryDamaged
        If it is not as it was stored.
    """
    try:
        told = json.loads((folder / TOLD).read_bytes())
        stated = told.pop("sum")
        right = stated == sha(canonical(told)) and told["schema"] == SCHEMA and told["compute"] == key.compute
    except FileNotFoundError:
        if folder.is_dir():
            raise _damaged(folder, f"{TOLD} is missing") from None
        raise
    except (ValueError, KeyError, TypeError, AttributeError):
        right = False
    if not right:
        raise _damaged(folder, f"{TOLD} has other bytes than were stored")
    files = {name: (size, digest) for name, (size, digest) in told["files"].items()}
    entry = Entry(folder, key, told["render"], files, told["record"])
    for name in files:
        entry.read(name)
    return entry


def put_entry(place: Path, made: Path, key: Key, record: Mapping[str, Any], beside: Path) -> None:
    """Store the files of a folder as an entry, unless there is one: whoever was first stays.

    They are written to the new folder `beside`, which is renamed. Only `entry.json` is forced to the disk: it holds the
    hashes, and tells after a power failure what else did not get there. To force each file took five times as long.
    """
    from shutil import rmtree

    try:
        beside.mkdir()
        _fill(beside, made, key, record)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.rename(beside, place)
        except OSError:
            if not place.is_dir():
                raise
    finally:
        rmtree(beside, ignore_errors=True)


def _fill(folder: Path, made: Path, key: Key, record: Mapping[str, Any]) -> None:
    files = {}
    for path in sorted(made.iterdir()):
        data = path.read_bytes()
        (folder / path.name).write_bytes(data)
        files[path.name] = [len(data), sha(data)]
    told = {"schema": SCHEMA, "compute": key.compute, "render": key.render, "files": files, "record": dict(record)}
    with (folder / TOLD).open("wb") as file:
        file.write(canonical({**told, "sum": sha(canonical(told))}))
        file.flush()
        os.fsync(file.fileno())


def _damaged(folder: Path, why: str) -> EntryDamaged:
    return EntryDamaged(
        "an entry of the cache is damaged, and is made again.",
        [("entry", folder.name[:12]), ("found", why)],
        "Nothing needs to be done. If it happens again, check the disk.",
    )


def changed(notebook: str) -> ChangedMeanwhile:
    """Return the error of a run whose key was another when it began."""
    return ChangedMeanwhile(
        "the code, the data or the notebook was changed while a run was under way.",
        [("notebook", notebook)],
        "Nobody knows which of both its figures show, so they are not kept. Run it again.",
    )


def unreadable(folder: Path, told: list[str]) -> StatsError:
    """Return the error of a disk that does not give back what was written to it."""
    return StatsError(
        "what was stored in the cache cannot be read back.",
        [("folder", folder), *(("said", words) for words in told[-1:])],
        "Look at the disk, or remove the folder: the runs are made again.",
    )
