"""Read a draft, whatever kind of document it is: its plain text, and where each stretch of it stands.

A document is never trusted. Nothing it points to is opened, nothing in it is run, nothing is written.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

from stats.errors import CannotOpen, NoAccess
from stats.read.archive import AGAIN, DISTRUST
from stats.read.draft_letters import decoded
from stats.read.draft_parts import Aside, Draft, Part
from stats.read.recognise import OLE, WEB_PAGE, in_words, must_be_a_file, refuse, refuse_old

__all__ = ["Aside", "Draft", "Part", "read_draft"]

MOST_BYTES = 100_000_000
"""A long report with its photographs."""

MOST_TEXT = 20_000_000
"""Of a text, Markdown or web page."""

STANDARD_INPUT = "standard input"

_RESAVED = "Open it, save it as .docx or .odt, and give that file."
_SEEN = "Have its text recognised (OCR) or type it, and give that."
_UNPACKED = "Unpack it, and give the document inside."
_ANOTHER = "Save it as .docx, .odt, .pdf or plain text, and give that file."
_MENDS = {
    AGAIN: "Open it in the program it was made with, save it again, and give that file.",
    DISTRUST: "Do not open it. Ask whoever sent it what it is, and for the text alone.",
}
_OTHERS = (
    (b"{\\rtf", "a document of the old kind (.rtf)", _RESAVED),
    (b"\x89PNG", "a picture", _SEEN),
    (b"\xff\xd8\xff", "a picture", _SEEN),
    (b"GIF8", "a picture", _SEEN),
    (b"II*\0", "a picture", _SEEN),
    (b"MM\0*", "a picture", _SEEN),
    (b"\x1f\x8b", "a gzip archive", _UNPACKED),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACKED),
    (b"Rar!", "a RAR archive", _UNPACKED),
    (b"PAR1", "a Parquet file", "`stats read` reads tables, as XLSX, ODS or CSV."),
    (b"\x7fELF", "a program", _ANOTHER),
    (b"MZ\x90\0", "a program", _ANOTHER),
)


def read_draft(path: Path | str | bytes, *, name: str | None = None) -> Draft:
    r"""Return the text of a document, known by its contents: DOCX, ODT, PDF, HTML, Markdown or plain text.

    Deleted passages are left out and inserted ones kept. Comments, headers, footers and hidden text stand apart.

    Parameters
    ----------
    path : Path, str or bytes
        The document, its bytes, or "-" for standard input.
    name : str, optional
        What to call it in errors; its path by default.

    Raises
    ------
    CannotOpen
        If it is missing, empty, damaged, locked, unsafe, too large, no document, or holds no text.
    NoAccess
        If this computer does not let us read it.

    Examples
    --------
    >>> draft = read_draft(b"Half of them.\n\nIn 2024, 5\xc2\xa0948 were charged.")
    >>> draft.text[24:29], draft.where(24), draft.as_written(24, 29) == "5\u00a0948"
    ('5,948', 'paragraph 2 (line 3)', True)
    """
    data = path if isinstance(path, bytes) else _standard_input() if str(path) == "-" else _bytes_of(Path(path))
    held = isinstance(path, bytes) or str(path) == "-"
    named = Path(name or (STANDARD_INPUT if held else str(path)))
    draft = _read(named, data)
    if not draft.text.strip():
        apart = len(draft.comments) + len(draft.margins) + len(draft.hidden)
        refuse(named, "the document holds no text.", f"{len(data):,} bytes; {apart} comments, margins or hidden",
               "If its words are in a picture, have them recognised (OCR) or type them, and give that.")  # fmt: skip
    return replace(draft, name=str(named))


def _bytes_of(path: Path) -> bytes:
    try:
        status = path.stat()
        must_be_a_file(path, status.st_mode, status.st_size, noun="document", most=MOST_BYTES)
        with path.open("rb") as file:
            return _bounded(path, file.read(MOST_BYTES + 1))
    except FileNotFoundError:
        refuse(path, "there is no such file.", "nothing by this name", "Look at the name and the folder.")
    except ValueError as problem:
        refuse(Path(repr(str(path))), "this is no name of a file.", problem, "Look at the name and the folder.")
    except OSError as problem:
        raise NoAccess.of(problem) from None


def _standard_input() -> bytes:
    return sys.stdin.buffer.read(MOST_BYTES + 1)


def _bounded(path: Path, data: bytes, most: int = MOST_BYTES) -> bytes:
    if len(data) > most:
        refuse(path, "the file is too large to be a draft.", f"more than {most:,} bytes",
               "Give the part to be checked in a file of its own.")  # fmt: skip
    return data


def _read(path: Path, data: bytes) -> Draft:
    """Read a document as what its first bytes say it is."""
    if not _bounded(path, data):
        refuse(path, "the file is empty.", "0 bytes", "Save the document again, and give that file.")
    _must_not_be_another(path, data)
    if data.startswith(b"PK"):
        return _read_office(path, data)
    if b"%PDF-" in data[:1024]:
        from stats.read.draft_pdf import read_pdf

        return read_pdf(path, data)
    return _read_text(path, _bounded(path, data, MOST_TEXT))


def _read_office(path: Path, data: bytes) -> Draft:
    """Read an archive; what an error advises is meant for whoever got a draft, and not a published file."""
    try:
        return _read_archive(path, data)
    except CannotOpen as problem:
        raise CannotOpen(problem.wrong, problem.evidence, _MENDS.get(problem.mend, problem.mend)) from None


def _read_archive(path: Path, data: bytes) -> Draft:
    from stats.read.draft_office import open_office

    archive, kind = open_office(path, data)
    if kind == "odt":
        from stats.read.draft_odt import read_odt

        return read_odt(archive)
    from stats.read.draft_word import read_word

    return read_word(archive)


def _read_text(path: Path, data: bytes) -> Draft:
    text, told = decoded(path, data)
    what = in_words(text[:4096].encode("utf-8", "replace"))
    suffix = path.suffix.casefold()
    if what == WEB_PAGE or (suffix in (".html", ".htm") and re.search(r"</?[a-zA-Z]", text)):
        from stats.read.draft_html import read_html

        return read_html(text, told)
    if what == "bare XML" and re.match(r"\s*<\?xml|\s*<!DOCTYPE", text, re.I):
        refuse(path, "this is bare XML, not a document.", f"it begins {text[:40]!r}", _ANOTHER)
    from stats.read.draft_markdown import looks_like_markdown, read_markdown

    is_plain = suffix not in (".md", ".markdown") and not looks_like_markdown(text)
    return read_markdown(text, told, is_plain=is_plain)


def _must_not_be_another(path: Path, data: bytes) -> None:
    for start, what, mend in _OTHERS:
        if data.startswith(start):
            refuse(path, f"this is {what}, not a draft that can be read.", f"it begins {data[:8]!r}", mend)
    if data.startswith(OLE):
        refuse_old(path, data, noun="document", ending=".doc", mend=_RESAVED)
