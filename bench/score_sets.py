"""The passages whose answer is known: our sentences, the zoo, the articles, and what publishers were quoted to print.

An entry of `sentences/*.yml` has an `id`, a `text` of one to three sentences, the day it was `written` if that matters,
and

- `expect`: numbers that must be found, each a `quote` with its `verdict`, or a list of those that can be defended, and
  `why`;
- `quantities`: numbers that must be found besides, whatever the verdict;
- `not_claims`: money, ages, sections, telephones, dates and page furniture that are nothing to check;
- `lints`: the rules on wording that must fire, by the names in `scoring.LINTS`; `may_lint`: those of which one may
  think either way;
- `rests_on`: the rows that `why` follows from, which a test looks up again.

A quote stands in its text once, with no digit before or after it. The zoo and the articles lie beside the repository,
as the published files do, and are left out where they are not.
"""

from __future__ import annotations

import calendar
import csv
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from scoring import Passage, Span, Wanted

from stats.claims.facts import Facts
from stats.registers.claims import Document

ROOT = Path(__file__).parents[1]
SENTENCES = Path(__file__).parent / "sentences"
KINDS = ("true", "false", "harmless")

FURNITURE = {
    "article_000": ("June 8",),
    "article_001": ("July 6, 2017", "9:49am"),
    "article_002": ("14/11/2011", "01:49", "13/01/2012", "05:12"),
    "article_003": ("3,793", "14,207", "27 Days"),
}
"""Dates of pages and the fund-raising box of the articles."""

COUNTED = ("count", "share")
"""The kinds of registered claims that hold a number to check; a date, a trend or a vague word may be passed over."""

ALSO = {"C002-07": ("small-base",)}
"""What the zoo demands of the same words: Z19 has the chain of bases in one sentence, and the article has it too."""

BETWEEN_NUMBERS = r"(?<![\w£])(?<!\d[,.]){}(?!\w|[,.]\d)"
"""A quote as it must stand in a text: not inside a longer number or word."""


def sentences(kind: str) -> list[Passage]:
    """Return the passages of one of `KINDS`."""
    return [passage(entry, kind) for entry in entries(kind)]


def entries(kind: str) -> list[dict[str, Any]]:
    """Return the entries of one of `KINDS`, as written."""
    found: list[dict[str, Any]] = yaml.safe_load((SENTENCES / f"{kind}.yml").read_text("utf-8"))["entries"]
    return found


def passage(entry: Mapping[str, Any], kind: str) -> Passage:
    """Return an entry with its quotes placed in its text."""
    text = entry["text"].strip()
    expect = [Wanted(*_placed(text, e["quote"]), _as_tuple(e["verdict"]), e["why"]) for e in entry.get("expect", ())]
    quantities, not_claims = (
        tuple(Span(*_placed(text, quote)) for quote in entry.get(name, ())) for name in ("quantities", "not_claims")
    )
    return Passage(
        entry["id"], text, entry.get("written"), tuple(expect), quantities, not_claims,
        lints=tuple(entry.get("lints", ())), may_lint=tuple(entry.get("may_lint", ())),
        all_else_is_right=kind != "false",
    )  # fmt: skip


def _as_tuple(verdict: str | list[str]) -> tuple[str, ...]:
    return (verdict,) if isinstance(verdict, str) else tuple(verdict)


def _placed(text: str, quote: str) -> tuple[str, int, int]:
    pattern = BETWEEN_NUMBERS if quote[0].isalnum() else "{}"
    found = list(re.finditer(pattern.format(re.escape(quote)), text))
    if len(found) != 1:
        raise ValueError(f"'{quote}' stands {len(found)} times in '{text}'; it must stand there once")
    return quote, found[0].start(), found[0].end()


def shared(environment: Mapping[str, str]) -> Path | None:
    """Return the folder that holds the zoo and the articles, by the rule of the published files, if it is there."""
    official = Path(environment.get("STATS_OFFICIAL") or ROOT.parent / "shared" / "official")
    return official.parent if (official.parent / "zoo.csv").is_file() else None


