"""The same words again are answered at once, and only while nothing that they rest on has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stats.run import nothing_to_do as module
from stats.run.nothing_to_do import nothing_to_do, remember_nothing_to_do, standing

WORDS = ["run", "--matrix", "a.yml"]
SAID = "2 combinations: 0 to make\n\nCannot be computed:\n  …"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch):
    """A repository in which a run had nothing to do: two inputs long since written, and two figures."""
    root = tmp_path.resolve()
    for name in ("data/registers/a.csv", "src/b.py", "out/x/f.svg", "out/y/f.svg"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    monkeypatch.setattr(module, "_is_fresh", lambda path: False)
    inputs = standing([root / "data/registers/a.csv", root / "src/b.py"], root)
    remember_nothing_to_do(WORDS, root, SAID, inputs=inputs, folders=[root / "out/x", root / "out/y"])
    return root


def test_the_same_words_are_told_the_same(kept: Path) -> None:
    """And other words are told nothing."""
    assert nothing_to_do(WORDS, str(kept)) == SAID
    assert nothing_to_do([*WORDS, "--force"], str(kept)) is None
    assert nothing_to_do(["run"], str(kept)) is None


def _rewritten_with_its_old_date(root: Path) -> None:
    """An edit that keeps size and date: only the time of change, which nobody can set, tells of it."""
    path = root / "src/b.py"
    before = path.stat()
    path.write_text("src/B.py", "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES = {
    "an input is changed": lambda root: (root / "src/b.py").write_text("something else", "utf-8"),
    "an input is rewritten with its old date": _rewritten_with_its_old_date,
    "an input is touched": lambda root: os.utime(root / "src/b.py"),
    "an input is removed": lambda root: (root / "src/b.py").unlink(),
    "an input is added": lambda root: (root / "src/c.py").write_text("new", "utf-8"),
    "a folder of inputs is added": lambda root: (root / "data/raw").mkdir(),
    "a figure is changed": lambda root: (root / "out/y/f.svg").write_text("damaged", "utf-8"),
    "a figure is removed": lambda root: (root / "out/x/f.svg").unlink(),
    "a figure is added": lambda root: (root / "out/x/g.svg").write_text("more", "utf-8"),
    "all figures are removed": lambda root: shutil.rmtree(root / "out"),
    "what is kept is damaged": lambda root: next((root / "build/nothing-to-do").iterdir()).write_text("x", "utf-8"),
    "what is kept is no text": lambda root: next((root / "build/nothing-to-do").iterdir()).write_bytes(b"\xff\xfe"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_the_long_way_is_taken(kept: Path, change: str) -> None:
    """Which compares contents."""
    CHANGES[change](kept)
    assert nothing_to_do(WORDS, str(kept)) is None


def test_another_folder_environment_or_python_is_another_question(kept: Path, monkeypatch) -> None:
    """A relative path means another file there, and another home other data."""
    with monkeypatch.context() as there:
        there.chdir(kept)
        assert nothing_to_do(WORDS, str(kept)) is None
    with monkeypatch.context() as there:
        there.setenv("STATS_DRAFT", "1")
        assert nothing_to_do(WORDS, str(kept)) is None
    with monkeypatch.context() as there:
        there.setattr(sys, "version", "4.0")
        assert nothing_to_do(WORDS, str(kept)) is None
    assert nothing_to_do(WORDS, str(kept)) == SAID


def test_two_commands_of_one_number_are_not_taken_for_each_other(kept: Path, monkeypatch) -> None:
    """The name of the file is a short hash; the words stand in it in full."""
    monkeypatch.setattr("zlib.crc32", lambda data: 1)
    (kept / "build/nothing-to-do/00000001.txt").write_bytes(
        next(path for path in (kept / "build/nothing-to-do").iterdir()).read_bytes()
    )
    assert nothing_to_do(WORDS, str(kept)) == SAID
    assert nothing_to_do(["run", "--matrix", "b.yml"], str(kept)) is None


def test_nothing_is_kept_where_it_would_not_be_safe(tmp_path: Path, monkeypatch) -> None:
    """An input changed just now, a file that is not there, no words, or names with line ends."""
    path = tmp_path / "a.csv"
    path.write_text("a", "utf-8")
    assert standing([path], tmp_path) == []
    monkeypatch.setattr(module, "_is_fresh", lambda path: False)
    assert standing([path, tmp_path / "missing"], tmp_path) == []
    inputs = standing([path], tmp_path)
    assert inputs
    for words, said, given in (((), "x", inputs), (("run",), "x", []), (("run", "a\nb"), "x", inputs)):
        remember_nothing_to_do(words, tmp_path, said, inputs=given, folders=[])
    remember_nothing_to_do(("run",), tmp_path, f"x{module.END}y", inputs=inputs, folders=[])
    remember_nothing_to_do(("run",), tmp_path, "x", inputs=inputs, folders=[tmp_path / "gone"])
    assert not (tmp_path / "build").exists()


def test_only_os_and_sys_are_imported_to_answer() -> None:
    """Importing is what would take the time: not even json, re, dataclasses or pathlib."""
    code = (
        "import sys; before = set(sys.modules)\n"
        "from stats.run.nothing_to_do import nothing_to_do; nothing_to_do(['run'], '/nowhere')\n"
        "print(sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": str(Path(module.__file__).parents[2])})  # fmt: skip
    assert set(eval(done.stdout)) <= {"stats", "stats.run", "stats.run.nothing_to_do", "__future__", "zlib"}
