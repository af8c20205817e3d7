"""What a file is, by its contents and never by its name."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Literal, NoReturn

from stats.errors import CannotOpen, NoAccess
from stats.registers.entries import shown

MOST_BYTES = 500_000_000
"""No published table comes near; larger files are refused before they are read."""

HEAD = 65_536
"""How much of a file is looked at before the rest is read."""

WEB_PAGE = "a web page (HTML)"

_OTHERS = (
    (b"%PDF-", "a PDF document", "Ask the publisher for the spreadsheet: tables are not read out of pages."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it, and give the file inside."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it, and give the file inside."),
    (b"Rar!", "a RAR archive", "Unpack it, and give the file inside."),
    (b"PAR1", "a Parquet file", "Give the file as it was published: XLSX, ODS or CSV."),
    (b"\x89PNG", "a picture", "Give the file as it was published: XLSX, ODS or CSV."),
    (b"\xff\xd8\xff", "a picture", "Give the file as it was published: XLSX, ODS or CSV."),
    (b"{\\rtf", "a text document (RTF)", "Give the file as it was published: XLSX, ODS or CSV."),
    (b"\xff\xfe", "text in UTF-16", "Save it as CSV UTF-8."),
    (b"\xfe\xff", "text in UTF-16", "Save it as CSV UTF-8."),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Office files begin, and new ones that are locked with a password."""

LOCKED = "Open it with the password, save it without one, and give that file."
"""What to do with a locked file of any kind."""

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|script|meta)\b", re.I)


def refuse(path: Path, what: str, found: object, mend: str) -> NoReturn:
    """Stop with what is wrong with the file, what was found in it, and what to do."""
    raise CannotOpen(what, [("file", shown(path)), ("found", found)], mend) from None


def read_whole(path: Path) -> bytes:
    """Return the bytes of a file that may hold a table.

    Raises
    ------
    CannotOpen
        If it is no file, is empty or too large, or its first bytes are those of something else.
    NoAccess
        If this computer does not let us read it.
    """
    try:
        status = path.stat()
        must_be_a_file(path, status.st_mode, status.st_size)
        with path.open("rb") as file:
            head = file.read(HEAD)
            _must_not_be_another(path, head, file.read if head.startswith(OLE) else None)
            file.seek(0)
            return file.read(status.st_size)
    except FileNotFoundError:
        refuse(path, "there is no such file.", "nothing by this name", "Look at the name and the folder.")
    except OSError as problem:
        raise NoAccess.of(problem) from None


def kind_of(data: bytes) -> Literal["archive", "text"]:
    """Return whether these bytes are a ZIP archive, as XLSX and ODS are, or text."""
    return "archive" if data.startswith(b"PK") else "text"


def in_words(head: bytes) -> str:
    """Return what a file is by its first bytes, in words."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        return WEB_PAGE if _HTML.search(text[:2048]) else "bare XML"
    if head.startswith(OLE):
        return "an old Office file, or a workbook locked with a password"
    known = next((what for start, what, _ in _OTHERS if head.startswith(start)), None)
    if known or head.startswith(b"PK"):
        return known or "a ZIP archive, as XLSX and ODS files are"
    return "bytes of no kind that we know" if b"\0" in head else "text, as CSV files are"


def must_be_a_file(path: Path, mode: int, size: int, *, noun: str = "table", most: int = MOST_BYTES) -> None:
    """Stop at a folder, a device, a pipe, an empty file, and one larger than any of its kind."""
    if stat.S_ISDIR(mode):
        refuse(path, "this is a folder, not a file.", "a folder", "Name the file inside it.")
    if not stat.S_ISREG(mode):
        refuse(path, "this is no ordinary file.", "a device or a pipe", "Save it to a file first.")
    if not size:
        refuse(path, "the file is empty.", "0 bytes", "Download it again.")
    if size > most:
        refuse(path, f"the file is too large to be a {noun}.", f"{size:,} bytes, at most {most:,} are read",
               f"Look at what it is; a larger {noun} must be cut first.")  # fmt: skip


def _must_not_be_another(path: Path, head: bytes, rest: object) -> None:
    for start, what, mend in _OTHERS:
        if head.startswith(start):
            refuse(path, f"this is {what}, not a table.", f"it begins {head[:8]!r}", mend)
    if callable(rest):
        refuse_old(path, head + rest(MOST_BYTES), noun="workbook", ending=".xls",
                   mend="Open it in a spreadsheet program, and save it as .xlsx or .ods.")  # fmt: skip
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        refuse(path, "the file holds nothing but blanks.", f"{len(head)} blank bytes", "Download it again.")
    if text.startswith(b"<"):
        _must_not_be_markup(path, text)


def refuse_old(path: Path, data: bytes, *, noun: str, ending: str, mend: str) -> NoReturn:
    """Stop at an old Office file, and say if it is a new one that is locked with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        refuse(path, f"the {noun} is locked with a password.", "an encrypted package", LOCKED)
    refuse(path, f"this is a {noun} of the old kind ({ending}), or another old Office file.", "an OLE container", mend)


def _must_not_be_markup(path: Path, text: bytes) -> NoReturn:
    if _HTML.search(text[:2048]):
        refuse(path, "this is a web page, not a table.", f"it begins {text[:40]!r}",
               "The download may have led to a page of consent or error: open the address in a browser, and save the "
               "file itself.")  # fmt: skip
    refuse(path, "this is bare XML, not a workbook.", f"it begins {text[:40]!r}",
           "Open it in a spreadsheet program, and save it as .xlsx or .ods.")  # fmt: skip
