import hashlib
from datetime import date

import pytest

from stats.errors import CheckFailed, SourceChanged
from stats.read import outcomes, population, published_figures, recorded_crime
from stats.read.table import read_exact
from stats.registers.sources import Source

READERS = {
    "recorded_offences": (recorded_crime.read_recorded_crime, recorded_crime.COLUMNS, 9460 + 704),
    "outcomes": (outcomes.read_outcomes, outcomes.COLUMNS, 9457),
    "population": (population.read_population, population.COLUMNS, 871),
    "published_figures": (published_figures.read_published_figures, published_figures.COLUMNS, 186 + 9),
}


@pytest.fixture
def raw(tmp_path):
    """Write a raw file and return the entry that describes it."""

    def write(text: str) -> Source:
        path = tmp_path / "raw.csv"
        path.write_text(text, encoding="utf-8")
        return Source(
            id="raw",
            dataset="recorded_offences",
            publisher="Home Office",
            title="a table",
            published="2025",
            retrieved=date(2026, 11, 22),
            url="https://example.org",
            licence="none",
            licence_url="https://example.org",
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            kind="illustrative",
            status="made up",
            caveats=(),
            file=str(path),
        )

    return write


def test_file_is_read_as_text(raw):
    """Codes and counts keep every character, 'NA' is a word, and only an empty cell is missing."""
    table = read_exact(raw("code,offences,note\n4.10,-00 ,NA\n8E1,..,\n"), ["code", "offences", "note"])
    assert table.fillna("<missing>").values.tolist() == [["4.10", "-00 ", "NA"], ["8E1", "..", "<missing>"]]
    assert {str(t) for t in table.dtypes} == {"str"}


def test_index_is_the_line_of_the_file(raw):
    """The header is line 1, and a cell of two lines moves every row below it."""
    table = read_exact(raw('force,n\nKent,1\n"Isle\nof Wight",2\nEssex,3\n'), ["force", "n"])
    assert (table.index.name, table.index.tolist()) == ("line", [2, 3, 5])


def test_byte_order_mark_is_no_part_of_the_header(raw):
    """A file saved by a spreadsheet starts with a mark that nobody sees."""
    assert list(read_exact(raw("\ufeffcode,n\n8Q,1\n"), ["code", "n"])) == ["code", "n"]


def test_comma_inside_quotes_is_no_border(raw):
    """'London, City of' is one cell."""
    assert read_exact(raw('force,n\n"London, City of",1\n'), ["force", "n"])["force"].tolist() == ["London, City of"]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Force Name,offences", r"missing force_name:\s+nearest found: Force Name"),
        ("force_name,number", r"missing offences:\s+nearest found: none"),
        ("offences,force_name", r"expected:\s+force_name, offences\n\s+found:\s+offences, force_name"),
        ("force_name,offences,offences", r"found:\s+force_name, offences, offences"),
        ("force_name", r"missing offences"),
    ],
)
def test_changed_header_is_refused(raw, header, words):
    """A column renamed, moved, added or lost stops: expected, found, and the nearest to what is missing."""
    source = raw(header + "\n" + ",".join("x" for _ in header.split(",")) + "\n")
    with pytest.raises(
        CheckFailed, match=rf"(?s)header of a raw file has changed.*raw\.csv.*{words}.*change the reader of this file"
    ):
        read_exact(source, ["force_name", "offences"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("force,n\nKent,1\nLondon, City of,2\n", "have not 2 cells.*line 3:.*London"),
        ('force,n\n"Kent,1\n', "cannot be read as a table.*unexpected end of data"),
    ],
)
def test_row_that_cannot_be_cut_into_cells_is_refused(raw, text, words):
    """An unquoted comma or an open quote names the line."""
    with pytest.raises(CheckFailed, match=rf"(?s){words}"):
        read_exact(raw(text), ["force", "n"])


def test_changed_file_is_not_read(raw):
    """A file that is not the one described is refused before it is looked at."""
    source = raw("force,n\nKent,1\n")
    source.path.write_text("force,n\nKent,2\n")
    with pytest.raises(SourceChanged, match=r"(?s)not the file its entry describes.*found sha256"):
        read_exact(source, ["force", "n"])


@pytest.mark.parametrize("dataset", READERS)
def test_each_published_file_is_read_whole(registers, dataset):
    """Every release of a dataset has the columns its reader expects, and no row is lost."""
    read, columns, rows = READERS[dataset]
    published = [read(source) for source in registers.sources_of(dataset)]
    assert all(list(table) == columns for table in published)
    assert sum(map(len, published)) == rows


@pytest.mark.parametrize("dataset", READERS)
def test_each_reader_refuses_the_file_of_another(raw, dataset):
    """A file put in the wrong place is known by its header."""
    read, columns, _ = READERS[dataset]
    with pytest.raises(CheckFailed, match=rf"(?s)header of a raw file has changed.*expected:\s+{', '.join(columns)}\n"):
        read(raw("a,b\n1,2\n"))
