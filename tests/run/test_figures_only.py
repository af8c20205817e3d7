"""Figures without a kernel: the same files as a notebook makes, and failures that say what failed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest

from stats.run.execute import Job, NotebookStopped, run
from stats.run.figures_only import imported_by, make_figures
from stats.run.parameters import MODELS
from stats.run.plan import brief_paths, defaults, load_brief, notebook_path
from stats.run.reproduce import unlike_files

ROOT = Path(__file__).parents[2]


def brief_of(notebook: str) -> str:
    """Return the published brief with the notebook's default parameters."""
    default = MODELS[notebook].ask(**defaults(notebook, ROOT))
    briefs = [load_brief(path) for path in brief_paths((), ROOT)]
    return next(brief.name for brief in briefs if brief.notebook == notebook and brief.asked == default)


def of_brief(brief: str, folder: Path) -> Job:
    """Return the job of a brief, below a folder."""
    found = load_brief(ROOT / "notebooks" / "briefs" / f"{brief}.yml")
    path = notebook_path(found.notebook, ROOT)
    return Job(brief, path, found.asked.as_parameters(), folder / brief, folder / "executed" / f"{brief}.ipynb")


def notebook(folder: Path, *cells: str, tagged: int | None = None) -> Path:
    """Return a notebook of code cells, one of them perhaps tagged as that of the parameters."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    if tagged is not None:
        made.cells[tagged].metadata["tags"] = ["parameters"]
    path = folder / "a_notebook.ipynb"
    path.write_text(nbformat.writes(made), "utf-8")
    return path


def job(folder: Path, *cells: str, tagged: int | None = None, **parameters: Any) -> Job:
    """Return a job of such a notebook."""
    out = folder / "out"
    return Job("a_job", notebook(folder, *cells, tagged=tagged), parameters, out, folder / "executed.ipynb")


def told(made: Job) -> Any:
    """Return what the cells of a job wrote into `told.json`."""
    make_figures(made)
    return json.loads((made.out / "told.json").read_text("utf-8"))


TELL = "import json, os\nopen(os.environ['STATS_OUT'] + '/told.json', 'w').write(json.dumps({}))"


@pytest.mark.parametrize("name", MODELS)
def test_every_notebook_makes_what_is_committed(name: str, tmp_path: Path) -> None:
    """Its default brief has the bytes of the repository, `numbers.json` too. `make reproduce` compares every brief."""
    brief = brief_of(name)
    made = make_figures(of_brief(brief, tmp_path))
    assert unlike_files(ROOT / "figures" / brief, tmp_path / brief) == []
    assert {path.name for path in made.files} == {path.name for path in (ROOT / "figures" / brief).iterdir()}


def test_a_kernel_and_none_make_the_same_bytes(tmp_path: Path) -> None:
    """A real run by papermill beside one without: every file is the same, with the mark of a draft."""
    job = replace(of_brief("article_001", tmp_path), out=tmp_path / "a", is_draft=True)
    with_kernel, without = run(job), make_figures(replace(job, out=tmp_path / "b"))
    assert unlike_files(tmp_path / "a", tmp_path / "b") == []
    assert with_kernel.seconds["start"] > 0 == without.seconds["start"]
    assert with_kernel.seconds["draw"] > 0 < without.seconds["draw"]
    assert (with_kernel.memory["of"], without.memory["of"]) == ("kernel", "worker")
    assert with_kernel.memory["bytes"] > 20_000_000
    record = json.loads((tmp_path / "b" / "own_base.json").read_text("utf-8"))
    assert record["is_draft"] is True


def test_one_run_after_another_changes_nothing(tmp_path: Path) -> None:
    """The second run of a process is not that of the first one's settings."""
    for brief in ("illustrative_open_survey", "lincolnshire", "illustrative_open_survey"):
        make_figures(of_brief(brief, tmp_path))
        assert unlike_files(ROOT / "figures" / brief, tmp_path / brief) == []


def test_parameters_follow_their_cell(tmp_path: Path) -> None:
    """They take the place of the defaults, before the next cell runs, and are not what the cells made of them."""
    values = [1, "4.10"]
    made = job(tmp_path, "a = 'default'\nb = 2", "b += 1\na.append(3)", TELL.format("[a, b]"), tagged=0, a=values)
    assert told(made) == [[1, "4.10", 3], 3]
    assert values == [1, "4.10"]


