"""The text of a Markdown or plain text file, without its marks. Each word keeps its place in the file."""

from __future__ import annotations

import html
import re
from collections import Counter

from stats.read.draft_parts import Aside, Draft, PartKind, Stretch, built, day_of, left_out

_SIGNS = re.compile(
    r"^(?:#{1,6} \S|```|~~~|\s*[-*+] \S|>\s|\[[^\]\n]+\]:\s|\|.*\|\s*$)|\*\*\S|\]\([^)\n]+\)|\A---\n", re.M
)
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FIELD = re.compile(r"^(title|date|lang|language)\s*:\s*[\"']?(.*?)[\"']?\s*$", re.M | re.I)
_FENCE = re.compile(r"\s{0,3}(?:> ?)*(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s+|$)")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-{2,})\s*$")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(?=\S)")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_DIVIDER = re.compile(r"[\s|:-]*-[\s|:-]*$")
_NOTE = re.compile(r"\s{0,3}\[\^([^\]\s]{1,80})\]:\s*")
_TARGET = re.compile(r"\s{0,3}\[[^\]^][^\]]{0,200}\]:\s*\S+")
_MARK = re.compile(
    r"\\([!-/:-@\[-`{-~])"  # an escaped sign
    r"|(!?\[)(?=[^\]\n]{0,2000}\][(\[])"  # a link or picture begins
    r"|(\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)|\[[^\]\n]{0,200}\]))"  # and ends
    r"|(\[\^[^\]\s]{1,80}\])"  # the mark of a note
    r"|(</?[a-zA-Z][^<>\n]{0,2000}>|<!--[^<>\n]{0,2000}-->)"  # a tag
    r"|(&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)"
    r"|(~~[^~\n]{1,2000}~~)"
    r"|(\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`+)"
)


def looks_like_markdown(text: str) -> bool:
    """Say whether a text holds the marks of Markdown."""
    return _SIGNS.search(text) is not None


