"""The pages of a pack that are words: claims, method, limits, sources, and how to make it again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from stats.claims.facts import Facts
from stats.claims.verdicts import RIGHT, VERDICTS, Verdict
from stats.publish.as_markdown import plain_markdown, table
from stats.publish.claim_text import claim_record
from stats.publish.documents import FORMATS
from stats.publish.pack.figure import Figure
from stats.registers import Registers, Source

SECTIONS = {
    "charge_share": ("What became of offences", "Small counts"),
    "compare_forces": ("Many areas", "What became of offences", "Small counts"),
    "foi_and_surveys": ("Surveys", "Answers to FOI requests", "Small counts"),
    "how_much_do_figures_move": ("Recorded offences",),
    "is_it_changing": ("Recorded offences", "Change over time"),
    "is_it_true": ("Recorded offences", "What became of offences", "Words and whole counts"),
    "people_and_case_files": ("Words and whole counts",),
    "recorded_offences": ("Recorded offences", "Rates"),
    "recorded_to_convicted": ("What became of offences", "Words and whole counts"),
}
"""Of each notebook, the groups of docs/methods.md that its figures rest on."""

BREAK = "break "
"""How a reference to a registered break begins."""

IN_PRINT = "In print"
"""The group that every number rests on."""


def claims_of(judged: Mapping[str, Verdict], facts: Facts) -> list[dict[str, Any]]:
    """Return each claim that a document states or shows, with its verdict, evidence and source, as plain values."""
    records = []
    for name, found in judged.items():
        claim, document = facts.registers.claim(name), facts.registers.document_of(name)
        told = {"title": document.title, "url": document.url or "", "published": document.published}
        records.append({**claim_record(claim, found, (), facts), "said_in": told})
    return records


def claims_md(records: Sequence[Mapping[str, Any]], quoted_as_wrong: Iterable[str]) -> str:
    """Return the claims as a page."""
    wrong, parts = (
        set(quoted_as_wrong),
        ["# Claims", "Each claim that the document states or a figure of it shows, with its verdict."],
    )
    for told in records:
        cited = f"{told['said_by']}: {told['said_in']['title']} {told['said_in']['url']}".strip()
        lines = [f"Said by {plain_markdown(cited)}", plain_markdown(told["reason"])]
        lines += [f"To add: {plain_markdown(text)}" for text in told["caveats"]]
        lines += [f"Evidence: {_evidence(evidence)}" for evidence in told["evidence"]]
        is_wrong = told["id"] in wrong and told["verdict"] not in RIGHT
        lines += ["The document quotes or shows it to say that it does not hold."] if is_wrong else []
        meaning = VERDICTS[told["verdict"]][0].lower()
        parts += [f"## {told['id']}: {told['verdict']} ({meaning})", f"> {plain_markdown(told['quote'])}"]
        parts.append("\n".join(f"- {line}" for line in lines))
    return _page(
        parts if records else [parts[0], "The document states no claim of anybody else, and no figure of it shows one."]
    )


def _evidence(told: Mapping[str, Any]) -> str:
    counts = f" ({told['counts']})" if told["counts"] else ""
    where = ", ".join(filter(None, [told["measure"], told["area"], told["period"]]))
    said = f"{told['value']}{counts}, {where}; {told['publisher']}, {told['published']}; {told['kind']}; {told['url']}"
    return plain_markdown(said)


def method_md(figures: Sequence[Figure], root: Path) -> str:
    """Return what each figure measures, then the methods that its numbers rest on."""
    measures = {m["id"]: m for figure in figures for m in figure.record["measures"]}
    told = [_measure(measure) for measure in measures.values()]
    wanted = {section for figure in figures for section in SECTIONS[figure.record["notebook"]]} | {IN_PRINT}
    sections = sections_of((root / "docs" / "methods.md").read_text("utf-8"))
    chosen = [f"## {name}\n\n{text}" for name, text in sections.items() if name in wanted]
    opening = (
        "How each number is computed again from the tables is told in numbers.json; the code is in the repository."
    )
    return _page(["# Method", opening, "## What is measured", *told, *map(without_links, chosen)])


def _measure(measure: Mapping[str, Any]) -> str:
    lines = [f"- Counted: {measure['numerator']['what']} ({measure['numerator']['unit']})"]
    if measure.get("denominator"):
        lines.append(f"- Out of: {measure['denominator']['what']} ({measure['denominator']['unit']})")
    lines += [f"- Basis: {measure['basis']}", f"- To know: {measure['caveat']}"]
    return "\n".join([f"### {measure['plain_name']} ({measure['id']})", "", *lines])


def sections_of(text: str) -> dict[str, str]:
    """Return the sections of level 2 of a page of Markdown, by their headings."""
    parts = re.split(r"(?m)^## (.+)\n", text)[1:]
    return {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}


def without_links(text: str) -> str:
    """Return Markdown whose links into the repository are words alone: what they lead to is not in the pack."""
    return re.sub(r"(?<!!)\[([^\]]+)\]\((?!https?://)[^)]*\)", r"\1", text)


def breaks_of(figures: Iterable[Figure], stated: Iterable[str], registers: Registers) -> list[str]:
    """Return a line for each break that a figure meets or that a document refers to ('break ID'), in order of date."""
    told = {b["id"]: (b["date"], b["what_changed"]) for figure in figures for b in figure.record["breaks"]}
    named = [registers.breaks[id_.removeprefix(BREAK)] for id_ in stated if id_.startswith(BREAK)]
    told |= {b.id: (b.date.isoformat(), b.what_changed) for b in named}
    return [f"- {day}: {plain_markdown(words)}" for _, (day, words) in sorted(told.items(), key=lambda b: (b[1], b[0]))]


def limitations_md(figures: Sequence[Figure], sources: Sequence[Source], breaks: Sequence[str], root: Path) -> str:
    """Return what each source of a document is worth, the breaks it meets (`breaks_of`), then the limits of all."""
    told = [(source.id, source.caveats) for source in sources if source.caveats]
    caveats = ["\n".join([f"### {name}\n", *(f"- {plain_markdown(one)}" for one in each)]) for name, each in told]
    whole = (root / "docs" / "limitations.md").read_text("utf-8").split("\n", 1)[1]
    rows = (
        "The rows in data/ are the publisher's, with the small counts that it publishes itself. The tables of this "
        "pack hide counts of 1 to 4 of outcomes: that keeps them out of what is read, and makes no secret of them."
    )
    met_or_none = breaks or ["- None is met by a figure of this document, and its text refers to none."]
    return _page(["# Limits", "## Of the sources of this document", "\n\n".join(caveats), rows,
                  "## Breaks in its series", "\n".join(met_or_none), without_links(whole).strip()])  # fmt: skip


def sources_md(sources: Sequence[Source]) -> str:
    """Return each source with its address, dates, licence, hash and kind."""
    parts = ["# Sources", "Everything that a figure or claim of the document rests on."]
    for s in sources:
        rows = [
            ("Publisher", s.publisher), ("Title", s.title), ("Published", s.published),
            ("Retrieved", s.retrieved.isoformat()), ("Read at", s.url), ("Publisher's page", s.publisher_url or ""),
            ("Licence", f"{s.licence} ({s.licence_url})"), ("Kind", s.kind), ("Status", s.status),
            ("SHA-256 of the file", s.sha256),
        ]  # fmt: skip
        parts += [f"## {s.id}", table(("Field", "Value"), [row for row in rows if row[1]])]
    return _page(parts)


def reproduce_md(
    name: str, files: Iterable[str], figures: Sequence[Figure], asked: Mapping[str, str], commit: str | None
) -> str:
    """Return how to check this pack, and how to make it again; `files` are those of the document, one a format."""
    briefs = ", ".join(dict.fromkeys(figure.brief for figure in figures)) or "none"
    words = [asked.get("template", name), *(f'{k}="{v}"' for k, v in asked.items() if k != "template")]
    formats = [suffix for suffix in FORMATS if any(file.endswith(f".{suffix}") for file in files)]
    words += [] if len(formats) == len(FORMATS) else [f"--format {suffix}" for suffix in formats]
    at = f"at the commit `{commit}`" if commit else "at the commit that this pack was made from"
    steps = [
        "1. To check what is here, with Python alone: `python3 -I verify.py`. It names all that differs.",
        f"2. To make it again, take the repository of Plain Figures {at}, and run `make`.",
        f"3. `make reproduce` makes every table and figure from the raw files and compares. The briefs are: {briefs}.",
        f"4. `.venv/bin/stats pack {' '.join(words)}` makes this pack; it is the same bytes.",
        "5. `.venv/bin/stats verify PACK.zip` makes a pack again, compares, and tells corrections made since.",
    ]
    lock = "The libraries are those of `requirements.lock`, by version and hash. Nothing is taken from the network."
    return _page(["# How to check and make this again", "\n".join(steps), lock])


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
