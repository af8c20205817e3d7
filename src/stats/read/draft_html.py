"""The text of a web page as a reader sees it. Nothing it points to is fetched, and none of its scripts is run."""

from __future__ import annotations

import html
import re
from collections import Counter

from stats.read.draft_parts import Draft, PartKind, Stretch, asides, built, day_of, left_out

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)((?:\"[^\"]*\"|'[^']*'|[^'\">])*+)>")
_FIELD = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_MARK = re.compile(r"[\d,\[\]()*\s]*\d[\d,\[\]()*\s]*")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.I)

RAW = {"script", "style", "textarea", "title", "noscript", "iframe", "noembed", "noframes", "xmp"}
"""What these hold is no markup, up to their end."""

LEFT_OUT = {"template", "svg", "math", "object", "canvas", "audio", "video", "select", "button", "head", "map",
            "rt", "rp", "del", "s", "strike", "datalist"}  # fmt: skip
MARGINS = {"nav", "footer"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = HEADINGS | {
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "section", "article", "main", "header", "aside",
    "figure", "figcaption", "pre", "address", "form", "fieldset", "legend", "details", "summary", "hr", "body", "html",
    "center", "caption", "tbody", "thead", "tfoot", "nav", "footer",
}  # fmt: skip
_DAYS = {"article:published_time", "dcterms.issued", "dcterms.date", "dc.date", "dc.date.issued", "date", "pubdate",
         "publish-date", "citation_publication_date", "datepublished"}  # fmt: skip


class Page:
    """Lays out a web page, tag by tag, each piece of words with its place in the page."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.done: list[Stretch] = []
        self.margins: list[Stretch] = []
        self.hidden: list[Stretch] = []
        self.left_out: Counter[str] = Counter()
        self.current = Stretch()
        self.title = self.language = self.day = ""
        self.paragraphs = self.tables = self.row = self.depth = self.cells = self.within = 0
        self.inside: list[tuple[str, str]] = []
        """Elements that are left out or set aside, and elements of their name within: what for, and the name."""

    def read(self) -> None:
        """Lay out the whole page."""
        at = 0
        while at < len(self.page):
            opens = self.page.find("<", at)
            opens = len(self.page) if opens < 0 else opens
            self._words(at, opens)
            at = self._markup(opens) if opens < len(self.page) else opens
        self._break()

    def _markup(self, at: int) -> int:
        """Take the markup at this place; return where it ends. Markup without an end goes to the end of the page."""
        if self.page.startswith(("<!", "<?"), at):
            return self._declaration(at)
        if not self.page[at + 1 : at + 3].lstrip("/")[:1].isalpha():
            self._put("<", at)
            return at + 1
        found = _TAG.match(self.page, at)
        if not found:
            self.left_out["ends of the page, which breaks off inside a tag,"] += 1
            return len(self.page)
        name = found[2].lower()
        if found[1]:
            self._close(name)
        else:
            self._open(name, found[3])
        return self._raw(name, found.end()) if name in RAW and not found[1] else found.end()

    def _declaration(self, at: int) -> int:
        ends, before = ("-->", 4) if self.page.startswith("<!--", at) else (">", 1)
        if (
            before == 1
            and self.page[at + 2 : at + 9].upper() == "DOCTYPE"
            and "[" in self.page[at : at + 300].split(">")[0]
        ):
            ends = "]>"
            self.left_out["declarations of entities"] += 1
        found = self.page.find(ends, at + min(before, 2))
        return len(self.page) if found < 0 else found + len(ends)

    def _raw(self, name: str, at: int) -> int:
        """Step over what is no markup; keep the title."""
        found = re.compile(f"</{name}", re.I).search(self.page, at)
        end = found.start() if found else len(self.page)
        if name == "title" and not self.title:
            self.title = " ".join(html.unescape(self.page[at : min(end, at + 1000)]).split())
        return end

    def _open(self, name: str, said: str) -> None:
        fields = {f[1].lower(): f[2] or f[3] or f[4] or "" for f in _FIELD.finditer(said)} if said.strip() else {}
        if name == "html":
            self.language = fields.get("lang", fields.get("xml:lang", ""))
        elif name == "meta":
            self._meta(fields)
        if name in RAW or (name in VOID and name not in ("br", "hr")):
            return
        self._imply_ends(name)
        why = self._set_aside(name, fields)
        if why and not self._is_silent() and why not in self._whys() and not said.endswith("/"):
            if name in BLOCKS:
                self._break()
            self.inside.append((why, name))
            self.within = 0
        elif self.inside and name == self.inside[-1][1]:
            self.within += 1
        if not self._is_silent():
            self._lay_open(name)

    def _imply_ends(self, name: str) -> None:
        """End what a new block ends although its own end is missing."""
        if name == "body":
            self.inside.clear()
        elif self.inside and name in BLOCKS and self.inside[-1][1] in ("p", "sup"):
            self.inside.pop()

    def _whys(self) -> set[str]:
        return {why for why, _ in self.inside}

    def _is_silent(self) -> bool:
        return not self._whys().isdisjoint(("left out", "hidden", "struck"))

    def _set_aside(self, name: str, fields: dict[str, str]) -> str:
        if name in LEFT_OUT:
            return "struck" if name in ("del", "s", "strike") else "left out"
        if "hidden" in fields or _INVISIBLE.search(fields.get("style", "")):
            return "hidden"
        return "margin" if name in MARGINS else "raised" if name == "sup" else ""

    def _close(self, name: str) -> None:
        if self.inside and self.inside[-1][1] == name and self.within:
            self.within -= 1
        elif self.inside and self.inside[-1][1] == name:
            if self.inside[-1][0] == "margin":
                self._break()
            self.inside.pop()
        elif not self._is_silent():
            self._lay_close(name)

    def _meta(self, fields: dict[str, str]) -> None:
        named = (fields.get("name") or fields.get("property") or fields.get("itemprop") or "").lower()
        if named in _DAYS and not self.day:
            self.day = fields.get("content", "")

    def _lay_open(self, name: str) -> None:
        if name == "table":
            self._break()
            self.depth += 1
            self.tables, self.row = self.tables + (self.depth == 1), 0 if self.depth == 1 else self.row
        elif name == "tr" and self.depth == 1:
            self._break()
            self.row += 1
            self.current = Stretch(f"table {self.tables}, row {self.row}", "row")
        elif name in ("td", "th") and self.depth and self.current.pieces:
            self.current.write("\t")
        elif name == "br":
            self.current.write("\n")
        elif name in BLOCKS:
            self._block(name)

    def _block(self, name: str) -> None:
        if self.current.kind == "row" and self.depth:
            self.current.write("\n" if self.current.pieces and self.current.pieces[-1][0] != "\t" else "")
            return
        self._break()
        kinds: dict[str, PartKind] = {"li": "list item", **dict.fromkeys(HEADINGS, "heading")}
        self.current.kind = kinds.get(name, "paragraph")

    def _lay_close(self, name: str) -> None:
        if name == "table" and self.depth:
            self.depth -= 1
            if not self.depth:
                self._break()
        elif (name == "tr" and self.depth == 1) or (name in BLOCKS and not (self.depth and self.current.kind == "row")):
            self._break()

    def _words(self, start: int, end: int) -> None:
        at = start
        for found in _ENTITY.finditer(self.page, start, end):
            self._put(self.page[at : found.start()], at)
            self._put(html.unescape(found[0]), found.start())
            at = found.end()
        self._put(self.page[at:end], at)

    def _put(self, words: str, at: int) -> None:
        words = words.replace("\n", " ").replace("\r", " ").replace("\t", " ")
        whys = self._whys()
        if "raised" in whys and len(words) < 20 and _MARK.fullmatch(words):
            self.left_out["raised numbers, taken for marks of notes,"] += 1
        elif not self._is_silent():
            self.current.write(words, at)
        elif "left out" not in whys and words.strip():
            named = "struck out" if "struck" in whys else "hidden text"
            self.hidden.append(Stretch(f"{named} {len(self.hidden) + 1}", pieces=[(words, at)]))

    def _break(self) -> None:
        current = self.current
        if current.words.strip():
            if "margin" in self._whys():
                current.where = next(name for why, name in self.inside if why == "margin")
                self.margins.append(current)
            else:
                self.paragraphs += current.kind != "row"
                current.where = current.where or f"paragraph {self.paragraphs}"
                self.done.append(current)
        self.current = Stretch()


def read_html(page: str, told: list[str]) -> Draft:
    """Return the draft in a web page."""
    laid = Page(page)
    laid.read()
    made = built(laid.done, page)
    return Draft(
        "html", made.text, made.parts, title=laid.title, language=laid.language, dated=day_of(laid.day),
        dated_by="published" if day_of(laid.day) else "", margins=asides(laid.margins), hidden=asides(laid.hidden),
        told=(*told, *left_out(laid.left_out), *made.told), source=made.source, places=made.places,
    )  # fmt: skip
