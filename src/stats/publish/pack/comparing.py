"""What a pack says beside what the repository makes of the same: claims, numbers, pages, and the words of its pages.

Whoever alters a pack can write its manifest anew. What is made of the registers, the tidy tables and the files of the
repository is therefore made again here, without the document. What the document alone tells is not: see docs/packs.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from stats.claims.facts import Facts
from stats.claims.verdict import verdict
from stats.errors import StatsError
from stats.publish.corrected import corrections_page
from stats.publish.documents import FORMATS
from stats.publish.documents.model import Reference
from stats.publish.documents.template import load_template, template_path
from stats.publish.files import as_csv, as_json
from stats.publish.folder import SUFFIXES
from stats.publish.pack import pages, verify
from stats.publish.pack.crate import NAME as CRATE
from stats.publish.pack.figure import Figure, source_of
from stats.publish.pack.marked import html_of, is_claim, said_in, short, texts_of, unlike_marks
from stats.publish.pack.numbers import ABOUT
from stats.publish.pack.others import PRINTED, ROWS, recipes_of
from stats.publish.pack.recipes_of_rows import rows_path
from stats.read.tidy import read_tidy
from stats.registers import Source

COPIED = ("LICENSE", "LICENSE-DATA.md", "requirements.lock")
"""Files of the repository that are in every pack as they are."""

FIXED = (
    verify.MANIFEST, verify.NUMBERS, ROWS, CRATE, "CITATION.cff", "claims.json", "claims.md", "corrections.md",
    "how-to-reproduce.md", "limitations.md", "method.md", "sources.md", "verify.py",
)  # fmt: skip
"""The other files of a pack that go by one name in each."""

COMMIT = r"[0-9a-f]{40}"
PLAIN = r"[\w ,.'’()/-]+"
"""What a document is asked for: names and ids, without what a shell would run between quotation marks."""

ANOTHER = "the repository makes another"


def unlike_repository(files: Mapping[str, bytes], facts: Facts) -> Iterator[str]:
    """Yield a line for each thing in a pack that the repository, as it is now, has otherwise.

    Parameters
    ----------
    files : mapping
        By path in the pack.
    facts : Facts
        The registers and tidy tables of the repository.
    """
    told = json.loads(files[verify.NUMBERS])
    figures = figures_of(files)
    yield from _too_much(files, told["document"], figures)
    yield from (f"{verify.NUMBERS}: made_with: {line}" for line in _made_with(told["made_with"], facts))
    yield from _claims(files, told, facts)
    yield from _numbers(files, told["numbers"], figures, facts)
    if told["about"] != ABOUT:
        yield f"{verify.NUMBERS}: about is otherwise in the repository"
    yield from _sources(files, told["numbers"], figures, facts)
    yield from _pages(files, told, figures, facts)
    yield from _corrections(files, told, figures, facts)
    for name, page in html_of(files).items():
        yield from unlike_marks(name, page, facts)
        verify.must_stay_inside(f"documents/{told['document']}")
        committed = facts.registers.root / "documents" / told["document"] / name.rpartition("/")[2]
        if committed.is_file() and committed.read_bytes() != files[name]:
            yield f"{name}: the repository has another now"


def _made_with(told: Mapping[str, Any], facts: Facts) -> Iterator[str]:
    """Yield what cannot be: whoever gets a pack is told to type it."""
    commit, asked = told["commit"], {**told["asked"]}
    if commit is not None and not re.fullmatch(COMMIT, str(commit)):
        yield f"commit is {short(commit)}, which is none"
    name = asked.pop("template", None)
    try:
        known = load_template(template_path(name, facts.registers.root)).asks if name is not None else {}
    except StatsError:
        yield f"asked is the template {short(name)}, which is none"
    else:
        odd = [key for key, value in asked.items() if key not in known or not re.fullmatch(PLAIN, value)]
        yield from (f"asked is {short(key)}: {short(asked[key])}, which no document asks for" for key in odd)


def _too_much(files: Mapping[str, bytes], document: str, figures: Sequence[Figure]) -> Iterator[str]:
    """Yield each file that no pack holds: somebody put it among the others, and into the manifest."""
    named = [source for figure in figures for source in figure.record["sources"]]
    rows = {rows_path(source["id"], source["rows_sha256"]) for source in named if "rows_sha256" in source}
    shown = {f"figures/{figure.name}.{suffix}" for figure in figures for suffix in (*SUFFIXES, "docx")}
    written = {f"documents/{document}.{suffix}" for suffix in FORMATS}
    for name in sorted(set(files) - rows - shown - written - set(FIXED) - set(COPIED)):
        if not re.fullmatch(r"tables/[^/]+\.csv|data/[^/]+/entry\.yml", name):
            yield f"{name}: no pack holds it"


def figures_of(files: Mapping[str, bytes]) -> list[Figure]:
    """Return the figures of a pack, by name, without their rows."""
    names = [name.removeprefix("figures/").removesuffix(".json") for name in sorted(files)
             if name.startswith("figures/") and name.endswith(".json")]  # fmt: skip
    return [Figure(name, {suffix: files[f"figures/{name}.{suffix}"] for suffix in SUFFIXES}) for name in names]


def _claims(files: Mapping[str, bytes], told: Mapping[str, Any], facts: Facts) -> Iterator[str]:
    """Yield what is otherwise in the claims: words, verdict, reason, evidence, and the page made of them."""
    name, registers = "claims.json", facts.registers
    records = {record["id"]: record for record in json.loads(files[name])["claims"]}
    known = [id_ for id_ in records if is_claim(id_, facts)]
    yield from (f"{name}: {id_} is no registered claim" for id_ in records if id_ not in known)
    marked = {id_ for page in html_of(files).values() for id_, _ in said_in(page)}
    marked |= {id_ for figure in figures_of(files) for id_ in figure.claims}
    wanted = {id_ for id_ in marked - set(records) if is_claim(id_, facts)}
    yield from (f"{name}: {id_} is left out" for id_ in sorted(wanted))
    made = pages.claims_of({id_: verdict(registers.claim(id_), facts) for id_ in known}, facts)
    now = {record["id"]: record for record in json.loads(as_json(made))}
    for id_ in known:
        yield from (f"{name}: {id_}: {line}" for line in _unlike(records[id_], now[id_]))
    if files["claims.md"] != pages.claims_md(made, told["made_with"]["quoted_as_wrong"]).encode("utf-8"):
        yield f"claims.md: {ANOTHER}"


def _unlike(said: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Yield each field of a record that is otherwise now."""
    for field in [*now, *(field for field in said if field not in now)]:
        if said.get(field) != now.get(field):
            yield f"{field} is {short(said.get(field))}, and the repository has {short(now.get(field))}"


