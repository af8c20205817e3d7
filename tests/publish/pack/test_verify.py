"""verify.py names every file and every number that is not as it was made, on a computer with nothing but Python."""

from __future__ import annotations

import ast
import io
import json
import random
import re
import shutil
import subprocess
import sys
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_packs import SHARE, files, in_table, resealed

from stats import present
from stats.publish.pack import verify
from stats.publish.pack.writing import write_pack, zip_of

PYTHON = shutil.which("python3", path="/usr/bin:/usr/local/bin") or sys.executable


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run verify.py as a receiver does: a bare Python that sees nothing of ours, and an empty environment."""
    command = [PYTHON, "-I", str(folder / "verify.py"), *arguments]
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def unpacked(tmp_path) -> Path:
    """Return a folder outside the repository with the pack of the sample."""
    return write_pack(files(), tmp_path / "sample")[0]


def told(spoilt: dict[str, bytes]) -> list[str]:
    """Return the lines of the report that say FAIL."""
    lines, is_well = verify.report(spoilt)
    failed = [line for line in lines if line.startswith("FAIL")]
    assert is_well == (not failed)
    return failed


def test_a_bare_python_finds_nothing_wrong_with_a_pack_as_it_was_made(unpacked):
    """Exit code 0, a line a number, and the sum of it at the end; the folder is as it was."""
    done = run(unpacked)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"PASS  {SHARE}  5.4%" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("PASS: 84 of 84 recomputations agree")
    assert str(unpacked.parent) not in done.stdout
    assert verify.from_folder(str(unpacked)) == files()


def test_a_bare_python_checks_the_zip_as_it_came(unpacked, tmp_path):
    """The zip's path is all it needs; one that is no zip is told without a path or a traceback."""
    assert run(unpacked, str(tmp_path / "sample.zip")).returncode == 0
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 nothing")
    done = run(unpacked, str(tmp_path / "broken.zip"))
    assert (done.returncode, done.stderr) == (1, "")
    assert "FAIL  the zip cannot be read" in done.stdout
    assert str(tmp_path) not in done.stdout


def test_a_number_that_was_changed_is_named_by_a_bare_python(unpacked):
    """The number, what is printed, what it comes to, and the table; even when the manifest was written anew."""
    table = unpacked / "figures" / "lincolnshire" / "charged.csv"
    table.write_bytes(in_table(table.read_bytes(), "False,83,5.4%", "False,93,5.4%"))
    (unpacked / verify.MANIFEST).write_bytes(verify.manifest_of(verify.from_folder(str(unpacked))))
    done = run(unpacked)
    assert done.returncode == 1
    assert f"FAIL  {SHARE}  printed 5.4%, recomputed 6.1%  [figures/lincolnshire/charged.csv]" in done.stdout


@pytest.mark.parametrize("name", sorted(files()))
def test_any_file_with_a_byte_altered_or_taken_away_is_named(name):
    """Whichever file, whichever byte: first, last and some between."""
    for at in {0, len(files()[name]) - 1, *random.Random(name).sample(range(len(files()[name])), 3)}:
        spoilt = files()
        data = bytearray(spoilt[name])
        data[at] ^= 1
        spoilt[name] = bytes(data)
        assert verify.altered(spoilt), (name, at)
        if name != verify.MANIFEST:
            assert verify.altered(spoilt) == [(name, "altered")]
    left = files()
    del left[name]
    assert (name, "missing") in verify.altered(left)


def test_a_file_too_much_is_named():
    """Something that was put among the files of a pack is no part of it."""
    assert told({**files(), "documents/another.html": b""})[0] == "FAIL  documents/another.html: extra"


@pytest.mark.parametrize(
    ("at", "number"),
    [(at, n) for at, n in enumerate(json.loads(files()["numbers.json"])["numbers"]) if at % 4 == 0],
    ids=lambda value: value["id"] if isinstance(value, dict) else None,
)
def test_a_printed_number_that_was_changed_is_named(at, number):
    """Each number of the pack, with a manifest that fits."""
    spoilt = files()
    numbers = json.loads(spoilt["numbers.json"])
    numbers["numbers"][at]["printed"] = f"9{number['printed']}"
    spoilt["numbers.json"] = json.dumps(numbers).encode()
    assert any(f"{number['id']}  printed 9{number['printed']}" in line for line in told(resealed(spoilt)))


