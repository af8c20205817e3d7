"""The page of a checked draft: it opens offline, runs nothing, and can be read by everybody."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from made_remarks import TEXT, remark, remarks
from publish.test_check_text import HOSTILE, hostile
from publish.test_markup import Tags

import stats.publish.check_page
from stats.claims.verdicts import VERDICTS
from stats.publish.check_page import check_page
from stats.publish.checked import Checked
from stats.read.drafts import read_draft
from stats.run.claims import facts_of

KNOWN = """
    html head meta title style body a header p main h1 h2 h3 h4 bdi section span strong mark dl div dt dd ul li
    table caption thead tbody tr th td footer
"""
ATTRIBUTES = "lang charset http-equiv content name href class id tabindex scope role aria-label dir rel"


@pytest.fixture(scope="module")
def facts():
    """What drafts are judged by."""
    return facts_of()


@pytest.fixture
def checked(facts) -> Checked:
    """A draft with every verdict."""
    return Checked(read_draft(TEXT.encode(), name="/home/a/press-release.md"), tuple(remarks()), facts)


@pytest.fixture
def page(checked) -> str:
    """Its page."""
    return check_page(checked).decode()


def words_of(page: str) -> str:
    """The words of a page, without its style."""
    return " ".join(Tags(re.sub(r"(?s)<style>.*?</style>", "", page)).text.split())


def test_the_page_asks_nothing_of_anybody(page):
    """A policy forbids every request, the style has its hash in it, and no element could make one."""
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    style = re.search(r"(?s)<style>(.*?)</style>", page)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert not re.search(r"url\(|@import", style)
    assert not {"src", "srcset", "style", "action"} & {name for _, attributes in Tags(page).tags for name in attributes}
    assert not {"script", "img", "link", "iframe", "form", "object"} & {tag for tag, _ in Tags(page).tags}


def test_same_findings_same_bytes_and_no_folder_of_the_computer(checked):
    """No clock and no path is in it."""
    assert check_page(checked) == check_page(replace(checked))
    assert b"/home/a" not in check_page(checked)


def test_links_lead_somewhere_and_back(page, checked):
    """Each number leads to its finding and each finding to its number; other links are of https, and tell nothing."""
    tags = Tags(page).tags
    ids = Counter(attributes["id"] for _, attributes in tags if "id" in attributes)
    assert max(ids.values()) == 1
    links = [attributes for tag, attributes in tags if tag == "a"]
    for attributes in links:
        if attributes["href"].startswith("#"):
            assert attributes["href"][1:] in ids
        else:
            assert attributes["href"].startswith("https://")
            assert attributes["rel"] == "noopener noreferrer"
    led = {attributes["href"] for attributes in links}
    for number in range(1, len(checked.remarks) + 1):
        assert {f"#finding-{number}", f"#text-{number}"} <= led


def test_the_page_has_the_bones_that_readers_by_ear_need(page):
    """Language, title, one main, a way past the top, headings in order, tables with caption and scope."""
    tags = Tags(page).tags
    assert tags[0] == ("html", {"lang": "en-GB"})
    assert re.search(r"<title>press-release.md: 12 to mend", page)
    assert [tag for tag, _ in tags].count("main") == [tag for tag, _ in tags].count("h1") == 1
    assert next(attributes for tag, attributes in tags if tag == "a") == {"href": "#found", "class": "skip"}
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h\d", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.count("<table>") == page.count("<caption>") == 2
    assert all(attributes.get("scope") in ("row", "col") for tag, attributes in tags if tag == "th")


def test_every_verdict_is_in_words(page):
    """In the table, at the number in the draft, and on the finding with its meaning."""
    words = words_of(page)
    for verdict, (meaning, _) in VERDICTS.items():
        assert words.count(verdict) >= (1 if verdict == "not-checked" else 3), verdict
        if verdict != "not-checked":
            assert f"{meaning}." in words
    for said in ("neither right nor wrong", "share of recorded offences charged so far", "Read strictly 5%",
                 "What may be written: By the first release, 5,948 of 118,411", "Open Government Licence",
                 "Status:", "What this check can and cannot do", "misleading words, wrong-measure"):  # fmt: skip
        assert said in words, said


def test_the_whole_of_a_short_draft_is_shown_with_its_numbers_marked(page):
    """The words as they stand, each number inside a mark."""
    shown = re.search(r'(?s)<div class="draft".*?</div>', page)[0]
    assert "Just <span" in shown
    assert "<mark>5 per cent</mark>" in shown
    assert "Stalking: the facts" in shown
    assert re.sub(r"\s+", " ", re.sub(r" <a .*?</a>", "", shown)).count("is a scandal") == 1


def test_numbers_that_overlap_share_a_mark(facts):
    """Words that mislead round a number: one mark, two verdicts, nothing printed twice."""
    text = "Only 5% conviction rate, they say."
    one = remark(text, "5%", text, "no-source")
    two = remark(text, "5% conviction rate", text, "wrong-measure", lint="bare-conviction-rate")
    page = check_page(Checked(read_draft(text.encode()), (one, two), facts)).decode()
    assert "<mark>5% conviction rate</mark> " in page
    assert words_of(page).count("Only 5% conviction rate 1 no-source 2 misleading words, wrong-measure, they say.") == 1


def test_of_a_long_draft_only_passages_with_a_number_are_shown(facts):
    """The rest is counted; headings stay; a paragraph without end is shown round its number."""
    filler = "Nothing is counted here. " * 40
    long = f"{'word ' * 5_000}Of these 9% were.{' word' * 5_000}"
    text = "\n\n".join(["# A heading", *[filler] * 30, "Then 7% were.", *[filler] * 3, long])
    draft = read_draft(text.encode(), name="a.md")
    found = (remark(draft.text, "7%", "Then 7% were.", "no-source"),
             remark(draft.text, "9%", "Of these 9% were.", "no-source"))  # fmt: skip
    page = check_page(Checked(draft, found, facts))
    words = words_of(page.decode())
    assert "(30 passages without a number left out)" in words
    assert "(3 passages without a number left out)" in words
    assert "The draft is long" in words
    assert "A heading" in words
    assert "Of these 9% 2 no-source were." in words
    assert len(page) < 30_000


def test_the_page_is_bounded_and_keeps_what_is_to_be_mended(checked, monkeypatch):
    """With room for so many findings, those that are right or were not checked give way, and are counted."""
    monkeypatch.setattr(stats.publish.check_page, "MOST", 12)
    words = words_of(check_page(checked).decode())
    assert "4 more have no place here" in words
    assert "To mend (12)" in words
    assert "6. “5 per cent”: wrong-measure" in words
    assert "Right (1)" not in words


def test_nothing_in_a_draft_becomes_part_of_the_page(checked):
    """Scripts, attributes, escapes and signs of direction in every field are words, and are spelt out."""
    page = check_page(hostile(checked)).decode()
    tags = Tags(page).tags
    assert {tag for tag, _ in tags} <= set(KNOWN.split())
    assert {name for _, attributes in tags for name in attributes} <= set(ATTRIBUTES.split())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", page)
    assert page.count("<style>") == page.count("</style>") == 1
    assert "alert(1)" in words_of(page)
    assert all(a["href"].startswith("#") or "<" not in a["href"] for tag, a in tags if tag == "a")
    assert HOSTILE not in page


def test_a_draft_read_from_right_to_left_keeps_its_direction(facts):
    """Its paragraphs find their own direction, its words are set apart from ours, both languages are named."""
    text = "مرحبا 12 من الناس."
    draft = replace(read_draft(text.encode(), name="رسالة.md"), language="ar")
    page = check_page(Checked(draft, (remark(draft.text, "12", draft.text.strip(), "no-source"),), facts)).decode()
    assert '<div class="draft" lang="ar">' in page
    assert '<p class="passage" dir="auto">' in page
    assert "<bdi>رسالة.md</bdi>" in page
    assert re.search(r'<a id="text-1"[^>]* class="label" lang="en-GB" dir="ltr">1\u00a0no-source</a>', page)


@pytest.mark.parametrize("language", ["en-GB", "cy", '"><script>', "a" * 99])
def test_only_a_language_is_a_language(checked, language):
    """Anything else in its place is left out."""
    page = check_page(replace(checked, draft=replace(checked.draft, language=language))).decode()
    assert (f'lang="{language}"' in page) is (len(language) < 6)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG computes it."""
    bright = []
    for colour in (one, other):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        bright.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(bright) + 0.05) / (min(bright) + 0.05)


def test_words_stand_out_by_day_and_by_night(page):
    """Text and links on paper and on marks have a contrast of 4.5 at least; bars and lines under marks of 3."""
    schemes = [dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in re.findall(r":root \{([^}]*)\}", page)]
    assert len(schemes) == 2
    for colours in schemes:
        for paper in ("paper", "mend-on", "add-on", "right-on", "unplaced-on"):
            assert contrast(colours["text"], colours[paper]) >= 7, paper
            assert contrast(colours["link"], colours[paper]) >= 4.5, paper
        assert contrast(colours["soft"], colours["paper"]) >= 4.5
        assert contrast(colours["visited"], colours["paper"]) >= 4.5
        for group in ("mend", "right", "unplaced"):
            assert contrast(colours[group], colours["paper"]) >= 3
