"""Forces compared: in the order of names, in words of a closed list, and without those that cannot be shown."""

import itertools

import numpy as np
import pandas as pd
import pytest

from stats.errors import NotHonest, NotToHand
from stats.estimate.attrition import PENDING_WITHHELD
from stats.estimate.estimate import COLUMNS
from stats.estimate.forces import (
    ABOVE,
    BELOW,
    LOWER_EDGE,
    NOT_SHOWN,
    SPECIAL,
    TOO_SMALL,
    UPPER_EDGE,
    VERDICTS,
    WITHIN,
    breaks_of_forces,
    compare_forces,
)
from stats.estimate.outcomes_by_force import MISSING
from stats.estimate.small_counts import MINIMUM_BASE, WITHHELD
from stats.period import Period

YEAR = Period.parse("2024/25")


@pytest.fixture(scope="module")
def compared(registers, outcomes):
    """Return the forces compared in an offence group and a period, from the outcomes or a changed copy of them."""

    def of(group="stalking", period="2024/25", table=None):
        return compare_forces(
            outcomes if table is None else table, group=registers.offences.find(group), period=Period.parse(period),
            registers=registers,
        )  # fmt: skip

    return of


@pytest.fixture(scope="module")
def stalking(compared):
    """Stalking recorded in the year ending March 2025."""
    return compared()


def made(registers, charged, *, recorded=None, pending=None):
    """Outcomes of stalking in one quarter, with nothing else: charged, pending and the rest as invented, by force."""
    rows = []
    for area in registers.areas.forces:
        n = (recorded or {}).get(area.name, 2000)
        c, u = charged.get(area.name, 200), (pending or {}).get(area.name, 100)
        rows += [(area.code, kind, count) for kind, count in (("1", c), ("0", u), ("16", n - c - u)) if count]
    table = pd.DataFrame(rows, columns=["area_code", "outcome_type_code", "offences_n"])
    start, end = pd.Timestamp(2024, 4, 1), pd.Timestamp(2024, 6, 30)
    return table.assign(
        period_start=start, period_end=end, offence_code="8Q", source_id=registers.newest("outcomes").id, status=pd.NA,
        offences_n=table["offences_n"].astype("Int64"),
    )  # fmt: skip


def row(found, name):
    """One force of the table."""
    return found.table.set_index("area_name").loc[name]


def test_all_44_forces_stand_in_the_order_of_their_names(stalking):
    """Nobody is first for a reason but the alphabet."""
    names = stalking.table["area_name"].tolist()
    assert len(names) == 44
    assert names == sorted(names)
    assert set(COLUMNS) <= set(stalking.table.columns)
    assert set(stalking.table["verdict"]) <= set(VERDICTS)


@pytest.mark.parametrize("order", ["value", "charged_share", "z", "rank"])
def test_ranking_is_refused(registers, outcomes, order):
    """Any other order than that of names."""
    with pytest.raises(NotHonest, match="forces are not ranked") as refusal:
        compare_forces(
            outcomes, group=registers.offences.find("stalking"), period=YEAR, registers=registers, order=order
        )
    assert "Read the verdicts" in str(refusal.value)


def test_no_word_of_a_verdict_ranks():
    """Neither best nor worst, high nor low, first nor last."""
    words = " ".join(VERDICTS).split()
    assert not {"best", "worst", "highest", "lowest", "top", "bottom", "rank", "first", "last"} & set(words)


def test_judged_forces_alone_set_the_target(stalking):
    """The share of all judged forces together."""
    charged, recorded = stalking.together
    assert stalking.funnel.target == charged / recorded
    assert stalking.funnel.n == stalking.judged.sum() == len(stalking.tests.p_values)


def test_the_two_questions_have_two_answers(stalking):
    """Most forces differ by more than chance; few or none beyond the variation that is usual."""
    differ, beyond = stalking.answers["forces_n"]
    assert differ > 20 > beyond
    assert stalking.answers["of_n"].tolist() == [stalking.judged.sum()] * 2


def test_forces_alike_are_all_within(compared, registers):
    """The same share everywhere: nothing differs, and everybody is within."""
    found = compared(period="2024/25 Q1", table=made(registers, {}))
    assert found.answers["forces_n"].tolist() == [0, 0]
    assert set(found.table["verdict"]) == {WITHIN, SPECIAL}
    assert found.funnel.tau2 == 0


