"""Which claims stand beside figures on an axis: their ends, their order, and the reason of each that does not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from stats.claims.compared import Ends, compared, group_of, must_be_published
from stats.claims.facts import Facts
from stats.claims.verdict import verdict
from stats.claims.verdicts import VERDICTS, Verdict
from stats.claims.wording import read_words
from stats.errors import NotHonest
from stats.registers.claims import Base, Part


@pytest.fixture(scope="module")
def facts(registers, offences, outcomes, published):
    """All that is to hand, as at no day."""
    return Facts(registers, offences, outcomes, published)


@pytest.fixture(scope="module")
def every(registers):
    """Every registered claim."""
    return [claim for d in (registers.documents | registers.others).values() for claim in d.claims]


def of(claims, facts):
    """What is drawn and what is left of some claims, by id."""
    rows, left = compared([(claim, verdict(claim, facts)) for claim in claims], facts)
    return {row.claim.id: row for row in rows}, {one.claim.id: one for one in left}


@pytest.mark.parametrize(
    ("words", "convention", "low", "high", "at", "is_in", "is_open"),
    [
        ("65%", "default", "0.645", "0.655", "0.65", (True, True), (False, False)),
        ("just over half", "default", "0.5", "0.55", "0.525", (False, True), (False, False)),
        ("over 60%", "default", "0.6", "1", "0.6", (False, True), (False, True)),
        ("more than 5,000", "default", "5000", "6000", "5000", (False, False), (False, False)),
        ("more than 5,000", "strict", "5000", None, "5000", (False, False), (False, True)),
        ("fewer than 100", "default", "0", "100", "100", (True, False), (True, False)),
        ("112", "strict", "112", "112", "112", (True, True), (False, False)),
    ],
)
def test_ends_are_those_that_the_words_give(words, convention, low, high, at, is_in, is_open):
    """An end that is not taken in and one that is not given at all are two things; a bound stands at its number."""
    ends = Ends.of(read_words(words, convention))
    assert (ends.low, ends.at) == (Fraction(low), Fraction(at))
    assert ends.high == (None if high is None else Fraction(high))
    assert (ends.low_is_in, ends.high_is_in) == is_in
    assert (ends.low_is_open, ends.high_is_open) == is_open


def test_every_claim_is_drawn_or_has_a_reason(every, facts):
    """None is lost, and what states no number is never drawn."""
    rows, left = of(every, facts)
    assert {*rows, *left} == {claim.id for claim in every}
    assert not set(rows) & set(left)
    assert all(one.why for one in left.values())
    assert {row.claim.quantity for row in rows.values()} <= {"share", "count", "comparison"}
    assert left["C000-08"].why == "it states no share and no count"
    assert left["C002-10"].why == "a date or a span of time is no share and no count"
    assert left["C004-12"].why == "it tells one story from the files, which counts nothing"
    assert left["Z01"].why == "no figure is to hand that it could stand beside"
    assert left["Z05"].why == "it states a change, which is no share and no count"


def test_wrong_ones_come_first_and_the_rest_keep_their_order(every, facts):
    """What a reader must see stands at the top; within a group the order is that of the documents."""
    rows, _ = of(every, facts)
    groups = [row.group for row in rows.values()]
    assert groups == sorted(groups, key=["does not fit", "neither", "fits"].index)
    assert list(rows)[:4] == ["C002-03", "C003-01", "C004-07", "Z08"]
    fits = [name for name, row in rows.items() if row.group == "fits" and name.startswith("C")]
    assert fits == sorted(fits)


def test_every_verdict_has_a_group():
    """Only what its source confirms fits; what has no rating is neither right nor wrong."""
    groups = {name: group_of(Verdict(name, "A reason.")) for name in VERDICTS}
    assert {name for name, group in groups.items() if group == "fits"} == {"supported", "supported-with-caveat"}
    wrong = {"wrong-measure", "wrong-unit", "wrong-population", "arithmetic-error", "contradicted"}
    assert {name for name, group in groups.items() if group == "does not fit"} == wrong


def test_claim_is_measured_by_the_figure_of_its_own_measure(every, facts):
    """The 5% fits three figures of charges, and is measured by the 1.4% convicted: 3.6 times as much."""
    rows, _ = of(every, facts)
    row = rows["C003-01"]
    assert [figure.is_own for figure in row.figures] == [False, False, False, True]
    assert row.reference.evidence.text == "1.4%"
    assert float(row.times) == pytest.approx(3.57, abs=0.005)
    assert float(1 / rows["C004-07"].times) == pytest.approx(10.48, abs=0.005)


def test_count_out_of_a_base_is_a_share_of_it(every, facts):
    """'Not a single one' of 112 is 0%: a count of nothing would have no place on an axis of multiples."""
    row = of(every, facts)[0]["C001-02"]
    assert (row.axis, row.base_n, row.default.low) == ("share", 112, 0)
    assert row.reference.ends.at == 0


def test_share_that_its_own_counts_do_not_give_stands_beside_them(every, facts):
    """84% stands beside 24 of 29; the 74% that is right is not drawn."""
    row = of(every, facts)[0]["Z08"]
    assert row.words == "84%"
    assert [figure.evidence.counts for figure in row.figures] == ["24 of 29"]
    assert row.reference.ends.at == Fraction(24, 29)


def test_own_counts_that_are_right_are_not_set_beside(registers, facts):
    """The first share that does not follow is the one that is drawn."""
    claim = registers.claim("Z08")
    turned = claim.model_copy(update={"parts": (Part(n=14, of=19, words="84%"), Part(n=24, of=29, words="83%"))})
    row = of([turned], facts)[0]["Z08"]
    assert [figure.evidence.counts for figure in row.figures] == ["14 of 19"]


def test_nothing_beside_a_count_has_no_ratio(registers, facts):
    """A count of none has no place among multiples; it is listed with that reason."""
    like = registers.claim("C000-01")
    claim = like.model_copy(update={"words": "none", "value": "0", "quote": "none of those"})
    _, left = of([claim], facts)
    assert left["C000-01"].why == "nothing has no ratio to a number, so it has no place on the axis"


def test_count_of_a_base_that_its_figures_do_not_share_stays_a_count(registers, facts):
    """A base that the source does not have would make a share that nobody printed."""
    like = registers.claim("C001-02")
    claim = like.model_copy(
        update={"words": "one", "value": "1", "base": Base(population="cases", n=100, n_is="printed")}
    )
    rows, left = of([claim], facts)
    assert not rows
    assert "no ratio" in left["C001-02"].why or "no figure" in left["C001-02"].why


def test_made_up_figure_puts_a_claim_off_the_axis(registers, offences, outcomes, published):
    """A claim that rests on a made-up number is listed as such, whatever it fits."""
    rows = published.copy()
    rows.loc[rows["figure_id"] == "guardian-audit-victim-care-2017", "kind"] = "illustrative"
    made_up = Facts(registers, offences, outcomes, rows)
    drawn, left = of([registers.claim("C004-04")], made_up)
    assert not drawn
    assert left["C004-04"].verdict.verdict == "illustrative"
    assert left["C004-04"].why == "it rests on made-up numbers"


@pytest.mark.parametrize("of_what", ["figure", "verdict"])
def test_made_up_row_is_refused_however_it_was_made(registers, facts, of_what):
    """A row put together by hand cannot pass either: neither by its figure nor by its verdict."""
    row = of([registers.claim("C004-04")], facts)[0]["C004-04"]
    must_be_published([row])
    (figure,) = row.figures
    spoilt = (
        replace(row, figures=(replace(figure, evidence=replace(figure.evidence, kind="illustrative")),))
        if of_what == "figure"
        else replace(row, verdict=Verdict("illustrative", "Made up."))
    )
    with pytest.raises(NotHonest, match="claim C004-04 rests on numbers that were made up"):
        must_be_published([spoilt])


def test_changed_figure_changes_the_row_and_no_other(registers, offences, outcomes, published, every, facts):
    """With 40% for 95% in the published figures one claim turns wrong, and every other row is as it was."""
    rows = published.copy()
    rows.loc[rows["figure_id"] == "guardian-audit-victim-care-2017", "value"] = 40.0
    before, after = of(every, facts)[0], of(every, Facts(registers, offences, outcomes, rows))[0]
    assert before["C004-04"].group == "fits"
    assert after["C004-04"].group == "does not fit"
    assert after["C004-04"].reference.evidence.text == "40%"
    assert {name for name in before if before[name] != after[name]} == {"C004-04"}
