import pytest

from stats.errors import CannotOpen
from stats.read.opening import CellError, open_sheets


@pytest.fixture
def rows(tmp_path):
    """Return the rows of a CSV file with these bytes."""

    def read(data):
        path = tmp_path / "a.csv"
        path.write_bytes(data)
        (sheet,) = open_sheets(path).sheets
        assert sheet.name == ""
        return sheet.rows

    return read


def test_text_stays_as_printed(rows):
    """No number is made, no blank is cut, and an empty cell is None."""
    assert rows(b'code,n\n4.10,-00 \n8E1,\n"London, City of",1\n') == [
        ["code", "n"], ["4.10", "-00 "], ["8E1", None], ["London, City of", "1"],
    ]  # fmt: skip


def test_rows_keep_the_numbers_of_the_file(rows):
    """Empty rows above and inside the table are kept."""
    assert rows(b"\nTitle\n\nforce,n\nKent,1\n") == [[], ["Title"], [], ["force", "n"], ["Kent", "1"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_letters_are_utf8_or_windows_1252(rows, encoding):
    """A byte order mark is no part of the header; a pound sign of older Excel is a pound sign."""
    assert rows("fôrce,£\nKent – east,1\n".encode(encoding)) == [["fôrce", "£"], ["Kent – east", "1"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Gŵyr,£\n".encode() + "£\n".encode("cp1252"), "UTF-8 in one place and not in another.*a.csv.*line 2"),
        (b"\xef\xbb\xbfa,\xa3\n", "UTF-8 in one place and not in another"),
        ("Gŵyr, G".encode() + "ŵ".encode()[:1], "UTF-8 in one place"),
        (b"a,\x81\xa3\n", "neither UTF-8 nor Windows-1252"),
        (b'a,b\n"Kent,1\n', "cannot be cut into cells"),
        (b"a,b\x07\n", "no text"),
    ],
)
def test_damaged_text_is_refused(rows, data, words):
    """Two encodings in one file, bytes of neither, a quote left open, a control character."""
    with pytest.raises(CannotOpen, match=rf"(?s){words}"):
        rows(data)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("force,n\nKent,1\n", ["force", "n"]),
        ("force;share\nKent;1,5\nEssex;2,5\n", ["force", "share"]),
        ("force\tn\nLondon, City of\t1\nKent\t2\n", ["force", "n"]),
        ("Some; title\nforce,n,rate\nKent,1,2\nEssex,1,2\n", ["Some; title"]),
        ("force\nKent\n", ["force"]),
        ('"a;b","c;d"\n"e;f","g;h"\n', ["a;b", "c;d"]),
    ],
)
def test_the_delimiter_is_recognised(rows, text, first):
    """What cuts the most rows alike wins: decimal commas and commas in names do not."""
    assert rows(text.encode())[0] == first


def test_errors_of_a_spreadsheet_are_typed_in_text_too(rows):
    """A hand-made table was saved with a formula that failed."""
    cell = rows(b"force,rate\nKent,#DIV/0!\n")[1][1]
    assert cell == "#DIV/0!"
    assert isinstance(cell, CellError)