def test_a_row_of_the_data_that_was_changed_is_named():
    """Both as rows that the figure was not made from, and by each number that they give."""
    spoilt = files()
    rows = next(name for name in spoilt if name.startswith("data/") and name.endswith(".csv"))
    lines = spoilt[rows].split(b"\n")
    at = next(at for at, line in enumerate(lines) if line.startswith(b"E23000020") and b",8Q,1," in line)
    parts = lines[at].split(b",")
    parts[6] = str(int(parts[6]) + 40).encode()
    spoilt[rows] = b"\n".join([*lines[:at], b",".join(parts), *lines[at + 1 :]])
    failed = told(resealed(spoilt))
    assert any("made from other rows" in line for line in failed)
    assert any(line.startswith(f"FAIL  {SHARE}  printed 5.4%") and rows in line for line in failed)


PAGE = "documents/sample.html"


@pytest.mark.parametrize("at", [1, 2, 3], ids=["in the text", "in a table", "in the list at the end"])
def test_a_marked_number_of_a_page_that_was_changed_is_named(at):
    """Wherever it stands, though the manifest was written anew; a page as it was made has nothing to be named."""
    made = files()
    assert told(resealed(made)) == []
    before, *parts = made[PAGE].split(b">5.4%</a>")
    assert len(parts) >= 3
    parts = [before, *parts]
    spoilt = b">5.4%</a>".join(parts[:at]) + b">9.4%</a>" + b">5.4%</a>".join(parts[at:])
    (line,) = told(resealed({**made, PAGE: spoilt}))[:-1]
    assert line == f"FAIL  {PAGE}: says 9.4% for {SHARE}, and numbers.json has 5.4%"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title="Where this comes from: {0}"', "title='Where this comes from: {0}'", "has a mark that cannot be read"),
        ('title="Where this comes from: {0}"', 'TITLE ="Where&#32;this comes from: {0}"', "has a mark that cannot be"),
        (' title="Where this comes from: {0}"', "", "has a mark that cannot be read"),
        ("<code>{0}</code>", "", "does not mark {0}"),
    ],
)
def test_a_mark_that_is_written_otherwise_or_is_gone_is_named(old, new, said):
    """Else the number under it could be any: with other quotation marks, spelt otherwise, taken away, not listed."""
    made = files()
    page = made[PAGE].replace(b"<wbr>", b"")
    assert old.format(SHARE).encode() in page
    spoilt = page.replace(old.format(SHARE).encode(), new.format(SHARE).encode(), 1)
    assert any(said.format(SHARE) in line for line in told(resealed({**made, PAGE: spoilt})))


@pytest.mark.parametrize("by", ["taken away", "in a comment"])
def test_a_number_that_has_lost_all_its_marks_is_named(by):
    """Link and title alike: what stands there now may be anything; a mark that nobody sees is none."""
    made = files()
    page = made[PAGE].replace(b"<wbr>", b"").decode()
    link = rf'<a\b[^>]*title="Where this comes from: {re.escape(SHARE)}"[^>]*>[^<]*</a>'
    assert re.search(link, page)
    spoilt = re.sub(link, "99.9%" if by == "taken away" else r"<!--\g<0>-->99.9%", page)
    assert told(resealed({**made, PAGE: spoilt.encode()}))[0] == f"FAIL  {PAGE}: does not mark {SHARE}"


def test_a_number_of_the_title_alone_needs_no_mark():
    """Titles carry none; the number must be the one that stands there."""
    made = files()
    page = made[PAGE].replace(b"<wbr>", b"").decode()
    link = rf'<a\b[^>]*title="Where this comes from: {re.escape(SHARE)}"[^>]*>[^<]*</a>'
    spoilt = re.sub(link, "much", page)
    for text, is_well in (("5.4%", True), ("9.9%", False)):
        titled = spoilt.replace("<h1>", f"<h1>{text} ", 1)
        assert (told(resealed({**made, PAGE: titled.encode()})) == []) == is_well