def test_parameters_stand_first_without_a_cell_for_them(tmp_path: Path) -> None:
    """As papermill has it."""
    assert told(job(tmp_path, "b = a + 1", TELL.format("b"), a=1)) == 2


def test_names_do_not_reach_the_next_run(tmp_path: Path) -> None:
    """Each run begins with no names but those of a module, and the name that a kernel's has."""
    first, second = tmp_path / "1", tmp_path / "2"
    first.mkdir()
    second.mkdir()
    make_figures(job(first, "leaked = 1"))
    assert told(job(second, TELL.format("['leaked' in dir(), __name__]"))) == [False, "__main__"]


def test_cells_run_in_the_folder_of_the_notebook(tmp_path: Path) -> None:
    """Where papermill runs them."""
    assert told(job(tmp_path, TELL.format("os.getcwd()"))) == str(tmp_path)


def test_what_is_displayed_costs_nothing(tmp_path: Path) -> None:
    """`display` may be called, and neither it nor the last line of a cell has a picture or a table laid out."""
    cells = (
        "class Shown:\n    def __repr__(self):\n        raise ValueError",
        "display(Shown())\nShown()",
        TELL.format("1"),
    )
    assert told(job(tmp_path, *cells)) == 1


@pytest.mark.parametrize(
    ("cell", "said", "exit_code"),
    [
        ("1 / 0", r"failed in cell 1: ZeroDivisionError: division by zero\n  This is a fault of ours", 1),
        ("import sys\nsys.exit(0)", r"failed in cell 1: SystemExit: 0", 1),
        ("from stats.errors import NotComparable\nraise NotComparable('no', [('a', 'b')])", r"^NotComparable: no\n", 3),
        ("open('/proc/no/such/file')", r"^NoAccess: .*\n.*\n.*No such file", 7),
        ("%matplotlib inline", r"cell 1 .* not plain Python, and needs a kernel: %matplotlib inline", 1),
        ("await nothing", r"not plain Python", 1),
        ("def f(:\n  pass", r"not plain Python.*def f\(:", 1),
    ],
    ids=["fault", "exit", "refusal", "the computer", "magic", "await", "syntax"],
)
def test_a_failure_says_what_failed_and_leaves_the_old_figures(
    tmp_path: Path, cell: str, said: str, exit_code: int
) -> None:
    """An exit is a failure too; what was there stays, and what was made before the failure does not appear."""
    made = job(tmp_path, TELL.format("1"), cell)
    made.out.mkdir()
    (made.out / "old.svg").write_text("old", "utf-8")
    with pytest.raises(NotebookStopped, match=said) as stopped:
        make_figures(made)
    assert stopped.value.exit_code == exit_code
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a_notebook.ipynb", "old.svg"]


def test_a_cell_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    """Whatever it catches; the time is that of one cell, and the next run has its own."""
    endless = "import time\nwhile True:\n    try:\n        time.sleep(9)\n    except Exception:\n        pass"
    with pytest.raises(NotebookStopped, match=r"TookTooLong: cell 1 of a_notebook.ipynb took longer than 0.2 s"):
        make_figures(replace(job(tmp_path, "1", endless), timeout=0.2))
    slow = job(tmp_path, "import time\ntime.sleep(1)", "time.sleep(1)", TELL.format("1"))
    assert told(replace(slow, timeout=1.9)) == 1


def test_a_notebook_that_changed_is_not_an_old_one(tmp_path: Path) -> None:
    """Cells are remembered by their bytes, and by nothing else."""
    assert told(job(tmp_path, TELL.format("1"))) == 1
    assert told(job(tmp_path, TELL.format("2"))) == 2


def test_ctrl_c_is_not_a_failure_of_the_notebook(tmp_path: Path) -> None:
    """It stops the command, as everywhere."""
    with pytest.raises(KeyboardInterrupt):
        make_figures(job(tmp_path, "raise KeyboardInterrupt"))


def test_what_a_notebook_imports_is_known_before_it_runs(tmp_path: Path) -> None:
    """Both kinds of import count, and a cell that is no Python does not matter."""
    path = notebook(
        tmp_path, "import pandas as pd\nfrom stats.draw.bars import draw_outcomes", "%magic", "import os.path"
    )
    assert imported_by(path) == ["pandas", "stats.draw.bars", "os.path"]
