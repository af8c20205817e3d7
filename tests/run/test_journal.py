"""One line a run: whole, in order, and without a machine or a place in it."""

import json
import os
import platform
import threading
from pathlib import Path

import pytest
from made_runs import Run

from stats.run import journal
from stats.run.cache_keys import Key
from stats.run.journal import append, read, record_of, without_place

KEY = Key("3f" * 32, "aa" * 32)
ROOT = Path("/home/her/plain-figures")


@pytest.fixture
def path(tmp_path) -> Path:
    """A journal that is not there yet."""
    return tmp_path / "records" / "runs.jsonl"


def test_a_record_tells_everything_of_a_run():
    """Key, notebook, parameters, status, seconds by phase, memory, error and cell, outputs, versions."""
    record = record_of(
        Run(), KEY, "failed", name="kent", root=ROOT, seconds={"start": 0.1, "execute": 2.00049},
        memory={"bytes": 9, "of": "kernel"}, error={"class": "NotComparable", "said": "NotComparable: no", "cell": 4,
        "line": "x"}, outputs={"charge.svg": "ab"}, out=ROOT / "figures" / "kent", executed=ROOT / "build" / "k.ipynb",
        versions={"code": "c", "lock": "l"}, how={"is_draft": True},
    )  # fmt: skip
    assert record.pop("at").endswith("+00:00")
    assert record == {
        "key": KEY.compute, "render": KEY.render, "notebook": "charge_share", "name": "kent",
        "parameters": {"area": "Kent", "offence": "Stalking"}, "how": {"is_draft": True}, "status": "failed",
        "seconds": {"start": 0.1, "execute": 2.0}, "memory": {"bytes": 9, "of": "kernel"},
        "error": {"class": "NotComparable", "said": "NotComparable: no", "cell": 4, "line": "x"},
        "outputs": {"charge.svg": "ab"}, "out": "figures/kent", "executed": "build/k.ipynb",
        "versions": {"python": platform.python_version(), "code": "c", "lock": "l"},
    }  # fmt: skip


def test_a_status_or_a_phase_that_is_none_of_ours_is_a_fault():
    """Records are filtered by these words."""
    with pytest.raises(AssertionError):
        record_of(Run(), KEY, "fine", name="kent", root=ROOT)
    with pytest.raises(AssertionError):
        record_of(Run(), KEY, "done", name="kent", root=ROOT, seconds={"thinking": 1})


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"see {ROOT}/build/a.ipynb", "see build/a.ipynb"),
        (f"in {ROOT}", "in ."),
        ("'/usr/lib/python3.13/site-packages/pandas/io.py', line 3", "'…/io.py', line 3"),
        (r"C:\Users\her\secret\a.csv is gone", "…/a.csv is gone"),
        (r"\\server\share\a.csv", "…/a.csv"),
        ("https://www.ons.gov.uk/a/b and data/tidy/a.csv, 1/2 and 12/2024", None),
        ("cannot divide a / b by c/d", None),
        ("/srv/somewhere/x y", "…/x y"),
    ],
)
def test_no_place_outside_the_repository_is_named(said, kept):
    """Of a path there only the last part stays; addresses and fractions are no paths."""
    assert without_place(said, ROOT) == (said if kept is None else kept)


def test_the_machine_is_not_named(monkeypatch):
    """Wherever its name comes up, in names of parameters too."""
    monkeypatch.setattr(platform, "node", lambda: "her-laptop")
    run = Run(parameters={"her-laptop": ["on her-laptop.local"]})
    assert "her-laptop" not in json.dumps(record_of(run, None, "stopped", name="her-laptop", root=ROOT))


def test_records_come_back_in_the_order_they_were_written(path):
    """One line each."""
    assert read(path) == ([], [])
    [append(path, {"key": str(n), "said": "two\nlines é"}) for n in range(3)]
    assert [record["key"] for record in read(path)[0]] == ["0", "1", "2"]
    assert path.read_bytes().count(b"\n") == 3


def test_a_record_is_written_by_one_call(path, monkeypatch):
    """Opened for appending: what another process writes is before it or behind it."""
    written, write = [], os.write
    monkeypatch.setattr(os, "write", lambda handle, data: written.append(data) or write(handle, data))
    append(path, {"key": "a", "padding": "x" * 100_000})
    assert len(written) == 1


@pytest.mark.parametrize("torn", [b'{"key": "b", "sta', b"\0\0\0\0", b'{"key"', b"[1]", b"3"])
def test_a_torn_line_is_told_and_the_next_stands_on_its_own(path, torn):
    """The power failed while it was written."""
    append(path, {"key": "a"})
    with path.open("ab") as file:
        file.write(torn)
    assert [r["key"] for r in read(path)[0]] == ["a"]
    append(path, {"key": "c"})
    records, told = read(path)
    assert [r["key"] for r in records] == ["a", "c"]
    assert told == ([] if torn.strip(b"\0") == b"" else ["line 2 of runs.jsonl is torn or damaged, and is left out."])


def test_many_at_once_lose_no_line(path):
    """Threads here, processes in the test that kills."""
    threads = [
        threading.Thread(target=lambda n=n: [append(path, {"key": f"{n}-{i}", "x": "y" * 5_000}) for i in range(20)])
        for n in range(8)
    ]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    records, told = read(path)
    assert told == []
    assert len({record["key"] for record in records}) == 160


def test_a_full_disk_is_told(path, monkeypatch):
    """Half a line is no record."""
    append(path, {"key": "a"})
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:5]))
    with pytest.raises(OSError):
        append(path, {"key": "b"})
    monkeypatch.undo()
    append(path, {"key": "c"})
    assert [r["key"] for r in read(path)[0]] == ["a", "c"]


def test_the_words_for_the_ways_to_end_are_those_of_the_command_and_the_page():
    """One list, in three places that must not import each other."""
    from typing import get_args

    from stats.cli_runs import STATUSES
    from stats.publish import failures

    assert get_args(journal.Status) == STATUSES
    assert set(STATUSES) | {"impossible"} == set(failures.STATUSES)
