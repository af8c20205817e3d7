"""The gate bites: a changed number, a damaged picture, an emptied notebook and an unset seed each fail."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from stats.run.parameters import MODELS
from stats.run.plan import brief_paths, defaults, load_brief

sys.path.insert(0, str(Path(__file__).parent))
from gate import pictures, problems

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "people_and_case_files.ipynb"


def change_a_number(notebook: dict[str, Any]) -> None:
    """Turn one count in a stored table into another."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            text = "".join(output.get("data", {}).get("text/plain", ""))
            if "62 to 67" in text:
                output["data"]["text/plain"] = text.replace("62 to 67", "62 to 68", 1)
                return
    raise AssertionError("the number to change was not found")


def damage_a_picture(notebook: dict[str, Any]) -> None:
    """Move one point of a stored picture."""
    output = next(o for cell in notebook["cells"] if cell["cell_type"] == "code" for o in pictures(cell))
    svg = "".join(output["data"]["image/svg+xml"])
    found = re.search(r" d=\"M (\d+)\.", svg)
    assert found
    output["data"]["image/svg+xml"] = svg.replace(found[0], f' d="M {int(found[1]) + 1}.', 1)


def drawing(seed: str) -> dict[str, Any]:
    """Return a cell that draws a number, with what is drawn from seed 7 stored in it."""
    drawn = nbformat.v4.new_output("execute_result", {"text/plain": repr(random.Random(7).random())}, execution_count=1)
    return nbformat.v4.new_code_cell(f"import random\n\n{seed}random.random()", outputs=[drawn], execution_count=1)


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> set[int]:
    """Return which cells real nbval refuses: of a notebook with two damages, after two that draw a number.

    The first of these has no seed, the second has one: both ran in the same new kernel.
    """
    folder = tmp_path_factory.mktemp("gate")
    damaged = json.loads(NOTEBOOK.read_text("utf-8"))
    change_a_number(damaged)
    damage_a_picture(damaged)
    damaged["cells"][:0] = [drawing(""), drawing("random.seed(7)\n")]
    (folder / "damaged.ipynb").write_text(json.dumps(damaged), "utf-8")
    options = ["--nbval", "-p", "no:cacheprovider", "-q", "-rf", "-c", "/dev/null"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(folder)], capture_output=True, text=True, check=False
    )
    assert re.search(r"\d+ failed, \d+ passed", done.stdout), done.stdout[-3000:]
    return {int(cell) for cell in re.findall(r"^FAILED \S*damaged\.ipynb::Cell (\d+)", done.stdout, re.M)}


def test_a_changed_number_and_a_damaged_picture_fail(failed: set[int]) -> None:
    """One digit in a table and one point of a picture are each enough; the untouched cells pass."""
    code = [c for c in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
    number = next(n for n, c in enumerate(code) if "62 to 67" in json.dumps(c["outputs"]) and not pictures(c))
    picture = next(n for n, c in enumerate(code) if pictures(c))
    assert failed - {0, 1} == {number + 2, picture + 2}


def test_an_unset_seed_fails(failed: set[int]) -> None:
    """With its seed the cell passes, without it the same cell does not."""
    assert failed & {0, 1} == {0}


def test_an_emptied_notebook_is_refused(tmp_path: Path) -> None:
    """Nbval passes a stripped notebook, since it has nothing to compare; this gate does not."""
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
    path = tmp_path / "emptied.ipynb"
    path.write_text(json.dumps(notebook), "utf-8")
    assert any("nothing is compared" in problem for problem in problems(path))
    assert "no picture is stored" in problems(path)


def test_one_emptied_cell_is_refused(tmp_path: Path) -> None:
    """A single cell without its output is seen too."""
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    cell = next(c for c in notebook["cells"] if c["cell_type"] == "code" and pictures(c))
    cell["outputs"] = []
    path = tmp_path / "emptied.ipynb"
    path.write_text(json.dumps(notebook), "utf-8")
    assert len([p for p in problems(path) if "nothing is compared" in p]) == 1


def test_a_table_with_words_cut_off_is_refused(tmp_path: Path) -> None:
    """The end of the sentence may be the very statement that was asked for."""
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    whole = "people who chose to answer stand for themselves</td>"
    text = json.dumps(notebook)
    assert whole in text
    path = tmp_path / "cut.ipynb"
    path.write_text(text.replace(whole, "people who chose to answer stand ...</td>", 1), "utf-8")
    assert any("words are cut off" in problem for problem in problems(path))


@pytest.mark.parametrize("notebook", MODELS)
def test_committed_notebooks_hold_their_outputs(notebook: str) -> None:
    """Every cell was run in order, stores what it shows, and every picture has its alternative text."""
    assert problems(ROOT / "notebooks" / f"{notebook}.ipynb") == []


@pytest.mark.parametrize("notebook", MODELS)
def test_stored_pictures_are_the_committed_figures(notebook: str) -> None:
    """What the notebook shows is, byte for byte, the SVG that is published."""
    default = MODELS[notebook].ask(**defaults(notebook, ROOT))
    brief = next(b for b in map(load_brief, brief_paths((), ROOT)) if b.notebook == notebook and b.asked == default)
    cells = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text("utf-8"))["cells"]
    stored = ["".join(o["data"]["image/svg+xml"]) for c in cells if c["cell_type"] == "code" for o in pictures(c)]
    published = [path.read_text("utf-8") for path in sorted((ROOT / "figures" / brief.name).glob("*.svg"))]
    assert sorted(stored) == sorted(published)
