"""A pack is written whole or not at all, and the same bytes each time."""

from __future__ import annotations

import hashlib
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from made_packs import files, resealed

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
    write_pack(resealed({**files(), "documents/old.html": b"old"}), out)
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


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("my-notes.txt", b"mine", "extra: +my-notes.txt"),
        ("letters/reply.txt", b"mine", "extra: +letters/reply.txt"),
        ("documents/sample.html", b"more", "altered: +documents/sample.html"),
        (verify.MANIFEST, b"# mine", f"altered: +{verify.MANIFEST}"),
    ],
)
def test_what_somebody_put_into_a_pack_or_changed_in_it_is_never_lost(tmp_path, name, data, said):
    """In the folder or in the zip; the file is named, and all is as it was."""
    folder, packed = write_pack(files(), tmp_path / "sample")
    (folder / name).parent.mkdir(exist_ok=True)
    with (folder / name).open("ab") as file:
        file.write(data)
    before = tree(tmp_path)
    with pytest.raises(UsageMistake, match=rf"(?s)folder: +sample\n +{said}\n.*Nothing was written"):
        write_pack(files(), folder)
    assert tree(tmp_path) == before
    packed.write_bytes(zip_of("sample", verify.from_folder(str(folder))))
    folder.rename(tmp_path / "kept")
    with pytest.raises(UsageMistake, match=rf"(?s)file: +sample.zip\n +{said}\n"):
        write_pack(files(), folder)
    assert not folder.exists()


def test_a_folder_with_a_list_of_hashes_of_somebody_elses_is_no_pack(tmp_path):
    """The list may be of all that it holds, under the very name that a pack has for it."""
    mine = tmp_path / "annex"
    mine.mkdir()
    (mine / "thesis.docx").write_bytes(b"mine")
    (mine / verify.MANIFEST).write_bytes(verify.manifest_of({"thesis.docx": b"mine"}))
    with pytest.raises(UsageMistake, match=r"it holds no numbers.json, verify.py"):
        write_pack(files(), mine)
    assert (mine / "thesis.docx").read_bytes() == b"mine"


def test_of_many_files_that_would_be_lost_some_are_named(tmp_path):
    """And how many more there are."""
    folder, _ = write_pack(files(), tmp_path / "sample")
    for at in range(9):
        (folder / f"mine-{at}.txt").write_text("mine")
    with pytest.raises(UsageMistake, match=r"(?s)mine-4.txt\n +more: +4\n"):
        write_pack(files(), folder)


def test_a_link_in_the_place_of_a_pack_is_not_followed(tmp_path):
    """To a pack that lies elsewhere, or to a folder of somebody's own."""
    folder, packed = write_pack(files(), tmp_path / "there" / "sample")
    (tmp_path / "sample").symlink_to(folder)
    with pytest.raises(UsageMistake, match="it is a link"):
        write_pack(files(), tmp_path / "sample")
    (tmp_path / "sample").unlink()
    (tmp_path / "sample.zip").symlink_to(packed)
    with pytest.raises(UsageMistake, match="it is a link"):
        write_pack(files(), tmp_path / "sample")


def test_a_pack_of_which_a_file_was_taken_away_is_replaced(tmp_path):
    """Nothing of anybody's is lost by that."""
    folder, _ = write_pack(files(), tmp_path / "sample")
    (folder / "method.md").unlink()
    write_pack(files(), folder)
    assert verify.from_folder(str(folder)) == files()


def test_who_writes_to_a_place_waits_until_nobody_else_does(tmp_path, monkeypatch):
    """Each ends well, and one whole pack is there at the end, with nothing beside it."""
    real, inside, most = writing._take_the_place, [], []

    def slow(*places):
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.05)
        real(*places)
        inside.pop()

    monkeypatch.setattr(writing, "_take_the_place", slow)
    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(write_pack, files(), tmp_path / "sample") for _ in range(6)]
        assert {one.result() for one in done} == {(tmp_path / "sample", tmp_path / "sample.zip")}
    assert most == [1] * 6
    assert sorted(p.name for p in tmp_path.iterdir()) == ["sample", "sample.zip"]
    assert verify.from_folder(str(tmp_path / "sample")) == verify.from_zip(str(tmp_path / "sample.zip")) == files()


def test_a_file_where_the_zip_goes_is_never_replaced_unless_it_is_a_pack(tmp_path):
    """Not a text, not a folder; and nothing is written then."""
    mine = tmp_path / "annex.zip"
    mine.write_text("mine", "utf-8")
    with pytest.raises(UsageMistake, match=r"(?s)is no pack.*annex\.zip"):
        write_pack(files(), tmp_path / "annex")
    assert mine.read_text("utf-8") == "mine"
    mine.unlink()
    mine.mkdir()
    with pytest.raises(UsageMistake, match="goes is no pack"):
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
