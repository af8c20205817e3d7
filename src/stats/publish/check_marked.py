"""The text of a draft with its numbers marked, each with its verdict in words and a link to its finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from stats.publish.checked import Checked, Finding
from stats.publish.markup import Inner, el
from stats.read.drafts import Part

SHORT = 20_000
"""A draft up to this many letters is shown whole; of a longer one only headings and what holds a number."""

LONG_PART, ROUND = 1_500, 300
"""Of a paragraph longer than this, so many letters round each number are shown."""

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3}")


def marked(checked: Checked, shown: Sequence[Finding]) -> Element:
    """Return the draft's text as paragraphs.

    Parameters
    ----------
    checked : Checked
    shown : sequence of Finding
        Those that have a place on the page to link to, in the draft's order.
    """
    draft, by_part = checked.draft, _by_part(checked, shown)
    whole = len(draft.text) <= SHORT
    made = el("div", class_="draft", **({"lang": draft.language} if _LANGUAGE.fullmatch(draft.language) else {}))
    skipped = 0
    for part in draft.parts:
        if not (whole or part.start in by_part or part.kind == "heading"):
            skipped += 1
            continue
        if skipped:
            made.append(_left_out(skipped))
        skipped = 0
        made.append(_paragraph(draft.text, part, by_part.get(part.start, [])))
    if skipped:
        made.append(_left_out(skipped))
    return made


def _by_part(checked: Checked, shown: Sequence[Finding]) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for finding in shown:
        part = checked.draft.part_at(finding.remark.start)
        found.setdefault(part.start if part else 0, []).append(finding)
    return found


def _left_out(number: int) -> Element:
    what = "1 passage" if number == 1 else f"{number:,} passages"
    return el("p", f"({what} without a number left out)", class_="left-out", lang="en-GB", dir="ltr")


def _paragraph(text: str, part: Part, findings: Sequence[Finding]) -> Element:
    kind = {"heading": "heading", "list item": "item"}.get(part.kind, "passage")
    return el("p", *_pieces(text, part, list(_together(findings, part.end))), class_=kind, dir="auto")


def _together(findings: Sequence[Finding], end: int) -> Iterator[tuple[int, int, list[Finding]]]:
    """Yield the findings whose words overlap as one stretch: a mark cannot begin inside another."""
    start = last = -1
    held: list[Finding] = []
    for finding in findings:
        remark = finding.remark
        if held and remark.start >= last:
            yield start, min(last, end), held
            held = []
        if not held:
            start = remark.start
        held.append(finding)
        last = max(last, remark.end)
    if held:
        yield start, min(last, end), held


def _pieces(text: str, part: Part, stretches: Sequence[tuple[int, int, list[Finding]]]) -> Iterator[Inner]:
    at = part.start
    for start, end, findings in stretches:
        yield _between(text[at:start], begins=at == part.start, ends=False)
        yield _mark(text[start:end], findings)
        at = end
    yield _between(text[at : part.end], begins=at == part.start, ends=True)


def _between(words: str, *, begins: bool, ends: bool) -> str:
    """Words without a number, shortened if they are many."""
    if len(words) <= LONG_PART:
        return words
    head = "" if begins and not ends else words[:ROUND].rsplit(" ", 1)[0]
    tail = "" if ends else words[-ROUND:].split(" ", 1)[-1]
    return " … ".join([head, tail])


def _mark(words: str, findings: Sequence[Finding]) -> Element:
    first = min(findings, key=lambda finding: ("mend", "add", "right", "unplaced").index(finding.group))
    labels = [
        el(
            "a", f"{finding.number}\u00a0{finding.label}", id=f"text-{finding.number}",
            href=f"#finding-{finding.number}", class_="label", lang="en-GB", dir="ltr",
        )
        for finding in findings
    ]  # fmt: skip
    return el("span", el("mark", words), *[inner for label in labels for inner in (" ", label)],
              class_=f"marked {first.group}")  # fmt: skip
