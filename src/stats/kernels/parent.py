"""The parent of kernels: a clean process with one thread that imports heavy libraries once, then forks a kernel a run.

It is run as a script, so that no module of ours is in it but those it is told to import: `python parent.py
FOLDER '["numpy", …]'`. It says `ready` on its standard output once it listens, or why it refuses. It ends when nobody
needs it, and forks nothing more once the code that it has imported has changed.
"""

import os
import sys

if __name__ == "__main__":
    HERE = sys.path.pop(0)
    sys.dont_write_bytecode, WRITES_NO_BYTECODE = True, sys.dont_write_bytecode
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ[name] = "1"  # before numpy is imported: its threads would not survive a fork
    MALLOC = "JE_ARROW_MALLOC_CONF"  # pyarrow, which pandas imports where it is installed, would start a thread
    os.environ[MALLOC] = ",".join(filter(None, (os.environ.get(MALLOC), "background_thread:false")))
    for name in ("MPLBACKEND", "JPY_PARENT_PID"):
        os.environ.pop(name, None)  # read when imported; the child reads its own

import fcntl
import importlib.util
import json
import selectors
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

IDLE = 600
"""Seconds without a kernel after which a parent ends, though somebody may still want one."""
PATIENCE = 5
"""Seconds to wait for somebody who connects to say what is wanted."""


