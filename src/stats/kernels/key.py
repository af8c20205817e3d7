"""What one parent may serve: kernels of the same environment, the same preloads and the same user, and no others.

Whatever a fresh interpreter or a library reads once, when it starts, is part of the key; a kernel that asks for
something else gets another parent. What is read later (the working directory, all other variables) is set in the child.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

READ_AT_START = (
    "PYTHON", "LC_", "LANG", "HOME", "XDG_", "MPL", "MATPLOTLIB", "OPENBLAS", "OMP_", "MKL_", "NUMEXPR", "BLIS", "GOTO",
    "VECLIB", "LD_", "NPY_", "NUMPY_", "PANDAS", "SCIPY", "TZ", "TMPDIR", "MALLOC_", "SSL_", "GCONV_", "VIRTUAL_ENV",
    "CONDA_PREFIX", "JE_", "ARROW_", "PYDANTIC",
)  # fmt: skip
"""How the variables begin that an interpreter or a library reads when it starts."""
LOCK = "requirements.lock"
LONGEST = 80
"""Bytes a folder's name may have: a socket's path has a limit near 100."""


def key_of(env: Mapping[str, str], cwd: str, preloads: Sequence[str]) -> str:
    """Return the name of the parent that may serve a kernel.

    Parameters
    ----------
    env : mapping
        The environment of the kernel.
    cwd : str
        Where it starts; the lock is looked for there and above.
    preloads : sequence of str
        The modules that the parent imports.
    """
    parts = [
        sys.version, sys.executable, sys.prefix, list(preloads), os.getuid(), os.getgid(), _limits(),
        sorted(os.sched_getaffinity(0)), os.nice(0), {n: env[n] for n in sorted(env) if n.startswith(READ_AT_START)},
        lock_of(Path(cwd)), installed(sys.path), _own_code(),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def lock_of(folder: Path) -> str:
    """Return the hash of the nearest lock, in a folder or above it; empty if there is none."""
    for place in (folder, *folder.parents):
        lock = place / LOCK
        if lock.is_file():
            return hashlib.sha256(lock.read_bytes()).hexdigest()
    return ""


def installed(folders: Iterable[str]) -> list[tuple[str, int]]:
    """Return every distribution that can be imported, by name and version, and when it was put there."""
    found = []
    for folder in {f for f in folders if f.endswith(("site-packages", "dist-packages"))}:
        with os.scandir(folder) as entries:
            found += [(e.path, e.stat().st_mtime_ns) for e in entries if e.name.endswith((".dist-info", ".pth"))]
    return sorted(found)


def home() -> Path:
    """Return the folder of all parents of this user, which nobody else may enter.

    Raises
    ------
    PermissionError
        If somebody else made it.
    """
    places = (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp")  # noqa: S108 # made private below
    place = next(p for p in places if p and len(os.fsencode(p)) <= LONGEST - 30 and os.access(p, os.W_OK))
    folder = Path(place) / f"stats-kernels-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid() or about.st_mode & 0o077:
        raise PermissionError(f"{folder} is not a folder of this user alone; remove it, or set TMPDIR to another place")
    return folder


def _limits() -> list[Any]:
    import resource

    names = sorted(name for name in dir(resource) if name.startswith("RLIMIT_"))
    return [resource.getrlimit(getattr(resource, name)) for name in names]


def _own_code() -> str:
    """Return a hash of what the parent runs of this folder."""
    code = [
        (Path(__file__).parent / f"{name}.py").read_bytes()
        for name in ("parent", "preloading", "watching", "child", "wire")
    ]
    return hashlib.sha256(b"".join(code)).hexdigest()
