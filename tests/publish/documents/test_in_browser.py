"""Pages as people meet them: in Chromium, with axe-core, at 400% zoom, by keyboard, and with other eyes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from made_remarks import TEXT, remarks
from publish.documents.contrasts import SEEN_AS, WHITE, alike, contrast, marks_on, seen, words_on
from publish.test_failures import REFUSED, failure
from sample_document import FIGURES, sample

from stats.publish.check_page import check_page
from stats.publish.checked import Checked
from stats.publish.documents.model import Cell, Document, Grid, Heading, Notice, Paragraph, Reference, Words
from stats.publish.documents.page import as_html
from stats.publish.documents.page_picture import inline
from stats.publish.documents.pictures import picture_of
from stats.publish.failures import Summary
from stats.publish.failures_page import failures_page
from stats.publish.markup import el, written
from stats.read.drafts import read_draft
from stats.run.claims import facts_of

ZOOMED = {"width": 320, "height": 256}
"""A window of 1280 by 1024 at 400%."""

PAGES = ("sample", "long", "check", "failures", "annex", "briefing")
LONG_WORD = "Supercalifragilisticexpialidocious" * 3
PATIENCE_MS = 60_000
ORANGE = (244, 106, 37)
FOCUSABLE = "a[href], summary, [tabindex='0']"


def long_document() -> Document:
    """A document with contents, a wide table, words without end, two notices, a claim, and a figure twice."""
    wide = Grid("wide", f"A wide table {LONG_WORD}", tuple(f"Column {n}" for n in range(9)),
                ((Cell((Words(LONG_WORD),)), *(Cell((Words("135,628"),), 135628, "count") for _ in range(8))),) * 3,
                (f"See https://www.example.org/{LONG_WORD}",))  # fmt: skip
    parts = [
        block for n in range(4)
        for block in (Heading(2, (Words(f"Part {n} {LONG_WORD}"),), f"part-{n}"),
                      Paragraph((Words(f"{LONG_WORD} "), Words("5%", reference="C003-01")), n + 1),
                      Notice((Words(LONG_WORD),)))
    ]  # fmt: skip
    figure = picture_of(FIGURES / "lincolnshire", "charged")
    claim = Reference("C003-01", "5%", sources=("unlisted",), verdict="supported-with-caveat")
    return replace(sample(), title=f"Long {LONG_WORD}", blocks=(*parts, wide, figure, figure), references=(claim,),
                   contact=LONG_WORD)  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> Path:
    """A folder with each page, and with the pictures of every figure that can stand in a document."""
    folder = tmp_path_factory.mktemp("pages")
    checked = Checked(read_draft(TEXT.encode(), name="press-release.md"), tuple(remarks()), facts_of())
    summary = Summary({"failed": 1, "done": 40}, (failure(REFUSED),), seconds=62, impossible=(failure(REFUSED),))
    made = {"sample": as_html(sample()), "long": as_html(long_document()), "check": check_page(checked),
            "failures": failures_page(summary)}  # fmt: skip
    made |= {page.stem: page.read_bytes() for page in FIGURES.with_name("documents").glob("*/*.html")}
    figures = [p for p in sorted(FIGURES.glob("*/*.svg")) if not p.parent.name.startswith("illustrative")]
    few = ("lincolnshire/outcomes", "compare_forces/funnel", "is_it_changing/trend", "article_004_claims/claims")
    made["figures"] = album(figures)
    made["few"] = album([FIGURES / f"{name}.svg" for name in few])
    for name, data in made.items():
        (folder / f"{name}.html").write_bytes(data)
    return folder


def album(paths: list[Path]) -> bytes:
    """A page of whole figures, side by side, as wide as they are drawn."""
    cards = []
    for number, path in enumerate(paths):
        whole = replace(picture_of(path.parent, path.stem), svg=path.read_bytes())
        card = el("div", inline(whole, f"p{number}."))
        card.set("data-name", f"{path.parent.name}/{path.stem}")
        cards.append(card)
    style = "body { margin: 0; background: #fff; display: grid; grid-template-columns: repeat(auto-fill, 768px) }"
    return written(el("html", el("head", el("meta", charset="utf-8"), el("style", style)), el("body", *cards)))


@pytest.fixture(scope="module")
def browser() -> Iterator:
    """Debian's Chromium; a browser is never downloaded."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        said = "chromium is not installed: apt-get install chromium"
        (pytest.fail if os.environ.get("STATS_OFFICIAL_REQUIRED") else pytest.skip)(said)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"], timeout=PATIENCE_MS)
        yield running
        running.close()


