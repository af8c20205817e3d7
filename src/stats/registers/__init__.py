"""The registers: every word a number needs, loaded and cross-checked at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from stats.errors import NotToHand, RegisterError, UnknownName, nearest
from stats.home import home
from stats.period import Period
from stats.registers.areas import Area, Areas, load_areas
from stats.registers.breaks import Break, Gap, load_breaks, load_gaps
from stats.registers.claims import Claim, Document, load_claims
from stats.registers.columns import Table, load_tables
from stats.registers.corrections import Correction, load_corrections
from stats.registers.crossed import crossed
from stats.registers.entries import find
from stats.registers.findings import Finding, load_findings
from stats.registers.kept import take
from stats.registers.ladders import Ladder, load_ladders
from stats.registers.layouts import load_layouts
from stats.registers.measures import Measure, load_measures
from stats.registers.mistakes import Mistake, load_mistakes
from stats.registers.offences import OffenceGroup, Offences, Outcome, load_offences, load_outcomes
from stats.registers.places import Evidence, place
from stats.registers.quoted import source_of_document, source_of_finding
from stats.registers.releases import AsAt, as_at
from stats.registers.replies import Reply, load_replies
from stats.registers.sources import Source, load_sources
from stats.registers.totals import PrintedTotal, load_totals, totals_of
from stats.registers.wordings import Wordings, load_wordings

__all__ = ["Area", "Break", "Gap", "Measure", "OffenceGroup", "Outcome", "Registers", "Source", "load"]


@dataclass(frozen=True)
class Registers:
    """All registers of one repository; those that are dictionaries go by the entry's id."""

    root: Path
    areas: Areas
    offences: Offences
    outcomes: dict[str, Outcome]
    measures: dict[str, Measure]
    breaks: dict[str, Break]
    gaps: dict[str, Gap]
    sources: dict[str, Source]
    documents: dict[str, Document]
    tables: dict[str, Table]
    totals: dict[str, PrintedTotal]
    ladders: dict[str, Ladder]
    corrections: dict[str, Correction]
    others: dict[str, Document]
    findings: dict[str, Finding]
    mistakes: tuple[Mistake, ...]
    asked_as_at: AsAt | None = None

    @cached_property
    def wordings(self) -> Wordings:
        """How drafts word what is registered; read when first asked for, since only the checker of drafts needs it."""
        return load_wordings(self.root / "data" / "registers", self.measures, self.outcomes)

    @cached_property
    def replies(self) -> tuple[Reply, ...]:
        """What police forces answered; read when first asked for, since only documents need it."""
        return load_replies(self.root / "data" / "registers", self.areas)

    def as_at(self, asked: str | date, dataset: str) -> Registers:
        """Return the registers as at a release of a dataset or a date: `newest` is then the release of that day.

        Raises
        ------
        UnknownName
            If it is neither a release of the dataset nor a date; those that are here are listed.
        """
        return replace(self, asked_as_at=as_at(asked, self.sources_of(dataset)))

    def measure(self, name: str) -> Measure:
        """Return a measure by id, or stop and name the nearest."""
        return find(self.measures, name, what="measure")

    def source(self, name: str) -> Source:
        """Return a source by id, or stop and name the nearest."""
        return find(self.sources, name, what="source")

    def document(self, name: str) -> Document:
        """Return a document and its claims by id, or stop and name the nearest."""
        if name in self.documents:
            return self.documents[name]
        every = [f"{d.id}: {d.title} ({d.publisher}, {d.published})" for d in self.documents.values()]
        raise UnknownName(
            f"no document is called '{name}'.",
            [("nearest", ", ".join(nearest(name, self.documents)) or "none"), ("documents", "\n".join(every))],
            "Write one of these names. See them all with their claims: stats show claim",
        )

    def document_source(self, name: str) -> Source:
        """Return a document as the source of its own words; the hash is that of our file of its claims."""
        document = self.others.get(name) or self.document(name)
        folder = self.root / "data" / "claims" / ("others" if name in self.others else "")
        return source_of_document(document, folder / f"{name}.yml")

    def finding_source(self, name: str) -> Source:
        """Return a finding as the source of what it says; the hash is that of the register of findings."""
        finding = find(self.findings, name, what="finding")
        retrieved = self.document_of(finding.claims[0]).retrieved
        return source_of_finding(finding, self.root / "data" / "registers" / "findings.yml", retrieved)

    def document_of(self, claim: str) -> Document:
        """Return the document that makes a claim."""
        self.claim(claim)
        return next(d for d in (self.documents | self.others).values() if any(c.id == claim for c in d.claims))

    def sources_of_claims(self, claims: Iterable[Claim]) -> list[Source]:
        """Return the documents that claims are quoted from, each once, as sources of their words."""
        return [self.document_source(name) for name in dict.fromkeys(self.document_of(c.id).id for c in claims)]

    def ladder(self, name: str) -> Ladder:
        """Return a ladder by id, or stop and name the nearest."""
        return find(self.ladders, name, what="ladder", where="data/registers/ladders.yml")

    def claim(self, name: str) -> Claim:
        """Return a claim by id, or stop and name the nearest."""
        return find({c.id: c for d in (self.documents | self.others).values() for c in d.claims}, name, what="claim")

    def sources_of(self, dataset: str) -> list[Source]:
        """Return the sources of a dataset, oldest release first."""
        return sorted((s for s in self.sources.values() if s.dataset == dataset), key=lambda s: (s.order, s.id))

    def newest(self, dataset: str, period: Period | None = None) -> Source:
        """Return the newest release of a dataset, or as at the day asked for: the one that estimates are made from.

        A later release that holds only a part of an earlier one (a sheet of one year) does not take its place. With a
        period it is the newest that covers it, where there is one: outcomes of each year have files of their own.

        Raises
        ------
        NotToHand
            If no raw file of the dataset is there, or none was out on that day.
        """
        sources = self.sources_of(dataset)
        if not sources:
            raise NotToHand(
                f"no raw file of {dataset.replace('_', ' ')} is to hand.",
                [("folder", "data/raw"), ("wanted", f"an entry with dataset: {dataset}")],
                "Restore the raw file and its entry (git checkout).",
            )
        out = self.asked_as_at.out_of(sources) if self.asked_as_at else sources
        able = [source for source in out if period and source.covers(period.start, period.end)]
        newest, *others = able or out
        for later in others:
            newest = newest if later.holds_less_than(newest) else later
        return newest

    def coverage(self, dataset: str, period: Period | None = None) -> Period:
        """Return the period that the newest source of a dataset covers; with a period, the newest that holds it."""
        newest = self.newest(dataset, period)
        if newest.covers_from is None or newest.covers_to is None:
            where = [*place(Path(f"{newest.file}.yml"), newest.id), ("source", newest.id)]
            asked = "Add covers_from and covers_to to its entry."
            raise RegisterError("a source does not say what it covers.", where, asked)
        return Period(newest.covers_from, newest.covers_to)

    def where(self, file: str, entry: object, *keys: object, value: object = None) -> Evidence:
        """Return file, line and entry in a file below `data`, as evidence of an error."""
        return place(self.root / "data" / file, entry, *keys, value=value)

    def columns_of(self, table: str, found: Iterable[str]) -> list[str]:
        """Return the columns that a table is registered with, in order, if all are among those found.

        Raises
        ------
        RegisterError
            Naming the first column that is not there, and the nearest that is.
        """
        wanted, found = list(self.tables[table].columns), list(found)
        for column in wanted:
            if column not in found:
                where = self.where("registers/columns.yml", table, "columns", column)
                raise RegisterError(
                    f"the table {table} has no column '{column}'.",
                    [*where, ("column", column), ("nearest", ", ".join(nearest(column, found)) or "none")],
                    "Correct the name in the register, or make the column in src/stats/clean.",
                )
        return wanted

    def gaps_in(
        self, dataset: str, period: Period, *, codes: Iterable[str] = (), area: Area | None = None
    ) -> list[Gap]:
        """Return the gaps that concern a dataset in a period; an area is taken with the forces it is made of."""
        places = {m.code for m in self.areas.members(area)} | {area.code} if area else set()
        codes = tuple(codes)
        return [
            gap for gap in self.gaps.values() if gap.touches(dataset=dataset, period=period, codes=codes, areas=places)
        ]

    def breaks_in(self, dataset: str, *, codes: Iterable[str] = (), area: Area | None = None) -> list[Break]:
        """Return the breaks and notices that concern a series, in order of date."""
        codes, code = tuple(codes), area.code if area else None
        return [b for b in self.breaks.values() if b.touches(dataset=dataset, codes=codes, area=code)]


