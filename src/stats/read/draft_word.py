"""The text of a DOCX document as it reads with all changes accepted."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from stats.read.archive import Archive
from stats.read.draft_flow import Flow
from stats.read.draft_office import Links, Properties, not_opened, short, walked
from stats.read.draft_parts import Draft, PartKind, Stretch, asides, built, day_of, left_out
from stats.read.walk import Walk

_LEFT_OUT = {"w:moveFrom": "deleted passages", "w:rt": "readings beside words"}
_NOTES = {"w:footnote": "footnote", "w:endnote": "endnote"}
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_OFF = ("0", "false", "off", "none")
_ENDS = {"w:tr": Flow.end_row, "w:tbl": Flow.end_table, "w:txbxContent": Flow.end_box}


class WordStyles(Walk):
    """Which styles hide their text, and the language."""

    def __init__(self) -> None:
        self.style, self.language = "", ""
        self.hidden: set[str] = set()

    def start(self, name: str, fields: dict[str, str]) -> None:
        """Take a style, or what it says."""
        name = short(name)
        values = {key.rpartition(" ")[2]: value for key, value in fields.items()}
        if name == "w:style":
            self.style = values.get("styleId", "")
        elif name == "w:vanish" and values.get("val") not in _OFF:
            self.hidden.add(self.style)
        elif name == "w:lang":
            self.language = self.language or values.get("val", "")


@dataclass
class Run:
    """A run of words while it is read, and what it says of its looks."""

    words: str = ""
    is_hidden: bool = False
    is_raised: bool = False


class WordFlow(Flow):
    """Lays out the body, the notes, the comments or the margins of a DOCX document."""

    def __init__(self, hidden_styles: set[str], notes: dict[str, list[str]]) -> None:
        super().__init__()
        self.hidden_styles, self.notes = hidden_styles, notes
        self.taken: list[Stretch] = []
        self.choices: list[bool] = []
        self.runs: list[Run] = []
        self.paragraphs_hidden: list[bool] = []

    def begin(self, name: str, fields: dict[str, str]) -> None:
        """Take the start of an element."""
        if name.startswith("mc:"):
            self._choose(name)
        elif name in _SIGNS and self.runs and self.parent() == "w:r":
            self._add(_SIGNS[name])
        elif name in _NOTES or name in ("w:comment", "w:txbxContent"):
            self._begin_frame(name, fields)
        elif name in ("w:footnoteReference", "w:endnoteReference"):
            self.notes.setdefault(name[2:-9], []).append(fields.get("w:id", ""))
        elif name == "w:del" or name in _LEFT_OUT:
            self._deleted(name)
        elif name in ("w:p", "w:r", "w:tbl", "w:tr", "w:tc"):
            self._begin_block(name)
        else:
            self._marked(name, fields)

    def finish(self, name: str) -> None:
        """Take the end of an element."""
        if name == "w:p":
            if self.paragraphs_hidden:
                self.paragraphs_hidden.pop()
            self.end_paragraph()
        elif name in ("w:r", "m:r"):
            self._end_run()
        elif name in _ENDS:
            _ENDS[name](self)
        elif name in _NOTES or name == "w:comment":
            self.taken += self.end_frame()
        elif name == "mc:AlternateContent" and self.choices:
            self.choices.pop()

    def text(self, words: str) -> None:
        """Take words of a run."""
        if not self.skipping and self.above and self.above[-1] in ("w:t", "m:t"):
            self._add(words)

    def _begin_block(self, name: str) -> None:
        if name == "w:r":
            self.runs.append(Run())
        elif name == "w:p":
            self.paragraphs_hidden.append(False)
            self.begin_paragraph("paragraph")
        else:
            {"w:tbl": self.begin_table, "w:tr": self.begin_row, "w:tc": self.begin_cell}[name]()

    def _choose(self, name: str) -> None:
        """Of several ways to draw one thing, take the first."""
        if name == "mc:AlternateContent":
            self.choices.append(False)
        elif name in ("mc:Choice", "mc:Fallback") and self.choices:
            if self.choices[-1]:
                self.skip()
            self.choices[-1] = True

    def _begin_frame(self, name: str, fields: dict[str, str]) -> None:
        if name == "w:txbxContent":
            self.boxes += 1
            self.begin_frame(f"text box {self.boxes}", "text box")
        elif fields.get("w:type", "normal") != "normal":
            self.skip()
        else:
            what, key = _NOTES.get(name, "comment"), fields.get("w:id", "")
            order = self.notes.get(what, [])
            number = order.index(key) + 1 if key in order else key
            self.begin_frame(f"{what} {number}", "note")

    def _deleted(self, name: str) -> None:
        """Leave out deleted words; a deleted paragraph mark joins two paragraphs, a deleted row goes whole."""
        if name == "w:del" and self.parent() == "w:rPr" and self.parent(2) == "w:pPr":
            self.frame.joins = True
        elif name == "w:del" and self.parent() == "w:trPr":
            self.frame.is_gone = True
            self.left_out["deleted rows"] += 1
        elif name == "w:del" and self.parent() == "w:rPr":
            return
        else:
            self.left_out[_LEFT_OUT.get(name, "deleted passages")] += 1
        self.skip()

    def _marked(self, name: str, fields: dict[str, str]) -> None:
        """Take what a run or a paragraph says of its looks."""
        value = fields.get("w:val", "")
        if name == "m:r":
            self.runs.append(Run())
        elif name == "w:pStyle" and self.frame.current and self.paragraphs_hidden:
            self.paragraphs_hidden[-1] = value in self.hidden_styles
            self.frame.current.kind = _kind(value, self.frame.current.kind)
        elif name == "w:numPr" and self.frame.current and self.frame.current.kind == "paragraph":
            self.frame.current.kind = "list item"
        elif self.runs and self.parent(2) == "w:r":
            if (name == "w:vanish" and value not in _OFF) or (name == "w:rStyle" and value in self.hidden_styles):
                self.runs[-1].is_hidden = True
            elif name == "w:vertAlign":
                self.runs[-1].is_raised = value == "superscript"

    def _add(self, words: str) -> None:
        if self.runs:
            self.runs[-1].words += words
        else:
            self.write(words)

    def _end_run(self) -> None:
        run = self.runs.pop() if self.runs else Run()
        if run.is_hidden or any(self.paragraphs_hidden[-1:]):
            self.hidden.append(Stretch(f"hidden text {len(self.hidden) + 1}", pieces=[(run.words, -1)]))
        elif run.is_raised and re.fullmatch(r"[\d,\s]+", run.words):
            self.left_out["raised numbers, taken for marks of notes,"] += 1
        else:
            self.write(run.words)


def _kind(style: str, kind: PartKind) -> PartKind:
    if kind != "paragraph":
        return kind
    style = style.lower()
    if style.startswith("toc"):
        return "contents"
    return "heading" if style.startswith(("heading", "title", "subtitle")) else kind


def read_word(archive: Archive) -> Draft:
    """Return the draft in a DOCX archive."""
    body_name = next((n for n in sorted(archive.parts) if re.fullmatch(r"word/document\d*\.xml", n)), "")
    links, styles, about = Links(), WordStyles(), Properties()
    walked(archive, _links_of(body_name), links)
    walked(archive, "word/styles.xml", styles)
    walked(archive, "docProps/core.xml", about)
    notes: dict[str, list[str]] = {}
    body = WordFlow(styles.hidden, notes)
    walked(archive, body_name, body)
    flows = {kind: _flow(archive, links, kind, styles, notes) for kind in ("footnotes", "endnotes", "comments")}
    margins = [_flow(archive, links, kind, styles, {}) for kind in ("header", "footer")]
    body.end_frame()
    made = built(body.frames[0].done + flows["footnotes"].taken + flows["endnotes"].taken)
    changed = day_of(about.said("dcterms:modified"))
    hidden = [s for flow in (body, *flows.values()) for s in flow.hidden]
    counts = sum((flow.left_out for flow in flows.values()), body.left_out)
    outside = sum(is_outside for _, _, is_outside in links.found)
    return Draft(
        "docx", made.text, made.parts, title=about.said("dc:title"),
        language=about.said("dc:language") or styles.language, dated=changed or day_of(about.said("dcterms:created")),
        dated_by="last saved" if changed else "made", comments=asides(flows["comments"].taken),
        margins=asides([s for flow in margins for s in flow.taken]), hidden=asides(hidden),
        told=(*not_opened(archive, outside), *left_out(counts), *made.told), source=made.source, places=made.places,
    )  # fmt: skip


def _links_of(name: str) -> str:
    folder, _, part = name.rpartition("/")
    return f"{folder}/_rels/{part}.rels"


def _flow(archive: Archive, links: Links, kind: str, styles: WordStyles, notes: dict[str, list[str]]) -> WordFlow:
    """Walk through the parts of one kind that the body is linked to."""
    flow = WordFlow(styles.hidden, notes)
    for found, target, is_outside in dict.fromkeys(links.found):
        if found == kind and not is_outside:
            whole = posixpath.normpath(posixpath.join("/word", target)).lstrip("/")
            if kind in ("header", "footer"):
                flow.begin_frame(kind, "paragraph")
            walked(archive, whole, flow)
            if kind in ("header", "footer"):
                flow.taken += flow.end_frame()
    return flow
