"""The parent that is started before the first kernel is the one that this kernel then has."""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path

import pytest

from stats.kernels import finding
from stats.kernels.beginning import begin, preloads_of_kernel


def parents() -> dict[str, int]:
    """Return the parents that stay for this process, each with the number of its process."""
    found = {}
    for key, lease in finding._LEASES.items():
        told = lease.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        found[key] = struct.unpack("3i", told)[0]
    return found


@pytest.fixture
def new_parents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this test start parents of its own."""
    monkeypatch.setattr(finding, "_LEASES", {})
    monkeypatch.setenv("NUMPY_OF_THIS_TEST", str(os.urandom(8).hex()))
    yield
    for lease in finding._LEASES.values():
        lease.close()


def test_it_is_the_parent_that_jupyter_asks_for(start, tmp_path: Path, new_parents) -> None:
    """Environment, folder and preloads make the same key; another environment is another parent."""
    begin(str(tmp_path), os.environ).join(60)
    (parent,) = parents().values()
    kernel = start(cwd=str(tmp_path))
    assert kernel.ask("import os; print(os.getppid())") == f"{parent}\n"
    assert len(parents()) == 1


def test_nothing_is_begun_where_kernels_are_not_forked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither with plain kernels asked for, nor on another system."""
    monkeypatch.setenv("STATS_ENGINE", "stock")
    assert begin(str(tmp_path), os.environ) is None
    monkeypatch.delenv("STATS_ENGINE")
    monkeypatch.setattr("sys.platform", "darwin")
    assert begin(str(tmp_path), os.environ) is None


def test_what_goes_wrong_is_left_for_the_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No kernel of ours on the path, or a file of it that is no JSON: nothing is begun, and nothing is raised."""
    monkeypatch.setattr(finding, "_LEASES", {})
    monkeypatch.setattr("stats.kernels.beginning.FORKED", "stats-fork-of-nowhere")
    assert preloads_of_kernel() is None
    (tmp_path / "kernels" / "stats-fork-of-nowhere").mkdir(parents=True)
    (tmp_path / "kernels" / "stats-fork-of-nowhere" / "kernel.json").write_text("{", "utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    begin(str(tmp_path), os.environ).join(60)
    assert finding._LEASES == {}


def test_the_list_of_preloads_is_the_one_the_provisioner_has() -> None:
    """Read without jupyter_client, and the same."""
    from jupyter_client import KernelManager
    from jupyter_client.provisioning import KernelProvisionerFactory

    manager = KernelManager(kernel_name="stats-fork")
    made = KernelProvisionerFactory.instance().create_provisioner_instance("1", manager.kernel_spec, manager)
    assert preloads_of_kernel() == [*made.preloads, *made.also]
