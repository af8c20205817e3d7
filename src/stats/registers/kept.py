"""Registers that were loaded before this process was copied, given only if each byte they were read from is the same.

The parent of kernels loads them once (`kept_for_kernels`). A kernel reads every file of them again, which takes 3 ms,
and parses none if nothing has changed, which would take 80.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stats.registers import Registers

_KEPT: dict[Path, tuple[str, Registers]] = {}


def keep(root: Path, read: Callable[[Path], Registers]) -> None:
    """Read the registers of a repository and keep them, unless a file of them changes meanwhile."""
    before = digest(root)
    registers = read(root)
    if before == digest(root) != "":
        _KEPT[root] = before, registers


def take(root: Path) -> Registers | None:
    """Return the registers of a repository that were kept, if nothing has changed since. They are given once."""
    kept = _KEPT.pop(root, None)
    return kept[1] if kept and kept[0] == digest(root) else None


def digest(root: Path) -> str:
    """Return one hash over all that registers are read from; empty if something cannot be read.

    That is the names and bytes of registers, claims and entries. Of a raw file it is the name: only whether it is there
    is asked when registers are loaded, and its own hash is checked whenever it is read.
    """
    total = hashlib.sha256()
    try:
        for place in ("registers", "claims", "raw"):
            for path in sorted((root / "data" / place).rglob("*")):
                is_file = path.is_file()
                is_read = is_file and (place != "raw" or path.suffix == ".yml")
                data = path.read_bytes() if is_read else b""
                total.update(f"{path}\0{is_file}\0{len(data)}\0".encode(errors="surrogateescape") + data)
    except OSError:
        return ""
    return total.hexdigest()
