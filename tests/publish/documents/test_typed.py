"""Numbers cannot be typed into a document: what is found, what is offered instead, and what may be typed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.home import home
from stats.publish.documents.model import Words
from stats.publish.documents.typed import TypedNumber, must_not_be_spoken, must_not_be_typed
from stats.registers.typed import load_typed

FILE = Path("briefings/a.md")
TYPED = home() / "data" / "registers" / "typed.yml"
NUMBERS = {"charge/charged.base": "1,531", "charge/charged.share": "5.4%", "charge/charged.charged": "83"}


@pytest.fixture(scope="module")
def typed():
    """What may be typed."""
    return load_typed(TYPED)


def check(text: str, typed, first_line: int = 1) -> None:
    """Look for what is typed in a text."""
    must_not_be_typed(text, typed, file=FILE, first_line=first_line, numbers=NUMBERS)


@pytest.mark.parametrize(
    "text",
    [
        "Police recorded 1,531 offences.", "It is 5.4%.", "Eighty-three were charged.", "A third of them.",
        "Two-thirds.",
        "half of all", "a dozen", "thousands of people", "It rose.", "fewer than before, down again", "It has doubled.",
        "The overwhelming majority.", "an increase", "a cut", "higher than", "5",
        "in 2022", "at 3 o'clock", "v1.2",
        "{{ number('x') }} of 9", "x{# no #}7", "most of them", "twice", "rising",
    ],
)  # fmt: skip
def test_a_number_or_a_trend_is_found_wherever_it_is_typed(text, typed):
    """Digits, words of numbers and parts, and words of a rise or fall."""
    with pytest.raises(TypedNumber, match="follow from the data"):
        check(text, typed)


@pytest.mark.parametrize(
    "text",
    [
        "In the year ending March 2025 and on 22 November 2024.", "The financial year 2024/25.",
        "The Protection from Harassment Act 1997, section 2A, and the Police Reform Act 2002 section 29A.",
        "SI 2018/748 regulation 4; Part 2A; paragraph 12; Open Government Licence v3.0.",
        "{{ number('charge/charged.E23000020.share') }} of {{ number('b') }}{% if has('x1') %}{% endif %}",
        "[the law](https://legislation.gov.uk/ukpga/2002/30)", "No one may set up a league table; it is made up.",
        "<https://www.gov.uk/1>", "Someone, anyone, alone; a phone; tone; content.",
    ],
)  # fmt: skip
def test_dates_laws_addresses_and_references_may_be_typed(text, typed):
    """By the register of what may be."""
    check(text, typed)


def test_each_finding_has_its_line_and_the_nearest_reference(typed):
    """In the file, counted from its first line; a number that there is is offered as its reference."""
    with pytest.raises(TypedNumber) as stopped:
        check("The first line.\n\nPolice recorded 1,531.\nIt is 5.5%.", typed, first_line=10)
    said = str(stopped.value)
    assert "briefings/a.md" in said
    assert "line 12:  '1,531': write {{ number('charge/charged.base') }}" in said
    assert "'5.5%'; the nearest is {{ number('charge/charged.share') }}, 5.4%" in said


@given(st.text(alphabet="abc \n", max_size=40), st.integers(0, 10**9))
def test_no_digit_slips_through(before, number):
    """Whatever stands before it."""
    with pytest.raises(TypedNumber):
        must_not_be_typed(
            f"{before} {number}", load_typed(home() / "data" / "registers" / "typed.yml"), file=FILE, numbers={}
        )


def test_what_a_template_puts_together_is_found_in_the_document(typed):
    """A text in a reference's place is none: only what was looked up is."""
    fine = (Words("So far "), Words("83", reference="charge/charged.charged"), Words(" were charged."))
    must_not_be_spoken([fine], typed, file=FILE)
    with pytest.raises(TypedNumber, match="'83' of “So far 83"):
        must_not_be_spoken([(Words("So far 83 were charged."),)], typed, file=FILE)
