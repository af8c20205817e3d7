"""Put a released file and its entry under data/raw, whole or not at all; nothing that is there is touched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from stats.errors import UsageMistake
from stats.publish.files import write
from stats.registers import Registers, Source
from stats.registers.entries import shown


def must_be_free(source: Source, registers: Registers) -> None:
    """Stop if a source of this name, or a file at this place, is there already.

    Raises
    ------
    UsageMistake
        Naming what is there; nothing older is ever written over.
    """
    if source.path.suffix in (".yml", ".yaml"):
        raise UsageMistake(
            "a file of this name would be taken for an entry.",
            [("file", source.path.name)],
            "Give it the ending of what it is, such as .csv, and add it again. Nothing was stored.",
        )
    if source.id in registers.sources:
        there = registers.sources[source.id]
        raise UsageMistake(
            f"a source is called '{source.id}' already.",
            [("there", f"{shown(there.path)}, published {there.published}"), ("file", source.path.name)],
            "Give the new one a name of its own with --id, or correct --published. Nothing was stored.",
        )
    for path in (source.path, Path(f"{source.path}.yml")):
        if path.exists():
            raise UsageMistake(
                "another file of this name is there already, and a release is never written over.",
                [("there", shown(path)), ("file", source.path.name)],
                "If the publisher corrected the file, it is a release of its own: give its day with --published, or "
                "rename the file. Nothing was stored.",
            )


def entry_path(raw: Path) -> Path:
    """Return where the entry of a raw file lies."""
    return Path(f"{raw}.yml")


def as_yaml(fields: Mapping[str, Any]) -> bytes:
    """Return the fields of an entry as they are written."""
    text: str = yaml.safe_dump(dict(fields), sort_keys=False, allow_unicode=True, width=120)
    return text.encode("utf-8")


def put(raw: Path, data: bytes, fields: Mapping[str, Any], root: Path) -> None:
    """Write a raw file and its entry beside each other.

    Both are written to `build/incoming` first and then renamed, the file before its entry: if this is ended by force
    between the two, the file without an entry is known for what it is by `take_back`.
    """
    incoming = root / "build" / "incoming"
    try:
        staged = [
            (write(incoming / raw.name, data), raw),
            (write(incoming / f"{raw.name}.yml", as_yaml(fields)), entry_path(raw)),
        ]
        raw.parent.mkdir(parents=True, exist_ok=True)
        for ready, path in staged:
            os.replace(ready, path)
    except BaseException:
        take_away(raw, root)  # `must_be_free` saw that nothing was there
        raise
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def take_away(raw: Path, root: Path) -> None:
    """Remove a raw file that was just put, with its entry, and the folders that are empty without it."""
    entry_path(raw).unlink(missing_ok=True)
    raw.unlink(missing_ok=True)
    top = root / "data" / "raw"
    for folder in raw.parents:
        if folder == top or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()


def take_back(file: Path, data: bytes, root: Path) -> list[Path]:
    """Remove copies of a file that an adding which was ended by force left under data/raw without an entry.

    Raises
    ------
    UsageMistake
        If the file itself lies there.
    """
    left = [
        path
        for path in sorted((root / "data" / "raw").rglob("*"))
        if path.is_file() and path.suffix != ".yml" and not entry_path(path).is_file()
        and path.name == file.name and path.read_bytes() == data
    ]  # fmt: skip
    if any(path.samefile(file) for path in left):
        raise UsageMistake(
            "the file lies in data/raw without an entry.",
            [("file", shown(file))],
            "Move it out of data/raw, and add it from there: its copy and entry are put into place together.",
        )
    for path in left:
        take_away(path, root)
    return left


class Kept:
    """The tidy tables and pages as they are now, to be put back if making them anew fails half-way."""

    def __init__(self, tidy: Path, *pages: Path) -> None:
        self.tidy, self.pages = tidy, pages
        self.files = {path: path.read_bytes() for path in self._there()}

    def put_back(self) -> None:
        """Write every file that differs as it was, and remove those that were not there."""
        for path in self._there():
            if path not in self.files:
                path.unlink()
        for path, data in self.files.items():
            if not path.is_file() or path.read_bytes() != data:
                write(path, data)

    def _there(self) -> list[Path]:
        return [path for path in (*sorted(self.tidy.glob("*")), *self.pages) if path.is_file()]
