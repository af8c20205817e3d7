"""Outputs of an earlier run under the words that the notebook has now."""

import json

import pytest
from made_runs import cell, cells, markdown

from stats.errors import StatsError
from stats.run.rerender import rerender


def book(of: list[dict], **more: object) -> bytes:
    """Return a notebook as the bytes of its file."""
    return json.dumps({"cells": of, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}).encode()


def ran(of: list[dict]) -> list[dict]:
    """Return cells as they are after a run: each has an output, and papermill's cell stands behind the parameters."""
    found, number = [], 0
    for one in of:
        more = {}
        if one["cell_type"] == "code":
            number += 1
            out = {"output_type": "stream", "name": "stdout", "text": [f"output {number}"]}
            more = {"outputs": [out], "execution_count": number, "metadata": {**one["metadata"], "papermill": {}}}
        found.append(one | more)
        if one["metadata"].get("tags") == ["parameters"]:
            found.append(cell("area = 'Surrey'", tags=["injected-parameters"], id="abc"))
    return found


def sources(notebook: bytes) -> list[str]:
    """Return the text of each cell."""
    return ["".join(one["source"]) for one in json.loads(notebook)["cells"]]


def test_new_words_stand_over_the_outputs_of_the_earlier_run():
    """Every output, its number and papermill's own cell stay; the metadata are those of the run."""
    now = [markdown("# Another title"), *cells()[1:], markdown("More.")]
    made = rerender(book(ran(cells()), metadata={"papermill": {"parameters": {"area": "Surrey"}}}), book(now))
    assert sources(made) == ["# Another title", "area = 'Kent'", "area = 'Surrey'", "share = 1\nshare",
                             "The share is above.", "More."]  # fmt: skip
    assert json.loads(made)["cells"][3]["outputs"][0]["text"] == ["output 2"]
    assert json.loads(made)["cells"][3]["execution_count"] == 2
    assert json.loads(made)["metadata"]["papermill"]["parameters"] == {"area": "Surrey"}


def test_outputs_stored_in_the_notebook_itself_are_not_taken():
    """They are of its default parameters."""
    assert rerender(book(ran(cells())), book(ran(cells())[:2] + ran(cells())[3:])) == rerender(
        book(ran(cells())), book(cells())
    )


def test_words_may_move_between_the_cells():
    """Code keeps its order."""
    first, parameters, share, last = cells()
    made = rerender(book(ran(cells())), book([parameters, last, share, first]))
    assert sources(made) == ["area = 'Kent'", "area = 'Surrey'", "The share is above.", "share = 1\nshare",
                             "# What became of them?"]  # fmt: skip


def test_without_a_cell_of_parameters_papermill_puts_its_own_first():
    """And there it stays."""
    of = [markdown("# Why?"), cell("1")]
    made = rerender(book([cell("x = 2", tags=["injected-parameters"]), *ran(of)]), book([markdown("# How?"), of[1]]))
    assert sources(made) == ["x = 2", "# How?", "1"]


def test_a_cell_has_the_id_that_it_has_now():
    """Two cells of one id would be no notebook."""
    old, new = [cell("1", id="old"), cell("2", id="other")], [cell("1", id="new"), cell("2", id="old")]
    assert [one["id"] for one in json.loads(rerender(book(ran(old)), book(new)))["cells"]] == ["new", "old"]


@pytest.mark.parametrize("now", [cells(code="share = 2"), cells()[1:2], [*cells(), cell("more")],
                                 [*cells()[:2], cell("share = 1\nshare", tags=["skip-execution"])]])  # fmt: skip
def test_outputs_never_stand_under_other_code(now):
    """The guard stops before anything is written."""
    with pytest.raises(StatsError, match="not the code that was run"):
        rerender(book(ran(cells())), book(now))


def test_with_the_words_of_the_run_it_is_papermills_own_file():
    """Byte for byte, with papermill's own way of putting parameters in and of writing."""
    import nbformat
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    for path in ("charge_share", "is_it_changing"):
        source = f"notebooks/{path}.ipynb"
        from stats.home import home

        node = load_notebook_node(str(home() / source))
        node = parameterize_notebook(node, {"area": "Kent"})
        text = nbformat.writes(node)
        stored = text if text.endswith("\n") else f"{text}\n"
        made = rerender(stored.encode(), (home() / source).read_bytes())
        assert _without_papermill(made) == _without_papermill(stored.encode())


def _without_papermill(notebook: bytes) -> str:
    """What papermill notes of its own on cells of words is not kept: those are the notebook's of now."""
    told = json.loads(notebook)
    for one in told["cells"]:
        one["metadata"].pop("papermill", None)
        one["metadata"] = {name: value for name, value in one["metadata"].items() if value}
    return json.dumps(told, sort_keys=True)
