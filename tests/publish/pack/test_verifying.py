"""`stats verify` checks a zip by itself, and says what the repository says now."""

from __future__ import annotations

import json
import os
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from made_packs import SHARE, facts, files, in_table, resealed
from made_packs import packed as packed_files
from sample_document import sample

from stats.errors import CannotOpen, NotReproduced
from stats.publish.corrected import corrections_page
from stats.publish.pack import verify
from stats.publish.pack.comparing import figures_of
from stats.publish.pack.pages import reproduce_md
from stats.publish.pack.verifying import verified
from stats.publish.pack.writing import write_pack, zip_of
from stats.registers.mistakes import Mistake


@pytest.fixture
def packed(tmp_path) -> Path:
    """Return the zip of the sample."""
    return write_pack(files(), tmp_path / "sample")[1]


def found_in(tmp_path, spoilt, **options):
    """Return what is found in a zip of spoilt files."""
    path = tmp_path / "spoilt.zip"
    path.write_bytes(zip_of("sample", spoilt))
    return verified(path, **options)


def test_a_pack_as_it_was_made_is_intact_and_current(packed):
    """With the repository, and rebuilt to the same bytes."""
    told = []
    found = verified(packed, facts(), lambda made: told.append(made) or files())
    assert told == [{
        "document": "sample", "asked": {}, "commit": None, "quoted_as_wrong": [],
        "formats": ["sample.docx", "sample.html"],
    }]  # fmt: skip
    assert (found.is_intact, found.is_current) == (True, True)
    assert not [line for line in found.lines if line.startswith("FAIL")]
    assert f"PASS  rebuilt: all {len(files())} files are the same bytes" in found.lines


def test_any_byte_of_the_zip_that_is_altered_is_found(packed):
    """In its files, their names, times and rights, and in what stands around them."""
    data = packed.read_bytes()
    places = random.Random(7).sample(range(len(data)), 25)
    places += [0, len(data) - 1, data.rindex(b"PK\x01\x02") + 12, data.rindex(b"PK\x01\x02") + 38]
    for at in places:
        packed.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        try:
            found = verified(packed)
        except CannotOpen:
            continue
        assert not found.is_intact, at
        assert any(line.startswith("FAIL") for line in found.lines)
    packed.write_bytes(data + b"\0")
    found = verified(packed)
    assert not found.is_intact
    said = "FAIL  the zip: its files match the manifest, and it is not the zip that `stats pack` makes of them"
    assert found.lines[-1] == said


def test_an_altered_number_is_named_though_the_manifest_fits(tmp_path):
    """As verify.py does."""
    spoilt, name = files(), "figures/lincolnshire/charged.csv"
    spoilt[name] = in_table(spoilt[name], "False,83,5.4%", "False,93,5.4%")
    found = found_in(tmp_path, resealed(spoilt))
    assert not found.is_intact
    assert f"FAIL  {SHARE}  printed 5.4%, recomputed 6.1%  [{name}]" in found.lines


def test_a_figure_that_the_repository_has_otherwise_is_named(tmp_path):
    """The pack is intact, and not what we say now."""
    spoilt = files()
    spoilt["figures/lincolnshire/charged.svg"] += b"<!-- -->"
    found = found_in(tmp_path, resealed(spoilt), facts=facts())
    assert (found.is_intact, found.is_current) == (True, False)
    assert "FAIL  figures/lincolnshire/charged.svg: the repository has another now" in found.lines


def test_a_committed_figure_that_is_another_now_is_named(tmp_path):
    """By the name of its brief, as the document prints it, whatever its template calls the brief."""
    made = packed_files(sample())
    assert found_in(tmp_path, made, facts=facts()).is_current
    made["figures/lincolnshire/charged.svg"] += b" "
    found = found_in(tmp_path, resealed(made), facts=facts())
    assert "FAIL  figures/lincolnshire/charged.svg: the repository has another now" in found.lines


def test_what_is_rebuilt_otherwise_is_named(packed):
    """A file that differs, one that is not made any more, and one that is new."""
    made = files()
    made["method.md"] += b"more"
    made["corrections.md"] = made.pop("sources.md")
    found = verified(packed, facts(), lambda _: made)
    assert {line for line in found.lines if line.startswith("FAIL")} == {
        "FAIL  method.md: rebuilt otherwise",
        "FAIL  sources.md: not made now",
        "FAIL  corrections.md: not in the pack",
    }


