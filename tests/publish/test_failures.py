"""What is said at the end of many runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.publish.failures import Failure, Summary, failures_text, in_plain_words, shortest

REFUSED = {
    "class": "NotComparable",
    "said": "NotComparable: stalking cannot be compared across April 2020.\n  asked:   2019/20\n  Start later.",
    "cell": 4,
    "line": "counts = series(offences)",
}

DIED = "the notebook kent.ipynb did not come to its end: the kernel died.\n  As far as it ran: kent.failed.ipynb"


def failure(error: dict, **more: object) -> Failure:
    """Return one run that failed."""
    told = {"again": "3fa9c01d", "executed": "build/notebooks/kent.ipynb", **more}
    return Failure("charge_share-kent", "charge_share", {"area": "Kent", "period": "2024/25"}, error, **told)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (REFUSED, REFUSED["said"]),
        ({"class": "KernelDied", "said": DIED}, DIED),
        ({"class": "ZeroDivisionError", "said": "division by zero"}, "ZeroDivisionError: division by zero"),
        ({"class": "KeyError"}, "KeyError"),
        ({}, "nothing is known of why"),
    ],
)  # fmt: skip
def test_the_reason_is_in_plain_words(error, words):
    """An error that speaks to people says it itself."""
    assert in_plain_words(error) == words


def test_the_summary_counts_how_the_runs_ended():
    """In the order of the page, with the time it took."""
    assert Summary({"failed": 2, "done": 1_040}, (), seconds=75).sentence == (
        "1,042 runs: 1,040 done, 2 failed, in 1 min 15 s"
    )
    assert Summary({"done": 1}, ()).sentence == "1 run: 1 done, in 0.0 s"
    assert Summary({}, ()).sentence == "0 runs, in 0.0 s"


def test_the_text_says_all_that_is_needed_to_run_one_again():
    """Parameters, cell, reason, command, and where the half-run notebook lies."""
    impossible = Failure(
        "met-2013", "charge_share", {}, {"class": "NotToHand", "said": "NotToHand: not counted apart."}
    )
    text = failures_text(Summary({"failed": 1, "impossible": 1}, (failure(REFUSED),), (impossible,), 3))
    assert text == (
        "2 runs: 1 failed, 1 impossible, in 3.0 s\n\n"
        "FAILED (1)\n\n"
        "charge_share-kent\n"
        "  notebook:          charge_share\n"
        "  parameters:        area = Kent\n"
        "                     period = 2024/25\n"
        "  cell:              4: counts = series(offences)\n"
        "  reason:            NotComparable: stalking cannot be compared across April 2020.\n"
        "                       asked:   2019/20\n"
        "                       Start later.\n"
        "  run it again:      stats again 3fa9c01d\n"
        "  half-run notebook: build/notebooks/kent.ipynb\n\n"
        "CANNOT BE COMPUTED (1)\n\n"
        "met-2013\n"
        "  notebook:          charge_share\n"
        "  reason:            NotToHand: not counted apart.\n"
    )


def test_no_word_of_a_run_steers_a_terminal():
    """Neither its name, its parameters, its code nor its error."""
    bad = "\x1b[2J\u202e\x07"
    run = Failure(bad, bad, {bad: bad}, {"class": bad, "said": bad, "cell": 1, "line": bad}, again=bad, executed=bad)
    text = failures_text(Summary({"failed": 1}, (run,)))
    assert not set(text) & set("\x1b\u202e\x07")


@given(st.lists(st.text("abc", min_size=12, max_size=12), unique=True))
def test_the_shortest_beginning_of_a_key_is_its_own(keys):
    """No other key begins so, and one letter less would do only where it is the least there is."""
    found = shortest(keys)
    assert set(found) == set(keys)
    for key, short in found.items():
        assert len(short) >= 8
        assert [other for other in keys if other.startswith(short)] == [key]
        assert len(short) == 8 or len([other for other in keys if other.startswith(short[:-1])]) > 1
