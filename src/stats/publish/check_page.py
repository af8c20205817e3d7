"""The page of a checked draft: one file that opens offline, asks nothing of any server, and runs nothing."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from stats.publish.check_finding import section, table, unplaced
from stats.publish.check_marked import SHORT, marked
from stats.publish.checked import GROUPS, NONE_FOUND, Checked, Finding
from stats.publish.markup import bdi, el, link, rows, written
from stats.publish.page import FINDINGS, foot, head
from stats.registers import Source

GENERATOR = "Plain Figures: stats check"
"""How the page says whose it is: another may take its place."""

MOST = 3_000
"""So many findings have a place on the page, what is to be mended first; the terminal and JSON hold every one."""

CAN = (
    "It finds the numbers of a text and the words round them. It compares what it can place with figures that are kept "
    "with their measure, place, period and source. It follows fixed rules. Nothing is guessed by a language model, and "
    "nothing leaves this computer.",
    "“Right” says that the number is that of its source. It does not say that the source is right.",
    "“Not checked” says that we could not set the number beside any figure: it is neither right nor wrong.",
)
CANNOT = (
    "It knows only the figures that are here: stalking and harassment recorded by the police in England and Wales, "
    "what became of those offences, and figures that others printed on them.",
    "It can mistake what a number counts. Read what each was matched to before you change a word.",
    "It does not check money, ages, dates, sections of law, names, quotations or pictures, nor whether a conclusion "
    "follows.",
    "A draft in which nothing is to be mended may still mislead.",
)


def check_page(checked: Checked) -> bytes:
    """Return the page as the bytes of a file."""
    shown = _shown(checked)
    page = el(
        "html", _head(checked),
        el(
            "body", el("a", "Skip to what was found", href="#found", class_="skip"),
            el("header", el("p", "Plain Figures: is it true?", class_="brand")),
            el("main", *_main(checked, shown), id="main"),
            foot(),
        ),
        lang="en-GB",
    )  # fmt: skip
    return written(page)


def _head(checked: Checked) -> Element:
    return head(f"{checked.name}: {checked.summary}", GENERATOR, FINDINGS)


def _shown(checked: Checked) -> list[Finding]:
    """The findings that have a place on the page, in the draft's order."""
    first = [finding for group in GROUPS for finding in checked.of(group)][:MOST]
    return sorted(first, key=lambda finding: finding.number)


def _main(checked: Checked, shown: list[Finding]) -> list[Element]:
    measures = checked.facts.registers.measures
    placed = [finding for finding in shown if finding.group != "unplaced"]
    parts = [el("h1", "Check of ", bdi(checked.name)), *_in_short(checked, len(shown))]
    parts.append(el("h2", "What was found", id="found", tabindex="-1"))
    if placed:
        parts.append(table(placed, "What was set beside a figure, in the order of the draft"))
    for group, (name, means) in GROUPS.items():
        own = [finding for finding in shown if finding.group == group]
        if own:
            parts += [el("h3", f"{name} ({len(checked.of(group)):,})", id=group), el("p", means)]
            parts += unplaced(own, measures) if group == "unplaced" else [section(one, measures) for one in own]
    if not checked.findings:
        parts.append(el("p", NONE_FOUND))
    parts += [el("h2", "The draft, with its numbers marked", id="draft"), _about_marks(checked), marked(checked, shown)]
    return [*parts, *_about(checked)]


def _in_short(checked: Checked, shown: int) -> list[Element]:
    counts = [
        el("tr", el("th", el("a", name, href=f"#{group}") if checked.of(group) else name, scope="row"),
           el("td", f"{len(checked.of(group)):,}", class_="n"), el("td", means), class_=group)
        for group, (name, means) in GROUPS.items()
    ]  # fmt: skip
    heads = el("tr", *(el("th", name, scope="col") for name in ("Finding", "How many", "What it means")))
    left = len(checked.findings) - shown
    more = f"{left:,} more have no place here; stats check without --out, or with --json, lists every one."
    return [
        el("p", checked.summary, class_="summary"),
        el("table", el("caption", "The findings in short"), el("thead", heads), el("tbody", *counts)),
        *([el("p", more)] if left else []),
        rows((label.capitalize(), [words]) for label, words in checked.basis),
    ]  # fmt: skip


def _about_marks(checked: Checked) -> Element:
    said = "The verdict stands behind each number, and leads to what was found."
    part = " The draft is long: headings, and passages with a number, are shown."
    return el("p", said + part * (len(checked.draft.text) > SHORT))


def _about(checked: Checked) -> list[Element]:
    apart = [el("h2", "What was left out when the draft was read"), el("ul", *(el("li", s) for s in checked.apart))]
    return [
        *(apart if checked.apart else []),
        el("h2", "What this check can and cannot do"),
        el("ul", *(el("li", words) for words in CAN + CANNOT)),
        el("h2", "Sources and licences"),
        el("ul", *map(_source, checked.sources)),
    ]


def _source(source: Source) -> Element:
    cited = f"{source.publisher}, {source.title}, published {source.published}"
    return el("li", link(source.publisher_url or source.url, cited), f". Status: {source.status}. Licence: ",
              link(source.licence_url, source.licence), f". Kind: {source.kind.replace('-', ' ')}.")  # fmt: skip
