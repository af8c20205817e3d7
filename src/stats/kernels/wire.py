"""Messages over a Unix socket: JSON with its length before it, and open files beside it (`SCM_RIGHTS`)."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator, Sequence
from typing import Any

HEAD = struct.Struct("!I")
Message = dict[str, Any]


def send(to: socket.socket, message: Message, files: Sequence[int] = ()) -> None:
    """Send a message, and open files with it."""
    data = json.dumps(message).encode()
    framed = HEAD.pack(len(data)) + data
    sent = socket.send_fds(to, [framed], files) if files else 0
    to.sendall(framed[sent:])


def receive(of: socket.socket, most_files: int = 0) -> tuple[Message, list[int]]:
    """Wait for one message, and return it with the open files that came with it.

    Raises
    ------
    ConnectionError
        If the other side has gone.
    """
    head, files, _, _ = socket.recv_fds(of, HEAD.size, most_files)
    head += _exactly(of, HEAD.size - len(head)) if head else b""
    if not head:
        raise ConnectionResetError("the other side has gone")
    return json.loads(_exactly(of, HEAD.unpack(head)[0])), files


def _exactly(of: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        more = of.recv(length - len(data))
        if not more:
            raise ConnectionResetError("the other side has gone")
        data += more
    return data


class Reader:
    """Reads what has come so far, and never waits.

    `has_ended` says that the other side has closed.
    """

    def __init__(self, of: socket.socket) -> None:
        self.of, self.rest, self.has_ended = of, b"", False

    def messages(self) -> Iterator[Message]:
        """Give each message that is whole."""
        try:
            while data := self.of.recv(65536, socket.MSG_DONTWAIT):
                self.rest += data
            self.has_ended = True
        except BlockingIOError:
            pass
        except OSError:
            self.has_ended = True
        while len(self.rest) >= HEAD.size:
            end = HEAD.size + HEAD.unpack_from(self.rest)[0]
            if len(self.rest) < end:
                return
            message, self.rest = json.loads(self.rest[HEAD.size : end]), self.rest[end:]
            yield message
