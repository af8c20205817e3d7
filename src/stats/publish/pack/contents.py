"""The files of a pack: a document in all its formats, and everything that it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import yaml

from stats.claims.facts import Facts
from stats.claims.verdicts import Verdict
from stats.errors import NotToHand
from stats.publish.corrected import corrections_page, touching
from stats.publish.documents.model import Document
from stats.publish.documents.office import as_snippet
from stats.publish.files import as_json
from stats.publish.pack import pages, verify
from stats.publish.pack.comparing import COPIED
from stats.publish.pack.crate import NAME as CRATE
from stats.publish.pack.crate import crate_of, dated
from stats.publish.pack.figure import Ask, Figure, figure_of, names_of, source_of
from stats.publish.pack.numbers import numbers_json
from stats.publish.pack.others import printed_by_others
from stats.publish.pack.recipes_of_rows import paths_of
from stats.publish.pack.refusing import judged_now, must_be_fit
from stats.publish.pack.tables import tables_of
from stats.registers import Source

WITH_ROWS = ("recorded_offences", "outcomes", "population", "published_figures")
"""The datasets whose rows and entries go into a pack: what people answered, and what was sent to us, never does."""


def pack_of(
    document: Document,
    formats: Mapping[str, bytes],
    facts: Facts,
    ask: Ask,
    *,
    folders: Mapping[str, Path] = MappingProxyType({}),
    quoted_as_wrong: Collection[str] = (),
    asked: Mapping[str, str] = MappingProxyType({}),
    commit: str | None = None,
) -> dict[str, bytes]:
    """Return the files of the pack of a document, by path in the pack, or stop if it may not be handed over.

    Parameters
    ----------
    document : Document
    formats : mapping
        The document as it is written, by the name of its file: {'annex.html': b'...'}.
    facts : Facts
        The registers and tidy tables that claims are judged by.
    ask : callable
        From a notebook's name and plain parameters to its validated ones.
    folders : mapping
        By the name of a brief, the folder of figures made for this document; those of `figures` need not be named.
    quoted_as_wrong : collection of str
        Ids of claims and published figures that the document quotes to say that they do not hold.
    asked : mapping
        What the document was asked for: 'template' and its parameters, by which the pack is made again.
    commit : str, optional
        Of the repository, where it is known.

    Raises
    ------
    NotHonest, NotReproduced, SourceChanged, NotToHand
        As `refusing.must_be_fit`.
    """
    registers = facts.registers
    figures = [figure_of(name, registers, ask, folders) for name in sorted(names_of(document))]
    judged = judged_now(document, figures, facts)
    must_be_fit(document, figures, judged, facts, quoted_as_wrong=quoted_as_wrong)
    sources = _sources(document, figures, judged, facts)
    files = {**{f"documents/{name}": data for name, data in formats.items()}, **tables_of(document)}
    files |= {f"figures/{f.name}.{suffix}": data for f in figures for suffix, data in f.files.items()}
    files |= {f"figures/{one.name}.docx": as_snippet(one, document.as_at) for one in document.pictures}
    files |= _data(figures, sources) | printed_by_others(document, registers)
    records = pages.claims_of(judged, facts)
    files["claims.json"] = as_json({"document": document.name, "claims": records})
    made_with = {"asked": dict(asked), "commit": commit, "quoted_as_wrong": sorted(quoted_as_wrong)}
    files["numbers.json"] = numbers_json(document, figures, files, registers, made_with)
    breaks = pages.breaks_of(figures, [reference.id for reference in document.references], registers)
    texts = {
        "claims.md": pages.claims_md(records, quoted_as_wrong), "sources.md": pages.sources_md(sources),
        "method.md": pages.method_md(figures, registers.root),
        "limitations.md": pages.limitations_md(figures, sources, breaks, registers.root),
        "how-to-reproduce.md": pages.reproduce_md(document.name, list(formats), figures, asked, commit),
    }  # fmt: skip
    files |= {name: text.encode("utf-8") for name, text in texts.items()}
    files |= {name: (registers.root / name).read_bytes() for name in COPIED}
    files["CITATION.cff"] = citation(document, sources, registers.root)
    files["verify.py"] = Path(verify.__file__).read_bytes()
    if mistakes := touching(registers.mistakes, document, [name for figure in figures for name in figure.shown]):
        files["corrections.md"] = corrections_page(mistakes)
    return sealed(document, files, sources)


def sealed(document: Document, files: Mapping[str, bytes], sources: Sequence[Source]) -> dict[str, bytes]:
    """Return the files with their description for machines, and the manifest over them all, in order."""
    for name in files:
        verify.must_stay_inside(name)
    whole = {**files, CRATE: crate_of(document, files, sources)}
    return dict(sorted({**whole, verify.MANIFEST: verify.manifest_of(whole)}.items()))


def _data(figures: Iterable[Figure], sources: Iterable[Source]) -> dict[str, bytes]:
    """Return the rows that figures were made from, and the entry of each raw file that they stand in."""
    files = {path: figure.rows[name] for figure in figures for name, path in paths_of(figure).items()}
    with_rows = [source for source in sources if source.dataset in WITH_ROWS]
    return files | {f"data/{one.id}/entry.yml": Path(f"{one.file}.yml").read_bytes() for one in with_rows}


def _sources(
    document: Document, figures: Iterable[Figure], judged: Mapping[str, Verdict], facts: Facts
) -> list[Source]:
    """Return every source of figures, numbers, citations and evidence on claims, by id, each once.

    A figure that somebody printed is cited by its own id: its source is the file that it was typed into.
    """
    registers, typed = facts.registers, {row["figure_id"]: row["source_id"] for row in facts.figures}
    named = [told["id"] for figure in figures for told in figure.record["sources"]]
    named += [name for reference in document.references for name in reference.sources]
    named += [citation.id for citation in document.citations]
    named += [evidence.release for found in judged.values() for evidence in found.evidence]
    named += [registers.document_of(claim).id for claim in judged]
    found = {}
    for name in sorted({typed.get(name, name) for name in named}):
        try:
            found[name] = source_of(name, registers)
        except NotToHand:
            if name not in {citation.id for citation in document.citations}:
                raise
    return list(found.values())


def citation(document: Document, sources: Sequence[Source], root: Path) -> bytes:
    """Return how to cite the pack: as the repository, with the title of the document and the day of the pack."""
    told = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    told |= {
        "message": "If you use this pack, please cite it, and the source named under each figure.",
        "title": f"{document.title} (evidence pack)", "type": "dataset", "license": "CC-BY-4.0",
        "date-released": dated(document, sources), "abstract": document.subtitle or document.title,
    }  # fmt: skip
    return bytes(yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=100).encode("utf-8"))
