"""Download one file: the only module that reaches the network, and only when it is asked to.

pooch asks, writes the body to disk and keeps the bar going. What it does not look at, `Answer` does.
Why so: docs/decisions/0018-fetching.md.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from stats.errors import NotFetched
from stats.read.answer import LATER, OTHER, Answer, Failed
from stats.read.recognise import HEAD, MOST_BYTES, in_words

PIECE = 1 << 16
LONGEST_PAUSE = 30.0
LONGEST_STEM, LONGEST_ENDING = 110, 10
"""Bytes of a file name: most systems allow 255 together."""
HEADERS = {
    "Accept-Encoding": "identity",  # the bytes as they lie at the publisher, for they are hashed
    "Connection": "close",  # so that a byte too many can be seen
    "User-Agent": "plainfigures (stats release fetch)",
}

Bar = Callable[[], Any]
"""Makes a bar with the manners of tqdm: `total`, `update`, `reset`, `close`."""


@dataclass(frozen=True)
class Limits:
    """How long to wait, how often to try, and how much to take."""

    timeout: float = 30
    """Seconds without a byte."""

    retries: int = 3
    most_bytes: int = MOST_BYTES
    most_seconds: float = 1800
    """For all attempts together."""

    pause: float = 1
    """Seconds before the second attempt; twice as long before each further one."""


USUAL = Limits()


@dataclass(frozen=True)
class Fetched:
    """A file that came, at a passing place: rename it from there, or it is removed."""

    path: Path
    address: str
    name: str
    size: int
    sha256: str
    kind: str
    begins: bytes


@contextmanager
def fetched(url: str, folder: Path, *, limits: Limits = USUAL, bar: Bar | None = None) -> Iterator[Fetched]:
    """Download an address to a temporary file in `folder`, which is gone afterwards unless it was renamed.

    Parameters
    ----------
    url : str
        It must begin with http:// or https://, and so must every address that it leads to.
    folder : Path
        Where the file will lie in the end.
    limits : Limits
    bar : callable, optional
        Makes a bar to show progress with; nothing is shown by default.

    Raises
    ------
    NotFetched
        If no whole file came.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".fetched.")
    os.close(handle)
    path = Path(temporary)
    try:
        answer = _answered(url, path, limits, bar)
        path.chmod(0o644)
        yield _as_fetched(path, answer)
    finally:
        path.unlink(missing_ok=True)


def _answered(url: str, path: Path, limits: Limits, bar: Bar | None) -> Answer:
    """Try until a whole file has come, the failure is no passing one, or attempts or time are used up."""
    until = time.monotonic() + limits.most_seconds
    for attempt in range(1, limits.retries + 2):
        try:
            return _once(url, path, limits, until, bar)
        except Failed as problem:
            pause = min(limits.pause * 2 ** (attempt - 1), LONGEST_PAUSE)
            if not problem.may_pass or attempt > limits.retries or time.monotonic() + pause > until:
                raise _not_fetched(url, problem, attempt) from None
        time.sleep(pause)
    raise AssertionError("the last attempt returns or raises")


def _not_fetched(url: str, problem: Failed, attempts: int) -> NotFetched:
    tried = [("attempts", attempts)] if attempts > 1 else []
    asked = [("address", url)] if "@" not in url.partition("//")[2].partition("/")[0] else []  # print no password
    return NotFetched(problem.wrong, [*asked, ("found", problem.found), *tried], problem.mend)


def _once(url: str, path: Path, limits: Limits, until: float, bar: Bar | None) -> Answer:
    from pooch import HTTPDownloader  # type: ignore[import-untyped] # pooch publishes no types
    from requests import RequestException

    answer = Answer(url, most_bytes=limits.most_bytes, until=until)
    shown = bar() if bar else None
    load = HTTPDownloader(
        progressbar=shown or False, chunk_size=PIECE, timeout=limits.timeout, headers=HEADERS,
        hooks={"response": answer.arrived},
    )  # fmt: skip
    try:
        load(url, str(path), None)
    except RequestException as problem:
        raise _unreached(problem, limits) from None
    finally:
        answer.close()
        if shown:
            shown.close()
    return answer


def _unreached(problem: Exception, limits: Limits) -> Failed:
    """What `requests` says of a server that gave no answer."""
    from requests import exceptions

    if isinstance(problem, exceptions.Timeout):
        return Failed("the server does not answer.", f"nothing within {limits.timeout:g} s", LATER, may_pass=True)
    if isinstance(problem, exceptions.SSLError):
        return Failed("the connection is not safe: the server's certificate is wrong.", _cause(problem), OTHER)
    if isinstance(problem, exceptions.ConnectionError):
        return Failed("the server cannot be reached.", _cause(problem),
                      "Look at the name in the address, and whether this computer has a network.",
                      may_pass=True)  # fmt: skip
    return Failed("the address cannot be asked for.", problem, OTHER)


def _cause(problem: Exception) -> str:
    """The last words of a message in which one error is wrapped in another."""
    return re.split(r"\] |: |, \w+\('", str(problem))[-1].rstrip("')\"")


def _as_fetched(path: Path, answer: Answer) -> Fetched:
    from pooch import file_hash

    with path.open("rb") as file:
        head = file.read(HEAD)
    return Fetched(
        path, answer.address, name_from(answer.address, answer.offered), path.stat().st_size,
        file_hash(str(path), alg="sha256"), in_words(head), head[:40],
    )  # fmt: skip


def name_from(address: str, offered: str | None = None) -> str:
    """Return a file name that stays in its folder, from what the server offers or else from the address.

    Parameters
    ----------
    address : str
    offered : str, optional
        The header `Content-Disposition`.

    Examples
    --------
    >>> name_from("https://www.ons.gov.uk/files/table%20P3.xlsx?v=2")
    'table P3.xlsx'
    >>> name_from("https://example.org/get", 'attachment; filename="../../.bashrc"')
    'bashrc'
    """
    wanted = _offered(offered) or unquote(urlsplit(address).path)
    last = re.split(r"[/\\]", wanted.strip().rstrip("/\\"))[-1]
    plain = re.sub(r"[^\w .,()+-]", "_", last).strip(" .")
    stem, ending = os.path.splitext(plain)
    return f"{_cut(stem, LONGEST_STEM)}{_cut(ending, LONGEST_ENDING)}" or "download"


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def _offered(header: str | None) -> str | None:
    message = Message()
    try:
        message["content-disposition"] = header or "inline"
        return message.get_filename()
    except (ValueError, LookupError):  # a header that breaks its own rules offers nothing
        return None
