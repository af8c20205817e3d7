"""Codebooks of surveys: every code has a label, a sample a design, and no column names a person."""

from __future__ import annotations

import re

import pytest
import yaml
from made_surveys import BOOK, SAMPLE, book

from stats.errors import RegisterError
from stats.home import home
from stats.registers.codebooks import MOST_CODES, codebook_beside, load_codebook


def wrong(tmp_path, **changes) -> str:
    """What is said of a codebook that is wrong."""
    path = tmp_path / "answers.yml"
    path.write_text(yaml.safe_dump({**BOOK, **changes}), "utf-8")
    with pytest.raises(RegisterError) as stopped:
        load_codebook(path)
    return str(stopped.value)


def of(**variable) -> dict:
    """The variables of a codebook with one question."""
    return {"reported": {"question": "Did you?", "codes": {1: "yes", 2: "no"}, **variable}}


def test_codes_are_text_however_they_are_written() -> None:
    """1 and '1' are one code; a leading zero stays where it is quoted."""
    found = book(variables=of(codes={1: "yes", "02": "no"}))
    assert found.variables["reported"].codes == {"1": "yes", "02": "no"}


def test_columns_are_those_of_questions_design_and_record() -> None:
    """Every column that the file must have, and no other."""
    assert book(**SAMPLE, record="row").columns == ["row", "reported", "age", "weight", "area"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"basis": "sample"}, "a sample has a design"),
        ({"design": SAMPLE["design"]}, "a sample has a design"),
        ({"basis": "representative"}, "basis"),
        ({"basis": "sample", "design": {"weight": "w"}}, "source"),
        ({"asked_to": "2024-01-01"}, "asked_to comes before"),
        ({"population": None}, "population"),
        ({"variables": of(codes={1: "yes"})}, "codes"),
        ({"variables": of(codes={1: True, 2: False})}, "want quotes"),
        ({"variables": of(codes={1: "yes", 2: "yes"})}, "two codes have one label"),
        ({"variables": of(codes={1: "all", 2: "none"})}, "as totals are called"),
        ({"variables": of(missing={2: "refused"})}, "both an answer and missing"),
        ({"variables": of(missing={9: "blank"})}, "not asked"),
        ({"variables": of(codes={n: f"label {n}" for n in range(MOST_CODES + 1)})}, "at most 60"),
        ({"variables": {"home_postcode": of()["reported"]}}, "would hold a postcode"),
        ({"variables": {"comments": of()["reported"]}}, "would hold free text"),
        ({"record": "email"}, "would hold an e-mail address"),
        ({"record": "age"}, "a column is named twice"),
    ],
)
def test_a_codebook_that_does_not_agree_with_itself_is_refused(tmp_path, changes, words) -> None:
    """Each with the file and the field."""
    said = wrong(tmp_path, **changes)
    assert words in said
    assert "answers.yml" in said


def test_the_codebook_beside_a_file_is_found_and_an_entry_of_a_source_is_not_taken_for_one(tmp_path) -> None:
    """A raw file has a .yml beside it too."""
    path = tmp_path / "answers.csv"
    assert codebook_beside(path) is None
    (tmp_path / "answers.csv.yml").write_text("id: a_source\npublisher: Somebody\n", "utf-8")
    assert codebook_beside(path) is None
    (tmp_path / "answers.yml").write_text(yaml.safe_dump(BOOK), "utf-8")
    assert codebook_beside(path) == tmp_path / "answers.yml"


def test_the_codebook_that_the_page_shows_is_one(tmp_path) -> None:
    """Both of it: people who chose to answer, and a random sample."""
    open_book, design, *_ = re.findall(
        r"```yaml\n(.*?)```", (home() / "docs/foi_and_surveys.md").read_text("utf-8"), re.S
    )
    path = tmp_path / "answers.yml"
    path.write_text(open_book, "utf-8")
    assert load_codebook(path).basis == "self-selected"
    path.write_text(
        open_book.replace("basis: self-selected", "basis: sample").replace("design: none\n", design), "utf-8"
    )
    assert load_codebook(path).columns == [
        "reported", "age_group", "weight", "sector", "district", "sectors_in_district",
    ]  # fmt: skip
