import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import BadCount, NotComparable, NotHonest
from stats.estimate.pooling import Pooled, log_odds, pool

X, N = [16, 10, 4, 0, 10, 25, 13, 12], [17, 12, 8, 58, 10, 42, 14, 12]
studies = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(any), min_size=5, max_size=9)


def ask(x=tuple(X), n=tuple(N), **options) -> Pooled:
    """Pool studies of one question in one population."""
    same = {"questions": ["stalked since 16"] * len(x), "populations": ["women in England and Wales"] * len(x)}
    return pool(np.array(x), np.array(n), **same | options)


@pytest.mark.parametrize(
    ("method", "tau2", "i2", "share", "hk", "predicted"),
    [
        ("DL", 2.27610819013, 0.774865845096, 0.74900169945, (0.287495751259, 0.956651537147), 0.0511884456977),
        ("PM", 5.2385932485, 0.887911107139, 0.751129911167, (0.268685453695, 0.961231136877), 0.0073557730589),
        ("REML", 4.46405660594, 0.870972438688, 0.750939852006, (0.271742372496, 0.960572377236), 0.0114968102708),
    ],
)
def test_pooled_share_is_as_in_r(method, tau2, i2, share, hk, predicted):
    """R metafor rma(measure='PLO', test='adhoc') of eight studies, three of them with none or all; tight tolerances.

    The prediction limit is qt(0.975, k - 2) on sqrt(se^2 + tau2).
    """
    found = ask(method=method)
    assert found.tau2 == pytest.approx(tau2, abs=1e-8)
    assert (found.q, found.df, found.studies) == (pytest.approx(31.0925723509, abs=1e-8), 7, 8)
    assert (found.p_value, found.i2) == pytest.approx((5.9776518952e-05, i2), abs=1e-9)
    assert found.estimate.value == pytest.approx(share, abs=1e-9)
    assert (found.estimate.lower, found.estimate.upper) == pytest.approx(hk, abs=1e-9)
    assert found.predicted_lower == pytest.approx(predicted, abs=1e-9)


def test_plain_interval_and_no_variance_between_are_as_in_r():
    """R metafor: DL with test='z', and EE, whose interval is always the plain one."""
    plain = ask(interval="z").estimate
    assert (plain.lower, plain.upper) == pytest.approx((0.458311647744, 0.913230378475), abs=1e-9)
    fixed = ask(method="FE")
    assert (fixed.estimate.lower, fixed.estimate.upper) == pytest.approx((0.559750689398, 0.766353053867), abs=1e-9)
    assert (fixed.tau2, fixed.i2) == (0, pytest.approx(0.774865845096))


def test_estimate_carries_its_method_and_all_people_asked():
    """DerSimonian-Laird and Hartung-Knapp unless something else is asked for."""
    found = ask().estimate
    assert (found.unit, found.basis, found.n, found.level) == ("share", "sample", sum(N), 0.95)
    assert found.method == "inverse variance on the logit scale, DL, hk"


# Refusals


@pytest.mark.parametrize("what", ["questions", "populations"])
def test_different_questions_or_populations_are_not_pooled(what):
    """Since 16 and in the last year are two things; so are women of 16 and over and of 16 to 59."""
    with pytest.raises(NotComparable, match=f"more than one {what[:-1]}") as refusal:
        ask(**{what: [*["one thing"] * 7, "another"]})
    assert "one thing" in str(refusal.value)
    assert "another" in str(refusal.value)
    with pytest.raises(NotComparable, match="not named"):
        ask(**{what: [""] * 8})


def test_every_study_names_its_question():
    """One word for all of them is no statement about each."""
    with pytest.raises(ValueError, match="question of each of the 8 studies"):
        ask(questions="stalked since 16")
    with pytest.raises(ValueError, match="population of each of the 8 studies"):
        ask(populations=["women"] * 7)


def test_spelling_alone_makes_no_other_question():
    """Capitals and spaces do not matter."""
    assert ask(questions=["Stalked  since 16", *["stalked since 16"] * 7]) == ask()


