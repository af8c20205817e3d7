"""`stats data` on damaged copies: every error names the file, the line as an editor counts it, and the mend."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from stats.cli import cli
from stats.errors import NotToHand
from stats.run.data import outcomes

RAW = "raw/home-office/2026-04-23/outcomes_2024_25_recorded_basis.csv"
RECORDED = "raw/home-office/2026-04-23/recorded_offences.csv"


@pytest.fixture
def data(broken, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Result]:
    """Run `stats data` on the copy."""

    def run() -> Result:
        monkeypatch.setenv("STATS_HOME", str(broken.root))
        result = CliRunner().invoke(cli, ["data"])
        assert isinstance(result.exception, SystemExit), result.exception
        assert result.exit_code == 5
        assert not (broken.root / "data" / "tidy").exists()
        return result

    return run


def edit_raw(broken, file: str, change: Callable[[list[str]], list[str]]) -> None:
    """Change the lines of a raw file, and put its new hash into its entry."""
    lines = (broken.root / "data" / file).read_text("utf-8").splitlines()
    text = "\n".join(change(lines)) + "\n"
    broken.write(file, text)
    entry = (broken.root / "data" / f"{file}.yml").read_text("utf-8")
    sha = hashlib.sha256(text.encode()).hexdigest()
    broken.write(f"{file}.yml", re.sub(r"sha256: \w+", f"sha256: {sha}", entry))


def said(result: Result, label: str) -> str:
    """Return what an error says under a label."""
    found = re.search(rf"^  {re.escape(label)}:\s+(.*)$", result.stderr, re.M)
    assert found, result.stderr
    return found[1]


def test_a_note_under_the_table_names_file_and_line(broken, data):
    """A trailing note with as many cells as the table is no area, and its line is that of the file."""
    note = "Source: Home Office" + "," * 6
    edit_raw(broken, RAW, lambda lines: [*lines, note])
    result = data()
    assert "a row has no area name" in result.stderr
    assert said(result, "file") == f"data/{RAW}"
    line = int(said(result, "line"))
    assert (broken.root / "data" / RAW).read_text("utf-8").splitlines()[line - 1] == note
    assert "A note under the table" in result.stderr


def test_a_cell_that_is_no_number_names_file_and_line(broken, data):
    """'N/A' in the first row of the table stands on line 2."""
    edit_raw(broken, RAW, lambda lines: [lines[0], lines[1].rsplit(",", 1)[0] + ",N/A", *lines[2:]])
    result = data()
    assert "a value of 'offences' is not a whole number" in result.stderr
    assert said(result, "file") == f"data/{RAW}"
    assert said(result, "line 2") == "'N/A'"


def test_a_code_beside_another_name_names_file_and_line(broken, data):
    """A slipped row is shown with its line."""
    edit_raw(broken, RECORDED, lambda lines: [*lines[:9], re.sub(r"^E23\d+", "E23000032", lines[9]), *lines[10:]])
    result = data()
    assert "two different areas" in result.stderr
    assert said(result, "file") == f"data/{RECORDED}"
    assert said(result, "line") == "10"


def test_an_unknown_force_names_file_and_line(broken, data):
    """A name that is no area is shown with its line."""
    edit_raw(
        broken, RECORDED, lambda lines: [*lines[:9], lines[9].replace(lines[9].split(",")[1], "Narnia"), *lines[10:]]
    )
    result = data()
    assert "'Narnia' is not an area" in result.stderr
    assert (said(result, "file"), said(result, "line")) == (f"data/{RECORDED}", "10")


NAME, ENTRY = "Correct the name", "Mend the entry"
DAMAGED = [
    ("registers/columns.yml", "    mid_year: {", "    mid_yaer: {", "population", NAME),
    ("registers/columns.yml", "    outcome_type_code: {", "    outcome_typ_code: {", "outcomes", NAME),
    ("registers/columns.yml", "    figure_id: {", "    figur_id: {", "published_figures", NAME),
    ("registers/columns.yml", "    printed_n: {", "    print_n: {", "tie_out", NAME),
    ("registers/columns.yml", "  dataset: population\n", "  dataset: populations\n", "population", ENTRY),
    ("registers/columns.yml", "residents, low: 5000", "residents, lo: 5000", "population", ENTRY),
    ("claims/article_003.yml", "- thornberry-charged-2021-22", "- thornbury-charged", "C003-01", NAME),
    ("registers/ladders.yml", "figure: lords-survey-victims-2019-20", "figure: lord", "stalking-2019-20", NAME),
    ("registers/totals.yml", "printed: 118411", "printed: 118412", "stalking-2021-22-early", "Correct the number"),
    ("registers/totals.yml", "printed: 2885", "printed: 2985", "stalking-2014-15-release-2026", "Find out why"),
    ("claims/article_003.yml", 'words: "5%"', 'words: "6%"', "C003-01", ENTRY),
    ("registers/breaks.yml", "[8L, 8M, 8Q]", "[8L, 8N, 8Q]", "2018-04-course-of-conduct", NAME),
    ("registers/areas.csv", "Kent,force", "Kent,county", "Kent", ENTRY),
]


@pytest.mark.parametrize(("file", "old", "new", "entry", "mend"), DAMAGED)
def test_a_damaged_register_names_file_line_and_entry(broken, data, file, old, new, entry, mend):
    """Whatever is wrong in an entry, its line is within that entry, and the mend is told."""
    broken.damage(file, old, new)
    lines = (broken.root / "data" / file).read_text("utf-8").splitlines()
    result = data()
    assert said(result, "file") == f"data/{file}"
    assert said(result, "entry") == entry
    line = lines[int(said(result, "line")) - 1]
    assert new.strip() in line or entry in line
    assert mend in result.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "wrong"),
    [
        ("registers/columns.yml", "\npopulation:\n", "\npopulations:\n", "has no table 'population'"),
        ("claims/article_003.yml", "claims:\n  - id: C003-01", "claims: none\nothers:\n  - id: C003-01", "are no list"),
    ],
)
def test_a_register_without_what_is_needed_names_the_file(broken, data, file, old, new, wrong):
    """A table or a list that is not there stops with its file, and not with a KeyError."""
    broken.damage(file, old, new)
    result = data()
    assert said(result, "file") == f"data/{file}"
    assert wrong in result.stderr


def test_a_register_in_another_encoding_names_the_file(broken, data):
    """A register saved by a spreadsheet in another encoding is no text in UTF-8."""
    path = broken.root / "data" / "registers" / "areas.csv"
    text = path.read_bytes().replace(b"Kent", "Kênt".encode("latin-1"))
    path.unlink()
    path.write_bytes(text)
    result = data()
    assert said(result, "file") == "data/registers/areas.csv"
    assert "comma-separated text in UTF-8" in result.stderr


def test_a_dataset_without_a_raw_file_is_not_to_hand(broken):
    """Where the raw file and its entry are both gone, that is said, and nothing is made."""
    broken.remove(RAW).remove(f"{RAW}.yml")
    with pytest.raises(NotToHand, match=r"(?s)no raw file of outcomes is to hand.*data/raw.*Restore"):
        outcomes(broken.load())
