"""The text of a PDF document, page by page, as pypdf reads it in a process that can be stopped."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stats.read.draft_parts import Aside, Draft, Stretch, built, day_of
from stats.read.recognise import LOCKED, refuse

LONGEST = 90
"""Seconds for the whole document: a report of 200 pages takes about ten."""

NUMBER_WORDS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "thirty", "forty",
     "fifty", "sixty", "seventy", "eighty", "ninety", "half", "first", "second", "third", "self", "non", "year", "mid",
     "under", "over", "well", "long", "short", "co", "cross", "post", "pre", "ex", "high", "low"}
)  # fmt: skip
"""What keeps its hyphen where a line ends in it: two-thirds, self-selected."""

_BROKEN_WORD = re.compile(r"\b(\w+)[-\u00ad\u2010]\n([a-z]\w*)")
_RAISED = re.compile(r"\d")
_ENDS = re.compile(r"[.!?:;\"'\u201d\u2019)\]]\s*$")

_WRONG = {
    "locked": ("the document is locked with a password.", LOCKED),
    "long": ("the document has too many pages.", "Give the pages to be checked in a file of their own."),
    "large": ("the document would grow beyond all measure when it is read.",
              "Do not open it. If you know who made it, ask for the text in another form."),
    "broken": ("the document is damaged, and cannot be read.",
               "Open it in another program and save it as PDF again, or give the text as .docx or .txt."),
    "missing": ("the library that reads PDF documents is not installed.",
                "Install pypdf, or save the text as .docx or .txt."),
    "slow": ("the document takes too long to read.",
             "Give the pages to be checked in a file of their own, or as .docx or .txt."),
}  # fmt: skip


def read_pdf(path: Path, data: bytes) -> Draft:
    """Return the draft in a PDF document.

    Raises
    ------
    CannotOpen
        If it is locked, broken, a scan without text, or takes too much time or memory.
    """
    about, pages = _pages(path, data)
    texts = [page["text"] for page in pages]
    if not any(text.strip() for text in texts):
        pictures = sum(page["pictures"] for page in pages)
        refuse(path, "the document holds no text" + (": it is a scan, a picture of each page." if pictures else "."),
               f"{len(pages):,} pages, {pictures:,} pictures",
               "Ask for the document that was printed, or have its text recognised (OCR).")  # fmt: skip
    bodies, margins = without_margins(texts)
    made = built(_stretches(bodies))
    day = day_of(about["day"])
    comments = [Aside(f"comment on page {n}", words) for n, page in enumerate(pages, 1) for words in page["notes"]]
    return Draft(
        "pdf", made.text, made.parts, title=about["title"], language=about["language"], dated=day,
        dated_by="made" if day else "", comments=tuple(comments), margins=margins,
        told=(*_told(about, texts), *made.told), source=made.source, places=made.places,
    )  # fmt: skip


def _pages(path: Path, data: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Have the pages read in a process of its own; stop if that says something is wrong, or says nothing in time."""
    command = [sys.executable, "-P", "-m", "stats.read.draft_pages"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=LONGEST, check=False)  # noqa: S603 - ours
    except subprocess.TimeoutExpired as late:
        read = (late.stdout or b"").count(b"\n")
        _refuse(path, "slow", f"{max(read - 1, 0):,} pages in {LONGEST} seconds")
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.endswith(b"}")]
    wrong = next((line for line in lines if "wrong" in line), None)
    if wrong:
        _refuse(path, wrong["wrong"], wrong["found"])
    if not lines or "end" not in lines[-1]:
        _refuse(path, "broken", f"the reader stopped ({done.returncode}) after {max(len(lines) - 1, 0):,} pages")
    return lines[0], lines[1:-1]


def _refuse(path: Path, kind: str, found: str) -> None:
    what, mend = _WRONG[kind]
    refuse(path, what, found, mend)


def _stretches(bodies: Sequence[str]) -> list[Stretch]:
    joined = "\n".join(bodies)
    stretches, ends = [], True
    for number, body in enumerate(bodies, 1):
        for block in re.split(r"\n\s*\n", mended(body, joined)):
            if block.strip():
                stretches.append(Stretch(f"page {number}", "page", [(block, -1)], follows_on=not ends))
                ends = True
        ends = bool(_ENDS.search(body)) or not body.strip()
    return stretches


def mended(text: str, document: str) -> str:
    """Return a text with the words that lines broke in two put together.

    The hyphen stays where the document writes the word with one elsewhere, or the first half is one of `NUMBER_WORDS`.
    """

    def whole(found: re.Match[str]) -> str:
        first, rest = found.groups()
        keeps = first.casefold() in NUMBER_WORDS or first.isdigit() or f"{first}-{rest}" in document
        return f"{first}-{rest}" if keeps else first + rest

    return _BROKEN_WORD.sub(whole, text)


def without_margins(texts: Sequence[str]) -> tuple[list[str], tuple[Aside, ...]]:
    """Part the running heads and feet of pages, lines that return on most pages, from their text."""
    pages = [[line.strip() for line in text.split("\n")] for text in texts]
    lines = [[line for line in page if line] for page in pages]
    margins: dict[str, Aside] = {}
    for named, side in (("header", 0), ("footer", -1)):
        counts = Counter(_RAISED.sub("#", page[side]) for page in lines if page)
        often = {line for line, number in counts.items() if number >= 3 and number > len(texts) / 2}
        for page in pages:
            filled = [at for at, line in enumerate(page) if line]
            at = filled[side] if filled else -1
            if filled and _RAISED.sub("#", page[at]) in often:
                margins.setdefault(_RAISED.sub("#", page[at]), Aside(named, page[at]))
                del page[at]
    return ["\n".join(page) for page in pages], tuple(margins.values())


def _told(about: dict[str, Any], texts: Sequence[str]) -> list[str]:
    told = [
        sentence
        for key, sentence in (
            ("scripts", "The document holds scripts. They were not run, and not read."),
            ("files", "The document holds other files. They were not opened."),
            ("form", "The document is a form. What was filled in was not read."),
        )
        if about[key]
    ]
    empty = [str(number) for number, text in enumerate(texts, 1) if not text.strip()]
    if empty:
        told.append(f"Pages without text, which may be pictures, were not read: {', '.join(empty[:20])}"
                    + (f" and {len(empty) - 20:,} more." if len(empty) > 20 else "."))  # fmt: skip
    return told
