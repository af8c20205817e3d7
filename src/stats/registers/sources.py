"""Sources: one `.yml` beside each raw file. The hash is checked on every read; citations are built from fields."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from stats.errors import RegisterError, SourceChanged
from stats.registers.entries import Entry, entry, read_mapping, shown, unique

Kind = Literal["official-copy", "official-mirror", "official-transcribed", "reported", "foi", "illustrative"]
SILENT_KINDS = ("official-copy", "official-mirror")
"""Provenance kinds that need not be shown on a figure."""


def _is_a_date(text: str) -> str:
    date.fromisoformat(f"{text}-01-01"[:10] if len(text) < 10 else text)
    return text


def last_day(text: str) -> str:
    """Return the last day that a date, as far as it is known, may be: of '2025' the last day of the year."""
    return f"{text}{'-12-31'[len(text) - 10 :] if len(text) < 10 else ''}"


PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$"), AfterValidator(_is_a_date)]
"""A date as far as it is known: a year, a month or a day."""


WIDEST = 1
"""The widest tolerance of a printed total, in per cent of it."""

WITH_TOTALS = ("recorded_offences", "outcomes", "population")
"""The datasets whose releases are tied to printed totals."""


class Total(Entry):
    """A total that somebody printed: how much, by whom, of which area, offences (and outcomes, if named) and days."""

    printed: int = Field(gt=0)
    printed_by: str
    codes: tuple[str, ...] = ()
    outcome_types: tuple[str, ...] = ()
    area_code: str
    start: date
    end: date
    tolerance_pct: float = Field(ge=0, le=WIDEST)

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Total:
        if self.end < self.start:
            raise ValueError("the end comes before the start")
        return self


class Source(Entry):
    """One published document or file, as it lies under `data/raw`.

    `status` is the status of the statistics (accredited or not), `url` where the copy was read, `publisher_url`
    where the publisher keeps the original, `file_url` the address that gives these very bytes (what
    we put into a file of ours has none); `covers_from` and `covers_to` are the first and last day of its data. `layout`
    is that of a file as its publisher gave it (data/registers/layouts), none for a table in our own columns. `totals`
    are printed totals that its rows must add up to; `not_tied` says why there are fewer than three.
    """

    id: str
    dataset: Literal[
        "recorded_offences", "outcomes", "population", "published_figures", "claims", "foi_returns", "survey_answers"
    ]
    publisher: str
    title: str
    published: PartialDate
    retrieved: date
    url: str
    publisher_url: str | None = None
    file_url: Annotated[str, Field(pattern=r"^https?://[^\s/@]+/\S*$")] | None = None
    licence: str
    licence_url: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    kind: Kind
    layout: str | None = None
    covers_from: date | None = None
    covers_to: date | None = None
    status: str
    caveats: tuple[str, ...]
    totals: tuple[Total, ...] = ()
    not_tied: str | None = None
    file: str

    @model_validator(mode="after")
    def _has_totals_of_its_own(self) -> Source:
        if self.totals and self.dataset not in WITH_TOTALS:
            raise ValueError(f"only {', '.join(WITH_TOTALS)} are tied to totals")
        if any(bool(total.codes) == (self.dataset == "population") for total in self.totals):
            raise ValueError("totals of offences name their codes, and totals of residents name none")
        return self

    def read(self) -> bytes:
        """Return the bytes of the raw file.

        Raises
        ------
        SourceChanged
            If they are not the bytes that the entry describes.
        """
        data = self.path.read_bytes()
        found = hashlib.sha256(data).hexdigest()
        if found != self.sha256:
            raise SourceChanged(
                "a raw file is not the file its entry describes.",
                [("file", shown(self.path)), ("expected sha256", self.sha256), ("found sha256", found)],
                "Restore the file (git checkout), or add a new release in a folder of its own; never edit a raw file.",
            )
        return data

    @property
    def order(self) -> str:
        """The date by which releases are put in order: one known by its year alone stands at the end of that year."""
        return last_day(self.published)

    def holds_less_than(self, other: Source) -> bool:
        """Whether it covers a part of what another covers: one year of a table of many."""
        if not (self.covers_from and self.covers_to) or (self.covers_from, self.covers_to) == (
            other.covers_from,
            other.covers_to,
        ):
            return False
        return other.covers(self.covers_from, self.covers_to)

    def covers(self, first: date, last: date) -> bool:
        """Whether it says that it covers all from the first to the last day."""
        return bool(self.covers_from and self.covers_to and self.covers_from <= first and last <= self.covers_to)

    @property
    def path(self) -> Path:
        """Where the raw file lies."""
        return Path(self.file)

    @property
    def citation(self) -> str:
        """One line for a figure: publisher, title, date, licence, and the kind where it must be shown."""
        shown_kind = "" if self.kind in SILENT_KINDS else f" [{self.kind}]"
        return f"{self.publisher}, {self.title}, published {self.published} ({self.licence}){shown_kind}"


def load_sources(folder: Path) -> dict[str, Source]:
    """Return the entry of every raw file below `folder`, by id.

    Raises
    ------
    RegisterError
        If a raw file has no entry, or an entry no raw file.
    """
    sources = load_entries(folder)
    for source in sources.values():
        _must_exist(source.path, beside=_entry_of(source.path), fetch=source.id if source.file_url else None)
    for raw in sorted(folder.rglob("*")):
        if raw.is_file() and raw.suffix != ".yml":
            _must_exist(_entry_of(raw), beside=raw)
    return sources


def load_entries(folder: Path) -> dict[str, Source]:
    """Return every entry below `folder`, by id, whether its raw file is there or not."""
    sources: dict[str, Source] = {}
    for path in sorted(folder.rglob("*.yml")):
        fields = {**read_mapping(path), "file": str(path.with_suffix(""))}
        source = entry(Source, fields, file=path, name=fields.get("id", path.name))
        unique([(known.id, known.file) for known in [*sources.values(), source]], file=path, what="id")
        sources[source.id] = source
    return sources


def _entry_of(raw: Path) -> Path:
    return raw.with_name(f"{raw.name}.yml")


def _must_exist(wanted: Path, *, beside: Path, fetch: str | None = None) -> None:
    if not wanted.is_file():
        raise RegisterError(
            "a raw file and its entry belong side by side.",
            [("file", shown(beside)), ("missing", shown(wanted))],
            f"Download it: stats release fetch {fetch}"
            if fetch
            else "Add the missing one; an entry names publisher, title, dates, url, licence and sha256.",
        )
