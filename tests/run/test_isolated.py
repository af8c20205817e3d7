"""A run leaves nothing behind for the next one in the same process."""

from __future__ import annotations

import os
import random
import sys
import warnings
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest

from stats.run.isolated import isolated


@pytest.mark.parametrize("fails", [False, True], ids=["ends well", "fails"])
def test_settings_are_put_back(tmp_path: Path, fails: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables, folder, path, filters and the settings of three libraries are as before, however the run ended."""
    monkeypatch.setenv("KEPT", "before")

    def settings() -> list[object]:
        return [
            dict(os.environ), Path.cwd(), list(sys.path), list(warnings.filters), dict(matplotlib.rcParams),
            np.geterr(), pd.options.display.max_colwidth, pd.options.display.html.border, sys.stdin,
            pd.options.compute.use_numexpr, sys.stdout, sys.stderr,
        ]  # fmt: skip

    def change() -> None:
        os.environ["KEPT"] = "after"
        os.environ["NEW"] = "1"
        del os.environ["PATH"]
        os.chdir("/")
        sys.path.insert(0, "elsewhere")
        warnings.simplefilter("error")
        matplotlib.rcParams["font.size"] = 40
        np.seterr(all="raise")
        pd.options.display.max_colwidth = None
        pd.options.display.html.border = 7
        pd.options.compute.use_numexpr = not pd.options.compute.use_numexpr
        if fails:
            raise ValueError

    before = settings()
    try:
        with isolated(tmp_path):
            assert Path.cwd() == tmp_path
            change()
    except ValueError:
        assert fails
    assert settings() == before


def test_seeds_are_new(tmp_path: Path) -> None:
    """Two runs after the same seed draw different numbers: what one sets, the next does not inherit."""
    drawn = []
    for _ in range(2):
        random.seed(7)
        np.random.seed(7)  # noqa: NPY002 - the old generator is what is tested
        with isolated(tmp_path):
            drawn.append((random.random(), np.random.random()))  # noqa: NPY002 - as above
    assert drawn[0][0] != drawn[1][0]
    assert drawn[0][1] != drawn[1][1]


def test_words_go_nowhere_and_none_are_waited_for(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What is printed is not shown, and a question has no answer."""
    with isolated(tmp_path):
        print("seen by nobody")
        print("nor this", file=sys.stderr)
        with pytest.raises(EOFError):
            input("a question?")
    assert capfd.readouterr() == ("", "")
