"""The command: what a person types, and what they read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from stats.cli import SHOWN, cli
from stats.publish.show import KINDS

ROOT = Path(__file__).parents[1]


def stats(*words: str):
    """Run the command in this process."""
    return CliRunner().invoke(cli, list(words))


@pytest.mark.parametrize("command", [None, *cli.commands])
def test_every_command_explains_itself(command: str | None) -> None:
    """Help opens with a plain sentence."""
    result = stats(*([command] if command else []), "--help")
    assert result.exit_code == 0
    assert result.output.startswith("Usage:")
    assert "  " in result.output.splitlines()[2]


def test_the_command_works_as_a_module_and_from_any_folder(tmp_path: Path) -> None:
    """`python -m stats` is the same command, wherever it is typed."""
    done = subprocess.run(
        [sys.executable, "-m", "stats", "show", "area", "lincs"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "E23000020" in done.stdout


def test_help_loads_nothing_heavy() -> None:
    """Help and look-ups answer at once because pandas and matplotlib are not imported for them."""
    code = (
        "import sys; from click.testing import CliRunner; from stats.cli import cli\n"
        "for words in (['--help'], ['show', 'area', 'lincs'], ['figure', 'nowhere'], ['run', 'nothing']):\n"
        "    CliRunner().invoke(cli, words)\n"
        "print(sorted({'pandas', 'matplotlib', 'scipy', 'statsmodels', 'papermill'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["area", "lincs"], "Lincolnshire"),
        (["area", "Heddlu", "Gwent"], "W15000002"),
        (["offence", "8S"], "Next to 8R in the code list"),
        (["measure", "charge_share_of_offences_recorded"], "Charged is not convicted"),
        (["break", "2020-04-former-partners"], "former partner"),
        (["source", "home_office_recorded_2026_04_23"], "official-mirror"),
        (["claim", "C003-01"], "just 5 per cent"),
        (["claim", "5", "per", "cent"], "C003-01"),
    ],
)
def test_show_finds_an_entry(words: list[str], said: str) -> None:
    """By name, alias, id, code or words."""
    result = stats("show", *words)
    assert result.exit_code == 0
    assert said in result.output


@pytest.mark.parametrize("what", SHOWN)
def test_show_lists_all_without_words(what: str) -> None:
    """With no words, a line for each entry."""
    result = stats("show", what)
    assert result.exit_code == 0
    assert len(result.output.splitlines()) >= 5
    assert what in KINDS


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["show", "area", "Narnia"], 2, "no area holds the words 'Narnia'"),
        (["run", "lincolnshir"], 2, "lincolnshire"),
        (["figure", "charge_shares"], 2, "charge_share"),
        (["figure", "charge_share", "ofence=stalking"], 2, "Did you mean 'offence'"),
        (["figure", "charge_share", "area=Linconshire"], 2, "Lincolnshire"),
        (["figure", "charge_share", "area"], 2, "Write it like this"),
        (["figure", "charge_share", "period=2030/31"], 2, "to hand"),
        (["figure", "recorded_offences", "start=2024"], 2, "bare year"),
    ],
)
def test_a_mistake_prints_a_message_and_no_traceback(words: list[str], code: int, said: str) -> None:
    """It has its own exit code, says what is wrong and names the mend, before anything runs."""
    result = stats(*words)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output + result.stderr
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_wrong_home_says_so(tmp_path: Path) -> None:
    """STATS_HOME that points nowhere is named, with the mend."""
    done = subprocess.run(
        [sys.executable, "-m", "stats", "show", "area"], env={**os.environ, "STATS_HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "cannot be found" in done.stderr
    assert "Traceback" not in done.stderr
