"""Find the parent that may serve a kernel, or start one; and say to it that this process may want more kernels."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

from stats.kernels import wire
from stats.kernels.key import home, key_of

PRELOADS = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger", "IPython.core.completerlib",
    "IPython.core.debugger", "IPython.core.logger", "IPython.extensions.storemagic", "tornado.platform.asyncio",
    "sqlite3", "numpy", "pandas", "matplotlib.pyplot", "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg", "scipy.stats", "statsmodels.stats.proportion",
)  # fmt: skip
"""What every parent imports, unless a kernelspec says otherwise: the kernel itself, and the usual libraries."""
NEEDED = ("pidfd_open", "fork", "sched_getaffinity")
"""What Python must offer here for kernels to be forked."""
OLD = 60
"""Seconds after which a socket at which nobody listens is taken for one that was left behind."""
_LEASES: dict[str, socket.socket] = {}
"""The parents that stay for this process: each ends when the last process that holds such a socket has gone."""
_REFUSED: dict[str, str] = {}
"""The parents that refused to start, with the reason: asked once only."""


class NoParent(Exception):
    """There is no parent to fork from, for the reason given."""


def why_not_here() -> str:
    """Return why no kernel can be forked on this system; empty if it can."""
    if not sys.platform.startswith("linux") or any(not hasattr(os, name) for name in NEEDED):
        return "kernels are forked on Linux alone"
    return ""


def connection(env: Mapping[str, str], cwd: str, preloads: Sequence[str]) -> socket.socket:
    """Return a connection to the parent that may serve a kernel, which is started if need be.

    Raises
    ------
    NoParent
        With the reason.
    """
    names = fit(preloads)
    key = key_of(env, cwd, names)
    if key in _REFUSED:
        raise NoParent(_REFUSED[key])
    place = home() / key
    for _ in range(3):
        try:
            if not _is_held(key):
                with _locked(place):
                    _LEASES[key] = _lease(place) or _lease_of_new(place, env, names)
            return _connected(place)
        except (ConnectionError, FileNotFoundError):
            if key in _LEASES:  # it ended between two words: start another
                _LEASES.pop(key).close()
        except NoParent as refused:
            _REFUSED[key] = str(refused)
            raise
    raise NoParent(f"the parent ends as soon as it starts; see {place}.log")


def fit(preloads: Sequence[str]) -> list[str]:
    """Return the modules that can be preloaded.

    Polars starts threads when imported, and statsmodels imports it where it is installed: then both are left out.
    """
    has_threads = find_spec("polars") is not None
    return [n for n in preloads if not has_threads or n.partition(".")[0] not in ("polars", "statsmodels")]


def _is_held(key: str) -> bool:
    """Whether the parent that stays for us is still there: what it would say is the end."""
    lease = _LEASES.get(key)
    try:
        return lease is not None and lease.recv(1, socket.MSG_DONTWAIT | socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def _connected(place: Path) -> socket.socket:
    to = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        to.connect(f"{place}.sock")
    except OSError:
        to.close()
        raise
    return to


def _lease(place: Path) -> socket.socket | None:
    try:
        lease = _connected(place)
    except (ConnectionError, FileNotFoundError):
        return None
    with suppress(ConnectionError):
        wire.send(lease, {"lease": os.getpid()})
        wire.receive(lease)
        return lease
    lease.close()
    return None


def _lease_of_new(place: Path, env: Mapping[str, str], preloads: Sequence[str]) -> socket.socket:
    Path(f"{place}.sock").unlink(missing_ok=True)
    sweep(place.parent)
    script = str(Path(__file__).with_name("parent.py"))
    with Path(f"{place}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 # our own script, by this interpreter
            [sys.executable, script, str(place), json.dumps(list(preloads))], cwd="/", env=dict(env),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, start_new_session=True,
        )  # fmt: skip
    assert process.stdout
    with process.stdout:
        said = process.stdout.readline()
    process.returncode = 0  # it outlives us, or ends by itself: nobody waits for it
    if b"ready" not in said:
        reason = json.loads(said)["refused"] if said else f"the parent did not start; see {place}.log"
        raise NoParent(reason)
    lease = _lease(place)
    if lease is None:
        raise ConnectionResetError
    return lease


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    """Hold the lock of a parent while it is looked for or started; a lock that was removed meanwhile is none."""
    while True:
        with Path(f"{place}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                is_same = os.stat(lock.fileno()).st_ino == Path(f"{place}.lock").stat().st_ino
            except FileNotFoundError:
                is_same = False
            if is_same:
                yield
                return


def sweep(folder: Path) -> None:
    """Remove what parents and kernels left that were killed before they could: sockets at which nobody listens."""
    before = time.time() - OLD
    for path in sorted(folder.iterdir()):
        with suppress(OSError):
            if path.stat().st_mtime > before:
                continue
            if path.suffix == ".lock":
                _sweep_parent(path)
            elif path.name.startswith("k") and path.is_socket() and not _answers(path):
                path.unlink()


def _sweep_parent(lock: Path) -> None:
    """Remove the files of a parent that does not answer, unless somebody is about to start it."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not _answers(lock.with_suffix(".sock")):
            for path in (lock.with_suffix(".sock"), lock.with_suffix(".log"), lock):
                path.unlink(missing_ok=True)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as to:
        return to.connect_ex(str(path)) == 0
