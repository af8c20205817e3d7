import math

import pandas as pd
import pytest

from stats.claims.shares import NO_INTERVAL, claims_table, worded_shares
from stats.errors import UsageMistake
from stats.registers.claims import Base, Claim, Document, Span

DOCUMENTS = [f"article_00{n}" for n in range(5)]


@pytest.fixture(scope="module")
def shares(registers) -> dict[str, pd.Series]:
    """Every worded share of the five articles, by claim."""
    tables = [worded_shares(registers.document(name)) for name in DOCUMENTS]
    return {row["claim_id"]: row for table in tables for _, row in table.iterrows()}


def claim(number: int, words: str, *, n: int | None = None, nested_in: int | None = None, **fields) -> Claim:
    """An invented claim of 'document one': a share of `n` people, or of those of another claim."""
    base = Base(population="people asked", n=n, n_is="printed" if n else "not stated")
    return Claim(
        **{
            "id": f"D1-{number}", "quote": words, "quantity": "share", "words": words, "base": base,
            "nested_in": f"D1-{nested_in}" if nested_in else None, "place": "nowhere", "period": Span(words="once"),
            "measured_by": "us", "evidence_kind": "self-selected survey", "measure": "self_selected_share",
        } | fields
    )  # fmt: skip


def document(*claims: Claim) -> Document:
    """Document one, whose first base is its first claim."""
    return Document(
        id="one",
        title="One",
        publisher="Us",
        published="2026",
        retrieved="2026-11-22",
        first_base=claims[0].id,
        claims=claims,
    )


PEOPLE = claim(1, "122", n=122, quantity="count")


@pytest.mark.parametrize(
    ("claim_id", "counts", "strict", "bases"),
    [
        ("C000-02", (62, 67), (62, 64), (122, 122)),
        ("C000-03", (40, 45), (41, 43), (62, 67)),
        ("C000-04", (62, 122), (62, 122), (122, 122)),
        ("C000-06", (79, 79), (79, 79), (122, 122)),
        ("C001-02", (0, 0), (0, 0), (112, 112)),
        ("C002-04", (89, 95), (92, 94), (140, 140)),
        ("C002-05", (57, 64), (61, 63), (89, 95)),
        ("C002-06", (28, 28), (26, 29), (140, 140)),
        ("C002-07", (22, 28), (20, 29), (28, 28)),
        ("C002-08", (63, 71), (67, 70), (89, 95)),
        ("C004-02", (0, 0), (0, 0), (112, 112)),
        ("C004-03", (68, 112), (68, 112), (112, 112)),
        ("C004-04", (106, 106), (106, 106), (112, 112)),
        ("C004-05", (84, 84), (84, 84), (112, 112)),
    ],
)
def test_words_of_the_articles_allow_these_counts(shares, claim_id, counts, strict, bases):
    """Counts by hand from each phrase and base: 0.5 x 122 = 61, 0.55 x 122 = 67.1, so 62 to 67; and so on."""
    row = shares[claim_id]
    assert (row["count_low"], row["count_high"]) == counts
    assert (row["strict_low"], row["strict_high"]) == strict
    assert (row["base_low"], row["base_high"]) == bases


@pytest.mark.parametrize(
    ("claim_id", "n", "lower", "upper"),
    [
        ("C000-02", 122, 62, 67),
        ("C000-03", 122, 40, 45),
        ("C002-05", 140, 57, 64),
        ("C002-07", 140, 22, 28),
        ("C004-03", 112, 68, 112),
    ],
)
def test_share_of_these_is_smaller_on_the_first_base(shares, claim_id, n, lower, upper):
    """Two-thirds of just over half is 40 to 45 of all 122: about a third."""
    row = shares[claim_id]
    assert row["first_n"] == n
    assert (row["first_lower"], row["first_upper"]) == (lower / n, upper / n)
    assert f"of {n}" in row["of_first_base"]


def test_share_of_its_own_base_stays_what_the_words_say(shares):
    """On its own base 'two-thirds of these orders' is still about two-thirds."""
    row = shares["C000-03"]
    assert 19 / 30 <= row["lower"] <= row["upper"] <= 41 / 60
    assert row["first_upper"] < 0.4


def test_share_without_a_base_has_a_range_and_no_count(shares):
    """15% of adults is 14.5% to 15.5% of an unknown number, and no count is made up for it."""
    row = shares["C004-08"]
    assert (row["lower"], row["upper"]) == (0.145, 0.155)
    assert pd.isna(row["count_low"])
    assert pd.isna(row["first_n"])
    assert row["counts"] == row["bases"] == "not stated"


