"""Write a pack: a folder, and beside it a zip of the same files that is the same bytes each time."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from stats.errors import UsageMistake
from stats.publish.files import write
from stats.publish.pack.verify import (
    MANIFEST,
    NUMBERS,
    Wrong,
    altered,
    from_folder,
    from_zip,
    must_be_small,
    must_stay_inside,
)

PLAIN = 0o100644 << 16
OURS = (MANIFEST, NUMBERS, "verify.py")
"""By these a pack is known: other folders may hold a list of hashes under the same name."""
MOST_NAMED = 5
_NO_PLACE = [("why", "it is neither a file nor a folder of ours")]
MEND = "Move it away, or give another place with --out. Nothing was written."


def zip_of(name: str, files: Mapping[str, bytes]) -> bytes:
    """Return a zip with one folder that holds the files, in order and not compressed: no library changes its bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as pack:
        for path in sorted(files):
            must_stay_inside(path)
            member = zipfile.ZipInfo(f"{name}/{path}")  # by itself it is dated 1980, the earliest that the format knows
            member.create_system, member.external_attr = 3, PLAIN
            pack.writestr(member, files[path])
    return made.getvalue()


def write_pack(files: Mapping[str, bytes], out: Path) -> tuple[Path, Path]:
    """Write a pack and return its folder and its zip; what stood there before is replaced only when all is written.

    Parameters
    ----------
    files : mapping
        As `contents.pack_of` returns them.
    out : Path
        The folder; the zip stands beside it, under the same name and '.zip'.

    Raises
    ------
    UsageMistake
        If what stands there is no pack, or one that somebody changed: nothing that is not ours is ever replaced.
    """
    out, packed = Path(os.path.abspath(out)), zip_of(out.name, files)
    beside = out.with_name(f"{out.name}.zip")
    _must_be_small(files)
    out.parent.mkdir(parents=True, exist_ok=True)
    with _locked(out):
        _must_be_ours(out, beside)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as folder:
            made, old = Path(folder) / "new", Path(folder) / "old"
            for path, data in files.items():
                write(made / path, data)
            made.chmod(0o755)
            ready = write(Path(folder) / "new.zip", packed)  # nothing is left to fail for want of room from here on
            _take_the_place(made, out, old)
            return out, ready.replace(beside)


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Keep other processes from writing to the same place; a lock that was removed meanwhile is none."""
    if sys.platform == "win32":
        yield  # it has no such locks
        return
    import fcntl

    path = out.with_name(f".{out.name}.plain-figures.lock")
    while True:
        with path.open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if _is_same(lock.fileno(), path):
                try:
                    yield
                finally:
                    path.unlink()
                return


def _is_same(lock: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(lock), path.stat())
    except FileNotFoundError:
        return False


def _must_be_ours(out: Path, beside: Path) -> None:
    """Stop unless the places of folder and zip are free, or hold a pack just as it was made."""
    is_taken = os.path.lexists(out) and (out.is_symlink() or not out.is_dir() or any(out.iterdir()))
    if is_taken and (why := _not_ours(out, from_folder) if out.is_dir() else _NO_PLACE):
        raise UsageMistake(
            "the folder holds something that is no pack, or not as it was made.", [("folder", out.name), *why], MEND
        )
    if os.path.lexists(beside) and (why := _not_ours(beside, from_zip) if beside.is_file() else _NO_PLACE):
        raise UsageMistake(
            "what stands where the zip of the pack goes is no pack, or not as it was made.",
            [("file", beside.name), *why], MEND,
        )  # fmt: skip


def _not_ours(path: Path, read: Callable[[str], dict[str, bytes]]) -> list[tuple[str, str]]:
    """Return what would be lost: all that is no pack, what was put into one, and what was changed since."""
    if path.is_symlink():
        return [("why", "it is a link")]
    try:
        files = read(str(path))
    except Wrong as problem:
        return [("why", str(problem))]
    if lacking := [name for name in OURS if name not in files]:
        return [("why", f"it holds no {', '.join(lacking)}")]
    lost = [(what, name) for name, what in altered(files) if what != "missing"]
    return lost[:MOST_NAMED] + ([("more", str(len(lost) - MOST_NAMED))] if len(lost) > MOST_NAMED else [])


def _must_be_small(files: Mapping[str, bytes]) -> None:
    sizes = {name: len(data) for name, data in files.items()}
    largest = max(sizes, key=lambda name: sizes[name])
    try:
        must_be_small(len(sizes), sizes[largest], sum(sizes.values()), largest)
    except Wrong as problem:
        raise UsageMistake("the pack is too large to be verified.", [("why", problem)], "Show fewer figures.") from None


def _take_the_place(made: Path, out: Path, old: Path) -> None:
    """Put a folder in the place of another, or leave the other where it was."""
    if not out.exists():
        made.rename(out)
        return
    try:
        out.rename(old)
        made.rename(out)
    except BaseException:
        if old.exists() and not out.exists():
            old.rename(out)
        raise
    shutil.rmtree(old)
