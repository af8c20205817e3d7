"""A document as the tree that pandoc reads: its blocks one by one, with the styles that the office formats give them.

Nothing goes through Markdown, so that no sign of a text can be taken for a mark of it. The tree is the same for DOCX
and ODT; what only one of them knows stands as raw parts, which the other's writer leaves out.
"""

from __future__ import annotations

from math import ceil
from typing import Any

from stats.draw.notes import WHOSE
from stats.publish.documents.arranged import are_leads, below, kept_with_next, names_of
from stats.publish.documents.ending import SHARES, TABLE, cited, linked_line, opening_words, printed_in_full
from stats.publish.documents.model import (
    Bullets,
    Document,
    Grid,
    Heading,
    Line,
    Notice,
    Paragraph,
    Picture,
    Words,
    plain,
)
from stats.publish.visible import visible_lines

Node = dict[str, Any]

TEXT_WIDTH_CM = 16.0
"""Of an A4 page with margins of 2.5 cm."""

WIDEST_CM, TALLEST_CM, PAGE_CM = TEXT_WIDTH_CM, 16.5, 21.5
"""A figure is as wide as the text, so that its smallest letters, of 9 points, are 7 on paper; if tall, less wide."""

_LINE_CM = 0.49
DOTS_PER_CM = 200 / 2.54

_WHOLE_CM, _ROW_CM, _ROW_LINE_CM = 15.0, 0.15, 0.43
"""Of a table: how tall it may be to stand on one page, the room round a row, and a line of it."""

FIRST_ROWS = 3
"""A longer table begins with more rows than so many, its head included."""

_LETTER_CM, _BOLD_CM, _BESIDE_CM = 0.17, 0.2, 0.6
"""Of a table: what a letter takes, a letter of a head in a wide font, and the room beside a cell's words."""

_LONGEST_WORD = 42
"""Letters of a word that a column makes room for: a longer one is broken, and its neighbours have room."""

NOTE_LETTERS = 110
"""Of a line of a note, about."""

_LEADS = ("https://", "#")
"""Other addresses, such as a file of the repository, are text: from an office file they would lead nowhere."""

_BARE: list[Any] = ["", [], []]
_PANDOC = [1, 23]
_TAB = [
    {"t": "RawInline", "c": ["openxml", "<w:r><w:tab/></w:r>"]},
    {"t": "RawInline", "c": ["opendocument", "<text:tab/>"]},
]


def tree(document: Document) -> Node:
    """Return a document as pandoc's tree; its pictures are called by `picture_name`.

    Examples
    --------
    >>> from datetime import date
    >>> made = tree(Document("a", "briefing", "Title", "", date(2026, 4, 23), (Paragraph((Words("5 *"),), 7),)))
    >>> [inline.get("c") for inline in made["blocks"][1]["c"][1][0]["c"]][0]
    '7.'
    """
    blocks = [_para([_text(opening_words(document))], "TableNote")]
    order, names, printed = 0, names_of(document), printed_in_full(document)
    for block, leads in zip(printed, are_leads(printed), strict=True):
        if isinstance(block, Picture):
            order += 1
            blocks += _picture(block, order, f"{names[block]}: ", names[block.table])
        elif isinstance(block, Grid):
            blocks += _grid(block, f"{names[block]}: ")
        elif isinstance(block, Paragraph):
            blocks += _paragraph(block, leads)
        else:
            blocks += _BLOCKS[type(block)](block)
    blocks += _ends(document)
    return _tree(blocks, title=document.title, subtitle=document.subtitle, lang=document.language)


def tree_of_picture(document: Document) -> Node:
    """Return the one figure of a document as pandoc's tree, and nothing else of it."""
    blocks = [*_picture(document.pictures[0], 1, "", ""), _para([_text(WHOSE)], "TableNote")]
    return _tree(blocks, lang=document.language)


def _tree(blocks: list[Node], **told: str) -> Node:
    meta = {key: {"t": "MetaInlines", "c": [_text(words)]} for key, words in told.items() if words}
    return {"pandoc-api-version": _PANDOC, "meta": meta, "blocks": blocks}


def picture_name(order: int) -> str:
    """Return what the file of a picture is called while a document is made: its place, counted from 1."""
    return f"figure-{order}.png"


def picture_size(picture: Picture) -> tuple[float, float]:
    """Return the width and height of a figure in cm: in its shape, as large as its page lets it be."""
    across, down = (int.from_bytes(picture.png[at : at + 4], "big") for at in (16, 20))
    notes = ((words, NOTE_LETTERS) for words in below(picture))
    round_it = [(picture.title, 85), (picture.subtitle, 95), *notes]
    beside = _LINE_CM * sum(len(words) // letters + 1 for words, letters in round_it)
    width = min(WIDEST_CM, across / DOTS_PER_CM, min(TALLEST_CM, PAGE_CM - beside) * across / down)
    return width, width * down / across


def one_line(text: str) -> str:
    """Return a text that any XML can hold: on one line, its control signs spelt out."""
    return visible_lines(text).replace("\n", " ")


def _text(text: str) -> Node:
    return {"t": "Str", "c": one_line(text)}


def _inlines(line: Line) -> list[Node]:
    return [_inline(words) for words in line]


def _inline(words: Words) -> Node:
    made = _text(words.text)
    if words.is_emphasised:
        made = {"t": "Emph", "c": [made]}
    if words.is_strong:
        made = {"t": "Strong", "c": [made]}
    if words.address.startswith(_LEADS):
        made = {"t": "Link", "c": [_BARE, [made], [words.address, ""]]}
    return made


def _para(inlines: list[Node], style: str = "") -> Node:
    para = {"t": "Para", "c": inlines}
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [para]]} if style else para


