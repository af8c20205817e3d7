"""`make reproduce` on a small copy of the repository: what is changed turns red, and nothing else."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stats.errors import NotReproduced
from stats.publish.corrected import changelog_rows
from stats.registers import load
from stats.run.committed_documents import templates
from stats.run.parameters import ChargeShare, RecordedOffences
from stats.run.reproduce import COPIED, reproduce

ROOT = Path(__file__).parents[2]
CLAIMS = "docs/claims.md"
RAW = "data/raw/home-office/2026-04-23/recorded_offences.csv"


def copied(tmp_path: Path, *briefs: str) -> Path:
    """Return a copy of the repository with the briefs that are named, and no other."""
    for name in (*COPIED, "data/tidy", "environment.yml", "docs/methods.md", CLAIMS, "CHANGELOG.md"):
        source, to = ROOT / name, tmp_path / name
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, to) if source.is_dir() else shutil.copy(source, to)
    for path in (tmp_path / "notebooks" / "briefs").glob("*.yml"):
        if path.stem not in briefs:
            path.unlink()
    for name in briefs:
        shutil.copytree(ROOT / "figures" / name, tmp_path / "figures" / name)
    for template in templates(tmp_path):
        if {*template.briefs.values()} <= {*briefs}:
            shutil.copytree(ROOT / "documents" / template.name, tmp_path / "documents" / template.name)
        else:
            template.file.unlink()
    return tmp_path


def red(root: Path) -> tuple[set[str], str]:
    """Return the files that reproduce calls red, and what it says in the end."""
    lines: list[str] = []
    try:
        reproduce(root, 2, lines.append)
    except NotReproduced as stopped:
        return {line.split()[1] for line in lines if line.startswith("FAIL")}, str(stopped)
    return set(), ""


def change(root: Path, before: str, after: str) -> None:
    """Put another number into a cell of recorded crime, and the new hash into its entry."""
    raw = root / RAW
    text = raw.read_text("utf-8")
    assert text.count(before) == 1
    raw.write_text(text.replace(before, after), "utf-8")
    entry = raw.with_name(raw.name + ".yml")
    sha = hashlib.sha256(raw.read_bytes()).hexdigest()
    entry.write_text(re.sub(r"sha256: \w+", f"sha256: {sha}", entry.read_text("utf-8")), "utf-8")


def files_of(*figures: str) -> set[str]:
    """Return the files of figures, and the numbers of their briefs."""
    kinds = {f"figures/{figure}.{suffix}" for figure in figures for suffix in ("csv", "json", "png", "svg")}
    return kinds | {f"figures/{figure.split('/')[0]}/numbers.json" for figure in figures}


MADE = "data/tidy/made.json"
"""What the tables were made from: without one of them it differs."""

TABLES = {"data/tidy/recorded_offences.csv", "data/tidy/tie_out.csv", MADE}


FIRST = files_of("lincolnshire_recorded/recorded")
SECOND = files_of("national_headline/recorded", "national_headline/per_1000", "article_004_recorded/claimed")
NUMBERS = {
    "lincolnshire_recorded/recorded": {"recorded.2020-21-Q2"},
    "lincolnshire_recorded/numbers": {"recorded.2020-21-Q2"},
    "national_headline/recorded": {"recorded.2016-17"},
    "national_headline/per_1000": set(),
    "national_headline/numbers": {"recorded.2016-17"},
    "article_004_recorded/claimed": {"claimed.C004-06"},
    "article_004_recorded/numbers": {"claimed.C004-06"},
}
"""The printed numbers that each of the two cells changes, and no other: of so many in 1,000 one more is not seen."""


def numbers_told(said: str) -> dict[str, set[str]]:
    """Return for each figure the numbers that are told to have changed."""
    told = re.findall(r"figures/(\S+)\.json:\s+differs in [^:]*: (.*)", said)
    return {figure: set(re.findall(r"(\S+) is [^;]*, rebuilt", changed)) for figure, changed in told}


def test_a_changed_raw_cell_turns_exactly_the_figures_that_hold_it_red(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its table, its tie-outs and the figures that hold it; figures of other areas, offences and years stay green.

    Two cells are changed, and each turns numbers of its own red. The first, 8U of 2020, is in the series of
    Lincolnshire and in no series of stalking. The second, stalking of 2016, is in the national series and in the claim
    of article 004, so on the page of claims, and neither in that article's series of harassment nor in the years from
    2020.
    """
    monkeypatch.setattr("stats.run.reproduce.MODELS", {"charge_share": ChargeShare})
    root = copied(tmp_path, "lincolnshire_recorded", "national_headline", "article_004_recorded")
    change(root, "Lincolnshire,2020-07-01,2020-09-30,8U,342\n", "Lincolnshire,2020-07-01,2020-09-30,8U,343\n")
    change(root, "Lincolnshire,2016-10-01,2016-12-31,8Q,4\n", "Lincolnshire,2016-10-01,2016-12-31,8Q,5\n")
    files, said = red(root)
    expected = TABLES | {CLAIMS} | FIRST | SECOND
    assert {f for f in files if not f.endswith(".png")} == {f for f in expected if not f.endswith(".png")}
    assert files <= expected, "a picture may stay the same where a point moves by less than a dot"
    assert numbers_told(said) == NUMBERS
    assert "claimed.C004-06 is 1,383, rebuilt 1,384" in said


