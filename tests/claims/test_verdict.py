"""Verdicts on what was really published, and on claims that nobody wrote the rules for."""

from __future__ import annotations

import re

import pytest
from expected_verdicts import EXPECTED, OF_THE_ZOO, REASONS
from kept_outside import zoo

from stats.claims.facts import Facts
from stats.claims.verdict import verdict
from stats.claims.verdicts import VERDICTS, Verdict
from stats.registers.claims import Base, Part, Span

YEAR_2025 = Span(words="year ending March 2025", start="2024-04-01", end="2025-03-31")
YEAR_2022 = Span(words="year ending March 2022", start="2021-04-01", end="2022-03-31")


@pytest.fixture(scope="module")
def facts(registers, offences, outcomes, published):
    """All that is to hand, as at no day."""
    return Facts(registers, offences, outcomes, published)


@pytest.fixture(scope="module")
def made(registers):
    """A claim as somebody else might make it: 'made(words=..., ...)', of stalking in England and Wales."""
    like = registers.claim("C004-06").model_copy(update={"id": "X01", "figures": (), "evidence": (), "base": None})

    def make(words, **fields):
        return like.model_copy(update={"words": words, "value": words, "period": YEAR_2025, **fields})

    return make


def told(found: Verdict) -> str:
    """Everything a verdict tells, in one text."""
    evidence = [f"{e.text}, {e.counts}" for e in found.evidence]
    return " ".join([found.reason, found.slip, *found.caveats, *found.may_say, *evidence])


def test_every_registered_claim_is_expected(registers):
    """No claim is registered without an expectation, and none is expected that is not there."""
    every = {c.id for d in (registers.documents | registers.others).values() for c in d.claims}
    assert every == set(EXPECTED)


@pytest.mark.parametrize("claim", EXPECTED)
def test_verdict_is_the_one_established(claim, registers, facts):
    """Each claim of the five articles and of the zoo comes back with its verdict and a reason."""
    found = verdict(registers.claim(claim), facts)
    assert found.verdict == EXPECTED[claim], found.reason
    assert found.reason.endswith(".")


@pytest.mark.parametrize("row", REASONS)
def test_row_of_the_zoo_has_its_verdict_for_its_reason(row, registers, facts):
    """The weightiest verdict of a row's claims is the zoo's, and what is told names the same numbers."""
    expected = {r["id"]: r["verdict"] for r in zoo()}
    assert set(expected) == set(REASONS)
    found = [verdict(registers.claim(claim), facts) for claim in OF_THE_ZOO.get(row, [row])]
    wrong = [v.verdict for v in found if not v.is_right] or [v.verdict for v in found]
    assert wrong[0] == expected[row]
    text = " ".join(map(told, found))
    assert [words for words in REASONS[row] if words not in text] == []


@pytest.mark.parametrize(
    ("words", "fields", "expected", "names"),
    [
        ("135,628", {}, "supported", "135,628"),
        ("more than 100,000", {}, "supported", "135,628"),
        ("about 135,000", {}, "supported", "135,628"),
        ("about 120,000", {}, "contradicted", "135,628"),
        ("more than 50,000", {}, "supported-with-caveat", "says little"),
        ("13,562", {}, "contradicted", "a digit lost"),
        ("136,528", {}, "contradicted", "changed over"),
        ("98,921", {}, "contradicted", "135,628"),
        ("135,628", {"unit": "victims"}, "wrong-unit", "offences"),
        ("fewer than 100,000", {}, "contradicted", "135,628"),
        ("many", {"quantity": "vague"}, "not-checked", "no number"),
        ("599,180", {"offence": "stalking and harassment"}, "supported-with-caveat", "599,908"),
        ("599,908", {"offence": "stalking and harassment"}, "superseded", "599,180"),
    ],
)
def test_unseen_count_of_offences(made, facts, words, fields, expected, names):
    """Counts of recorded stalking that nobody registered, in the year ending March 2025 (135,628)."""
    found = verdict(made(words, **fields), facts)
    assert found.verdict == expected, found.reason
    assert names in told(found)


LAST_YEAR = "survey_share_stalked_last_year"
YEAR_2024 = Span(words="year ending March 2024", start="2023-04-01", end="2024-03-31")
SHARE = {"quantity": "share", "unit": "percent", "base": Base(population="offences recorded")}


