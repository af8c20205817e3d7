"""Undo an adding: take a release that was never committed out of data/raw, and make the tables without it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from itertools import count
from pathlib import Path

from stats.errors import StatsError, UsageMistake
from stats.publish.claims_page import PAGE
from stats.registers import Source, load_again
from stats.registers.entries import shown
from stats.run.data import make_data
from stats.run.release_claims import page_again
from stats.run.release_store import Kept, entry_path, take_away

Say = Callable[[str], None]


def remove_release(name: str, root: Path, say: Say) -> Path:
    """Take a release and its entry out of data/raw into build/removed, and return the folder where they lie now.

    Only a release that `stats release add` put here and that no commit holds: others may have quoted one that is
    committed, and its place is the history of the repository.

    Parameters
    ----------
    name : str
        The id of the source.
    root : Path
        The repository.
    say : callable
        Takes each line of what is told.

    Raises
    ------
    StatsError
        If it is unknown, committed, or typed by us, or the tables cannot be made without it. Nothing is moved then.
    """
    registers = load_again(root)
    source = registers.source(name)
    _must_be_an_addition(source)
    _must_not_be_committed(source, root)
    kept, away = Kept(root / "data" / "tidy", root / PAGE), _free(root / "build" / "removed", source.id)
    pair = {path: away / path.name for path in (entry_path(source.path), source.path)}
    files = {path: path.read_bytes() for path in pair}
    away.mkdir(parents=True)
    try:
        for path, to in pair.items():
            os.replace(path, to)
        make_data(load_again(root), root / "data" / "tidy", say)
        page_again(root)
    except BaseException as problem:
        _put_back(pair, files)
        kept.put_back()
        load_again(root)
        if isinstance(problem, StatsError):
            problem.mend += " Nothing was removed: everything is as it was before."
        raise
    take_away(source.path, root)  # nothing is left but empty folders
    say(f"{shown(away)}/  holds the file and its entry; data/tidy and {PAGE} are made without them")
    say(f"To add it again: stats release add {shown(away / source.path.name)} --published ...")
    return away


def _must_be_an_addition(source: Source) -> None:
    if source.layout is None:
        raise UsageMistake(
            "this source was not put here by `stats release add`.",
            [("source", source.id), ("file", shown(source.path))],
            "A file typed by us is corrected by a file with a new date: see Raw files in CONTRIBUTING.md.",
        )  # fmt: skip


def _must_not_be_committed(source: Source, root: Path) -> None:
    """Stop if a commit holds the file, or nobody can tell."""
    asked = source.path.resolve().relative_to(root.resolve()).as_posix()
    listing = ["git", "-C", str(root), "log", "--all", "--format=%h", "--max-count=1", "--", asked]
    try:
        told = subprocess.run(listing, capture_output=True, text=True, check=False)  # noqa: S603 - words, and no shell
        commit = told.stdout.strip() if told.returncode == 0 else None
    except OSError:
        commit = None
    if commit is None:
        raise UsageMistake(
            "it cannot be told whether this release was ever committed.", [("file", asked)],
            f"If you are sure that it was not, move {asked} and its .yml out of data/raw, and run: make data claims",
        )  # fmt: skip
    if commit:
        raise UsageMistake(
            "this release is committed, and a release that others may have quoted is never removed.",
            [("source", source.id), ("file", asked), ("commit", commit)],
            "If its entry is wrong, correct the entry. If the commit is yours and nobody has it yet: git revert.",
        )  # fmt: skip


def _free(folder: Path, name: str) -> Path:
    """A folder that is not there yet: what was removed before stays."""
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(folder / each for each in names if not (folder / each).exists())


def _put_back(pair: dict[Path, Path], files: dict[Path, bytes]) -> None:
    for path, to in reversed(pair.items()):
        path.parent.mkdir(parents=True, exist_ok=True)
        if to.is_file():
            os.replace(to, path)
        elif not path.is_file():
            path.write_bytes(files[path])
