"""Replies of police forces: complete, of a force that there is, the oldest first."""

from __future__ import annotations

from datetime import date

import pytest

from stats.errors import RegisterError

FILE = "registers/replies.yml"
ENTRY = """\
- area: {area}
  date: 2026-12-{day}
  to: the share charged, year ending March 2025
  words: made up for a test
"""


def test_none_is_registered_yet(registers):
    """An empty list is a register, and no error."""
    assert registers.replies == ()


def test_replies_are_read_in_order(broken):
    """Whatever their order in the file."""
    house = broken.write(FILE, ENTRY.format(area="E23000020", day="02") + ENTRY.format(area="BTP", day="01"))
    assert [(reply.area, reply.date) for reply in house.load().replies] == [
        ("BTP", date(2026, 12, 1)), ("E23000020", date(2026, 12, 2)),
    ]  # fmt: skip


@pytest.mark.parametrize("area", ["K04000001", "E23000099"])
def test_a_reply_of_no_force_is_refused(broken, area):
    """A nation does not answer, and neither does a code that there is not."""
    with pytest.raises(RegisterError, match=r"(?s)of no police force.*replies\.yml.*" + area):
        _ = broken.write(FILE, ENTRY.format(area=area, day="01")).load().replies


def test_a_reply_without_words_is_refused(broken):
    """It names the file and the field."""
    with pytest.raises(RegisterError, match=r"(?s)replies\.yml.*words"):
        _ = broken.write(FILE, ENTRY.format(area="BTP", day="01").replace("made up for a test", "''")).load().replies