def test_fewer_than_five_studies_give_their_range_and_each_value():
    """Four studies do not show how far such studies differ."""
    with pytest.raises(NotHonest, match="fewer than 5 studies") as refusal:
        ask((3, 50, 20), (30, 1_200, 100))
    assert "4.2% (50 of 1,200); 10% (3 of 30); 20% (20 of 100)" in str(refusal.value)
    assert "Give the range, 4.2% to 20%, and each value" in str(refusal.value)


def test_no_studies_are_refused():
    """Nothing has no range either."""
    with pytest.raises(BadCount):
        ask(np.array([], dtype=int), np.array([], dtype=int))


def test_one_base_for_all_studies_is_refused():
    """Each study has its own."""
    with pytest.raises(BadCount, match="not 5 of x, 1 of n"):
        ask((16, 10, 4, 43, 10), (60,))


@pytest.mark.parametrize("basis", ["self-selected", "case audit", "full count"])
def test_pooling_makes_no_sample_of_people_who_chose_to_answer(basis):
    """Many self-selected surveys are no sample, however many."""
    with pytest.raises(NotHonest, match="has no margin of error"):
        ask(basis=basis)


@pytest.mark.parametrize("options", [{"method": "HE"}, {"interval": "t"}, {"level": 95}])
def test_unknown_options_are_refused(options):
    """By name, and 95 for 0.95."""
    with pytest.raises(ValueError, match="must"):
        ask(**options)


def test_more_than_were_asked_is_refused():
    """The study is shown."""
    with pytest.raises(BadCount, match="x = 9, n = 8"):
        ask((16, 10, 9, 0, 10), (17, 12, 8, 58, 10))


# Properties


@given(studies=studies, method=st.sampled_from(["DL", "PM", "REML", "FE"]))
def test_those_who_did_not_are_the_mirror_of_those_who_did(studies, method):
    """Swapping success and failure turns everything round; the interval holds the share."""
    x, rest = (np.array(column) for column in zip(*studies, strict=True))
    did, did_not = ask(x, x + rest, method=method), ask(rest, x + rest, method=method)
    assert 0 <= did.estimate.lower <= did.estimate.value <= did.estimate.upper <= 1
    assert did.tau2 >= 0
    assert 0 <= did.i2 <= 1
    assert did.estimate.value == pytest.approx(1 - did_not.estimate.value, abs=1e-6)
    assert did.estimate.lower == pytest.approx(1 - did_not.estimate.upper, abs=1e-6)
    assert did.predicted_upper == pytest.approx(1 - did_not.predicted_lower, abs=1e-6)


@given(studies=studies)
def test_hartung_knapp_is_never_narrower_than_the_plain_interval(studies):
    """Studies that happen to agree do not make the pooled share surer."""
    x, rest = (np.array(column) for column in zip(*studies, strict=True))
    plain, wider = ask(x, x + rest, interval="z").estimate, ask(x, x + rest).estimate
    assert wider.lower <= plain.lower <= plain.upper <= wider.upper


def test_none_and_all_get_half_a_person_more_on_each_side():
    """Only the study that needs it: log(0.5/58.5) for none of 58, and log(16/1) for 16 of 17."""
    effect, variance = log_odds(np.array([0, 16]), np.array([58, 17]))
    assert effect == pytest.approx([np.log(0.5 / 58.5), np.log(16)])
    assert variance == pytest.approx([1 / 0.5 + 1 / 58.5, 1 / 16 + 1])


@pytest.mark.parametrize("x", [[0] * 5, [10] * 5])
def test_none_or_all_in_every_study_is_not_pooled(x):
    """None of 50 would be 5%, made of the half that is added to each zero."""
    with pytest.raises(NotHonest, match="of the half that is added"):
        ask(x, [10] * 5)


@pytest.mark.parametrize("word", [None, float("nan"), ""])
def test_a_study_whose_question_is_missing_is_not_pooled(word):
    """Nothing shows that it asked the same."""
    with pytest.raises(NotComparable, match="not named"):
        pool([1] * 5, [10] * 5, questions=["ever"] * 4 + [word], populations=["women"] * 5)
