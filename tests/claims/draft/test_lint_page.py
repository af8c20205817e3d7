import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.claims.draft.lint_page import (
    Passage,
    is_change,
    is_denied,
    is_mentioned,
    is_near,
    is_share,
    is_taken_back,
    page,
    phrase,
)
from stats.claims.quantities import quantities

TEXT = (
    "First “one”.\nOf 19 people,\n14 said so.\n\nSecond paragraph rose 5%.\n\n"
    "- a bullet of 3 people\n- another\n\nLast."
)


def test_a_page_keeps_every_place_of_its_text():
    """Blanks and quotation marks are made alike letter for letter."""
    for one in page(TEXT, quantities(TEXT), None).passages:
        plain = TEXT[one.start : one.start + len(one.text)]
        assert one.text == plain.replace("\n", " ").replace("“", '"').replace("”", '"')


def test_sentences_know_their_paragraph_their_neighbours_and_their_numbers():
    """A bullet is a sentence of its own; a blank line starts a paragraph."""
    passages = page(TEXT, quantities(TEXT), None).passages
    assert [p.paragraph for p in passages] == [0, 0, 1, 2, 2, 3]
    assert passages[1].before == passages[0].text
    assert passages[0].before == passages[-1].after == ""
    assert [len(p.found) for p in passages] == [len(quantities(p.text)) for p in passages]


@given(st.text(alphabet="ab .\n\t“”’,5%-", max_size=200))
def test_no_letter_moves(text):
    """Whatever the text, a passage is its sentence letter for letter, blanks and quotation marks apart."""
    for one in page(text, [], None).passages:
        for ours, theirs in zip(one.text, text[one.start : one.start + len(one.text)], strict=True):
            assert ours == theirs or (ours, theirs) in {(" ", "\n"), (" ", "\t"), ('"', "“"), ('"', "”"), ("'", "’")}


def test_near_is_this_paragraph_or_the_two_before():
    """What stands later, or three paragraphs before, is not near."""
    assert [is_near(5, frozenset({at})) for at in (2, 3, 4, 5, 6)] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("text", "is_about"),
    [
        ('the words "league table" mislead', True),
        ("a 'league table' misleads", True),
        ("the phrase league table misleads", True),
        ('"The league table is out," he said', False),
        ("a league table misleads", False),
    ],
)
def test_words_in_quotation_marks_by_themselves_are_spoken_of(text, is_about):
    """A quotation that goes on is somebody's claim."""
    start = text.index("league")
    assert is_mentioned(Passage(text, 0, 0), start, start + len("league table")) is is_about


@pytest.mark.parametrize(
    ("text", "is_no"),
    [
        ("We do not publish a league table", True),
        ("There is no league table", True),
        ("rather than a league table", True),
        ("It is no surprise that the league table", False),
        ("The league table", False),
        ("We don't want a league table", True),
    ],
)
def test_a_denial_is_no_claim(text, is_no):
    """'No surprise' denies nothing."""
    assert is_denied(Passage(text, 0, 0), text.index("league")) is is_no


def test_a_phrase_holds_across_a_wrapped_line():
    """A blank in a pattern stands for up to three."""
    assert phrase("one two").search("ONE   two")
    assert not phrase("one two").search("one    two")


def test_a_change_is_no_share():
    """'A 66% rise' reads as a percentage, and is a change."""
    assert [is_change(one) for one in quantities("A 66% rise. It doubled. 66% of women.")] == [True, True, False]
    assert [is_share(one) for one in quantities("A 66% rise. 66% of women.")] == [False, True]


def test_fewer_and_more_of_something_are_changes():
    """A difference in numbers moves as a difference in per cent does."""
    text = "There were 310 fewer offences in 2021-22 than in 2020-21."
    (passage,) = page(text, quantities(text), None).passages
    assert [one.quote for one in passage.changes] == ["310 fewer"]


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("It is wrong to say that HERE it is.", True), ("It is not true that HERE it is.", True),
        ("Nobody should say that HERE it is.", True), ("You should not write that HERE it is.", True),
        ("A paper claimed “HERE it is”; this is false.", True), ("The claim that HERE it is was simply wrong.", True),
        ("It is not true that they sleep: HERE it is.", False), ("It is wrong to say no, but HERE it is.", False),
        ("A paper claimed that; this is false, and HERE it is.", False), ("It is wrong that HERE it is.", False),
        ("HERE it is, and it is wrong to say no.", False), ("HERE it is, they said, which is so.", False),
    ],
)  # fmt: skip
def test_what_its_own_sentence_calls_false_is_taken_back(text, is_so):
    """As far as the next turn of the sentence; what is wrong to do is not false."""
    (passage,) = page(text, (), None).passages
    assert is_taken_back(passage, text.index("HERE")) == is_so
