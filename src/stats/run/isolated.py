"""What one run must not leave to the next in the same process: settings, working folder, seeds, words on the screen."""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path


@contextmanager
def isolated(folder: Path) -> Iterator[None]:
    """Let code run in a folder, unseen and newly seeded, and put back afterwards what it may have set.

    That is: environment variables, working folder, `sys.path`, warning filters, settings of matplotlib, pandas and
    numpy. A module that it patched stays patched: for code that is not trusted, a process of its own is needed.
    """
    import matplotlib
    import numpy as np

    random.seed()
    np.random.seed()  # noqa: NPY002 - the old generator is global, and so is what a notebook leaves in it
    with ExitStack() as stack:
        for kept in (_variables(), _path(), _floats(), _options_of_pandas(), chdir(folder)):
            stack.enter_context(kept)
        for hidden in (warnings.catch_warnings(), matplotlib.rc_context(), _nothing_typed()):
            stack.enter_context(hidden)
        for stream in (redirect_stdout, redirect_stderr):
            stack.enter_context(stream(StringIO()))
        yield


class TookTooLong(BaseException):
    """The time that code may take is over. No `except Exception` of that code holds it back."""


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Stop code that takes longer: in the main thread of a system with alarms; a library's own loop ends first.

    Raises
    ------
    TookTooLong
    """
    if not seconds or sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _variables() -> Iterator[None]:
    before = dict(os.environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _path() -> Iterator[None]:
    before = list(sys.path)
    try:
        yield
    finally:
        sys.path[:] = before


@contextmanager
def _nothing_typed() -> Iterator[None]:
    """A cell that asks for something to be typed finds the end of the input, and does not wait for ever."""
    before, sys.stdin = sys.stdin, StringIO()
    try:
        yield
    finally:
        sys.stdin = before


@contextmanager
def _floats() -> Iterator[None]:
    import numpy as np

    before = np.geterr()
    try:
        yield
    finally:
        np.seterr(**before)


@contextmanager
def _options_of_pandas() -> Iterator[None]:
    """Put back how pandas shows and computes tables; its other options do not change without a word of its own."""
    import pandas as pd

    before = {name: pd.get_option(name) for name in _names(pd.options)}
    try:
        yield
    finally:
        for name, value in before.items():
            if pd.get_option(name) != value:
                pd.set_option(name, value)


def _names(options: object, above: str = "") -> list[str]:
    """Return the full names of the options of pandas on display and computing."""
    found = []
    for name in dir(options) if above else ("display", "compute"):
        full = f"{above}{name}"
        option = getattr(options, name)
        found += _names(option, f"{full}.") if type(option) is type(options) else [full]
    return found
