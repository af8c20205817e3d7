"""What is recorded of a run that failed."""

import json

import pytest
from made_runs import cell, cells, put_notebook

from stats.errors import StatsError
from stats.run.execute import NotebookStopped
from stats.run.failed import error_of, failed_cell


@pytest.mark.parametrize(
    ("problem", "name"),
    [
        (NotebookStopped("NotComparable: not across April 2020.\n  asked: x"), "NotComparable"),
        (
            NotebookStopped("the notebook a.ipynb failed: ZeroDivisionError: division by zero\n  ours"),
            "ZeroDivisionError",
        ),
        (NotebookStopped("the notebook a.ipynb failed in cell 1: KeyError: 'a'\n  ours"), "KeyError"),
        (ValueError("wrong"), "ValueError"),
        (StatsError("wrong."), "StatsError"),
    ],
)
def test_the_class_of_an_error_is_the_one_that_was_raised(problem, name):
    """Inside the notebook, where it was."""
    assert error_of(problem)["class"] == name


def test_the_cell_that_failed_is_found_in_the_notebook(tmp_path):
    """By its number as Jupyter shows it, or its place; words that papermill puts in do not count."""
    path, error = tmp_path / "a.ipynb", {"output_type": "error", "ename": "E", "evalue": ""}
    put_notebook(path, [*cells(), cell("a = 1\nb", outputs=[error])])
    assert failed_cell(path) == {"class": "E", "cell": 3, "line": "a = 1"}
    assert error_of(NotebookStopped("it did not come to its end"), path)["class"] == "E"
    put_notebook(path, cells())
    assert failed_cell(path) == {}
    path.write_text(json.dumps({}), "utf-8")
    assert failed_cell(path) == failed_cell(tmp_path / "none") == {}
