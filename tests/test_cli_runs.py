"""The commands on runs: thin, and instant where they help."""

import json

import pytest
from click.testing import CliRunner
from run.test_runs import EVERY

from stats.cli import cli
from stats.run.journal import PLACE, append


@pytest.fixture
def root(broken, monkeypatch):
    """A copy of the repository with a few runs in its journal."""
    [append(broken.root / PLACE, record) for record in EVERY]
    monkeypatch.setenv("STATS_HOME", str(broken.root))
    return broken.root


def run(*words: str):
    """Run a command."""
    return CliRunner().invoke(cli, words)


def test_runs_are_listed_and_chosen(root):
    """As text or JSON."""
    assert len(run("runs").stdout.splitlines()) == 3
    assert run("runs", "--failed").stdout.count("\n") == 1
    assert [r["key"][0] for r in json.loads(run("runs", "--area", "Lincs", "--json", "--status", "done").stdout)] == [
        "a"
    ]
    assert len(run("runs", "--last", "1").stdout.splitlines()) == 1
    assert len(run("runs", "--last", "0", "--since", "2026-11-20").stdout.splitlines()) == 2


def test_a_torn_line_is_told_on_the_side(root):
    """The listing itself stays as it is."""
    with (root / PLACE).open("ab") as file:
        file.write(b'{"key": "to')
    done = run("runs", "--json")
    assert len(json.loads(done.stdout)) == 3
    assert "line 4 of runs.jsonl is torn" in done.stderr


def test_no_journal_is_no_run(root):
    """Nothing was run yet."""
    (root / PLACE).unlink()
    assert run("runs").stdout == "No run is recorded that is as asked.\n"
    assert run("runs", "--json").stdout == "[]\n"


def test_a_key_that_there_is_not_stops_with_its_own_code(root):
    """Without a traceback."""
    done = run("again", "zz")
    assert done.exit_code == 2
    assert "no run has a key that begins with 'zz'" in done.stderr