def load(root: Path | None = None) -> Registers:
    """Return the registers, cross-checked; read once for each repository.

    Raises
    ------
    RegisterError
        Naming the file, the entry and the mend.
    """
    return _load((root or home()).resolve())


def load_again(root: Path | None = None) -> Registers:
    """Return the registers as they are on the disk now: a raw file was added or taken away since they were read."""
    _load.cache_clear()
    return load(root)


def read_registers(root: Path) -> Registers:
    """Return the registers of a repository, read anew; see `load`."""
    folder = root / "data" / "registers"
    areas, sources = load_areas(folder), load_sources(root / "data" / "raw")
    registers = Registers(
        root=root,
        areas=areas,
        offences=load_offences(folder),
        outcomes=load_outcomes(folder),
        measures=load_measures(folder),
        breaks=load_breaks(folder),
        gaps=load_gaps(folder),
        sources=sources,
        documents=load_claims(root / "data" / "claims"),
        tables=load_tables(folder),
        totals=load_totals(folder) | totals_of(sources.values()),
        ladders=load_ladders(folder),
        corrections=load_corrections(folder / "corrections", load_layouts(folder / "layouts"), areas),
        others=load_claims(root / "data" / "claims" / "others"),
        findings=load_findings(folder),
        mistakes=load_mistakes(folder),
    )
    for problem in crossed(registers):
        raise problem
    return registers


_load = lru_cache(maxsize=32)(lambda root: take(root) or read_registers(root))
