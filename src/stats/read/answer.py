"""What a server answers: its redirects and its head are judged when they come, its body while it is read."""

from __future__ import annotations

import re
import time
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from requests import Response

MOST_REDIRECTS = 10
LINGER = 1.0
"""Seconds to wait for a byte too many from a server that keeps the connection open though it was asked to close it."""

OTHER = "Open the address in a browser. If the file is there, save it, and go on with the saved file."
LATER = "Try again later. If it lasts, open the address in a browser, and look whether the file has moved."
_STATUSES = {
    401: "the server wants a password",
    403: "the server does not let us have the file",
    404: "there is no file at this address",
    410: "the file was taken down",
}
_PASSING = (408, 425, 429)
"""Too slow, too early, too often: statuses below 500 that another attempt may mend."""


class Failed(Exception):
    """An attempt that gave no file; `may_pass` says whether another may."""

    def __init__(self, wrong: str, found: object, mend: str, *, may_pass: bool = False) -> None:
        self.wrong, self.found, self.mend, self.may_pass = wrong, found, mend, may_pass
        super().__init__(wrong)


class Answer:
    """The answer to one request, which stands in for the body of a `requests` response.

    Parameters
    ----------
    url : str
        The address asked for. `address` is the one that answered in the end.
    most_bytes : int
    until : float
        When to stop, by `time.monotonic`.
    """

    def __init__(self, url: str, *, most_bytes: int, until: float) -> None:
        must_be_web(url)
        self.address, self.redirects = url, 0
        self.most_bytes, self.until = most_bytes, until
        self.told: int | None = None
        self.offered: str | None = None
        self.got, self._ended = 0, False
        self._raw: Any = None
        self._body: Any = None

    def arrived(self, response: Response, **_: object) -> None:
        """Judge a head that has come, before any of its body is read; a hook of `requests`."""
        self._raw = response.raw
        if response.is_redirect:
            self._follow(response)
        else:
            _must_be_whole(response)
            self._begin(response)

    def _follow(self, response: Response) -> None:
        before, after = self.address, urljoin(self.address, response.headers["location"])
        found = f"{before} leads to {after}"
        self.redirects += 1
        if self.redirects > MOST_REDIRECTS:
            raise Failed("the address leads from one to the next without end.", found, OTHER)
        if urlsplit(before).scheme == "https" and urlsplit(after).scheme == "http":
            raise Failed("the address leads away from a safe connection (https to http).", found, OTHER)
        must_be_web(after, led_from=before)
        self.address = after
        response.raw.close()  # `requests` would read the body of a redirect to its end, and it may have none

    def _begin(self, response: Response) -> None:
        self.offered = response.headers.get("content-disposition")
        self._body = response.raw._original_response  # `requests` leans on it too, for cookies
        if self._body.chunked:
            response.headers.pop("content-length", None)
        else:
            self.told = _length(response)
            self._body.length = None  # read on past the length told, to see whether it is true
        if self.told is not None and self.told > self.most_bytes:
            raise Failed("the file is too large.", f"{self.told:,} bytes by its head; at most {self.most_bytes:,}",
                         "Look at the address: no published table comes near this size.")  # fmt: skip
        response.raw = self

    def read(self, size: int) -> bytes:
        """Return `size` bytes of the body, or what is left of it.

        Raises
        ------
        Failed
            If the body is shorter or longer than its head told, too large, or too slow.
        """
        pieces, room = [], size
        while room and (piece := self._piece(room)):
            pieces.append(piece)
            room -= len(piece)
        return b"".join(pieces)

    def _piece(self, room: int) -> bytes:
        if time.monotonic() > self.until:
            raise Failed("the download took too long, and was stopped.", self._so_far(), LATER)
        left = None if self.told is None else self.told - self.got
        size = room if left is None else min(room, left or 1)
        piece = b"" if self._ended else self._received(size, all_told=left == 0)
        self._ended = not piece
        self.got += len(piece)
        self._must_be_true()
        return piece

    def _received(self, size: int, *, all_told: bool) -> bytes:
        """One piece from the network, as soon as any of it is there."""
        sock = getattr(self._raw.connection, "sock", None)  # none if the server says that it will close
        if all_told and sock:
            sock.settimeout(LINGER)
        try:
            return bytes(self._body.read1(size))
        except (OSError, HTTPException) as problem:
            if all_told and isinstance(problem, TimeoutError):
                return b""
            wrong = "the server stopped sending." if isinstance(problem, TimeoutError) else "the download broke off."
            raise Failed(wrong, self._so_far(), LATER, may_pass=True) from None

    def _must_be_true(self) -> None:
        if self.got > self.most_bytes:
            raise Failed("the file is too large, and was cut off.", f"more than {self.most_bytes:,} bytes",
                         "Look at the address: no published table comes near this size.")  # fmt: skip
        if self.told is not None and self.got > self.told:
            raise Failed(
                "the server sends more than it says.", f"{self.told:,} bytes by its head, and more came", OTHER
            )
        if self.told is not None and self._ended and self.got < self.told:
            raise Failed("the download broke off.", self._so_far(), LATER, may_pass=True)
        if self._ended and not self.got:
            raise Failed("the server sent an empty file.", "0 bytes", LATER, may_pass=True)

    def _so_far(self) -> str:
        return f"{self.got:,} bytes of {'an unknown number' if self.told is None else f'{self.told:,}'}"

    def close(self) -> None:
        """Let go of the connection."""
        if self._raw is not None:
            self._raw.close()


def must_be_web(url: str, *, led_from: str | None = None) -> None:
    """Stop unless an address begins with http:// or https://, names a host, and holds no password."""
    found = f"{led_from} leads to {url}" if led_from else url
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, named = urlsplit(""), False
    if parts.scheme not in ("http", "https") or not named:
        raise Failed("this is no address of the web." if not led_from else "the address leads away from the web.",
                     found, "Give an address that begins with https:// or http://, as browsers show it.")  # fmt: skip
    if parts.username is not None:
        raise Failed("the address holds a name or a password.", f"an address at {parts.hostname}",
                     "Published files need none: give the address without it.")  # fmt: skip


def _must_be_whole(response: Response) -> None:
    """Stop unless this is the whole file, as it is."""
    status = response.status_code
    if status != 200:
        words = _STATUSES.get(status, "the server fails" if status >= 500 else "the server gives no file")
        passing = status >= 500 or status in _PASSING
        raise Failed(f"{words}.", f"status {status} {response.reason}".rstrip(), LATER if passing else OTHER,
                     may_pass=passing)  # fmt: skip
    packed = response.headers.get("content-encoding", "identity")
    if packed != "identity":
        raise Failed("the server packs the file, though asked not to.", f"content-encoding {packed}", OTHER)


def _length(response: Response) -> int | None:
    said = response.headers.get("content-length")
    if said is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", said):
        raise Failed("the server's length of the file is no number.", f"content-length {said[:40]!r}", OTHER)
    return int(said)
