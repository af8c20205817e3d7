"""A run that fails is never mistaken for one that succeeded: what is saved, under which name, and what is raised."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill import PapermillExecutionError

from stats.kernels.client import KernelDied

ENDLESS = "import os, time\nopen('pid', 'w').write(str(os.getpid()))\nwhile True: time.sleep(0.01)"
DEATHS = {
    "exit": ("import os; print('last', flush=True); time.sleep(0.3); os._exit(3)", KernelDied, "ended with status 3"),
    "killed": ("import os; os.kill(os.getpid(), 9)", KernelDied, "memory ran out"),
    "crash": ("import ctypes; ctypes.string_at(0)", KernelDied, "SIGSEGV"),
    "stack": ("import os; os.abort()", KernelDied, "SIGABRT"),
    "endless": ("while True: pass", CellTimeoutError, "longer than the time"),
}


def run(path: Path, engine: str = "stats", kernel: str = "stats-fork", **options: Any) -> Path:
    """Run a notebook in its folder, and return where its result would be."""
    out = path.with_name("out.ipynb")
    papermill.execute_notebook(
        str(path), str(out), engine_name=engine, kernel_name=kernel, progress_bar=False, cwd=str(path.parent), **options
    )
    return out


def states(path: Path) -> list[str]:
    """Return what a notebook says of its code cells."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [c["metadata"]["papermill"]["status"] for c in cells if c["cell_type"] == "code"]


@pytest.mark.parametrize("death", DEATHS)
def test_a_run_that_dies_is_marked_and_never_named_as_a_result(tmp_path: Path, write_notebook, death: str) -> None:
    """The cell that ran is failed, with the reason in plain words; those after it never ran; no result is there."""
    code, kind, said = DEATHS[death]
    path = write_notebook(tmp_path, "import time; 1", code, "print('never')")
    with pytest.raises(kind) as raised:
        run(path, execution_timeout=2)
    failed = tmp_path / "out.failed.ipynb"
    assert sorted(p.name for p in tmp_path.glob("*.ipynb")) == ["asked.ipynb", "out.failed.ipynb"]
    assert str(failed) in "".join(raised.value.__notes__)
    assert states(failed) == ["completed", "failed", "pending"]
    executed = json.loads(failed.read_text("utf-8"))
    cells = executed["cells"]
    assert executed["metadata"]["papermill"]["exception"] is True
    assert said in executed["metadata"]["papermill"]["reason"]
    assert said in cells[1]["metadata"]["papermill"]["reason"]
    assert said in cells[1]["outputs"][-1]["evalue"]
    assert "never ran" in cells[2]["metadata"]["papermill"]["reason"]
    assert death != "exit" or cells[1]["outputs"][0]["text"] == ["last\n"]


def test_the_stock_engine_calls_a_dead_run_complete(tmp_path: Path, write_notebook) -> None:
    """Hence an engine of ours: under the result's name, every cell says that it completed."""
    path = write_notebook(tmp_path, "1", "import os; os._exit(3)", "print('never')")
    with pytest.raises(DeadKernelError):
        run(path, "nbclient", "python3")
    assert states(tmp_path / "out.ipynb") == ["completed", "completed", "completed"]


def test_an_error_of_a_cell_is_papermills_own(tmp_path: Path, write_notebook) -> None:
    """Papermill's error is raised, with its notebook saved as papermill saves it."""
    path = write_notebook(tmp_path, "1", "{}['key']", "print('never')")
    with pytest.raises(PapermillExecutionError) as raised:
        run(path)
    assert (raised.value.ename, raised.value.evalue, raised.value.exec_count) == ("KeyError", "'key'", 2)
    assert states(tmp_path / "out.ipynb") == ["completed", "failed", "pending"]


def test_memory_that_runs_out_is_an_error_of_the_cell(tmp_path: Path, write_notebook) -> None:
    """Under a limit of memory Python says so itself; the next run in the same parent has no limit."""
    code = "import resource\nresource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))\nx = bytearray(2**32)"
    with pytest.raises(PapermillExecutionError, match="MemoryError"):
        run(write_notebook(tmp_path, code))
    run(write_notebook(tmp_path, "import resource\nassert resource.getrlimit(resource.RLIMIT_AS)[0] < 0"))


