"""The page of a document: offline, escaped, in order, and readable by everybody."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publish.test_markup import Tags
from sample_document import FIGURES, sample

from stats.errors import CannotOpen
from stats.publish.documents.arranged import names_of
from stats.publish.documents.ending import tables_in_full
from stats.publish.documents.model import (
    Bullets,
    Cell,
    Citation,
    Document,
    Grid,
    Heading,
    Notice,
    Paragraph,
    Picture,
    Reference,
    Words,
    plain,
)
from stats.publish.documents.page import as_html
from stats.publish.documents.page_picture import inline
from stats.publish.documents.pictures import picture_of
from stats.publish.markup import written

HOSTILE = '"><script>alert(1)</script>\x1b[2J\u202e\u2028\x00</style><!-- ]]> &amp; {{ x }}'
KNOWN = """
    html head meta title style body a header p main h1 h2 h3 div section strong em ul ol li span table caption thead
    tbody tr th td figure figcaption details summary nav time code wbr footer svg g defs path use rect text clippath
    pattern
"""


def page_of(document: Document) -> str:
    """The page as text."""
    return as_html(document).decode()


def tags_of(document: Document) -> list[tuple[str, dict[str, str | None]]]:
    """The tags of a page."""
    return Tags(page_of(document)).tags


def words_of(page: str) -> str:
    """The words of a page without those drawn in its pictures."""
    return " ".join(Tags(re.sub(r"(?s)<style>.*?</style>|<svg.*?</svg>", "", page)).text.split())


def of_sections(number: int) -> Document:
    """A document of so many sections."""
    blocks = [Heading(2, (Words(f"Part {n}"),), f"part-{n}") for n in range(number)]
    return replace(sample(), blocks=tuple(blocks))


def lines_of(document: Document) -> list[str]:
    """Every line that a reader meets, in order, as the model holds it."""
    lines = [document.title, document.subtitle]
    for block in document.blocks:
        match block:
            case Heading() | Paragraph() | Notice():
                lines.append(plain(block.words))
            case Bullets():
                lines += map(plain, block.items)
            case Grid():
                lines += lines_of_table(block)
            case Picture():
                lines += [
                    block.title,
                    block.subtitle,
                    *block.notes,
                    block.source_line,
                    block.description,
                    *lines_of_table(block.table),
                ]
    return [*lines, *(r.text for r in document.references), *(c.words for c in document.citations), document.contact]


def lines_of_table(grid: Grid) -> list[str]:
    """Caption, heads, cells and notes."""
    cells = [plain(cell.words) for row in grid.rows for cell in row]
    return [grid.caption, *grid.heads, *cells, *grid.notes]


def everywhere(words: str) -> Document:
    """A document with these words wherever a document has words."""
    line = (Words(words, reference=words), Words(words, is_strong=True, is_emphasised=True, address=words))
    grid = Grid(words, words, (words, words), ((Cell(line), Cell(line, 1, words)),), (words,))
    picture = replace(picture_of(FIGURES / "lincolnshire", "charged"), alt=words, description=words, title=words,
                      subtitle=words, notes=(words,), source_line=words, name=words, table=grid)  # fmt: skip
    texts = (Heading(2, line, words), Paragraph(line, 1), Paragraph(line), Bullets((line,)), Notice(line))
    reference = Reference(words, words, 1, words, words, words, words, words, (words, "other"), words, words)
    citation = Citation(words, words, words, words, words)
    return replace(sample(), title=words, subtitle=words, blocks=(*texts, grid, picture), references=(reference,),
                   citations=(citation,), contact=words)  # fmt: skip


def test_the_page_asks_nothing_of_anybody():
    """A policy forbids every request, the style has its hash in it, and no element could make one."""
    page = page_of(sample())
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    style = re.search(r"(?s)<style>(.*?)</style>", page)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert not re.search(r"url\(|@import", style)
    tags = Tags(page).tags
    assert not {"src", "srcset", "style", "action", "data"} & {name for _, attributes in tags for name in attributes}
    assert not {"script", "img", "link", "iframe", "form", "object", "image"} & {tag for tag, _ in tags}
    assert set(re.findall(r"url\((.)", page)) == {"#"}
    for tag, attributes in tags:
        address = attributes.get("href") or "#"
        assert address.startswith("#") or (tag == "a" and address.startswith("https://"))
    assert "xlink" not in page


def test_same_document_same_bytes():
    """No clock, no counter that goes on, no path."""
    assert as_html(sample()) == as_html(sample())
    assert str(Path.home()).encode() not in as_html(sample())


def test_every_word_and_number_of_the_model_stands_on_the_page_in_order():
    """Nothing is rounded, left out or moved."""
    words, at = words_of(page_of(sample())), 0
    for line in lines_of(sample()):
        wanted = " ".join(line.split())
        found = words.find(wanted, at)
        assert found >= 0, wanted
        at = found + len(wanted)
    assert words.count("1,531") == plain_count(sample(), "1,531")


def plain_count(document: Document, number: str) -> int:
    """How often a number stands in the model."""
    return sum(" ".join(line.split()).count(number) for line in lines_of(document))


def test_the_words_that_are_drawn_stay_words():
    """Each picture can be searched and copied from: its text is that of its SVG."""
    page = page_of(sample())
    for picture, drawn in zip(sample().pictures, re.findall(r"(?s)<svg.*?</svg>", page), strict=True):
        own = re.sub(r"(?s)<(title|desc|style)\b.*?</\1>|<[^>]*>", "", picture.svg.decode())
        shown = " ".join(re.sub(r"(?s)<[^>]*>", "", drawn).split())
        assert shown == " ".join(own[own.index("?>") + 2 :].split() if "?>" in own else own.split())
        assert len(shown) > 200


def test_everybody_can_read_it():
    """Language, one main, one h1, a way past the top, headings in order, tables with caption and scope, ids once."""
    tags = tags_of(sample())
    assert tags[0] == ("html", {"lang": "en-GB"})
    times = Counter(tag for tag, _ in tags)
    assert times["main"] == times["h1"] == times["header"] == times["footer"] == 1
    assert times["table"] == times["caption"] == times["thead"] == 4
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h\d", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(attributes.get("scope") in ("row", "col") for tag, attributes in tags if tag == "th")
    ids = Counter(attributes["id"] for _, attributes in tags if "id" in attributes)
    assert max(ids.values()) == 1
    for _, attributes in tags:
        for name in ("href", "aria-labelledby"):
            named = (attributes.get(name) or "").removeprefix("#")
            assert not named or named.startswith("https://") or named in ids, named


def test_the_first_cell_of_each_row_is_its_head():
    """In every table, and numbers stand to the right under their head."""
    page = page_of(sample())
    bodies = re.findall(r"(?s)<tbody>(.*?)</tbody>", page)
    assert len(bodies) == 4
    assert all(re.match(r'\s*<th[^>]* scope="row"', row) for body in bodies for row in re.split("<tr[^>]*>", body)[1:])
    assert '<th scope="col" class="n">Offences</th>' in page
    assert '<td class="n">1,531</td>' in page
    assert '<td class="n">[c]</td>' in page


def test_what_is_wide_is_scrolled_by_keyboard():
    """Tables and pictures stand in a region with a name that can have the focus."""
    regions = [a for _, a in tags_of(sample()) if a.get("role") == "region"]
    assert len(regions) == 6
    assert all(a["tabindex"] == "0" and (a.get("aria-label") or a.get("aria-labelledby")) for a in regions)


def test_each_number_leads_to_where_it_comes_from_and_back():
    """At every mention; the list has its id, what it is, its period and its source."""
    page, number = page_of(sample()), sample().references[0]
    links = re.findall(r'<a href="#number.1" class="number" title="Where this comes from: ([^"]*)"[^>]*>5.4%</a>', page)
    assert links == [number.id, number.id]
    row = re.search(r'(?s)<tr id="number.1">.*?</tr>', page)[0].replace("<wbr>", "")
    for said in ('href="#said.1"', number.id, number.measure_name, "Lincolnshire (E23000020)", number.period,
                 "full count", 'href="#source.1"'):  # fmt: skip
        assert said in row
    assert page.count('id="said.1"') == 1


def test_a_claim_is_listed_with_its_verdict():
    """And what the list does not hold is words alone."""
    claim = Reference("C003-01", "5%", verdict="supported-with-caveat")
    lines = Paragraph((Words("5%", reference="C003-01"), Words("6%", reference="unlisted")))
    page = page_of(replace(sample(), blocks=(lines,), references=(claim,)))
    assert "verdict: supported-with-caveat" in page
    assert "</a>6%" in page


def test_paragraphs_are_numbered_and_can_be_linked_to():
    """The number is the link; it says what it is."""
    page = page_of(sample())
    for number in (1, 2, 3):
        assert f'<a href="#paragraph.{number}" class="at" aria-label="Paragraph {number}">{number}</a>' in page
        assert page.count(f'id="paragraph.{number}"') == 1


def test_a_notice_is_a_region_with_a_name_and_says_so_in_words():
    """Not by colour; several are told apart."""
    page = page_of(sample())
    assert '<section class="notice" aria-labelledby="notice.1">' in page
    assert "Please note</p>" in page
    notice = Notice((Words("Another."),))
    assert "Please note (2)</p>" in page_of(replace(sample(), blocks=(notice, notice)))


def test_a_figure_is_there_for_those_who_cannot_see_it():
    """Its alternative text, its words and its table; its title above it, its notes and source under it."""
    page = page_of(sample())
    for picture in sample().pictures:
        assert page.count(f'role="img" aria-label="{picture.alt}"') == 1
    assert page.count("<summary>The figure in words</summary>") == 2
    assert page.count("<summary>The figure as a table</summary>") == 2
    for order, picture in enumerate(sample().pictures, 1):
        assert f"<figcaption><p><strong>Figure {order}: {picture.title}</strong></p>\n<p>{picture.subtitle}</p>" in page
        said = "".join(f"<p>{words}</p>\n" for words in (*picture.notes, picture.source_line))
        assert f'<div class="notes">{said}</div>\n</figure>' in page


def test_an_id_may_be_broken_at_its_signs_alone_and_is_copied_as_it_is():
    """After a slash and a stop, by an element that holds no character."""
    assert "<code>lincolnshire/<wbr>charged.<wbr>E23000020.<wbr>offences_recorded.<wbr>share</code>" in page_of(
        sample()
    )


def test_tables_go_by_the_numbers_that_they_have_in_print():
    """Those behind figures too, though they stand folded under them; so the last is the list of numbers."""
    captions = re.findall(r'<caption id="[^"]*"><span>([^<]*)</span>', page_of(sample()))
    named = names_of(sample())
    assert captions == [f"{named[grid]}: {grid.caption}" for grid in tables_in_full(sample())]
    assert [caption.partition(":")[0] for caption in captions] == ["Table 1", "Table 2", "Table 3", "Table 4"]
    moved = replace(sample(), blocks=sample().blocks[7:] + sample().blocks[:7])
    found = re.findall(r"<span>(Table \d)", page_of(moved))
    assert found == ["Table 2", "Table 3", "Table 1", "Table 4"]


@pytest.mark.parametrize(("sections", "has"), [(0, False), (3, False), (4, True)])
def test_a_document_of_more_than_three_sections_has_a_list_of_them(sections, has):
    """With the sections after the text; a short one is read without."""
    page = page_of(of_sections(sections))
    assert ("<nav" in page) is has
    if has:
        listed = re.search(r"(?s)<nav.*?</nav>", page)[0]
        assert re.findall(r'href="#([^"]*)"', listed) == [
            *(f"part-{n}" for n in range(4)), "end.numbers", "end.sources", "end.contact",
        ]  # fmt: skip


def test_what_a_document_does_not_have_has_no_heading():
    """Neither an empty list of numbers nor of sources, nor a contact that is not named."""
    page = page_of(replace(sample(), references=(), citations=(), contact="", subtitle=""))
    assert "end." not in page
    assert 'class="subtitle"' not in page


def test_a_heading_never_skips_a_level():
    """Whatever the template says: by ear an outline with a hole is a lost section."""
    page = page_of(replace(sample(), blocks=(Heading(3, (Words("First"),), "first"),)))
    assert '<h2 id="first">First</h2>' in page


def test_no_word_becomes_part_of_the_page():
    """Scripts, attributes, escapes and signs of direction in every field are words, and are spelt out."""
    page = page_of(everywhere(HOSTILE))
    tags = Tags(page).tags
    assert {tag for tag, _ in tags} <= set(KNOWN.split())
    assert not any(name.startswith("on") for _, attributes in tags for name in attributes)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", page)
    assert page.count("<style>") == page.count("</style>") == 1
    assert "alert(1)" in words_of(page)
    assert "{{ x }}" in words_of(page)


@settings(max_examples=25)
@given(st.text(st.characters() | st.sampled_from("<>&\"'/=#\\"), min_size=1, max_size=30))
def test_whatever_the_words_the_page_has_the_same_elements(words):
    """Any character in any place."""
    assert [tag for tag, _ in tags_of(everywhere(f"x{words}"))] == [tag for tag, _ in tags_of(everywhere("x"))]


def test_only_addresses_of_https_or_of_the_page_become_links():
    """The rest are words."""
    for address in ("javascript:alert(1)", "http://example.org/", "file:///etc/passwd", "//example.org", "data:,x"):
        page = page_of(replace(sample(), blocks=(Paragraph((Words("there", address=address),)),)))
        assert "<p>there</p>" in page


def test_pictures_share_no_id_and_keep_their_own_clips_and_marks():
    """The same one twice: every clip, pattern and mark that is pointed to is there, and is that of its own picture."""
    picture = picture_of(FIGURES / "lincolnshire", "outcomes")
    page = page_of(replace(sample(), blocks=(picture, picture)))
    first, second = re.findall(r"(?s)<svg.*?</svg>", page)
    for drawn, other in ((first, second), (second, first)):
        ids = set(re.findall(r' id="([^"]+)"', drawn))
        pointed = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', drawn))
        assert {a or b for a, b in pointed} <= ids
        assert len(pointed) >= 3
        assert not ids & set(re.findall(r' id="([^"]+)"', other))


@pytest.mark.parametrize("path", sorted(FIGURES.glob("*/*.svg")), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_committed_figure_can_stand_in_a_page(path):
    """With no style of its own, which the policy would forbid, and every declared colour kept."""
    picture = picture_of(path.parent, path.stem)
    drawn = written(inline(picture, "a.")).decode()
    assert "style" not in drawn
    told = re.compile(r'(?:fill|stroke)(?:: |=")(#\w{6}|none|url\(#)')
    assert Counter(told.findall(drawn)) == Counter(told.findall(picture.svg.decode()))
    assert drawn.count("<text") == picture.svg.decode().count("<text")


@pytest.mark.parametrize(
    ("inside", "told"),
    [("<script>alert(1)</script>", "<script>"), ("<foreignObject/>", "<foreignObject>"), ("<image/>", "<image>"),
     ("<a/>", "<a>"), ("<animate/>", "<animate>"), ("<style>rect { fill: red } * { x: y }</style>", "style sheet"),
     ("<g>", "no XML"), ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>", "script")],
)  # fmt: skip
def test_a_picture_with_anything_else_in_it_is_refused(inside, told):
    """What runs, leads out or restyles the page is told with the figure."""
    svg = f"<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>".encode()
    with pytest.raises(CannotOpen, match="cannot stand in a page") as refused:
        inline(replace(picture_of(FIGURES / "lincolnshire", "charged"), svg=svg), "a.")
    assert told in str(refused.value)
    assert "lincolnshire/charged" in str(refused.value)


def test_what_leads_out_of_a_picture_is_left_out():
    """Handlers, other files and their addresses in colours."""
    svg = (b"<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink' onload='a()'>"
           b"<use x:href='https://example.org/a.svg#b'/><rect fill='url(https://example.org/a)' onclick='b()' "
           b"style='fill: #12436d; background: url(https://example.org)'/></svg>")  # fmt: skip
    drawn = written(inline(replace(picture_of(FIGURES / "lincolnshire", "charged"), svg=svg), "a.")).decode()
    assert "example" not in drawn
    assert "()" not in drawn
    assert 'fill="#12436d"' in drawn
