"""Packs are made of real documents, checked as they lie, made again, and refused where they may not be handed over."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from stats.cli_documents import verify as verify_command
from stats.errors import NotHonest, NotReproduced
from stats.home import home
from stats.publish.documents.template import Template
from stats.publish.pack import verify
from stats.publish.pack.verifying import Verified
from stats.publish.pack.writing import zip_of
from stats.run import documents, packs
from stats.run.claims import facts_of
from stats.run.documents import build_documents
from stats.run.packs import build_packs, commit_of, is_of, verify_pack
from stats.run.packs_drawn import must_be_as_drawn
from stats.run.showing import Lines

ROOT = home()


def quiet(total: int) -> Lines:
    """Show nothing."""
    return Lines(total, lambda _: None)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """The pack of the annex, with its page."""
    out = tmp_path_factory.mktemp("packs")
    (path,) = build_packs("annex", {}, ROOT, lambda _: None, formats=("html",), out=out, show=quiet)
    return path


def test_a_pack_is_whole_and_the_same_when_it_is_made_again(made: Path) -> None:
    """Its numbers follow from its tables, and the repository still makes every byte of it."""
    found = verify_pack(made, ROOT, rebuild=True)
    assert (found.is_intact, found.is_current) == (True, True), found.lines
    assert any(line.startswith("PASS: ") and "0 of" in line for line in found.lines)
    assert any("rebuilt: all" in line for line in found.lines)
    assert (made.with_suffix("") / "documents" / "annex.html").read_bytes() == (
        ROOT / "documents" / "annex" / "annex.html"
    ).read_bytes()


def test_whoever_receives_it_needs_only_python(made: Path, tmp_path: Path) -> None:
    """In an empty folder, without the repository, its packages or its environment; a changed cell is named."""
    with ZipFile(made) as packed:
        packed.extractall(tmp_path)
    folder = tmp_path / "annex"

    def check() -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-I", "verify.py"]
        return subprocess.run(words, cwd=folder, capture_output=True, text=True, env={}, check=False)

    assert check().returncode == 0
    table = folder / "figures" / "national_outcomes" / "charged.csv"
    table.write_text(table.read_text("utf-8").replace("11610", "11611", 1), "utf-8")
    done = check()
    assert done.returncode == 1
    assert "figures/national_outcomes/charged.csv" in done.stdout


@pytest.mark.parametrize(
    ("name", "old", "new", "bare"),
    [
        ("documents/annex.html", b">8.6%</a>", b">9.6%</a>", 1),
        ("claims.json", b'"wrong-measure"', b'"supported"', 0),
        ("limitations.md", b"It has been run on Linux only", b"It has been run everywhere", 0),
        ("documents/annex.html", b"A charge is not a conviction", b"A charge is a conviction", 0),
    ],
)
def test_a_forged_pack_with_a_manifest_that_fits_is_found(
    made: Path, tmp_path: Path, name: str, old: bytes, new: bytes, bare: int
) -> None:
    """Without making it again: numbers of pages by Python alone, the rest by what the repository has."""
    with made.open("rb") as file:
        files = verify.from_zip(file)
    assert old in files[name]
    files[name] = files[name].replace(old, new, 1)
    files[verify.MANIFEST] = verify.manifest_of(files)
    forged = tmp_path / "annex.zip"
    forged.write_bytes(zip_of("annex", files))
    assert verify.main([str(forged)]) == bare
    found = verify_pack(forged, ROOT, rebuild=False)
    assert (found.is_intact, found.is_current) == (not bare, False)
    assert any(line.startswith(f"FAIL  {name}: ") for line in found.lines), found.lines


@pytest.mark.parametrize(("suffix", "old", "new"), [("svg", b"8.6% so", b"9.6% so"), ("csv", b"11610", b"11611")])
def test_a_digit_typed_over_in_one_file_of_a_figure_is_in_no_pack(
    tmp_path: Path, suffix: str, old: bytes, new: bytes
) -> None:
    """Committed figures are drawn again: also what nothing else is computed from, as the picture, is compared."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    shutil.copytree(ROOT / "figures" / "national_outcomes", tmp_path / "figures" / "national_outcomes")
    (ready,) = documents.ready_of("annex", {}, facts_of(ROOT), None, quiet)
    there = tuple(replace(folder, path=tmp_path / "figures" / folder.path.name) for folder in ready.folders)
    spoilt, figures, drawn = ready._replace(folders=there), ["national_outcomes/charged"], {}
    must_be_as_drawn(spoilt, figures, tmp_path, drawn, 1)
    path = tmp_path / "figures" / "national_outcomes" / f"charged.{suffix}"
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    for before in (drawn, {}):
        with pytest.raises(NotReproduced, match=rf"(?s)national_outcomes/charged.{suffix}.*differs in.*{new.decode()}"):
            must_be_as_drawn(spoilt, figures, tmp_path, before, 1)
    must_be_as_drawn(spoilt, ["national_outcomes/outcomes"], tmp_path, drawn, 1)


