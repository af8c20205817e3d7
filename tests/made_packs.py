"""The pack of the sample document, and the ways in which tests spoil it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from sample_document import sample

from stats.claims.facts import Facts
from stats.publish.documents.model import Cell, Document, Grid, Reference, Words
from stats.publish.documents.page import as_html
from stats.publish.pack import verify
from stats.publish.pack.contents import pack_of
from stats.run.claims import facts_of
from stats.run.parameters import MODELS

FORMATS = {"sample.html": as_html(sample()), "sample.docx": b"PK stands for the document"}
SHARE = "lincolnshire/charged.E23000020.offences_recorded.share"


@cache
def facts() -> Facts:
    """Return the registers and tidy tables of the repository."""
    return facts_of()


def ask(notebook: str, parameters: Mapping[str, Any]) -> Any:
    """Return the validated parameters of a notebook."""
    return MODELS[notebook].ask(**parameters)


@cache
def _files() -> tuple[tuple[str, bytes], ...]:
    return tuple(packed(sample()).items())


def packed(document: Document, **options: Any) -> dict[str, bytes]:
    """Return the files of the pack of a document."""
    return pack_of(document, {**FORMATS, "sample.html": as_html(document)}, facts(), ask, **options)


def files() -> dict[str, bytes]:
    """Return the files of the pack of the sample, to be spoilt."""
    return dict(_files())


def resealed(spoilt: dict[str, bytes]) -> dict[str, bytes]:
    """Return files with a manifest that fits them, as somebody who covers their tracks would write it."""
    return {**spoilt, verify.MANIFEST: verify.manifest_of(spoilt)}


def stating(*claims: Reference) -> Document:
    """Return the sample with claims that it states."""
    return replace(sample(), references=(*sample().references, *claims))


def with_table(name: str, *rows: tuple[str, int | None]) -> Document:
    """Return the sample with one more table of counts; a count that is None is hidden."""
    cells = tuple((Cell((Words(label),)), _count(count)) for label, count in rows)
    grid = Grid(name, "Stalking offences in Lincolnshire by what became of them", ("What", "Offences"), cells)
    return replace(sample(), blocks=(*sample().blocks, grid))


def _count(count: int | None) -> Cell:
    return Cell((Words("[c]"),)) if count is None else Cell((Words(f"{count:,}"),), count, "count")


def in_table(data: bytes, old: str, new: str) -> bytes:
    """Return a table with one cell changed."""
    assert old.encode() in data
    return data.replace(old.encode(), new.encode(), 1)


Spoil = Callable[[dict[str, bytes]], None]
