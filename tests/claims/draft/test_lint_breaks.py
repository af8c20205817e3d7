from datetime import date

import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Stalking offences have more than doubled since 2019.", "more than doubled"),
        ("Recorded stalking trebled between 2015 and 2021.", "trebled"),
        ("West Midlands Police recorded 696 stalking cases in 2019-20 and 4,087 between April and "
         "December 2020, an increase of 487%.",
         "increase of 487%"),
        ("Police recorded a 300% increase in stalking since 2016.", "300% increase"),
        ("Recorded stalking rose from 33,350 in 2019-20 to 99,106 in 2020-21, tripled in a year.", "tripled"),
        ("Recorded stalking tripled in the year ending March 2021.", "tripled"),
        ("Stalking crimes in Humberside fell by 53% between 2023-24 and 2024-25.", "fell by 53%"),
        ("Reports of stalking to the police have doubled in the last ten years.", "doubled"),
        ("Convictions for stalking tripled between 2011 and 2014.", "tripled"),
        ("Recorded stalking offences rose by 65,756 between 2019-20 and 2020-21.", "rose by 65,756"),
        ("Harassment offences doubled between 2013-14 and 2015-16.", "doubled"),
    ],
)  # fmt: skip
def test_a_change_across_a_break_is_refused(fired, text, words):
    """The register of breaks says where a series changed its meaning."""
    assert fired(text, "across-break") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Recorded stalking rose by 5% between the year ending June 2024 and the year ending June 2025.",
        "Stalking offences doubled after the recording rules changed, from 2019-20 to 2020-21.",
        "Recorded stalking trebled between 2015 and 2021. The two years are not comparable.",
        "Calls to our stalking helpline have doubled since 2019.",
        "The maximum sentence for stalking doubled in 2017.",
        "Figures published in January 2024 show that stalking offences doubled.",
        "Burglary doubled between 2015 and 2021.",
        "Recorded stalking doubled.",
        "Funding for stalking services rose 30% since 2019.",
        "Recorded stalking rose 3% between 2020-21 and 2021-22.",
        "Since 2012 stalking has been an offence, and 40% of victims are men.",
    ],
)
def test_changes_within_one_meaning_are_left_alone(fired, text):
    """No break lies between, the text names the change in recording, or it is no series of the police."""
    assert fired(text, "across-break") == []


def test_unlike_periods_are_refused_even_without_a_break(fired):
    """Nine months are not set beside twelve."""
    text = (
        "Kent Police recorded 2,000 stalking offences in 2020-21 and 1,500 between April and December 2021, down 25%."
    )
    assert fired(text, "across-break") == ["down 25%"]
    assert fired(text.replace("between April and December 2021", "in 2021-22"), "across-break") == []


def test_since_is_read_up_to_the_day_of_the_draft(fired):
    """In 2019 nothing had changed since 2018-19; in 2026 it had. Without a day the newest release counts."""
    text = "Stalking offences have doubled since April 2018."
    assert fired(text, "across-break", date(2019, 3, 1)) == []
    assert fired(text, "across-break", date(2021, 3, 1)) == ["doubled"]
    assert fired(text, "across-break", None) == ["doubled"]


def test_a_local_break_counts_only_where_the_force_is_named(fired):
    """Humberside's step of April 2024 is no break elsewhere."""
    assert fired(_LOCAL.format("Kent"), "across-break") == []
    assert fired(_LOCAL.format("Humberside"), "across-break") == ["fell by 5%"]


_LOCAL = "Stalking offences in {} fell by 5% between the year ending June 2024 and the year ending June 2025."
