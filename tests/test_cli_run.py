"""The options of `stats run`: read, checked, and handed on in one record."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from stats.cli import cli
from stats.home import home
from stats.run.options import RunOptions

MATRIX = home() / "notebooks" / "matrices" / "every_force.yml"


@pytest.fixture
def handed(monkeypatch):
    """Run the command and return its exit code, what it said, and the options it handed on."""

    def call(*words: str):
        found: list[RunOptions] = []

        def take(options: RunOptions, say, *, remembered) -> int:
            assert remembered.figures_only == options.figures_only
            found.append(options)
            return 7

        monkeypatch.setattr("stats.run.running.run_matrix", take)
        result = CliRunner().invoke(cli, ["run", *words])
        return result.exit_code, result.output, found[0] if found else None

    return call


def test_flags_are_handed_on_in_one_record(handed) -> None:
    """Each, with the words as they were typed; the exit code is that of the run."""
    words = (
        "--notebook", "charge_share", "--area", "all", "--area", "Wales", "--offence", "8Q", "--period", "2024/25",
        "--set", "beside=none", "-j", "3", "--stop", "--timeout", "60", "--only-failed", "--limit", "5",
        "--figures-only", "--out", "x", "--engine", "stock", "--force",
    )  # fmt: skip
    code, _, options = handed(*words)
    assert code == 7
    assert options == RunOptions(
        home(), notebooks=("charge_share",), areas=("all", "Wales"), offences=("8Q",), periods=("2024/25",),
        fixed=("beside=none",), jobs=3, keep_going=False, timeout=60.0, only_failed=True, limit=5, figures_only=True,
        out=Path("x"), engine="stock", force=True, words=("run", *words),
    )  # fmt: skip


def test_a_matrix_needs_no_more_than_its_file(handed) -> None:
    """A failure leaves the rest to run unless --stop says otherwise."""
    options = handed("--matrix", str(MATRIX), "--plan", "--json")[2]
    assert options is not None
    assert (options.matrices, options.is_plan, options.as_json, options.keep_going) == ((MATRIX,), True, True, True)
    assert handed("--matrix", str(MATRIX), "--executor", "dask://host-1:8786")[2].executor == "dask://host-1:8786"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--matrix", "nowhere.yml"), "does not exist"),
        (("--matrix", str(MATRIX), "--area", "Kent"), "both given"),
        (("--matrix", str(MATRIX), "lincolnshire"), "both given"),
        (("--area", "Kent"), "no notebook was named"),
        (("--plan",), "belongs to a matrix"),
        (("lincolnshire", "--timeout", "5"), "--timeout"),
        (("--stop",), "belongs to a matrix"),
        (("--notebook", "charge_share", "--executor", "host:8786"), "dask://HOST:PORT"),
        (("--notebook", "charge_share", "--engine", "spawn"), "spawn"),
        (("--notebook", "charge_share", "--limit", "0"), "0"),
        (("--notebook", "charge_share", "--timeout", "0"), "0"),
        (("--notebook", "charge_share", "-j", "0"), "0"),
    ],
)
def test_a_mistake_has_its_own_exit_code_and_nothing_runs(handed, words, said) -> None:
    """2, and a message that says what to do."""
    code, output, options = handed(*words)
    assert (code, options) == (2, None)
    assert said in output


def test_briefs_run_as_before(monkeypatch) -> None:
    """Without a matrix the command makes the figures of briefs, into the committed folder."""
    asked = {}

    def make(root, names, **options):
        asked.update(options, names=tuple(names))
        return 1, 2

    monkeypatch.setattr("stats.run.build.build_figures", make)
    result = CliRunner().invoke(cli, ["run", "lincolnshire", "--jobs", "2", "--force"])
    assert result.exit_code == 0
    assert "1 brief made, 2 up to date" in result.output
    assert (asked["names"], asked["out"], asked["jobs"], asked["force"]) == (("lincolnshire",), None, 2, True)
