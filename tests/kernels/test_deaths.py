"""Nothing is left of a kernel, whoever dies first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

CLIENT = """
import asyncio, sys
from jupyter_client.manager import start_new_async_kernel
async def go():
    manager, client = await start_new_async_kernel(kernel_name="stats-fork")
    assert manager.provisioner.is_forked, manager.provisioner.why_plain
    print(manager.connection_file, manager.ip, flush=True)
    await client.execute_interactive(sys.argv[1])
    await asyncio.sleep(600)
asyncio.run(go())
"""


@pytest.fixture
def client(sleeper):
    """A process with a forked kernel that has started another: itself, the numbers of the three, and their files."""
    env = {**os.environ, "NUMPY_OF_A_PARENT_OF_ITS_OWN": str(time.time_ns())}
    process = subprocess.Popen([sys.executable, "-c", CLIENT, sleeper], stdout=subprocess.PIPE, text=True, env=env)
    files = process.stdout.readline().split()
    numbers = [int(word) for word in process.stdout.readline().split()]
    yield process, numbers, files
    process.kill()
    process.wait()


def test_a_killed_client_leaves_no_process_and_no_file(client, all_end) -> None:
    """SIGKILL of who asked ends kernel, what it started, and the parent, and its files are removed."""
    process, (kernel, beside, parent), (connection, sockets) = client
    assert os.path.exists(connection)
    process.kill()
    assert all_end(kernel, beside, parent)
    assert not os.path.exists(connection)
    assert not os.path.exists(f"{sockets}-1")


def test_a_killed_parent_takes_its_kernels_with_it(client, all_end) -> None:
    """SIGKILL of the parent ends the kernel and what it started, by the system itself."""
    _, (kernel, beside, parent), _ = client
    os.kill(parent, signal.SIGKILL)
    assert all_end(kernel, beside, parent)


def test_a_killed_kernel_takes_what_it_started_with_it(client, all_end) -> None:
    """SIGKILL of the kernel alone ends what it started."""
    _, (kernel, beside, _), _ = client
    os.kill(kernel, signal.SIGKILL)
    assert all_end(kernel, beside)


def test_client_and_parent_killed_at_once_leave_nothing(client, all_end) -> None:
    """Even then nobody needs to be alive for the kernel's group to be killed."""
    process, (kernel, beside, parent), _ = client
    for pid in (parent, process.pid):
        os.kill(pid, signal.SIGKILL)
    assert all_end(kernel, beside, parent)


def test_a_parent_killed_in_between_is_replaced(start, all_end) -> None:
    """The next kernel gets another parent, without a word to whoever asks."""
    first = start()
    parent = int(first.ask("import os; print(os.getppid())"))
    first.end()
    os.kill(parent, signal.SIGKILL)
    assert all_end(parent)
    second = start()
    assert second.manager.provisioner.is_forked
    assert int(second.ask("import os; print(os.getppid())")) != parent
