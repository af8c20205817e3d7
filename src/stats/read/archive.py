"""The ZIP archive that an XLSX or ODS file is, unpacked piece by piece and never trusted.

Sizes are first read from the directory, then counted in what is really unpacked: a part that holds more than it says
stops at the first byte too many. So no more than `MOST_UNPACKED` is ever unpacked, and never more than a piece is held.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from stats.read.recognise import LOCKED, refuse

MOST_UNPACKED = 750_000_000
"""Twice the largest release of the Home Office (359 MB of XML)."""

MOST_PARTS = 2_000
MOST_RATIO = 250
"""Real workbooks unpack to 10 to 60 times their size; a bomb to 1,000 times."""

SMALL = 4_000_000
"""A part below this size may have any ratio, and is unpacked without a second thread."""

PIECE = 1 << 20
LONGEST = 1 << 21
FEED = 1 << 16
AHEAD = 3
AGAIN = "Download it again from the publisher, and compare its size with the one the page gives."
DISTRUST = "Do not open it. Download it again from the publisher's own page, and tell them if it is the same."

_LOCAL = struct.Struct("<4s5H3I2H")
_OUTSIDE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\\|[\x00-\x1f]")
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.S)
_OTHER_LETTERS = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8|us-ascii)""", re.I)
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)[\s/>]")


@dataclass(frozen=True)
class Archive:
    """An archive whose directory keeps the rules; `parts` are its entries by name."""

    path: Path
    data: bytes
    parts: dict[str, ZipInfo]
    noun: str = "workbook"

    def pieces(self, name: str) -> Iterator[bytes]:
        """Unpack a part, a piece at a time; stop if it is damaged, or longer or shorter than it says."""
        part = self.parts[name]
        pieces = _counted(
            self, part, _stored(self, part) if part.compress_type == ZIP_STORED else _inflated(self, part)
        )
        return _ahead(pieces) if part.file_size > SMALL else pieces

    def text(self, name: str, most: int = SMALL) -> bytes:
        """Return a small part whole."""
        if name not in self.parts:
            refuse(self.path, f"a part of the {self.noun} is missing.", f"no {name} in the archive", AGAIN)
        if self.parts[name].file_size > most:
            refuse(self.path, f"a part of the {self.noun} is far larger than it can be.", name, DISTRUST)
        return b"".join(self.pieces(name))

    def xml(self, name: str) -> Iterator[tuple[bytes, int]]:
        """Unpack an XML part into pieces, each with where its last whole tag ends; what follows comes again.

        The part may hold no DOCTYPE, so no entity is ever declared; and it must end by closing what it began.
        """
        root = kept = buffer = b""
        for piece in self.pieces(name):
            buffer = kept + piece
            root = root or _root(self, name, buffer)
            end = buffer.rfind(b">") + 1
            if len(buffer) - end > LONGEST:
                refuse(
                    self.path,
                    f"one piece of the {self.noun} holds over a megabyte of text.",
                    name,
                    DISTRUST,
                )
            yield buffer, end
            kept = buffer[end:]
        last = buffer[buffer.rfind(b"<") :].rstrip() if root else b""
        if last != b"</" + root + b">" and not (last.startswith(b"<" + root) and last.endswith(b"/>")):
            refuse(
                self.path,
                f"a part of the {self.noun} breaks off.",
                f"{name} does not end with </{root.decode()}>",
                AGAIN,
            )


def open_archive(path: Path, data: bytes, *, noun: str = "workbook") -> Archive:
    """Return the archive, its directory checked and nothing unpacked yet; `noun` is what an error calls it.

    Raises
    ------
    CannotOpen
        If it is damaged, locked, holds a path that leads out of it or another archive, or would unpack to too much.
    """
    try:
        with ZipFile(BytesIO(data)) as file:
            parts, note = file.infolist(), file.comment
    except (BadZipFile, NotImplementedError, UnicodeDecodeError, struct.error, ValueError) as problem:
        refuse(path, "the file is damaged or cut short.", f"a ZIP archive without a whole directory ({problem})", AGAIN)
    if note:
        refuse(path, "the archive hides something after its directory.", f"{len(note)} bytes", DISTRUST)
    archive = Archive(path, data, {part.filename: part for part in parts}, noun)
    _must_be_modest(path, parts, noun)
    if len(archive.parts) != len(parts):
        refuse(path, "the archive holds two parts by one name.", f"{len(parts)} parts", DISTRUST)
    for part in parts:
        _must_be_plain(path, part)
    _must_lie_apart(archive, parts)
    return archive


def must_not_be_locked(archive: Archive) -> None:
    """Stop at an OpenDocument file whose parts are locked with a password."""
    if "encrypted-package" in archive.parts or b"encryption-data" in archive.text("META-INF/manifest.xml"):
        refuse(archive.path, f"the {archive.noun} is locked with a password.", "encryption-data in its manifest",
               LOCKED)  # fmt: skip


