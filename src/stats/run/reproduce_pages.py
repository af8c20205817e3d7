"""Pages that people write, as README.md: a figure or number of ours on one must be the one that is made.

A number is known by a link to `numbers.json#id`. A count of four digits or more that some figure prints must have one:
smaller numbers, and percentages, are too often something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from os.path import normpath, relpath
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from stats.publish.claims_page import PAGE as CLAIMS_PAGE
from stats.publish.methods import PAGE as METHODS_PAGE
from stats.run.reproduce_first import changed

if TYPE_CHECKING:
    from markdown_it.token import Token

CHANGELOG = "CHANGELOG.md"
"""It says what was so on its day, and so do the pages of decisions: neither is looked at."""

_FIGURE = re.compile(r"(?:\A|/)figures/([^/]+)/([^/]+)\.(?:png|svg)\Z")
_NUMBERS = re.compile(r"(?:\A|/)figures/([^/]+)/([^/]+)\Z")
_COUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.,]*\d)")
_ROUND = ",000"


class Place(NamedTuple):
    """A link or picture on a page: its line, its words, and the file and id that it leads to."""

    line: int
    words: str
    file: str
    name: str
    is_picture: bool


class Made:
    """The figures of a repository, and the numbers in them."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def numbers(self) -> dict[str, dict[str, str]]:
        """By brief, the text of each number by its id."""
        told = {path.parent.name: json.loads(path.read_text("utf-8"))["numbers"]
                for path in sorted(self.root.glob("figures/*/numbers.json"))}  # fmt: skip
        return {brief: {number["id"]: number["text"] for number in numbers} for brief, numbers in told.items()}

    @cached_property
    def places(self) -> dict[str, str]:
        """By the text of a number, where it is first printed."""
        return {text: _place(brief, name) for brief, told in reversed(self.numbers.items())
                for name, text in reversed(told.items())}  # fmt: skip

    def alternative(self, brief: str, figure: str) -> str | None:
        """Return the alternative text of a figure; None if there is no such figure."""
        path = self.root / "figures" / brief / f"{figure}.json"
        return str(json.loads(path.read_text("utf-8"))["alt"]) if path.is_file() else None


def pages(root: Path) -> list[Path]:
    """Return the pages that are looked at: those that lie beside README.md or in docs, and are not made."""
    made = {root / name for name in (CHANGELOG, METHODS_PAGE, CLAIMS_PAGE)}
    return sorted({*root.glob("*.md"), *root.glob("docs/*.md")} - made)


def unlike_made(path: Path, root: Path, made: Made) -> str:
    """Return in a line what on a page is not as it is made, each with its line, old and new; empty if all is.

    Parameters
    ----------
    path : Path
        Of a page in CommonMark with tables.
    root : Path
        Of the repository that it stands in.
    made : Made
        What it is compared with.
    """
    from markdown_it import MarkdownIt

    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        return "is not written in UTF-8"
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    folder = path.parent.relative_to(root)
    found = [said for token in tokens if token.map for said in _wrong(token, folder, made)]
    return "; ".join(found)


def _wrong(token: Token, folder: Path, made: Made) -> Iterator[str]:
    """Say what is wrong in a block of a page."""
    line = token.map[0] + 1 if token.map else 1
    children = token.children or [token]
    for child in children:
        if child.type in ("html_block", "html_inline") and "figures/" in child.content:
            yield f"line {line}: a figure is shown by HTML, where its words are not compared: write ![words](file)"
    for place in _places(children, line, folder):
        yield from _of_figure(place, made) if place.is_picture else _of_number(place, made.numbers)
    for at, text in _own_words(children, line):
        counts = [count for count in _COUNT.findall(text) if count in made.places and not count.endswith(_ROUND)]
        yield from (f"line {at}: {count} is typed; write [{count}]({relpath(made.places[count], folder)}), "
                    "or where else it is from" for count in counts)  # fmt: skip


def _of_figure(place: Place, made: Made) -> Iterator[str]:
    match = _FIGURE.search(place.file)
    words = made.alternative(match[1], match[2]) if match else place.words
    if words is None:
        yield f"line {place.line}: there is no figure {place.file}"
    elif words != place.words:
        yield f"line {place.line}: the alternative text of {place.file} is edited: {changed(place.words, words)}"


def _of_number(place: Place, numbers: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    match = _NUMBERS.search(place.file)
    if match and place.name:
        text = numbers.get(match[1], {}).get(place.name) if match[2] == "numbers.json" else None
        told = f"{place.file}#{place.name}"
        if text is None:
            yield f"line {place.line}: there is no number {told}"
        elif text != place.words:
            yield f"line {place.line}: {told} is not as it is made, edit the page: {changed(place.words, text)}"


def _place(brief: str, name: str) -> str:
    return f"figures/{brief}/numbers.json#{name}"


def _places(children: list[Token], line: int, folder: Path) -> Iterator[Place]:
    """Give the links and pictures of a block."""
    words, address = "", ""
    for child in children:
        line += child.type in ("softbreak", "hardbreak")
        if child.type == "link_open":
            words, address = "", str(child.attrs["href"])
        elif child.type == "link_close":
            yield _led(line, words, address, folder)
        elif child.type == "image":
            told = "".join(" " if of.type == "softbreak" else of.content for of in child.children or ())
            yield _led(line, told, str(child.attrs["src"]), folder)._replace(is_picture=True)
        else:
            words += child.content


def _led(line: int, words: str, address: str, folder: Path) -> Place:
    file, _, name = unquote(address).partition("#")
    return Place(line, words, normpath(folder / file) if file else "", name, False)


def _own_words(children: list[Token], line: int) -> Iterator[tuple[int, str]]:
    """Give the words of a block that stand in no link and are no code, with their line."""
    links = 0
    for child in children:
        line += child.type in ("softbreak", "hardbreak")
        links += child.nesting if child.type.startswith("link_") else 0
        if child.type == "text" and not links:
            yield line, child.content
