"""A document, or one figure, for the office: DOCX for Word, ODT for LibreOffice; from the same words the same bytes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from stats.publish.documents.model import Document, Picture
from stats.publish.documents.office_docx import docx_parts
from stats.publish.documents.office_odt import odt_parts
from stats.publish.documents.office_parts import Parts, unpacked, zipped
from stats.publish.documents.office_tree import Node, picture_name, tree, tree_of_picture
from stats.publish.documents.pictures import must_have_alt


def as_docx(document: Document) -> bytes:
    """Return a document as DOCX.

    Parameters
    ----------
    document : Document

    Returns
    -------
    bytes
        Without macros; nothing in it points outside but its links.

    Raises
    ------
    CheckFailed
        If a figure has no alternative text.
    """
    return _made(document, tree(document), "docx", docx_parts)


def as_snippet(picture: Picture, as_at: date) -> bytes:
    """Return one figure as DOCX, to be copied into a text of one's own: title, picture, notes and source line.

    Parameters
    ----------
    picture : Picture
    as_at : date
        Up to which day statistics were published; it dates the file.

    Raises
    ------
    CheckFailed
        If it has no alternative text.
    """
    alone = Document(picture.name, "briefing", picture.title, "", as_at, (picture,))
    return _made(alone, tree_of_picture(alone), "docx", docx_parts)


def as_odt(document: Document) -> bytes:
    """Return a document as ODT.

    Parameters
    ----------
    document : Document

    Returns
    -------
    bytes
        Without macros; nothing in it points outside but its links.

    Raises
    ------
    CheckFailed
        If a figure has no alternative text.
    """
    return _made(document, tree(document), "odt", odt_parts)


def _made(document: Document, said: Node, kind: str, finished: Callable[[Parts, Document], Parts]) -> bytes:
    """Have pandoc write the document; what it leaves out, or takes from the clock, is put in after it."""
    must_have_alt(document)
    with TemporaryDirectory() as folder:
        return zipped(finished(_written(document, said, kind, Path(folder)), document))


def _written(document: Document, said: Node, kind: str, folder: Path) -> Parts:
    """Have the document written by the pandoc of the lock, whatever pandoc or settings of it this computer has."""
    import pypandoc  # type: ignore[import-untyped]  # it publishes no types

    for order, picture in enumerate(document.pictures, 1):
        (folder / picture_name(order)).write_bytes(picture.png)
    locked = Path(pypandoc.__file__).parent / "files" / "pandoc"
    if locked.exists():
        os.environ["PYPANDOC_PANDOC"] = str(locked)
    out = folder / f"document.{kind}"
    pypandoc.convert_text(
        json.dumps(said), kind, format="json", outputfile=str(out),
        extra_args=[f"--data-dir={folder}", f"--resource-path={folder}", "--wrap=none"],
    )  # fmt: skip
    return unpacked(out)
