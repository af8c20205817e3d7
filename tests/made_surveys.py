"""Small made surveys, for the tests that read and tabulate them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stats.clean.survey import Survey, clean_survey
from stats.read.opening import Sheet, Workbook
from stats.read.survey import read_survey
from stats.registers.codebooks import Codebook

BOOK: dict[str, Any] = {
    "title": "A made survey",
    "population": "people aged 16 and over",
    "mode": "online",
    "asked_from": "2025-01-06",
    "asked_to": "2025-02-28",
    "basis": "self-selected",
    "design": "none",
    "variables": {
        "reported": {
            "question": "Did you report it?", "codes": {1: "yes", 2: "no"}, "missing": {8: "don't know", 9: "refused"},
        },
        "age": {"question": "How old are you?", "codes": {1: "under 40", 2: "40 and over"}},
    },
}  # fmt: skip
SAMPLE = {"basis": "sample", "design": {"source": "made for a test", "weight": "weight", "psu": "area"}}


def book(**changes: Any) -> Codebook:
    """The codebook above, changed."""
    return Codebook.model_validate({**BOOK, **changes})


def answers(header: list[str], rows: list[list[Any]]) -> Workbook:
    """A file of answers that was opened."""
    return Workbook(Path("answers.csv"), "csv", (Sheet("", [header, *rows]),))


def survey(counts: dict[tuple[str, str], int], **changes: Any) -> Survey:
    """A survey in which so many people gave each pair of codes (reported, age)."""
    rows = [list(pair) for pair, n in counts.items() for _ in range(n)]
    return clean_survey(read_survey(answers(["reported", "age"], rows)), book(**changes), "made")


def sampled(counts: dict[tuple[str, str], int]) -> Survey:
    """The same as a random sample of people of weight 1, each an area of their own."""
    return survey(counts, basis="sample", design={"source": "made for a test"})
