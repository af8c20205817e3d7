"""Kernels that are forked start, obey, end and are started again as jupyter_client asks for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from stats.kernels.process import ForkedProcess


def test_a_kernel_is_forked_speaks_over_socket_files_and_ends_politely(start, all_end) -> None:
    """Started as JupyterLab does, it answers; asked to end, it ends with status 0 and leaves no file."""
    kernel = start()
    assert isinstance(kernel.manager.provisioner.process, ForkedProcess)
    assert kernel.manager.transport == "ipc"
    base, pid = Path(kernel.manager.ip), kernel.pid
    assert kernel.ask("import os; print(os.getpid())") == f"{pid}\n"
    process = kernel.manager.provisioner.process
    kernel.end()
    assert process.returncode == 0
    assert all_end(pid)
    assert not list(base.parent.glob(f"{base.name}*"))


def test_a_kernel_says_its_last_word_before_it_is_taken_apart(start, tmp_path) -> None:
    """The thread that was asked to end it may be late, as on a busy machine: the kernel would hang, or abort."""
    kernel = start()
    kernel.ask(
        "import atexit, pathlib, threading, time\nkernel = get_ipython().kernel\n"
        "def slowly(*given, sleep=time.sleep, say=kernel._publish_status_and_flush):\n    sleep(0.5)\n    say(*given)\n"
        "kernel._publish_status_and_flush = slowly\n"
        "def note(write=pathlib.Path('threads').write_text, threads=threading.enumerate):\n"
        "    write(' '.join(thread.name for thread in threads()))\n"
        f"import os; os.chdir({str(tmp_path)!r}); atexit.register(note)"
    )
    process = kernel.manager.provisioner.process
    kernel.end()
    assert process.returncode == 0
    assert "Control" not in (tmp_path / "threads").read_text("utf-8").split()


def test_a_kernel_is_interrupted_and_goes_on(start) -> None:
    """An endless cell is stopped by an interrupt, and the kernel answers the next."""
    kernel = start()
    kernel.ask("x = 1")
    asked = kernel.begin("import time\nwhile True: time.sleep(0.01)")
    kernel.do(kernel.manager.interrupt_kernel())
    reply = kernel.do(kernel.client._async_recv_reply(asked, timeout=60))
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.ask("print(x)") == "1\n"


def test_a_kernel_is_restarted_clean(start, all_end) -> None:
    """After a restart another process answers on the same connection, and knows nothing of the first."""
    kernel = start()
    first = kernel.pid
    kernel.ask("x = 1")
    kernel.do(kernel.manager.restart_kernel())
    kernel.do(kernel.client.wait_for_ready(timeout=60))
    assert kernel.pid != first
    assert all_end(first)
    assert kernel.ask("print('x' in globals())") == "False\n"


def test_a_stubborn_kernel_is_killed(start, all_end) -> None:
    """A kernel that ignores what it is asked is killed all the same, with what it started."""
    kernel = start()
    beside = int(
        kernel.ask(
            "import signal, subprocess\nfor s in (signal.SIGINT, signal.SIGTERM): signal.signal(s, signal.SIG_IGN)\n"
            "print(subprocess.Popen(['sleep', '600']).pid)"
        )
    )
    kernel.begin("import time\nwhile True:\n    try: time.sleep(600)\n    except BaseException: pass")
    process = kernel.manager.provisioner.process
    kernel.end(now=True)
    assert process.returncode == -signal.SIGKILL
    assert all_end(kernel.pid, beside)


@pytest.mark.parametrize(
    ("code", "status"), [("os._exit(7)", 7), ("os.kill(os.getpid(), 15)", -15), ("os.abort()", -6)]
)
def test_the_true_exit_status_is_told(start, code: str, status: int) -> None:
    """How a kernel ended is known, though it is no child of ours."""
    kernel = start()
    kernel.client.execute(f"import os\n{code}")
    assert kernel.do(kernel.manager.provisioner._ended(60)) == status
    assert not kernel.do(kernel.manager.is_alive())


def test_environment_folder_mask_and_streams_are_those_of_the_asker(start, tmp_path: Path) -> None:
    """Variables are exactly those given, and what C code writes goes where the asker said."""
    before = os.umask(0o027)
    try:
        with (tmp_path / "errors").open("wb") as errors:
            env = {**os.environ, "ASKED": "yes £"}
            env.pop("LS_COLORS", None)
            kernel = start(env=env, cwd=str(tmp_path), stderr=errors)
    finally:
        os.umask(before)
    told = kernel.ask(
        "import os, sys\nprint(os.environ['ASKED'], os.getcwd(), oct(os.umask(0)), repr(sys.stdin.read()))"
    )
    assert told.split() == ["yes", "£", str(tmp_path), "0o27", "''"]
    same = {
        "MPLBACKEND", "JPY_PARENT_PID", "JPY_SESSION_NAME", "PYDEVD_USE_FRAME_EVAL", "CLICOLOR_FORCE", "FORCE_COLOR",
        "CLICOLOR", "TERM", "PAGER", "GIT_PAGER",
    }  # fmt: skip
    found = set(eval(kernel.ask("print(sorted(os.environ))")))
    assert found - same == set(env) - same
    kernel.ask("import sys; print('out of band', file=sys.__stderr__, flush=True)")


def test_what_a_fork_cannot_give_is_started_plainly_and_the_reason_told(start, tmp_path: Path) -> None:
    """A file that shadows a library, or settings of matplotlib, are read by a plain kernel as ever."""
    (tmp_path / "pandas.py").write_text("here = 1", "utf-8")
    kernel = start(cwd=str(tmp_path))
    assert not kernel.manager.provisioner.is_forked
    assert "pandas.py" in kernel.manager.provisioner.why_plain
    assert kernel.ask("import pandas; print(pandas.here)") == "1\n"
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "matplotlibrc").write_text("lines.linewidth: 7", "utf-8")
    other = start(cwd=str(tmp_path / "settings"))
    assert not other.manager.provisioner.is_forked
    assert other.ask("import matplotlib as m; print(m.rcParams['lines.linewidth'])") == "7.0\n"


def test_the_debugger_works_in_a_forked_kernel(start) -> None:
    """JupyterLab's debugger attaches, though debugpy was imported before the fork."""
    kernel = start()
    content = {
        "type": "request",
        "seq": 1,
        "command": "initialize",
        "arguments": {"clientID": "t", "adapterID": "python"},
    }
    message = kernel.client.session.msg("debug_request", content)
    kernel.client.control_channel.send(message)
    reply = kernel.do(kernel.client.get_control_msg(timeout=60))
    assert reply["content"]["success"] is True


def test_twenty_kernels_at_once(run_cells, said_by) -> None:
    """Each answers, and no two are the same process or share a random number."""
    code = "import os, random, numpy\nprint(os.getpid(), random.random(), numpy.random.random())"

    with ThreadPoolExecutor(20) as pool:
        done = list(pool.map(lambda _: said_by(run_cells(code), 0).split(), range(20)))
    assert all(len(set(column)) == 20 for column in zip(*done, strict=True))


def test_two_clients_share_one_parent(start, sleeper) -> None:
    """Two processes that want kernels of the same environment are served by the same parent."""
    ours = start().ask("import os; print(os.getppid())")
    script = (
        "import asyncio\nfrom jupyter_client.manager import start_new_async_kernel\nasync def go():\n"
        "    m, c = await start_new_async_kernel(kernel_name='stats-fork')\n"
        "    await c.execute_interactive('import os; print(os.getppid())')\n    c.stop_channels()\n"
        "    await m.shutdown_kernel()\nasyncio.run(go())"
    )
    done = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=os.getcwd())
        for _ in range(2)
    ]
    assert [process.communicate(timeout=120)[0] for process in done] == [ours, ours]
