import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats import errors
from stats.errors import NotComparable, StatsError, nearest


def test_message_has_what_is_wrong_the_evidence_and_the_mend():
    """A reader meets the kind of mistake, what was found, lined up, and what to do next."""
    problem = NotComparable(
        "recorded stalking cannot be compared across April 2020.",
        [("asked", "year ending March 2020 with year ending March 2021"), ("n", 2)],
        "Start at April 2020.",
    )
    assert str(problem).splitlines() == [
        "NotComparable: recorded stalking cannot be compared across April 2020.",
        "  asked:  year ending March 2020 with year ending March 2021",
        "  n:      2",
        "  Start at April 2020.",
    ]


def test_message_may_be_one_line():
    """Without evidence and mend only what is wrong is printed."""
    assert str(StatsError("that is wrong.")) == "StatsError: that is wrong."


def test_evidence_of_many_lines_stays_indented():
    """A table shown as evidence keeps its columns under its label."""
    lines = str(StatsError("wrong.", [("rows", "a b\n1 2")])).splitlines()
    assert lines[1:] == ["  rows:  a b", "         1 2"]


def test_notebook_shows_the_message_and_no_traceback():
    """A notebook cell that stops shows the same lines as the command."""
    problem = StatsError("wrong.", [("found", "x")], "Mend it.")
    assert problem._render_traceback_() == str(problem).splitlines()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("StatsError", 1),
        ("UsageMistake", 2),
        ("UnknownName", 2),
        ("BadPeriod", 2),
        ("BadParameter", 2),
        ("NotComparable", 3),
        ("BreakCrossed", 3),
        ("NotHonest", 3),
        ("NotToHand", 4),
        ("RegisterError", 5),
        ("SourceChanged", 5),
        ("CheckFailed", 5),
        ("NotReproduced", 6),
        ("NoCluster", 9),
    ],
)
def test_each_kind_of_mistake_has_its_exit_code(name, code):
    """A script can tell a wrong word (2) from a refusal (3), a lack (4), broken data (5) and a stale figure (6)."""
    kind = getattr(errors, name)
    assert issubclass(kind, StatsError)
    assert kind("wrong.").exit_code == code


def test_nearest_names_come_best_first_in_their_own_spelling():
    """A misspelt name is answered with the names as the register writes them, whatever its case."""
    assert nearest("LINCOLNSHIER", ["Kent", "Leicestershire", "Lincolnshire"])[0] == "Lincolnshire"
    assert nearest("zzz", ["Kent", "Essex"]) == []


def test_three_names_are_suggested_unless_more_are_asked_for():
    """A message stays short: of many near names it lists three."""
    known = ["North Yorkshire", "South Yorkshire", "West Yorkshire", "East Yorkshire"]
    assert len(nearest("Yorkshire", known)) == 3
    assert len(nearest("Yorkshire", known, most=4)) == 4


@given(st.text(max_size=12), st.lists(st.text(min_size=1, max_size=12), max_size=8), st.integers(1, 4))
def test_nearest_never_invents_a_name(word, known, most):
    """Only known names are suggested, no more than asked for, none twice."""
    found = nearest(word, known, most=most)
    assert set(found) <= set(known)
    assert len(found) == len(set(found)) <= most


@given(st.lists(st.sampled_from(["Kent", "Essex", "Dorset", "Gwent"]), min_size=1))
def test_exact_name_is_its_own_nearest(known):
    """A name that is known comes first among its suggestions."""
    assert nearest(known[0].upper(), known)[0] == known[0]
