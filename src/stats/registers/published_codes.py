"""Codes that publishers print and our own registers do not count: English regions, and every offence code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from pydantic import field_validator

from stats.period import Period
from stats.registers.entries import Entry, entry, read_csv, unique

_YEAR = re.compile(r"(?:19|20)\d\d/\d\d")


class Region(Entry):
    """One English region and the codes of its forces; it may share its name with a force, never its code."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()

    @field_validator("aliases", "forces", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(value.split("; ")) if isinstance(value, str) else value or ()


class OffenceCode(Entry):
    """One offence code of the Home Office counting rules, with the name it is printed under, and others it was.

    `first_year` and `last_year` are the financial years (2014/15) in which the recorded crime open data (April 2012 to
    December 2025) or appendix table A4 (to September 2022) first and last count it; empty is no such bound.
    """

    code: str
    name: str
    first_year: str | None = None
    last_year: str | None = None
    also_named: tuple[str, ...] = ()

    @field_validator("also_named", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(value.split("; ")) if isinstance(value, str) else value or ()

    @field_validator("first_year", "last_year", mode="before")
    @classmethod
    def _is_a_financial_year(cls, value: object) -> object:
        if value and not (isinstance(value, str) and _YEAR.fullmatch(value)):
            raise ValueError("must be a financial year such as 2014/15")
        return value or None

    def was_used(self, period: Period) -> bool:
        """Whether the code was in use in any part of a period."""
        first, last = (_year(day) for day in (period.start, period.end))
        return (self.first_year or "") <= last and first <= (self.last_year or "9999/00")


def _year(day: date) -> str:
    year = day.year - (day.month < 4)
    return f"{year}/{(year + 1) % 100:02d}"


def fold_offence(name: str) -> str:
    """Return the name of an offence without what spellings differ in: case, signs, and whether it has outcomes only.

    Examples
    --------
    >>> [fold_offence(name) for name in ("Burglary - Residential", "Libel (outcomes only)", "Harassment5,6 [note 3]")]
    ['burglary residential', 'libel', 'harassment']
    >>> fold_offence("Sexual activity involving a child under 13")
    'sexual activity involving a child under 13'
    """
    words = re.sub(r"\[\s*notes?\b[^\]]*\]?|\boutcomes? only\b", " ", name.casefold().strip())
    words = re.sub(r"(?<=[a-z)])(?:\d{1,2}(?:\s*,\s*\d{1,2})*|[¹²³⁰-⁹*†‡]+)\s*$", "", words.rstrip())
    return " ".join(re.findall(r"[a-z0-9]+", words.replace("&", " and ")))


@dataclass(frozen=True)
class PublishedCodes:
    """Regions and offence codes, each by its code."""

    regions: dict[str, Region]
    offences: dict[str, OffenceCode]

    @cached_property
    def codes_named(self) -> dict[str, set[str]]:
        """The codes that are printed under a folded name: the first class of 2004 and that after it may share one."""
        named: dict[str, set[str]] = {}
        for code, offence in self.offences.items():
            for name in (offence.name, *offence.also_named):
                named.setdefault(fold_offence(name), set()).add(code)
        return named


def load_published_codes(folder: Path) -> PublishedCodes:
    """Return the regions and offence codes registered in `folder`."""
    regions, offences = folder / "regions.csv", folder / "offence_codes.csv"
    rows = [entry(Region, row, file=regions, name=row["code"]) for row in read_csv(regions, Region)]
    unique(((r.code, i) for i, r in enumerate(rows)), file=regions, what="code")
    codes = [entry(OffenceCode, row, file=offences, name=row["code"]) for row in read_csv(offences, OffenceCode)]
    unique(((c.code, i) for i, c in enumerate(codes)), file=offences, what="code")
    return PublishedCodes({row.code: row for row in rows}, {code.code: code for code in codes})