def test_a_number_that_is_worded_otherwise_is_named():
    """What a page may print is what the tables give, and not what somebody writes beside it."""
    spoilt = files()
    spoilt["numbers.json"] = spoilt["numbers.json"].replace(b'"as_worded": "5.4%"', b'"as_worded": "9.4%"')
    assert f"FAIL  numbers.json: says 9.4% for {SHARE}, and numbers.json has 5.4%" in told(resealed(spoilt))


@pytest.mark.parametrize("cell", ["", "n/a", "1e999999999", "0x10", "nan"])
def test_what_is_no_number_is_never_taken_for_one(cell):
    """A blank is not zero, and a number too large to write is none."""
    spoilt = files()
    name = "figures/lincolnshire/charged.csv"
    spoilt[name] = in_table(spoilt[name], "False,83,5.4%", f"False,{cell},5.4%")
    assert any(SHARE in line and "recomputed nothing" in line for line in told(resealed(spoilt)))


def zipped(name: str, data: bytes = b"x", **fields) -> io.BytesIO:
    """Return a zip with one file of that name."""
    made = io.BytesIO()
    member = zipfile.ZipInfo(name)
    for field, value in fields.items():
        setattr(member, field, value)
    with zipfile.ZipFile(made, "w", fields.get("compress_type", zipfile.ZIP_STORED)) as pack:
        pack.writestr(member, data, member.compress_type)
    return made


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (zipped("../out.txt"), "is no name"),
        (zipped("/etc/passwd"), "is no name"),
        (zipped("a/../../b"), "is no name"),
        (zipped("C:/b"), "is no name"),
        (zipped("alone.txt"), "in no folder"),
        (zipped("a/link", external_attr=0o120777 << 16), "is a link"),
        (zipped("a/bomb", b"0" * (verify.LARGEST_FILE + 1), compress_type=zipfile.ZIP_DEFLATED), "too large"),
        (io.BytesIO(b"nothing"), "cannot be read"),
    ],
)
def test_a_zip_that_is_no_pack_is_refused_before_it_is_read(made, why):
    """Paths that lead out, links, bombs and damage."""
    with pytest.raises(verify.Wrong, match=why):
        verify.from_zip(made)


def test_a_recipe_cannot_lead_out_of_the_pack():
    """A table that a recipe names is looked up among the files of the pack, and nowhere else."""
    term = {"file": "../../etc/passwd", "where": {}, "column": "x"}
    with pytest.raises(verify.Wrong, match="no such table"):
        verify.recomputed({"formula": "sum", "numerator": term}, files())


def test_a_link_in_the_folder_is_refused(unpacked, tmp_path):
    """Nothing outside the folder is read by way of a link in it."""
    (tmp_path / "secret.txt").write_text("secret")
    (unpacked / "secret.txt").symlink_to(tmp_path / "secret.txt")
    done = run(unpacked)
    assert done.returncode == 1
    assert "is a link" in done.stdout


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_shares_and_rates_are_rounded_as_we_print_them(top, below):
    """verify.py has rules of its own, since it stands alone; they are those of stats.present."""
    share = Fraction(top, below)
    assert verify.percent(share, Fraction(below)) == present.percent(share, below)
    assert verify.printed("count", Fraction(top), None, Fraction(1)) == present.count(top)
    assert verify.rate(Fraction(1000 * top / below)) == present.rate(1000 * top / below)


def test_it_imports_nothing_but_the_standard_library_and_no_way_out():
    """Nothing to install, nothing to send with."""
    tree = ast.parse(Path(verify.__file__).read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= set(sys.stdlib_module_names) | {"collections.abc"}
    assert not names & {"socket", "urllib", "http", "subprocess", "ctypes", "platform", "getpass"}
    ast.parse(Path(verify.__file__).read_text("utf-8"), feature_version=(3, 8))


def test_the_zip_is_the_same_bytes_each_time():
    """No time and no compression in it."""
    assert zip_of("sample", files()) == zip_of("sample", dict(reversed(files().items())))