OF_BRIEFING = ("national_outcomes", "national_quarters")


def test_a_digit_typed_over_in_a_document_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its page, or in the list of what it states, which names the number with both its values; and nothing else."""
    monkeypatch.setattr("stats.run.reproduce.MODELS", {})
    root = copied(tmp_path, *OF_BRIEFING)
    folder = root / "documents" / "briefing"
    assert red(root) == (set(), "")
    for name in ("briefing.html", "numbers.json"):
        path = folder / name
        path.write_text(path.read_text("utf-8").replace("8.6%", "9.6%", 1), "utf-8")
    files, said = red(root)
    assert files == {"documents/briefing/briefing.html", "documents/briefing/numbers.json"}
    share = "national_outcomes/charged.K04000001.offences_recorded.share"
    assert f"{share} is 9.6%, rebuilt 8.6%" in said
    assert re.search(rf"briefing.html:\s+differs in the words of {share}, after “.*”: “9.6%.*” → “8.6%", said)
    assert "make methods claims notebooks documents" in said


def test_pages_and_templates_that_are_edited_are_told_beside_the_rest(tmp_path: Path, monkeypatch) -> None:
    """A number on a page, one in the template of a force, and a template that cannot be filled in: each by itself."""
    monkeypatch.setattr("stats.run.reproduce.MODELS", {})
    root = copied(tmp_path, *OF_BRIEFING)
    share = "figures/national_outcomes/numbers.json#charged.K04000001.offences_recorded.share"
    (root / "README.md").write_text(f"Charged:\n[9.6%]({share}).\n", "utf-8")
    (root / "GLOSSARY.md").write_text(f"Charged: [8.6%]({share}).\n", "utf-8")
    force = root / "briefings" / "force.md"
    force.write_text(force.read_text("utf-8") + "\nStalking rose by 93% in a year.\n", "utf-8")
    (root / "briefings" / "broken.md").write_text("---\nkind: briefing\ntitle: '## x'\n---\nSo far.\n", "utf-8")
    files, said = red(root)
    assert files == {"README.md", "briefings/force.md", "documents/broken"}
    assert re.search(rf"README.md: +line 2: {share} is not as it is made, edit the page: “9.6%” → “8.6%”", said)
    line = force.read_text("utf-8").count("\n")
    assert re.search(rf"force.md: +could not be made: .*file briefings/force.md; line {line} '93%'", said)
    assert re.search(r"documents/broken: +could not be made: the title .* \(file briefings/broken.md; line 3", said)
    assert "templates in briefings are edited by hand" in said


def test_a_correction_that_the_changelog_does_not_tell_turns_it_red(tmp_path: Path, monkeypatch) -> None:
    """The row that it lacks is printed; with it all is well."""
    monkeypatch.setattr("stats.run.reproduce.MODELS", {})
    root = copied(tmp_path)
    register = root / "data" / "registers" / "our_corrections.yml"
    register.write_text(
        "- {number: 1, of: C003-01, was: right, is: wrong, found: 2026-11-01, why: a slip, outputs: [rebuttal]}\n",
        "utf-8",
    )
    files, said = red(root)
    row = "| 1 | C003-01 | right | wrong | 2026-11-01 |  | a slip | rebuttal |"
    assert "CHANGELOG.md" in files
    assert re.search(rf"lacks under Corrections:\n.*\n.*\n +{re.escape(row)}", said)
    log = root / "CHANGELOG.md"
    log.write_text(log.read_text("utf-8").replace("None so far.", changelog_rows(load(root).mistakes), 1), "utf-8")
    assert "CHANGELOG.md" not in red(root)[0]


def test_another_colour_turns_pictures_red_and_no_number(tmp_path: Path) -> None:
    """One entry of the palette: the pictures of figures, and the pages and notebooks that show them."""
    root = copied(tmp_path / "root", *OF_BRIEFING)
    shutil.copytree(ROOT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__"))
    page = root / "src" / "stats" / "draw" / "page.py"
    text = page.read_text("utf-8")
    page.write_text(text.replace('"#12436D"', '"#12436E"', 1), "utf-8")
    program = (
        "import sys\nfrom pathlib import Path\nfrom stats.run import reproduce as r\n"
        "r.MODELS = {}\ntry: r.reproduce(Path(sys.argv[1]), 2, print)\nexcept r.NotReproduced: pass"
    )
    script = tmp_path / "again.py"
    script.write_text(f"if __name__ == '__main__':\n    {program.replace(chr(10), chr(10) + '    ')}\n", "utf-8")
    env = {**os.environ, "PYTHONPATH": str(root / "src"), "STATS_HOME": str(root)}
    done = subprocess.run([sys.executable, str(script), str(root)], capture_output=True, text=True, env=env, check=True)
    files = {line.split()[1] for line in done.stdout.splitlines() if line.startswith("FAIL")}
    assert "figures/national_outcomes/outcomes.svg" in files
    assert "documents/briefing/briefing.html" in files
    assert {Path(file).suffix for file in files} == {".svg", ".png", ".html"}


def test_a_tampered_raw_file_and_a_typed_over_figure_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its new hash nothing of that file can be made, and each file says why; other files are told apart."""
    monkeypatch.setattr("stats.run.reproduce.MODELS", {"recorded_offences": RecordedOffences})
    root = copied(tmp_path, "article_001", "article_004_recorded")
    raw = root / RAW
    before = hashlib.sha256(raw.read_bytes()).hexdigest()
    raw.write_text(raw.read_text("utf-8").replace("8L,283\n", "8L,284\n", 1), "utf-8")
    after = hashlib.sha256(raw.read_bytes()).hexdigest()
    caption = root / "figures" / "article_001" / "own_base.json"
    caption.write_text(caption.read_text("utf-8").replace("0 of 112", "1 of 112"), "utf-8")
    (root / "figures" / "article_001" / "own_base.png").unlink()
    (root / "figures" / "article_001" / "extra.svg").write_text("<svg/>", "utf-8")
    page = root / "docs" / "methods.md"
    page.write_text(page.read_text("utf-8").replace("upper: 0.7266", "upper: 0.7267", 1), "utf-8")
    files, said = red(root)
    others = {"docs/methods.md"} | {
        f"figures/article_001/{name}" for name in ("own_base.json", "own_base.png", "extra.svg")
    }
    waiting = TABLES | {CLAIMS, "notebooks/recorded_offences.ipynb"}
    waiting |= files_of("article_004_recorded/recorded", "article_004_recorded/claimed")
    assert files == others | waiting
    reason = (
        f"could not be made: a raw file is not the file its entry describes. (file {RAW}; expected sha256 {before}; "
        f"found sha256 {after})"
    )
    assert all(re.search(rf"{re.escape(name)}:\s+{re.escape(reason)}", said) for name in waiting - {MADE})
    assert re.search(r"own_base.png:\s+is missing", said)
    assert re.search(r"extra.svg:\s+is not made by any brief", said)
