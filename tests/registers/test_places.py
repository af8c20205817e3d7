import pytest

from stats.registers.places import lines_of, place

LIST = """- id: a
  areas:
    - x
    - y

- id: b
  areas: [x]
"""


@pytest.fixture
def file(tmp_path):
    """Write a file and return its path."""

    def write(text: str, name: str = "register.yml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("entry", "keys", "value", "line"),
    [
        ("a", (), None, 1),
        ("b", (), None, 6),
        ("a", ("areas",), None, 2),
        ("a", ("areas", 1), None, 4),
        ("a", (), "y", 4),
        ("b", (), "x", 7),
        ("b", ("missing",), None, 6),
        (2, (), None, 6),
    ],
)
def test_line_of_an_entry_a_field_or_a_value(file, entry, keys, value, line):
    """As an editor counts: the entry, the deepest field that is there, or the text inside."""
    assert dict(place(file(LIST), entry, *keys, value=value))["line"] == line


def test_line_of_an_entry_that_goes_by_its_key(file):
    """A mapping of names has its entries at their keys, however deep."""
    text = "first: {what: 1}\nsecond:\n  columns:\n    n: {type: text}\n"
    assert lines_of(file(text), "second") == [2]
    assert lines_of(file(text), "second", "columns", "n") == [4]


def test_line_of_a_field_of_a_file_that_is_one_entry(file):
    """A file that is one entry has its fields at the top."""
    assert lines_of(file("title: x\npublished: 2025\n"), "register", "published") == [2]


def test_two_entries_of_one_name_have_a_line_each(file):
    """Both are named when an id is given twice."""
    assert lines_of(file("- id: a\n- id: b\n- id: a\n"), "a") == [1, 3]


def test_line_of_a_row(file):
    """A row of a CSV register goes by one of its first two columns; a cell of two lines counts as two."""
    text = 'code,name\n8L,"Harass\nment"\n8Q,Stalking\n'
    assert lines_of(file(text, "codes.csv"), "8Q") == [4]
    assert lines_of(file(text, "codes.csv"), "Stalking") == [4]


@pytest.mark.parametrize("text", ["", "- id: [", "just words"])
def test_a_file_without_the_entry_has_no_line(file, text):
    """Nothing is guessed: the file and the entry stand alone."""
    path = file(text)
    assert [label for label, _ in place(path, "a")] == ["file", "entry"]


def test_a_missing_file_has_no_line(tmp_path):
    """An error about a file that is not there still names it."""
    assert [label for label, _ in place(tmp_path / "lost.yml", "a")] == ["file", "entry"]
