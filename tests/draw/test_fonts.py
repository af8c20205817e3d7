"""The letters are matplotlib's own, and nothing of the machine is looked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import matplotlib
import pytest
from matplotlib import font_manager

from stats.draw import fonts
from stats.draw.fonts import list_of_this_version, load_own_fonts

PROGRAM = """
import builtins, json, subprocess, sys

asked = []
subprocess.check_output = lambda *given, **_: asked.append(str(given)) or b""
opened, usual = [], builtins.open
builtins.open = lambda file, *given, **more: (opened.append(str(file)), usual(file, *given, **more))[1]

import stats.publish.figures
from stats.draw.page import Words, page, styled
from stats.publish.pictures import png_of, svg_of
from stats.registers import load

with styled():
    figure, _ = page(Words("A title", "A subtitle"), load().sources_of("population"), plot_height=1, left=1)
    png_of(figure), svg_of(figure)

import matplotlib
from matplotlib import font_manager

own = matplotlib.get_data_path()
print(json.dumps({
    "asked": asked,
    "lists": [file for file in opened if "fontlist" in file],
    "of the machine": [f.fname for f in font_manager.fontManager.ttflist if not f.fname.startswith(own)],
    "known": len(font_manager.fontManager.ttflist),
    "pyplot": "matplotlib.pyplot" in sys.modules,
}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict[str, object]:
    """What a new process on a machine without a list of fonts did to draw a page."""
    folder = tmp_path_factory.mktemp("home")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MPL", "XDG"))}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=clean | {"HOME": str(folder)}, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout) | {"made": [path.name for path in folder.rglob("*.json")]}


def test_no_font_of_the_machine_is_looked_for(told):
    """No program is asked for fonts, only our list is read, and no list is written into anybody's home."""
    assert told["asked"] == []
    assert [Path(file) for file in told["lists"]] == [list_of_this_version()]
    assert told["of the machine"] == []
    assert told["known"] > 4
    assert told["made"] == []


def test_no_figure_needs_pyplot(told):
    """There is no list of open figures, and nothing that chooses a window."""
    assert told["pyplot"] is False


def test_letters_are_those_that_matplotlib_brings():
    """Whatever list is loaded, DejaVu Sans is the file beside matplotlib."""
    for weight in ("normal", "bold"):
        found = font_manager.findfont(font_manager.FontProperties(family="DejaVu Sans", weight=weight))
        assert Path(found).is_relative_to(matplotlib.get_data_path())


def test_a_list_that_somebody_loaded_stays():
    """A person who draws charts of their own in the same notebook keeps their fonts."""
    before = font_manager.fontManager
    load_own_fonts()
    assert font_manager.fontManager is before


def test_without_a_list_of_this_version_matplotlib_does_what_it_always_does(monkeypatch, tmp_path):
    """Nothing is loaded and nothing written if there is no list for the installed version."""
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    monkeypatch.delitem(sys.modules, "matplotlib.font_manager")
    load_own_fonts()
    assert "matplotlib.font_manager" not in sys.modules
    assert list(tmp_path.iterdir()) == []
