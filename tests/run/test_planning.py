"""A plan says what can be made before anything runs, and is right."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stats.errors import BadParameter, StatsError
from stats.registers import load
from stats.run.execute import environment
from stats.run.matrix import Matrix, combinations, name_of
from stats.run.parameters import MODELS
from stats.run.plan import notebook_path
from stats.run.plan_text import plan_json, plan_text
from stats.run.planning import plan_of
from stats.run.questions import cells_of

REGISTERS = load()

SAMPLE = [
    Matrix(notebooks="charge_share", areas=["Kent", "BTP"], offences="8U", periods=["2024/25", "2019/20"]),
    Matrix(notebooks="charge_share", areas=["Humberside", "Met"], offences="8R", periods="2024/25 Q2"),
    Matrix(notebooks="charge_share", areas="City of London", offences="stalking", periods="2024/25 Q1"),
    Matrix(notebooks="charge_share", areas="City of London", offences="stalking", periods="2024/25",
           parameters={"beside": "Wales"}),
    Matrix(notebooks="recorded_offences", areas="BTP", offences="8Q", periods=["2012/13 to 2014/15", "2024/25"]),
    Matrix(notebooks="recorded_offences", areas="Wales", offences="8Q", periods=["2018/19 to 2021/22", "2021/22"],
           parameters={"across_breaks": False}),
    Matrix(notebooks="recorded_offences", areas="Kent", offences="8Q", periods=["2025/26 Q3", "2025/26"]),
    Matrix(notebooks="is_it_changing", areas="Kent", offences=["8R"], periods=["2016/17 to 2024/25", "2024/25"]),
    Matrix(notebooks="compare_forces", areas=["Kent", "Wales"], offences="8R", periods=["2024/25", "2024/25 Q1"]),
    Matrix(notebooks="how_much_do_figures_move", offences=["8L", "8U"], periods=["2017/18", "2018/19"]),
    Matrix(notebooks="foi_and_surveys", offences="stalking", periods=["2024/25", "2023/24"]),
    Matrix(notebooks="people_and_case_files"),
    Matrix(notebooks="recorded_to_convicted"),
    Matrix(notebooks="is_it_true"),
]  # fmt: skip
"""Every notebook, with what can be made and what cannot."""


def cells_run(notebook: str, values: dict[str, object]) -> None:
    """Run the code of a notebook as a plain program, with other parameters."""
    names: dict[str, object] = {}
    for cell in cells_of(notebook_path(notebook, REGISTERS.root)):
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
            names |= values if "parameters" in cell["metadata"].get("tags", ()) else {}


@pytest.mark.parametrize("matrix", SAMPLE, ids=lambda m: f"{m.notebooks[0]}-{'-'.join(m.periods)}".replace("/", "_"))
def test_what_can_be_made_by_the_plan_runs_and_what_cannot_is_refused(matrix: Matrix, tmp_path: Path) -> None:
    """Over every notebook: possible by the plan, and running it does not raise; and the other way round."""
    plan = plan_of([matrix], REGISTERS)
    impossible = {i.name for i in plan.impossible}
    for combination in combinations(matrix, REGISTERS):
        name = name_of(combination)
        with environment({"STATS_OUT": str(tmp_path / name)}):
            if name in impossible:
                with pytest.raises(StatsError):
                    cells_run(combination.notebook, dict(combination.values))
            else:
                cells_run(combination.notebook, dict(combination.values))
                assert list((tmp_path / name).glob("*.svg"))


def test_the_sample_has_every_notebook() -> None:
    """Possible and impossible ones wherever a combination can be either."""
    assert {matrix.notebooks[0] for matrix in SAMPLE} == set(MODELS)


LARGE = Matrix(
    notebooks="charge_share", areas="all", offences=["stalking", "harassment", "8U"],
    periods=[f"20{year}/{year + 1}" for year in range(15, 25)],
)  # fmt: skip


def test_44_forces_by_3_offences_by_10_periods_are_planned_in_a_moment() -> None:
    """Counts first; like refusals are told once, with how many they are; and it takes well under a second."""
    started = time.process_time()
    plan = plan_of([LARGE], REGISTERS)
    text = plan_text(plan, set(), chosen=[w.name for w in plan.wanted])
    assert time.process_time() - started < 1.5
    lines = text.splitlines()
    assert lines[0] == "1,320 combinations: 130 to make, 0 up to date, 1,190 cannot be computed"
    assert any(line.split("×")[-1].strip().startswith("Outcomes by force and type for years before") for line in lines)
    assert sum("Outcomes by force and type" in line for line in lines) == 1
    assert "… and 118 more" in text


def test_the_same_as_json_names_every_run() -> None:
    """With its parameters, the releases it rests on and its state; and every refusal with its kind."""
    plan = plan_of([LARGE], REGISTERS)
    names = [w.name for w in plan.wanted]
    told = json.loads(plan_json(plan, set(names[:2]), chosen=names[2:5]))
    assert told["counts"] == {"to_make": 3, "up_to_date": 2, "cannot": 1190}
    assert [run["state"] for run in told["runs"][:6]] == ["up to date"] * 2 + ["to make"] * 3 + ["left for later"]
    assert told["runs"][0]["releases"] == [REGISTERS.newest("outcomes").id]
    assert {cannot["kind"] for cannot in told["cannot"]} == {
        "not to hand",
        "not counted then",
        "none recorded",
        "too few",
    }
    assert all(cannot["area"] and cannot["why"] for cannot in told["cannot"])


def test_what_two_matrices_ask_for_is_run_once() -> None:
    """Whatever spelling they use."""
    first = Matrix(notebooks="charge_share", areas="Lincs", offences="stalking", periods="2024/25")
    second = Matrix(notebooks="charge_share", areas=["Lincolnshire", "Kent"], offences="stalking", periods="2024/25")
    assert [w.name.split("-")[1] for w in plan_of([first, second], REGISTERS).wanted] == ["lincolnshire", "kent"]


def test_a_run_that_lacks_a_figure_is_told_of() -> None:
    """British Transport Police has no population, so there is no figure of rates; that is no refusal."""
    plan = plan_of(
        [Matrix(notebooks="recorded_offences", areas=["BTP", "Kent"], offences="8Q", periods="2023/24")], REGISTERS
    )
    text = plan_text(plan, set(), chosen=())
    assert "Made, but not in full:" in text
    assert "1 × No figure of rates: British Transport Police has no resident population" in text
    assert not plan.impossible


def test_a_mistake_in_what_all_runs_share_is_no_reason_of_the_data() -> None:
    """It stops the plan, with what the notebook takes."""
    wrong = Matrix(
        notebooks="recorded_offences", areas="all", offences="8Q", periods="2023/24", parameters={"by": "month"}
    )
    with pytest.raises(BadParameter, match="cannot take these parameters"):
        plan_of([wrong], REGISTERS)


def test_a_combination_that_a_notebook_cannot_be_asked_is_told_and_the_rest_runs() -> None:
    """Wales is no police force, and the funnel still names Kent."""
    plan = plan_of(
        [Matrix(notebooks="compare_forces", areas=["Kent", "Wales"], offences="8Q", periods="2024/25")], REGISTERS
    )
    assert len(plan.wanted) == 1
    (wales,) = plan.impossible
    assert (wales.reason.kind, wales.reason.words) == ("not asked so", "Wales is not one police force")


def test_a_plan_imports_nothing_heavy() -> None:
    """No pandas, numpy, matplotlib or nbformat, though it answers as the library would."""
    code = (
        "import sys; from stats.cli import cli; from click.testing import CliRunner\n"
        "words = ['run', '--notebook', 'all', '--area', 'all', '--offence', 'all', '--period', '2024/25', '--plan']\n"
        "result = CliRunner().invoke(cli, words); assert result.exit_code == 0, result.output\n"
        "CliRunner().invoke(cli, ['run', '--help'])\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'nbformat', 'papermill', 'scipy', 'jsonschema', 'IPython'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