def _must_be_modest(path: Path, parts: list[ZipInfo], noun: str) -> None:
    if len(parts) > MOST_PARTS:
        refuse(
            path,
            f"the archive holds too many parts for a {noun}.",
            f"{len(parts):,}, at most {MOST_PARTS:,}",
            DISTRUST,
        )
    whole = sum(part.file_size for part in parts)
    if whole > MOST_UNPACKED:
        refuse(path, f"the file would unpack to more than any {noun} needs.",
               f"{whole:,} bytes, at most {MOST_UNPACKED:,}", DISTRUST)  # fmt: skip
    for part in parts:
        if part.file_size > max(SMALL, MOST_RATIO * part.compress_size):
            refuse(path, f"the file is a ZIP bomb: it would unpack to far more than a {noun} does.",
                   f"{part.filename}: {part.compress_size:,} bytes hold {part.file_size:,}", DISTRUST)  # fmt: skip


def _must_be_plain(path: Path, part: ZipInfo) -> None:
    if _OUTSIDE.search(part.orig_filename):
        refuse(path, "a part of the archive has a path that leads out of it.", repr(part.orig_filename), DISTRUST)
    if part.flag_bits & 0x41:
        refuse(path, "the archive is locked with a password.", part.filename, LOCKED)
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        refuse(path, "the archive is packed in a way that Office files are not.", f"method {part.compress_type}", AGAIN)


def _must_lie_apart(archive: Archive, parts: list[ZipInfo]) -> None:
    """Stop at parts that overlap, which unpack the same bytes many times, or that have two names."""
    end = 0
    for part in sorted(parts, key=lambda p: p.header_offset):
        if part.header_offset < end or (not end and part.header_offset):
            refuse(archive.path, "parts of the archive overlap, or are not at its start.", part.filename, DISTRUST)
        end = _start(archive, part) + part.compress_size
        if end > len(archive.data):
            refuse(archive.path, "the file is damaged or cut short.", f"{part.filename} ends after the file", AGAIN)


def _start(archive: Archive, part: ZipInfo) -> int:
    head = archive.data[part.header_offset : part.header_offset + _LOCAL.size]
    if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
        refuse(archive.path, "the file is damaged or cut short.", f"{part.filename} is not where it should be", AGAIN)
    fields = _LOCAL.unpack(head)
    start = part.header_offset + _LOCAL.size
    if archive.data[start : start + fields[-2]] != part.orig_filename.encode("utf-8" if fields[2] & 0x800 else "cp437"):
        refuse(archive.path, "the archive gives one part two names.", part.filename, DISTRUST)
    return int(start + fields[-2] + fields[-1])


def _stored(archive: Archive, part: ZipInfo) -> Iterator[bytes]:
    start = _start(archive, part)
    for at in range(start, start + part.compress_size, PIECE):
        yield archive.data[at : min(at + PIECE, start + part.compress_size)]


def _inflated(archive: Archive, part: ZipInfo) -> Iterator[bytes]:
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    start = _start(archive, part)
    packed = archive.data[start : start + part.compress_size]
    for at in range(0, len(packed), FEED):
        feed = packed[at : at + FEED]
        while feed and not unpack.eof:
            try:
                yield unpack.decompress(feed, PIECE)
            except zlib.error as problem:
                refuse(archive.path, "the file is damaged.", f"{part.filename}: {problem}", AGAIN)
            feed = unpack.unconsumed_tail
    yield unpack.flush()


def _counted(archive: Archive, part: ZipInfo, pieces: Iterator[bytes]) -> Iterator[bytes]:
    so_far = 0
    for piece in filter(None, pieces):
        if not so_far and piece.startswith(_ARCHIVES):
            refuse(
                archive.path,
                f"the {archive.noun} holds another archive.",
                part.filename,
                f"If it is a bundle, unpack it and give the {archive.noun}; else save it without attachments.",
            )
        so_far += len(piece)
        if so_far > part.file_size:
            refuse(archive.path, "a part of the archive holds more than it says.",
                   f"{part.filename} says {part.file_size:,} bytes", DISTRUST)  # fmt: skip
        yield piece
    if so_far != part.file_size:
        refuse(archive.path, "the file is damaged.", f"{part.filename} is not what the archive says it is", AGAIN)


def _ahead(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack the next pieces while this one is looked at."""
    with ThreadPoolExecutor(1) as worker:
        coming = deque(worker.submit(next, pieces, None) for _ in range(AHEAD))
        while (piece := coming.popleft().result()) is not None:
            coming.append(worker.submit(next, pieces, None))
            yield piece


def _root(archive: Archive, name: str, start: bytes) -> bytes:
    """Return the name of the first element; nothing but a declaration and comments may stand before it."""
    text = start[:65_536].removeprefix(b"\xef\xbb\xbf")
    bare = _ASIDE.sub(b"", text).lstrip()
    found = _ROOT.match(bare)
    if bare[:2] == b"<!" or b"<!DOCTYPE" in bare.upper():
        refuse(archive.path, f"a part of the {archive.noun} declares a document type, as attacks with entities do.",
               f"{name}: {bare[:60]!r}", DISTRUST)  # fmt: skip
    if not found or _OTHER_LETTERS.match(text.lstrip()):
        refuse(
            archive.path, f"a part of the {archive.noun} is not XML in UTF-8.", f"{name} begins {text[:24]!r}", AGAIN
        )
    return found[1]
