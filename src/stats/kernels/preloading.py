"""Import heavy libraries in the parent, and leave it fit to fork: with one thread, and as a notebook would find it."""

from __future__ import annotations

import builtins
import gc
import importlib
import importlib.util
import io
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace

PATIENCE = 5
"""Seconds to wait for a thread of a library to end: matplotlib has one while it looks for fonts."""
SHELL = {"get_ipython": lambda: SimpleNamespace(kernel=None), "__IPYTHON__": True}
"""What a library that is imported in a notebook's cell finds among the builtins."""


class Refused(Exception):
    """A library that would leave the parent unfit to fork."""


def preload(names: list[str]) -> None:
    """Import modules; refuse one that starts a thread, since threads do not survive a fork, but their locks do."""
    gc.disable()
    with _as_in_a_notebook():
        for name in names:
            _import(name)
    _look_for_backends()
    if "matplotlib_inline.backend_inline" in sys.modules:
        raise Refused("a library loads the inline backend, which must find its own shell")
    gc.collect()
    gc.freeze()
    gc.enable()


def _look_for_backends() -> None:
    """Have matplotlib ask all that is installed for backends: it does so once, when a kernel tells it to use ours."""
    backends = sys.modules.get("matplotlib.backends")
    registry = getattr(backends, "backend_registry", None)
    if registry:
        registry.list_all()


def refuse(unnamed: list[str]) -> None:
    """Stop if code was imported of which nobody would see that it changes, or that a kernel's folder holds another."""
    if unnamed:
        raise Refused(f"what is preloaded imports {', '.join(unnamed)}, which is no library: name it too")


def _import(name: str) -> None:
    if importlib.util.find_spec(name.partition(".")[0]) is None:
        return
    with suppress(Exception):  # a notebook that imports it will be told
        importlib.import_module(name)
    until = time.monotonic() + PATIENCE
    while threads() > 1 and time.monotonic() < until:
        time.sleep(0.01)
    if threads() > 1:
        raise Refused(f"importing {name} starts {threads() - 1} threads, which a fork does not survive")


@contextmanager
def _as_in_a_notebook() -> Iterator[None]:
    """Let libraries find what they would in a notebook's cell.

    pandas asks when it is imported: its defaults of columns shown and of the encoding depend on it.
    """
    vars(builtins).update(SHELL)
    output, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), encoding="UTF-8")
    try:
        yield
    finally:
        sys.stdout = output
        for name in SHELL:
            delattr(builtins, name)


def threads() -> int:
    """Return how many threads this process has, those of C libraries included."""
    return len(os.listdir("/proc/self/task"))
