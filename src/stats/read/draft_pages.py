"""Read the pages of a PDF document, in a process of its own that may be stopped: `python -m stats.read.draft_pages`.

The document comes by standard input. Each page goes out as a line of JSON as soon as it is read, so that whoever waits
knows how far it got. Memory is bounded here, time by whoever waits.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

MOST_MEMORY = 1_500_000_000
MOST_PAGES = 3_000
MOST_NOTES = 1_000


def main() -> None:
    """Read the document, and write what it holds."""
    _bound()
    for line in _lines(sys.stdin.buffer.read()):
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def _lines(data: bytes) -> Iterator[dict[str, Any]]:
    """Say what the document is, then give each page; last, what went wrong."""
    logging.disable(logging.CRITICAL)
    try:
        from pypdf import PdfReader

        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            yield {"wrong": "locked", "found": "it opens with a password only"}
            return
        pages = len(reader.pages)
        yield {"pages": pages, **_about(reader)}
        if pages > MOST_PAGES:
            yield {"wrong": "long", "found": f"{pages:,} pages, at most {MOST_PAGES:,} are read"}
            return
        for page in reader.pages:
            yield _page(page)
        yield {"end": True}
    except (MemoryError, RecursionError) as problem:
        yield {"wrong": "large", "found": type(problem).__name__}
    except Exception as problem:  # whatever a broken document makes the reader say
        kind = {"DependencyError": "locked", "LimitReachedError": "large", "ModuleNotFoundError": "missing"}
        yield {
            "wrong": kind.get(type(problem).__name__, "broken"),
            "found": f"{type(problem).__name__}: {problem}"[:200],
        }


def _page(page: Any) -> dict[str, Any]:
    text = page.extract_text()
    return {"text": text, "notes": _told(lambda: _notes(page)) or [],
            "pictures": 0 if text.strip() else len(_told(lambda: _pictures(page)) or [])}  # fmt: skip


def _about(reader: Any) -> dict[str, Any]:
    about = _told(lambda: reader.metadata) or {}
    root = _told(lambda: reader.root_object) or {}
    names = _told(lambda: root.get("/Names", {}).get_object()) or {}
    action = _told(lambda: root["/OpenAction"].get_object().get("/S")) or ""
    return {
        "title": str(about.get("/Title", ""))[:1000],
        "day": str(about.get("/CreationDate") or about.get("/ModDate") or "")[:40],
        "language": str(root.get("/Lang", ""))[:40],
        "scripts": "/JavaScript" in names or action in ("/JavaScript", "/Launch"),
        "files": "/EmbeddedFiles" in names,
        "form": "/AcroForm" in root,
    }


def _notes(page: Any) -> list[str]:
    notes = []
    for note in list(page.get("/Annots", []) or [])[:MOST_NOTES]:
        held = note.get_object()
        if held.get("/Subtype") in ("/Text", "/FreeText", "/Highlight", "/StrikeOut", "/Underline", "/Caret"):
            notes.append(str(held.get("/Contents", ""))[:5000])
    return [words for words in notes if words.strip()]


def _pictures(page: Any) -> list[str]:
    held = page["/Resources"].get_object()["/XObject"].get_object()
    return [name for name in held if held[name].get_object().get("/Subtype") == "/Image"]


def _told(ask: Callable[[], Any]) -> Any:
    """Return what a document says beside its text, or nothing if that part of it is broken."""
    try:
        return ask()
    except (MemoryError, RecursionError):
        raise
    except Exception:
        return None


def _bound() -> None:
    """Bound the memory where the system lets us, and what one stream may unpack to."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY if most < 0 else min(MOST_MEMORY, most), most))


if __name__ == "__main__":
    main()
