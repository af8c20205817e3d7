"""What is answered before click is imported, and that it is the same answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from stats import door
from stats.cli import cli
from stats.home import home

HELP = Path(door.__file__).with_name(door.HELP)


def typed(*words: str, code: str = "", **environment: str):
    """Run the command in a fresh process and return what it printed, its exit code and the modules it imported."""
    program = (
        f"import sys, json; sys.argv = ['stats', *{list(words)!r}]; {code}\n"
        "from stats.door import main\n"
        "try: main()\n"
        "except SystemExit as end: code = end.code or 0\n"
        "else: code = 0\n"
        "print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)"
    )
    given = {name: value for name, value in os.environ.items() if name != "COLUMNS"} | environment
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=given)
    code_, modules = json.loads(done.stderr.splitlines()[-1])
    return done.stdout, code_, set(modules)


def test_the_help_beside_the_door_is_what_click_prints() -> None:
    """If this fails, a command has changed: stats --help | with COLUMNS=80 gives the text of src/stats/help.txt."""
    printed = CliRunner().invoke(cli, ["--help"], prog_name="stats", env={"COLUMNS": "80"}).output
    assert HELP.read_text("utf-8") == printed


@pytest.mark.parametrize("word", ["--help", "-h"])
def test_help_is_answered_without_click(word: str) -> None:
    """Nor pydantic, nor anything of ours but the door."""
    said, code, modules = typed(word)
    assert (said, code) == (HELP.read_text("utf-8"), 0)
    assert {name for name in modules if name.partition(".")[0] == "stats"} == {"stats", "stats.door"}
    assert not {"click", "pydantic", "yaml", "inspect", "dataclasses", "pathlib"} & modules


def test_in_a_narrow_terminal_click_sets_the_help() -> None:
    """The text beside the door is set for 80 columns."""
    said, code, modules = typed("--help", COLUMNS="60")
    assert code == 0
    assert "click" in modules
    assert max(map(len, said.splitlines())) <= 60


@pytest.mark.parametrize("words", [("show", "area", "lincs"), ("--version",), ("run", "nowhere")])
def test_all_else_is_done_by_the_rest(words: tuple[str, ...]) -> None:
    """With the same exit codes."""
    said, code, modules = typed(*words)
    assert "click" in modules
    assert code == (2 if words[0] == "run" else 0)
    assert said or code


def test_a_run_with_nothing_to_do_is_answered_without_click(tmp_path: Path) -> None:
    """What it said is said again; a file that changed sends it the long way."""
    matrix = tmp_path / "m.yml"
    matrix.write_text("notebooks: charge_share\nareas: Kent\noffences: stalking\nperiods: 2013/14\n", "utf-8")
    os.utime(matrix, (1, 1))
    words = ("run", "--matrix", str(matrix), "--out", str(tmp_path / "out"))
    quiet = "import stats.run.nothing_to_do as n; n._is_fresh = lambda path: False"
    first = typed(*words, code=quiet)
    assert "1 × The police did not count stalking apart from harassment before April 2014" in first[0]
    assert "click" in first[2]
    again = typed(*words)
    assert again[:2] == first[:2]
    assert not {"click", "pydantic", "pandas", "inspect"} & again[2]
    matrix.write_text(matrix.read_text("utf-8").replace("2013/14", "2012/13"), "utf-8")
    assert "click" in typed(*words)[2]


def test_what_was_forced_is_forced_again(tmp_path: Path) -> None:
    """`--force` asks for a run whatever is there, so it is never answered by what was said before."""
    matrix = tmp_path / "m.yml"
    matrix.write_text("notebooks: charge_share\nareas: Kent\noffences: stalking\nperiods: 2013/14\n", "utf-8")
    words = ("run", "--matrix", str(matrix), "--out", str(tmp_path / "out"), "--force")
    quiet = "import stats.run.nothing_to_do as n; n._is_fresh = lambda path: False"
    assert "click" in typed(*words, code=quiet)[2]
    assert "click" in typed(*words)[2]


def test_the_door_finds_the_same_home(monkeypatch, tmp_path: Path) -> None:
    """By the environment, or where the code lies."""
    assert door._root() == str(home())
    monkeypatch.setenv("STATS_HOME", str(tmp_path))
    assert door._root() is None
    (tmp_path / "data" / "registers").mkdir(parents=True)
    assert door._root() == str(tmp_path.resolve()) == str(home())


def test_a_reader_that_has_left_ends_in_silence() -> None:
    """`stats --help | head -1` prints no traceback."""
    done = subprocess.run(
        f"{sys.executable} -m stats --help | true", shell=True, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
