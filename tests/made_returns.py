"""Small made FOI returns, for the tests that read and sum them."""

from __future__ import annotations

from pathlib import Path

from stats.read.foi import HEADER
from stats.read.opening import Sheet, Workbook

QUESTION = "Orders applied for"
ROW = {
    "question": QUESTION, "period_from": "2024-04-01", "period_to": "2025-03-31", "value": "10", "unit": "orders",
    "definition": "as asked", "status": "answered", "url": "https://www.example.org/foi/1",
    "rights": "Open Government Licence v3.0", "received": "2025-05-02",
}  # fmt: skip
SILENT = {"value": None, "unit": None, "definition": None, "url": "by e-mail, FOI 1", "rights": None}


def answer(force: str, **changes: str | None) -> dict[str, str | None]:
    """A row of the template in which a force gave a number."""
    return {**ROW, "force": force, **changes}


def silent(force: str, status: str, **changes: str | None) -> dict[str, str | None]:
    """A row of the template in which a force gave none."""
    return {**ROW, **SILENT, "force": force, "status": status, **changes}


def returns(*rows: dict[str, str | None], header: tuple[str, ...] = HEADER) -> Workbook:
    """A file of returns that was opened."""
    cells = [list(header), *([row.get(name) for name in header] for row in rows)]
    return Workbook(Path("returns.csv"), "csv", (Sheet("", cells),))
