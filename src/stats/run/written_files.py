"""Files that a person asked for in a folder of their own: what is there and is not ours is never replaced."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from stats.errors import UsageMistake
from stats.publish.files import write

RECORD = Path("build", "documents", "written.sha256")
"""The hashes of all that was written: a file that has one of them was not changed since."""


def write_ours(files: Mapping[Path, bytes], root: Path, *, is_own_folder: bool) -> list[Path]:
    """Write files, and return where they are.

    Parameters
    ----------
    files : mapping
        What goes where.
    root : Path
        The repository, which remembers what it wrote.
    is_own_folder : bool
        Whether they go into `build`, where everything is ours.

    Raises
    ------
    UsageMistake
        If a file stands there that is not as we wrote it. Then nothing is written.
    """
    known = _known(root)
    theirs = [] if is_own_folder else [path for path, data in files.items() if not _is_ours(path, data, known)]
    if theirs:
        raise UsageMistake(
            "a file stands where the document goes that we did not write, or that was changed since.",
            [("file", path.name) for path in theirs],
            "Move it away, or give another folder with --out. Nothing was written.",
        )
    _remember(files, known, root)
    return [write(path, data) for path, data in files.items()]


def _is_ours(path: Path, data: bytes, known: set[str]) -> bool:
    """Whether nothing stands at a path, or what we wrote, or just what is to be written."""
    if not os.path.lexists(path):
        return True
    if path.is_symlink() or not path.is_file():
        return False
    there = path.read_bytes()
    return there == data or sha256(there).hexdigest() in known


def _known(root: Path) -> set[str]:
    try:
        return set((root / RECORD).read_text("utf-8").split())
    except OSError:
        return set()


def _remember(files: Mapping[Path, bytes], known: set[str], root: Path) -> None:
    """Add the hashes of files to those that are known; where that cannot be done they are taken for somebody's own."""
    new = sorted({sha256(data).hexdigest() for data in files.values()} - known)
    with suppress(OSError):
        (root / RECORD).parent.mkdir(parents=True, exist_ok=True)
        with (root / RECORD).open("a", encoding="utf-8") as record:
            record.write("".join(f"{digest}\n" for digest in new))
