"""The words of a page of a pack that are marked as of a claim, number, break or published figure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from stats.claims.evidence import of_figure
from stats.claims.facts import Facts
from stats.claims.verdict import verdict
from stats.claims.verdicts import VERDICTS
from stats.errors import StatsError
from stats.publish.documents.cited import FIELDS, field_of
from stats.publish.pack import verify
from stats.publish.pack.others import PRINTED
from stats.publish.pack.pages import BREAK
from stats.publish.visible import visible_lines


def html_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the pages of the document of a pack, by path, without the places where a long id may be broken."""
    names = [name for name in sorted(files) if name.startswith("documents/") and name.endswith(".html")]
    return {name: files[name].decode("utf-8", "replace").replace("<wbr>", "") for name in names}


def said_in(page: str) -> list[tuple[str, str]]:
    """Return what a page marks as a reference, in its text and in the list at its end: the id, and the words."""
    found = re.findall(verify.MARKED, page) + re.findall(verify.LISTED, page)
    return [(html.unescape(id_), html.unescape(words)) for id_, words in found]


def is_claim(name: str, facts: Facts) -> bool:
    """Whether a claim is registered under just this id."""
    try:
        return facts.registers.claim(name).id == name
    except StatsError:
        return False


def unlike_marks(name: str, page: str, facts: Facts) -> Iterator[str]:
    """Yield the words of a page, marked as of a claim, break, place or published figure, that are not those."""
    for id_, words in said_in(page):
        texts = texts_of(id_, facts)
        if texts and words.strip() not in texts:
            yield f"{name}: says “{short(words)}” for {id_}, and the repository does not"
    for told, id_ in re.findall(r"<p>verdict: ([^<]*)</p>\s*<p><code>([^<]*)</code>", page):
        if is_claim(id_, facts) and told != (now := verdict(facts.registers.claim(id_), facts).verdict):
            yield f"{name}: says that {id_} is {told}, and the repository that it is {now}"


def texts_of(name: str, facts: Facts) -> set[str]:
    """Return what a document may print for a reference; nothing where that is not known here."""
    registers, (kind, _, rest) = facts.registers, name.partition(" ")
    texts: list[str] = []
    if is_claim(name, facts):
        claim = registers.claim(name)
        found = verdict(claim, facts)
        texts = [f"“{claim.quote}”", VERDICTS[found.verdict][0], found.reason, *found.may_say, *found.may_not_say]
        texts += ["", f"claim {name}"]
    elif kind == BREAK.strip() and rest in registers.breaks:
        changed = registers.breaks[rest].what_changed.rstrip(".")
        texts = [changed, f"{changed}."]  # in a sentence, and as an item of a list
    elif kind == "area":
        texts = [rest if rest in registers.areas.current else ""]
    elif kind == PRINTED.strip() and rest.count(" ") == 1:
        figure, field = rest.split(" ")
        told = [of_figure(row) for row in facts.figures if row["figure_id"] == figure]
        texts = [field_of(one, field) if field in FIELDS else "" for one in told]
    return {visible_lines(text).strip() for text in texts}


def short(value: Any) -> str:
    """Return a value in so few words that it fits a line."""
    text = str(value)
    return text if len(text) <= 100 else f"{text[:100]}…"