def test_a_file_that_is_missing_is_named(tmp_path):
    """Though the manifest was written without it: of those that every pack holds, and of the forms of a figure."""
    for name in ("method.md", "figures/lincolnshire/charged.png", "requirements.lock", "claims.json"):
        spoilt = files()
        del spoilt[name]
        del spoilt["ro-crate-metadata.json"]
        found = found_in(tmp_path, resealed(spoilt), facts=facts())
        assert (found.is_intact, [line for line in found.lines if line.startswith("FAIL  ")]) == (
            False, sorted([f"FAIL  {name} is missing", "FAIL  ro-crate-metadata.json is missing"]),
        )  # fmt: skip


def test_what_cannot_be_made_again_is_told(packed):
    """A refusal fails, since a pack could ask for what is refused; a repository that cannot be written to does not."""

    def refused(_):
        raise NotReproduced("a figure is not what its notebook draws.", [("x/y.svg", "differs")])

    def closed(_):
        raise PermissionError(13, "Permission denied", "build")

    found = verified(packed, facts(), refused)
    assert not found.is_current
    assert "FAIL  it cannot be made again: a figure is not what its notebook draws. (x/y.svg: differs)" in found.lines
    found = verified(packed, facts(), closed)
    assert found.is_current
    assert "----  not made again, since nothing can be written here (it says Permission denied)" in found.lines


def test_a_pack_with_a_number_that_was_corrected_since_says_so(packed):
    """By its number, with what it was and is; a pack made after the correction is not superseded by it."""
    corrected = Mistake.model_validate({
        "number": 1, "of": SHARE, "was": "5.4%", "is": "5.5%", "found": date(2026, 11, 30), "why": "made up for a test",
        "outputs": ["lincolnshire/charged"],
    })  # fmt: skip
    later = replace(facts(), registers=replace(facts().registers, mistakes=(corrected,)))
    found = verified(packed, later)
    assert (found.is_intact, found.is_current) == (True, False)
    line = f"FAIL  superseded by correction 1: {SHARE} was 5.4%, is 5.5% (found 2026-11-30; made up for a test)"
    assert line in found.lines
    known = files()
    known["numbers.json"] = json.dumps({**json.loads(known["numbers.json"]), "corrections": [1]}).encode()
    left = found_in(packed.parent, resealed(known), facts=later)
    assert "FAIL  corrections.md: correction 1 is left out" in left.lines
    known["corrections.md"] = corrections_page([corrected])
    assert found_in(packed.parent, resealed(known), facts=later).is_current
    another = corrected.model_copy(update={"of": "C003-01", "outputs": ("article_003/rates",)})
    others = replace(facts(), registers=replace(facts().registers, mistakes=(another,)))
    assert verified(packed, others).is_current


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip"])
def test_what_is_no_pack_is_refused(tmp_path, data):
    """With its name and the reason, and no path of the computer."""
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(CannotOpen, match="not the zip of a pack") as problem:
        verified(tmp_path / "x.zip")
    assert str(tmp_path) not in str(problem.value)
    with pytest.raises(CannotOpen, match="no such file"):
        verified(tmp_path / "missing.zip")


@pytest.mark.parametrize("numbers", [b"[]", b"{}", b'{"numbers": [{}]}', b"\xff"])
def test_a_pack_whose_list_of_numbers_has_another_form_is_told_and_not_trusted(tmp_path, numbers):
    """Whoever wrote it: no traceback, and no pass."""
    found = found_in(tmp_path, resealed({**files(), "numbers.json": numbers}), facts=facts())
    assert (found.is_intact, found.is_current) == (False, False)


@pytest.mark.parametrize(
    "recipe",
    [
        {"per": "1/0"},
        {"formula": "text", "at": ",", "part": 99},
        {"numerator": {"file": "figures/lincolnshire/charged.csv", "where": {}, "column": ["x"]}},
    ],
)
def test_a_recipe_that_cannot_be_followed_is_told_and_not_trusted(tmp_path, recipe):
    """Whatever a recipe asks for: no traceback, and no pass."""
    numbers = json.loads(files()["numbers.json"])
    numbers["numbers"][0]["recipes"][0].update(recipe)
    found = found_in(tmp_path, resealed({**files(), "numbers.json": json.dumps(numbers).encode()}), facts=facts())
    assert (found.is_intact, found.is_current) == (False, False)
    assert "a file of it has another form" in found.lines[-1]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("numbers.json", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
        ("figures/lincolnshire/charged.csv", b'a,b\n"' + b"x" * 200_000 + b'"\n'),
        ("sources.md", b"\xff"),
    ],
)
def test_a_file_that_no_reader_takes_is_told_and_not_trusted(tmp_path, name, data):
    """Nested without end, a cell too long, no text."""
    found = found_in(tmp_path, resealed({**files(), name: data}), facts=facts())
    assert not (found.is_intact and found.is_current)
    assert "a file of it has another form" in found.lines[-1]


