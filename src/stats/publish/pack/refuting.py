"""Claims and published figures that do not hold: each is refused, or must be refuted where it is quoted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from stats.claims.facts import Facts
from stats.claims.verdict import verdict
from stats.claims.verdicts import RIGHT, VERDICTS, Verdict
from stats.errors import NotHonest, NotReproduced
from stats.publish.documents.model import Bullets, Document, Grid, Heading, Line, Notice, Paragraph, Words, plain
from stats.registers import Registers

PUBLISHED = re.compile(r"published (\S+)(?: against (\S+))?")
"""A reference to what somebody else printed: 'published ID FIELD', or 'published ID against ID'."""

OF_THE_WORDS = ("wrong-measure", "wrong-unit", "wrong-population", "not-comparable", "not-checked")
"""Verdicts on what a claim makes of a figure: the figure itself may be right, and is what they are held against."""

CONFLICT = "Conflict"
"""The word in the note of a published figure that tells of a disagreement with another."""


def must_hold(
    document: Document, judged: Mapping[str, Verdict], registers: Registers, quoted_as_wrong: Collection[str]
) -> None:
    """Stop if a claim is not right, unless it is quoted as wrong and refuted, or if another verdict is printed.

    Raises
    ------
    NotHonest, NotReproduced
    """
    for reference in document.references:
        found = judged.get(reference.id)
        if found is None:
            continue
        if reference.verdict and reference.verdict != found.verdict:
            raise NotReproduced(
                "a document prints a verdict that is not the one of today.",
                [("claim", reference.id), ("printed", reference.verdict), ("now", found.verdict)],
                "Make the document again.",
            )
        if not found.is_right and reference.id not in quoted_as_wrong:
            raise NotHonest(
                f"the claim {reference.id} is {found.verdict}, and a pack holds only what is {' or '.join(RIGHT)}.",
                [("document", document.name), ("claim", reference.text), ("why", found.reason)],
                "Leave it out, say what may be said instead (stats claim), or quote it to say that it does not hold.",
            )
        if not found.is_right:
            _must_be_refuted(document, reference.id, registers.claim(reference.id).quote, found)


def _must_be_refuted(document: Document, name: str, quote: str, found: Verdict) -> None:
    """Stop if the words of a claim that does not hold stand anywhere without its verdict or reason beside them."""
    listed = {*found.may_say, *found.may_not_say}
    for line in lines_of(document):
        said = {words.text for words in line if words.reference == name} - listed
        is_quoted = bool(said - answers_of(found)) or f"“{quote}”" in plain(line)
        if is_quoted and not said & answers_of(found):
            raise NotHonest(
                f"the claim {name} is {found.verdict}, and the document quotes it without saying so in the same place.",
                [("document", document.name), ("where", plain(line)), ("why", found.reason)],
                f"Write {{{{ verdict('{name}') }}}} or {{{{ reason('{name}') }}}} into the same paragraph, item of a "
                "list or row of a table. A title cannot quote it.",
            )


def is_answered(document: Document, name: str, found: Verdict) -> bool:
    """Whether the text of a document gives the verdict or reason of a claim anywhere."""
    said = {words.text for line in lines_of(document) for words in line if words.reference == name}
    return bool(said & answers_of(found))


def answers_of(found: Verdict) -> set[str]:
    """Return the words of a document that say what became of a claim, as they are today."""
    return {VERDICTS[found.verdict][0], found.reason}


def must_be_undisputed(document: Document, facts: Facts, quoted_as_wrong: Collection[str]) -> None:
    """Stop if a document states a published figure that is known not to hold, or to disagree with another.

    A figure does not hold if a registered claim that names it, or is set beside it, is not right; verdicts on the words
    of a claim alone (`OF_THE_WORDS`) say nothing against it. One that is quoted as wrong is taken, where the verdict or
    reason of such a claim stands beside it; where the register notes a conflict alone there is none to be asked for.

    Raises
    ------
    NotHonest
    """
    for name in _stated(document):
        claims = against(name, facts)
        why = why_not(name, claims, facts)
        if why and name not in quoted_as_wrong:
            raise NotHonest(
                f"the document states the published figure {name}, which does not hold or is in dispute.",
                [("document", document.name), *why],
                "Leave it out; or list its id in quoted_as_wrong, and say in the same place that it does not hold.",
            )
        if claims:
            _must_be_answered(document, name, claims)


def why_not(name: str, against: Mapping[str, Verdict], facts: Facts) -> list[tuple[str, str]]:
    """Return what speaks against a published figure: claims that are not right, and a conflict that is noted."""
    notes = [str(row["note"] or "") for row in facts.figures if row["figure_id"] == name]
    why = [(f"claim {id_} is {found.verdict}", found.reason) for id_, found in against.items()]
    return why + [("the register notes", note) for note in notes if CONFLICT in note]


def _must_be_answered(document: Document, name: str, against: Mapping[str, Verdict]) -> None:
    """Stop if a published figure that does not hold stands anywhere without a verdict or reason beside it."""
    answers = {words for found in against.values() for words in answers_of(found)}
    texts = {r.text for r in document.references if name in _names(r.id) and any(sign.isdigit() for sign in r.text)}
    for line in lines_of(document):
        is_of_title = not any(words.reference for words in line) and any(text in plain(line) for text in texts)
        is_named = is_of_title or any(name in _names(words.reference) for words in line)
        if is_named and not answers & {words.text for words in line if words.reference in against}:
            raise NotHonest(
                f"the published figure {name} does not hold, and the document states it without saying so there.",
                [("document", document.name), ("where", plain(line)), ("claims that say so", ", ".join(against))],
                f"Write {{{{ reason('{next(iter(against))}') }}}} into the same paragraph, item of a list or row.",
            )


def _stated(document: Document) -> list[str]:
    """Return the published figures that a document states, each once."""
    ids = [reference.id for reference in document.references]
    ids += [words.reference for line in lines_of(document) for words in line]
    return list(dict.fromkeys(name for id_ in ids for name in _names(id_)))


def _names(reference: str) -> tuple[str, ...]:
    """Return the published figures that a reference is to: one, two that are set apart, or none."""
    found = PUBLISHED.match(reference)
    return tuple(name for name in found.groups() if name) if found else ()


def against(name: str, facts: Facts) -> dict[str, Verdict]:
    """Return the claims that speak against a published figure, with their verdicts."""
    registers = facts.registers
    claims = [claim for document in (registers.documents | registers.others).values() for claim in document.claims]
    judged = {claim.id: verdict(claim, facts) for claim in claims}
    named = {claim.id for claim in claims if name in claim.figures}
    named |= {id_ for id_, found in judged.items() if any(evidence.figure == name for evidence in found.evidence)}
    return {
        id_: found for id_, found in judged.items() if id_ in named and found.verdict not in (*RIGHT, *OF_THE_WORDS)
    }


def lines_of(document: Document) -> Iterator[Line]:
    """Give what is read in one go: the title, each heading, paragraph, notice, item of a list and row of a table."""
    yield (Words(document.title),)
    yield (Words(document.subtitle),)
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph | Notice):
            yield block.words
        elif isinstance(block, Bullets):
            yield from block.items
        elif isinstance(block, Grid):
            yield from (tuple(words for cell in row for words in cell.words) for row in block.rows)
