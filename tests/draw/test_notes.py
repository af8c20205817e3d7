"""The notes that more than one kind of figure prints."""

from __future__ import annotations

from stats.draw.notes import few


def test_few_offences_are_said_to_be_few(studio) -> None:
    """Where each offence moves a percentage by a point and more, the figure says how much, and of which area."""
    drawing = studio.outcomes_of("City of London", "stalking")
    recorded = int(drawing.table["recorded_n"].iloc[0])
    assert 0 < recorded < 100
    (note,) = [note for note in drawing.notes if "one more or less" in note]
    points = f"{round(100 / recorded)} percentage points"
    assert note == f"City of London: only {recorded} offences, so one more or less is about {points}."
    assert not [note for note in studio.outcomes_of("Kent", "stalking").notes if "one more or less" in note]


def test_what_is_few_has_an_edge(registers) -> None:
    """From 100 offences on nothing is said, and nothing of none."""
    kent = registers.areas.find("Kent")
    assert few(kent, 99) == ["Kent: only 99 offences, so one more or less is about 1 percentage point"]
    assert few(kent, 100) == few(kent, 0) == []
