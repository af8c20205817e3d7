"""What the tests of kernels share: small notebooks, a way to run them, and a look at which processes live."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from living import is_running

SPEC = Path(__file__).parents[2] / "src" / "stats" / "kernels" / "spec"
Run = Callable[..., dict[str, Any]]


def notebook(*cells: str | tuple[str, list[str]]) -> dict[str, Any]:
    """Return a notebook of code cells; a cell may come with its tags."""
    made = []
    for number, cell in enumerate(cells):
        source, tags = (cell, []) if isinstance(cell, str) else cell
        made.append(
            {
                "cell_type": "code", "execution_count": None, "id": f"c{number}", "metadata": {"tags": tags},
                "outputs": [], "source": source,
            }
        )  # fmt: skip
    spec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": made, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture(scope="session")
def write_notebook() -> Callable[..., Path]:
    """Write a notebook of the cells given."""

    def write(folder: Path, *cells: str | tuple[str, list[str]], name: str = "asked.ipynb") -> Path:
        path = folder / name
        path.write_text(json.dumps(notebook(*cells)), "utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def run_cells(write_notebook, tmp_path_factory) -> Run:
    """Run cells in a forked kernel, or in a stock one, and return the executed notebook."""

    def run(*cells: str | tuple[str, list[str]], kernel: str = "stats-fork", engine: str = "stats", **options: Any):
        import papermill

        folder = tmp_path_factory.mktemp("run")
        path = write_notebook(folder, *cells)
        papermill.execute_notebook(
            str(path), str(folder / "out.ipynb"), kernel_name=kernel, engine_name=engine, progress_bar=False, **options
        )
        return json.loads((folder / "out.ipynb").read_text("utf-8"))

    return run


@pytest.fixture(scope="session")
def said_by() -> Callable[[dict[str, Any], int], str]:
    """Return what a cell of an executed notebook printed."""

    def said(executed: dict[str, Any], cell: int) -> str:
        outputs = executed["cells"][cell]["outputs"]
        return "".join("".join(o["text"]) for o in outputs if o["output_type"] == "stream")

    return said


@pytest.fixture(scope="session")
def all_end() -> Callable[..., bool]:
    """Whether all these processes end within some seconds."""

    def ended(*pids: int, within: float = 60) -> bool:
        until = time.monotonic() + within
        while any(map(is_running, pids)) and time.monotonic() < until:
            time.sleep(0.02)
        return not any(map(is_running, pids))

    return ended


class Kernel:
    """A forked kernel as JupyterLab holds one: started and asked through jupyter_client alone."""

    def __init__(self, name: str = "stats-fork", **options: Any) -> None:
        from jupyter_client import AsyncKernelManager

        self.loop = asyncio.new_event_loop()
        self.manager = AsyncKernelManager(kernel_name=name)
        self.loop.run_until_complete(self.manager.start_kernel(**options))
        self.client = self.manager.client()
        self.client.start_channels()
        self.loop.run_until_complete(self.client.wait_for_ready(timeout=60))

    def do(self, awaitable: Any) -> Any:
        """Wait for something."""
        return self.loop.run_until_complete(awaitable)

    def ask(self, code: str, timeout: float = 60) -> str:
        """Run code, and return what it printed or the name of the error it raised."""
        said = []

        def hear(message: dict[str, Any]) -> None:
            content = message["content"]
            said.append(content.get("text", "") if message["msg_type"] == "stream" else content.get("ename", ""))

        self.do(self.client.execute_interactive(code, output_hook=hear, timeout=timeout))
        return "".join(said)

    def begin(self, code: str) -> str:
        """Start code that does not end by itself, and return the id of what was asked once it runs."""
        code = f"print('it runs', flush=True)\n{code}"
        asked: str = self.client.execute(code, stop_on_error=False)  # else what is asked next may be dropped
        while True:
            heard = self.do(self.client.get_iopub_msg(timeout=60))
            if heard["parent_header"].get("msg_id") == asked and heard["msg_type"] == "stream":
                return asked

    @property
    def pid(self) -> int:
        """The kernel's number."""
        return self.manager.provisioner.pid

    def end(self, *, now: bool = False) -> None:
        """End the kernel; asked politely, it has a minute, for a busy machine is no fault of its own."""
        self.client.stop_channels()
        self.manager.shutdown_wait_time = 60
        self.do(self.manager.shutdown_kernel(now=now))
        self.loop.close()


@pytest.fixture
def start():
    """Start kernels that are ended after the test."""
    kernels = []

    def begin(**options: Any) -> Kernel:
        kernels.append(Kernel(**options))
        return kernels[-1]

    yield begin
    for kernel in kernels:
        if not kernel.loop.is_closed():
            kernel.end(now=True)


@pytest.fixture(scope="session")
def sleeper() -> str:
    """Code that starts a process beside the kernel, and prints both their numbers."""
    return (
        "import os, subprocess\nbeside = subprocess.Popen(['sleep', '600'])\n"
        "print(os.getpid(), beside.pid, os.getppid(), flush=True)"
    )


@pytest.fixture(scope="session", autouse=True)
def _kernel_of_this_tree(tmp_path_factory):
    """Have the kernel as it is written here, and not as it was when somebody installed it last."""
    folder = tmp_path_factory.mktemp("jupyter")
    (folder / "kernels").mkdir()
    (folder / "kernels" / "stats-fork").symlink_to(SPEC, target_is_directory=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder), prepend=os.pathsep)
        yield


@pytest.fixture(autouse=True)
def _no_variable(monkeypatch):
    monkeypatch.delenv("STATS_ENGINE", raising=False)
    assert os.environ.get("STATS_ENGINE") is None
