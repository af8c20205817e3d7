"""The workers of a cluster as a pool, with a stand-in for the cluster: what no real one does on demand."""

from __future__ import annotations

from concurrent.futures import CancelledError, Future
from pathlib import Path
from types import SimpleNamespace

import pytest

from stats.errors import NoCluster
from stats.run import workers
from stats.run.execute import Ended, Job, attempt, run
from stats.run.workers import Workers

JOB = Job("kent", Path("kent.ipynb"), {}, Path("out"), Path("executed.ipynb"))


class Client:
    """A client whose futures end as a test says."""

    def __init__(self) -> None:
        self.scheduler, self.scheduler_comm = SimpleNamespace(address="tcp://a:1"), object()
        self.asked: list[Future[Ended]] = []

    def get_executor(self, **_: object) -> Client:
        """Itself."""
        return self

    def nthreads(self) -> dict[str, int]:
        """One worker."""
        return {"tcp://a:2": 1}

    def submit(self, *_: object) -> Future[Ended]:
        """A future."""
        self.asked.append(Future())
        return self.asked[-1]

    def shutdown(self, wait: bool) -> None:
        """Nothing is left."""


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    """A cluster that is looked at often."""
    monkeypatch.setattr(workers, "LOOK", 0.01)
    return Client()


def test_how_a_run_ended_is_told_of_the_job_that_was_asked_for(client: Client) -> None:
    """Not of the errand that went to the worker."""
    with Workers(client, lambda job: job) as pool:
        asked = pool.submit(attempt, JOB, run)
        client.asked[0].set_result(Ended("errand", [], {"execute": 1.0}))
        assert asked.result() == Ended(JOB, [], {"execute": 1.0})


def test_a_worker_that_refuses_a_run_or_cannot_run_it_ends_all(client: Client) -> None:
    """It would be given every other, and be done with each at once; no run is to blame."""
    with Workers(client, lambda job: job) as pool:
        one, two = pool.submit(attempt, JOB, run), pool.submit(attempt, JOB, run)
        client.asked[0].set_result(Ended("errand", NoCluster("a worker has not what this computer has.")))
        client.asked[1].set_exception(ModuleNotFoundError("no module of ours"))
        with pytest.raises(NoCluster, match="has not what"):
            one.result()
        with pytest.raises(NoCluster, match="ModuleNotFoundError: no module of ours"):
            two.result()


def test_a_result_that_was_on_its_way_when_the_connection_broke_is_not_waited_for(client: Client) -> None:
    """Distributed never tells of it, though it has a connection again; what it tells later is left."""
    with Workers(client, lambda job: job) as pool:
        asked = pool.submit(attempt, JOB, run)
        client.scheduler_comm = object()
        with pytest.raises(NoCluster, match="the scheduler was lost"):
            asked.result(30)
        client.asked[0].set_result(Ended("errand", []))


def test_what_was_taken_back_with_the_connection_is_a_loss(client: Client) -> None:
    """It is no error of the run: the same command runs it again."""
    with Workers(client, lambda job: job) as pool:
        asked = pool.submit(attempt, JOB, run)
        client.asked[0].set_exception(CancelledError())
        with pytest.raises(NoCluster, match="the same command again"):
            asked.result(30)
