"""Every reference from one register to another leads somewhere."""

from __future__ import annotations

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
    """What we corrected must be a claim, or a number that some figure has or had: its brief is there."""
    path = registers.root / "data" / "registers" / "our_corrections.yml"
    claims = {claim.id for d in (registers.documents | registers.others).values() for claim in d.claims}
    briefs = {brief.stem for brief in (registers.root / "notebooks" / "briefs").glob("*.yml")}
    templates = {template.stem for template in (registers.root / "briefings").glob("*.md")}
    for mistake in registers.mistakes:
        if mistake.brief and any(output.split("-")[0] in templates for output in mistake.outputs):
            continue  # a number of a figure that was made for a document alone
        what = "brief of a number" if mistake.brief else "claim"
        known = briefs if mistake.brief else claims
        yield from _unknown([mistake.brief or mistake.of], known, what, path, str(mistake.number))


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