def test_a_pack_is_made_of_figures_that_were_compared(monkeypatch, tmp_path: Path) -> None:
    """Before anything is written, and again when it is verified."""

    def refused(*_: object) -> None:
        raise NotReproduced("a figure is not what its notebook draws.")

    (path,) = build_packs("rebuttal", {}, ROOT, lambda _: None, formats=("html",), out=tmp_path / "one", show=quiet)
    monkeypatch.setattr(packs, "must_be_as_drawn", refused)
    with pytest.raises(NotReproduced, match="not what its notebook draws"):
        build_packs("rebuttal", {}, ROOT, lambda _: None, formats=("html",), out=tmp_path / "two", show=quiet)
    assert not (tmp_path / "two").exists()
    found = verify_pack(path, ROOT, rebuild=True)
    assert "FAIL  it cannot be made again: a figure is not what its notebook draws." in found.lines


@pytest.mark.parametrize(("words", "rebuild"), [((), True), (("--quick",), False), (("--rebuild",), True)])
def test_a_pack_is_made_again_unless_that_is_left_out(monkeypatch, tmp_path: Path, words, rebuild: bool) -> None:
    """By default; the older option is still taken, and not listed."""
    told: list[bool] = []

    def seen(path: Path, root: Path, *, rebuild: bool) -> Verified:
        told.append(rebuild)
        return Verified(("PASS \x1b[2J",), is_intact=True, is_current=True)

    monkeypatch.setattr(packs, "verify_pack", seen)
    (tmp_path / "a.zip").write_bytes(b"")
    done = CliRunner().invoke(verify_command, [str(tmp_path / "a.zip"), *words])
    assert (done.exit_code, done.output) == (0, "PASS <U+001B>[2J\n"), "what steers a terminal is spelt out"
    assert told == [rebuild]
    said = CliRunner().invoke(verify_command, ["--help"]).output
    assert "--quick" in said
    assert "--rebuild" not in said


def test_a_pack_that_asks_for_many_documents_is_not_made_again(made: Path) -> None:
    """Nothing is drawn for a pack that does not tell which document it holds."""
    for asked in ({}, {"template": "force", "area": "all"}):
        with pytest.raises(NotReproduced, match="does not tell which document"):
            packs._again({"asked": asked, "formats": [], "commit": None}, facts_of(ROOT))


@pytest.mark.parametrize("name", ["rebuttal", "reconciliation"])
def test_what_stands_beside_a_number_is_not_taken_for_it(tmp_path: Path, name: str) -> None:
    """In the table of the rows that it is of, or of what sets it apart from others."""
    (path,) = build_packs(name, {}, ROOT, lambda _: None, formats=("html",), out=tmp_path, show=quiet)
    found = verify_pack(path, ROOT, rebuild=False)
    assert (found.is_intact, found.is_current) == (True, True), found.lines


