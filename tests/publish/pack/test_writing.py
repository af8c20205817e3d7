"""A pack is written whole or not at all, and the same bytes each time."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
from made_packs import files

from stats.errors import UsageMistake
from stats.publish.pack import verify, writing
from stats.publish.pack.writing import write_pack, zip_of


def tree(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*") if p.is_file()
    }  # fmt: skip


def test_folder_and_zip_hold_the_same_files_and_are_the_same_bytes_each_time(tmp_path):
    """Wherever and whenever it is written."""
    one = write_pack(files(), tmp_path / "here" / "sample")
    other = write_pack(files(), tmp_path / "there" / "sample")
    assert one[1].read_bytes() == other[1].read_bytes()
    assert tree(one[0]) == tree(other[0])
    with zipfile.ZipFile(one[1]) as pack:
        assert {m.date_time for m in pack.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {m.compress_type for m in pack.infolist()} == {zipfile.ZIP_STORED}
        assert [m.filename for m in pack.infolist()] == [f"sample/{name}" for name in sorted(files())]
    assert verify.from_zip(str(one[1])) == verify.from_folder(str(one[0])) == files()


def test_a_pack_takes_the_place_of_an_older_one_with_nothing_left_of_it(tmp_path):
    """A file that is no longer part of it does not stay behind."""
    out = tmp_path / "sample"
    write_pack({**files(), "documents/old.html": b"old"}, out)
    write_pack(files(), out)
    assert verify.from_folder(str(out)) == files()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["sample", "sample.zip"]


@pytest.mark.parametrize("at", [0, 7, 20, len(files())])
def test_a_failure_leaves_what_was_there(tmp_path, monkeypatch, at):
    """The disk is full at the first file, in the middle, near the end, or at the zip: the old one stays."""
    out = tmp_path / "sample"
    write_pack(files(), out)
    before = tree(tmp_path)
    real, written = writing.write, []

    def full(path, data):
        written.append(path)
        if len(written) > at:
            raise OSError(28, "No space left on device")
        return real(path, data)

    monkeypatch.setattr(writing, "write", full)
    with pytest.raises(OSError, match="No space"):
        write_pack({name: data + b" " for name, data in files().items()}, out)
    assert tree(tmp_path) == before


def test_a_failure_of_the_last_step_puts_the_old_pack_back(tmp_path, monkeypatch):
    """The new folder cannot be put in its place."""
    out = tmp_path / "sample"
    write_pack(files(), out)
    before, real = tree(out), Path.rename

    def fails(self, target):
        if self.name == "new":
            raise OSError(13, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="Permission"):
        write_pack({**files(), "documents/new.html": b""}, out)
    assert tree(out) == before


def test_a_folder_that_is_no_pack_is_never_replaced(tmp_path):
    """Somebody's own files stay; an empty folder may be filled."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(UsageMistake, match="holds something that is no pack"):
        write_pack(files(), tmp_path / "mine")
    (tmp_path / "empty").mkdir()
    assert write_pack(files(), tmp_path / "empty")[1].is_file()
    assert (tmp_path / "mine" / "letter.txt").read_text() == "mine"


def test_a_file_where_the_zip_goes_is_never_replaced_unless_it_is_a_pack(tmp_path):
    """Not a text, not a folder; and nothing is written then."""
    mine = tmp_path / "annex.zip"
    mine.write_text("mine", "utf-8")
    with pytest.raises(UsageMistake, match=r"(?s)it is no pack.*annex\.zip"):
        write_pack(files(), tmp_path / "annex")
    assert mine.read_text("utf-8") == "mine"
    mine.unlink()
    mine.mkdir()
    with pytest.raises(UsageMistake, match="it is no pack"):
        write_pack(files(), tmp_path / "annex")
    assert [path.name for path in tmp_path.iterdir()] == ["annex.zip"]
    mine.rmdir()
    assert write_pack(files(), tmp_path / "annex") == write_pack(files(), tmp_path / "annex")


def test_a_file_that_no_pack_may_hold_is_refused_before_anything_is_written(tmp_path, monkeypatch):
    """What `verify.py` would not read is not written either."""
    monkeypatch.setattr("stats.publish.pack.verify.LARGEST_FILE", 10)
    with pytest.raises(UsageMistake, match="too large to be"):
        write_pack(files(), tmp_path / "annex")
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_leads_out_is_not_written(tmp_path):
    """Neither in the zip nor on the disk."""
    with pytest.raises(verify.Wrong):
        zip_of("sample", {"../out.txt": b""})
    with pytest.raises(verify.Wrong):
        write_pack({**files(), "../out.txt": b""}, tmp_path / "deep" / "sample")
    assert not (tmp_path / "deep").exists()
