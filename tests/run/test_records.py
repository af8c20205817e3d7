"""Nothing is made twice, and nothing stale is called current."""

from __future__ import annotations

from pathlib import Path

import pytest

from stats.errors import RegisterError
from stats.run.questions import cells_of
from stats.run.records import digest, is_current, remember


def test_a_record_is_current_until_an_input_or_an_output_changes(tmp_path: Path) -> None:
    """A changed input, a changed output and a missing output each make it stale."""
    source, made, record = tmp_path / "source.csv", tmp_path / "made.svg", tmp_path / "record.json"
    source.write_text("1", "utf-8")
    made.write_text("figure", "utf-8")
    inputs = digest([source], tmp_path)
    assert not is_current(record, inputs)
    remember(record, inputs, [made])
    assert is_current(record, inputs)
    made.write_text("touched by hand", "utf-8")
    assert not is_current(record, inputs)
    made.unlink()
    assert not is_current(record, inputs)
    made.write_text("figure", "utf-8")
    assert is_current(record, inputs)
    other = tmp_path / "other.csv"
    other.write_text("2", "utf-8")
    assert not is_current(record, digest([source, other], tmp_path))


def test_a_damaged_record_is_not_current(tmp_path: Path) -> None:
    """Half a record tells nothing, so all is made again."""
    record = tmp_path / "record.json"
    record.write_text('{"inputs": "a"', "utf-8")
    assert not is_current(record, "a")


def test_a_notebook_that_is_no_notebook_is_named(tmp_path: Path) -> None:
    """A notebook damaged by hand stops with its name and the mend."""
    path = tmp_path / "charge_share.ipynb"
    path.write_text('{"cells": [', "utf-8")
    with pytest.raises(RegisterError, match=r"(?s)a notebook cannot be read.*charge_share\.ipynb.*Restore it"):
        cells_of(path)
