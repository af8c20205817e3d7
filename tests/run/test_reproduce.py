"""`make reproduce` on a small copy of the repository: what is changed turns red, and nothing else."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest

from stats.errors import NotReproduced
from stats.run.parameters import ChargeShare
from stats.run.reproduce import COPIED, reproduce

ROOT = Path(__file__).parents[2]
BRIEFS = ("article_001", "article_004_recorded")
RAW = "data/raw/home-office/2026-04-23/recorded_offences.csv"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the repository with two briefs and one notebook to store: one reads recorded crime."""
    monkeypatch.setattr("stats.run.reproduce.MODELS", {"charge_share": ChargeShare})
    for name in (*COPIED, "data/tidy", "environment.yml", "docs/methods.md"):
        source, to = ROOT / name, tmp_path / name
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, to) if source.is_dir() else shutil.copy(source, to)
    for path in (tmp_path / "notebooks" / "briefs").glob("*.yml"):
        if path.stem not in BRIEFS:
            path.unlink()
    for name in BRIEFS:
        shutil.copytree(ROOT / "figures" / name, tmp_path / "figures" / name)
    return tmp_path


def red(root: Path) -> tuple[set[str], str]:
    """Return the files that reproduce calls red, and what it says in the end."""
    lines: list[str] = []
    try:
        reproduce(root, 2, lines.append)
    except NotReproduced as stopped:
        return {line.split()[1] for line in lines if line.startswith("FAIL")}, str(stopped)
    return set(), ""


def test_a_changed_raw_cell_turns_exactly_what_depends_on_it_red(copy: Path) -> None:
    """One cell of recorded crime, with its new hash: its table, tie-out, notebook and figures, and nothing else."""
    raw = copy / RAW
    text = raw.read_text("utf-8")
    changed = text.replace("Bedfordshire,2016-10-01,2016-12-31,8L,", "Bedfordshire,2016-10-01,2016-12-31,8L,1", 1)
    assert changed != text
    raw.write_text(changed, "utf-8")
    entry = raw.with_name(raw.name + ".yml")
    sha = hashlib.sha256(raw.read_bytes()).hexdigest()
    entry.write_text(re.sub(r"sha256: \w+", f"sha256: {sha}", entry.read_text("utf-8")), "utf-8")
    files, said = red(copy)
    figures = {"claimed", "recorded"}
    assert files >= {f"figures/article_004_recorded/{stem}.{s}" for stem in figures for s in ("csv", "json", "svg")}
    assert "data/tidy/recorded_offences.csv" in files
    changed_tables = {"recorded_offences.csv", "tie_out.csv", "made.json"}
    assert not [f for f in files if f.startswith(("figures/article_001", "notebooks", "docs"))]
    assert not [f for f in files if f.startswith("data/tidy/") and f.split("/")[-1] not in changed_tables]
    assert "is 52,408, rebuilt" in said


def test_a_tampered_raw_file_and_a_typed_over_figure_are_named(copy: Path) -> None:
    """Without its new hash nothing of that file can be made; edited, missing, extra and stale files are told apart."""
    raw = copy / RAW
    raw.write_text(raw.read_text("utf-8").replace("8L,283\n", "8L,284\n", 1), "utf-8")
    caption = copy / "figures" / "article_001" / "own_base.json"
    caption.write_text(caption.read_text("utf-8").replace("0 of 112", "1 of 112"), "utf-8")
    (copy / "figures" / "article_001" / "own_base.png").unlink()
    (copy / "figures" / "article_001" / "extra.svg").write_text("<svg/>", "utf-8")
    page = copy / "docs" / "methods.md"
    page.write_text(page.read_text("utf-8").replace("upper: 0.7266", "upper: 0.7267", 1), "utf-8")
    files, said = red(copy)
    assert "docs/methods.md" in files
    assert {f for f in files if f.startswith(("figures/article_001", "notebooks"))} == {
        f"figures/article_001/{name}" for name in ("own_base.json", "own_base.png", "extra.svg")
    }
    assert "figures/article_004_recorded/recorded.svg" in files
    assert "cannot make recorded_offences" in said
    assert "not the file its entry describes" in said
    assert re.search(r"own_base.png:\s+is missing", said)
    assert re.search(r"extra.svg:\s+is not made by any brief", said)
