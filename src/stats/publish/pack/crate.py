"""`ro-crate-metadata.json`: what a pack is and what each of its files is, for machines (RO-Crate 1.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stats.publish.documents.model import Document
from stats.publish.files import as_json
from stats.registers import Source

NAME = "ro-crate-metadata.json"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TYPES = {
    "csv": "text/csv", "json": "application/json", "svg": "image/svg+xml", "png": "image/png", "md": "text/markdown",
    "html": "text/html", "pdf": "application/pdf", "py": "text/x-python", "yml": "application/yaml",
    "cff": "application/yaml", "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


def crate_of(document: Document, files: Mapping[str, bytes], sources: Sequence[Source]) -> bytes:
    """Return the metadata of a pack: its day (`dated`), its files in order, and the sources it is made from.

    Parameters
    ----------
    document : Document
    files : mapping
        By path in the pack, all but the manifest.
    sources : sequence of Source
    """
    from rocrate.model.contextentity import ContextEntity  # type: ignore[import-untyped] # rocrate publishes no types
    from rocrate.rocrate import ROCrate  # type: ignore[import-untyped] # the same

    crate = ROCrate(version="1.1")
    crate.name, crate.description = document.title, f"Evidence pack. {document.subtitle or document.title}"
    crate.datePublished, crate.license = dated(document, sources), {"@id": LICENCE}
    crate.add(ContextEntity(crate, LICENCE, {"@type": "CreativeWork", "name": "Creative Commons Attribution 4.0",
                                             "identifier": LICENCE}))  # fmt: skip
    people = {"@type": "Organization", "name": "The Plain Figures developers"}
    made_by = crate.add(ContextEntity(crate, "#plain-figures", people))
    crate.root_dataset["author"] = crate.root_dataset["publisher"] = made_by
    for name in sorted(files):
        crate.add_file(dest_path=name, properties=_told(name, files[name]))
    crate.root_dataset["citation"] = [
        crate.add(ContextEntity(crate, f"#{source.id}", {
            "@type": "CreativeWork", "name": f"{source.publisher}: {source.title}", "url": source.url,
            "datePublished": source.published, "license": source.licence, "identifier": f"sha256:{source.sha256}",
        }))
        for source in sources
    ]  # fmt: skip
    return as_json(_in_order(crate.metadata.generate()))


def dated(document: Document, sources: Sequence[Source]) -> str:
    """Return the day that a pack is dated by: the last on which a source of it was read, and never the clock's."""
    return max([document.as_at, *(source.retrieved for source in sources)]).isoformat()


def _told(name: str, data: bytes) -> dict[str, Any]:
    kind = TYPES.get(name.rsplit(".", 1)[-1], "text/plain")
    return {"name": name, "encodingFormat": kind, "contentSize": str(len(data))}


def _in_order(told: dict[str, Any]) -> dict[str, Any]:
    """Return the same graph in an order that does not depend on the library."""
    first = {NAME: 0, "./": 1}
    graph = sorted(told["@graph"], key=lambda entity: (first.get(entity["@id"], 2), entity["@id"]))
    return {"@context": told["@context"], "@graph": [{k: _alone(v) for k, v in sorted(e.items())} for e in graph]}


def _alone(value: Any) -> Any:
    """Return the one value of a list of one: that is how the format wants it."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value
