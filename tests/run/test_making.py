"""Notebooks are run in processes that share what they import, while the parent of their kernels starts beside them."""

from __future__ import annotations

import os
import socket
import struct
import sys
from pathlib import Path

import nbformat
import pytest

from stats.kernels import finding
from stats.run.execute import Job
from stats.run.making import here


def job(folder: Path, name: str, code: str) -> Job:
    """Return a job of one cell."""
    path = folder / f"{name}.ipynb"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    path.write_text(nbformat.writes(notebook), "utf-8")
    return Job(name, path, {}, folder / name, folder / "executed" / f"{name}.ipynb")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kernels are forked on Linux alone")
def test_the_first_kernel_of_a_worker_has_the_parent_that_was_begun(tmp_path: Path, monkeypatch) -> None:
    """The command starts one parent, and the kernels of its worker processes start no other."""
    monkeypatch.setattr(finding, "_LEASES", {})
    monkeypatch.setenv("NUMPY_OF_THIS_TEST", os.urandom(8).hex())
    code = "import os\nopen(os.environ['STATS_OUT'] + '/told.txt', 'w').write(str(os.getppid()))"
    jobs = [job(tmp_path, name, code) for name in ("one", "two")]
    told = [ended.made for ended in here(2)(jobs, lambda _: None)]
    (lease,) = finding._LEASES.values()
    with lease:
        parent = struct.unpack("3i", lease.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))[0]
    texts = [path.read_text("utf-8") for files in told for path in files if path.name == "told.txt"]
    assert texts == [str(parent)] * 2
