import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from stats.cli import cli
from stats.errors import CheckFailed, NotToHand, SourceChanged
from stats.home import home
from stats.read.made import RECORD, must_be_as_made
from stats.read.tidy import read_tidy

RAW = "raw/home-office/2026-04-23/outcomes_2024_25_recorded_basis.csv"


@pytest.fixture
def built(broken):
    """A copy of the data, its tidy tables included."""
    shutil.copytree(home() / "data" / "tidy", broken.root / "data" / "tidy")
    return broken


def edit(built, old: str = "Lincolnshire,", new: str = "Lincolnshire, ") -> None:
    """Change one cell of the outcomes by hand."""
    built.damage("tidy/outcomes.csv", old, new)


def test_tables_as_made_pass(registers):
    """Every committed table is on record as made from the raw files that are here."""
    kept = [name for name, table in registers.tables.items() if table.is_kept]
    assert must_be_as_made(kept, registers) is None


def test_a_table_edited_by_hand_is_not_read(built):
    """One changed cell stops, names the file and says what to run; other tables can still be read."""
    edit(built)
    registers = built.load()
    with pytest.raises(CheckFailed, match=r"(?s)the table outcomes was changed after it was made.*Run: make data"):
        read_tidy("outcomes", registers)
    assert len(read_tidy("population", registers))


def test_a_changed_raw_file_is_seen_by_who_reads_its_table(built):
    """A raw file that is not the one its entry describes stops what is made from it."""
    built.damage(RAW, "Lincolnshire", "Lincolnshire ")
    with pytest.raises(SourceChanged, match=r"outcomes_2024_25_recorded_basis\.csv"):
        read_tidy("outcomes", built.load())


def test_a_raw_file_changed_with_its_entry_is_seen(built, registers):
    """A table made from an earlier edition of a raw file is not the table of this one."""
    record = built.root / "data" / "tidy" / RECORD
    told = json.loads(record.read_text("utf-8"))
    told["outcomes"]["sources"]["home_office_outcomes_2024_25"] = "0" * 64
    record.write_text(json.dumps(told), "utf-8")
    with pytest.raises(CheckFailed, match=r"(?s)made from other raw files.*home_office_outcomes_2024_25.*make data"):
        read_tidy("outcomes", built.load())


def test_without_a_record_nothing_is_read(built):
    """A table that nobody can tell the making of is not to hand."""
    (built.root / "data" / "tidy" / RECORD).unlink()
    with pytest.raises(NotToHand, match=r"(?s)nothing tells how the table outcomes was made.*Run: make data"):
        read_tidy("outcomes", built.load())


def test_a_record_that_is_no_json_is_named(built):
    """A damaged record stops with its file."""
    built.damage(f"tidy/{RECORD}", "{", "")
    with pytest.raises(CheckFailed, match=r"(?s)record of how the tables were made cannot be read.*made\.json"):
        read_tidy("outcomes", built.load())


@pytest.mark.parametrize(
    "words", [["figure", "charge_share", "area=Lincs"], ["run", "lincolnshire"], ["run"], ["notebooks"]]
)
def test_no_command_publishes_a_hand_edited_table(built, words, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The commands that README names stop before anything runs, with the mend and no traceback."""
    shutil.copytree(home() / "notebooks", built.root / "notebooks", copy_function=os.symlink)
    monkeypatch.setenv("STATS_HOME", str(built.root))
    edit(built)
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 5
    assert "the table outcomes was changed after it was made from the raw files" in result.stderr
    assert "Run: make data" in result.stderr
    assert isinstance(result.exception, SystemExit)
    assert not list(built.root.rglob("*.svg"))


def test_a_changed_raw_file_stops_every_brief(built, monkeypatch: pytest.MonkeyPatch):
    """`stats run` makes no brief while a raw file is not what it was."""
    shutil.copytree(home() / "notebooks", built.root / "notebooks", copy_function=os.symlink)
    monkeypatch.setenv("STATS_HOME", str(built.root))
    built.damage(RAW, "Lincolnshire", "Lincolnshire ")
    result = CliRunner().invoke(cli, ["run"])
    assert result.exit_code == 5
    assert "a raw file is not the file its entry describes" in result.stderr
