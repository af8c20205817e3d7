"""A kernel that the parent forked for us: what the provisioner asks of its process."""

from __future__ import annotations

import asyncio
import signal
import socket
from contextlib import suppress

from stats.kernels import wire


class ForkedProcess:
    """A kernel's process, known by the socket over which it was asked for.

    Closing the socket kills the kernel and all that it started.
    """

    def __init__(self, asked: socket.socket) -> None:
        message, _ = wire.receive(asked)
        self.pid: int = message["pid"]
        self.returncode: int | None = None
        self.is_ready = False
        self._asked, self._reader = asked, wire.Reader(asked)

    def poll(self) -> int | None:
        """Return the exit status if the kernel has ended (below zero: the signal that killed it), else None."""
        if self.returncode is None:
            for message in self._reader.messages():
                self.is_ready |= "ready" in message
                self.returncode = message.get("exit", self.returncode)
            if self._reader.has_ended and self.returncode is None:
                self.returncode = -signal.SIGKILL  # the parent has gone, and its kernels with it
        return self.returncode

    async def stirs(self, most: float) -> None:
        """Wait until the parent says something of the kernel, and no longer than `most` seconds."""
        loop = asyncio.get_running_loop()
        heard = asyncio.Event()
        loop.add_reader(self._asked, heard.set)
        try:
            await asyncio.wait_for(heard.wait(), most)
        except TimeoutError:
            pass
        finally:
            loop.remove_reader(self._asked)

    def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel's process group. The parent does it, which knows that the number is still its."""
        if self.poll() is None:
            with suppress(OSError):
                wire.send(self._asked, {"signal": int(signum)})

    def close(self) -> None:
        """Let go of the kernel; what still runs of it is killed."""
        with suppress(OSError):
            self._asked.shutdown(socket.SHUT_RDWR)
        self._asked.close()


def in_words(status: int | None) -> str:
    """Return how a kernel ended, as a person is told."""
    if status is None:
        return "it gave no answer"
    if status == -signal.SIGKILL:
        return "it was killed by the system (SIGKILL); most often memory ran out"
    if status < 0:
        return f"it was killed by {signal.Signals(-status).name}"
    return f"it ended with status {status}"
