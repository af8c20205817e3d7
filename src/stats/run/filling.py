"""A template filled in: what was corrected in it in public, and that it is an example, stand before all else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from stats.claims.facts import Facts
from stats.errors import StatsError
from stats.publish.corrected import notice_of
from stats.publish.documents.briefs import Folder
from stats.publish.documents.model import Document, Notice, Reference, Words
from stats.publish.documents.rendering import rendered
from stats.publish.documents.template import Template
from stats.publish.pack.figure import Figure, names_of
from stats.registers import Registers
from stats.registers.entries import shown

EXAMPLE = Notice((Words("An example. What stands in brackets is still to be written. No body has put it forward."),))


def filled(template: Template, facts: Facts, folders: Sequence[Folder], given: Mapping[str, Any]) -> Document:
    """Return a document; that it is an example, and what was corrected in public in it, stands before all else."""
    try:
        document = rendered(template, facts, folders, given)
    except StatsError as problem:
        if not any(shown(template.file) in text for _, text in problem.evidence):
            problem.evidence += [("template", shown(template.file))]
        raise
    mistakes = facts.registers.mistakes
    figures = _shown_in(document, folders) if mistakes else ()
    corrected = notice_of(mistakes, document, _numbers_of(folders, facts.registers), figures)
    notices = [notice for notice in (corrected, EXAMPLE if template.is_example else None) if notice]
    return replace(document, blocks=(*notices, *document.blocks))


def _shown_in(document: Document, folders: Sequence[Folder]) -> list[str]:
    """Return the ids of all numbers and claims of the figures that a document shows or quotes."""
    places, shown = {folder.label: folder.path for folder in folders}, []
    for name in names_of(document):
        brief, _, stem = name.partition("/")
        files = {suffix: (places[brief] / f"{stem}.{suffix}").read_bytes() for suffix in ("json", "csv")}
        shown += Figure(name, files).shown
    return shown


def _numbers_of(folders: Sequence[Folder], registers: Registers) -> Iterator[Reference]:
    """Give every number of the figures that a document may refer to, as a reader knows it."""
    for number in (number for folder in folders for number in folder.numbers.values()):
        place = registers.areas.current.get(number["area"] or "")
        yield Reference(
            number["id"], number["text"], area=number["area"] or "", period=number["period"], basis=number["basis"],
            measure_name=number["what"], area_name=place.name if place else "",
        )  # fmt: skip
