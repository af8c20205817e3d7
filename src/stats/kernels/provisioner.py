"""The kernel provisioner: what jupyter_client calls to start, signal and end a kernel that is forked."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
import uuid
from importlib.machinery import all_suffixes
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode

from stats.kernels import wire
from stats.kernels.finding import PRELOADS, NoParent, connection, why_not_here
from stats.kernels.key import home
from stats.kernels.process import ForkedProcess

STEP = 0.05
"""Seconds between two looks at a kernel that is about to start or to end, though nothing is heard of it."""
PARENTS = 3
"""How many parents are asked for one kernel."""
START = ("-m", "ipykernel_launcher")
HISTORY = "--HistoryManager.hist_file"
"""Where the history goes: into memory, unless another place is asked for. Many kernels cannot share one file."""
PLAIN_ONLY = {"preexec_fn", "pass_fds", "executable", "shell", "user", "group", "extra_groups", "process_group"}
"""Options of `Popen` that a fork does not offer."""


class ForkProvisioner(LocalProvisioner):
    """Starts kernels as forks of a parent that has imported the heavy libraries, and plainly where it cannot.

    Parameters
    ----------
    preloads : list of str
        The modules that the parent imports; those that are not installed are left out.
    also : list of str
        More of them. A kernelspec names what its project's notebooks import: libraries, and code of its own.
    """

    preloads = List(Unicode(), list(PRELOADS), help="Modules that the parent imports.").tag(config=True)
    also = List(Unicode(), help="More modules that the parent imports.").tag(config=True)
    process: Any
    why_plain = ""
    """Why this kernel was not forked; empty if it was."""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Have the kernel speak over socket files in a private folder, unless something else was configured."""
        manager = self.parent
        if manager and manager.transport == "tcp" and not why_not_here() and not _asks_for_network(manager):
            manager.transport, manager.ip = "ipc", str(home() / f"k{uuid.uuid4().hex[:12]}")
        prepared: dict[str, Any] = await super().pre_launch(**kwargs)
        return prepared

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork the kernel and wait until it listens; what cannot be forked is started plainly, and the log says why."""
        cmd = cmd if any(word.startswith(HISTORY) for word in cmd) else [*cmd, f"{HISTORY}=:memory:"]
        self.why_plain = why_not_here() or _why_plain(cmd, kwargs, [*self.preloads, *self.also])
        if not self.why_plain:
            try:
                self.process = await asyncio.to_thread(self._forked, cmd, kwargs)
            except (NoParent, OSError) as problem:
                self.why_plain = str(problem)
        if self.why_plain:
            self.log.warning("A plain kernel is started, not a forked one: %s", self.why_plain)
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        while self.process.poll() is None and not self.process.is_ready:
            await self.process.stirs(STEP)
        return self.connection_info

    def _forked(self, cmd: list[str], kwargs: dict[str, Any]) -> ForkedProcess:
        """Have the kernel forked; a parent that hangs up has ended, or its code is stale, and then there is another."""
        env = {**(kwargs.get("env") or os.environ), "JPY_PARENT_PID": str(os.getpid())}
        cwd = os.path.abspath(kwargs.get("cwd") or os.getcwd())
        request = {"cmd": cmd, "env": env, "cwd": cwd, "umask": _umask(), "files": self._files()}
        opened: list[int] = []
        try:
            streams = _streams(kwargs, opened)
            for _ in range(PARENTS):
                asked = connection(env, cwd, [*self.preloads, *self.also])
                try:
                    wire.send(asked, request, streams)
                    return ForkedProcess(asked)
                except ConnectionError:
                    asked.close()
        finally:
            for file in opened:
                os.close(file)
        raise NoParent(f"{PARENTS} parents ended meanwhile, or had code that has changed since they started")

    def _files(self) -> list[str]:
        """Return what must be removed if we are killed before we can."""
        manager = self.parent
        if not manager:
            return []
        sockets = [f"{manager.ip}-{port}" for port in manager.ports] if manager.transport == "ipc" else []
        return [*sockets, os.path.abspath(manager.connection_file)]

    @property
    def is_forked(self) -> bool:
        """Whether the kernel that runs was forked."""
        return isinstance(self.process, ForkedProcess)

    async def stirs(self, most: float) -> None:
        """Wait until something is heard of a forked kernel, and no longer than `most` seconds."""
        await self.process.stirs(most)

    async def wait(self) -> int | None:
        """Wait until the kernel has ended, and let go of it."""
        if not self.is_forked:
            return await super().wait()
        status = await self._ended(None)
        self.process.close()
        self.process = None
        return status

    async def _ended(self, most: float | None) -> int | None:
        """Wait for the kernel's end, and no longer than `most` seconds."""
        until = None if most is None else time.monotonic() + most
        while self.process.poll() is None and (until is None or time.monotonic() < until):
            await self.process.stirs(STEP if until is None else max(0, min(STEP, until - time.monotonic())))
        status: int | None = self.process.poll()
        return status

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and all that it started."""
        if self.is_forked:
            self.process.send_signal(signum)
        else:
            await super().send_signal(signum)

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel, and wait until it is dead: the manager would look only every tenth of a second."""
        await super().kill(restart)
        if self.is_forked:
            await self._ended(5)

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Wait a moment for the kernel to end as it was asked to, for the same reason."""
        if self.is_forked:
            await self._ended(1)

    async def cleanup(self, restart: bool = False) -> None:
        """Let go of the kernel, which kills what is left of it."""
        if self.is_forked:
            self.process.close()
            self.process = None
        await super().cleanup(restart)


def _asks_for_network(manager: Any) -> bool:
    """Whether a person configured the transport, or named a machine, so that it is not ours to choose."""
    asked = [manager.config[name] for name in ("KernelManager", "ConnectionFileMixin") if name in manager.config]
    return any("transport" in section or "ip" in section for section in asked)


def _why_plain(cmd: list[str], kwargs: dict[str, Any], preloads: list[str]) -> str:
    """Return why a fork would not be what was asked for; empty if it would."""
    if cmd[0] != sys.executable or tuple(cmd[1:3]) != START:
        return f"it is not started as {sys.executable} {' '.join(START)}"
    if kwargs.get("independent") or PLAIN_ONLY & {name for name, value in kwargs.items() if value}:
        return "it is started with options that a fork does not offer"
    env = kwargs.get("env") or os.environ
    if any(not os.path.isabs(folder) for folder in env.get("PYTHONPATH", "/").split(os.pathsep)):
        return "PYTHONPATH holds a folder that depends on where one is"
    if subprocess.PIPE in (kwargs.get("stdout"), kwargs.get("stderr")):
        return "its output is asked for through a pipe"
    return _shadowed(kwargs.get("cwd") or os.getcwd(), preloads)


def _shadowed(cwd: str, preloads: list[str]) -> str:
    """Return which file of the kernel's folder would have been used instead of what is preloaded; empty if none."""
    names = {name.partition(".")[0] for name in preloads}
    try:
        with os.scandir(cwd) as entries:
            found = sorted(e.name for e in entries if _module(e.name) in names or e.name == "matplotlibrc")
    except OSError:
        return "its folder cannot be looked into"
    return f"its folder holds {found[0]}, which a fresh kernel would read" if found else ""


def _module(file: str) -> str:
    """Return what the file or folder of this name is imported as, if it is."""
    name, _, suffix = file.partition(".")
    return file if suffix and f".{suffix}" not in all_suffixes() else name


def _streams(kwargs: dict[str, Any], opened: list[int]) -> list[int]:
    """Return where output and errors go; what had to be opened for it is added to `opened`."""

    def number(stream: Any, inherited: int) -> int:
        if stream is None:
            return inherited
        if stream == subprocess.DEVNULL:
            opened.append(os.open(os.devnull, os.O_WRONLY))
            return opened[-1]
        return stream if isinstance(stream, int) else int(stream.fileno())

    output = number(kwargs.get("stdout"), 1)
    errors = kwargs.get("stderr")
    return [output, output if errors == subprocess.STDOUT else number(errors, 2)]


def _umask() -> int:
    """Return the mask of this process without changing it, even for a moment: other threads may be writing files."""
    with open("/proc/self/status", encoding="ascii", errors="replace") as status:
        return next((int(line.split()[1], 8) for line in status if line.startswith("Umask:")), 0o022)
