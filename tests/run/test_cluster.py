"""A real cluster of a scheduler and workers on this computer: all comes home, whoever dies, and nothing is mixed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from living import is_running
from made_copies import FOLDER, PID, repository

from stats.errors import NoCluster
from stats.run import cluster as module
from stats.run import workers
from stats.run.journal import PLACE, read
from stats.run.options import RunOptions
from stats.run.remembered import ELSEWHERE, Remembered
from stats.run.running import run_matrix
from stats.run.showing import Lines

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")

AREAS = ("Kent", "Essex", "Dorset", "Surrey", "Norfolk")
LONG = 120.0
DIE = f"os.kill(int(os.environ['{PID}']), signal.SIGKILL); time.sleep(60)"


def in_time(found: Callable[[], Any], seconds: float = LONG) -> Any:
    """Return what is found, once it is."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if value := found():
            return value
        time.sleep(0.05)
    raise AssertionError("not in time")


class Cluster:
    """A scheduler and workers, as processes on loopback that end by themselves when the scheduler has gone."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.here, self.there = folder, repository(folder / "here"), repository(folder / "there")
        self.shared = folder / "shared"
        self.told = folder / "scheduler.json"
        self.started: list[subprocess.Popen[bytes]] = []
        failures = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        self.scheduler = self._start("scheduler", "--port", "0", environment=failures)
        self.workers: list[subprocess.Popen[bytes]] = []
        self.have(2)

    @property
    def address(self) -> str:
        """Of the scheduler."""
        return "dask://" + json.loads(in_time(self._told))["address"].removeprefix("tcp://")

    def have(self, count: int) -> None:
        """See that there are so many workers, now that some may have died."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < count:
            self.workers.append(self.add({}))
        with module.connected(self.address) as client:
            client.wait_for_workers(count, timeout=LONG)
            in_time(lambda: len(client.nthreads()) == count)

    def add(self, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        """Start one more worker."""
        words = ("--nthreads", "1", "--no-nanny", "--death-timeout", "60", "--local-directory", str(self.folder))
        return self._start("worker", *words, environment=environment)

    def end(self) -> None:
        """End what was started, by its own number."""
        for process in reversed(self.started):
            process.kill()
            process.wait()

    def _told(self) -> str:
        return self.told.read_text("utf-8").strip() if self.told.exists() else ""

    def _start(self, what: str, *words: str, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        program = f"import os, sys; os.environ['{PID}'] = str(os.getpid()); from runpy import run_module;"
        program += f"sys.argv[0] = '{what}'; run_module('distributed.cli.dask_{what}', run_name='__main__')"
        command = [
            sys.executable,
            "-c",
            program,
            "--host",
            "127.0.0.1",
            "--no-dashboard",
            "--scheduler-file",
            self.told,
        ]
        places = {"STATS_HOME": str(self.there), ELSEWHERE: str(self.shared), FOLDER: str(self.folder)}
        with (self.folder / f"{what}.log").open("ab") as log:
            process = subprocess.Popen(
                [*command, *words], env={**os.environ, **places, **(environment or {})}, stdout=log, stderr=log,
                cwd=self.folder,
            )  # fmt: skip
        self.started.append(process)
        return process


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster for all tests of this module."""
    folder = tmp_path_factory.mktemp("cluster")
    cluster = Cluster(folder)
    try:
        yield cluster
    finally:
        cluster.end()


class Asked:
    """What was asked of a cluster, and what came of it."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster, self.said = cluster, ""

    def __call__(self, *areas: str, root: Path | None = None, out: str = "out", **options: Any) -> int:
        """Run some areas, on the cluster unless something else is said, and return the exit code."""
        root = root or self.cluster.here
        given = {"executor": self.cluster.address, "out": root / "build" / out, "figures_only": True, **options}
        asked = RunOptions(
            root, notebooks=("charge_share",), areas=areas, offences=("stalking",), periods=("2024/25",),
            fixed=("beside=none",), **given,
        )  # fmt: skip
        lines: list[str] = []
        with Remembered(root, figures_only=asked.figures_only) as remembered:
            code = run_matrix(asked, lines.append, remembered=remembered, show=lambda n: Lines(n, lambda line: None))
        self.said = "\n".join(lines)
        return code

    @property
    def begun(self) -> list[str]:
        """The areas of the runs that began, with the worker of each."""
        path = self.cluster.folder / "begun"
        return path.read_text("utf-8").splitlines() if path.exists() else []

    def records(self) -> dict[str, dict[str, Any]]:
        """The last line of the journal of each area."""
        return {record["parameters"]["area"]: record for record in read(self.cluster.here / PLACE)[0]}

    def told(self, area: str, out: str = "out") -> bytes:
        """The bytes of the file that a run made."""
        name = f"charge_share-{area.lower()}-stalking-2024_25*"
        (folder,) = (self.cluster.here / "build" / out).glob(name)
        return (folder / "told.csv").read_bytes() + (folder / "numbers.json").read_bytes()

    def does(self, area: str, code: str) -> None:
        """Have the run of an area do this."""
        (self.cluster.folder / area).write_text(code, "utf-8")


@pytest.fixture
def asked(running: Cluster, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """A cluster of at least two workers, of which nothing was asked yet."""
    running.have(2)
    monkeypatch.setenv(ELSEWHERE, str(running.shared))
    monkeypatch.setenv(FOLDER, str(running.folder))
    for path in (running.here / "build", running.shared):
        shutil.rmtree(path, ignore_errors=True)
    for name in ("begun", "go", *AREAS):
        (running.folder / name).unlink(missing_ok=True)
    return Asked(running)


def test_all_comes_home_with_the_bytes_that_are_made_here(asked: Asked) -> None:
    """Told with the worker's seconds and memory; nothing is left on the way, and the second command finds all done."""
    assert asked(*AREAS, jobs=2) == 0
    assert sorted(line.split()[0] for line in asked.begun) == sorted(AREAS)
    there = {area: asked.told(area) for area in AREAS}
    for record in asked.records().values():
        assert (record["status"], set(record["outputs"])) == ("done", {"told.csv", "numbers.json"})
        assert record["seconds"]["execute"] > 0
    assert list((asked.cluster.shared / ".new").iterdir()) == []
    assert list((asked.cluster.shared / "clusters").iterdir()) == []
    assert asked(*AREAS) == 0
    assert "0 to make, 5 up to date" in asked.said
    assert len(asked.begun) == len(AREAS)
    shutil.rmtree(asked.cluster.shared / "runs")
    assert asked(*AREAS, executor=None, out="local", jobs=1) == 0
    assert {area: asked.told(area, "local") for area in AREAS} == there
    assert len(asked.begun) == 2 * len(AREAS)


def test_a_worker_that_is_killed_loses_nothing(asked: Asked) -> None:
    """Its run is given to another, its neighbours are made, and each comes home once."""
    asked.does("Essex", f"(folder / 'Essex').unlink(); {DIE}")
    assert asked(*AREAS) == 0
    assert sorted(line.split()[0] for line in asked.begun) == sorted([*AREAS, "Essex"])
    first, second = (line for line in asked.begun if line.startswith("Essex"))
    assert first != second
    assert not is_running(int(first.split()[1])) or in_time(lambda: not is_running(int(first.split()[1])))
    assert {record["status"] for record in asked.records().values()} == {"done"}
    assert asked.told("Essex").startswith(b"area,share\nEssex,0.333")


def test_a_run_that_kills_its_workers_is_an_error_of_its_own(asked: Asked) -> None:
    """After as many deaths as the scheduler allows; its neighbours are made by those that are left."""
    asked.cluster.have(3)
    asked.does("Essex", DIE)
    assert asked(*AREAS) == 1
    statuses = {area: record["status"] for area, record in asked.records().items()}
    assert statuses == dict.fromkeys(AREAS, "done") | {"Essex": "failed"}
    assert "each worker that was given this run died" in asked.said


def test_a_run_that_ends_its_process_leaves_the_worker_alive(asked: Asked) -> None:
    """It fails at once, and is not given to another."""
    asked.does("Essex", "os._exit(0)")
    assert asked("Essex", "Kent") == 1
    assert "the process of this run died" in asked.said
    assert asked.told("Kent")
    assert len(asked.begun) == 2
    assert all(worker.poll() is None for worker in asked.cluster.workers)


def test_a_notebook_that_fails_comes_home_half_run(asked: Asked) -> None:
    """With kernels: the good one lies where it would lie, the other beside it under its own name, as here."""
    asked.does("Essex", "raise ValueError('not so')")
    assert asked("Kent", "Essex", figures_only=False) == 1
    good, bad = asked.records()["Kent"], asked.records()["Essex"]
    assert (good["status"], bad["status"]) == ("done", "failed")
    assert good["seconds"]["start"] > 0
    assert (asked.cluster.here / good["executed"]).exists()
    assert bad["error"]["class"] == "ValueError"
    assert bad["error"]["cell"] == 3
    half_run = asked.cluster.here / bad["executed"]
    assert half_run.name.endswith(".failed.ipynb")
    assert str(asked.cluster.there) not in asked.said
    (asked.cluster.folder / "Essex").unlink()
    assert asked("Kent", "Essex", figures_only=False, only_failed=True) == 0
    assert not half_run.exists()
    assert list((asked.cluster.shared / ".new").iterdir()) == []


def test_stop_timeout_and_limit_are_as_here(asked: Asked) -> None:
    """A run that takes too long fails, and the rest is left; the next command takes as many as it is told."""
    for area in AREAS:
        asked.does(area, "time.sleep(60)")
    assert asked(*AREAS, timeout=2, keep_going=False, jobs=1) == 1
    assert "took longer than 2 s" in asked.said
    assert 0 < len(asked.begun) < len(AREAS)
    for area in AREAS:
        (asked.cluster.folder / area).unlink()
    assert asked(*AREAS, limit=2) == 0
    assert sorted(record["status"] for record in asked.records().values()).count("done") == 2


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("requirements.lock", "requirements.lock differs"),
        ("data/claims/more.txt", "data/claims differs"),
        ("notebooks/charge_share.ipynb", "notebooks/charge_share.ipynb differs"),
    ],
)
def test_workers_that_differ_are_refused_before_anything_runs(
    asked: Asked, tmp_path: Path, file: str, words: str
) -> None:
    """With the worker, and what differs."""
    other = repository(tmp_path / "other")
    before = (other / file).read_text("utf-8") if (other / file).exists() else ""
    (other / file).write_text(before.replace("1 / 3", "1 / 4") + "\n", "utf-8")
    with pytest.raises(NoCluster, match=words) as refused:
        asked("Kent", root=other)
    assert "worker tcp://127.0.0.1:" in str(refused.value)
    assert "Give all machines the same copy" in str(refused.value)
    assert refused.value.exit_code == 9
    assert asked.begun == []


def test_a_worker_with_other_packages_is_refused_by_their_names(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here and there, whichever has more."""
    from stats.run import cache_keys

    ours = [name for name in cache_keys.installed() if not name.startswith("numpy-")]
    monkeypatch.setattr(cache_keys, "installed", lambda: [*ours, "numpy-0.1.dist-info"])
    with pytest.raises(NoCluster, match=r"packages: here numpy-0\.1, there numpy-\d"):
        asked("Kent")
    assert asked.begun == []


def test_workers_with_another_cache_are_refused_before_anything_runs(
    asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they make would not come home."""
    monkeypatch.setenv(ELSEWHERE, str(tmp_path / "mine"))
    with pytest.raises(NoCluster, match="another cache"):
        asked("Kent")
    assert asked.begun == []


def test_a_worker_that_comes_later_and_differs_ends_the_command(asked: Asked, tmp_path: Path) -> None:
    """It makes nothing; what the others made is kept."""
    other = repository(tmp_path / "other")
    (other / "requirements.lock").write_text("pandas==9\n", "utf-8")
    for area in AREAS[1:]:
        asked.does(area, "while (folder / area).exists() and not (folder / 'go').exists(): time.sleep(0.05)")
    late: list[subprocess.Popen[bytes]] = []

    def come() -> None:
        in_time(lambda: len(asked.begun) >= 3)
        late.append(asked.cluster.add({"STATS_HOME": str(other)}))

    coming = threading.Thread(target=come)
    coming.start()
    try:
        with pytest.raises(NoCluster, match=r"requirements\.lock differs"):
            asked(*AREAS, jobs=4)
        assert asked.told("Kent")
        assert asked.records()["Norfolk"]["status"] == "stopped"
    finally:
        (asked.cluster.folder / "go").touch()
        coming.join()
        late[0].kill()
        late[0].wait()


def test_nobody_at_the_address_is_told(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing runs, here or elsewhere."""
    monkeypatch.setattr(module, "ANSWER", 0.5)
    with pytest.raises(NoCluster, match="no scheduler answers"):
        asked("Kent", executor="dask://127.0.0.1:1")
    assert asked.begun == []


def test_without_its_package_a_cluster_is_refused(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """With how to get it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoCluster, match=r"pip install 'plainfigures\[cluster\]'"):
        asked("Kent")


def test_a_cluster_without_a_worker_is_given_up(
    running: Cluster, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the beginning, and when the last has gone in the middle of a run: who waits would wait for ever."""
    monkeypatch.setattr(workers, "LOOK", 0.1)
    monkeypatch.setattr(workers, "NO_WORKER", 0.5)
    monkeypatch.setattr(module, "FIRST_WORKER", 0.5)
    for worker in running.workers[1:]:
        worker.kill()
        worker.wait()
    running.have(1)
    asked.does("Essex", DIE)
    with pytest.raises(NoCluster, match="no worker has been there"):
        asked("Kent", "Essex", jobs=1)
    assert asked.told("Kent")
    assert asked.records()["Essex"]["status"] == "stopped"
    with pytest.raises(NoCluster, match="the scheduler has no worker"):
        asked("Dorset")


def test_a_scheduler_that_is_lost_is_told_and_what_was_made_is_kept(running: Cluster, asked: Asked) -> None:
    """The last of these tests: it ends the cluster."""
    asked.does("Essex", "(folder / 'at').touch(); time.sleep(60)")

    def lose() -> None:
        in_time(lambda: (running.folder / "at").exists() and list(running.here.glob("build/out/*kent*/told.csv")))
        running.scheduler.kill()

    threading.Thread(target=lose, daemon=True).start()
    with pytest.raises(NoCluster, match="the scheduler was lost"):
        asked("Kent", "Essex", jobs=1)
    assert asked.told("Kent")
    assert {area: record["status"] for area, record in asked.records().items()} == {"Kent": "done", "Essex": "stopped"}
