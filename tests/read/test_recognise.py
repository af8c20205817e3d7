"""What a file is by its first bytes."""

from __future__ import annotations

import pytest

from stats.read.recognise import in_words


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"Force Name,Offences\n", "text, as CSV files are"),
        (b"\xef\xbb\xbfForce Name\n", "text, as CSV files are"),
        (b"PK\x03\x04rest", "a ZIP archive, as XLSX and ODS files are"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file, or a workbook locked with a password"),
        (b"\n <!DOCTYPE html>", "a web page (HTML)"),
        (b"\xef\xbb\xbf<html>", "a web page (HTML)"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "a web page (HTML)"),
        (b"<?xml version='1.0'?><Workbook>", "bare XML"),
        (b"\xff\xfeF\0o\0", "text in UTF-16"),
        (b"\x7fELF\0\0", "bytes of no kind that we know"),
    ],
)
def test_a_file_is_called_what_it_is(head: bytes, words: str) -> None:
    """Whatever its name, a reader is told in words."""
    assert in_words(head) == words
