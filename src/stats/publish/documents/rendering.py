"""A template, with what there is to state -> a document. What no reference stands behind is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from traceback import extract_tb
from typing import Any

from stats.claims.facts import Facts
from stats.errors import RegisterError, StatsError
from stats.present import fitting
from stats.publish.documents.answering import Answering
from stats.publish.documents.blocks import NotADocument, blocks_of
from stats.publish.documents.briefs import Folder
from stats.publish.documents.current import must_be_current
from stats.publish.documents.explaining import Explaining
from stats.publish.documents.model import (
    Block,
    Bullets,
    Cell,
    Document,
    Grid,
    Heading,
    Line,
    Notice,
    Paragraph,
    Reference,
    Words,
    plain,
)
from stats.publish.documents.plotted import printed
from stats.publish.documents.stated import Stated
from stats.publish.documents.template import REQUIRED, Template
from stats.publish.documents.touching import must_not_touch
from stats.publish.documents.typed import must_be_a_contact, must_not_be_spoken, must_not_be_typed
from stats.publish.documents.worded import must_be_worded
from stats.publish.evidence import must_be_evidence
from stats.registers.entries import shown
from stats.registers.typed import Typed, load_typed


def rendered(
    template: Template, facts: Facts, folders: Sequence[Folder], given: Mapping[str, Any]
) -> Document:  # fmt: skip
    """Return the document of a template.

    Parameters
    ----------
    template : Template
    facts : Facts
        Registers and tables that claims are judged by.
    folders : sequence of Folder
        The figures that it may refer to, by the names of its `briefs`.
    given : mapping
        Its parameters, as the template is to see them.

    Raises
    ------
    TypedNumber
        If a number, or a word of a rise or fall, is typed, or references touch.
    WrongWords
        If a sentence calls a number what it is not.
    Overtaken
        If a later release has overtaken what it states.
    UnknownName, NotToHand
        If a reference leads nowhere, or to what is not shown.
    NotHonest
        If it rests on made-up data.
    StatsError
        Naming the line of the template that Jinja cannot follow.
    """
    stated = Stated(facts, folders)
    typed = load_typed(facts.registers.root / "data" / "registers" / "typed.yml")
    must_type_nothing(template, typed, folders)
    lines_of = {name: written.begins for name, written in template.heads.items()} | {"body": template.first_line}

    def filled(name: str, text: str, **said: str) -> str:
        return _filled(text, template.file, lines_of.get(name, 1), stated, {**given, **said})

    said = {name: filled(name, text) for name, text in template.says.items()}
    title, subtitle, body = (filled(name, getattr(template, name), **said) for name in ("title", "subtitle", "body"))
    blocks = blocks_of(body, stated.meanings, numbered=template.numbered)
    _must_stand(said, template, blocks, stated)
    heads = [_head(name, text, template, stated) for name, text in (("title", title), ("subtitle", subtitle))]
    _must_be_sound([*map(Paragraph, filter(None, heads)), *blocks], typed, stated, file=template.file)
    as_at = stated.citing.as_at
    stating = [*stated.references.values(), *stated.shown]
    must_be_current(stating, facts.registers, template.accepted_stale, file=template.file)
    if stated.citing.names:
        must_be_evidence(f"'{template.name}'", [{"id": name, "kind": ""} for name in stated.citing.names])
    return Document(
        template.name, template.kind, plain(heads[0]), plain(heads[1]), as_at,
        tuple(_valued(block, stated.references) for block in blocks), tuple(stated.references.values()),
        stated.citing.citations, template.contact,
    )  # fmt: skip


def must_type_nothing(template: Template, typed: Typed, folders: Sequence[Folder]) -> None:
    """Stop if a template types what must be a reference, with file and line of each, and the nearest in its figures.

    Raises
    ------
    TypedNumber
    """
    numbers = {name: str(told["text"]) for folder in folders for name, told in folder.numbers.items()}
    for text, line in (*template.heads.values(), (template.body, template.first_line)):
        must_not_be_typed(text, typed, file=template.file, first_line=line, numbers=numbers)
    must_be_a_contact(template.contact, typed, file=template.file)


def _filled(text: str, file: Path, first_line: int, stated: Stated, given: Mapping[str, Any]) -> str:
    """Fill a text with what its references stand for, in a sandbox: a template runs no code of its own."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    jinja = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    jinja.globals.clear()  # what makes numbers and words of its own, such as range and lipsum
    try:
        return jinja.from_string(text).render(
            {**given, **stated.names, **Explaining(stated).names, **Answering(stated).names}
        )
    except Exception as problem:  # whatever Python makes of what a template asks of it
        line = _line_of(problem)
        where = [("file", shown(file)), *([("line", line + first_line - 1)] if line else [])]
        if isinstance(problem, StatsError):
            problem.evidence += [("template", ", ".join(f"{label} {found}" for label, found in where))]
            raise
        raise StatsError(
            "a template cannot be filled in.",
            [*where, ("problem", problem)],
            "A reference is {{ number('…') }}, {{ claim('…') }} or {{ figure('…') }}.",
        ) from None


