"""The gate bites: a changed number, a damaged picture, an emptied notebook and an unset seed each fail."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

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


def unset_a_seed(notebook: dict[str, Any]) -> None:
    """Take the seed from a cell that draws a number."""
    cell = notebook["cells"][0]
    assert "random.seed(7)\n" in "".join(cell["source"])
    cell["source"] = "".join(cell["source"]).replace("random.seed(7)\n", "")


def seeded() -> dict[str, Any]:
    """Return a notebook that draws a number from a seeded generator, run once."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("import random\n\nrandom.seed(7)\nrandom.random()")]
    )
    NotebookClient(notebook, kernel_name="python3", record_timing=False).execute()
    return json.loads(nbformat.writes(notebook))


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[int]]:
    """Return for each notebook the cells that real nbval refuses; the damaged ones hold two damages each."""
    folder = tmp_path_factory.mktemp("gate")
    damaged, unset = json.loads(NOTEBOOK.read_text("utf-8")), seeded()
    change_a_number(damaged)
    damage_a_picture(damaged)
    notebooks = {"damaged": damaged, "seed_set": json.loads(json.dumps(unset)), "seed_unset": unset}
    unset_a_seed(unset)
    for name, notebook in notebooks.items():
        (folder / f"{name}.ipynb").write_text(json.dumps(notebook), "utf-8")
    options = ["--nbval", "-p", "no:cacheprovider", "-q", "-rf", "-c", "/dev/null"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(folder)], capture_output=True, text=True, check=False
    )
    assert re.search(r"\d+ failed, \d+ passed", done.stdout), done.stdout[-3000:]
    cells = re.findall(r"^FAILED \S*?(\w+)\.ipynb::Cell (\d+)", done.stdout, re.M)
    return {name: {int(cell) for notebook, cell in cells if notebook == name} for name in notebooks}


def test_a_changed_number_and_a_damaged_picture_fail(failed: dict[str, set[int]]) -> None:
    """One digit in a table and one point of a picture are each enough; the untouched cells pass."""
    code = [c for c in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
    number = next(n for n, c in enumerate(code) if "62 to 67" in json.dumps(c["outputs"]) and not pictures(c))
    picture = next(n for n, c in enumerate(code) if pictures(c))
    assert failed["damaged"] == {number, picture}


def test_an_unset_seed_fails(failed: dict[str, set[int]]) -> None:
    """With its seed the notebook passes, without it the same notebook does not."""
    assert failed["seed_set"] == set()
    assert failed["seed_unset"] == {0}


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
