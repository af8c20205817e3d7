import pytest

from stats.claims.beside import beside_recorded
from stats.errors import NotComparable


@pytest.fixture(scope="module")
def article_004(registers):
    """The two claims of article 004 about October to December 2016."""
    return [registers.claim("C004-06"), registers.claim("C004-07")]


def test_claims_of_2016_stand_beside_1383_and_52408(article_004, offences, registers):
    """'More than 1,200' beside 1,383 stalking offences, 'more than 5,000' beside 52,408 (domain.md section 6)."""
    found = beside_recorded(article_004, offences, registers)
    assert list(found["offences_n"]) == [1_383, 52_408]
    assert list(found["text"]) == ["1,383", "52,408"]
    assert "more than 1,200" in found["step"].iloc[0]
    assert found["step"].str.startswith("“").all()


def test_row_says_what_is_counted_where_when_and_what_the_words_allow(article_004, offences, registers):
    """A literal lower bound is not wrong by being ten times too low: the row says what the words allow."""
    row = beside_recorded(article_004, offences, registers).iloc[1]
    assert row["about"].startswith("England and Wales, October to December 2016.")
    assert "more than 5,000, the words allow 5,001 or more" in row["about"]
    assert "Claim C004-07" in row["about"]
    assert row["offence_codes"] == "8L"
    assert row["unit"].startswith("harassment")


@pytest.mark.parametrize("words", ["fewer than 1,500", "nearly 1,500", "about 1,500", "almost 1,500"])
def test_words_that_are_not_exact_are_not_said_to_be(article_004, offences, registers, words):
    """'Fewer than 1,500' does not allow 'any number above 0', nor 'nearly 1,500' 'exactly 1,400'."""
    claim = article_004[0].model_copy(update={"words": words})
    about = beside_recorded([claim], offences, registers).iloc[0]["about"]
    assert "1,500" in about
    assert "above 0." not in about
    assert "exactly" not in about


def test_exact_words_allow_one_number(article_004, offences, registers):
    """'1,200' without 'more than' allows 1,200 and nothing else."""
    claim = article_004[0].model_copy(update={"words": "1,200"})
    assert "the words allow 1,200." in beside_recorded([claim], offences, registers).iloc[0]["about"]


@pytest.mark.parametrize(
    "change",
    [
        {"measure": "conviction_ratio_to_offences_recorded"},
        {"measure": None},
        {"area_code": None},
        {"offence": None},
    ],
    ids=["another measure", "no measure", "no area", "no offence"],
)
def test_claim_of_something_else_is_refused(article_004, offences, registers, change):
    """Only a count of recorded offences in a known area and period stands beside one."""
    claim = article_004[0].model_copy(update=change)
    with pytest.raises(NotComparable, match="C004-06 is not a count of recorded offences") as refusal:
        beside_recorded([claim], offences, registers)
    assert "stats show claim" in str(refusal.value)


def test_claim_without_a_known_period_is_refused(article_004, offences, registers):
    """'Last year' is no period until somebody says which."""
    claim = article_004[0]
    vague = claim.model_copy(update={"period": claim.period.model_copy(update={"end": None})})
    with pytest.raises(NotComparable, match="known area and period"):
        beside_recorded([vague], offences, registers)


@pytest.mark.parametrize("name", ["C003-01", "C000-02", "C004-02", "C003-03"])
def test_real_claims_bound_to_other_measures_are_refused(registers, offences, name):
    """Convictions, survey answers, case files and a bare charge rate are no counts of recorded offences."""
    with pytest.raises(NotComparable, match=f"claim {name} is not a count of recorded offences"):
        beside_recorded([registers.claim(name)], offences, registers)
