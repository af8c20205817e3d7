import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read.books import archive, ods, ods_number, ods_parts, ods_row, ods_text, xlsx, xlsx_parts

import stats.read.archive
import stats.read.extent
import stats.read.recognise
from stats.errors import CannotOpen
from stats.read.opening import open_sheets

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
A_TO_XFD = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def refused(path, words):
    """Opening stops in three parts: what is wrong, the evidence with the file, what to do."""
    with pytest.raises(CannotOpen, match=rf"(?s){words}") as stopped:
        open_sheets(path)
    assert dict(stopped.value.evidence)["file"].endswith(path.name)
    assert stopped.value.mend


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "file is empty"),
        (b"\xef\xbb\xbf \n\n", "nothing but blanks"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\n<!DOCTYPE html><html><body>Not found", "a web page"),
        (b"<table><tr><td>Kent</td></tr></table>", "a web page"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "bare XML"),
        (OLE, r"old kind \(\.xls\)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"PAR1abcd", "a Parquet file"),
        (b"\x1f\x8b\x08abc", "a gzip archive"),
        (b"\xff\xfea\x00", "UTF-16"),
        (b"force,n\nKent,\x001\n", "no text.*line 2"),
        (b"PK\x03\x04 and then nothing", "damaged or cut short"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, data, words):
    """Each thing that a download can turn out to be is named, although it is called an XLSX file."""
    path = tmp_path / "release.xlsx"
    path.write_bytes(data)
    refused(path, words)


def test_huge_xml_is_refused_from_its_first_bytes(tmp_path):
    """300 MB of bare XML is never read."""
    path = tmp_path / "release.ods"
    with path.open("wb") as file:
        file.write(b'<?xml version="1.0"?><office:document>')
        file.truncate(300_000_000)
    refused(path, "bare XML")


def test_too_large_a_file_is_refused_unread(tmp_path):
    """What is larger than any workbook is not read at all."""
    path = tmp_path / "release.csv"
    with path.open("wb") as file:
        file.truncate(stats.read.recognise.MOST_BYTES + 1)
    refused(path, "too large to be a table")


@pytest.mark.parametrize("keep", [0.3, 0.7, 0.95, 0.999])
@pytest.mark.parametrize("make", [xlsx, lambda p: ods(p, ods_row(ods_text("Kent")))])
def test_a_download_that_broke_off_is_refused(tmp_path, make, keep):
    """A file cut short anywhere has no whole directory."""
    path = make(tmp_path / "a.xlsx")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    refused(path, "damaged or cut short")


def test_a_sheet_that_breaks_off_inside_a_whole_archive_is_refused(tmp_path):
    """The reader would take the rows there are; a table with its end lost is not the table."""
    sheet = '<worksheet xmlns="m"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2">'
    refused(xlsx(tmp_path / "a.xlsx", sheet=sheet), "breaks off.*sheet1.xml")


def test_encrypted_ods_is_refused(tmp_path):
    """Its manifest tells how each part is locked."""
    entry = '<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'
    path = archive(tmp_path / "a.ods", ods_parts(manifest=entry) | {"content.xml": b"\x93\x00locked"})
    refused(path, "locked with a password.*manifest")


def test_locked_archive_is_refused(tmp_path):
    """A part that the archive says is encrypted."""
    path = xlsx(tmp_path / "a.xlsx")
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    refused(path, "locked with a password")


@pytest.mark.parametrize(
    "entity", ['<!DOCTYPE a [<!ENTITY b "c">]>', "<!-- <a> --><!doctype a SYSTEM 'file:///etc/passwd'>"]
)
@pytest.mark.parametrize(
    "name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"]
)
def test_declared_document_types_are_refused_in_any_part(tmp_path, name, entity):
    """No part may declare an entity, so none can grow or fetch anything."""
    parts = xlsx_parts()
    parts[name] = '<?xml version="1.0"?>' + entity + parts[name]
    refused(archive(tmp_path / "a.xlsx", parts), "declares a document type")


def test_declared_document_type_in_an_ods_file_is_refused(tmp_path):
    """The same for ODS."""
    parts = ods_parts()
    parts["content.xml"] = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/">' + parts["content.xml"]
    refused(archive(tmp_path / "a.ods", parts), "declares a document type")


def test_xml_in_other_letters_is_refused(tmp_path):
    """UTF-16 would hide a document type from the look that is taken."""
    parts = xlsx_parts()
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].encode("utf-16")
    refused(archive(tmp_path / "a.xlsx", parts), "not XML in UTF-8")


