import pytest
from pydantic import ValidationError

from stats.errors import RegisterError, UnknownName
from stats.home import home
from stats.registers.entries import Entry, entry, find, read_csv, read_yaml, shown, unique


class Charge(Entry):
    """A small entry to damage."""

    id: str
    offences_n: int
    note: str | None = None


def _charge(tmp_path, **fields):
    return entry(Charge, fields, file=tmp_path / "charges.yml", name=fields.get("id", 0))


def test_entry_is_read_and_never_changes(tmp_path):
    """What a register says stays as it was read, and spaces around words go."""
    charge = _charge(tmp_path, id=" c1 ", offences_n=5)
    assert (charge.id, charge.offences_n, charge.note) == ("c1", 5, None)
    with pytest.raises(ValidationError, match="frozen"):
        charge.offences_n = 6


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"id": "c1"}, r"offences_n:\s+missing"),
        ({"id": "c1", "offence_n": 5, "offences_n": 5}, r"offence_n:\s+no such field; the nearest is 'offences_n'"),
        ({"id": "c1", "offences_n": 5, "zzzzzz": 5}, r"zzzzzz:\s+no such field$"),
        ({"id": "c1", "offences_n": "many"}, r"offences_n:\s+Input should be a valid integer.*\(found 'many'\)"),
        ({"id": 1, "offences_n": 5}, r"id:\s+Input should be a valid string \(found 1\)"),
        ("c1", r"entry:\s+Input should be a valid dictionary"),
    ],
)
def test_wrong_entry_names_file_field_and_mend(tmp_path, fields, words):
    """A missing, misspelt or wrong field is named with its file and what the fields are."""
    words = (
        rf"(?ms)does not fit its model.*charges\.yml.*entry:\s+c9.*{words}.*Mend the entry; the fields of Charge are"
    )
    with pytest.raises(RegisterError, match=words + " id, offences_n, note"):
        entry(Charge, fields, file=tmp_path / "charges.yml", name="c9")


def test_every_wrong_field_is_named_at_once(tmp_path):
    """One look is enough to mend an entry with two mistakes."""
    with pytest.raises(RegisterError, match=r"(?s)offences_n:\s+missing.*nte:\s+no such field; the nearest is 'note'"):
        _charge(tmp_path, id="c1", nte="x")


def test_yaml_key_written_twice_is_refused(tmp_path):
    """YAML would quietly keep the last of two; here the line is named."""
    file = tmp_path / "twice.yml"
    file.write_text("- id: a\n  kind: break\n  date: 2020-04-01\n  kind: notice\n")
    with pytest.raises(RegisterError, match=r"(?s)cannot be read as YAML.*twice\.yml.*'kind' is written twice.*line 1"):
        read_yaml(file)


def test_same_key_in_two_entries_is_fine(tmp_path):
    """Only one and the same entry must not repeat a key."""
    file = tmp_path / "two.yml"
    file.write_text("- {id: a, kind: break}\n- {id: b, kind: break}\n")
    assert read_yaml(file) == [{"id": "a", "kind": "break"}, {"id": "b", "kind": "break"}]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"- id: a\n  note: share: of what\n", "mapping values are not allowed"),
        (b"- id: [a\n", "expected ',' or ']'"),
        (b"- id: \xe9\n", "utf-8"),
    ],
)
def test_broken_yaml_names_its_file_and_the_problem(tmp_path, content, words):
    """An unquoted colon, an open bracket or another encoding is shown with the file and what to do."""
    file = tmp_path / "bad.yml"
    file.write_bytes(content)
    with pytest.raises(RegisterError, match=rf"(?s)cannot be read as YAML.*bad\.yml.*{words}.*wants quotes"):
        read_yaml(file)


@pytest.mark.parametrize("read", [read_yaml, lambda path: read_csv(path, Charge)])
def test_missing_file_is_named(tmp_path, read):
    """A register that is not there is named, not only its absence."""
    with pytest.raises(RegisterError, match=r"(?s)a file is missing.*lost\.yml.*Restore it, or correct the name"):
        read(tmp_path / "lost.yml")


class Code(Entry):
    """An entry of a CSV register."""

    code: str
    name: str
    note: str | None = None


def test_csv_without_a_column_is_refused(tmp_path):
    """A misspelt heading is answered with the one that was found."""
    file = tmp_path / "codes.csv"
    file.write_text("code,nmae,note\n8Q,Stalking,\n")
    with pytest.raises(RegisterError, match=r"(?s)codes\.csv.*missing name:\s+nearest found: nmae"):
        read_csv(file, Code)


def test_csv_is_read_as_text(tmp_path):
    """An offence code such as 4.10 keeps its nought, 8E1 is not 80, and an empty cell is none."""
    file = tmp_path / "codes.csv"
    file.write_text('code,name,note\n4.10,"Assault, minor",\n8E1,0012,x\n')
    assert read_csv(file, Code) == [
        {"code": "4.10", "name": "Assault, minor", "note": None},
        {"code": "8E1", "name": "0012", "note": "x"},
    ]


def test_cell_beyond_the_header_is_refused(broken):
    """An unquoted comma in a name gives a cell too many, and that is said."""
    with pytest.raises(RegisterError, match=r"(?s)areas\.csv.*entry:\s+Kent.*cells beyond the header:\s+no such field"):
        broken.damage("registers/areas.csv", "Kent,force,E92000001,,,,", "Kent,force,E92000001,,,,,Caint").load()


def test_shared_value_names_both_entries(tmp_path):
    """Two entries with one value are both named; one entry may repeat its own."""
    unique([("lincs", "Lincolnshire"), ("lincs", "Lincolnshire")], file=tmp_path / "areas.csv", what="alias")
    with pytest.raises(
        RegisterError, match=r"(?s)two entries share one alias.*areas\.csv.*alias:\s+lincs.*Lincolnshire and Leicester"
    ):
        unique([("lincs", "Lincolnshire"), ("lincs", "Leicester")], file=tmp_path / "areas.csv", what="alias")


def test_unknown_name_lists_the_nearest_or_all(tmp_path):
    """A near miss is answered with the nearest, nonsense with every name there is."""
    register = {name: _charge(tmp_path, id=name, offences_n=1) for name in ("stalking", "harassment")}
    assert find(register, "stalking", what="offence").id == "stalking"
    with pytest.raises(UnknownName, match=r"(?s)no offence is called 'stalkin'.*nearest:\s+stalking\n.*stats show"):
        find(register, "stalkin", what="offence")
    with pytest.raises(UnknownName, match=r"nearest:\s+harassment, stalking"):
        find(register, "zzz", what="offence")


def test_path_is_shown_as_a_reader_of_the_repository_knows_it(tmp_path):
    """A file of the repository goes by its place in it, another by its whole path."""
    assert shown(home() / "data" / "registers" / "areas.csv") == "data/registers/areas.csv"
    assert shown(tmp_path / "areas.csv") == str(tmp_path / "areas.csv")