def test_forces_apart_are_named_by_side(compared, registers):
    """Far above, far below, and at either edge."""
    charged = {a.name: 190 + 20 * (n % 2) for n, a in enumerate(registers.areas.forces)}
    charged |= {"Kent": 400, "Essex": 60, "Surrey": 232, "Dorset": 168}
    found = compared(period="2024/25 Q1", table=made(registers, charged))
    assert [row(found, name).verdict for name in ("Kent", "Essex", "Surrey", "Dorset")] == [
        ABOVE, BELOW, UPPER_EDGE, LOWER_EDGE,
    ]  # fmt: skip
    assert set(found.beyond["area_name"]) == {"Kent", "Essex"}


def test_a_verdict_that_the_pending_could_change_is_provisional(compared, registers):
    """Kent could leave the limits if all its pending offences were charged; Essex, without any, could not."""
    pending = {"Kent": 900, "Essex": 0, "British Transport Police": 900}
    found = compared(period="2024/25 Q1", table=made(registers, {}, pending=pending))
    kent, essex, special = (row(found, name) for name in ("Kent", "Essex", "British Transport Police"))
    assert (kent.verdict, kent.is_provisional) == (WITHIN, True)
    assert (essex.verdict, essex.is_provisional) == (WITHIN, False)
    assert not special.is_provisional


def test_a_verdict_with_hidden_pending_is_not_said_to_be_provisional(stalking):
    """Of a count that is not shown it cannot be told: neither that the verdict could change nor that it could not."""
    unknown = stalking.table[stalking.judged & stalking.table["upper"].isna()]
    assert set(unknown["area_name"]) == {"Hertfordshire", "Warwickshire"}
    assert not unknown["is_provisional"].any()
    assert stalking.table["is_pending_withheld"].equals(stalking.table["area_code"].isin(unknown["area_code"]))
    assert unknown["method"].eq(PENDING_WITHHELD).all()


def test_each_judged_force_says_whether_it_differs_beyond_chance(stalking):
    """As its exact test has it; those that are not judged say nothing."""
    differs = stalking.table["differs"]
    assert differs[stalking.judged].tolist() == stalking.tests.differs.tolist()
    assert differs[~stalking.judged].isna().all()
    assert differs.sum() == stalking.answers["forces_n"].iloc[0]


def test_what_is_hidden_to_protect_another_is_not_called_small(stalking):
    """City of London has 6 charged and British Transport Police 7: neither is a count of 1 to 4."""
    hidden = stalking.table[stalking.table["status"] == "[c]"]
    assert set(hidden["area_name"]) == {"British Transport Police", "City of London"}
    assert set(hidden["why"]) == {f"withheld: {WITHHELD}"}


def test_a_small_base_is_shown_and_gets_no_verdict(compared, registers):
    """City of London with 12 of 30 charged: [low], and it moves nothing."""
    table = made(registers, {"City of London": 12}, recorded={"City of London": 30}, pending={"City of London": 0})
    found = compared(period="2024/25 Q1", table=table)
    city = row(found, "City of London")
    assert (city.status, city.verdict, city.value) == ("[low]", TOO_SMALL, 0.4)
    assert city.n < MINIMUM_BASE
    assert found.funnel.target == 0.1
    assert found.funnel.n == 42


def test_british_transport_police_is_shown_and_moves_nothing(compared, registers):
    """It is no territorial force: nearly all charged, and the target stays."""
    found = compared(period="2024/25 Q1", table=made(registers, {"British Transport Police": 1800}))
    special = row(found, "British Transport Police")
    assert (special.value, special.verdict, special.status) == (0.9, SPECIAL, "")
    assert found.funnel.target == 0.1
    assert found.funnel.tau2 == 0


def test_a_force_that_sent_nothing_is_missing_and_not_zero(compared, registers):
    """Whether its rows are absent, zero or without a number."""
    table = made(registers, {})
    kent = table["area_code"] == registers.areas.find("Kent").code
    zero, unknown = table.copy(), table.copy()
    zero.loc[kent, "offences_n"] = 0
    unknown.loc[kent & (table["outcome_type_code"] == "1"), "offences_n"] = pd.NA
    for changed in (table[~kent], zero, unknown):
        found = row(compared(period="2024/25 Q1", table=changed), "Kent")
        assert (found.status, found.why, found.verdict) == ("[x]", MISSING, NOT_SHOWN)
        assert pd.isna([found.value, found.upper, found.charged_n, found.n]).all()


def test_a_force_missing_in_one_quarter_is_missing_in_the_year(compared, outcomes, registers):
    """Nine months would be set against twelve."""
    code = registers.areas.find("Kent").code
    cut = outcomes[~((outcomes["area_code"] == code) & (outcomes["period_start"] == "2024-07-01"))]
    assert row(compared(table=cut), "Kent").status == "[x]"


