import pytest

from stats.errors import RegisterError
from stats.registers.wordings import MeasureWords, fits, pattern


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("\n  offences_charged:\n", "\n  offences_charge:\n", "measure:\\s+offences_charge"),
        ("\n  charged: [", "\n  chargd: [", "stage:\\s+chargd"),
        ("stages: [prosecuted]", "stages: [prosecutd]", "stage:\\s+prosecutd"),
        ("\n  Out-of-court disposal:", "\n  Out of court:", "group of outcomes:\\s+Out of court"),
    ],
)
def test_wordings_name_only_what_is_registered(broken, old, new, what):
    """A slip in a measure, a stage or a group of outcomes is named, with its place."""
    registers = broken.damage("registers/wordings.yml", old, new).load()
    with pytest.raises(RegisterError, match=rf"(?s)wordings\.yml.*{what}"):
        assert registers.wordings


def test_wordings_are_read_once(registers):
    """Whoever asks the same registers gets the same wordings."""
    assert registers.wordings is registers.wordings


def test_word_that_ends_in_a_star_stands_for_its_endings():
    """'convict*' is 'convicted' and 'convictions'; a word without a star is that word alone."""
    assert pattern(("convict*",)).search("Convictions fell")
    assert not pattern(("charge",)).search("charged")


def test_measure_needs_one_word_and_bears_none_of_the_others():
    """A sentence is of a measure only with a word that it needs, and without those that speak against it."""
    words = MeasureWords(id="orders", needs=("protection order*",), unless=("restraining",))
    assert fits(words, "456 protection orders")
    assert not fits(words, "456 orders")
    assert not fits(words, "456 protection orders and restraining orders")


def test_first_words_of_a_base_decide(registers):
    """'Of outcomes' is of what was closed; words that name nothing name no base."""
    assert registers.wordings.base_stages("the outcomes assigned") == ("closed",)
    assert registers.wordings.base_stages("these") == ()
