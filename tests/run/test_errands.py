"""What a worker does with a job of another machine: it works out the key itself, and stores what it made."""

from __future__ import annotations

import json
import multiprocessing
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path

import pytest
from made_copies import FOLDER, repository

from stats.errors import NoCluster
from stats.run import errands
from stats.run.cluster import _errand, _mark
from stats.run.errands import Errand, Stale, make, run_errand, tell
from stats.run.execute import Job, Made, NotebookStopped
from stats.run.figures_only import make_figures
from stats.run.remembered import ELSEWHERE, Remembered

ASKED = {"area": "Kent", "offence": "stalking", "period": "2024/25", "beside": "none"}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worker's copy of the repository."""
    return repository(tmp_path_factory.mktemp("copy") / "there")


@pytest.fixture
def there(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same with nothing made, where this process is a worker; its cache lies elsewhere."""
    monkeypatch.setenv("STATS_HOME", str(copy))
    monkeypatch.setenv(ELSEWHERE, str(tmp_path / "shared"))
    monkeypatch.setenv(FOLDER, str(tmp_path))
    monkeypatch.setattr(errands, "worker", lambda: "tcp://a:1")
    monkeypatch.setattr(errands, "_MEMORY", {})
    monkeypatch.setattr(errands, "_BEGAN", {})
    shutil.rmtree(copy / "build", ignore_errors=True)
    yield copy
    if errands._PROCESS:
        errands._end()


@pytest.fixture
def errand(there: Path, tmp_path: Path) -> Iterator[Errand]:
    """A job as a client hands it over that has the same copy."""
    job = Job("kent", there / "notebooks" / "charge_share.ipynb", ASKED, tmp_path / "desk" / "figures", tmp_path / "k")
    with Remembered(there, figures_only=True) as remembered, _mark(remembered.cache.folder) as mark:
        yield _errand(job, remembered, mark, is_forced=False)


def test_an_errand_names_no_place_of_the_client(errand: Errand, there: Path) -> None:
    """Names and values only, which mean the same on every machine."""
    text = json.dumps(asdict(errand))
    assert str(there) not in text
    assert errand.desk == "desk"


def test_what_was_stored_before_is_not_made_twice(errand: Errand, tmp_path: Path) -> None:
    """A worker that died after it had stored a run has made it; one that is told to make it anew does."""
    ran: list[Job] = []

    def work(job: Job) -> Made:
        ran.append(job)
        return make_figures(job)

    make(errand, work, tmp_path / "one", "w")
    again = make(errand, work, tmp_path / "two", "w")
    assert len(ran) == 1
    assert again.files == []
    assert again.seconds["execute"] >= 0
    make(replace(errand, is_forced=True), work, tmp_path / "three", "w")
    assert [job.out.parent.name for job in ran] == ["one", "three"]
    with Remembered(ran[0].notebook.parents[1], figures_only=True) as remembered:
        entry = remembered.cache.find(remembered.key(ran[0]))
        assert sorted(entry.files) == ["numbers.json", "told.csv"]
        remembered.cache.release(entry)
    assert remembered.cache.folder == tmp_path / "shared"
    assert (ran[0].notebook.parents[1] / "build" / "cache" / "index.json").exists()
    assert not (tmp_path / "shared" / "index.json").exists()


def test_a_worker_that_came_later_is_held_to_the_same_key(errand: Errand, there: Path, tmp_path: Path) -> None:
    """The job is refused with the worker and what differs; nothing runs."""
    lock = there / "requirements.lock"
    before = lock.read_bytes()
    lock.write_bytes(before + b"\n")
    try:
        with pytest.raises(NoCluster, match=r"tcp://a:1:\s+requirements\.lock differs") as refused:
            make(errand, make_figures, tmp_path / "one", "tcp://a:1")
    finally:
        lock.write_bytes(before)
    assert "data" not in str(refused.value).partition("requirements.lock")[0].partition("worker")[2]
    assert not (tmp_path / "begun").exists()


def test_what_differs_is_named_for_each_worker() -> None:
    """Versions side by side, packages by name and not all of them, other parts by theirs."""
    here = {"Python": "3.11", "packages": [f"p{n}-1.dist-info" for n in range(8)], "code (src/stats)": [1, "aa"]}
    there = {"Python": "3.12", "packages": ["p0-1.dist-info"], "code (src/stats)": [1, "bb"]}
    said = str(errands.unlike({"tcp://a:1": there, "tcp://b:1": here | {"packages": []}}, here))
    assert "Python: here 3.11, there 3.12\n" in said
    assert "packages: here p1-1, p2-1, p3-1, p4-1, p5-1, 2 more, there none of them\n" in said
    assert "code (src/stats) differs" in said
    assert "worker tcp://b:1:" in said
    assert "pip install -r requirements.lock" in said


def test_a_worker_that_does_not_see_the_cache_refuses(errand: Errand, tmp_path: Path) -> None:
    """Before anything runs."""
    with pytest.raises(NoCluster, match="another cache"):
        make(replace(errand, mark="none"), make_figures, tmp_path / "one", "w")
    assert not (tmp_path / "begun").exists()


def test_a_process_that_has_loaded_other_data_is_stale(errand: Errand, there: Path, tmp_path: Path) -> None:
    """It makes nothing from what it has loaded under the key of what lies there now."""
    make(errand, make_figures, tmp_path / "one", "w")
    more = there / "data" / "claims" / "more.txt"
    more.touch()
    try:
        with pytest.raises(Stale):
            make(errand, make_figures, tmp_path / "two", "w")
    finally:
        more.unlink()


SPAN = """
began = time.monotonic()
time.sleep(0.2)
with (folder / "spans").open("a") as spans:
    spans.write(f"{os.getpid()} {began} {time.monotonic()}\\n")
"""


def test_of_the_runs_of_a_worker_one_goes_on_at_a_time(errand: Errand, there: Path, tmp_path: Path) -> None:
    """Whatever its threads, in one process; another when data change, or when a run has ended it."""

    def asked(area: str) -> Errand:
        with Remembered(there, figures_only=True) as remembered:
            job = Job(area, there / "notebooks" / "charge_share.ipynb", ASKED | {"area": area}, tmp_path, tmp_path)
            return _errand(job, remembered, errand.mark, is_forced=True)

    for area in ("Kent", "Dorset"):
        (tmp_path / area).write_text(SPAN, "utf-8")
    (tmp_path / "Essex").write_text("os.kill(os.getpid(), signal.SIGKILL)", "utf-8")
    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(run_errand, asked(area), make_figures) for area in ("Kent", "Dorset")]:
            done.result()
    more = there / "data" / "claims" / "more.txt"
    more.touch()
    try:
        run_errand(asked("Kent"), make_figures)
        with pytest.raises(NotebookStopped, match="the process of this run died"):
            run_errand(asked("Essex"), make_figures)
        run_errand(asked("Kent"), make_figures)
    finally:
        more.unlink()
    spans = [line.split() for line in (tmp_path / "spans").read_text("utf-8").splitlines()]
    assert all(float(a[2]) <= float(b[1]) for a, b in pairwise(spans))
    first, second, changed, after_death = [span[0] for span in spans]
    assert first == second
    assert len({first, changed, after_death}) == 3
    assert list((there / "build" / "cache" / ".new").iterdir()) == []


def test_a_worker_that_may_start_no_process_says_so(errand: Errand, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under a nanny it may not, unless it is told to."""
    assert tell(["charge_share"], errand.mark) == {"parts": errand.parts, "shares": True}
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)
    with pytest.raises(NoCluster, match="may start no process"):
        tell(["charge_share"], errand.mark)