def test_a_pack_of_figures_made_for_it_is_made_again(tmp_path: Path) -> None:
    """That of a force: what it was asked for is told in it."""
    (path,) = build_packs("force", {"area": "lincs"}, ROOT, lambda _: None, formats=("html",), out=tmp_path, show=quiet)
    found = verify_pack(path, ROOT, rebuild=True)
    assert (path.name, found.is_intact, found.is_current) == ("force-lincolnshire.zip", True, True), found.lines


def test_a_claim_that_does_not_hold_is_in_no_pack_unless_it_is_quoted_as_wrong(monkeypatch, tmp_path: Path) -> None:
    """The template says which are."""
    ready = documents.ready_of

    def as_right(*words, **options):
        for one in ready(*words, **options):
            yield one._replace(template=one.template.model_copy(update={"quoted_as_wrong": ()}))

    monkeypatch.setattr(packs, "ready_of", as_right)
    with pytest.raises(NotHonest, match="C003-01"):
        build_packs("annex", {}, ROOT, lambda _: None, formats=("html",), out=tmp_path, show=quiet)
    assert list(tmp_path.iterdir()) == []
    assert Template.model_fields["quoted_as_wrong"].default == ()


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ("charged.K04000001.offences_recorded.share", ("national_outcomes/charged",)),
        ("outcomes.K04000001.no-outcome-yet.share", ("a_page",)),
    ],
    ids=["a figure that said it", "a number that only a figure shows"],
)
def test_a_correction_stands_on_the_document_it_touches(monkeypatch, tmp_path: Path, made: Path, of, said) -> None:
    """Before all else, on no other document; and an old pack is said to be superseded."""
    from datetime import date

    from stats.registers.mistakes import Mistake

    mistake = Mistake.model_validate(
        {
            "number": 1, "of": f"national_outcomes/{of}",
            "was": "8.9%", "is": "8.6%", "found": date(2026, 11, 1), "why": "a base was taken for another",
            "outputs": said,
        }
    )  # fmt: skip
    facts_of = documents.facts_of

    def mistaken(root):
        facts = facts_of(root)
        return replace(facts, registers=replace(facts.registers, mistakes=(mistake,)))

    monkeypatch.setattr(documents, "facts_of", mistaken)
    for name, is_touched in (("annex", True), ("reconciliation", False)):
        (page,) = build_documents(name, {}, ROOT, lambda _: None, formats=("html",), out=tmp_path, show=quiet)
        text = page.read_text("utf-8")
        assert ("Correction." in text) == is_touched
        assert ("a base was taken for another" in text) == is_touched
    monkeypatch.setattr(packs, "facts_of", mistaken)
    found = verify_pack(made, ROOT, rebuild=False)
    assert (found.is_intact, found.is_current) == (True, False)
    assert any("superseded by correction 1" in line for line in found.lines)


def test_a_commit_is_told_only_of_what_is_committed(tmp_path: Path) -> None:
    """A pack that names a commit can be made again from it; a changed repository names none."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not there")
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    assert (commit_of(tmp_path), is_of(tmp_path, "0" * 40)) == (None, None)
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "--allow-empty", "-m", "one"]):
        subprocess.run([git, "-C", str(tmp_path), *words], check=True, capture_output=True)
    assert len(commit_of(tmp_path) or "") == 40
    assert (is_of(tmp_path, commit_of(tmp_path)), is_of(tmp_path, "0" * 40)) == (True, False)
    (tmp_path / "new").write_text("x", "utf-8")
    assert commit_of(tmp_path) is None


def test_a_pack_that_names_no_commit_is_made_again_without_one(monkeypatch, tmp_path: Path) -> None:
    """It was made while something was not committed; that this is so no more makes no other pack of it."""
    monkeypatch.setattr(packs, "commit_of", lambda _: None)
    (path,) = build_packs("rebuttal", {}, ROOT, lambda _: None, formats=("html",), out=tmp_path, show=quiet)
    monkeypatch.setattr(packs, "commit_of", lambda _: "0" * 40)
    found = verify_pack(path, ROOT, rebuild=True)
    assert (found.is_intact, found.is_current) == (True, True), found.lines
