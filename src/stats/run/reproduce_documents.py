"""The documents of a rebuild: every template is looked at, and those of committed documents are filled in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from stats.claims.facts import Facts
from stats.errors import StatsError
from stats.publish.documents.rendering import must_type_nothing
from stats.publish.documents.template import Template, load_template
from stats.registers.typed import load_typed
from stats.run.committed_documents import FOLDER, is_committed, write_committed
from stats.run.documents import figures_of

BRIEFINGS = "briefings"


def looked_at(root: Path) -> tuple[list[Template], dict[str, StatsError]]:
    """Return the templates of committed documents, and by file why a template cannot be used.

    None may type a number, whatever it asks for: the document of a force is not committed, and is handed over all the
    same.
    """
    typed = load_typed(root / "data" / "registers" / "typed.yml")
    sound, unusable = [], {}
    for path in sorted((root / BRIEFINGS).glob("*.md")):
        try:
            template = load_template(path)
            must_type_nothing(template, typed, figures_of(template, root))
            sound.append(template)
        except StatsError as problem:
            unusable[f"{BRIEFINGS}/{path.name}"] = problem
    return [template for template in sound if is_committed(template)], unusable


def write_documents(templates: Iterable[Template], facts: Facts, root: Path) -> dict[str, StatsError]:
    """Write documents, and return by folder why one could not be: its figures were not made, or it is refused."""
    failed: dict[str, StatsError] = {}
    for template in templates:
        try:
            list(write_committed(template, facts, root))
        except StatsError as problem:
            failed[f"{FOLDER}/{template.name}"] = problem
        except Exception as fault:  # the rest is compared all the same
            said = f"the document {template.name} stopped: {type(fault).__name__}: {fault}"
            failed[f"{FOLDER}/{template.name}"] = StatsError(said, mend="This is a fault of ours.")
    return failed
