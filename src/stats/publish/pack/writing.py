"""Write a pack: a folder, and beside it a zip of the same files that is the same bytes each time."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from stats.errors import UsageMistake
from stats.publish.files import write
from stats.publish.pack.verify import MANIFEST, Wrong, from_zip, must_be_small, must_stay_inside

PLAIN = 0o100644 << 16


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
        If `out` is there and is no pack: nothing that is not ours is ever replaced.
    """
    out, packed = Path(os.path.abspath(out)), zip_of(out.name, files)
    beside = out.with_name(f"{out.name}.zip")
    _must_be_small(files)
    if os.path.lexists(beside) and not _is_packed(beside):
        raise UsageMistake(
            "a file stands where the zip of the pack goes, and it is no pack.", [("file", beside.name)],
            "Move it, or give another place with OUT. Nothing was written.",
        )  # fmt: skip
    if out.is_symlink() or (out.exists() and not (out / MANIFEST).is_file() and not _is_empty(out)):
        raise UsageMistake(
            "the folder holds something that is no pack.", [("folder", out.name)],
            "Give another place with OUT. Nothing was written.",
        )  # fmt: skip
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as folder:
        made, old = Path(folder) / "new", Path(folder) / "old"
        for path, data in files.items():
            write(made / path, data)
        made.chmod(0o755)
        ready = write(Path(folder) / "new.zip", packed)  # nothing is left to fail for want of room once one is replaced
        _take_the_place(made, out, old)
        return out, ready.replace(beside)


def _must_be_small(files: Mapping[str, bytes]) -> None:
    sizes = {name: len(data) for name, data in files.items()}
    largest = max(sizes, key=lambda name: sizes[name])
    try:
        must_be_small(len(sizes), sizes[largest], sum(sizes.values()), largest)
    except Wrong as problem:
        raise UsageMistake("the pack is too large to be verified.", [("why", problem)], "Show fewer figures.") from None


def _is_packed(path: Path) -> bool:
    """Whether a file is the zip of a pack."""
    try:
        return path.is_file() and not path.is_symlink() and MANIFEST in from_zip(path)
    except Wrong:
        return False


def _take_the_place(made: Path, out: Path, old: Path) -> None:
    """Put a folder in the place of another, or leave the other where it was."""
    if not out.exists():
        made.rename(out)
        return
    out.rename(old)
    try:
        made.rename(out)
    except BaseException:
        old.rename(out)
        raise
    shutil.rmtree(old)


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())
