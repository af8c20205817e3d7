"""Numbers cannot be typed into a document: what is found, what is offered instead, and what may be typed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.home import home
from stats.publish.documents.model import Words
from stats.publish.documents.typed import TypedNumber, must_be_a_contact, must_not_be_spoken, must_not_be_typed
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
        "⁴⁰ per cent", "½", "⅗", "④⓪", "Ⅻ", "MMXXII", "XL per cent", "IIII", "for\u200bty", "for\u00adty", "f\u043erty",
        "s\u0131x", "f\u00f3rty", "_forty_", "twentytwo", "f o r t y", "●●●●● of ●●●●●●●●●●", "● ● ●", "🔟", "↑",
        "xxxxx of xxxxxxxxxx", "\ue0000\ue001",
        "a score", "threescore", "a couple", "a brace", "a twelfth", "the second", "a decile", "a tithe", "a handful",
        "zwanzig", "vingt", "deugain",
        "[it](https://a.org/40-per-cent-convicted)", "[it](https://a.org/forty-per-cent)", "<https://a.org/40>",
        "[it](https://www.gov.uk/40-per-cent)", "[it](https://www.gov.uk.a.org/40)",
        "It rocketed.", "It mushroomed.", "It spiralled.", "an epidemic", "more common than before", "record level",
        "ever worse", "the lion\u2019s share", "the bulk", "nearly all", "hardly any", "almost none", "No force acts.",
        "every force", "all forces", "more crimes were seen than before",
        "No one was convicted.", "None was charged.", "There were no victims.", "no convictions", "Nobody answered.",
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
        "In March 2025, police forces.", "year ending March 2025\n\nOffences", "a section 2A offence",
        "regulation 4(1)", "In March 2025 {{ number('a') }} were charged",
        "paragraph 12 of the report", "a risk may unfold", "[it](#a-section)", "| a |\n|---|\n", "“a” ‘b’ – c…",
        "on 1 January 2025, 20 March 2021 and 31 May 2020", "No court figure is to hand, and none is guessed.",
        "closed because no suspect was identified",
    ],
)  # fmt: skip
def test_dates_laws_addresses_and_references_may_be_typed(text, typed):
    """By the register of what may be."""
    check(text, typed)


@pytest.mark.parametrize(
    "text",
    [
        "There were 1531/83 offences", "In 2024/26", "in March 1531", "12 June 1531 crimes", "section 83 of offences",
        "parts 40 of victims", "paragraph 83 per cent", "paragraph 83-per-cent", "paragraph\u00a083 per\ncent",
        "section 83%", "SI 1531/83 charged", "SI 2018/748 charged", "the Stalkers of Lincolnshire Act 1531",
        "2024/25 offences", "March 2025 of the victims", "section 4(83) of offences", "DC per cent", "section 1531",
        "section 83 police recorded offences", "section 83 (of offences)",
    ],
)  # fmt: skip
def test_what_may_be_typed_is_no_door_for_numbers(text, typed):
    """Years follow each other and lie near, laws are a closed list, and nothing that is counted stands behind."""
    with pytest.raises(TypedNumber):
        check(text, typed)


def test_each_word_of_the_list_is_found(typed):
    """With why it is refused, where no number or trend is found without the list."""
    for refused in typed.must_not_be_said:
        for words in refused.words:
            with pytest.raises(TypedNumber):
                check(f"So {words.replace('*', 'ing').replace(' ... ', ' of that ')} it is.", typed)
    with pytest.raises(TypedNumber, match="line 3:  'rife': an image of how much there is"):
        check("It is\n\nrife.", typed)


def test_the_sign_that_stands_for_a_reference_is_not_typed(typed):
    """It would pass for one: in the template, and put together in the finished text."""
    with pytest.raises(TypedNumber, match=r"line 2: +'U\+FFFC'"):
        check("So\nfar \ufffc.", typed)
    must_not_be_spoken([(Words("\ufffc", reference="a"),)], typed, file=FILE)
    with pytest.raises(TypedNumber, match=r"U\+FFFC"):
        must_not_be_spoken([(Words("So \ufffc."),)], typed, file=FILE)


@pytest.mark.parametrize("text", ["⁴⁰", "½", "for\u200bty", "●●●●●", "||||", "f\u043erty"])
def test_what_is_hidden_in_a_reference_is_found_in_the_document(text, typed):
    """Also where a template quotes it."""
    check(f'{{{{ "{text}" }}}}', typed)
    with pytest.raises(TypedNumber, match=r"briefings/a\.md"):
        must_not_be_spoken([(Words(f"So far {text} were charged."),)], typed, file=FILE)


def test_an_address_in_the_document_leads_to_a_section_or_says_no_number(typed):
    """However the template put it together."""
    fine = [(Words("a", address="#limits"), Words("b", address="https://www.legislation.gov.uk/ukpga/2002/30"),
             Words("https://www.gov.uk/1", address="https://www.gov.uk/1"))]  # fmt: skip
    must_not_be_spoken(fine, typed, file=FILE, anchors={"limits"})
    for wrong in ("#40-per-cent-convicted", "https://a.org/40-per-cent-convicted", "https://a.org/%34"):
        with pytest.raises(TypedNumber, match="address"):
            must_not_be_spoken([(Words("a", address=wrong),)], typed, file=FILE, anchors={"limits"})


@pytest.mark.parametrize(
    "contact",
    ["Call us: 93 per cent of stalkers are charged", "93% of them", "9 in 100 cases", "in 3 of 4", "40 stalkers",
     "The team, and it is rising", "Ask nine forces", "We \u2191", "No one was convicted", "||||", "5.4%"],
)  # fmt: skip
def test_a_contact_says_who_answers_and_nothing_else(contact, typed):
    """It is printed in every format, and no reference can stand in it."""
    fine = "Dr Zo\u00eb Hall, 12 High Street, Leeds LS1 4AB, 0113 496 0000, hall2@a.org, https://a.org/24, DC"
    must_be_a_contact(fine, typed, file=FILE)
    with pytest.raises(TypedNumber, match="in contact"):
        must_be_a_contact(contact, typed, file=FILE)


@pytest.mark.parametrize(
    "path", ["only-3-in-100-stalkers-are-charged-down-from-40", "3-in-100-are", "93%25", "a-third", "is-rising"]
)
def test_an_address_that_is_read_says_no_more_than_where_it_leads(path, typed):
    """Behind words an official one may say it; shown as it is, it is read as a sentence."""
    fine, address = "https://www.gov.uk/2024/25-1", f"https://www.gov.uk/{path}"
    must_not_be_spoken([(Words(fine, address=fine), Words("a", address=address))], typed, file=FILE)
    with pytest.raises(TypedNumber):
        must_not_be_spoken([(Words(address, address=address),)], typed, file=FILE)


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
