"""The runs of the journal: chosen, listed, found by the beginning of a key, and summed up."""

import json
from datetime import date
from pathlib import Path

import pytest

from stats.errors import UsageMistake
from stats.run.availability import Reason
from stats.run.planning import Impossible
from stats.run.runs import PAGE, TEXT, chosen, found, listed, not_computed, summary_of, write_failures


def record(key: str, **more: object) -> dict:
    """Return a record as the journal has it."""
    told = {"at": "2026-11-20T10:00:00+00:00", "key": key, "render": "", "notebook": "charge_share",
            "name": f"run-{key}", "parameters": {"area": "Lincs", "offence": "stalking", "period": "2024/25"},
            "how": {}, "status": "done",
            "seconds": {"start": 0.5, "execute": 2.0}, "memory": {}, "error": {}, "outputs": {}, "out": "",
            "executed": "build/x.ipynb", "versions": {}}  # fmt: skip
    return told | more


EVERY = [
    record("a" * 64, at="2026-11-01T10:00:00+00:00"),
    record(
        "b" * 64, status="failed", error={"class": "KernelDied", "said": "the kernel died: it was killed.\n  See x."}
    ),
    record("c" * 64, notebook="compare_forces", parameters={"offence": "harassment", "highlight": "Kent"}),
]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["a", "b", "c"]),
        ({"status": "failed"}, ["b"]),
        ({"since": date(2026, 11, 20)}, ["b", "c"]),
        ({"since": date(2026, 11, 21)}, []),
        ({"notebook": "compare_forces"}, ["c"]),
        ({"notebook": "compare_forces.ipynb"}, ["c"]),
        ({"area": "Lincolnshire"}, ["a", "b"]),
        ({"area": "E23000020"}, ["a", "b"]),
        ({"area": "kent"}, ["c"]),
        ({"area": "nowhere at all"}, []),
        ({"offence": "Stalking"}, ["a", "b"]),
        ({"period": "2024-25"}, ["a", "b"]),
        ({"period": "2023/24"}, []),
        ({"status": "failed", "area": "Kent"}, []),
    ],
)
def test_runs_are_chosen_by_what_is_asked(asked, names):
    """A name that the registers know may be written in any way."""
    assert [r["key"][:1] for r in chosen(EVERY, **asked)] == names


def test_a_listing_has_a_line_a_run():
    """When, its key, how it ended, its name, how long it took, and why it failed."""
    lines = listed(EVERY, every=EVERY).splitlines()
    assert lines[0] == "2026-11-01 10:00  aaaaaaaa  done        run-" + "a" * 64 + "  2.5 s"
    assert lines[1].endswith("  the kernel died: it was killed.")
    assert listed([]) == "No run is recorded that is as asked."
    assert json.loads(listed(EVERY, as_json=True)) == EVERY
    assert json.loads(listed([], as_json=True)) == []


def test_the_key_that_is_shown_is_one_that_finds_the_run():
    """As long as it takes to tell it from every other."""
    every = [record("abcdefgh1" + "0" * 55), record("abcdefgh2" + "0" * 55)]
    shown = listed(every[:1], every=every).split("  ")[1]
    assert shown == "abcdefgh1"
    assert found(shown, every) == every[0]


def test_the_latest_run_of_a_key_is_found_by_its_beginning():
    """However short, as long as no other begins so."""
    later = record("a" * 64, status="failed")
    assert found("a", [*EVERY, later]) is later
    assert found("AAAA", EVERY) == EVERY[0]


@pytest.mark.parametrize(("beginning", "said"), [("d", "no run has a key"), ("", "no run has a key"), ("ab", "2 keys")])
def test_a_beginning_of_none_or_of_several_stops(beginning, said):
    """Those that begin so are listed."""
    every = [record("ab" + "1" * 62), record("ab" + "2" * 62)]
    with pytest.raises(UsageMistake, match=said) as stopped:
        found(beginning, every)
    assert "ab111111" in str(stopped.value) or said != "2 keys"


def test_the_summary_is_made_of_the_records_of_one_command():
    """Each failure has a key that `stats again` takes, even beside older runs; what was left is counted."""
    older = record("b" * 20 + "c" * 44)
    cannot = not_computed([Impossible("met-2013", "charge_share", {"area": "Met"}, Reason("not counted", "not apart"))])
    summary = summary_of(EVERY, 9, left=2, cannot=cannot, every=[older])
    assert summary.sentence == "6 runs: 2 done, 1 failed, 1 impossible, 2 stopped, in 9.0 s"
    (failed,) = summary.failed
    assert failed.command == f"stats again {'b' * 21}"
    assert failed.executed == "build/x.ipynb"
    assert [run.reason for run in summary.impossible] == ["not apart"]


def test_the_failures_are_written_and_taken_away_when_there_are_none(tmp_path):
    """A page of last week is not taken for one of today."""
    paths = write_failures(summary_of(EVERY, 9), tmp_path)
    assert paths == [tmp_path / PAGE, tmp_path / TEXT]
    assert b"stats again bbbbbbbb" in paths[0].read_bytes()
    assert "stats again bbbbbbbb" in paths[1].read_text("utf-8")
    assert write_failures(summary_of(EVERY[:1], 9), tmp_path) == []
    assert not [path for path in paths if Path(path).exists()]
