"""What stands in a folder that somebody asked for is replaced only if we wrote it and nobody changed it since."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from stats.cli import cli
from stats.errors import UsageMistake
from stats.run import written_files
from stats.run.written_files import RECORD, write_ours


def test_what_we_wrote_is_replaced(tmp_path: Path) -> None:
    """As often as it is made anew; a file of the same bytes is no loss, whoever wrote it."""
    place = tmp_path / "docs" / "a.html"
    for data in (b"one", b"two", b"two", b"one"):
        assert write_ours({place: data}, tmp_path, is_own_folder=False) == [place]
        assert place.read_bytes() == data
    assert len((tmp_path / RECORD).read_text().split()) == 2
    (tmp_path / RECORD).unlink()
    assert write_ours({place: b"one"}, tmp_path, is_own_folder=False)


def test_a_file_of_somebodys_own_is_never_replaced(tmp_path: Path) -> None:
    """Neither one that we never wrote, nor one that was edited since; it is named, and nothing is written."""
    mine, other = tmp_path / "a.html", tmp_path / "a.docx"
    mine.write_bytes(b"mine")
    with pytest.raises(UsageMistake, match=r"(?s)file: +a.html\n.*give another folder.*Nothing was written"):
        write_ours({other: b"made", mine: b"made"}, tmp_path, is_own_folder=False)
    assert (mine.read_bytes(), other.exists()) == (b"mine", False)
    mine.unlink()
    write_ours({mine: b"made"}, tmp_path, is_own_folder=False)
    mine.write_bytes(b"made, and edited")
    with pytest.raises(UsageMistake, match="changed since"):
        write_ours({mine: b"made anew"}, tmp_path, is_own_folder=False)
    assert mine.read_bytes() == b"made, and edited"


@pytest.mark.parametrize("kind", ["folder", "link", "broken link"])
def test_what_is_no_file_is_never_replaced(tmp_path: Path, kind: str) -> None:
    """A link to what we wrote is somebody's too."""
    place, ours = tmp_path / "a.html", tmp_path / "b.html"
    write_ours({ours: b"made"}, tmp_path, is_own_folder=False)
    place.mkdir() if kind == "folder" else place.symlink_to(ours if kind == "link" else tmp_path / "gone")
    with pytest.raises(UsageMistake, match=r"a\.html"):
        write_ours({place: b"anew"}, tmp_path, is_own_folder=False)
    assert ours.read_bytes() == b"made"


def test_in_build_everything_is_ours(tmp_path: Path) -> None:
    """Nobody keeps anything there."""
    place = tmp_path / "build" / "documents" / "a" / "a.html"
    write_ours({place: b"one"}, tmp_path, is_own_folder=True)
    place.write_bytes(b"edited")
    write_ours({place: b"two"}, tmp_path, is_own_folder=True)
    assert place.read_bytes() == b"two"


def test_where_nothing_can_be_remembered_what_was_written_is_taken_for_somebodys_own(tmp_path: Path) -> None:
    """The file is written all the same, and not replaced later: nobody can tell whether it was changed."""
    (tmp_path / "build").write_bytes(b"a file in the way of the folder")
    place = tmp_path / "a.html"
    write_ours({place: b"one"}, tmp_path, is_own_folder=False)
    with pytest.raises(UsageMistake):
        write_ours({place: b"two"}, tmp_path, is_own_folder=False)


def test_the_command_refuses_to_write_over_a_file_of_somebodys_own(monkeypatch, tmp_path: Path) -> None:
    """With an error that names it; what the command wrote itself it replaces."""
    monkeypatch.setattr(written_files, "RECORD", tmp_path / "written.sha256")
    words = ["document", "briefing", "--format", "html", "--out", str(tmp_path)]
    page = tmp_path / "briefing.html"
    page.write_text("mine", "utf-8")
    refused = CliRunner().invoke(cli, words)
    assert (refused.exit_code, page.read_text("utf-8")) == (2, "mine")
    assert "briefing.html" in refused.output
    page.unlink()
    assert CliRunner().invoke(cli, words).exit_code == CliRunner().invoke(cli, words).exit_code == 0