@pytest.mark.parametrize("name", ["../../.bashrc", "/etc/passwd", "xl/../../a.xml", "..\\a.xml", "C:/a.xml"])
def test_paths_out_of_the_archive_are_refused(tmp_path, name):
    """Nothing is ever unpacked to the disk, and such a file is not trusted anyway."""
    refused(archive(tmp_path / "a.xlsx", xlsx_parts() | {name: "<a/>"}), "path that leads out of it")


def test_an_archive_in_the_archive_is_refused(tmp_path):
    """It is not looked into."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("a", "b")
    refused(archive(tmp_path / "a.xlsx", xlsx_parts() | {"xl/media/a.png": inner.getvalue()}), "another archive")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"release.xlsx": b"x"}, "an archive, not a workbook.*unpack it"),
        ({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}, "an archive, not a workbook"),
        ({"xl/workbook.bin": b"x", "[Content_Types].xml": "<a/>"}, r"\.xlsb"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, "an archive, not a workbook"),
        (dict.fromkeys(["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"], "<a/"), "breaks off"),
    ],
)
def test_other_archives_are_refused(tmp_path, parts, words):
    """A document, a bundle, a binary workbook."""
    refused(archive(tmp_path / "a.xlsx", parts), words)


def test_a_bomb_that_owns_up_is_refused_unopened(tmp_path):
    """A part that says it holds a thousand times its size."""
    path = archive(tmp_path / "a.xlsx", xlsx_parts() | {"xl/media/a.bin": bytes(10_000_000)})
    refused(path, "ZIP bomb.*xl/media/a.bin")


def test_a_bomb_that_lies_about_its_size_is_refused_at_the_first_byte_too_many(tmp_path):
    """The directory and the header both say 1,000 bytes; ten million are in it."""
    path = archive(tmp_path / "a.xlsx", xlsx_parts() | {"xl/media/a.bin": bytes(10_000_000)})
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 10_000_000), struct.pack("<I", 1_000)))
    refused(path, "holds more than it says.*1,000 bytes")


def test_a_part_shorter_than_it_says_is_refused(tmp_path):
    """So is what was lost."""
    path = archive(tmp_path / "a.xlsx", xlsx_parts() | {"xl/media/a.bin": b"abc" * 1111})
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 3_333), struct.pack("<I", 3_334)))
    refused(path, "is not what the archive says")


def test_many_parts_and_many_bytes_are_refused(tmp_path, monkeypatch):
    """The limits are of the whole archive too."""
    path = archive(tmp_path / "a.xlsx", xlsx_parts() | {f"xl/media/{n}.bin": b"" for n in range(2_001)})
    refused(path, "too many parts")
    monkeypatch.setattr(stats.read.archive, "MOST_UNPACKED", 100)
    refused(xlsx(tmp_path / "b.xlsx"), "unpack to more than any workbook needs")


def test_parts_that_share_their_bytes_are_refused(tmp_path):
    """Overlapping parts multiply what is unpacked without a large ratio anywhere."""
    path = archive(tmp_path / "a.xlsx", xlsx_parts() | {"xl/media/a.bin": b"a", "xl/media/b.bin": b"a"})
    data = path.read_bytes()
    first, second = (struct.pack("<I", data.index(b"xl/media/" + n) - 30) for n in (b"a", b"b"))
    at = data.rindex(second)
    path.write_bytes(data[:at] + first + data[at + 4 :])
    refused(path, "overlap|two names")


def test_one_part_named_twice_is_refused(tmp_path):
    """Two readers might each take another one."""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(archive(path, xlsx_parts()), "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("xl/workbook.xml", "<a/>")
    refused(path, "two parts by one name")


@pytest.mark.parametrize(
    "rows",
    [
        A_TO_XFD,
        A_TO_XFD.replace("<c ", "<x:c ").replace("</c>", "</x:c>").replace("row", "x:row").replace("v>", "x:v>"),
        A_TO_XFD.replace('r="XFD', 'r = "XFD'),
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="B99999999"><v>1</v></c></row>',
        f"<!-- <sst --><!-- </si> -->{A_TO_XFD}",
    ],
)
def test_a_sheet_of_two_cells_far_apart_is_refused(tmp_path, rows):
    """A few bytes that ask for 17 billion cells: the reader alone would be killed for want of memory."""
    sheet = f'<worksheet xmlns="m" xmlns:x="m"><sheetData>{rows}</sheetData></worksheet>'
    refused(xlsx(tmp_path / "a.xlsx", sheet=sheet), "grow beyond all measure")


def test_a_styled_cell_far_away_is_no_reason_to_stop(tmp_path):
    """Real workbooks colour the last column; a cell without a value asks for nothing."""
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="3"/></row>'
    assert open_sheets(xlsx(tmp_path / "a.xlsx", rows)).sheets[0].rows == [[1]]


def test_one_long_text_shown_many_times_is_refused(tmp_path, monkeypatch):
    """Every cell would get a copy of its own."""
    monkeypatch.setattr(stats.read.extent, "MOST_TEXT", 1_000_000)
    row = "".join(f'<c r="A{n}" t="s"><v>0</v></c>' for n in range(1, 500))
    path = xlsx(tmp_path / "a.xlsx", f'<row r="1">{row}</row>', texts=f"<si><t>{'ab' * 2_000}</t></si>")
    refused(path, "grow beyond all measure.*letters")
    monkeypatch.undo()
    assert len(open_sheets(path).sheets[0].rows) == 499


FILLER = '<table:table-cell table:number-columns-repeated="16376"/>'
FILLED = f"<table:table-row>{ods_number(1)}{FILLER}</table:table-row>"


@pytest.mark.parametrize(
    "rows",
    [
        ods_row(ods_number(1, ' table:number-columns-repeated="16000"'), repeated=1_000_000),
        ods_row(ods_text("Kent"), repeated=1_000_000) * 40,
        ods_row('<table:table-cell table:number-columns-repeated="16383"/>', ods_number(1)) * 2_000,
        ods_row(ods_text('a<text:s text:c="1000000000"/>b')),
        ods_row(ods_text('a<text:s text:c\n="1000000000"/>b')),
        ods_row(ods_number(1, " table:number-columns-repeated='16000'"), FILLER, repeated=1) + FILLED * 3_000,
        ods_row(ods_number(1, ' table:number-columns-repeated ="16000"'), FILLER, repeated=1) + FILLED * 3_000,
        ods_row("<table:table-cell/>", repeated=1_048_000)
        + ods_row(ods_number(1, ' table:number-columns-repeated="99"')),
    ],
)
def test_an_ods_file_that_repeats_without_end_is_refused(tmp_path, rows):
    """Cells, rows and blanks that are said to come a million times."""
    refused(ods(tmp_path / "a.ods", rows), "grow beyond all measure|ZIP bomb")


def test_names_with_one_sheet_twice_are_refused(tmp_path):
    """One of the two would be lost."""
    parts = ods_parts(ods_row(ods_text("Kent")))
    table = parts["content.xml"][
        parts["content.xml"].index("<table:table ") : parts["content.xml"].index("</office:sp")
    ]
    parts["content.xml"] = parts["content.xml"].replace(table, table * 2)
    refused(archive(tmp_path / "a.ods", parts), "two sheets of the workbook have one name")


def test_a_sheet_that_is_missing_is_refused(tmp_path):
    """The list of sheets names a part that is not there."""
    parts = xlsx_parts()
    del parts["xl/worksheets/sheet1.xml"]
    refused(archive(tmp_path / "a.xlsx", parts), "a sheet of the workbook is missing.*Table 1")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A sound XLSX and ODS file."""
    folder = tmp_path_factory.mktemp("whole")
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}"><v>{n}</v></c></row>' for n in range(1, 40))
    books = [xlsx(folder / "a.xlsx", rows), ods(folder / "a.ods", ods_row(ods_text("Kent"), ods_number(1)) * 40)]
    return [book.read_bytes() for book in books]


@settings(max_examples=150)
@given(data=st.data())
def test_damaged_bytes_stop_or_change_nothing_around_them(whole, tmp_path_factory, data):
    """Whatever bytes are changed, opening answers: with sheets, or with an error of ours."""
    book = bytearray(data.draw(st.sampled_from(whole)))
    for _ in range(data.draw(st.integers(1, 4))):
        book[data.draw(st.integers(0, len(book) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "damaged.xlsx"
    path.write_bytes(book)
    with suppress(CannotOpen):
        assert len(open_sheets(path).sheets) <= 1
