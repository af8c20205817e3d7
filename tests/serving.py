"""A server on this computer that gives a file well, or badly in every way we know."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from unittest.mock import patch

TABLE = b"Force Name,Offences\nKent,12\nGwent,7\n" * 5000
"""About 180 kB: three pieces and a part of one."""

PAGE = b"<!DOCTYPE html>\n<html><body>Please accept our cookies</body></html>"
STALL = 60
"""Seconds: longer than the patience of a test. Nobody waits for them: a server that is done leaves such an answer."""


class Answering(BaseHTTPRequestHandler):
    """Answers each path with the function of that name in `WAYS`; the first word of a path is the way."""

    server: Server

    def do_GET(self) -> None:
        """Answer, whatever the other end does."""
        self.server.visits[self.path] += 1
        self.server.asked.append(dict(self.headers))
        with suppress(ConnectionError):
            WAYS[self.path.split("/")[1]](self)

    def head(self, status: int = 200, **fields: object) -> None:
        """Send a status and the fields of a head, with `_` for `-`."""
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def body(self, data: bytes, told: object = None, **fields: object) -> None:
        """Send a whole answer; `told` is its length by the head."""
        self.head(content_length=len(data) if told is None else told, **fields)
        self.wfile.write(data)

    @property
    def visit(self) -> int:
        """How often this path was asked for."""
        return self.server.visits[self.path]

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Counts what it was asked for."""

    daemon_threads = True

    def __init__(self, handler: type[Answering]) -> None:
        self.visits: Counter[str] = Counter()
        self.asked: list[dict[str, str]] = []
        super().__init__(("127.0.0.1", 0), handler)

    def at(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.server_port}/{path}"


class KeepingOpen(Answering):
    """Keeps the connection open, though it was asked to close it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer, and wait for more."""
        super().do_GET()
        self.close_connection = False


@contextmanager
def serving(handler: type[Answering] = Answering) -> Iterator[Server]:
    """Serve on a free port of this computer until the end of the block."""
    server = Server(handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    direct = dict.fromkeys(("no_proxy", "NO_PROXY"), "127.0.0.1,localhost")  # a proxy would hide the server
    try:
        with patch.dict(os.environ, direct):
            yield server
    finally:
        server.shutdown()
        thread.join()
        server.socket.close()  # and not server_close: a stalled answer need not be waited for


def _moved(to: str) -> Callable[[Answering], None]:
    return lambda a: a.head(302, location=to.format(port=a.server.server_port), content_length=0)


def _stalls(a: Answering) -> None:
    a.head(content_length=len(TABLE))
    a.wfile.write(TABLE[:1000])
    a.wfile.flush()
    time.sleep(STALL)


def _drips(a: Answering) -> None:
    a.head(content_length=len(TABLE))
    for byte in TABLE[:400]:
        a.wfile.write(bytes([byte]))
        time.sleep(0.05)


def _endless(a: Answering) -> None:
    a.head()
    while True:
        a.wfile.write(b"x" * 65536)


def _endless_redirect(a: Answering) -> None:
    a.head(302, location="/table")
    while True:
        a.wfile.write(b"x" * 65536)


def _chunks(a: Answering, *, ends: bool) -> None:
    a.protocol_version = "HTTP/1.1"
    a.head(transfer_encoding="chunked", content_length="many", connection="close")
    a.wfile.write(b"%x\r\n%s\r\n" % (len(TABLE), TABLE))
    a.wfile.write(b"0\r\n\r\n" if ends else b"ffff\r\nForce")


def _fails_once(a: Answering) -> None:
    a.body(TABLE) if a.visit > 1 else a.head(500)


def _breaks_once(a: Answering) -> None:
    a.body(TABLE if a.visit > 1 else TABLE[:70_000], told=len(TABLE))


def _stalls_once(a: Answering) -> None:
    a.body(TABLE) if a.visit > 1 else _stalls(a)


WAYS: dict[str, Callable[[Answering], None]] = {
    "table": lambda a: a.body(TABLE),
    "untold": lambda a: (a.head(), a.wfile.write(TABLE))[0],
    "chunked": lambda a: _chunks(a, ends=True),
    "chunked-short": lambda a: _chunks(a, ends=False),
    "other": lambda a: a.body(b"Force Name,Offences\nKent,13\n"),
    "page": lambda a: a.body(PAGE),
    "empty": lambda a: a.body(b""),
    "named": lambda a: a.body(TABLE, content_disposition='attachment; filename="../../outside.csv"'),
    "packed": lambda a: a.body(TABLE, content_encoding="gzip"),
    "short": lambda a: a.body(TABLE[:-1], told=len(TABLE)),
    "long": lambda a: a.body(TABLE, told=len(TABLE) - 1),
    "long-small": lambda a: a.body(b"a,b\n1,2\n", told=4),
    "huge": lambda a: a.body(TABLE, told=10**12),
    "wordy": lambda a: a.body(TABLE, told="many"),
    "endless": _endless,
    "stalls": _stalls,
    "silent": lambda a: time.sleep(STALL),
    "drips": _drips,
    "hangs-up": lambda a: None,
    "fails-once": _fails_once,
    "stalls-once": _stalls_once,
    "breaks-once": _breaks_once,
    "moved": _moved("/table"),
    "elsewhere": _moved("http://localhost:{port}/table/of-another-host.csv"),
    "round": _moved("/round"),
    "to-file": _moved("file:///etc/hostname"),
    "to-ftp": _moved("ftp://127.0.0.1/table.csv"),
    "to-secret": _moved("http://me:secret@127.0.0.1/table.csv"),
    "endless-redirect": _endless_redirect,
    "204": lambda a: a.head(204),
    "304": lambda a: a.head(304),
    "206": lambda a: a.head(206, content_length=0),
    "401": lambda a: a.head(401, content_length=0),
    "403": lambda a: a.head(403, content_length=0),
    "404": lambda a: a.head(404, content_length=0),
    "410": lambda a: a.head(410, content_length=0),
    "429": lambda a: a.head(429, content_length=0),
    "503": lambda a: a.head(503, content_length=0),
}
