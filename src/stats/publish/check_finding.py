"""One finding on a draft, as a section or as a row of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from stats.claims.facts import Evidence
from stats.present import capital
from stats.publish.checked import Finding, by_reason
from stats.publish.markup import Inner, bdi, el, link, linked, rows
from stats.registers import Measure

IN_SENTENCE = 400
IN_ROW = 200
"""How many letters of its sentence stand with a finding."""


def section(finding: Finding, measures: Mapping[str, Measure]) -> Element:
    """Return everything on one finding."""
    number, remark = finding.number, finding.remark
    words, said = bdi(finding.in_sentence(IN_ROW)[1]), remark.suggestion
    return el(
        "section", el("h4", f"{number}. “", words, "”: ", el("span", finding.label, class_="label")),
        el("p", f"{finding.meaning}.", class_="meaning"),
        el("p", *quoted(finding, IN_SENTENCE), class_="quoted", dir="auto"),
        el("p", *linked(remark.reason)),
        el("p", el("strong", "What may be written: "), said, class_="instead") if said else None,
        rows(_bound(finding, measures)),
        el("p", "In the draft: ", el("a", f"number {number}, {finding.where}", href=f"#text-{number}")),
        id=f"finding-{number}", class_=f"finding {finding.group}",
    )  # fmt: skip


def quoted(finding: Finding, most: int) -> list[Inner]:
    """Return a sentence with the words that a finding is about marked in it."""
    before, quote, after = finding.in_sentence(most)
    return [before, el("mark", quote), after]


def table(findings: Sequence[Finding], caption: str) -> Element:
    """Return findings a row each, with links to their sections."""
    heads = el("tr", *(el("th", name, scope="col") for name in ("Number and place", "Words", "Verdict")))
    made = el("table", el("caption", caption), el("thead", heads), el("tbody", *map(_row, findings)))
    return el("div", made, class_="wide", tabindex="0", role="region", aria_label=caption)


def _row(finding: Finding) -> Element:
    led = el("a", f"{finding.number}. {finding.where}", href=f"#finding-{finding.number}")
    words = bdi(finding.in_sentence(IN_ROW)[1])
    return el("tr", el("th", led, scope="row"), el("td", words), el("td", finding.label), class_=finding.group)


def unplaced(findings: Sequence[Finding], measures: Mapping[str, Measure]) -> list[Element]:
    """Return the numbers that were set beside nothing: each reason, and a list of those it holds for."""
    made: list[Element] = []
    for reason, alike in by_reason(findings).items():
        made += [el("p", reason), el("ul", *(_item(finding, measures) for finding in alike), class_="unplaced")]
    return made


def _item(finding: Finding, measures: Mapping[str, Measure]) -> Element:
    bound = rows(_bound(finding, measures))
    return el(
        "li", el("a", f"{finding.number}. {finding.where}", href=f"#text-{finding.number}"), ": ",
        el("span", *quoted(finding, IN_ROW), class_="quoted", dir="auto"), bound if len(bound) else None,
        id=f"finding-{finding.number}",
    )  # fmt: skip


def _bound(finding: Finding, measures: Mapping[str, Measure]) -> Iterator[tuple[str, list[Inner]]]:
    """What the words were matched to, how they were read, and what they were set beside."""
    remark = finding.remark
    measure = measures.get(remark.measure)
    yield "Measure", [f"{measure.plain_name} ({measure.id})" if measure else remark.measure]
    yield "Counted over", [measure.base if measure else ""]
    yield "Place", [remark.area]
    yield "Period", [remark.period]
    yield "The words allow", [remark.default]
    yield "Read strictly", [remark.strict if remark.strict != remark.default else ""]
    for caveat in remark.caveats:
        yield "To be added", linked(capital(caveat))
    for evidence in remark.evidence:
        yield "Set beside", list(_evidence(evidence))
    yield "Source", linked(remark.source)
    yield "Rule on wording", [remark.lint]
    yield "Registered claim", [remark.claim]


def _evidence(evidence: Evidence) -> Iterator[Inner]:
    where = ", ".join(filter(None, [evidence.measure.replace("_", " "), evidence.area, evidence.period]))
    yield f"{evidence.text}{f' ({evidence.counts})' if evidence.counts else ''}, {where} ("
    yield link(evidence.url, evidence.cited)
    yield f"; {evidence.kind.replace('-', ' ')})"
