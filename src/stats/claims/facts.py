"""What there is to judge a claim by: registers and tidy tables, as at a day; and one figure as evidence."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from stats import present
from stats.claims.wording import Reading
from stats.errors import StatsError
from stats.period import Period
from stats.registers import Registers
from stats.registers.claims import Claim, Document
from stats.registers.findings import Finding
from stats.registers.sources import last_day

RECORDED, OUTCOMES = "recorded_offences", "outcomes"

Found = TypeVar("Found")


@dataclass(frozen=True)
class Evidence:
    """One figure or event that a claim is set beside.

    Parameters
    ----------
    text : str
        As a reader meets it: '1,383', '5%', 'more than 5,000'.
    reading : Reading
        What the figure may be before it was rounded.
    measure, area, period, base : str
    publisher, title, published, url : str
        Who says so; `published` is a date as far as it is known, empty where it is not.
    release : str
        The source it was read from: the id of an entry of data/raw, or of a finding.
    kind : str
        'official-mirror', 'reported', 'finding' ...
    numerator_n, base_n : int, optional
    figure : str
        The id of a published figure; empty for what is computed from the tidy tables.
    """

    text: str
    reading: Reading
    measure: str
    area: str
    period: str
    base: str
    publisher: str
    title: str
    published: str
    url: str
    release: str
    kind: str
    numerator_n: int | None = None
    base_n: int | None = None
    figure: str = ""
    is_exact: bool = True

    @property
    def is_computed(self) -> bool:
        """Whether it is counted here, from the tidy tables."""
        return self.kind.startswith("official-") and not self.figure

    @property
    def counts(self) -> str:
        """The counts behind a share, where they are known: '5,948 of 118,411'."""
        known = self.numerator_n is not None and self.base_n is not None
        return f"{present.count(self.numerator_n or 0)} of {present.count(self.base_n or 0)}" if known else ""

    @property
    def cited(self) -> str:
        """Who says so and when: 'Plaid Cymru, 2017-05'."""
        return ", ".join(filter(None, [self.publisher, self.published]))

    def as_record(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "value": self.text, "counts": self.counts, "measure": self.measure, "area": self.area,
            "period": self.period, "base": self.base, "publisher": self.publisher, "title": self.title,
            "published": self.published, "url": self.url, "release": self.release, "kind": self.kind,
            "figure": self.figure,
        }  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """Registers and tidy tables, as far as they were out on a day.

    Parameters
    ----------
    registers : Registers
    offences, outcomes, published : DataFrame
        Tidy recorded offences, outcomes and published figures.
    day : str, optional
        An ISO date, as far as it is given: figures published after it are not known yet.
    population : DataFrame, optional
        Tidy mid-year populations; without them no rate is computed.

    Nothing in it changes, so what was found once holds as long as it does: see `once`. Those of another day, and any
    other copy, begin with nothing found.
    """

    registers: Registers
    offences: pd.DataFrame
    outcomes: pd.DataFrame
    published: pd.DataFrame
    day: str | None = None
    population: pd.DataFrame | None = None
    _found: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """Return what was found under a key before, or find it now; what stops is asked again."""
        if key not in self._found:
            self._found[key] = find()
        found: Found = self._found[key]
        return found

    def as_at(self, day: str) -> Facts:
        """Return what was known on a day, which may be a date or the id of a release of recorded offences."""
        return self.once(("as at", day), lambda: self._as_at(day))

    def _as_at(self, day: str) -> Facts:
        registers = self.registers.as_at(day, RECORDED)
        assert registers.asked_as_at is not None
        return replace(self, registers=registers, day=registers.asked_as_at.day)

    def only(self, names: tuple[str, ...]) -> Facts:
        """Return the same with these published figures and no other."""
        return self.once(("only", names), lambda: self._only(names))

    def _only(self, names: tuple[str, ...]) -> Facts:
        found = replace(self)
        found.__dict__["figures"] = tuple(row for row in self.figures if row["figure_id"] in names)
        return found

    def document_of(self, claim: Claim) -> Document:
        """Return the document that makes a claim."""
        return self.registers.document_of(claim.id)

    @cached_property
    def figures(self) -> tuple[dict[str, Any], ...]:
        """The published figures that were out; one without a date was out when we had read it."""
        return tuple(self._figures())

    def _figures(self) -> Iterator[dict[str, Any]]:
        table = self.published[self.published["measure"].notna()]
        for row in table.to_dict("records"):
            source = self.registers.sources[row["source_id"]]
            printed = source.retrieved.isoformat() if pd.isna(row["published"]) else last_day(row["published"])
            if self.day is None or printed <= self.day:
                yield {str(name): None if pd.isna(value) else value for name, value in row.items()}

    def figures_of(self, area_code: str, period: Period) -> tuple[dict[str, Any], ...]:
        """Return the published figures of an area and period; one without dates must name the period in its words."""
        return self.once(
            ("figures", area_code, period),
            lambda: tuple(r for r in self.figures if r["area_code"] == area_code and _is_of_period(r, period)),
        )

    def findings(self, claim: Claim) -> list[Finding]:
        """Return what the register of findings holds on a claim and was out."""
        found = [f for f in self.registers.findings.values() if claim.id in f.claims]
        return [f for f in found if self.day is None or not f.published or last_day(f.published) <= self.day]

    def newest_day(self) -> str | None:
        """Return the day of the newest release of recorded offences that was out, if one was."""
        try:
            return self.registers.newest(RECORDED).order
        except StatsError:
            return None


def _is_of_period(row: dict[str, Any], period: Period) -> bool:
    start, end = row["period_start"], row["period_end"]
    if start is None:
        return period.label in row["period_words"]
    return end is not None and (start.date(), end.date()) == (period.start, period.end)