class Markdown:
    """Lays out a file line by line."""

    def __init__(self, text: str, *, is_plain: bool) -> None:
        self.text, self.is_plain = text, is_plain
        self.done: list[Stretch] = []
        self.notes: list[Stretch] = []
        self.code: list[Stretch] = []
        self.struck: list[Stretch] = []
        self.left_out: Counter[str] = Counter()
        self.current = Stretch()
        self.fence = ""
        self.in_comment = self.was_row = False
        self.paragraphs = self.tables = self.row = 0

    def read(self, start: int) -> None:
        """Lay out the file from here on."""
        at = start
        for line in self.text[start:].splitlines(keepends=True):
            bare = line.rstrip()
            if not bare:
                self._blank(at)
            elif self.is_plain:
                self._plain(line, at)
            else:
                self._line(line, bare, at)
            at += len(line)
        self._break()

    def _blank(self, at: int) -> None:
        if self.fence:
            return
        self._break()
        self.was_row = False

    def _plain(self, line: str, at: int) -> None:
        item = _ITEM.match(line)
        if item and not line[0].isalpha() and not self.current.pieces:
            self.current.kind = "list item"
        self.current.write(line, at)

    def _line(self, line: str, bare: str, at: int) -> None:
        if self._is_set_aside(line, bare, at):
            return
        note = _NOTE.match(line)
        if note:
            self._break()
            self.current = Stretch(f"footnote {note[1]}", "note")
            self._words(line, at, note.end())
        elif _TARGET.match(line):
            self._break()
        elif _UNDERLINE.match(bare) and self.current.pieces and self.current.kind == "paragraph":
            self.current.kind = "heading"
            self._break()
        elif _RULE.match(bare):
            self._break()
        elif bare.lstrip().startswith("|") or (self.was_row and "|" in bare):
            self._table_row(line, bare, at)
        else:
            self._block(line, at)

    def _is_set_aside(self, line: str, bare: str, at: int) -> bool:
        """Whether a line is code or a comment, which are no part of the text."""
        fence = _FENCE.match(line)
        if self.fence:
            if fence and fence[1].startswith(self.fence) and bare.endswith(fence[1]):
                self.fence = ""
            else:
                self.code[-1].write(line, at)
            return True
        if fence:
            self._break()
            self.fence = fence[1]
            self.code.append(Stretch(f"code block {len(self.code) + 1}"))
            return True
        if self.in_comment or (bare.lstrip().startswith("<!--") and "-->" not in bare):
            self.in_comment = "-->" not in bare
            return True
        return False

    def _table_row(self, line: str, bare: str, at: int) -> None:
        self._break()
        if _DIVIDER.match(bare):
            return
        if not self.was_row:
            self.tables, self.row = self.tables + 1, 0
        self.was_row, self.row = True, self.row + 1
        self.current = Stretch(f"table {self.tables}, row {self.row}", "row")
        start = 0
        for cell in re.split(r"(?<!\\)\|", line):
            if cell.strip() and self.current.pieces:
                self.current.write("\t")
            self._inline(cell.strip(), at + start + len(cell) - len(cell.lstrip()))
            start += len(cell) + 1
        self._break()

    def _block(self, line: str, at: int) -> None:
        start, kind = self._mark_of(line)
        if kind:
            self._break()
            self.current.kind = kind
        self._words(line, at, start)
        if kind == "heading":
            self._break()

    def _mark_of(self, line: str) -> tuple[int, PartKind | None]:
        """Where the words of a line begin, and what the mark before them says it is."""
        quote = _QUOTE.match(line)
        start = quote.end() if quote else 0
        heading, item = _HEADING.match(line, start), _ITEM.match(line, start)
        if heading:
            return heading.end(), "heading"
        if item and (not self.current.pieces or not line[item.start() : item.end()].strip()[0].isdigit()
                     or self.current.kind == "list item"):  # fmt: skip
            return item.end(), "list item"
        return start, None

    def _words(self, line: str, at: int, start: int) -> None:
        words = line[start:]
        if self.current.kind == "heading":
            words = re.sub(r"(?:(?<=\s)|^)#{1,20}\s*$", "", words)
        self._inline(words, at + start)

    def _inline(self, words: str, at: int) -> None:
        last = 0
        for found in _MARK.finditer(words):
            self.current.write(words[last : found.start()], at + last)
            last = found.end()
            if found[1]:
                self.current.write(found[1], at + last - 1)
            elif found[6]:
                self.current.write(html.unescape(found[6]), at + found.start())
            elif found[7]:
                self.struck.append(Stretch(f"struck out {len(self.struck) + 1}", pieces=[(found[7][2:-2], -1)]))
        self.current.write(words[last:], at + last)

    def _break(self) -> None:
        current = self.current
        if current.words.strip():
            if current.kind not in ("row", "note"):
                self.paragraphs += 1
                current.where = f"paragraph {self.paragraphs}"
            (self.notes if current.kind == "note" else self.done).append(current)
        self.current = Stretch()


def read_markdown(text: str, told: list[str], *, is_plain: bool) -> Draft:
    """Return the draft in a Markdown file, or in a plain one, whose words are all kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = None if is_plain else _FRONT.match(text)
    about = {found[1].lower()[:4]: found[2] for found in _FIELD.finditer(front[1])} if front else {}
    laid = Markdown(text, is_plain=is_plain)
    laid.read(front.end() if front else 0)
    made = built(laid.done + laid.notes, text)
    if laid.code:
        laid.left_out["blocks of code"] = len(laid.code)
    day = day_of(about.get("date", ""))
    return Draft(
        "text" if is_plain else "markdown", made.text, made.parts, title=about.get("titl", ""),
        language=about.get("lang", ""), dated=day, dated_by="its front matter" if day else "",
        hidden=tuple(Aside(s.where, s.words.strip()) for s in laid.code + laid.struck),
        told=(*told, *left_out(laid.left_out), *made.told), source=made.source, places=made.places,
    )  # fmt: skip