def _numbers(
    files: Mapping[str, bytes], numbers: Sequence[Mapping[str, Any]], figures: Sequence[Figure], facts: Facts
) -> Iterator[str]:
    """Yield each number that is not as its figure, or the table of published figures, has it."""
    now = {
        f"{f.brief}/{n['id']}": _of_figure(n, f) for f in figures for n in f.record["numbers"] if n["value"] is not None
    }
    listed = {number["id"]: number for number in numbers}
    yield from (f"{verify.NUMBERS}: {name} is left out" for name in now if name not in listed)
    for name, number in listed.items():
        if name in now:
            yield from (
                f"{verify.NUMBERS}: {name}: {line}"
                for line in _unlike({k: number.get(k) for k in now[name]}, now[name])
            )
        elif name.startswith(PRINTED):
            if number["printed"] not in texts_of(name, facts):
                yield f"{verify.NUMBERS}: {name}: printed is {number['printed']}, and the repository has another"
        elif not recipes_of(Reference(name, number["printed"]), figures, files):
            yield f"{verify.NUMBERS}: {name}: no figure of the pack has {number['printed']}"
    if ROWS in files:
        table = read_tidy("published_figures", facts.registers)
        named = [row["figure_id"] for row in verify.rows_of(files[ROWS])]
        if files[ROWS] != as_csv(table[table["figure_id"].isin(named)]):
            yield f"{ROWS}: {ANOTHER}"


def _of_figure(number: Mapping[str, Any], figure: Figure) -> dict[str, Any]:
    kept = ("unit", "measure", "area", "period", "basis", "qualifier", "sources")
    return {"printed": number["text"], **{field: number[field] for field in kept}, "figure": figure.name}


