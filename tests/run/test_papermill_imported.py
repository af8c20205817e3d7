"""What processes that run notebooks have imported before they begin is fit to be copied."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOOK = """
import os, sys, threading
import stats.run.papermill_imported
threads = len(os.listdir("/proc/self/task")) if sys.platform.startswith("linux") else threading.active_count()
import asyncio, zmq
loop = getattr(asyncio.get_event_loop_policy()._local, "_loop", None)
print(threads, zmq.Context._instance, loop, "papermill" in sys.modules, "pyarrow" in sys.modules,
    sys.modules["rfc3987_syntax"])
"""


def test_it_starts_no_thread_no_connection_and_no_loop() -> None:
    """One thread, no context of ZeroMQ; what was left out to that end can be imported afterwards."""
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "None", "None", "True", "False", "None"]


def test_what_is_there_already_stays() -> None:
    """A process that has imported the library with threads keeps it."""
    pytest.importorskip("pyarrow")
    code = "import pyarrow, sys, stats.run.papermill_imported; print(sys.modules['pyarrow'] is pyarrow)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