def sibling(name: str) -> Any:
    """Return a module beside this one, without a name of its own in a kernel."""
    spec = importlib.util.spec_from_file_location(f"_kernels_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class Kernel:
    """A kernel that runs: the socket of who asked for it, and the end of a line that kills its group when closed."""

    pid: int
    asked: socket.socket
    line: socket.socket
    ended: int
    files: list[str]
    reader: Any


@dataclass
class Birth:
    """What a child needs to become a kernel."""

    request: dict[str, Any]
    files: list[int]
    asked: socket.socket
    line: socket.socket


@dataclass
class Parent:
    """Who listens, who is connected, and which kernels run."""

    listener: socket.socket
    lock: Path
    wire: Any
    has_changed: Callable[[], bool]
    is_stale: bool = False
    kernels: dict[int, Kernel] = field(default_factory=dict)
    leases: set[socket.socket] = field(default_factory=set)
    waiting: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    last: float = field(default_factory=time.monotonic)

    def serve(self) -> Birth | None:
        """Fork kernels until nobody needs them. It returns in each child, with what that is to become."""
        self.waiting.register(self.listener, selectors.EVENT_READ)
        while True:
            for ready, _ in self.waiting.select(None if self.kernels else max(1.0, IDLE / 10)):
                birth = self._hear(ready.fileobj, ready.data)
                if birth:
                    return birth
            if self._is_over() and self._ends():
                return None

    def _hear(self, whom: Any, kernel: Kernel | None) -> Birth | None:
        if whom is self.listener:
            return self._meet(self.listener.accept()[0])
        if kernel is None:
            self.waiting.unregister(whom)
            self.leases.discard(whom)
            whom.close()
        elif whom is kernel.asked:
            self._obey(kernel)
        else:
            self._bury(kernel)
        return None

    def _meet(self, whom: socket.socket) -> Birth | None:
        whom.settimeout(PATIENCE)
        try:
            request, files = self.wire.receive(whom, 3)
            whom.settimeout(None)
        except (OSError, ValueError):
            whom.close()
            return None
        if self.has_changed():
            self._retire()
            whom.close()
            for file in files:
                os.close(file)
            return None
        if "cmd" in request:
            return self._bear(Birth(request, files, whom, whom))
        self.leases.add(whom)
        self.waiting.register(whom, selectors.EVENT_READ, None)
        with suppress(OSError):
            self.wire.send(whom, {"pid": os.getpid()})
        return None

    def _retire(self) -> None:
        """Make room for a parent that has the code as it is now; the kernels that run go on undisturbed."""
        self.is_stale = True
        for path in (self.listener.getsockname(), self.lock.with_suffix(".log")):
            Path(path).unlink(missing_ok=True)
        for ours in (self.listener, *self.leases):
            self.waiting.unregister(ours)
            ours.close()
        self.leases.clear()

    def _bear(self, birth: Birth) -> Birth | None:
        ours, birth.line = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            self._forget()
            ours.close()
            return birth
        birth.line.close()
        for file in birth.files:
            os.close(file)
        reader = self.wire.Reader(birth.asked)
        kernel = Kernel(pid, birth.asked, ours, os.pidfd_open(pid), birth.request["files"], reader)
        self.kernels[pid] = kernel
        self.waiting.register(birth.asked, selectors.EVENT_READ, kernel)
        self.waiting.register(kernel.ended, selectors.EVENT_READ, kernel)
        with suppress(OSError):
            self.wire.send(birth.asked, {"pid": pid})
        return None

    def _forget(self) -> None:
        """Close in a child what belongs to the parent, by its objects: none may close the number again later."""
        self.waiting.close()
        self.listener.close()
        for lease in self.leases:
            lease.close()
        for kernel in self.kernels.values():
            kernel.asked.close()
            kernel.line.close()
            os.close(kernel.ended)
        self.kernels.clear()
        self.leases.clear()

    def _obey(self, kernel: Kernel) -> None:
        for message in kernel.reader.messages():
            _signal(kernel.pid, message["signal"])
        if kernel.reader.has_ended:
            _signal(kernel.pid, signal.SIGKILL)
            self.waiting.unregister(kernel.asked)
            for file in kernel.files:
                Path(file).unlink(missing_ok=True)

    def _bury(self, kernel: Kernel) -> None:
        """Take leave of a kernel that ended: what it left of its group is killed before its number is free again."""
        _signal(kernel.pid, signal.SIGKILL)
        _, status = os.waitpid(kernel.pid, 0)
        self.waiting.unregister(kernel.ended)
        os.close(kernel.ended)
        if not kernel.reader.has_ended:
            self.waiting.unregister(kernel.asked)
            with suppress(OSError):
                self.wire.send(kernel.asked, {"exit": os.waitstatus_to_exitcode(status)})
        kernel.asked.close()
        kernel.line.close()
        del self.kernels[kernel.pid]
        self.last = time.monotonic()

    def _is_over(self) -> bool:
        return not self.kernels and (not self.leases or time.monotonic() - self.last > IDLE)

    def _ends(self) -> bool:
        """Whether nobody is about to connect: who connects holds the lock, and finds no socket later."""
        if self.is_stale:
            return True  # the files are another's by now
        with self.lock.open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return False
            Path(self.listener.getsockname()).unlink(missing_ok=True)
            self.lock.unlink(missing_ok=True)
            return True


def _signal(group: int, signum: int) -> None:
    """Send a signal to a kernel and what it started, or to it alone if it has no group yet."""
    try:
        os.killpg(group, signum)
    except ProcessLookupError:
        with suppress(ProcessLookupError):
            os.kill(group, signum)


def main(folder: str, names: list[str]) -> None:
    """Preload, listen, fork."""
    wire, child, preloading, watching = map(sibling, ("wire", "child", "preloading", "watching"))
    before, known = set(os.environ), watching.noted(names)
    try:
        preloading.preload(names)
        preloading.refuse(watching.unnamed(known))
    except preloading.Refused as refused:
        print(json.dumps({"refused": str(refused)}), flush=True)
        return
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(f"{folder}.sock")
    listener.listen(128)
    sys.dont_write_bytecode = WRITES_NO_BYTECODE
    print(json.dumps({"ready": os.getpid()}), flush=True)
    os.dup2(2, 1)
    parent = Parent(listener, Path(f"{folder}.lock"), wire, lambda: watching.has_changed(known))
    birth = parent.serve()
    if birth:
        child.become_kernel(birth, wire, {n: v for n, v in os.environ.items() if n not in before})
    if not parent.is_stale:
        Path(f"{folder}.log").unlink(missing_ok=True)


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
