"""What a number is of, by the words round it."""

from __future__ import annotations

import pytest

from stats.claims.draft.frames import frames
from stats.claims.draft.scene import scene_of
from stats.claims.quantities import quantities


@pytest.fixture(scope="module")
def framed(registers):
    """The frames of a text, by the quote of their number."""
    words = registers.wordings

    def make(text):
        return {f.quantity.quote: f for f in frames(quantities(text), scene_of(text, registers), words)}

    return make


@pytest.mark.parametrize(
    ("text", "quote", "stage", "bases"),
    [
        ("5% of stalking reports resulted in a charge.", "5%", "charged", "recorded"),
        ("The charge rate for stalking was 5%.", "5%", "charged", None),
        ("1,822 charges, 19.6% of stalking cases.", "19.6%", "charged", "closed"),
        ("1,822 charges, 19.6% of stalking cases.", "1,822", "charged", None),
        ("Of the outcomes assigned, 6% were charges.", "6%", "charged", None),
        ("118,411 stalking offences were recorded.", "118,411", "recorded", None),
        ("10,214 stalking offences were charged.", "10,214", "charged", None),
        ("33 offenders were convicted of stalking.", "33", "convicted", None),
        ("Only 26% of those convicted went to prison.", "26%", "sentenced", "convicted"),
        ("Only 0.1% of estimated victims saw a conviction.", "0.1%", "convicted", "experienced"),
        ("A survey of 122 victims found that 65% were unhappy.", "65%", "answered", None),
        ("In 95% of the cases reviewed, care was inadequate.", "95%", "audited", "audited"),
        ("456 stalking protection orders were issued.", "456", "order made", None),
        ("1.5 million people were stalked.", "1.5 million", "experienced", None),
    ],
)
def test_stage_and_base_come_from_the_words(framed, text, quote, stage, bases):
    """The stage that was reached and what it is a share of are told apart."""
    frame = framed(text)[quote]
    assert frame.stages[0] == stage
    assert bases is None or bases in frame.base_stages


def test_of_those_is_of_what_the_number_before_counted(framed):
    """'Of them' has the base that the sentence has just named."""
    found = framed("1,169 people were convicted of stalking. 26% of them went to prison.")
    assert found["26%"].base_stages == ("convicted",)


@pytest.mark.parametrize(
    ("text", "place", "how"),
    [
        ("Kent recorded 5,000 stalking offences.", "E23000032", "stated"),
        ("Devon & Cornwall Police recorded 5,000 stalking offences.", "E23000035", "stated"),
        ("The Met recorded 5,000 stalking offences.", "E23000001", "stated"),
        ("Stalking in South Wales: 5,000 stalking offences.", "W15000003", "stated"),
        ("Kent is a county. It had 5,000 stalking offences.", "E23000032", "carried"),
        ("There were 5,000 stalking offences.", "", "assumed"),
        ("There were 5,000 stalking offences in West Sussex.", "", "assumed"),
        ("Police in Scotland recorded 5,000 stalking offences.", "", "stated"),
    ],
)
def test_place_is_the_one_that_is_named(framed, text, place, how):
    """A county that is part of a force, and a place outside England and Wales, are no force."""
    frame = framed(text)["5,000"]
    assert (frame.place, frame.place_is) == (place, how)


@pytest.mark.parametrize(
    ("text", "quote", "offence"),
    [
        ("1,200 cases of stalking and 5,000 of harassment", "1,200", "stalking"),
        ("1,200 cases of stalking and 5,000 of harassment", "5,000", "harassment"),
        ("7,000 stalking and harassment offences", "7,000", "stalking and harassment"),
        ("5,000 offences of coercive control", "5,000", "controlling or coercive behaviour"),
        ("5,000 burglary offences", "5,000", ""),
        ("Stalking is a crime. 5,000 offences were recorded.", "5,000", "stalking"),
    ],
)
def test_offence_is_the_nearest_that_is_named(framed, text, quote, offence):
    """Two numbers of one sentence may be of two offences; an offence that is not counted here is none."""
    assert framed(text)[quote].offence == offence


@pytest.mark.parametrize(
    ("text", "negative"),
    [
        ("95% of stalking reports did not lead to a charge.", True),
        ("95% of stalking reports ended without a charge.", True),
        ("5% of stalking reports led to a charge.", False),
    ],
)
def test_a_share_of_those_who_did_not_is_told_apart(framed, text, negative):
    """'95% were not charged' is not '95% were charged'."""
    (frame,) = framed(text).values()
    assert frame.is_negative is negative
