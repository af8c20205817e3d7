"""The counting behind `make score`: each kind of mistake, planted, is counted once and named."""

from dataclasses import replace
from datetime import date

import pytest
import score_sets
from checking import draft
from score import ALONE, every_score, lines, misses, record
from scoring import ALARM, LINT_MISSING, LINT_WRONGLY, LINTS, NOT_FOUND, TAKEN, VERDICT, score, total

from stats.claims.draft.remarks import Remark
from stats.run.claims import facts_of

TEXT = "Kent recorded 4,106 stalking offences, and £20,000 was spent. In the UK 12 of 38 (41%) were charged."
ENTRY = {
    "id": "X1",
    "text": TEXT,
    "expect": [
        {"quote": "4,106", "verdict": ["supported", "supported-with-caveat"], "why": "counted"},
        {"quote": "41%", "verdict": "arithmetic-error", "why": "31.6%"},
    ],
    "quantities": ["38"],
    "not_claims": ["£20,000"],
    "lints": ["UK"],
}
KNOWN = score_sets.passage(ENTRY, "false")


def remark(quote, verdict, lint="", within=None, **more):
    """Return a remark on words of the text, which may quote more than the number."""
    start = TEXT.index(within or quote)
    quote = within or quote
    return Remark(quote, TEXT, start, start + len(quote), verdict, "because", lint=lint, **more)


def right():
    """Return the remarks that miss nothing."""
    return [
        remark("4,106", "supported"), remark("41%", "arithmetic-error", within="12 of 38 (41%)", value="41%"),
        remark("UK", "not-checked", lint="united-kingdom"),
    ]  # fmt: skip


def counts(remarks, known=KNOWN):
    """Return the kinds of misses."""
    return {miss.what for miss in score(known, remarks).misses}


def test_what_is_all_right_misses_nothing() -> None:
    """A remark that quotes more than the number is over each number in it."""
    found = score(KNOWN, right())
    assert not found.misses
    assert (found.wanted, found.found, found.demanded, found.right) == (3, 3, 2, 2)
    assert (found.lints_demanded, found.lints_right, found.not_claims, found.taken_wrongly) == (1, 1, 1, 0)


def test_a_planted_miss_is_counted_and_named() -> None:
    """A number that nothing is said of is neither found nor right."""
    found = score(KNOWN, right()[1:])
    assert (found.found, found.right, found.false_alarms) == (2, 1, 0)
    assert "X1: not found: '4,106'; nothing said of it" in [str(miss) for miss in found.misses]


def test_a_planted_false_alarm_is_counted() -> None:
    """What is right and is blamed is a wrong verdict and a false alarm; the number was found all the same."""
    found = score(KNOWN, [remark("4,106", "contradicted"), *right()[1:]])
    assert (found.found, found.right, found.false_alarms) == (3, 1, 1)
    assert {miss.what for miss in found.misses} == {VERDICT, ALARM}


def test_another_fault_found_in_what_is_wrong_is_no_false_alarm() -> None:
    """The verdict is not the one that was demanded, but the words are to be mended."""
    assert counts([right()[0], remark("41%", "contradicted"), right()[2]]) == {VERDICT, NOT_FOUND}


def test_a_number_left_open_in_a_false_sentence_may_be_blamed_and_nowhere_else() -> None:
    """In a true sentence all that is not listed is right; in a false one a number without a verdict is open."""
    blamed = [*right(), remark("38", "small-base")]
    assert counts(blamed) == set()
    true = replace(KNOWN, expect=KNOWN.expect[:1], all_else_is_right=True)
    assert counts([right()[0], remark("38", "small-base"), right()[2]], true) == {ALARM}


def test_money_taken_for_a_claim_is_counted() -> None:
    """Even where nothing is said against it; a remark whose number stands elsewhere does not take it."""
    assert counts([*right(), remark("20,000", "not-checked", value="20,000")]) == {TAKEN}
    wide = remark("4,106", "supported", within=TEXT[: TEXT.index(" was spent")], value="4,106")
    assert counts([wide, *right()[1:]]) == set()


def test_a_planted_lint_is_counted() -> None:
    """A rule that should fire and does not, and one that fires where it should not."""
    assert counts(right()[:2]) == {LINT_MISSING}
    assert counts([*right(), remark("Kent", "not-checked", lint="ranks-of-forces")]) == {LINT_WRONGLY}
    assert counts([*right(), remark("Kent", "not-checked", lint="ranks")], replace(KNOWN, may_lint=("ranks",))) == set()