@pytest.fixture
def opened(browser, pages):
    """Open a page by its name; whatever it asks of anybody is refused and listed in `page.asked`."""
    contexts = []

    def open_page(name: str, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.asked, page.complaints = [], []
        page.on("console", lambda said: page.complaints.append(said.text))

        def answer(route):
            if route.request.url.startswith(("file:", "data:")):
                route.continue_()
            else:
                page.asked.append(route.request.url)
                route.abort()

        context.route("**/*", answer)
        page.goto((pages / f"{name}.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_nothing_and_its_policy_refuses_nothing_of_its_own(opened, name):
    """No request leaves, and Chromium has nothing to say: every style that is there is allowed."""
    page = opened(name)
    assert page.asked == []
    assert page.complaints == []
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).marginTop") != "0px"
    assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"


@pytest.mark.parametrize("name", ["check", "failures"])
def test_what_is_to_be_mended_has_its_bar(opened, name):
    """Beside the word, in the table and at each finding."""
    bars = "[...document.querySelectorAll('tbody tr.mend th, .finding.mend')]"
    assert set(opened(name).evaluate(f"{bars}.map(e => getComputedStyle(e).borderLeftColor)")) == {"rgb(128, 22, 80)"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(opened, name, scheme):
    """Of its rules none of serious or critical impact is broken, with everything unfolded."""
    from axe_playwright_python.sync_playwright import Axe

    page = opened(name, color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    found = Axe().run(page).response
    grave = [
        (v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"] if v["impact"] in ("serious", "critical")
    ]
    assert grave == []
    assert len(found["passes"]) > 15


def test_axe_would_find_it(opened):
    """The gate bites: pale words and a picture without a name are found."""
    from axe_playwright_python.sync_playwright import Axe

    page = opened("sample", bypass_csp=True)
    page.evaluate("document.querySelector('.as-at').style.color = '#bbb'")
    page.evaluate("document.querySelector('svg').removeAttribute('aria-label')")
    found = {v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")}
    assert {"color-contrast", "svg-img-alt"} <= found


CUT = """() => {
  const cut = [], wide = document.documentElement.clientWidth;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest('.skip')) continue;
    const range = document.createRange(); range.selectNodeContents(node);
    const scrolled = parent.closest('.wide'), svg = parent.closest('svg');
    const right = scrolled ? scrolled.getBoundingClientRect().left + scrolled.scrollWidth : wide;
    const edge = svg ? svg.getBoundingClientRect() : {left: 0, right};
    const most = Math.min(right, edge.right) + 1;
    for (const box of range.getClientRects())
      if (box.left < edge.left - 1 || box.right > most) cut.push(node.data.trim().slice(0, 60));
  }
  for (const e of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(e);
    if (/hidden|clip/.test(style.overflowX + style.overflowY) && !e.closest('svg, details') &&
        (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
      cut.push('hidden: ' + e.outerHTML.slice(0, 60));
  }
  return cut;
}"""


@pytest.mark.parametrize("name", PAGES)
def test_at_400_per_cent_nothing_scrolls_sideways_and_no_word_is_cut(opened, name):
    """The page is as wide as the window; what is wider scrolls in a region of its own, all of it."""
    page = opened(name, viewport=ZOOMED)
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    wide, window = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= window
    assert page.evaluate(CUT) == []


def test_a_word_that_is_cut_would_be_found(opened):
    """The gate bites: a paragraph that may not wrap, and one whose end is hidden."""
    page = opened("sample", viewport=ZOOMED, bypass_csp=True)
    page.evaluate("document.querySelector('.numbered p').style.whiteSpace = 'nowrap'")
    page.evaluate("document.querySelector('.notice').style.cssText = 'overflow: hidden; height: 2rem'")
    cut = page.evaluate(CUT)
    assert any("Charged is not convicted" in words for words in cut)
    assert any(words.startswith("hidden: <section") for words in cut)


def test_by_keyboard_everything_is_reached_in_order_and_seen(opened):
    """Each link, fold and region, from the top, with a line round it and inside the window."""
    page = opened("sample")
    expected = page.evaluate(
        f'[...document.querySelectorAll("{FOCUSABLE}")].filter(e => e.checkVisibility())'
        ".map((e, n) => (e.dataset.at = n))"
    )
    reached = []
    for _ in expected:
        page.keyboard.press("Tab")
        at, line, width, top, bottom, window = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
            return [+e.dataset.at, s.outlineStyle, parseFloat(s.outlineWidth), b.top, b.bottom, innerHeight] }"""
        )
        reached.append(at)
        assert (line, width) == ("solid", 3)
        assert top < window
        assert bottom > 0
    assert reached == expected
    assert len(expected) > 15


def test_by_keyboard_a_figure_unfolds_and_a_wide_table_scrolls(opened):
    """Enter opens what a figure shows in words; arrows move the table under the window."""
    page = opened("long", viewport=ZOOMED)
    page.locator("summary").first.focus()
    assert not page.get_by_text("Each row is one place").first.is_visible()
    page.keyboard.press("Enter")
    assert page.get_by_text("Each row is one place").first.is_visible()
    region = page.get_by_role("region", name="A wide table")
    region.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    for _ in range(
        100
    ):  # `wait_for_function` polls by eval, which the policy of the page refuses from the second time on
        if region.evaluate("it => it.scrollLeft > 0"):
            break
        page.wait_for_timeout(50)
    assert region.evaluate("it => it.scrollLeft > 0")


def test_the_first_key_leads_past_the_top(opened):
    """The first link skips to the text, shows itself when it has the focus, and takes the focus along."""
    page = opened("long")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text.begins"


def test_on_paper_everything_is_unfolded(opened, tmp_path):
    """Descriptions and tables are printed, and addresses of links with them."""
    from pypdf import PdfReader

    page = opened("sample")
    page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    printed = PdfReader(tmp_path / "page.pdf")
    words = " ".join(" ".join(one.extract_text() for one in printed.pages).split())
    assert "Each row is one place and base" in words
    assert "As printed" in words
    assert "https://www.gov.uk/" in words
    assert "Skip to" not in words
    assert (round(printed.pages[0].mediabox.width), round(printed.pages[0].mediabox.height)) == (595, 842)


def test_every_word_of_every_figure_stands_out(opened):
    """A contrast of 4.5 at least with all that lies behind it. Made-up data are left out: no document has them."""
    measured = words_on(opened("figures", viewport={"width": 6 * 768, "height": 900}))
    assert len(measured) > 1500
    assert [one for one in measured if one[0] < 4.5] == []


def test_every_mark_of_every_figure_stands_out(opened):
    """A contrast of 3 at least with the page, but for the shade whose ends are printed under it."""
    from stats.draw.moves import BAND

    shade = tuple(int(BAND[at : at + 2], 16) for at in (1, 3, 5))
    marks = marks_on(opened("figures", viewport={"width": 6 * 768, "height": 900}))
    pale = [mark for mark in marks if contrast(mark.colour, WHITE) < 3]
    assert len(marks) > 1000
    assert {(mark.figure.rpartition("/")[2], mark.colour) for mark in pale} == {("moves", shade)}
    for mark in pale:
        assert "Shaded: the middle" in " ".join(picture_of(FIGURES / mark.figure.split("/")[0], "moves").notes)


def test_pale_words_and_marks_would_be_found(opened):
    """The measure bites: a pale word, a word over a bar of its own colour, and a bar without its edge."""
    page = opened("few", viewport={"width": 4 * 768, "height": 900})
    page.evaluate("""() => {
      const [first, second] = document.querySelectorAll('svg text');
      const bar = document.querySelector('path[fill="#12436d"]');
      first.setAttribute('fill', '#bbbbbb');
      bar.after(second); second.setAttribute('fill', '#12436d'); second.removeAttribute('transform');
      const box = bar.getBBox(); second.setAttribute('x', box.x + 5); second.setAttribute('y', box.y + box.height - 2);
      second.setAttribute('text-anchor', 'start'); second.textContent = '1';
      const other = document.querySelector('path[fill^="url"]');
      other.setAttribute('fill', '#dddddd'); other.setAttribute('stroke', 'none');
    }""")
    assert [round(value, 1) for value, *_ in words_on(page)[:3]] == [1.0, 1.9, 8.5]
    assert [m.colour for m in marks_on(page) if contrast(m.colour, WHITE) < 3] == [(221, 221, 221)]


def is_end(looks: tuple[str, str, str]) -> bool:
    """Whether it is a ring (an end that is not included) or an arrow of three corners (no end given)."""
    filled, _, form = looks
    return (filled == "hollow" and form.count("C") == 8) or (filled == "solid" and form.count("L") == 2)


def test_marks_stay_distinguishable_with_other_eyes(opened):
    """Without red, green or blue, and in grey: marks stand out, and those of like colours differ in form or fill.

    Orange, of 3.03 by the palette's own measure, falls to 2.6 without green; it draws breaks, which have a number, and
    the line of all forces together, which has its name. Where claims fit or do not, the bar is solid or hatched and a
    word says which. Only the marks of ends are the same, and the key says that they mean the same.
    """
    page = opened("few", viewport={"width": 4 * 768, "height": 900})
    marks = [mark for mark in marks_on(page) if contrast(mark.colour, WHITE) >= 3]
    looks = seen(page, {mark.colour for mark in marks})
    assert set(looks) == set(SEEN_AS)
    for colours in looks.values():
        assert len(colours) >= 5
        pale = {c for c, s in colours.items() if c != WHITE and contrast(s, colours[WHITE]) < 3}
        assert pale <= {ORANGE}
        assert contrast(colours[ORANGE], colours[WHITE]) >= 2.5
        assert {figure for figure, *_ in alike(marks, colours, 1.5)} <= {"article_004_claims/claims"}
        assert all(is_end(mark) for *_, shared in alike(marks, colours, 1.5) for mark in shared)
    grey = looks["achromatopsia"]
    assert all(max(seen_as) - min(seen_as) <= 2 for seen_as in grey.values())
