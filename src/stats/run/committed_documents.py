"""The documents that are committed: those whose templates ask for nothing, as pages, with what each states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from stats.claims.facts import Facts
from stats.publish.documents.model import Document
from stats.publish.documents.template import Made, Template, load_template
from stats.publish.files import as_json, write
from stats.registers.entries import shown
from stats.run.claims import facts_of
from stats.run.documents import figures_of, written
from stats.run.filling import filled

FOLDER = "documents"


def templates(root: Path) -> list[Template]:
    """Return the templates whose documents are committed: they ask for nothing, and rest on committed figures alone."""
    every = (load_template(path) for path in sorted((root / "briefings").glob("*.md")))
    return [template for template in every if is_committed(template)]


def is_committed(template: Template) -> bool:
    """Whether the document of a template is committed."""
    return not template.asks and not any(isinstance(of, Made) for of in template.briefs.values())


def build_committed(root: Path, say: Callable[[str], None]) -> None:
    """Write every committed document."""
    facts = facts_of(root)
    for template in templates(root):
        before = {path: path.read_bytes() for path in (root / FOLDER / template.name).glob("*")}
        for path in write_committed(template, facts, root):
            say(f"{shown(path)}{'  up to date' if before.get(path) == path.read_bytes() else ''}")


def write_committed(template: Template, facts: Facts, root: Path) -> Iterator[Path]:
    """Write the page of a document, and `numbers.json` with all that it states; give each file as it is written."""
    document = filled(template, facts, figures_of(template, root), {})
    folder = root / FOLDER / template.name
    yield write(folder / f"{template.name}.html", written(document, "html"))
    yield write(folder / "numbers.json", stated(document))


def stated(document: Document) -> bytes:
    """Return what a document states, so that a later change can be told as old and new."""
    return as_json({"document": document.name, "as_at": document.as_at.isoformat(),
                    "numbers": [asdict(reference) for reference in document.references],
                    "sources": [asdict(citation) for citation in document.citations]})  # fmt: skip
