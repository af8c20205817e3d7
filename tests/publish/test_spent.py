"""What figures cost is told beside them, and taken away before anybody sees it."""

import subprocess
import sys
from pathlib import Path

import pytest

from stats.publish.spent import SPENT, note_spent, peak_memory, take_spent


def test_seconds_are_added_up_and_the_most_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all figures of a folder, whoever wrote them; afterwards the folder holds figures alone."""
    told = tmp_path / "spent"
    monkeypatch.setenv(SPENT, str(told))
    note_spent(0.5)
    note_spent(0.25)
    seconds, memory = take_spent(told)
    assert seconds == 0.75
    assert memory >= 10_000_000
    assert list(tmp_path.iterdir()) == []
    assert take_spent(told) == (0, 0)


def test_outside_a_run_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In JupyterLab nobody would take it away."""
    monkeypatch.delenv(SPENT, raising=False)
    note_spent(0.5)
    assert list(tmp_path.iterdir()) == []


def test_the_peak_is_that_of_this_process_alone() -> None:
    """A large process starts a small one, which tells its own peak and not what it was forked from."""
    code = "from stats.publish.spent import peak_memory; x = b'1' * 60_000_000; print(peak_memory())"
    block = b"1" * 400_000_000
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert 60_000_000 < int(done.stdout) < 300_000_000
    assert peak_memory() > len(block)