def zoo(folder: Path, facts: Facts) -> list[Passage]:
    """Return each row of the zoo: one verdict is demanded of the whole, of the day of the document that it was in."""
    named = expected_verdicts().OF_THE_ZOO
    with (folder / "zoo.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Passage(row["id"], row["claim"], _day(facts.registers.document_of(named.get(row["id"], [row["id"]])[0])),
                (Wanted(row["claim"], 0, len(row["claim"]), (row["verdict"],), row["why"]),), lints=None)
        for row in rows
    ]  # fmt: skip


def articles(folder: Path, facts: Facts) -> list[Passage]:
    """Return each article with its registered claims that hold a number; nothing else in it may be blamed."""
    return [_article(document, _text_of(folder, name), name) for name, document in facts.registers.documents.items()]


def _text_of(folder: Path, name: str) -> str:
    (path,) = (folder / "articles").glob(f"{name.removeprefix('article_')}_*.txt")
    return path.read_text("utf-8")


def _article(document: Document, text: str, name: str) -> Passage:
    verdicts = expected_verdicts().EXPECTED
    return Passage(
        name, text, _day(document), tuple(
            Wanted(*place, (verdicts[claim.id], *ALSO.get(claim.id, ())), claim.id) for claim in document.claims
            if claim.quantity in COUNTED and (place := _quoted(text, claim.quote))
        ), not_claims=tuple(Span(*_placed(text, quote)) for quote in FURNITURE.get(name, ())), lints=None,
    )  # fmt: skip


def unplaced(folder: Path, facts: Facts) -> list[str]:
    """Return the registered claims of the articles whose quote is not found in the text."""
    return [
        claim.id
        for name, document in facts.registers.documents.items()
        for claim in document.claims
        if not _quoted(_text_of(folder, name), claim.quote)
    ]


def _quoted(text: str, quote: str) -> tuple[str, int, int] | None:
    """Return where a quote stands, whatever its quotation marks and spaces; where it leaves words out, they may be."""
    parts = [_worded(part) for part in re.split(r"…|\.\.\.", quote)]
    found = re.search(".{0,200}?".join(part for part in parts if part), text, re.I | re.S)
    return (found[0], found.start(), found.end()) if found else None


def _worded(part: str) -> str:
    words = [re.escape(word) for word in re.split(r"[\s\"'’‘“”]+", part) if word]
    return r"[\s\"'’‘“”]+".join(words)


def quotes(facts: Facts) -> list[Passage]:
    """Return what publishers were quoted to print, of their own day; the words are theirs and no wording is judged.

    A number found superseded or stale was right. Rows that the register itself notes a conflict of are left out.
    """
    return [_quote(row) for row in _rows(facts) if "Conflict" not in str(row["note"])]


def conflicts(facts: Facts) -> list[str]:
    """Return the figures whose quote is left out, since the register itself notes that it disagrees with another."""
    return [str(row["figure_id"]) for row in _rows(facts) if "Conflict" in str(row["note"])]


def _rows(facts: Facts) -> Iterator[dict[str, Any]]:
    for row in facts.published.to_dict("records"):
        yield {str(name): value for name, value in row.items()}


def _quote(row: Mapping[str, Any]) -> Passage:
    """Return the quote of a figure; its number is wanted where it stands there as printed, within a few words."""
    text, printed = str(row["quote"]), re.escape(_printed(float(row["value"])))
    found = re.search(BETWEEN_NUMBERS.format(printed), text) if len(re.findall(r"[a-z]{2,}", text)) >= 4 else None
    return Passage(
        str(row["figure_id"]), text, _date(row["published"]) if isinstance(row["published"], str) else None,
        quantities=(Span(found[0], found.start(), found.end()),) if found else (), lints=None,
        forgiven=("superseded", "stale"),
    )  # fmt: skip


def _printed(value: float) -> str:
    return f"{abs(value):,.0f}" if value == int(value) else f"{abs(value):,}"


def _day(document: Document) -> date | None:
    return _date(document.published) if document.published else None


def _date(text: str) -> date:
    """Return the last day that a date, as far as it is known, may be."""
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    return date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])


def expected_verdicts() -> Any:
    """Return the module of the tests that sets the verdicts down, apart from the rules."""
    if str(ROOT / "tests") not in sys.path:
        sys.path.append(str(ROOT / "tests"))
    import expected_verdicts as found

    return found
