"""The checker on what was really published: the zoo and the articles, by general rules and with known claims."""

from __future__ import annotations

import re

import pytest
from expected_verdicts import EXPECTED
from kept_outside import articles, zoo

from stats.claims.draft.check import check_draft
from stats.claims.facts import Facts
from stats.claims.verdicts import VERDICTS

RIGHT = {"supported", "supported-with-caveat"}
NOT_SAID = {"C002-03", "C002-07", "C000-04", "C000-05"}
"""What only a reader of the source can know (140 were not all women), or where two verdicts were established."""


@pytest.fixture(scope="module")
def facts(registers, offences, outcomes, published):
    """All that is to hand, as at no day."""
    return Facts(registers, offences, outcomes, published)


@pytest.mark.parametrize("known", [True, False], ids=["known claims", "general rules"])
def test_every_row_of_the_zoo_comes_back_with_its_verdict(facts, known):
    """Somebody who pastes a claim of the zoo is told what it deserves, though nobody had registered it."""
    rows = zoo()
    came = {row["id"]: {r.verdict for r in check_draft(row["claim"], facts, known=known)} for row in rows}
    assert len(rows) >= 12
    assert {row["id"]: row["verdict"] for row in rows if row["verdict"] not in came[row["id"]]} == {}


@pytest.mark.parametrize("known", [True, False], ids=["known claims", "general rules"])
def test_every_claim_of_the_articles_has_the_verdict_that_was_established(facts, known):
    """What is wrong in the articles is flagged for its reason; what is right raises no false alarm."""
    wrong, seen, texts = {}, 0, articles()
    for document in facts.registers.documents.values():
        remarks = check_draft(texts[document.id.removeprefix("article_")], facts, known=known)
        for claim in document.claims:
            for remark in remarks:
                if claim.quantity in ("count", "share") and _is_about(remark, claim):
                    seen += 1
                    expected = {EXPECTED[claim.id]} if known else _allowed(claim.id)
                    if remark.verdict not in expected:
                        wrong[claim.id] = (remark.quote, remark.verdict, remark.reason)
    assert seen >= 24
    assert wrong == {}


def _is_about(remark, claim) -> bool:
    words = re.sub(r"\W+", " ", claim.quote.casefold())
    said = re.sub(r"\W+", " ", remark.sentence.casefold())
    number = re.sub(r"\W+", " ", remark.quote.casefold()).strip()
    return words.strip() in said and number in re.sub(r"\W+", " ", claim.words.casefold())


def _allowed(claim: str) -> set[str]:
    """What the general rules may say: never against what was established, and nothing where they find no figure."""
    if claim in NOT_SAID:
        return RIGHT | {"not-checked", "small-base"}
    expected = EXPECTED[claim]
    return RIGHT | {"not-checked"} if expected in RIGHT else {expected}


CASES = [
    ("Police in Lincolnshire recorded 1,254 stalking offences in the year ending March 2022.", "1,254", "supported"),
    ("Lincolnshire Police recorded 12,540 stalking offences in the year ending March 2022.", "12,540", "contradicted"),
    ("Kent Police recorded 4,242 stalking offences in 2023/24.", "4,242", "contradicted"),
    ("The Met recorded 12,000 stalking offences in 2022.", "12,000", "supported-with-caveat"),
    ("More than 700,000 stalking and harassment offences were recorded in the year to March 2022.",
     "More than 700,000", "supported"),
    ("95% of stalking reports in the year ending March 2022 ended without a charge.", "95%", "supported-with-caveat"),
    ("Just 20% of stalking offences recorded in the year ending March 2022 led to a charge.", "20%", "contradicted"),
    ("Recorded stalking rose by 250% between 2019-20 and 2021-22.", "rose by 250%", "not-comparable"),
    ("118,411 people were stalked in the year ending March 2022, police figures show.", "118,411", "wrong-measure"),
    ("118,411 victims reported stalking to the police in the year ending March 2022.", "118,411", "wrong-unit"),
    ("A survey of 28 women found that three-quarters were not happy.", "three-quarters", "small-base"),
    ("Only 7% of stalking offences recorded by Greater Manchester Police in 2024/25 led to a charge.", "7%",
     "superseded"),
    ("One in five women will be stalked in their lifetime, the ONS says.", "One in five", "supported"),
    ("Our helpline took 4,500 calls last year.", "4,500", "not-checked"),
    ("Police in Scotland recorded 1,254 stalking offences in the year ending March 2022.", "1,254", "not-checked"),
    ("He sent 400 messages, and three women were stalked.", "three", "not-checked"),
    ("In 2023/24 Kent Police had 3,800 officers who deal with stalking offences.", "3,800", "not-checked"),
    ("In 2021/22 20% of officers were charged over stalking.", "20%", "not-checked"),
    ("In 2023/24 Kent Police sent 900 letters to stalking victims.", "900", "not-checked"),
    ("He was convicted of three offences of stalking in 2021.", "three", "not-checked"),
    ("Burglary fell: 1,254 offences were recorded in Lincolnshire in the year ending March 2022.", "1,254",
     "not-checked"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "expected"), CASES, ids=[f"{c[1]} {c[2]}" for c in CASES])
def test_unseen_number(facts, text, quote, expected):
    """A number that nobody registered is bound by its words and judged by the figures."""
    found = {r.quote: r for r in check_draft(text, facts)}
    assert found[quote].verdict == expected, found[quote]


def test_remarks_lie_in_the_text_in_its_order(facts):
    """Each remark quotes the draft, and they follow each other."""
    text = " ".join(case[0] for case in CASES)
    remarks = check_draft(text, facts)
    assert all(text[r.start : r.end] == r.quote and r.quote in r.sentence for r in remarks)
    assert [r.start for r in remarks] == sorted(r.start for r in remarks)
    assert {r.verdict for r in remarks} <= set(VERDICTS)


def test_a_figure_that_changes_changes_the_verdict(facts):
    """The verdict rests on the figures: with one offence more the same words are no longer right."""
    from dataclasses import replace

    text = "Police in Lincolnshire recorded 1,254 stalking offences in the year ending March 2022."
    moved = facts.offences.copy()
    is_it = (moved["area_code"] == "E23000020") & (moved["offence_code"] == "8Q")
    moved.loc[is_it & (moved["period_start"] == "2021-04-01"), "offences_n"] += 400
    (before,), (after,) = check_draft(text, facts), check_draft(text, replace(facts, offences=moved))
    assert (before.verdict, after.verdict) == ("supported", "contradicted")


def _numbers(text: str) -> set[str]:
    return {number.replace(",", "").lstrip("0") for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def test_a_suggestion_invents_no_figure(facts):
    """Each number of a suggestion is one of the evidence, or follows from the draft's own: never a new one."""
    texts = [*(row["claim"] for row in zoo()), *articles().values(), *(case[0] for case in CASES)]
    quotes = {row["figure_id"]: row["quote"] for row in facts.figures}
    seen = 0
    for remark in (r for text in texts for r in check_draft(text, facts) if r.suggestion):
        held = [str(value) for e in remark.evidence for value in e.as_record().values()]
        held += [quotes[e.figure] or "" for e in remark.evidence if e.figure in quotes]
        if remark.verdict in ("arithmetic-error", "not-comparable"):
            held += [remark.sentence, remark.reason]
        held += [facts.registers.claim(remark.claim).model_dump_json()] if remark.claim else []
        assert _numbers(remark.suggestion) <= {"16", "100"} | _numbers(" ".join(held)), remark
        seen += 1
    assert seen > 30