@pytest.mark.parametrize(
    ("words", "fields", "expected", "names"),
    [
        ("8.6%", {"measure": "charge_share_of_offences_recorded"}, "supported-with-caveat", "11,610 of 135,628"),
        ("8.6%", {"measure": "conviction_ratio_to_offences_recorded"}, "not-checked", "charged so far"),
        ("6%", {"period": YEAR_2022, "measure": "conviction_ratio_to_offences_recorded"}, "wrong-measure", "outcomes"),
        (
            "3.8%",
            {"period": YEAR_2024, "measure": LAST_YEAR},
            "supported-with-caveat",
            "people aged 16 and over it is 3.2%",
        ),
        ("14.4%", {"period": YEAR_2024, "measure": LAST_YEAR}, "wrong-measure", "since the age of 16"),
        ("1.4%", {"period": YEAR_2022, "measure": "charge_share_of_offences_recorded"}, "wrong-measure", "convicted"),
        ("65%", {"measure": "self_selected_share"}, "wrong-population", "chose to answer"),
        ("0%", {"measure": "case_audit_share"}, "wrong-population", "chosen for review"),
    ],
)
def test_unseen_share(made, facts, words, fields, expected, names):
    """Shares of recorded stalking, bound to the right measure and to a wrong one, and surveys read as the nation."""
    found = verdict(made(words, **{**SHARE, **fields}), facts)
    assert found.verdict == expected, found.reason
    assert names in told(found)


def test_share_that_no_whole_number_gives_is_an_arithmetic_error(made, facts):
    """No whole number of 122 people is 65.0%."""
    base = Base(population="people who answered", n=122, n_is="printed")
    claim = made("65.0%", quantity="share", base=base, area_code=None, measure="self_selected_share")
    assert verdict(claim, facts).verdict == "arithmetic-error"


def test_change_that_its_counts_do_not_give_is_an_arithmetic_error(made, facts):
    """From 100 to 150 is 50%, not 150%: the change is computed before periods are compared."""
    claim = made("150%", quantity="comparison", parts=(Part(n=100), Part(n=150)), change="150%")
    found = verdict(claim, facts)
    assert found.verdict == "arithmetic-error"
    assert "50.0%" in found.reason


def test_made_up_numbers_support_nothing(made, facts, published):
    """A figure whose source is illustrative gives the verdict illustrative, whatever else it fits."""
    rows = published.copy()
    rows.loc[rows["figure_id"] == "radar-recorded-stalking-harassment-2024-25", "kind"] = "illustrative"
    claim = made("599,180", offence="stalking and harassment")
    found = verdict(claim, Facts(facts.registers, facts.offences, facts.outcomes, rows))
    assert found.verdict == "illustrative"


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-04-23", "supported"), ("2026-07-24", "supported"), ("2026-07-25", "stale"), ("2018", "not-checked")],
)
def test_right_claim_goes_stale_once_a_newer_release_was_due(made, facts, day, expected):
    """The day is passed in and the clock never asked; before the release there is nothing to set the claim beside."""
    assert verdict(made("135,628"), facts.as_at(day)).verdict == expected


def test_figure_printed_later_is_not_known_yet(registers, facts):
    """As at November 2022 the 1.4% and the 5,948 of 118,411 were not out; the charity's 5% was."""
    found = verdict(registers.claim("Z03"), facts.as_at("2022-11-30"))
    assert {e.published for e in found.evidence} <= {"2022-11-25", "2022-11"}
    assert found.is_right


def test_list_of_verdicts_is_closed():
    """A verdict of another name cannot be made; every name has its meaning."""
    with pytest.raises(ValueError, match="is no verdict"):
        Verdict("fine", "It is fine.")
    assert len(VERDICTS) == 14


def numbers(text: str) -> set[str]:
    """The numbers in a text, without commas."""
    return {n.replace(",", "") for n in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


@pytest.mark.parametrize("claim", EXPECTED)
def test_suggestions_invent_no_figure(claim, registers, facts):
    """Each number of what may be said is in a register: a figure, finding, measure, or a part that the claim prints."""
    entry = registers.claim(claim)
    found = verdict(entry, facts)
    known = numbers(" ".join(str(v) for e in found.evidence for v in e.as_record().values()))
    known |= numbers(" ".join(m.plain_name + m.base for m in registers.measures.values()))
    known |= numbers(f"{entry.quote} {entry.parts} {facts.document_of(entry).published} {entry.period.words}")
    computed = {"73.7", "82.8"} if claim == "Z08" else {"10.0"} if claim == "C003-02" else set()
    assert numbers(" ".join(found.may_say)) <= known | computed


@pytest.mark.parametrize("claim", EXPECTED)
def test_conviction_rate_is_only_ever_forbidden(claim, registers, facts):
    """The words stand in what must not be said, and nowhere else."""
    assert "conviction rate" not in told(verdict(registers.claim(claim), facts)).casefold()
