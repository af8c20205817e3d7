"""What DOCX and ODT documents share: an archive never trusted, parts of XML walked through, and what is not opened."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal
from xml.parsers.expat import ExpatError

from stats.read.archive import AGAIN, DISTRUST, Archive, must_not_be_locked, open_archive
from stats.read.recognise import refuse
from stats.read.walk import Grown, Walk, walk

MOST_XML = 50_000_000
"""Of one part: a report of a thousand pages has about 25 MB."""

MOST_LETTERS = 20_000_000
"""Of a document: some eight thousand pages."""

NOUN = "document"

_SHORT = (
    ("wordprocessingml", "w"), ("markup-compatibility", "mc"), ("/math", "m"), ("wordprocessingShape", "wps"),
    ("opendocument:xmlns:text", "text"), ("opendocument:xmlns:table", "table"), ("opendocument:xmlns:office", "office"),
    ("opendocument:xmlns:drawing", "draw"), ("opendocument:xmlns:style", "style"), ("opendocument:xmlns:meta", "meta"),
    ("fo-compatible", "fo"), ("svg-compatible", "svg"), ("purl.org/dc/elements", "dc"),
    ("purl.org/dc/terms", "dcterms"),
    ("package/2006/relationships", "rel"), ("opendocument:xmlns:script", "script"),
)  # fmt: skip
_MACROS = re.compile(r"vbaProject|vbaData|^Basic/|^Scripts/", re.I)
_EMBEDDED = re.compile(r"/embeddings/|/activeX/|^Object |^ObjectReplacements/.+|/afchunk", re.I)
_PICTURES = re.compile(r"/media/|^Pictures/", re.I)
_DRAWN = re.compile(r"/charts/chart\d*\.xml$|/diagrams/data\d*\.xml$", re.I)


@lru_cache(4096)
def short(name: str) -> str:
    """Return `w:p` for the long name that the parser gives; a name of another language stays as it is."""
    address, _, local = name.rpartition(" ")
    return next((f"{prefix}:{local}" for part, prefix in _SHORT if part in address), f"other:{local}")


def open_office(path: Path, data: bytes) -> tuple[Archive, Literal["docx", "odt"]]:
    """Return the archive of a DOCX or ODT document, and which it is.

    Raises
    ------
    CannotOpen
        If it is damaged, locked, unsafe, a spreadsheet or another archive.
    """
    archive = open_archive(path, data, noun=NOUN)
    parts = archive.parts
    kind = archive.text("mimetype").strip().decode("ascii", "replace") if "mimetype" in parts else ""
    if "opendocument.text" in kind and "content.xml" in parts:
        must_not_be_locked(archive)
        return archive, "odt"
    if "[Content_Types].xml" in parts and any(re.fullmatch(r"word/document\d*\.xml", name) for name in parts):
        return archive, "docx"
    _refuse_other(archive, kind)
    raise AssertionError


def _refuse_other(archive: Archive, kind: str) -> None:
    named = kind or ", ".join(sorted(archive.parts)[:5]) or "nothing"
    if "spreadsheet" in kind or any(name.startswith("xl/") for name in archive.parts):
        refuse(archive.path, "this is a spreadsheet, not a document.", named,
               "`stats read` reads tables. To check words in it, copy them into a text file.")  # fmt: skip
    if "presentation" in kind or any(name.startswith("ppt/") for name in archive.parts):
        refuse(archive.path, "this is a presentation, not a document.", named, "Save it as .pdf, and give that file.")
    refuse(archive.path, "this is an archive, not a document.", named,
           "If it is a bundle, unpack it and give the document inside.")  # fmt: skip


def walked(archive: Archive, name: str, walker: Walk) -> None:
    """Lead a walker through a part of the archive, if it is there."""
    if name not in archive.parts:
        return
    part = archive.parts[name]
    if part.file_size > MOST_XML:
        refuse(archive.path, "the document is far longer than any report.",
               f"{name}: {part.file_size:,} bytes, at most {MOST_XML:,} are read", DISTRUST)  # fmt: skip
    try:
        walk(_true(archive, name), walker, between=" ")
    except (ExpatError, ValueError) as problem:
        refuse(archive.path, "a part of the document is damaged.", f"{name}: {problem}", AGAIN)
    except Grown as found:
        refuse(
            archive.path, "the document would grow beyond all measure when it is read.", f"{name}: {found}", DISTRUST
        )


def _true(archive: Archive, name: str) -> Iterator[tuple[bytes, int]]:
    """Pieces of a part of XML; stop at the end if they are not the bytes that were packed."""
    summed = 0
    for buffer, end in archive.xml(name):
        summed = zlib.crc32(buffer[:end], summed)
        yield buffer, end
    summed = zlib.crc32(buffer[end:], summed)
    if summed != archive.parts[name].CRC:
        refuse(archive.path, "the file is damaged.", f"{name} is not what was packed (its sum differs)", AGAIN)


class Properties(Walk):
    """What a document says of itself: title, language, days."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.name = ""

    def start(self, name: str, fields: dict[str, str]) -> None:
        """Begin a property."""
        self.name = short(name)

    def end(self, name: str) -> None:
        """End a property."""
        self.name = ""

    def text(self, words: str) -> None:
        """Keep its words."""
        if self.name and len(self.found.get(self.name, "")) < 1000:
            self.found[self.name] = self.found.get(self.name, "") + words

    def said(self, *names: str) -> str:
        """Return the first of these properties that says anything."""
        return next((self.found[name].strip() for name in names if self.found.get(name, "").strip()), "")


class Links(Walk):
    """The links of a part: kind, target and whether it lies outside."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, bool]] = []

    def start(self, name: str, fields: dict[str, str]) -> None:
        """Take a link."""
        if short(name) == "rel:Relationship":
            kind = fields.get("Type", "").rpartition("/")[2]
            self.found.append((kind, fields.get("Target", ""), fields.get("TargetMode") == "External"))


def not_opened(archive: Archive, outside: int) -> list[str]:
    """Say what the document holds that was left alone."""
    names = list(archive.parts)
    told = ["The document holds macros. They were not run, and not read."] if any(map(_MACROS.search, names)) else []
    unread = "numbers in them are not checked"
    counts = (
        (_count(names, _PICTURES), "pictures", f"not looked at; {unread}"),
        (_count(names, _DRAWN), "charts or diagrams", f"not read; {unread}"),
        (_count(names, _EMBEDDED), "embedded files", "not opened"),
        (outside, "links to places outside the document", "not followed"),
    )
    return told + [f"{number:,} {what} were {left}." for number, what, left in counts if number]


def _count(names: list[str], pattern: re.Pattern[str]) -> int:
    return sum(pattern.search(name) is not None for name in names)