def test_an_error_of_the_repository_is_told_as_such(packed):
    """It is no fault of the pack."""

    def broken(_):
        raise NotReproduced("the repository has no history.")

    with pytest.raises(NotReproduced, match="no history"):
        verified(commit_told(packed, "a" * 40), facts(), knows=broken)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_what_is_no_file_is_not_waited_for(tmp_path):
    """Nothing would ever be read from it; by `verify.py` neither."""
    os.mkfifo(tmp_path / "x.zip")
    with pytest.raises(CannotOpen, match="it is no file"):
        verified(tmp_path / "x.zip")
    assert verify.main([str(tmp_path / "x.zip")]) == 1


def commit_told(packed: Path, commit: object, asked: object = None) -> Path:
    """Return the zip of the sample as if it had been made from a commit, all else fitting."""
    made = files()
    told = json.loads(made["numbers.json"])
    told["made_with"] |= {"commit": commit, "asked": asked or {}}
    made["numbers.json"] = json.dumps(told).encode()
    documents = [name for name in made if name.startswith("documents/")]
    page = reproduce_md("sample", documents, figures_of(made), told["made_with"]["asked"], commit)
    made["how-to-reproduce.md"] = page.encode()
    packed.write_bytes(zip_of("sample", resealed(made)))
    return packed


@pytest.mark.parametrize("commit", ["main`, from x (`git clone x && make", "a" * 39, "A" * 40, "a" * 40 + "\n", 7])
def test_what_is_no_commit_is_not_told_as_one(packed, commit):
    """Whoever gets the pack is told to take it, so that nothing else may stand there, though all fits."""
    found = verified(commit_told(packed, commit), facts())
    assert not found.is_current
    assert "FAIL  numbers.json: made_with: commit is" in "\n".join(found.lines)


def test_a_commit_that_is_none_of_the_repository_is_told(packed):
    """It is no failure, since a pack may be made of a newer state; where nobody can tell, nothing is said."""
    commit_told(packed, "a" * 40)
    said = f"----  the commit {'a' * 40}, which it says that it was made from, is none of this repository"
    for is_known, is_said in ((False, True), (True, False), (None, False)):
        found = verified(packed, facts(), knows=lambda _, is_known=is_known: is_known)
        assert found.is_current
        assert (said in found.lines) == is_said


@pytest.mark.parametrize(
    "asked",
    [
        {"template": "annex`; x"}, {"template": "../annex"}, {"area": "Kent"}, {"template": "annex", "area": "Kent"},
        {"template": "force", "area": 'Kent"; x "'}, {"template": "force", "area": "$(x)"},
    ],
)  # fmt: skip
def test_what_no_document_is_asked_for_is_not_told_to_be_typed(packed, asked):
    """A template that is none, a parameter that it does not have, and what a shell would run."""
    found = verified(commit_told(packed, None, asked), facts())
    assert not found.is_current
    assert "FAIL  numbers.json: made_with: asked is" in "\n".join(found.lines)
    assert verified(commit_told(packed, None, {"template": "force", "area": "Kent"}), facts()).is_current


def test_a_folder_of_another_name_than_the_document_is_told(tmp_path):
    """It is the first that a receiver reads."""
    (tmp_path / "x.zip").write_bytes(zip_of("sample-approved", files()))
    found = verified(tmp_path / "x.zip", facts())
    assert not found.is_intact
    assert "FAIL  the zip: its folder is called sample-approved, and the document sample" in found.lines


def test_a_page_of_another_name_is_no_page_of_the_document(tmp_path):
    """Its marks would be read by nothing."""
    made = files()
    made["documents/sample.htm"] = made.pop("documents/sample.html")
    found = found_in(tmp_path, resealed(made), facts=facts())
    assert "FAIL  documents/sample.htm: no pack holds it" in found.lines
