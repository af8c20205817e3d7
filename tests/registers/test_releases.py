from dataclasses import replace
from datetime import date

import pytest

from stats.errors import NotToHand, UnknownName

OLD, NEW = "home_office_recorded_2018", "home_office_recorded_2026_04_23"


@pytest.mark.parametrize(
    ("asked", "release"),
    [
        (OLD, OLD),
        (NEW, NEW),
        ("2018", OLD),
        ("2018-12-31", OLD),
        ("2026-03", OLD),
        ("2026-04", NEW),
        ("2026-04-22", OLD),
        ("2026-04-23", NEW),
        (date(2030, 1, 1), NEW),
    ],
)
def test_as_at_a_release_or_a_day_the_newest_is_the_one_of_then(registers, asked, release):
    """A date counts as far as it is known: a year or month stands for its last day."""
    then = registers.as_at(asked, "recorded_offences")
    assert then.newest("recorded_offences").id == release
    assert then.coverage("recorded_offences").end == registers.source(release).covers_to
    assert registers.newest("recorded_offences").id == NEW


def test_other_datasets_are_as_at_that_day_too(registers):
    """Outcomes were published with the newest recorded offences, and no release of them is here from 2018."""
    assert registers.as_at(NEW, "recorded_offences").newest("outcomes").id == "home_office_outcomes_2024_25"
    with pytest.raises(NotToHand, match=r"(?s)no release of outcomes that is here was out as at home_office_recorded"):
        registers.as_at(OLD, "recorded_offences").newest("outcomes")


def test_a_day_before_the_first_release_lists_what_is_here(registers):
    """Nothing is taken from a later release instead."""
    with pytest.raises(NotToHand, match=rf"(?s)was out as at 2018-08-01.*{OLD}: published 2018, covers.*{NEW}"):
        registers.as_at("2018-08-01", "recorded_offences").newest("recorded_offences")


@pytest.mark.parametrize(
    "asked", ["home_office_2018", "2018-13", "2018-02-30", "18", "", "home_office_outcomes_2024_25"]
)
def test_what_is_neither_a_release_nor_a_date_lists_what_is_here(registers, asked):
    """A release of another dataset is none of this one."""
    with pytest.raises(UnknownName, match=rf"(?s)neither a release that is here nor a date.*{OLD}: .*{NEW}: .*Write"):
        registers.as_at(asked, "recorded_offences")


def test_of_two_releases_of_one_day_the_named_one_counts(registers):
    """A correction on the same day does not hide what it corrects."""
    twin = registers.source(NEW).model_copy(update={"id": "home_office_recorded_corrected"})
    both = replace(registers, sources={**registers.sources, twin.id: twin})
    assert both.as_at(NEW, "recorded_offences").newest("recorded_offences").id == NEW
    assert both.as_at(twin.id, "recorded_offences").newest("recorded_offences").id == twin.id
