"""Fixtures that many tests share."""

from __future__ import annotations

import os
import shutil
import signal
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from stats.home import home
from stats.read.tidy import read_tidy
from stats.registers import Registers, load
from stats.run.data import TABLES, Tables

settings.register_profile("same every time", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("same every time")

LONGEST = ("tests/run/", "notebooks/", "tests/official/", "tests/notebooks/", "tests/estimate/test_disclosure.py")
"""What has few tests that take long: whole runs of papermill, published files, tables tried one by one."""


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Keep our order of modules, and let Ctrl-C reach what tests start.

    By itself xdist starts modules of few tests last, and those are the longest. A shell that starts the tests in the
    background has them ignore Ctrl-C, which every process that a test starts would inherit.
    """
    config.option.loadscopereorder = False
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start what takes longest first, so that no worker is left with it while the others are done."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.fixture(scope="session")
def registers() -> Registers:
    """The registers of this repository."""
    return load()


@pytest.fixture(scope="session")
def tables(registers) -> Tables:
    """Every tidy table, made from the raw files; copy before changing one."""
    return {name: make(registers) for name, make in TABLES.items()}


@pytest.fixture(scope="session")
def published(registers) -> pd.DataFrame:
    """The tidy published figures, as committed."""
    return read_tidy("published_figures", registers)


@pytest.fixture(scope="session")
def offences(registers) -> pd.DataFrame:
    """The tidy recorded offences, as committed."""
    return read_tidy("recorded_offences", registers)


@pytest.fixture(scope="session")
def outcomes(registers) -> pd.DataFrame:
    """The tidy outcomes, as committed."""
    return read_tidy("outcomes", registers)


@pytest.fixture(scope="session")
def population(registers) -> pd.DataFrame:
    """The tidy mid-year populations, as committed."""
    return read_tidy("population", registers)


class House:
    """A copy of the repository's data in which one entry can be damaged."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("registers", "claims", "raw", "illustrative"):
            shutil.copytree(home() / "data" / name, root / "data" / name, copy_function=os.symlink)

    def damage(self, file: str, old: str, new: str) -> House:
        """Replace the first `old` in a file below data/; the repository's own file stays as it is."""
        text = (self.root / "data" / file).read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}"
        return self.write(file, text.replace(old, new, 1))

    def write(self, file: str, text: str) -> House:
        """Write a file below data/ anew."""
        path = self.root / "data" / file
        path.unlink(missing_ok=True)
        path.write_text(text, encoding="utf-8")
        return self

    def remove(self, file: str) -> House:
        """Take a file below data/ away."""
        (self.root / "data" / file).unlink()
        return self

    def load(self) -> Registers:
        """Read the registers of the copy."""
        return load(self.root)


@pytest.fixture
def broken(tmp_path) -> House:
    """A copy of the data to damage, then `load()`."""
    return House(tmp_path)


@pytest.fixture(scope="session")
def drawn():
    """Read a table drawn with '|' as text; an empty cell is missing."""

    def read(text: str) -> pd.DataFrame:
        lines = "\n".join("|".join(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines())
        return pd.read_csv(StringIO(lines), sep="|", dtype="str", keep_default_na=False, na_values=[""])

    return read
