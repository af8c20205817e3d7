"""What `stats run` was asked for, checked before anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from stats.errors import UsageMistake
from stats.run.options import RunOptions

ROOT = Path("/somewhere")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "no notebook was named"),
        ({"areas": ("Kent",)}, "no notebook was named"),
        ({"matrices": (Path("a.yml"),), "areas": ("Kent",)}, "both given"),
        ({"matrices": (Path("a.yml"),), "notebooks": ("charge_share",)}, "both given"),
        ({"notebooks": ("charge_share",), "as_json": True}, "prints a plan"),
        ({"notebooks": ("charge_share",), "executor": "dask://a:1", "engine": "fork"}, "engine"),
    ],
)
def test_what_cannot_go_together_is_refused(given, words) -> None:
    """With what was given."""
    with pytest.raises(UsageMistake, match=words):
        RunOptions(ROOT, **given)


def test_the_folder_of_the_figures_is_that_of_the_matrix_unless_another_is_named(tmp_path: Path) -> None:
    """Committed figures lie elsewhere, and are never touched."""
    matrix = RunOptions(tmp_path, matrices=(Path("b/every_force.yml"),))
    assert matrix.folder == (tmp_path / "build" / "runs" / "every_force").resolve()
    assert RunOptions(tmp_path, notebooks=("charge_share",)).folder.name == "asked"
    assert RunOptions(tmp_path, notebooks=("charge_share",), out=tmp_path / "x").folder == (tmp_path / "x").resolve()