def test_corrections_below_zero_give_no_share(compared, registers):
    """A published correction of -40 pending."""
    found = row(compared(period="2024/25 Q1", table=made(registers, {}, pending={"Kent": -40})), "Kent")
    assert found.status == "[x]"
    assert "corrections" in found.why
    assert found.verdict == NOT_SHOWN


def test_nothing_recorded_is_not_a_share_of_zero(compared, registers):
    """A force with other offences only: not applicable."""
    table = made(registers, {})
    kent = table["area_code"] == registers.areas.find("Kent").code
    table.loc[kent, "offence_code"] = "8L"
    found = row(compared(period="2024/25 Q1", table=table), "Kent")
    assert (found.status, found.verdict) == ("[z]", NOT_SHOWN)


def test_none_charged_is_a_share_of_zero(compared, registers):
    """Zero of many is known, and is shown."""
    found = row(compared(period="2024/25 Q1", table=made(registers, {"Kent": 0})), "Kent")
    assert (found.value, found.status, found.verdict) == (0, "", BELOW)


def test_few_pending_hide_the_upper_bound_alone(compared, registers):
    """3 pending: the share so far is shown, and how far it could rise is not."""
    table = made(registers, {}, pending={"Kent": 3})
    kent = table["area_code"] == registers.areas.find("Kent").code
    other = table[kent & (table["outcome_type_code"] == "0")].assign(outcome_type_code="8", offences_n=6)
    found = row(compared(period="2024/25 Q1", table=pd.concat([table, other])), "Kent")
    assert found.value == 200 / 2006
    assert pd.isna(found.pending_n)
    assert pd.isna(found.upper)


def test_a_small_count_takes_another_force_with_it(compared, registers):
    """If only Kent were hidden, the total of England and Wales less the others would give its 3 charges away."""
    charged = {a.name: 200 + n for n, a in enumerate(registers.areas.forces)} | {"Kent": 3, "Dorset": 90}
    found = compared(period="2024/25 Q1", table=made(registers, charged))
    hidden = found.table[found.table["status"] == "[c]"]
    assert set(hidden["area_name"]) == {"Kent", "Dorset"}
    assert hidden[["value", "upper", "charged_n", "pending_n", "z"]].isna().all(axis=None)


def test_nothing_hidden_can_be_found_from_what_is_shown(compared, outcomes, registers):
    """Brute force: with the total of England and Wales, every hidden count could be 5 or more, and 1 to 4 as well."""
    found = compared("stalking").table
    total = outcomes.query("offence_code == '8Q' and outcome_type_code == '1'")["offences_n"].sum()
    left = total - found["charged_n"].sum()
    hidden = found["charged_n"].isna().sum()
    assert hidden >= 2
    ways = [w for w in itertools.product(range(1, left), repeat=hidden) if sum(w) == left]
    for each in zip(*ways, strict=True):
        assert min(each) < 5 <= max(each)


def test_hidden_forces_do_not_set_the_target(stalking):
    """Otherwise target and variation together would give two hidden counts away."""
    is_hidden = (stalking.table["status"] == "[c]").to_numpy()
    assert is_hidden.sum() >= 2
    assert not (stalking.judged & is_hidden).any()


def test_too_few_forces_to_show_are_no_comparison(compared):
    """Most forces have a handful of charges in one quarter of 8M: those left would be those with more charges."""
    with pytest.raises(NotHonest, match="too few forces can be shown") as refusal:
        compared("8M", "2024/25 Q1")
    assert "withheld: a count of 1 to 4, or one that" in str(refusal.value)


def test_a_quarter_that_is_not_there_is_refused(compared, outcomes):
    """Nothing is filled in."""
    with pytest.raises(NotToHand, match="not to hand"):
        compared(table=outcomes[outcomes["period_start"] != "2024-07-01"])


def test_limits_of_the_table_are_those_of_the_funnel(stalking):
    """And wider at 99.8%."""
    table = stalking.table.dropna(subset=["n"])
    lower, upper = stalking.funnel.limits(table["n"].to_numpy(float), 0.95)
    assert table["low95"].to_numpy() == pytest.approx(lower)
    assert table["high95"].to_numpy() == pytest.approx(upper)
    assert (np.array(table["low998"]) < lower).all()


def test_a_force_that_counts_something_else_from_within_the_period_is_told(registers):
    """Humberside since April 2024, for stalking and not for other offences, nor before."""
    stalking, other = (registers.offences.find(name) for name in ("stalking", "malicious communications"))
    year, before = Period.parse("2024/25"), Period.parse("2023/24")
    assert [one.id for one in breaks_of_forces(stalking, year, registers)] == ["2024-04-humberside"]
    assert breaks_of_forces(other, year, registers) == breaks_of_forces(stalking, before, registers) == []
