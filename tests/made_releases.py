"""A made release of recorded crime in the layout of the Home Office: our own raw file with a few cells changed."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from made_tables import GROUP, RECORDED, write_csv

from stats.run.release_entry import Told

ROOT = Path(__file__).parents[1]
RAW = "data/raw/home-office/2026-04-23/recorded_offences.csv"
ADDRESS = "https://www.gov.uk/government/statistics/made-for-a-test"
TOTALS = (
    "England and Wales, stalking, 2015/16 = 4,292",
    "England and Wales, stalking, 2018/19 = 20,093",
    "England and Wales, stalking, 2022/23 = 117,177",
)
"""Totals of a release in which none of these years is revised."""

TOLD = Told(date(2026, 7, 24), published="2026-07-23", url=ADDRESS, totals=TOTALS)
NEW = "data/raw/home-office/2026-07-23/release.csv"

NAMES = {
    "8L": "Harassment", "8M": "Racially or religiously aggravated harassment", "8Q": "Stalking",
    "8R": "Malicious Communications", "8U": "Controlling or coercive behaviour",
}  # fmt: skip
REVISED = {
    ("Kent", "2016-10-01", "8Q"): "+2",
    ("Kent", "2016-10-01", "8M"): "-2",
    ("Lincolnshire", "2025-01-01", "8Q"): "408",
}
"""Two quarters revised: one count goes below zero, as a correction does. '+2' is two more than before."""


def made_rows(
    revised: Mapping[tuple[str, str, str], str] = REVISED, *, year: int | None = None, is_longer: bool = True
) -> list[list[str]]:
    """Every row of our raw file as the Home Office prints it; with one quarter more, or of one financial year only."""
    rows = []
    with (ROOT / RAW).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            start = date.fromisoformat(row["quarter_start"])
            at = (row["force_name"], row["quarter_start"], row["offence_code"])
            number = revised.get(at, row["offences"])
            number = str(int(row["offences"]) + int(number[1:])) if number.startswith("+") else number
            first = start.year - (start.month < 4)
            quarter = (start.month - 4) % 12 // 3 + 1
            if year in (None, first):
                rows.append(_row(first, quarter, row["force_name"], row["offence_code"], number))
            if start == date(2025, 10, 1) and is_longer and year is None:
                rows.append(_row(2025, 4, row["force_name"], row["offence_code"], row["offences"]))
    return [RECORDED, *rows]


def _row(first: int, quarter: int, force: str, code: str, number: str) -> list[str]:
    return [f"{first}/{(first + 1) % 100:02d}", str(quarter), force, NAMES[code], *GROUP, code, number]


def made_file(folder: Path, rows: list[list[str]], name: str = "release.csv") -> Path:
    """Write rows as a file that was downloaded."""
    folder.mkdir(parents=True, exist_ok=True)
    return write_csv(folder / name, rows)


def house_of(folder: Path) -> Path:
    """Return a copy of the data of the repository, without briefs, and its page of claims."""
    for name in ("data/raw", "data/registers", "data/claims", "data/tidy"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "claims.md", folder / "docs")
    (folder / "notebooks" / "briefs").mkdir(parents=True)
    return folder


def tree(root: Path) -> dict[str, str]:
    """Return the hash of every file of a repository, what is built apart."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and "build" not in path.parts)
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
