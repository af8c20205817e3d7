"""Every reference from one register to another leads somewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from stats.errors import RegisterError, nearest
from stats.registers.places import place

if TYPE_CHECKING:
    from stats.registers import Registers


def crossed(registers: Registers) -> Iterable[RegisterError]:
    """Yield every reference from one register to another that leads nowhere."""
    codes, areas = registers.offences.by_code, registers.areas.current
    folder = registers.root / "data" / "registers"
    for b in registers.breaks.values():
        yield from _unknown(b.offences + b.moves_between, codes, "offence code", folder / "breaks.yml", b.id)
        yield from _unknown(b.areas, areas, "area code", folder / "breaks.yml", b.id)
    for gap in registers.gaps.values():
        yield from _unknown(gap.offences, codes, "offence code", folder / "gaps.yml", gap.id)
        yield from _unknown(gap.areas, areas, "area code", folder / "gaps.yml", gap.id)
    for total in registers.totals.values():
        yield from _unknown(total.codes, codes, "offence code", folder / "totals.yml", total.id)
        yield from _unknown([total.area_code], areas, "area code", folder / "totals.yml", total.id)
        yield from _unknown([total.release], registers.sources, "source", folder / "totals.yml", total.id)
    for ladder in registers.ladders.values():
        measures = [rung.measure for rung in ladder.rungs]
        yield from _unknown(measures, registers.measures, "measure", folder / "ladders.yml", ladder.id)
        yield from _unknown(
            [ladder.offence], registers.offences.groups, "offence group", folder / "ladders.yml", ladder.id
        )
    yield from _claims(registers)
    yield from _mistakes(registers)


def _claims(registers: Registers) -> Iterable[RegisterError]:
    offences = {*registers.offences.groups, *registers.offences.by_code}
    documents = registers.documents | registers.others
    every = {claim.id: claim for document in documents.values() for claim in document.claims}
    for finding in registers.findings.values():
        path = registers.root / "data" / "registers" / "findings.yml"
        yield from _unknown(finding.claims, every, "claim", path, finding.id)
    for document in documents.values():
        below = "" if document.id in registers.documents else "others"
        path = registers.root / "data" / "claims" / below / f"{document.id}.yml"
        yield from _unknown([document.first_base], every, "claim", path, document.id)
        for claim in document.claims:
            yield from _unknown([claim.measure], registers.measures, "measure", path, claim.id)
            other = [claim.nested_in, *claim.also_nested_in, *claim.or_nested_in, claim.same_as]
            yield from _unknown(other, every, "claim", path, claim.id)
            yield from _unknown([claim.area_code], registers.areas.current, "area code", path, claim.id)
            yield from _unknown([claim.offence], offences, "offence group or code", path, claim.id)


def _mistakes(registers: Registers) -> Iterable[RegisterError]:
    """What we corrected must be a claim or a number of a figure, and what said it a document or a figure.

    Of figures that are made for a document alone nothing is here. Of what is no more, the brief must still be.
    """
    path = registers.root / "data" / "registers" / "our_corrections.yml"
    claims = {claim.id for d in (registers.documents | registers.others).values() for claim in d.claims}
    briefs = {brief.stem for brief in (registers.root / "notebooks" / "briefs").glob("*.yml")}
    templates = {template.stem for template in (registers.root / "briefings").glob("*.md")}
    for mistake in registers.mistakes:
        entry, figures = str(mistake.number), [output for output in mistake.outputs if "/" in output]
        documents = [output for output in mistake.outputs if "/" not in output]
        if not mistake.is_gone:
            named = [next((t for t in templates if f"{name}-".startswith(f"{t}-")), name) for name in documents]
            yield from _unknown(named, templates, "document", path, entry)
        if mistake.brief and mistake.brief not in briefs and documents:
            continue  # a number of a figure that was made for a document alone
        what = "brief of a number" if mistake.brief else "claim"
        known = briefs if mistake.brief else claims
        yield from _unknown([mistake.brief or mistake.of], known, what, path, entry)
        yield from _unknown([figure.split("/")[0] for figure in figures], briefs, "brief of a figure", path, entry)
        if not mistake.is_gone:
            yield from _not_made([mistake.of] if mistake.brief else [], figures, registers.root, path, entry)


def _not_made(
    numbers: Iterable[str], figures: Iterable[str], root: Path, path: Path, entry: str
) -> Iterable[RegisterError]:
    """Yield the numbers and figures that their brief, where it was made, does not have."""
    for names, what in ((numbers, "number (is_gone: true, if it was once there)"), (figures, "figure")):
        for name in names:
            file = root / "figures" / name.split("/")[0] / "numbers.json"
            made = json.loads(file.read_text("utf-8"))["numbers"] if file.is_file() else None
            if made is not None:
                field = "figure" if what == "figure" else "id"
                yield from _unknown([name], {f"{file.parent.name}/{one[field]}" for one in made}, what, path, entry)


def _unknown(
    names: Iterable[str | None], known: Iterable[str], what: str, path: Path, entry: str
) -> Iterable[RegisterError]:
    known = set(known)
    for name in names:
        if name is not None and name not in known:
            close = ", ".join(nearest(name, known)) or "none"
            yield RegisterError(
                f"an entry names a {what} that is in no register.",
                [*place(path, entry, value=name), (what, name), ("nearest", close)],
                "Correct the name, or add it to its register first.",
            )