def _line_of(problem: Exception) -> int | None:
    """Return the line of a template, from 1, at which it stopped, if that is known."""
    frames = reversed(extract_tb(problem.__traceback__))
    return getattr(problem, "lineno", None) or next((at.lineno for at in frames if at.filename == "<template>"), None)


def _valued(block: Block, references: Mapping[str, Reference]) -> Block:
    """Return a table whose cells that are one number hold its value, and any other block as it is."""
    if not isinstance(block, Grid):
        return block
    return replace(block, rows=tuple(tuple(_numeric(cell, references) for cell in row) for row in block.rows))


def _numeric(cell: Cell, references: Mapping[str, Reference]) -> Cell:
    """Return a cell that is just one reference with the value of that, rounded as its words print it."""
    said = references.get(cell.words[0].reference) if cell.value is None and len(cell.words) == 1 else None
    if said is None or said.value is None:
        return cell
    is_percent = said.unit == "share"
    found = printed(said.value * 100 if is_percent else said.value, plain(cell.words), is_percent=is_percent)
    return Cell(cell.words, found[1], said.unit) if found else cell


def _head(name: str, text: str, template: Template, stated: Stated) -> Line:
    """Return the words of a title or subtitle, which is one line and nothing else; a subtitle may be left out."""
    with suppress(NotADocument):
        match blocks_of(text, stated.meanings):
            case (Paragraph(words),):
                return words
            case () if name == "subtitle":
                return ()
    told = template.heads[name]
    raise RegisterError(
        f"the {name} of a document is not one line of words.",
        [("file", shown(template.file)), ("line", told.begins), ("text", told.text)],
        "Write one line of words, and no heading, list, table, figure or second paragraph.",
    )


def _must_stand(said: Mapping[str, str], template: Template, blocks: Iterable[Block], stated: Stated) -> None:
    """Stop if the head says what such a document must say, and the body leaves it out."""
    text = " ".join(plain(line) for line in _lines(blocks))
    for name, why in REQUIRED.get(template.kind, {}).items():
        if name in said and not all(plain(line) in text for line in _lines(blocks_of(said[name], stated.meanings))):
            raise RegisterError(
                f"the {template.kind} does not print what it must say.", [("file", shown(template.file)), (name, why)],
                f"Put it into the body: {{{{ {name} }}}}",
            )  # fmt: skip


def _lines(blocks: Iterable[Block]) -> Iterable[Line]:
    """Give every line that an author wrote: figures have their own words, and these were made from their tables."""
    for block in blocks:
        if isinstance(block, Heading | Paragraph | Notice):
            yield block.words
        elif isinstance(block, Bullets):
            yield from block.items
        elif isinstance(block, Grid):
            yield from (cell.words for row in block.rows for cell in row)


def _must_be_sound(blocks: Sequence[Block], typed: Typed, stated: Stated, *, file: Path) -> None:
    """Stop if the finished text, the title and subtitle among it, states what no reference bears."""
    made = {id(block) for meaning in stated.meanings if not isinstance(meaning, Words) for block in meaning}
    grids = [block for block in blocks if isinstance(block, Grid) and id(block) not in made]
    anchors = {block.anchor for block in blocks if isinstance(block, Heading)}
    lines = list(_lines(blocks))
    heads = ((Words(text),) for grid in grids for text in (grid.caption, *grid.heads))
    must_not_be_spoken([*lines, *heads], typed, file=file, anchors=anchors)
    must_not_touch(lines, file=file)
    plain_lines = _lines(block for block in blocks if not isinstance(block, Grid))
    tables = _captions(grids, stated.references)
    must_be_worded(plain_lines, _cells(grids), tables, stated.facts.registers, stated.references, file=file)
    _must_fit(lines, stated)


def _cells(grids: Iterable[Grid]) -> Iterable[Line]:
    """Give each cell of tables that an author wrote with its heads before it, as a reader takes them together."""
    for grid in grids:
        for row in grid.rows:
            for head, cell in zip(grid.heads[1:], row[1:], strict=True):
                yield (Words(f"{head}: "), *row[0].words, Words(": "), *cell.words)


def _captions(grids: Iterable[Grid], references: Mapping[str, Reference]) -> Iterable[Line]:
    """Give the caption and first head of tables that an author wrote, with every number that stands below them."""
    for grid in grids:
        words = [words for row in grid.rows for cell in row for words in cell.words]
        numbers = [one for one in words if one.reference in references and references[one.reference].measure]
        yield (Words(f"{grid.caption}: {grid.heads[0]}: "), *numbers)


def _must_fit(lines: Iterable[Line], stated: Stated) -> None:
    """Stop if a sentence says more of a number than its basis bears: a margin of error, or the nation."""
    for line in lines:
        for words in line:
            basis = stated.references[words.reference].basis if words.reference in stated.references else ""
            fitting(plain(line), basis=basis)