def test_a_run_that_succeeds_after_one_that_failed_takes_its_place(tmp_path: Path, write_notebook) -> None:
    """The failed notebook goes when there is a result, and a failure leaves an earlier result as it was."""
    with pytest.raises(KernelDied):
        run(write_notebook(tmp_path, "import os; os._exit(3)"))
    out = run(write_notebook(tmp_path, "1"))
    assert sorted(p.name for p in tmp_path.glob("*.ipynb")) == ["asked.ipynb", "out.ipynb"]
    before = out.read_bytes()
    with pytest.raises(KernelDied):
        run(write_notebook(tmp_path, "import os; os._exit(3)"))
    assert out.read_bytes() == before


def test_a_death_harms_no_neighbour(tmp_path: Path, write_notebook, start) -> None:
    """A kernel of the same parent goes on while another crashes."""
    neighbour = start()
    neighbour.ask("x = 1")
    with pytest.raises(KernelDied):
        run(write_notebook(tmp_path, "import ctypes; ctypes.string_at(0)"))
    assert neighbour.ask("print(x)") == "1\n"


def test_an_interrupted_run_is_marked_and_leaves_no_kernel(tmp_path: Path, write_notebook, all_end) -> None:
    """Ctrl-C stops the run, marks its cell, and ends the kernel."""
    path = write_notebook(tmp_path, "1", ENDLESS, "print('never')")
    script = (
        "import papermill, sys\npapermill.execute_notebook(sys.argv[1], 'out.ipynb', engine_name='stats',"
        "kernel_name='stats-fork', progress_bar=False)"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(path)], cwd=tmp_path, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert time.monotonic() < until
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    assert process.wait(120) != 0
    assert all_end(int((tmp_path / "pid").read_text()))
    assert states(tmp_path / "out.failed.ipynb") == ["completed", "failed", "pending"]
    assert "interrupted" in (tmp_path / "out.failed.ipynb").read_text("utf-8")


def test_a_kernel_that_dies_after_the_last_cell_is_no_success(tmp_path: Path, write_notebook) -> None:
    """What kills the kernel behind a cell's back is seen before the run is called complete."""
    late = "import threading, os\nthreading.Timer(0.2, os._exit, [4]).start()"
    with pytest.raises(KernelDied):
        run(write_notebook(tmp_path, late, "import time; time.sleep(5)"))
    assert not (tmp_path / "out.ipynb").exists()


def test_our_engine_runs_plain_kernels_too(tmp_path: Path, write_notebook) -> None:
    """Where nothing can be forked, failures are still told apart from results."""
    run(write_notebook(tmp_path, "1"), kernel="python3")
    assert states(tmp_path / "out.ipynb") == ["completed"]
    with pytest.raises(KernelDied):
        run(write_notebook(tmp_path, "import os; os._exit(3)"), kernel="python3")
    assert states(tmp_path / "out.failed.ipynb") == ["failed"]


def test_what_a_notebook_leaves_open_is_written_when_it_ends(tmp_path: Path, write_notebook) -> None:
    """A file that is not closed is flushed, functions registered for the exit run, and threads are waited for."""
    code = (
        "import atexit, threading, time, builtins\nkept = open('kept', 'w'); kept.write('text')\n"
        "builtins.also = open('also', 'w'); builtins.also.write('text')\n"
        "atexit.register(lambda: open('at_exit', 'w').write('ran'))\n"
        "threading.Thread(target=lambda: (time.sleep(0.5), open('late', 'w').write('ran'))).start()"
    )
    run(write_notebook(tmp_path, code))
    assert {n: (tmp_path / n).read_text() for n in ("kept", "also", "at_exit", "late")} == {
        "kept": "text", "also": "text", "at_exit": "ran", "late": "ran",
    }  # fmt: skip


@pytest.mark.parametrize("module", ["engine", "client", "record", "choice", "provisioner"])
def test_each_module_can_be_imported_first(module: str) -> None:
    """Papermill loads the engine while it is being imported; the order must not matter."""
    done = subprocess.run([sys.executable, "-c", f"import stats.kernels.{module}, papermill"], check=False)
    assert done.returncode == 0