def test_wording_is_not_judged_where_it_is_not_ours() -> None:
    """The zoo, the articles and publishers' quotes demand no lint and forbid none."""
    assert counts(right(), replace(KNOWN, lints=None)) == set()


def test_what_was_right_once_is_no_false_alarm_in_a_quote_of_its_day() -> None:
    """A publisher's own figure may be superseded by now; it is not wrong."""
    own = replace(KNOWN, expect=(), quantities=(), lints=None, all_else_is_right=True, forgiven=("superseded",))
    assert counts([remark("4,106", "superseded")], own) == set()
    assert counts([remark("4,106", "contradicted")], own) == {ALARM}


def test_scores_add_up() -> None:
    """The total of a set is the sum of its passages, and holds every miss."""
    both = total([score(KNOWN, right()), score(KNOWN, [])])
    assert (both.passages, both.wanted, both.found, both.right) == (2, 6, 3, 2)
    assert len(both.misses) == 3 + 2 + 1


def test_a_rule_is_known_by_its_plain_name() -> None:
    """No name of a rule on wording is taken for another's."""
    from scoring import _plain

    assert [_plain(name) for name in LINTS] == list(LINTS)


def test_a_quote_that_does_not_stand_there_once_is_refused() -> None:
    """A wrong quote would be a miss for ever."""
    with pytest.raises(ValueError, match="stands 0 times"):
        score_sets.passage({**ENTRY, "quantities": ["39"]}, "true")
    with pytest.raises(ValueError, match="stands 0 times"):
        score_sets.passage({**ENTRY, "quantities": ["106"]}, "true")


def test_dates_known_in_part_are_their_last_day() -> None:
    """A figure of 2022 was out at the end of 2022."""
    from score_sets import _date

    assert [_date(text) for text in ("2022", "2024-02", "2022-11-25")] == [
        date(2022, 12, 31), date(2024, 2, 29), date(2022, 11, 25)]  # fmt: skip


def test_quotes_of_publishers_are_read_from_the_table_and_conflicts_left_out() -> None:
    """Every published figure is in one or the other; the number is wanted where it is printed."""
    facts = facts_of()
    passages = score_sets.quotes(facts)
    assert len(passages) + len(score_sets.conflicts(facts)) == len(facts.published)
    assert "guardian-recorded-harassment-oct-dec-2016" in score_sets.conflicts(facts)
    known = {each.id: each for each in passages}
    assert [span.quote for span in known["thornberry-recorded-2021-22"].quantities] == ["118,411"]


def test_sets_that_are_not_beside_the_repository_are_left_out(tmp_path, monkeypatch) -> None:
    """Then the zoo and the articles have no row, and the others have theirs; a silent checker finds nothing."""
    monkeypatch.setattr(score_sets, "entries", lambda kind: [ENTRY] if kind == "false" else [])
    assert score_sets.shared({"STATS_OFFICIAL": str(tmp_path / "official")}) is None
    scores = every_score(facts_of(), None, lambda text, facts, *, written=None: [])
    assert not [name for name in scores if "zoo" in name or "article" in name]
    assert scores["sentences, all"].found == 0
    assert any("0 of 3" in line for line in lines(scores))
    assert "  X1: not found: '4,106'; nothing said of it" in misses(scores)
    assert record(scores)["sentences, false"]["misses"][0]["id"] == "X1"


def test_zoo_and_articles_are_measured_again_without_registered_claims(tmp_path, monkeypatch) -> None:
    """A checker that can be told not to recognise them is asked twice, and one that cannot once."""
    monkeypatch.setattr(score_sets, "entries", lambda kind: [])
    (tmp_path / "zoo.csv").write_text("id,claim,publisher,verdict,why\nZ03,Only 5%,Trust,supported,x\n", "utf-8")
    monkeypatch.setattr("score.articles", lambda folder, facts: [])
    asked = []

    def check(text, facts, *, written=None, known=True):
        asked.append((text, written, known))
        return []

    scores = every_score(facts_of(), tmp_path, check)
    assert scores[f"zoo, {ALONE}"].demanded == 1
    assert asked[-2:] == [("Only 5%", date(2022, 11, 25), True), ("Only 5%", date(2022, 11, 25), False)]


def test_a_draft_to_time_is_the_same_every_time_and_like_a_page() -> None:
    """About 500 words a page and five numbers, of sentences of every kind in a shuffled order."""
    pages = draft(20)
    assert pages == draft(20)
    assert pages != draft(20, seed=2)
    assert all(500 <= len(page.split()) < 600 for page in pages)