def _heading(block: Heading) -> list[Node]:
    """Sections begin at the first level of the outline: the title has a style of its own."""
    return [{"t": "Header", "c": [block.level - 1, [block.anchor, [], []], _inlines(block.words)]}]


def _paragraph(block: Paragraph, leads: bool) -> list[Node]:
    """The number is text: whoever copies, quotes or reads it aloud has it too."""
    if not block.number:
        return [_para(_inlines(block.words), "Lead" if leads else "")]
    style = "NumberedLead" if leads else "NumberedParagraph"
    return [_para([_text(f"{block.number}."), *_TAB, *_inlines(block.words)], style)]


def _bullets(block: Bullets) -> list[Node]:
    return [{"t": "BulletList", "c": [[{"t": "Plain", "c": _inlines(item)}] for item in block.items]}]


def _notice(block: Notice) -> list[Node]:
    return [_para(_inlines(block.words), "Notice")]


def _grid(block: Grid, lead: str) -> list[Node]:
    return [_table(block, lead), *(_para([_text(note)], "TableNote") for note in block.notes)]


def _picture(block: Picture, order: int, lead: str, table: str) -> list[Node]:
    """What it is, the picture, and what is to know of it."""
    image = {"t": "Image", "c": [_BARE, [_text(block.alt)], [picture_name(order), ""]]}
    said = below(block, table)
    kept = kept_with_next(said, len(block.notes), NOTE_LETTERS)
    styles = [*("PictureNoteKept" if is_kept else "PictureNote" for is_kept in kept[:-1]), "TableNote"]
    return [
        _para([_text(f"{lead}{block.title}")], "PictureTitle"),
        _para([_text(block.subtitle)], "PictureCaption"),
        _para([image], "Picture"),
        *(_para([_text(words)], style) for words, style in zip(said, styles, strict=False)),
    ]


def _table(block: Grid, lead: str) -> Node:
    numeric = [any(row[at].value is not None for row in block.rows) for at in range(len(block.heads))]
    aligned = [{"t": "AlignRight" if is_numeric else "AlignLeft"} for is_numeric in numeric]
    widths = [{"t": "ColWidth", "c": share} for share in _shares(block)]
    heads = [_cell((Words(head),), "TableHead" + "Number" * right)
             for head, right in zip(block.heads, numeric, strict=True)]  # fmt: skip
    body = [[_BARE, [_cell(cell.words, _cell_style(at, numeric[at])) for at, cell in enumerate(row)]]
            for row in block.rows]  # fmt: skip
    caption = [None, [{"t": "Plain", "c": [_text(f"{lead}{block.caption}")]}]]
    return {"t": "Table", "c": [_BARE, caption, [list(pair) for pair in zip(aligned, widths, strict=True)],
                                [_BARE, [[_BARE, heads]]], [[_BARE, 1, [], body]], [_BARE, []]]}  # fmt: skip


def _cell_style(at: int, is_numeric: bool) -> str:
    return "RowHead" if at == 0 else "TableNumber" if is_numeric else "TableText"


def _cell(line: Line, style: str) -> list[Any]:
    """A cell; an id in it stands below the rest."""
    said, ids = [one for one in line if not one.is_id], [one for one in line if one.is_id]
    paragraphs = [_para(_inlines(tuple(said)), style)] if said or not ids else []
    paragraphs += [_para([_inline(one)], "TableId") for one in ids]
    return [_BARE, {"t": "AlignDefault"}, 1, 1, paragraphs]


def _shares(block: Grid) -> list[float]:
    """Return the share of the text's width that each column takes: no word is broken, short texts keep one line."""
    if block.name == TABLE:
        return list(SHARES)
    columns = [[head, *(plain(row[at].words) for row in block.rows)] for at, head in enumerate(block.heads)]
    longest = [max(len(word) for text in column for word in [*text.split(), ""]) for column in columns]
    least = [_BESIDE_CM + _BOLD_CM * min(letters, _LONGEST_WORD) for letters in longest]
    wanted = [_BESIDE_CM + _LETTER_CM * max(map(len, column)) for column in columns]
    level = TEXT_WIDTH_CM
    widths = [max(low, want) for low, want in zip(least, wanted, strict=True)]
    while sum(widths) > TEXT_WIDTH_CM and level > 0:
        level -= 0.1
        widths = [max(low, min(want, level)) for low, want in zip(least, wanted, strict=True)]
    return [round(width / sum(widths), 4) for width in widths]


def is_whole(grid: Grid) -> bool:
    """Return whether a table is short enough to stand on one page."""
    letters = [max(1.0, (share * TEXT_WIDTH_CM - _BESIDE_CM) / _LETTER_CM) for share in _shares(grid)]
    rows = [grid.heads, *([plain(cell.words) for cell in row] for row in grid.rows)]
    lines = (max(1, *(ceil(len(text) / wide) for text, wide in zip(row, letters, strict=True))) for row in rows)
    return sum(_ROW_CM + _ROW_LINE_CM * number for number in lines) <= _WHOLE_CM


def _ends(document: Document) -> list[Node]:
    """Return the sources and the contact: those of which there is something to say. Sources go by their numbers."""
    made: list[Node] = []
    if document.citations:
        items = [[{"t": "Plain", "c": _inlines(cited(one))}] for one in document.citations]
        numbered = [1, {"t": "Decimal"}, {"t": "Period"}]
        made += [*_heading(Heading(2, (Words("Sources"),), "")), {"t": "OrderedList", "c": [numbered, items]}]
    if document.contact:
        contact = _para(_inlines(linked_line(document.contact)))
        made += [*_heading(Heading(2, (Words("Contact"),), "")), contact]
    return made


_BLOCKS: dict[type, Any] = {
    Heading: _heading, Bullets: _bullets, Notice: _notice,
}  # fmt: skip
