"""Codes that publishers print and our own registers do not count: English regions, and every offence code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import field_validator

from stats.registers.entries import Entry, entry, read_csv, unique


class Region(Entry):
    """One English region; it may share its name with a force, never its code."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()

    @field_validator("aliases", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(value.split("; ")) if isinstance(value, str) else value or ()


class OffenceCode(Entry):
    """One offence code of the Home Office counting rules, with the name it was last printed under."""

    code: str
    name: str


@dataclass(frozen=True)
class PublishedCodes:
    """Regions and offence codes, each by its code."""

    regions: dict[str, Region]
    offences: dict[str, OffenceCode]


def load_published_codes(folder: Path) -> PublishedCodes:
    """Return the regions and offence codes registered in `folder`."""
    regions, offences = folder / "regions.csv", folder / "offence_codes.csv"
    rows = [entry(Region, row, file=regions, name=row["code"]) for row in read_csv(regions, Region)]
    unique(((r.code, i) for i, r in enumerate(rows)), file=regions, what="code")
    codes = [entry(OffenceCode, row, file=offences, name=row["code"]) for row in read_csv(offences, OffenceCode)]
    unique(((c.code, i) for i, c in enumerate(codes)), file=offences, what="code")
    return PublishedCodes({row.code: row for row in rows}, {code.code: code for code in codes})
