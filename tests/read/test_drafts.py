"""What a draft may be, and what is refused."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read.books import xlsx_parts
from read.papers import docx, docx_parts, odt, p, packed

import stats.read.draft_office
import stats.read.drafts
from stats.errors import CannotOpen, StatsError
from stats.read.drafts import read_draft

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
WHOLE = [docx(p("5,948 of 118,411") * 5), odt("<text:p>5,948 of 118,411</text:p>"), b"<html><p>5&nbsp;948</html>"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n \n", "no text"),
        (docx(""), "no text"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"{\\rtf1 x}", r"the old kind \(\.rtf\)"),
        (OLE, r"old kind \(\.doc\)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (packed(xlsx_parts()), "a spreadsheet"),
        (packed({"a.docx": docx(p("x"))}), "an archive, not a document"),
        (packed(docx_parts(p("x")) | {"../../etc/x": "y"}), "leads out of it"),
        (packed(docx_parts(p("x")) | {"word/big.xml": b" " * 9_000_000}), "ZIP bomb"),
        (docx(p("x"))[:-30], "damaged or cut short"),
        (
            packed(docx_parts(p("x")) | {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "document type",
        ),
        (bytes(range(256)) * 8, "no document that we know"),
        (b'<?xml version="1.0"?><office:document/>', "bare XML"),
    ],
)
def test_what_is_no_draft_is_refused(data, words):
    """Each is named for what it is, with its file and what to do; nothing is advised about publishers."""
    with pytest.raises(CannotOpen, match=rf"(?s){words}") as stopped:
        read_draft(data, name="draft.docx")
    assert dict(stopped.value.evidence)["file"].endswith("draft.docx")
    assert stopped.value.mend
    assert "publisher" not in str(stopped.value)


@pytest.mark.parametrize(
    ("path", "words"), [(".", "a folder"), ("missing.docx", "no such file"), (os.devnull, "device")]
)
def test_what_is_no_file_is_refused(path, words):
    """A folder, a device, and a name that is not there."""
    with pytest.raises(CannotOpen, match=words):
        read_draft(Path(path))


def test_a_file_larger_than_any_draft_is_refused_unread(monkeypatch, tmp_path):
    """By its size on the disk, told with the most that is read of a draft, which is less than of a table."""
    path = tmp_path / "draft.txt"
    path.write_bytes(b"5,948 were charged.")
    monkeypatch.setattr(stats.read.drafts, "MOST_BYTES", 10)
    monkeypatch.setattr(Path, "open", None)
    with pytest.raises(CannotOpen, match=r"(?s)too large to be a document.*19 bytes, at most 10 are read"):
        read_draft(path)


def test_too_much_xml_is_refused_unread(monkeypatch):
    """300 MB of XML is refused by what the archive says of it."""
    monkeypatch.setattr(stats.read.draft_office, "MOST_XML", 1_000)
    with pytest.raises(CannotOpen, match="far longer than any report"):
        read_draft(docx(p("x" * 2_000)))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(WHOLE), st.integers(0, 10_000), st.integers(0, 255))
def test_a_damaged_byte_either_reads_or_stops_with_our_error(data, at, byte):
    """Never with another error."""
    at %= len(data)
    with suppress(StatsError):
        draft = read_draft(data[:at] + bytes([byte]) + data[at + 1 :])
        assert all(0 <= part.start <= part.end <= len(draft.text) for part in draft.parts)
