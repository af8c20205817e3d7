"""What a template may ask of the registers: days of releases, and what a force replied."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from stats.errors import UnknownName
from stats.home import home
from stats.publish.documents.answering import NO_REPLY, Answering
from stats.publish.documents.blocks import blocks_of
from stats.publish.documents.model import Bullets, Paragraph, plain
from stats.publish.documents.stated import Stated
from stats.registers.replies import Reply
from stats.run.claims import facts_of

OUTCOMES = "home_office_outcomes_2024_25"


@pytest.fixture
def asked():
    """Ask one function, and return the blocks that its sign stands for, with what is stated."""

    def ask(name: str, *words: object, replies: tuple[Reply, ...] = ()):
        facts = facts_of(home())
        registers = replace(facts.registers)
        registers.__dict__["replies"] = replies
        stated = Stated(replace(facts, registers=registers), [])
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
