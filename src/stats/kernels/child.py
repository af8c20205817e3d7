"""What a forked child does to be as good as a fresh kernel: a group, files, environment and random numbers of its own.

It runs in the parent's process image, so it imports nothing of ours; see parent.py.
"""

from __future__ import annotations

import fcntl
import gc
import importlib
import io
import os
import random
import signal
import sys
import time
import traceback
from contextlib import suppress
from typing import Any

SET_SIGNAL = getattr(fcntl, "F_SETSIG", 10)
"""Linux: which signal says that something happened at a file (Python does not name it before 3.13)."""


def become_kernel(birth: Any, wire: Any, added: dict[str, str]) -> None:
    """Turn this child into an IPython kernel, run it to its end, and end the process. It never returns.

    `added` are the variables that libraries set when they were imported.
    """
    status = 1
    try:
        _take_place(birth, added)
        app = _application(birth.request)
        with suppress(OSError):
            wire.send(birth.asked, {"ready": True})
        birth.asked.close()
        app.start()
        _finish_control(app)
        status = 0
    except SystemExit as asked:
        status = asked.code if isinstance(asked.code, int) else int(asked.code is not None)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        _leave(status)


def _take_place(birth: Any, added: dict[str, str]) -> None:
    request = birth.request
    os.setsid()
    _die_with(birth.line)
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(signum, signal.default_int_handler if signum == signal.SIGINT else signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for place, file in enumerate((nothing, *birth.files)):
        os.dup2(file, place)
    kept = {0, 1, 2, birth.asked.fileno(), birth.line.fileno()}
    for name in os.listdir("/proc/self/fd"):
        if int(name) not in kept:
            with suppress(OSError):
                os.close(int(name))
    if isinstance(sys.__stdout__, io.TextIOWrapper):
        sys.__stdout__.reconfigure(line_buffering=sys.__stdout__.isatty())
    os.environ.clear()
    os.environ.update(added | request["env"])
    os.umask(request["umask"])
    os.chdir(request["cwd"])
    time.tzset()
    _forget_randomness()
    _forget_caches(request)


def _die_with(line: Any) -> None:
    """Have the system kill this kernel's whole group when the other end of the line closes, whatever runs."""
    fcntl.fcntl(line, fcntl.F_SETOWN, -os.getpid())
    fcntl.fcntl(line, SET_SIGNAL, signal.SIGKILL)
    fcntl.fcntl(line, fcntl.F_SETFL, fcntl.fcntl(line, fcntl.F_GETFL) | os.O_ASYNC)
    line.setblocking(False)
    with suppress(BlockingIOError):
        if line.recv(1) == b"":  # the parent was killed before the system was told
            os.killpg(0, signal.SIGKILL)


def _forget_randomness() -> None:
    """Draw new seeds: a fork has its parent's generators. `secrets` and `uuid4` ask the system and have none."""
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy:
        numpy.random.seed()
    for name, attributes in {"tempfile": ("tempdir", "_name_sequence"), "uuid": ("_node", "_last_timestamp")}.items():
        module = sys.modules.get(name)
        for attribute in attributes if module else ():
            setattr(module, attribute, None)
    multiprocessing = sys.modules.get("multiprocessing.process")
    if multiprocessing:
        multiprocessing.current_process().authkey = os.urandom(32)


def _forget_caches(request: dict[str, Any]) -> None:
    sys.argv = [importlib.import_module("importlib.util").find_spec("ipykernel_launcher").origin, *request["cmd"][3:]]
    sys.orig_argv = list(request["cmd"])
    importlib.invalidate_caches()
    sys.modules["__main__"].__dict__.clear()
    sys.modules["__main__"].__dict__["__name__"] = "__main__"


def _application(request: dict[str, Any]) -> Any:
    """Return the kernel's application, ready to start: the very one that `python -m ipykernel_launcher` runs."""
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance(parent_handle=1)  # 1: no thread that asks each second whether the parent lives
    app.initialize(request["cmd"][3:])  # type: ignore[no-untyped-call] # traitlets has no types here
    backend = os.environ.get("MPLBACKEND")
    matplotlib = sys.modules.get("matplotlib")
    if matplotlib and backend:
        matplotlib.rcParams["backend"] = backend  # as matplotlib does when it is imported after the kernel has started
    return app


def _finish_control(app: Any) -> None:
    """Let the thread that was asked to end the kernel finish its answer.

    ipykernel takes apart first what that thread still speaks over, which hangs or aborts where processors are scarce.
    """
    if app.control_thread and app.control_thread.is_alive():
        app.control_thread.stop()
        app.control_thread.join()


def _leave(status: int) -> None:
    """End as an interpreter does, without taking the parent's objects apart, which would copy every page of them."""
    import atexit
    import threading

    try:
        threading._shutdown()  # type: ignore[attr-defined] # no public name: waits for threads that are no daemons
        atexit._run_exitfuncs()
        gc.collect()
        for thing in gc.get_objects():
            if isinstance(thing, io.TextIOWrapper | io.BufferedWriter) and not thing.closed:
                with suppress(OSError, ValueError):
                    thing.flush()
    finally:
        os._exit(status)
