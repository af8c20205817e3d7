"""What a person must tell of a released file, and the entry that it and the file make."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from stats.errors import UsageMistake, counted
from stats.period import Period
from stats.registers import Registers, Source
from stats.registers.entries import entry
from stats.run.official import as_ours
from stats.run.release_given import SHORT, Given

FLAGS = {
    "published": ("--published YYYY-MM-DD", "the day it was published; a year alone if no more is known"),
    "url": ("--url ADDRESS", "the address it was downloaded from"),
    "status": ("--status WORDS", "the status of the statistics, such as: official statistics, not accredited"),
    "licence": ("--licence WORDS", "the licence it is published under"),
    "licence_url": ("--licence-url ADDRESS", "where the licence stands"),
    "mid_year": ("--mid-year YYYY", "the year of the population"),
}
"""What a file may not tell: the flag that gives it, and its meaning."""

Ask = Callable[[str, str], str]
"""Asks a person for one thing: its name and meaning."""


@dataclass(frozen=True)
class Told:
    """What a person tells of a file; None is what they do not."""

    retrieved: date
    published: str | None = None
    url: str | None = None
    title: str | None = None
    licence: str | None = None
    licence_url: str | None = None
    status: str | None = None
    mid_year: str | None = None
    id: str | None = None
    kind: str = "official-copy"
    caveats: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    totals_from: str | None = None
    not_tied: str | None = None


def asked(told: Told, found: Given, registers: Registers, ask: Ask | None) -> Told:
    """Return what is told of a file with what is missing asked for, or stop and list it.

    What a publisher says of every release of a dataset (status, licence) is taken from the newest one here.

    Raises
    ------
    UsageMistake
        Naming every flag that is missing, or one that cannot be.
    """
    told = _with_what_is_known(told, found, registers)
    lost = [name for name in FLAGS if getattr(told, name) is None and (name != "mid_year" or _is_timeless(found))]
    if lost and ask is None:
        raise UsageMistake(
            "the file does not tell all that its entry must say.",
            [("file", found.path.name), *(FLAGS[name] for name in lost)],
            "Give these flags as well. Nothing was stored.",
        )
    if ask is not None:
        answers: dict[str, Any] = {name: ask(name.replace("_", " "), FLAGS[name][1]) for name in lost}
        told = replace(told, **answers)
    _must_be_dates(told)
    return told


def entry_of(found: Given, told: Told, registers: Registers, root: Path) -> tuple[Source, dict[str, Any]]:
    """Return the entry of a file as a source, and its fields as they are written.

    Raises
    ------
    CheckFailed
        If nothing in the file is ours.
    RegisterError
        If the entry does not fit its model.
    """
    like, dataset = _like(found, registers), found.layout.dataset
    published = str(told.published)
    mid_year = date(int(told.mid_year), 6, 30) if told.mid_year else None
    ours = as_ours(found.table, dataset, registers, mid_year=mid_year)
    first, last = _span(ours)
    name = told.id or f"{_initials(found, registers)}_{SHORT[dataset]}_{published}".replace("-", "_")
    fields = {
        "id": name,
        "dataset": dataset,
        "publisher": found.layout.publisher,
        "title": told.title or f"{found.layout.title}, {_words(first, last)}",
        "published": published,
        "retrieved": told.retrieved,
        "url": told.url,
        "publisher_url": like.publisher_url if like and like.publisher_url != told.url else None,
        "licence": told.licence,
        "licence_url": told.licence_url,
        "sha256": found.sha256,
        "kind": told.kind,
        "layout": found.layout.id,
        "covers_from": first,
        "covers_to": last,
        "status": told.status,
        "caveats": [*told.caveats, *_to_know(found, ours)],
    }
    fields = {field: value for field, value in fields.items() if value is not None}
    path = root / "data" / "raw" / _folder(found, registers) / published / found.path.name
    return entry(Source, {**fields, "file": str(path)}, file=Path(f"{path}.yml"), name=name), fields


def _with_what_is_known(told: Told, found: Given, registers: Registers) -> Told:
    like = _like(found, registers)
    if found.published and told.published and not found.published.startswith(told.published):
        raise UsageMistake(
            "the file tells another day of publication.",
            [("file", found.published), ("--published", told.published)],
            "Leave the flag out, or look at the file. Nothing was stored.",
        )
    known: dict[str, Any] = {"published": found.published or told.published}
    if like:
        same = like.dataset == found.layout.dataset
        known |= {"licence": told.licence or like.licence, "licence_url": told.licence_url or like.licence_url}
        known |= {"status": told.status or (like.status if same else None)}
    return replace(told, **known)


def _like(found: Given, registers: Registers) -> Source | None:
    """The newest source of the same publisher, of the same dataset if there is one."""
    same = [s for s in registers.sources.values() if s.publisher == found.layout.publisher]
    return max(same, key=lambda s: (s.dataset == found.layout.dataset, s.order), default=None)


def _is_timeless(found: Given) -> bool:
    return found.layout.dataset == "population" and "mid_year" not in found.table


def _must_be_dates(told: Told) -> None:
    published = str(told.published)
    try:
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", published):
            raise ValueError
        day = date.fromisoformat(f"{published}-01-01"[:10] if len(published) < 10 else published)
    except ValueError:
        raise UsageMistake(
            "the day of publication is not a date.", [("--published", published)], "Write it like this: 2026-07-23"
        ) from None
    if day > told.retrieved:
        raise UsageMistake(
            "a file cannot be retrieved before it was published.",
            [("--published", published), ("--retrieved", told.retrieved)], "Correct one of them. Nothing was stored.",
        )  # fmt: skip
    if told.mid_year is not None and not re.fullmatch(r"(19|20)\d\d", told.mid_year):
        raise UsageMistake("this is not a year.", [("--mid-year", told.mid_year)], "Write it like this: 2024")
    if told.id is not None and not re.fullmatch(r"[a-z][a-z0-9_]*", told.id):
        raise UsageMistake(
            "this cannot be the name of a source.", [("--id", told.id)], "Use small letters, digits and _ only."
        )


def _span(ours: pd.DataFrame) -> tuple[date, date]:
    """The first and the last day of what is ours in a file."""
    if "mid_year" in ours:
        years = sorted({int(year) for year in ours["mid_year"]})
        return date(years[0], 6, 30), date(years[-1], 6, 30)
    return date.fromisoformat(ours["quarter_start"].min()), date.fromisoformat(ours["quarter_end"].max())


def _to_know(found: Given, ours: pd.DataFrame) -> list[str]:
    """What a reader of our rows must know: notes on coverage, and how many are missing or below zero."""
    notes = [words for label, words in found.reading.summary if label in ("note", "correction")]
    notes = [words for words in notes if not any(f"rows of {code} " in words for code in found.layout.summed)]
    numbers = pd.to_numeric(ours["population" if "population" in ours else "offences"])
    counts = {"not available in the file, which is not zero": numbers.isna().sum(),
              "below zero: corrections of earlier quarters, kept as printed": (numbers < 0).sum()}  # fmt: skip
    rows = counted(len(numbers), "row")
    return notes + [f"{n:,} of {rows} used here {'is' if n == 1 else 'are'} {said}" for said, n in counts.items() if n]


def _words(first: date, last: date) -> str:
    if (first.month, first.day) == (6, 30):
        return f"mid-{first.year}" if first == last else f"mid-{first.year} to mid-{last.year}"
    return Period(first, last).label


def _folder(found: Given, registers: Registers) -> str:
    """The folder of a publisher: that of its other files."""
    others = sorted(s.path.parents[1].name for s in registers.sources.values() if s.publisher == found.layout.publisher)
    return others[0] if others else re.sub(r"[^a-z0-9]+", "-", found.layout.publisher.lower()).strip("-")


def _initials(found: Given, registers: Registers) -> str:
    return _folder(found, registers).replace("-", "_")