def test_bound_is_marked_and_a_point_is_not(shares):
    """'Over 60%', 'more than half' and 'most' are bounds; 'just over half' and '65%' are not."""
    bounds = {claim_id for claim_id, row in shares.items() if row["is_bound"]}
    assert {"C000-04", "C000-05", "C002-01", "C002-07", "C004-03"} <= bounds
    assert not bounds & {"C000-02", "C000-06", "C001-02", "C004-05"}


@pytest.mark.parametrize(
    ("claim_id", "basis", "reason"),
    [
        ("C000-02", "self-selected", "people who chose to answer stand for themselves"),
        ("C001-02", "case audit", "files chosen for review stand for themselves"),
        ("C004-08", "sample", "the survey's base and design factor are not to hand"),
        ("C003-01", "full count", "no sampling error"),
        ("C004-15", "", "nothing is known of how it was counted"),
    ],
)
def test_every_share_says_why_it_has_no_interval(shares, claim_id, basis, reason):
    """No survey or audit of the articles gets a margin of error, and each says why."""
    assert shares[claim_id]["basis"] == basis
    assert reason in shares[claim_id]["interval"]


def test_no_reason_is_missing(shares):
    """Whatever the evidence, there is a reason."""
    assert {row["interval"] for row in shares.values()} <= set(NO_INTERVAL.values())


def test_vague_words_dates_and_money_are_no_shares(shares, registers):
    """What states no number is listed in the claims table, and is never turned into a share."""
    for name in DOCUMENTS:
        listed = claims_table(registers.document(name))
        assert len(listed) == len(registers.document(name).claims)
        never = set(listed.loc[listed["quantity"].isin(["vague", "date", "out of scope", "trend"]), "claim_id"])
        assert never
        assert not never & set(shares)


def test_claims_table_names_base_parent_and_measure(registers):
    """A reader who checks a claim finds its words, what they are a share of, and what they were bound to."""
    row = claims_table(registers.document("article_003")).set_index("claim_id").loc["C003-01"]
    assert row["words"] == "5%"
    assert "stalking offences recorded by the police" in row["base"]
    assert row["measure"] == "conviction_ratio_to_offences_recorded"


def test_base_is_taken_from_the_parent_where_none_is_printed():
    """A share 'of these' has every base that its parent's words allow."""
    table = worded_shares(document(PEOPLE, claim(2, "just over half", n=122), claim(3, "two-thirds", nested_in=2)))
    child = table.set_index("claim_id").loc["D1-3"]
    assert (child["base_low"], child["base_high"]) == (62, 67)
    assert (child["count_low"], child["count_high"]) == (40, 45)


def test_grandchild_goes_back_to_the_first_base():
    """Half of two-thirds of just over half of 122, by every path: 40 to 45, then 18 to 24 of them."""
    table = worded_shares(
        document(
            PEOPLE,
            claim(2, "just over half", n=122),
            claim(3, "two-thirds", nested_in=2),
            claim(4, "half", nested_in=3),
        )
    ).set_index("claim_id")
    assert (table.loc["D1-4", "base_low"], table.loc["D1-4", "base_high"]) == (40, 45)
    assert (table.loc["D1-4", "count_low"], table.loc["D1-4", "count_high"]) == (18, 24)
    assert table.loc["D1-4", "first_upper"] == 24 / 122


def test_parent_that_is_a_count_lends_its_base():
    """A share nested in '122 people' is a share of 122."""
    table = worded_shares(document(PEOPLE, claim(2, "65%", nested_in=1)))
    assert table.iloc[0]["counts"] == "79"
    assert table.iloc[0]["of_first_base"] == "79 of 122"


def test_claim_on_its_own_has_no_first_base():
    """A share that is nested in nothing is not set on the first base."""
    row = worded_shares(document(PEOPLE, claim(2, "65%", n=122))).iloc[0]
    assert math.isnan(row["first_lower"])
    assert row["of_first_base"] == ""


def test_impossible_share_is_not_said_to_have_no_base():
    """65.0% of 122 people is no whole count; that is not the same as a base that nobody stated."""
    row = worded_shares(document(PEOPLE, claim(2, "65.0%", n=122, nested_in=1))).iloc[0]
    assert row["bases"] == "122"
    assert pd.isna(row["count_low"])
    assert row["counts"] != "not stated"


def test_share_that_names_no_number_stops():
    """A claim listed as a share whose words are vague is a mistake of the list, and is told."""
    with pytest.raises(UsageMistake, match="'many' names no number"):
        worded_shares(document(PEOPLE, claim(2, "many", n=122)))


def test_one_story_from_the_files_is_no_share(registers):
    """'In one instance' tells of a case; it does not say that there was only one among the 112."""
    document = registers.document("article_004")
    assert document.claim("C004-12").base.n == 112
    assert "C004-12" not in set(worded_shares(document)["claim_id"])
