"""Sources as a document cites them: an entry of the register, or whoever printed a figure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from stats.claims.dated import last_day_of
from stats.claims.facts import Evidence
from stats.errors import UnknownName
from stats.period import MONTHS
from stats.publish.documents.model import Citation
from stats.registers import Registers, Source

OFFICIAL = ("official-copy", "official-mirror", "official-transcribed")
"""The kinds of what an official publisher published."""

TYPED = "published_figures"
"""The dataset of figures that we typed from print: the day of its releases is the day of typing."""

PAGE = ("publisher", "title", "published", "url")
"""The columns of a published figure that say where it is printed."""


def in_prose(day: str) -> str:
    """Return a date, as far as it is known, as a sentence has it.

    Examples
    --------
    >>> in_prose("2023-04-14"), in_prose("2022-11"), in_prose("2021")
    ('14 April 2023', 'November 2022', '2021')
    """
    year, *rest = day.split("-")
    words = [MONTHS[int(rest[0]) - 1], year] if rest else [year]
    return " ".join([str(int(rest[1])), *words] if len(rest) > 1 else words)


def cited_in_words(told: Evidence) -> str:
    """Return who says so and when: 'Plaid Cymru, May 2017'."""
    return ", ".join(filter(None, [told.publisher, told.published and in_prose(told.published)]))


FIELDS = ("text", "counts", "cited", "base", "period", "area", "publisher", "title")
"""What may be asked of a published figure."""

FIELDS_OF_MEASURES = ("plain_name", "base", "caveat", "forbidden_names")
"""What may be asked of a measure."""


def asked_of(name: str, every: Collection[str]) -> str:
    """Return what is asked for by its name, if it is told.

    Raises
    ------
    UnknownName
    """
    if name not in every:
        raise UnknownName(f"no such thing is told: '{name}'.", [("told", ", ".join(every))], "See docs/documents.md.")
    return name


def field_of(told: Evidence, field: str) -> str:
    """Return what a document may print of a published figure: its text, counts, base or period, or who said so."""
    return cited_in_words(told) if field == "cited" else str(getattr(told, asked_of(field, FIELDS)))


def citation_of(source: Source) -> Citation:
    """Return a source of the register; an address that is no web address is left out."""
    url = source.url if source.url.startswith("https://") else ""
    own = source.publisher_url if source.publisher_url and source.publisher_url != url else ""
    return Citation(source.id, source.citation, url, source.licence, source.kind, own)


def citation_of_row(row: Mapping[str, Any], sources: Mapping[str, Source]) -> Citation:
    """Return who printed a published figure, and where."""
    day = f"published {row['published']}" if row["published"] else "no date of publication known"
    own = sources[row["source_id"]].publisher_url if row["source_id"] in sources else None
    words = f"{row['publisher']}, {row['title']}, {day} [{row['kind']}]"
    kept = own if own and own != row["url"] else ""
    return Citation(row["figure_id"], words, row["url"] or "", "", row["kind"], kept)


class Citing:
    """What a document rests on, kept in order of first mention while its template is rendered.

    Parameters
    ----------
    registers : Registers
    """

    def __init__(self, registers: Registers) -> None:
        self.registers = registers
        self.names: dict[str, None] = {}
        self.rows: dict[str, Mapping[str, Any]] = {}

    def rests_on(self, sources: Iterable[str]) -> None:
        """Note the sources that something rests on."""
        self.names |= dict.fromkeys(sources)

    def of_row(self, row: Mapping[str, Any]) -> str:
        """Note who printed a published figure, and return the id it is cited by: one for all that a page prints."""
        same = [name for name, one in self.rows.items() if all(one[column] == row[column] for column in PAGE)]
        name = str(same[0] if same else row["figure_id"])
        self.rows.setdefault(name, row)
        self.rests_on([name, row["source_id"]])
        return name

    def of_evidence(
        self, document: str, evidence: Iterable[Evidence], row_of: Callable[[str], Mapping[str, Any]]
    ) -> None:
        """Note the document of a claim, and what the claim was judged by: a release, or who printed a figure."""
        self.rests_on([document])
        for one in evidence:
            self.rests_on([self.of_row(row_of(one.figure)) if one.figure else one.release])

    def draws(self, drawn: Iterable[Mapping[str, Any]], figures: Iterable[Mapping[str, Any]]) -> None:
        """Note who printed what a figure draws, by the rows of its table and all that was printed."""
        names = {row.get("figure_id") for row in drawn}
        for row in figures:
            if row["figure_id"] in names:
                self.of_row(row)

    def citation(self, name: str) -> Citation:
        """Return a source as documents list it."""
        if name in self.rows:
            return citation_of_row(self.rows[name], self.registers.sources)
        is_text = name in self.registers.documents or name in self.registers.others
        return citation_of(self.registers.document_source(name) if is_text else self.registers.source(name))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The sources that the document rests on, in order of first mention."""
        registers = self.registers
        known = {*registers.sources, *registers.documents, *registers.others, *self.rows}
        return tuple(self.citation(name) for name in self.names if name in known)

    @property
    def as_at(self) -> date:
        """The day of the newest official release, or where there is none, of the newest that was quoted or drawn.

        What we typed from print counts by the day on which it was printed, and never by that of typing; but where no
        day of printing is known, by then all of it was in print.
        """
        sources = [self.registers.sources[name] for name in self.names if name in self.registers.sources]
        releases = [(one.kind, one.published) for one in sources if one.dataset != TYPED]
        told = [*releases, *((row["kind"], row["published"]) for row in self.rows.values() if row["published"])]
        official = [published for kind, published in told if kind in OFFICIAL]
        quoted = [day for _, day in told]
        days = official if any(kind in OFFICIAL for kind, _ in releases) else quoted
        days = days or [source.published for source in sources]
        return max((date.fromisoformat(last_day_of(day)) for day in days), default=date(1970, 1, 1))
