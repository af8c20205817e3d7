"""Real papermill runs: what goes in, what comes out, and what a failure leaves behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from stats.cli import cli
from stats.draw.charge import draw_charge_shares
from stats.errors import NoAccess
from stats.estimate.attrition import cohort, outcome_groups, withheld
from stats.publish.figures import files_of
from stats.read.tidy import read_tidy
from stats.registers import load
from stats.run.execute import Job, NotebookStopped, _stopped, run
from stats.run.parameters import ChargeShare
from stats.run.plan import load_brief, notebook_path
from stats.run.pool import run_all

ROOT = Path(__file__).parents[2]


def test_a_brief_run_again_gives_the_same_bytes(tmp_path: Path) -> None:
    """The figures in the repository are what papermill makes from the brief today."""
    result = CliRunner().invoke(cli, ["run", "article_001", "--out", str(tmp_path), "--force"])
    assert result.exit_code == 0, result.output
    made = {path.name: path.read_bytes() for path in (tmp_path / "article_001").iterdir()}
    committed = {path.name: path.read_bytes() for path in (ROOT / "figures" / "article_001").iterdir()}
    assert made == committed
    assert f"article_001  {len(made)} files" in result.output
    assert "1 brief made" in result.output
    again = CliRunner().invoke(cli, ["run", "article_001", "--out", str(tmp_path)])
    assert "0 briefs made, 1 up to date" in again.output


def test_a_notebook_and_a_direct_call_give_the_same_bytes() -> None:
    """Logic lives in the library: the notebook adds nothing to the figure."""
    asked = load_brief(ROOT / "notebooks" / "briefs" / "lincolnshire.yml").asked
    assert isinstance(asked, ChargeShare)
    registers = load()
    outcomes = read_tidy("outcomes", registers)
    where = {"group": asked.group, "period": asked.when, "registers": registers}
    cohorts = [
        (area, cohort(outcomes, area=area, **where), withheld(outcome_groups(outcomes, area=area, **where)))
        for area in asked.places
    ]
    drawing = draw_charge_shares("charged", cohorts, sources=registers.sources_of("outcomes"), **where)
    for suffix, data in files_of(drawing, asked).items():
        assert data == (ROOT / "figures" / "lincolnshire" / f"charged.{suffix}").read_bytes()


def test_a_refusal_inside_a_notebook_leaves_the_old_figures(tmp_path: Path) -> None:
    """A series across breaks is refused in the notebook's own words, and what was there stays."""
    out = tmp_path / "mine"
    out.mkdir()
    (out / "old.svg").write_text("old", "utf-8")
    parameters = {
        "area": "England and Wales", "offence": "stalking", "start": "2014/15", "end": "2024/25", "by": "year",
        "across_breaks": False, "claims": [],
    }  # fmt: skip
    job = Job("mine", notebook_path("recorded_offences", ROOT), parameters, out, tmp_path / "executed.ipynb")
    with pytest.raises(NotebookStopped) as stopped:
        run(job)
    said = str(stopped.value)
    assert said.startswith("NotComparable: recorded stalking")
    assert "former partner is recorded as stalking" in said
    assert "across_breaks=True" in said
    assert "Traceback" not in said
    assert [path.name for path in out.iterdir()] == ["old.svg"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert not (tmp_path / "executed.ipynb").exists()
    assert stopped.value.executed == tmp_path / "executed.failed.ipynb"
    shown = json.loads((tmp_path / "executed.failed.ipynb").read_text("utf-8"))
    assert shown["metadata"]["papermill"]["output_path"] == str(tmp_path / "executed.failed.ipynb")
    errors = [o for c in shown["cells"] for o in c.get("outputs", ()) if o["output_type"] == "error"]
    assert errors
    assert not any("site-packages" in line or 'File "' in line for e in errors for line in e["traceback"])


def test_figures_with_own_parameters_are_marked_as_a_draft(tmp_path: Path) -> None:
    """A campaigner's own figure says that it is one, in the picture and in the record."""
    result = CliRunner().invoke(
        cli, ["figure", "charge_share", "area=City of London", "offence=stalking", "--out", str(tmp_path)]
    )
    assert result.exit_code == 0, result.output + result.stderr
    record = json.loads((tmp_path / "charged.json").read_text("utf-8"))
    assert record["is_draft"]
    assert record["parameters"]["area"] == "City of London"
    assert "Draft: made with parameters of your own" in (tmp_path / "charged.svg").read_text("utf-8")
    assert json.loads((tmp_path / "numbers.json").read_text("utf-8"))["numbers"]


def test_a_full_disk_inside_a_notebook_is_no_fault_of_ours(tmp_path: Path) -> None:
    """What the computer refuses is told as such, with its own exit code."""
    job = Job("mine", tmp_path / "n.ipynb", {}, tmp_path, tmp_path / "executed.ipynb")
    stopped = _stopped("OSError", "[Errno 28] No space left on device: 'recorded.svg'", job, job.executed)
    assert stopped.exit_code == NoAccess.exit_code
    assert "recorded.svg" in str(stopped)
    assert "Make room on the disk" in str(stopped)
    assert "fault of ours" not in str(stopped)
    assert "fault of ours" in str(_stopped("KeyError", "'offences_n'", job, job.executed))


def test_a_folder_that_a_worker_cannot_use_stops_that_brief_alone(tmp_path: Path) -> None:
    """The brief whose folder lies below a file is named; the refusal comes back from the worker as a message."""
    (tmp_path / "file").write_text("", "utf-8")
    job = Job("mine", tmp_path / "n.ipynb", {}, tmp_path / "file" / "mine", tmp_path / "executed.ipynb")
    ((of, made, *_),) = run_all([job], 1)
    assert (of, type(made)) == (job, NoAccess)


def test_a_cell_that_takes_too_long_is_a_failure_of_its_run(tmp_path: Path) -> None:
    """It is told as such, and no file of it takes a place."""
    cell = {"cell_type": "code", "metadata": {}, "source": "import time; time.sleep(60)"}
    cell |= {"outputs": [], "execution_count": None}
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = tmp_path / "slow.ipynb"
    notebook.write_text(json.dumps({"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 4}), "utf-8")
    job = Job("slow", notebook, {}, tmp_path / "out", tmp_path / "executed.ipynb", timeout=1)
    with pytest.raises(NotebookStopped, match=r"slow\.ipynb did not come to its end: .* longer .*1 s"):
        run(job)
    assert not job.out.exists()


@pytest.mark.parametrize("engine", ["fork", "plain", "stock"])
def test_a_kernel_that_dies_is_told_in_words_and_never_a_result(tmp_path: Path, monkeypatch, engine: str) -> None:
    """Whatever the engine: no figures, no notebook under the name of a good one, and no traceback."""
    monkeypatch.setenv("STATS_ENGINE", engine)
    source = json.loads(notebook_path("charge_share", ROOT).read_text("utf-8"))
    source["cells"] = [dict(c, source="import os; os._exit(3)") for c in source["cells"] if c["cell_type"] == "code"][
        :2
    ]
    path = tmp_path / "dies.ipynb"
    path.write_text(json.dumps(source), "utf-8")
    job = Job("mine", path, {}, tmp_path / "mine", tmp_path / "build" / "executed.ipynb")
    with pytest.raises(NotebookStopped) as stopped:
        run(job)
    assert "dies.ipynb did not come to its end: " in str(stopped.value)
    assert engine == "stock" or "it ended with status 3" in str(stopped.value)
    assert [p.name for p in (tmp_path / "build").iterdir()] == ["executed.failed.ipynb"]
    assert not (tmp_path / "mine").exists()
