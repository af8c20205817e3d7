"""What can be looked up, by the word after `stats show`: entries of a kind, their lines, and the words they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from stats.errors import NotCovered, UnknownName
from stats.registers import Area, Break, OffenceGroup, Registers
from stats.registers.areas import Elsewhere
from stats.registers.claims import Claim, Document
from stats.registers.corrections import Correction
from stats.registers.measures import Measure
from stats.registers.offences import Offence
from stats.registers.sources import Source


@dataclass(frozen=True)
class Kind:
    """How one kind of entry is listed and found.

    `name` is what an entry goes by, `line` its one line in a list, `text` the words it is searched by.
    """

    entries: Callable[[Registers], Iterable[Any]]
    name: Callable[[Any], str]
    line: Callable[[Any], str]
    find: Callable[[str, Registers], Any]
    text: Callable[[Any, Registers], str]

    def one(self, words: str, registers: Registers) -> Any:
        """Return the entry of exactly this name, or None."""
        try:
            return self.find(words, registers)
        except NotCovered:
            raise
        except (UnknownName, KeyError):
            return None


def document_of(claim: Claim, registers: Registers) -> Document:
    """Return the document that a claim was made in."""
    return registers.document_of(claim.id)


def _claims(registers: Registers) -> Iterable[Claim]:
    return (claim for d in (registers.documents | registers.others).values() for claim in d.claims)


def _area_line(area: Area | Elsewhere) -> str:
    if isinstance(area, Elsewhere):
        return f"{'':<10} {area.name}  (not covered: England and Wales only)"
    also = ", ".join(area.aliases + area.aliases_cy)
    return f"{area.code:<10} {area.name}" + (f"  (also {also})" if also else "")


def _area_text(area: Area | Elsewhere, registers: Registers) -> str:
    former = [] if isinstance(area, Elsewhere) else registers.areas.former(area)
    return " ".join([_area_line(area), *area.aliases, *area.aliases_cy, *(_area_line(row) for row in former)])


def _offence_line(entry: Offence | OffenceGroup) -> str:
    if isinstance(entry, OffenceGroup):
        return f"{', '.join(entry.codes):<20} {entry.name}"
    return f"{entry.code:<20} {entry.name}" + ("" if entry.counted_here else "  (not counted here)")


def _offence_text(entry: Offence | OffenceGroup, registers: Registers) -> str:
    also = entry.aliases if isinstance(entry, OffenceGroup) else (entry.official_name, entry.law)
    return " ".join([_offence_line(entry), *also])


def _break_text(entry: Break, registers: Registers) -> str:
    codes = entry.offences or tuple(offence.code for offence in registers.offences.counted)
    groups = [group for group in registers.offences.groups.values() if set(group.codes) <= set(codes)]
    areas = [registers.areas.current[code] for code in entry.areas]
    return " ".join(
        [
            entry.id, str(entry.date), entry.when, entry.kind, entry.label, entry.what_changed, *entry.datasets, *codes,
            *(registers.offences.by_code[code].name for code in codes),
            *(name for group in groups for name in (group.name, *group.aliases)),
            *(_area_text(area, registers) for area in areas),
            *(f"{who.publisher} {who.words or ''}" for who in entry.evidence),
        ]
    )  # fmt: skip


def _break_line(entry: Break) -> str:
    of = f"{', '.join(entry.datasets).replace('_', ' ')}: {' '.join(entry.offences) or 'every offence'}"
    return f"{entry.date}  {entry.kind:<9} {entry.id:<40} {entry.label}  [{of}]"


def _claim_line(claim: Claim) -> str:
    return f"{claim.id}  “{claim.quote}”  [{claim.words}]"


def _claim_text(claim: Claim, registers: Registers) -> str:
    document = document_of(claim, registers)
    return " ".join(
        [
            _claim_line(claim), claim.measured_by, claim.evidence_kind, claim.place, claim.offence or "",
            document.id, document.title, document.publisher,
        ]
    )  # fmt: skip


def _measure_line(measure: Measure) -> str:
    return f"{measure.id:<46} {measure.plain_name}"


def _source_line(source: Source) -> str:
    return f"{source.id:<36} {source.citation}"


def _correction_line(correction: Correction) -> str:
    return f"{correction.id:<46} {correction.action:<13} {', '.join(correction.layouts)}"


def _correction_text(correction: Correction, registers: Registers) -> str:
    named = {text for cell in correction.cells for text in correction.place_of(cell).values()}
    return " ".join([_correction_line(correction), *sorted(named), correction.reason, correction.source])


KINDS = {
    "area": Kind(
        lambda r: r.areas.current.values(), lambda a: a.name, _area_line, lambda w, r: r.areas.find(w), _area_text
    ),
    "offence": Kind(
        lambda r: [*r.offences.groups.values(), *r.offences.by_code.values()], lambda o: o.name, _offence_line,
        lambda w, r: r.offences.by_code.get(w.upper()) or r.offences.find(w), _offence_text,
    ),
    "measure": Kind(
        lambda r: r.measures.values(), lambda m: m.id, _measure_line, lambda w, r: r.measures[w],
        lambda m, r: _measure_line(m),
    ),
    "break": Kind(
        lambda r: r.breaks.values(), lambda b: b.id, _break_line, lambda w, r: r.breaks[w], _break_text
    ),
    "source": Kind(
        lambda r: r.sources.values(), lambda s: s.id, _source_line, lambda w, r: r.sources[w],
        lambda s, r: f"{_source_line(s)} {s.dataset} {s.kind}",
    ),
    "claim": Kind(_claims, lambda c: c.id, _claim_line, lambda w, r: r.claim(w.upper()), _claim_text),
    "correction": Kind(
        lambda r: r.corrections.values(), lambda c: c.id, _correction_line, lambda w, r: r.corrections[w],
        _correction_text,
    ),
}  # fmt: skip
"""What can be shown, by the word after `stats show`."""