def _sources(
    files: Mapping[str, bytes], numbers: Sequence[Mapping[str, Any]], figures: Sequence[Figure], facts: Facts
) -> Iterator[str]:
    """Yield what is otherwise in the list of sources and in their entries, and each source that is left out."""
    wanted = {source["id"] for figure in figures for source in figure.record["sources"]}
    wanted |= {name for number in numbers for name in number["sources"] if _is_source(name, facts)}
    for record in json.loads(files["claims.json"])["claims"]:
        wanted |= {record["document"], *(evidence["release"] for evidence in record["evidence"])}
    sources = _listed(files, facts)
    named = {source.id for source in sources}
    yield from (f"sources.md: {name} is left out" for name in sorted(wanted - named))
    if files["sources.md"] != pages.sources_md(sources).encode("utf-8"):
        yield f"sources.md: {ANOTHER}"
    entries = {f"data/{source.id}/entry.yml": Path(f"{source.file}.yml") for source in sources if source.file}
    for name in sorted(name for name in files if re.fullmatch(r"data/[^/]+/entry\.yml", name)):
        if name not in entries or not entries[name].is_file() or entries[name].read_bytes() != files[name]:
            yield f"{name}: the repository has another"


def _listed(files: Mapping[str, bytes], facts: Facts) -> list[Source]:
    """Return the sources that the page of sources names and the repository has."""
    named = sorted(set(re.findall(r"(?m)^## (\S+)$", files["sources.md"].decode("utf-8"))))
    return [source_of(name, facts.registers) for name in named if _is_source(name, facts)]


def _is_source(name: str, facts: Facts) -> bool:
    """Whether there is such a source; a figure that somebody printed may be cited by its own id, and is none."""
    try:
        return source_of(name, facts.registers).id == name
    except StatsError:
        return False


def _pages(
    files: Mapping[str, bytes], told: Mapping[str, Any], figures: Sequence[Figure], facts: Facts
) -> Iterator[str]:
    """Yield each page and copied file that is not what the repository makes."""
    registers, with_, limits = facts.registers, told["made_with"], files["limitations.md"].decode("utf-8")
    marked = {id_ for page in html_of(files).values() for id_, _ in said_in(page)}
    lines = {
        f"{pages.BREAK}{name}": pages.breaks_of((), [f"{pages.BREAK}{name}"], registers)[0] for name in registers.breaks
    }
    breaks = pages.breaks_of(
        figures, [id_ for id_, line in lines.items() if line in limits or id_ in marked], registers
    )
    documents = [name for name in files if name.startswith("documents/")]
    asked = (told["document"], documents, figures, with_["asked"], with_["commit"])
    made = {
        "method.md": pages.method_md(figures, registers.root),
        "limitations.md": pages.limitations_md(figures, _listed(files, facts), breaks, registers.root),
        "how-to-reproduce.md": pages.reproduce_md(*asked),
    }  # fmt: skip
    yield from (f"{name}: {ANOTHER}" for name, text in made.items() if files[name] != text.encode("utf-8"))
    copies = {**{name: registers.root / name for name in COPIED}, "verify.py": Path(verify.__file__)}
    yield from (
        f"{name}: the repository has another" for name, path in copies.items() if files[name] != path.read_bytes()
    )


def _corrections(
    files: Mapping[str, bytes], told: Mapping[str, Any], figures: Sequence[Figure], facts: Facts
) -> Iterator[str]:
    """Yield whether a correction that was known is left out, or told otherwise."""
    page = files.get("corrections.md", b"").decode("utf-8")
    listed = {int(number) for number in re.findall(r"(?m)^\| (\d+) \|", page)}
    names = {told["document"], *(figure.name for figure in figures), *(n["id"] for n in told["numbers"])}
    names |= {record["id"] for record in json.loads(files["claims.json"])["claims"]}
    known = [m for m in facts.registers.mistakes if m.number in told["corrections"]]
    left = [m for m in known if m.touches(names) and m.number not in listed]
    yield from (f"corrections.md: correction {mistake.number} is left out" for mistake in left)
    if page and files["corrections.md"] != corrections_page([m for m in known if m.number in listed]):
        yield f"corrections.md: {ANOTHER}"
