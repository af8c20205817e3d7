"""The text of an ODT document as it reads with all changes accepted."""

from __future__ import annotations

from stats.read.archive import Archive
from stats.read.draft_flow import Flow
from stats.read.draft_office import Properties, not_opened, walked
from stats.read.draft_parts import Draft, PartKind, Stretch, asides, built, day_of, left_out
from stats.read.walk import MOST_SPACES, Grown

_LEFT_OUT = {"text:note-citation", "office:forms", "svg:title", "svg:desc", "text:ruby-text", "office:scripts",
             "office:settings", "table:tracked-changes", "other:binary-data", "office:binary-data"}  # fmt: skip
_SIGNS = {"text:tab": "\t", "text:line-break": "\n"}
_MARGINS = {"style:header", "style:footer", "style:header-left", "style:footer-left", "style:header-first",
            "style:footer-first"}  # fmt: skip
_WORDS = {"text:p", "text:h"}
_PLAIN = ("office:", "table:", "draw:", "text:list", "text:section", "text:note", "text:index", "style:")


class OdtFlow(Flow):
    """Lays out the body and the margins of an ODT document."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[Stretch] = []
        self.comments: list[Stretch] = []
        self.margins: list[Stretch] = []
        self.hidden_styles: set[str] = set()
        self.outside = self.lists = self.index = 0
        self.style, self.numbers = "", {"footnote": 0, "endnote": 0}
        self.note = ""
        self.hiding = 0

    def begin(self, name: str, fields: dict[str, str]) -> None:
        """Take the start of an element."""
        if name in _LEFT_OUT:
            self.skip()
        elif name == "text:tracked-changes":
            self.skip()
            self.left_out["lists of tracked changes, with what was deleted,"] += 1
        elif name in _WORDS:
            self._begin_words(name, fields)
        elif name in _SIGNS or name == "text:s":
            self._space(name, fields)
        elif name in ("text:note", "text:note-body", "office:annotation", "draw:text-box") or name in _MARGINS:
            self._begin_frame(name, fields)
        elif name.startswith("table:table"):
            self._begin_table(name)
        else:
            self._marked(name, fields)

    def finish(self, name: str) -> None:
        """Take the end of an element."""
        ends = {"table:table": self.end_table, "table:table-row": self.end_row, "draw:text-box": self.end_box}
        if name in _WORDS:
            self.end_paragraph()
        elif name in ends:
            ends[name]()
        elif name == "text:note-body":
            self.notes += self.end_frame()
        elif name == "office:annotation":
            self.comments += self.end_frame()
        elif name in _MARGINS:
            self.margins += self.end_frame()
        self.lists -= name == "text:list"
        self.index -= name == "text:index-body"

    def text(self, words: str) -> None:
        """Take words of a paragraph; blanks between elements are none."""
        if self.skipping or not self.frame.current or not self.above or self.above[-1].startswith(_PLAIN):
            return
        if self.above[-1].startswith(("dc:", "meta:")):
            return
        self.write(words.replace("\n", " "))

    def _begin_words(self, name: str, fields: dict[str, str]) -> None:
        kind: PartKind = "contents" if self.index else "heading" if name == "text:h" else "paragraph"
        if self.lists and kind == "paragraph":
            kind = "list item"
        if fields.get("text:style-name") in self.hidden_styles:
            self._hide()
        else:
            self.begin_paragraph(kind)

    def _begin_table(self, name: str) -> None:
        begins = {"table:table": self.begin_table, "table:table-row": self.begin_row,
                  "table:table-cell": self.begin_cell}  # fmt: skip
        if name in begins:
            begins[name]()

    def _begin_frame(self, name: str, fields: dict[str, str]) -> None:
        if name == "text:note":
            self.note = "endnote" if fields.get("text:note-class") == "endnote" else "footnote"
        elif name == "text:note-body":
            self.numbers[self.note or "footnote"] += 1
            self.begin_frame(f"{self.note or 'footnote'} {self.numbers[self.note or 'footnote']}", "note")
        elif name == "office:annotation":
            self.begin_frame(f"comment {len(self.comments) + 1}", "note")
        elif name == "draw:text-box":
            self.boxes += 1
            self.begin_frame(f"text box {self.boxes}", "text box")
        else:
            self.begin_frame(name[6:12], "paragraph")

    def _space(self, name: str, fields: dict[str, str]) -> None:
        number = fields.get("text:c", "1")
        if not number.isdecimal() or int(number[:9]) > MOST_SPACES:
            raise Grown(f"{number[:20]} blanks in one place")
        self.write(_SIGNS.get(name) or " " * int(number))

    def _marked(self, name: str, fields: dict[str, str]) -> None:
        if name == "style:style":
            self.style = fields.get("style:name", "")
        elif name == "style:text-properties" and fields.get("text:display") == "none":
            self.hidden_styles.add(self.style)
        elif name in ("text:hidden-text", "text:hidden-paragraph"):
            self._hide(fields.get("text:string-value", ""))
        elif self._is_hidden(name, fields):
            self._hide()
        self.lists += name == "text:list" and not self.skipping
        self.index += name == "text:index-body" and not self.skipping
        self.outside += any(value.startswith(("http", "file:", "ftp", "//", "\\\\")) for value in fields.values())

    def _is_hidden(self, name: str, fields: dict[str, str]) -> bool:
        if name == "text:section":
            return fields.get("text:display") == "none"
        return name == "text:span" and fields.get("text:style-name") in self.hidden_styles

    def _hide(self, words: str = "hidden words") -> None:
        self.hidden.append(Stretch(f"hidden text {len(self.hidden) + 1}", pieces=[(words, -1)]))
        self.skip()


def read_odt(archive: Archive) -> Draft:
    """Return the draft in an ODT archive."""
    about, flow, styles = Properties(), OdtFlow(), OdtFlow()
    walked(archive, "meta.xml", about)
    walked(archive, "styles.xml", styles)
    flow.hidden_styles |= styles.hidden_styles
    walked(archive, "content.xml", flow)
    flow.end_frame()
    made = built(flow.frames[0].done + flow.notes)
    changed = day_of(about.said("dc:date"))
    return Draft(
        "odt", made.text, made.parts, title=about.said("dc:title"), language=about.said("dc:language"),
        dated=changed or day_of(about.said("meta:creation-date")), dated_by="last saved" if changed else "made",
        comments=asides(flow.comments), margins=asides(styles.margins), hidden=asides(flow.hidden),
        told=(*not_opened(archive, flow.outside), *left_out(flow.left_out), *made.told),
        source=made.source, places=made.places,
    )  # fmt: skip
