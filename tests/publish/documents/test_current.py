"""What a later release has overtaken is not stated, unless its author accepts it until a day."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from stats.publish.documents.current import Accepted, Overtaken, must_be_current, newest_day
from stats.publish.documents.model import Reference

FILE = Path("briefings/a.md")
CLAIM = Reference("C004-06", "“more than 1,200”", verdict="superseded")
OLD = Reference("recorded/x", "10,396", 10396, period="year ending March 2018", sources=("home_office_recorded_2018",))
BOTH = ("home_office_recorded_2018", "home_office_recorded_2026_04_23")


def check(reference: Reference, registers, accepted=None) -> None:
    """Check one reference."""
    must_be_current([reference], registers, accepted or {}, file=FILE)


def test_a_superseded_claim_stops_unless_it_is_accepted(registers):
    """With a reason, until a day, which is compared with the newest release and never with the clock."""
    with pytest.raises(Overtaken, match=r"C004-06: +“more than 1,200” is superseded"):
        check(CLAIM, registers)
    accepted = {"C004-06": Accepted(reason="as it was said in 2017", until=date(2026, 12, 31))}
    check(CLAIM, registers, accepted)
    newest = registers.newest("recorded_offences")
    newer = replace(
        registers, sources=registers.sources | {"newer": newest.model_copy(update={"published": "2027-01-01"})}
    )
    with pytest.raises(Overtaken):
        check(CLAIM, newer, accepted)
    with pytest.raises(Overtaken):
        check(CLAIM, registers, {"C004-07": accepted["C004-06"]})


def test_the_release_that_overtakes_ends_what_was_accepted_until_before_it(registers):
    """An acceptance counts by the newest official release of any kind, and not by what the document rests on."""
    newer = registers.newest("recorded_offences").order
    assert newest_day(registers) == date.fromisoformat(newer)
    before = {
        "recorded/x": Accepted(reason="until the next release", until=date.fromisoformat(newer) - timedelta(days=1))
    }
    with pytest.raises(Overtaken, match="10,396"):
        check(OLD, registers, before)
    check(OLD, registers, {"recorded/x": Accepted(reason="for the record", until=date.fromisoformat(newer))})


def test_what_was_typed_or_reported_later_ends_no_acceptance(registers):
    """Only an official release does: our own transcriptions are newer."""
    assert max(source.order for source in registers.sources.values()) > newest_day(registers).isoformat()


def test_a_number_of_an_older_release_names_the_newer(registers):
    """That covers its period; with the newer among its sources it is current."""
    with pytest.raises(
        Overtaken, match="10,396, from home_office_recorded_2018, which home_office_recorded_2026_04_23"
    ):
        check(OLD, registers)
    check(Reference("recorded/x", "10,396", 10396, period="year ending March 2018", sources=BOTH), registers)


def test_what_is_of_no_period_or_release_is_left(registers):
    """A definition, or a figure that somebody published."""
    check(Reference("measure x", "share", period="", sources=()), registers)
    check(Reference("published x", "5%", period="2022", sources=("published_reported_2026_11_22",)), registers)
