"""What a template may ask of the registers: days of releases, and what a force replied."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from shutil import copytree
from types import MappingProxyType

import pytest

from stats.errors import UnknownName
from stats.home import home
from stats.publish.documents.answering import NO_REPLY, Answering
from stats.publish.documents.blocks import blocks_of
from stats.publish.documents.briefs import Folder
from stats.publish.documents.model import Bullets, Paragraph, plain
from stats.publish.documents.stated import Stated
from stats.registers.breaks import Gap
from stats.registers.replies import Reply
from stats.run.claims import facts_of

OUTCOMES = "home_office_outcomes_2024_25"


@pytest.fixture
def asked():
    """Ask one function, and return the blocks that its sign stands for, with what is stated."""

    def ask(name: str, *words: object, replies: tuple[Reply, ...] = (), folders: Sequence[Folder] = (),
            gaps: Mapping[str, Gap] = MappingProxyType({})):  # fmt: skip
        facts = facts_of(home())
        registers = replace(facts.registers, gaps=facts.registers.gaps | gaps)
        registers.__dict__["replies"] = replies
        stated = Stated(replace(facts, registers=registers), folders)
        return blocks_of(Answering(stated).names[name](*words), stated.meanings), stated

    return ask


@pytest.mark.parametrize(("name", "says"), [("released", "23 April 2026"), ("due", "24 July 2026")])
def test_the_day_of_a_release_and_of_the_next_come_from_its_entry(asked, name, says):
    """They are references to the source: nobody has to remember to change them."""
    (paragraph,), stated = asked(name, OUTCOMES)
    assert plain(paragraph.words) == says
    (reference,) = stated.references.values()
    assert reference.sources == (OUTCOMES,)
    assert [citation.id for citation in stated.citing.citations] == [OUTCOMES]


def test_a_source_that_there_is_not_is_refused(asked):
    """With the nearest."""
    with pytest.raises(UnknownName, match=OUTCOMES):
        asked("released", "home_office_outcomes_2024")


def test_a_force_is_heard_in_its_own_words(asked):
    """Each of its replies with day and address, none of another force; without any it says so."""
    kent, gwent = (facts_of(home()).registers.areas.find(name) for name in ("Kent", "Gwent"))
    told = {"area": kent.code, "date": date(2026, 12, 1), "to": "the share charged", "words": "We count otherwise."}
    reply = Reply(**told, url="https://www.kent.police.uk/reply")
    (said,), stated = asked("replies", kent, replies=(reply, Reply(**{**told, "area": gwent.code})))
    assert isinstance(said, Bullets)
    assert [plain(item) for item in said.items] == [
        "1 December 2026, on the share charged: “We count otherwise.” https://www.kent.police.uk/reply"
    ]
    assert list(stated.references) == ["reply of Kent, 2026-12-01"]
    (nothing,), stated = asked("replies", kent)
    assert isinstance(nothing, Paragraph)
    assert plain(nothing.words) == NO_REPLY
    assert not stated.references


def test_a_series_says_how_much_of_it_is_there(asked, tmp_path):
    """How many quarters, which lack a count, and what is registered as missing of the area."""
    source = home() / "figures" / "lincolnshire_recorded"
    folder = tmp_path / "series"
    copytree(source, folder)
    (whole,), _ = asked("covered", "series/recorded", folders=[Folder("series", folder)])
    assert plain(whole.words) == "23 of 23 quarters are in the release"
    table = (folder / "recorded.csv").read_text("utf-8-sig")
    first = table.splitlines()[1]
    blank = ",".join(["" if n == 6 else field for n, field in enumerate(first.split(","))])
    (folder / "recorded.csv").write_text(table.replace(first, blank), "utf-8-sig")
    record = json.loads((folder / "recorded.json").read_text("utf-8"))
    record["parameters"]["area"] = "Greater Manchester"
    (folder / "recorded.json").write_text(json.dumps(record), "utf-8")
    every = facts_of(home()).registers.gaps
    still_open = every["devon-and-cornwall-recorded-2022"].model_copy(update={"areas": ("E23000005",), "is_open": True})
    asked_for = {"folders": [Folder("series", folder)], "gaps": {still_open.id: still_open}}
    (lacking,), stated = asked("covered", "series/recorded", **asked_for)
    said = "22 of 23 quarters are in the release; not there: April to June 2020"
    assert plain(lacking.words) == f"{said}. {still_open.what}"
    (reference,) = stated.references.values()
    assert reference.figure == "series/recorded"
